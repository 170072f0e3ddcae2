// A guard against costs that multiply, which make seconds into hours. It is no measure of speed: it counts the CPU time of this
// process, so that a busy machine matters little, and allows a hundred times what a sound reader needs. The inputs are
// chosen so that a cost that multiplies takes much more.

import { expect } from 'vitest';

const CPU_SECONDS_MAX = 10;

/** Runs a step whose cost has to grow with its input and no faster; fails if it took longer than any such step could. */
export function bounded<T>(step: () => T): T {
  const began = process.cpuUsage();
  const result = step();
  const { user, system } = process.cpuUsage(began);
  expect((user + system) / 1e6).toBeLessThan(CPU_SECONDS_MAX);
  return result;
}
