// Where the fields of ELF structures stand: one table for each class, chosen once when a file is opened. gABI "ELF
// Header", "Sections", "Symbol Table", "Relocation", "Program Header"; llvm/BinaryFormat/ELF.h of LLVM 22. What is the same in
// both classes, or a row of words (dynamic entries, versions, hash tables), stands with its reader.

/** Field offsets and sizes of one ELF class, in bytes. */
export interface ElfLayout {
  /** The class. */
  readonly bits: 32 | 64;

  /** Bytes of the header that starts the file. */
  readonly headerSize: number;
  /** Offset in the header, as those up to `e_shstrndx`. */
  readonly e_entry: number;
  /** See `e_entry`. */
  readonly e_phoff: number;
  /** See `e_entry`. */
  readonly e_shoff: number;
  /** See `e_entry`. */
  readonly e_flags: number;
  /** See `e_entry`. */
  readonly e_ehsize: number;
  /** See `e_entry`. */
  readonly e_phentsize: number;
  /** See `e_entry`. */
  readonly e_phnum: number;
  /** See `e_entry`. */
  readonly e_shentsize: number;
  /** See `e_entry`. */
  readonly e_shnum: number;
  /** See `e_entry`. */
  readonly e_shstrndx: number;

  /** Bytes of a program header. `p_type` stands at 0. */
  readonly programHeaderSize: number;
  /** Offset in a program header, as those up to `p_align`. */
  readonly p_flags: number;
  /** See `p_flags`. */
  readonly p_offset: number;
  /** See `p_flags`. */
  readonly p_vaddr: number;
  /** See `p_flags`. */
  readonly p_paddr: number;
  /** See `p_flags`. */
  readonly p_filesz: number;
  /** See `p_flags`. */
  readonly p_memsz: number;
  /** See `p_flags`. */
  readonly p_align: number;

  /** Bytes of a section header. `sh_name`, at 0, and `sh_type`, at 4, are the same in both classes. */
  readonly sectionHeaderSize: number;
  /** Offset in a section header, as those up to `sh_entsize`. */
  readonly sh_flags: number;
  /** See `sh_flags`. */
  readonly sh_addr: number;
  /** See `sh_flags`. */
  readonly sh_offset: number;
  /** See `sh_flags`. */
  readonly sh_size: number;
  /** See `sh_flags`. */
  readonly sh_link: number;
  /** See `sh_flags`. */
  readonly sh_info: number;
  /** See `sh_flags`. */
  readonly sh_addralign: number;
  /** See `sh_flags`. */
  readonly sh_entsize: number;

  /** Bytes of a symbol. `st_name` stands at 0. */
  readonly symbolSize: number;
  /** Offset in a symbol, as those up to `st_shndx`. */
  readonly st_value: number;
  /** See `st_value`. */
  readonly st_size: number;
  /** See `st_value`. */
  readonly st_info: number;
  /** See `st_value`. */
  readonly st_other: number;
  /** See `st_value`. */
  readonly st_shndx: number;

  /** Bytes of an entry of SHT_REL, which ends before `r_addend`. `r_offset` stands at 0. */
  readonly relSize: number;
  /** Bytes of an entry of SHT_RELA. */
  readonly relaSize: number;
  /** Offset in an entry of SHT_REL or SHT_RELA. */
  readonly r_info: number;
  /** Offset in an entry of SHT_RELA. */
  readonly r_addend: number;
}

/** Offsets in `e_ident` and behind it that do not depend on the class. */
export const IDENT = {
  EI_CLASS: 4,
  EI_DATA: 5,
  EI_OSABI: 7,
  EI_ABIVERSION: 8,
  EI_NIDENT: 16,
  e_type: 16,
  e_machine: 18,
  e_version: 20,
} as const;

/** Offset of `sh_type` in a section header of either class. */
export const SH_TYPE = 4;

