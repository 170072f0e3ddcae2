// What llvm-nm says of a symbol of an ELF file. It follows llvm/tools/llvm-nm/llvm-nm.cpp (getNMSectionTagAndName,
// getSymbolNMTypeChar) and ELFObjectFile::getSymbolFlags in llvm/Object/ELFObjectFile.h of LLVM 22.

import { MACHINES } from './constants/machine.ts';
import { SECTION_FLAGS, SECTION_TYPES, SPECIAL_SECTIONS } from './constants/section.ts';
import { SYMBOL_BINDINGS, SYMBOL_TYPES } from './constants/symbol.ts';
import { FormatError } from '../bytes/index.ts';
import type { ElfFile } from './elf-file.ts';
import { isMappingSymbol } from './mapping-symbol.ts';
import type { ElfSectionTable } from './section.ts';
import type { ElfSymbolTable } from './symbol.ts';

const { EM_ARM, EM_RISCV } = MACHINES.values;
const { SHT_NOBITS } = SECTION_TYPES.values;
const { SHF_ALLOC, SHF_EXECINSTR, SHF_WRITE } = SECTION_FLAGS.values;
const { SHN_UNDEF, SHN_ABS, SHN_COMMON } = SPECIAL_SECTIONS.values;
const { STB_LOCAL, STB_GLOBAL, STB_WEAK, STB_GNU_UNIQUE } = SYMBOL_BINDINGS.values;
const { STT_OBJECT, STT_SECTION, STT_FILE, STT_COMMON, STT_GNU_IFUNC } = SYMBOL_TYPES.values;

// Names that start so are left out beside mapping symbols.
const OTHER_PREFIXES: ReadonlyMap<number, string> = /* @__PURE__ */ new Map([
  // Nameless symbols are left out for ARM alone, for which LLVM gives no reason.
  [EM_ARM, '\0'],
  // `.L0 ` names the labels that differences of labels are relocated against.
  [EM_RISCV, '.L0 \0'],
]);

/**
 * Whether llvm-nm without options leaves the symbol out: the null symbol, symbols of files and sections, and mapping
 * symbols of AArch64, ARM, C-SKY and RISC-V. A symbol whose name cannot be read is none of the last.
 *
 * @param table - A symbol table of `file`.
 * @param index - A symbol, below `table.length`.
 */
export function isFormatSpecific(file: ElfFile, table: ElfSymbolTable, index: number): boolean {
  if (index === 0) return true;
  const type = table.type(index);
  if (type === STT_SECTION || type === STT_FILE) return true;
  const prefix = OTHER_PREFIXES.get(file.header.machine);
  return isMappingSymbol(file, table, index) || (prefix !== undefined && table.nameStartsWith(index, prefix));
}

/**
 * The letter of llvm-nm for a symbol, upper case for symbols that are not local:
 *
 * `U` undefined, `w` and `v` weak undefined (`v` for objects), `W` and `V` weak, `i` indirect function, `C` common, `A`
 * absolute, `u` unique, `T` code, `B` without bytes in the file, `D` data, `R` read-only data, `N` debugging, `n`
 * read-only and not loaded, `?` none of these, or in a section that is damaged. (Where the section number is beyond the
 * table llvm-nm prints nothing from that symbol on.)
 *
 * @param table - A symbol table of `file`.
 * @param index - A symbol, below `table.length`.
 * @throws {@link FormatError} only as {@link ElfFile.sections}.
 */
export function nmLetter(file: ElfFile, table: ElfSymbolTable, index: number): string {
  const stored = table.rawSectionIndex(index);
  const type = table.type(index);
  const binding = table.binding(index);
  if (stored === SHN_UNDEF) return binding !== STB_WEAK ? 'U' : type === STT_OBJECT ? 'v' : 'w';
  const isCommon = stored === SHN_COMMON || type === STT_COMMON;
  const { sections } = file;
  // The section comes first: without one nothing else counts.
  const section = isCommon || stored === SHN_ABS ? 0 : definingSection(sections, table, index);
  if (section === undefined) return '?';
  if (type === STT_GNU_IFUNC) return 'i';
  if (binding === STB_WEAK) return type === STT_OBJECT ? 'V' : 'W';
  if (isCommon) return 'C';
  if (stored === SHN_ABS) return binding === STB_LOCAL ? 'a' : 'A';
  if (binding === STB_GNU_UNIQUE) return 'u';
  if (binding === STB_LOCAL) return sectionLetter(sections, section);
  return binding === STB_GLOBAL ? sectionLetter(sections, section).toUpperCase() : '?';
}

/** The section that a symbol is defined in, if it exists and has a readable name. */
function definingSection(sections: ElfSectionTable, table: ElfSymbolTable, index: number): number | undefined {
  try {
    const section = table.sectionIndex(index);
    return section > 0 && section < sections.length && sections.hasName(section) ? section : undefined;
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}

function sectionLetter(sections: ElfSectionTable, section: number): string {
  const flags = sections.flags(section);
  if ((flags & SHF_EXECINSTR) !== 0) return 't';
  if (sections.type(section) === SHT_NOBITS) return 'b';
  if ((flags & SHF_ALLOC) !== 0) return (flags & SHF_WRITE) !== 0 ? 'd' : 'r';
  if (sections.nameStartsWith(section, '.debug')) return 'N';
  return (flags & SHF_WRITE) === 0 ? 'n' : '?';
}
