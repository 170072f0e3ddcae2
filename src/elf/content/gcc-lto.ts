// What GCC's link-time optimisation leaves in an object: sections `.gnu.lto_…`, told apart by name as
// gcc/lto-section-in.cc (lto_section_name) and lto_get_section_name of GCC 4.5 to 15 make them:
//
//   .gnu.lto_.KIND.UNIT            a summary, such as `symtab` and `decls`; `opts` has no unit
//   .gnu.lto_FUNCTION.ORDER.UNIT   the body of a function, or the initialiser of a variable
//   .gnu.debuglto_.debug_…         debugging information that was made early (GCC 8 and later)
//   .gnu.offload_lto_…             the same as the first two, for devices
//
// UNIT is a random number, 16 hexadecimal digits or fewer, one for each translation unit, so that `ld -r` may put objects
// together; GCC 4.5 has none. ORDER came with GCC 9. `.gnu.lto_.lto.UNIT` came with GCC 10 and holds `struct lto_section`
// of gcc/lto-streamer.h; before, each section began with major and minor version, inside of its compressed bytes, which
// are not opened here.

import type { ElfFile } from '../elf-file.ts';
import { ReadBudget } from './read-budget.ts';

/** Offsets in `struct lto_section`, and its size. */
const LTO_SECTION = { major_version: 0, minor_version: 2, slim_object: 4, flags: 6, size: 8 } as const;
/** `enum lto_compression`, the value of `flags`. */
const COMPRESSIONS = ['zlib', 'zstd'] as const;

const GCC_PREFIX = '.gnu.';
const LTO_NAME = /^\.gnu\.(lto|offload_lto|debuglto)_(.*)$/s;
const SUMMARY_NAME = /^\.([^.]*)(?:\.(?:0x)?([0-9a-f]{1,16}))?$/s;
const BODY_NAME = /^(.*?)(?:\.(\d+))?\.(?:0x)?([0-9a-f]{1,16})$/s;

/** A section of GCC's link-time optimisation, as its name tells. */
export interface GccLtoSection {
  /** Its section number. */
  readonly index: number;
  /** `lto` for the linker, `offload_lto` for devices, `debuglto` is debugging information. */
  readonly purpose: 'lto' | 'offload_lto' | 'debuglto';
  /**
   * What it holds, in GCC's words: `symtab`, `ext_symtab`, `symbol_nodes`, `decls`, `refs`, `opts`, `lto`, … or
   * `function_body`, which initialisers of variables have, too. For `debuglto` the name of the section that it becomes.
   */
  readonly kind: string;
  /** The assembler name of the function or variable; only of a `function_body`. */
  readonly functionName?: string;
  /**
   * Its number in the translation unit; only of a `function_body`, since GCC 9. The name of a clone in an older object may
   * end in a number as well, which is taken for this one.
   */
  readonly order?: number;
  /** The translation unit, as the name has it; absent for `opts`, `debuglto`, and in GCC 4.5. */
  readonly unit?: string;
}

/** The fields of `struct lto_section` as stored. */
export interface RawGccLtoHeader {
  /** Version of GCC. */
  readonly major_version: number;
  /** Changes of the format within it. */
  readonly minor_version: number;
  /** Not 0 if there is no native code. */
  readonly slim_object: number;
  /** How sections are compressed. */
  readonly flags: number;
}

/** What `.gnu.lto_.lto` says of the sections of its unit. */
export interface GccLtoHeader {
  /** The fields as stored. */
  readonly raw: RawGccLtoHeader;
  /** Whether there is nothing but intermediate code: `-fno-fat-lto-objects`, GCC's default. */
  readonly isSlim: boolean;
  /** How the other sections are compressed; `undefined` for a number that GCC 15 does not know. */
  readonly compression: 'zlib' | 'zstd' | undefined;
  /**
   * The byte order of the numbers that are not compressed: that of the computer that GCC ran on, whatever the file's.
   */
  readonly littleEndian: boolean;
}

/**
 * The sections of GCC's link-time optimisation, of GCC 4.5 to 15. Costs a pass over the section names; names that cannot be
 * read are passed over.
 *
 * @throws {@link FormatError} as {@link ElfFile.sections}; `limit-exceeded` if too many sections share one long name.
 */
