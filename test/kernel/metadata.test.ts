// Metadata of the bitcode that real kernels consist of, beside llvm-dis. LTOSCOPE_KERNEL and LTOSCOPE_KERNEL_FULL name them.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openBitcode } from '../../src/bitcode/index.ts';
import { compareMetadata } from '../bitcode/metadata-reference.ts';
import { kindOfBytes } from '../helpers/fixtures.ts';
import { describeWithTools, run } from '../helpers/tools.ts';

/** One in so many files is compared: a run of llvm-dis for each takes minutes. */
const STEP = 12;

/** The bitcode files under a folder, each once. */
function bitcodeUnder(folder: string): string[] {
  const seen = new Set<number>();
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.o'))
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => {
      const { ino } = statSync(path);
      if (seen.has(ino) || kindOfBytes(readFileSync(path).subarray(0, 8)) !== 'bitcode') return false;
      seen.add(ino);
      return true;
    });
}

for (const variable of ['LTOSCOPE_KERNEL', 'LTOSCOPE_KERNEL_FULL']) {
  describe(`metadata of the kernel that ${variable} names`, () => {
    const folder = process.env[variable] ?? '';
    if (folder === '') {
      it.skip(`needs an unpacked kernel, named by ${variable}`);
      return;
    }
    describeWithTools('beside llvm-dis', ['llvm-dis-22'], ([dis]) => {
      it('is what LLVM reads', { timeout: 120_000 }, () => {
        const files = bitcodeUnder(folder);
        expect(files.length).toBeGreaterThan(500);
        files.forEach((file, n) => {
          if (n % STEP !== 0) return;
          const [module, ...others] = openBitcode(readFileSync(file)).modules;
          expect(others).toEqual([]);
          if (module !== undefined) compareMetadata(module, run(dis, [file, '-o', '-']).stdout, true);
        });
      });
    });
  });
}
