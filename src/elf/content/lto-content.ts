// Intermediate code of compilers inside ELF, told by section names. LLVM: `.llvm.lto` (-ffat-lto-objects, clang 17 and
// later) and `.llvmbc` (-fembed-bitcode). GCC: `.gnu.lto_*`, in every object of -flto; `.gnu.debuglto_*` is debugging
// information that comes with it. Of the contents GCC's header alone is read.

import { SECTION_TYPES, SPECIAL_SECTIONS } from '../constants/section.ts';
import type { ElfFile } from '../elf-file.ts';
import { readGccLtoHeader } from './gcc-lto.ts';

const { SHT_LLVM_LTO, SHT_PROGBITS } = SECTION_TYPES.values;
const { SHN_COMMON } = SPECIAL_SECTIONS.values;

// With the NUL that ends them, the whole name is compared.
const LLVM_LTO_NAME = '.llvm.lto\0';
const LLVM_BITCODE_NAME = '.llvmbc\0';
const GCC_PREFIX = '.gnu.lto_';
const GCC_HEADER_PREFIX = '.gnu.lto_.lto.';
const GCC_SLIM_SYMBOL = '__gnu_lto_slim\0';

/**
 * Intermediate code in an ELF file.
 *
 * - `none`: there is none.
 * - `llvm-fat`: bitcode for link-time optimisation beside native code.
 * - `llvm-embedded`: bitcode that was embedded for other ends; linkers do not look at it.
 * - `gcc-slim`: GIMPLE without native code, which a linker needs GCC's plugin for.
 * - `gcc-fat`: GIMPLE beside native code.
 */
export type ElfLtoKind = 'none' | 'llvm-fat' | 'llvm-embedded' | 'gcc-slim' | 'gcc-fat';

/** See {@link readLtoContent}. */
export interface ElfLtoContent {
  /** What it is. */
  readonly kind: ElfLtoKind;
  /** The section with the bitcode or, of GCC's many, the one with the header, else the first. */
  readonly sectionIndex?: number;
  /** The version of GCC's format; absent if there is no header (before GCC 10). */
  readonly gccVersion?: GccLtoVersion;
}

/** Version of GCC's format; `major` is that of GCC. */
export interface GccLtoVersion {
  /** The version of GCC. */
  readonly major: number;
  /** Changes of the format within it. */
  readonly minor: number;
}

/**
 * Tells which compiler's intermediate code a file carries beside, or in place of, native code. Costs a pass over the
 * section names; sections whose names cannot be read are passed over.
 *
 * @throws {@link FormatError} as {@link ElfFile.sections}; and for GCC's as {@link ElfFile.sectionView} and
 *   {@link ElfFile.symbolTable}, where the answer lies in a damaged section.
 */
export function readLtoContent(file: ElfFile): ElfLtoContent {
  const { sections } = file;
  let embedded: number | undefined;
  let gcc: number | undefined;
  let gccHeader: number | undefined;
  for (let i = 1; i < sections.length; i += 1) {
    const type = sections.type(i);
    // All are written as SHT_PROGBITS, but for the first, whose type is younger than the option: LLVM 17 and 18 have the
    // name alone.
    if (type !== SHT_PROGBITS && type !== SHT_LLVM_LTO) continue;
    if (type === SHT_LLVM_LTO || sections.nameStartsWith(i, LLVM_LTO_NAME)) {
      return { kind: 'llvm-fat', sectionIndex: i };
    }
    if (sections.nameStartsWith(i, LLVM_BITCODE_NAME)) embedded ??= i;
    else if (sections.nameStartsWith(i, GCC_PREFIX)) {
      gcc ??= i;
      if (sections.nameStartsWith(i, GCC_HEADER_PREFIX)) gccHeader ??= i;
    }
  }
  if (embedded !== undefined) return { kind: 'llvm-embedded', sectionIndex: embedded };
  if (gccHeader !== undefined) return readGccContent(file, gccHeader);
  if (gcc !== undefined) return { kind: hasSlimSymbol(file) ? 'gcc-slim' : 'gcc-fat', sectionIndex: gcc };
  return { kind: 'none' };
}

function readGccContent(file: ElfFile, sectionIndex: number): ElfLtoContent {
  const { isSlim, raw } = readGccLtoHeader(file, sectionIndex);
  return {
    kind: isSlim ? 'gcc-slim' : 'gcc-fat',
    sectionIndex,
    gccVersion: { major: raw.major_version, minor: raw.minor_version },
  };
}

/** Before GCC 10 a common symbol told that an object is slim. */
function hasSlimSymbol(file: ElfFile): boolean {
  const index = file.symbolTableIndex;
  if (index === undefined) return false;
  const symbols = file.symbolTable(index);
  for (let i = symbols.length - 1; i > 0; i -= 1) {
    if (symbols.rawSectionIndex(i) === SHN_COMMON && symbols.nameStartsWith(i, GCC_SLIM_SYMBOL)) return true;
  }
  return false;
}