export function* gccLtoSections(file: ElfFile): Generator<GccLtoSection, void, undefined> {
  const { sections } = file;
  const budget = new ReadBudget(file.input);
  for (let i = 1; i < sections.length; i += 1) {
    if (!sections.nameStartsWith(i, GCC_PREFIX)) continue;
    const name = sections.name(i);
    budget.spend(name.length, 'names of sections');
    const section = parseGccLtoName(name, i);
    if (section !== undefined) yield section;
  }
}

function parseGccLtoName(name: string, index: number): GccLtoSection | undefined {
  const [, purpose, rest = ''] = LTO_NAME.exec(name) ?? [];
  if (purpose === 'debuglto') return { index, purpose, kind: rest };
  if (purpose !== 'lto' && purpose !== 'offload_lto') return undefined;
  const summary = SUMMARY_NAME.exec(rest);
  if (summary !== null) {
    const [, kind = '', unit] = summary;
    return { index, purpose, kind, ...(unit === undefined ? {} : { unit }) };
  }
  const [, functionName = rest, order, unit] = BODY_NAME.exec(rest) ?? [];
  return {
    index,
    purpose,
    kind: 'function_body',
    functionName,
    ...(order === undefined ? {} : { order: Number(order) }),
    ...(unit === undefined ? {} : { unit }),
  };
}

/**
 * Reads `.gnu.lto_.lto` (GCC 10 and later).
 *
 * @param index - Number of a section of kind `lto`; its name is not looked at.
 * @throws {@link FormatError} as {@link ElfFile.sectionView}; `out-of-bounds` if it is shorter than the header.
 */
export function readGccLtoHeader(file: ElfFile, index: number): GccLtoHeader {
  const { data } = file.sectionView(index).part(0, LTO_SECTION.size, 'the header of .gnu.lto_.lto');
  // A big endian object of GCC 12 made on x86-64 has `0c 00`. No version is above 255, so the bytes tell the order.
  const littleEndian = data.getUint16(LTO_SECTION.major_version, true) < 0x100;
  const raw: RawGccLtoHeader = {
    major_version: data.getUint16(LTO_SECTION.major_version, littleEndian),
    minor_version: data.getUint16(LTO_SECTION.minor_version, littleEndian),
    slim_object: data.getUint8(LTO_SECTION.slim_object),
    flags: data.getUint16(LTO_SECTION.flags, littleEndian),
  };
  return { raw, isSlim: raw.slim_object !== 0, compression: COMPRESSIONS[raw.flags], littleEndian };
}

/** The sections of one translation unit that say what is in it. */
export interface GccLtoUnit {
  /** As the names of the sections have it; empty where they have none (GCC 4.5). */
  readonly unit: string;
  /** Section number of the header, kind `lto`; absent before GCC 10. */
  readonly header?: number;
  /** Section number of the symbol table, kind `symtab`. */
  readonly symbolTable?: number;
  /** Section number of what came later to the symbol table, kind `ext_symtab`; GCC 10 and later. */
  readonly symbolTableExtension?: number;
  /** Section numbers of function bodies, ascending. */
  readonly functionBodies: readonly number[];
}

/**
 * The translation units of an object, in the order of their first sections: one, unless `ld -r` put objects together.
 * Devices' code is left out. Of several sections of a kind in one unit the first counts.
 *
 * @throws {@link FormatError} as {@link gccLtoSections}.
 */
export function readGccLtoUnits(file: ElfFile): readonly GccLtoUnit[] {
  const units = new Map<
    string,
    { -readonly [Key in keyof GccLtoUnit]: GccLtoUnit[Key] } & { functionBodies: number[] }
  >();
  for (const { index, purpose, kind, unit = '' } of gccLtoSections(file)) {
    if (purpose !== 'lto' || kind === 'opts') continue;
    let entry = units.get(unit);
    if (entry === undefined) units.set(unit, (entry = { unit, functionBodies: [] }));
    if (kind === 'lto') entry.header ??= index;
    else if (kind === 'symtab') entry.symbolTable ??= index;
    else if (kind === 'ext_symtab') entry.symbolTableExtension ??= index;
    else if (kind === 'function_body') entry.functionBodies.push(index);
  }
  return [...units.values()];
}
