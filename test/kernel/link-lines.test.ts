// Every link line that kbuild left in two real kernels: the real links had no error. The folders are named by LTOSCOPE_KERNEL and
// LTOSCOPE_KERNEL_FULL; without them these tests are skipped.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { dryRunLine, readCmdLink } from '../../src/node/index.ts';
import { describeInKernel } from '../helpers/kernel.ts';

const KERNELS = [
  { variable: 'LTOSCOPE_KERNEL', lines: 191, inputs: 1231 },
  { variable: 'LTOSCOPE_KERNEL_FULL', lines: 30, inputs: 681 },
];

for (const { variable, lines, inputs } of KERNELS) {
  describeInKernel(`the link lines of the kernel that ${variable} names`, variable, (kernel) => {
    const files = readdirSync(kernel, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /(^|\/)\.[^/]*\.cmd$/.test(file),
    );

    it('have no error', { timeout: 300_000 }, () => {
      expect(files).toHaveLength(lines);
      for (const file of files) {
        const line = readCmdLink(join(kernel, file));
        if (!('argv' in line)) throw new Error(`${file}: ${line.reason}`);
        const { verdicts, fails } = dryRunLine(line.argv, { directory: line.directory });
        expect(verdicts, file).toEqual([]);
        expect(fails).toBe(false);
      }
    });

    it('name all members of vmlinux.a', () => {
      const line = readCmdLink(join(kernel, '.vmlinux.o.cmd'));
      if (!('argv' in line)) throw new Error(line.reason);
      expect(dryRunLine(line.argv, { directory: line.directory }).inputs).toHaveLength(inputs);
    });
  });
}
