// LLVM bitcode inside of ELF, as bytes: `.llvm.lto` (clang -ffat-lto-objects, 17 and later; SHT_LLVM_LTO, in 17 and 18 by
// name alone), for linkers; `.llvmbc` (clang -fembed-bitcode, 3.9 and later), for other ends, with the arguments of the
// compiler in `.llvmcmd`. What the bitcode says is not read here.

import type { ByteRange } from '../../bytes/index.ts';
import { SECTION_TYPES } from '../constants/section.ts';
import type { ElfFile } from '../elf-file.ts';
import type { ContentOptions } from './damage.ts';
import { unlessDamaged } from './damage.ts';
import { TerminatedStrings } from './terminated-strings.ts';

const { SHT_LLVM_LTO, SHT_PROGBITS } = SECTION_TYPES.values;

// With the NUL that ends them, the whole name is compared.
const LTO_NAME = '.llvm.lto\0';
const BITCODE_NAME = '.llvmbc\0';

/** A section with bitcode. */
export interface ElfEmbeddedBitcode {
  /** `lto` is made for linkers (`.llvm.lto`), `embedded` for other ends (`.llvmbc`). */
  readonly kind: 'lto' | 'embedded';
  /** Its section number. */
  readonly sectionIndex: number;
  /**
   * The bytes, not read yet. A linker that puts objects together without knowing the section (`ld -r`) puts several
   * bitcode files one behind the other; where one ends only the bitcode tells.
   */
  readonly content: ByteRange;
}

/**
 * The sections of a file that hold bitcode. Costs a pass over the section names.
 *
 * @param options - `onDamage` is told of sections that leave the file.
 * @throws {@link FormatError} as {@link ElfFile.sections}; `out-of-bounds` if a section leaves the file.
 */
export function* embeddedBitcode(
  file: ElfFile,
  options: ContentOptions = {},
): Generator<ElfEmbeddedBitcode, void, undefined> {
  const { sections, input } = file;
  for (let i = 1; i < sections.length; i += 1) {
    const kind = kindOf(file, i);
    if (kind === undefined) continue;
    const content = unlessDamaged(options, () =>
      input.part(sections.offset(i), sections.size(i), `section [index ${i}] with bitcode`),
    );
    if (content !== undefined) yield { kind, sectionIndex: i, content };
  }
}

function kindOf({ sections }: ElfFile, index: number): ElfEmbeddedBitcode['kind'] | undefined {
  const type = sections.type(index);
  if (type === SHT_LLVM_LTO) return 'lto';
  if (type !== SHT_PROGBITS) return undefined;
  if (sections.nameStartsWith(index, LTO_NAME)) return 'lto';
  return sections.nameStartsWith(index, BITCODE_NAME) ? 'embedded' : undefined;
}

/**
 * The arguments that clang's compiler proper was given, out of `.llvmcmd` (clang -fembed-bitcode, 3.9 and later). After
 * `ld -r` those of several objects stand one behind the other; each begins with `-cc1`, as far as LLVM 13 to 22 show.
 *
 * @param index - Number of the section; its name is not looked at.
 * @throws {@link FormatError} as {@link ElfFile.sectionView}; `truncated` if the last argument is not terminated.
 */
export function* compilerArguments(file: ElfFile, index: number): Generator<string, void, undefined> {
  const strings = new TerminatedStrings(file.sectionView(index));
  while (!strings.atEnd) yield strings.next('an argument of the compiler');
}
