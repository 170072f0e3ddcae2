// Every bitcode member of two real kernels against llvm-dis of the version that wrote it: global values, types, attributes,
// assembly, metadata, and what the bodies of functions call and how large they are. LTOSCOPE_KERNEL names an unpacked arm64
// kernel built with ThinLTO by clang 16, LTOSCOPE_KERNEL_FULL one built with full LTO by clang 14.

import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openBitcode } from '../../src/bitcode/index.ts';
import { compareMetadata } from '../bitcode/metadata-reference.ts';
import { compareFunctions } from '../helpers/compare-functions.ts';
import { compareGlobals } from '../helpers/compare-globals.ts';
import { bitcodeMembers, describeInKernel } from '../helpers/kernel.ts';
import { describeWithTools, run } from '../helpers/tools.ts';

const TIME_LIMIT_MS = 1_800_000;
const KERNELS = [
  { variable: 'LTOSCOPE_KERNEL', members: 1174, dis: 'llvm-dis-16' },
  { variable: 'LTOSCOPE_KERNEL_FULL', members: 656, dis: 'llvm-dis-14' },
] as const;

for (const { variable, members, dis: tool } of KERNELS) {
  describeInKernel(`the bitcode of the kernel that ${variable} names`, variable, (kernel) => {
    describeWithTools(`against ${tool}`, [tool], ([dis]) => {
      it('says the same in every member', { timeout: TIME_LIMIT_MS }, () => {
        const files = bitcodeMembers(kernel);
        expect(files).toHaveLength(members);
        for (const file of files) {
          const { modules } = openBitcode(readFileSync(file));
          expect(modules).toHaveLength(1);
          const text = run(dis, [file, '-o', '-']).stdout;
          for (const module of modules) {
            try {
              compareGlobals(module, text);
              compareMetadata(module, text, false);
              compareFunctions(module, text);
            } catch (error) {
              throw new Error(file, { cause: error });
            }
          }
        }
      });
    });
  });
}
