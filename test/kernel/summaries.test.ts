// The summaries of two real kernels, every fact of every member beside llvm-dis. LTOSCOPE_KERNEL names an unpacked arm64 kernel
// built with ThinLTO by clang 16, LTOSCOPE_KERNEL_FULL one built with full LTO by clang 14; without them these tests are skipped.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openBitcode, readSummary } from '../../src/bitcode/index.ts';
import { disassembledSummaries, expectSummary, summariesOf } from '../helpers/compare-summary.ts';
import { kindOfBytes } from '../helpers/fixtures.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { describeWithTools, run } from '../helpers/tools.ts';

const TIME_LIMIT_MS = 900_000;
const KERNELS = [
  { variable: 'LTOSCOPE_KERNEL', bitcode: 1174 },
  { variable: 'LTOSCOPE_KERNEL_FULL', bitcode: 656 },
];

/** Paths of the bitcode members of vmlinux.a. */
function membersOf(tool: string, kernel: string): string[] {
  const members = run(tool, ['t', join(kernel, 'vmlinux.a')], { cwd: kernel })
    .stdout.trim()
    .split('\n');
  const paths = members.map((member) => (existsSync(member) ? member : join(kernel, member)));
  return paths.filter((path) => kindOfBytes(readFileSync(path).subarray(0, 8)) === 'bitcode');
}

describe.each(KERNELS)('the summaries of the kernel that $variable names', ({ variable, bitcode }) => {
  const kernel = process.env[variable] ?? '';
  if (kernel === '') {
    it.skip(`needs an unpacked kernel, named by ${variable}`);
    return;
  }
  describeWithTools('against LLVM 22', ['llvm-ar-22', 'llvm-dis-22'] as const, ([ar, dis]) => {
    it('are the same in every member', { timeout: TIME_LIMIT_MS }, () => {
      const folder = temporaryFolder();
      const paths = membersOf(ar, kernel);
      expect(paths).toHaveLength(bitcode);
      let rows = 0;
      for (const path of paths) {
        const summaries = summariesOf(path);
        const references = disassembledSummaries(dis, folder, path, summaries.length);
        for (const [i, summary] of summaries.entries()) rows += expectSummary(summary, references[i], path);
      }
      expect(rows).toBeGreaterThan(bitcode * 10);

      const inputs = paths.map((path) => new Uint8Array(readFileSync(path)));
      const start = performance.now();
      let instructionCount = 0;
      for (const input of inputs) {
        for (const module of openBitcode(input).modules) {
          for (const row of readSummary(module)?.functions() ?? []) instructionCount += row.instructionCount;
        }
      }
      const took = Math.round(performance.now() - start);
      console.log(`${variable}: ${rows} definitions, ${instructionCount} instructions, read in ${took} ms`);
    });
  });
});
