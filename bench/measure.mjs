// Measures whole processes, pair by pair, so that what else the machine does hits both sides alike.

import { spawnSync } from 'node:child_process';

const TIME_FORMAT = 'TIMEFORMAT=\'%3R %3U %3S\'; time "$@" > /dev/null 2>&1';
const TIME_TOOL = '/usr/bin/time';

/**
 * Runs a command once. The clock is bash's, which tells user and system time of a child in milliseconds.
 *
 * @returns Seconds: `wall`, and `cpu` for user and system time together.
 */
function timeOf(command) {
  const { status, stderr, error } = spawnSync('bash', ['-c', TIME_FORMAT, 'bash', ...command], { encoding: 'utf8' });
  if (error) throw error;
  // The audit exits with 1 where it finds something; 2 and more mean that the measurement means nothing.
  if (status === null || status > 1) throw new Error(`${command.slice(0, 3).join(' ')} … exited with ${status}`);
  const [wall, user, system] = stderr.trim().split('\n').at(-1).split(' ').map(Number);
  return { wall, cpu: user + system };
}

/** Peak resident memory of a command in bytes; `undefined` without GNU time. */
function peakMemoryOf(command) {
  const { stderr, error } = spawnSync(TIME_TOOL, ['-f', '%M', ...command], {
    encoding: 'utf8',
    stdio: ['ignore', 'ignore', 'pipe'],
    maxBuffer: 2 ** 28,
  });
  if (error) return undefined;
  return Number(stderr.trim().split('\n').at(-1)) * 1024;
}

/** The middle of numbers, and the middles of its lower and upper half: half of all numbers lie between those. */
export function spreadOf(numbers) {
  const sorted = numbers.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.round(share * (sorted.length - 1))];
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}

/** Runs commands in turn, `rounds` times after a round of warm-up. Returns the times of each, in order. */
export function inTurn(commands, rounds) {
  const times = commands.map(() => []);
  for (let round = -1; round < rounds; round += 1) {
    commands.forEach((command, index) => {
      const time = timeOf(command);
      if (round >= 0) times[index].push(time);
    });
  }
  return times;
}

/** Measures `ours` against `reference`: times of both, and the spread of the ratios within each pair. */
export function comparePairs(ours, reference, rounds) {
  const [left, right] = inTurn([ours, reference], rounds);
  const result = {};
  for (const quantity of ['wall', 'cpu']) {
    result[quantity] = {
      ours: spreadOf(left.map((time) => time[quantity])),
      reference: spreadOf(right.map((time) => time[quantity])),
      ratio: spreadOf(left.map((time, pair) => time[quantity] / right[pair][quantity])),
    };
  }
  result.memory = { ours: peakMemoryOf(ours), reference: peakMemoryOf(reference) };
  return result;
}
