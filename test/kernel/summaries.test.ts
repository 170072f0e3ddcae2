// The summaries of two real kernels, every fact of every member beside llvm-dis. LTOSCOPE_KERNEL names an unpacked arm64 kernel
// built with ThinLTO by clang 16, LTOSCOPE_KERNEL_FULL one built with full LTO by clang 14; without them these tests are skipped.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openBitcode, readSummary } from '../../src/bitcode/index.ts';
import { disassembledSummaries, expectSummary, summariesOf } from '../helpers/compare-summary.ts';
import { bitcodeMembers, describeInKernel } from '../helpers/kernel.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { describeWithTools } from '../helpers/tools.ts';

const TIME_LIMIT_MS = 900_000;
const KERNELS = [
  { variable: 'LTOSCOPE_KERNEL', bitcode: 1174 },
  { variable: 'LTOSCOPE_KERNEL_FULL', bitcode: 656 },
];

for (const { variable, bitcode } of KERNELS) {
  describeInKernel(`the summaries of the kernel that ${variable} names`, variable, (kernel) => {
    describeWithTools('against LLVM 22', ['llvm-dis-22'], ([dis]) => {
      it('are the same in every member', { timeout: TIME_LIMIT_MS }, () => {
        const folder = temporaryFolder();
        const paths = bitcodeMembers(kernel);
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
}