/** ELFCLASS32. */
export const LAYOUT_32: ElfLayout = {
  bits: 32,
  headerSize: 52,
  e_entry: 24,
  e_phoff: 28,
  e_shoff: 32,
  e_flags: 36,
  e_ehsize: 40,
  e_phentsize: 42,
  e_phnum: 44,
  e_shentsize: 46,
  e_shnum: 48,
  e_shstrndx: 50,
  programHeaderSize: 32,
  p_flags: 24,
  p_offset: 4,
  p_vaddr: 8,
  p_paddr: 12,
  p_filesz: 16,
  p_memsz: 20,
  p_align: 28,
  sectionHeaderSize: 40,
  sh_flags: 8,
  sh_addr: 12,
  sh_offset: 16,
  sh_size: 20,
  sh_link: 24,
  sh_info: 28,
  sh_addralign: 32,
  sh_entsize: 36,
  symbolSize: 16,
  st_value: 4,
  st_size: 8,
  st_info: 12,
  st_other: 13,
  st_shndx: 14,
  relSize: 8,
  relaSize: 12,
  r_info: 4,
  r_addend: 8,
};

/** ELFCLASS64. */
export const LAYOUT_64: ElfLayout = {
  bits: 64,
  headerSize: 64,
  e_entry: 24,
  e_phoff: 32,
  e_shoff: 40,
  e_flags: 48,
  e_ehsize: 52,
  e_phentsize: 54,
  e_phnum: 56,
  e_shentsize: 58,
  e_shnum: 60,
  e_shstrndx: 62,
  programHeaderSize: 56,
  p_flags: 4,
  p_offset: 8,
  p_vaddr: 16,
  p_paddr: 24,
  p_filesz: 32,
  p_memsz: 40,
  p_align: 48,
  sectionHeaderSize: 64,
  sh_flags: 8,
  sh_addr: 16,
  sh_offset: 24,
  sh_size: 32,
  sh_link: 40,
  sh_info: 44,
  sh_addralign: 48,
  sh_entsize: 56,
  symbolSize: 24,
  st_value: 8,
  st_size: 16,
  st_info: 4,
  st_other: 5,
  st_shndx: 6,
  relSize: 16,
  relaSize: 24,
  r_info: 8,
  r_addend: 16,
};

/** What every reader of one file needs to know: its class and byte order, decided once by the header. */
export interface ElfEncoding {
  readonly layout: ElfLayout;
  readonly littleEndian: boolean;
}

/**
 * Reads a word of the class's width (Elf_Addr, Elf_Off, Elf_Xword) exactly.
 *
 * The caller has checked that the field lies within `data`; likewise for the next two functions.
 */
export function readWord(data: DataView, offset: number, { layout, littleEndian }: ElfEncoding): bigint {
  return layout.bits === 64 ? data.getBigUint64(offset, littleEndian) : BigInt(data.getUint32(offset, littleEndian));
}

/**
 * Reads a word as a number. Above 2^53 it is rounded, which does no harm to offsets and sizes: no file is that long, so
 * they fail the bounds check either way.
 */
export function readWordAsNumber(data: DataView, offset: number, { layout, littleEndian }: ElfEncoding): number {
  if (layout.bits === 32) return data.getUint32(offset, littleEndian);
  const first = data.getUint32(offset, littleEndian);
  const second = data.getUint32(offset + 4, littleEndian);
  const low = littleEndian ? first : second;
  const high = littleEndian ? second : first;
  // Without this the engine takes all offsets for doubles, and what is counted from them as well.
  return high === 0 ? low : high * 2 ** 32 + low;
}

/** Reads the low 32 bits of a word. */
export function readLowHalf(data: DataView, offset: number, { layout, littleEndian }: ElfEncoding): number {
  return data.getUint32(layout.bits === 64 && !littleEndian ? offset + 4 : offset, littleEndian);
}

/** Reads the high 32 bits of a word; 0 in 32-bit files. */
export function readHighHalf(data: DataView, offset: number, { layout, littleEndian }: ElfEncoding): number {
  return layout.bits === 32 ? 0 : data.getUint32(littleEndian ? offset + 4 : offset, littleEndian);
}
