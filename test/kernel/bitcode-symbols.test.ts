// The symbol tables of every bitcode object of two real kernels, beside what their modules say. LTOSCOPE_KERNEL names an
// unpacked arm64 kernel built with ThinLTO, LTOSCOPE_KERNEL_FULL one built with full LTO; without them this is skipped.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  compareSymbolTables,
  computeSymbolTable,
  detectBitcode,
  IRSYMTAB_FLAGS,
  openBitcode,
} from '../../src/bitcode/index.ts';
import type { BitcodeSymbols } from '../../src/bitcode/index.ts';
import { findWriterLibcalls } from '../../src/bitcode/runtime-calls/index.ts';
import { describeInKernel } from '../helpers/kernel.ts';

/** Names of the symbols that a table has as used. Tables up to LLVM 16 lack `_GLOBAL_OFFSET_TABLE_`. */
function usedNames(symbols: BitcodeSymbols | undefined): string[] {
  const names: string[] = [];
  for (let i = 0; i < (symbols?.length ?? 0); i += 1) {
    if (((symbols?.flags(i) ?? 0) & IRSYMTAB_FLAGS.FB_used) !== 0) names.push(symbols?.name(i) ?? '');
  }
  return names.filter((name) => name !== '_GLOBAL_OFFSET_TABLE_').sort();
}

for (const variable of ['LTOSCOPE_KERNEL', 'LTOSCOPE_KERNEL_FULL']) {
  describeInKernel(`the bitcode of the kernel that ${variable} names`, variable, (folder) => {
    it('has the symbol tables that its modules give, module assembly included', () => {
      let count = 0;
      for (const path of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        if (!path.endsWith('.o')) continue;
        const bytes = readFileSync(join(folder, path));
        if (detectBitcode(bytes) === undefined) continue;
        count += 1;
        const file = openBitcode(bytes);
        const libcalls = findWriterLibcalls(file);
        expect(libcalls, path).toBeDefined();
        const computed = computeSymbolTable(file, { libcalls });
        expect(computed?.assemblyNotes, path).toEqual([]);
        expect(usedNames(computed), path).toEqual(usedNames(file.symbolTable()));
        expect([...compareSymbolTables(file)], path).toEqual([]);
      }
      expect(count).toBeGreaterThan(100);
    }, 120_000);
  });
}
