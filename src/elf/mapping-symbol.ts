// Mapping symbols, which tell code from data in a section: AAELF64 and AAELF32 "Mapping symbols", RISC-V psABI "Mapping
// Symbol", C-SKY ABI. As in LLVM 22 (llvm/Object/ELFObjectFile.h) any name that starts so is one, be it `$data`: the ABIs ask
// for a `.` behind the letter, or for an ISA name on RISC-V.

import { MACHINES } from './constants/machine.ts';
import type { ElfFile } from './elf-file.ts';
import type { ElfSymbolTable } from './symbol.ts';

const { EM_AARCH64, EM_ARM, EM_CSKY, EM_RISCV } = MACHINES.values;

const PREFIXES: ReadonlyMap<number, readonly string[]> = /* @__PURE__ */ new Map([
  [EM_AARCH64, ['$d', '$x']],
  [EM_ARM, ['$d', '$t', '$a']],
  [EM_CSKY, ['$d', '$t']],
  [EM_RISCV, ['$d', '$x']],
]);

/**
 * Whether a symbol only tells code from data: `$x` and `$d` on AArch64 and RISC-V, `$a`, `$t` and `$d` on ARM, `$t` and `$d`
 * on C-SKY. A symbol whose name cannot be read is none. Makes no string and never throws because of the input.
 *
 * @param elf - The file, for its machine.
 * @param table - A symbol table of the file.
 * @param index - A symbol, below `table.length`.
 */
export function isMappingSymbol(elf: ElfFile, table: ElfSymbolTable, index: number): boolean {
  const prefixes = PREFIXES.get(elf.header.machine);
  if (prefixes === undefined) return false;
  for (const prefix of prefixes) if (table.nameStartsWith(index, prefix)) return true;
  return false;
}
