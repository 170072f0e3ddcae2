// What an object asks the linker for: libraries (`.deplibs`, `#pragma comment(lib, …)`) and options (`.linker-options`).
// LLVM's Extensions.rst, "SHT_LLVM_DEPENDENT_LIBRARIES Section" (LLVM 9 and later) and "SHT_LLVM_LINKER_OPTIONS Section"
// (LLVM 8 and later; lld reads no options of ELF objects and drops the section). Both are strings ended by NULs.

import { SECTION_TYPES } from '../constants/section.ts';
import type { ElfFile } from '../elf-file.ts';
import { TerminatedStrings } from './terminated-strings.ts';

const { SHT_LLVM_DEPENDENT_LIBRARIES, SHT_LLVM_LINKER_OPTIONS } = SECTION_TYPES.values;

/** One option out of `.linker-options`. */
export interface ElfLinkerOption {
  /** What kind of option it is: `lib` and `libpath` are described. */
  readonly key: string;
  /** Its value. */
  readonly value: string;
  /** Where the key stands, from the start of the section. */
  readonly offset: number;
}

/**
 * The libraries that an object wants linked, as written (`m`, `libm.a`, a path): SHT_LLVM_DEPENDENT_LIBRARIES of LLVM 9 and
 * later. Of a section that is written without errors each string is named once; `ld -r` puts several together.
 *
 * @throws {@link FormatError} as {@link ElfFile.sectionView}; `bad-value` if the section is none, `truncated` if its last
 *   string is not terminated, which lld refuses as `corrupted dependent libraries section (unterminated string)`.
 */
export function* dependentLibraries(file: ElfFile, index: number): Generator<string, void, undefined> {
  file.expectType(index, SHT_LLVM_DEPENDENT_LIBRARIES);
  const strings = new TerminatedStrings(file.sectionView(index));
  while (!strings.atEnd) yield strings.next('corrupted dependent libraries section: a library');
}

/**
 * The options that an object gives the linker: SHT_LLVM_LINKER_OPTIONS of LLVM 8 and later.
 *
 * @throws {@link FormatError} as {@link ElfFile.sectionView}; `bad-value` if the section is none or its last key has no
 *   value, `truncated` if its last string is not terminated.
 */
export function* linkerOptions(file: ElfFile, index: number): Generator<ElfLinkerOption, void, undefined> {
  file.expectType(index, SHT_LLVM_LINKER_OPTIONS);
  const view = file.sectionView(index);
  const strings = new TerminatedStrings(view);
  while (!strings.atEnd) {
    const { offset } = strings;
    const key = strings.next('a key of the linker options');
    if (strings.offset === view.length)
      throw view.error('bad-value', 'a key of the linker options has no value', offset);
    yield { key, value: strings.next('a value of the linker options'), offset };
  }
}
