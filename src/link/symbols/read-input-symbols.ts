// Any input to its symbols: tells the format and hands the bytes to its reader.

import { openBitcode } from '../../bitcode/index.ts';
import type { ByteRange } from '../../bytes/index.ts';
import { ELF_TYPES, openElf } from '../../elf/index.ts';
import type { ElfFile } from '../../elf/index.ts';
import { readLtoContent } from '../../elf/content/index.ts';
import type { InputFormat } from '../detect.ts';
import { FaultList } from '../fault-list.ts';
import type { InputFault } from '../input-facts.ts';
import type { NameInterner } from '../name-interner.ts';
import { formatOf } from '../read-facts.ts';
import { symbolsOfBitcode } from './bitcode-symbols.ts';
import { symbolsOfElf } from './elf-symbols.ts';
import { NO_SYMBOLS } from './input-symbols.ts';
import type { InputSymbols, SharedLibraryFacts } from './input-symbols.ts';
import { symbolsOfSharedLibrary } from './shared-library.ts';

const { ET_REL, ET_DYN } = ELF_TYPES.values;

/** The symbols of an input, and what reading them found out. */
export interface ReadSymbols {
  /** What linkers take it for: `other` is no input with symbols (a program, text, an unknown format). */
  readonly kind: 'object' | 'shared-library' | 'bitcode' | 'other';
  readonly symbols: InputSymbols;
  /** Shared libraries only. */
  readonly library: SharedLibraryFacts | undefined;
  /** Bitcode for thin linking alone, which does not tell what it defines. */
  readonly isUntold: boolean;
  readonly faults: readonly InputFault[];
}

/** Options of {@link readInputSymbols}. */
export interface ReadSymbolsOptions {
  /** What `formatOf` said, where the caller asked before. */
  readonly format?: InputFormat;
  /** Whether the bitcode of a fat object (`.llvm.lto`) is taken instead of its native code (`--fat-lto-objects`). */
  readonly takesFatLto?: boolean;
}

/**
 * Reads the symbols of one file or member that may meet those of other inputs.
 *
 * Costs one pass over its symbol table; nothing of the bytes is kept. Damage becomes faults; nothing is thrown because of the
 * input.
 *
 * @param range - The bytes.
 * @param names - Where names become integers; all inputs of a link share one.
 */
export function readInputSymbols(range: ByteRange, names: NameInterner, options: ReadSymbolsOptions = {}): ReadSymbols {
  const faults = new FaultList();
  const read = faults.guard(undefined, () => {
    const format = options.format ?? formatOf(range);
    if (format === 'bitcode') return ofBitcode(range, names, faults);
    if (format !== 'elf') return undefined;
    const elf = openElf(range);
    const bitcode = options.takesFatLto === true ? fatLtoPart(elf) : undefined;
    return bitcode === undefined ? ofElf(elf, names, faults) : ofBitcode(bitcode, names, faults);
  });
  return { kind: 'other', symbols: NO_SYMBOLS, library: undefined, isUntold: false, ...read, faults: faults.faults };
}

type Part = Pick<ReadSymbols, 'kind' | 'symbols'> & Partial<ReadSymbols>;

function ofBitcode(range: ByteRange, names: NameInterner, faults: FaultList): Part {
  const symbols = faults.guard(undefined, () => ({ read: symbolsOfBitcode(openBitcode(range), names, faults) }));
  const isUntold = symbols !== undefined && symbols.read === undefined;
  return { kind: 'bitcode', symbols: symbols?.read ?? NO_SYMBOLS, isUntold };
}

function ofElf(elf: ElfFile, names: NameInterner, faults: FaultList): Part | undefined {
  const { type } = elf.header;
  if (type === ET_DYN) return { kind: 'shared-library', ...symbolsOfSharedLibrary(elf, names, faults) };
  return type === ET_REL ? { kind: 'object', symbols: symbolsOfElf(elf, names, faults) } : undefined;
}

/** The bitcode of a fat object. */
function fatLtoPart(elf: ElfFile): ByteRange | undefined {
  const { kind, sectionIndex } = readLtoContent(elf);
  if (kind !== 'llvm-fat' || sectionIndex === undefined) return undefined;
  const { sections, input } = elf;
  return input.part(sections.offset(sectionIndex), sections.size(sectionIndex), sections.describe(sectionIndex));
}
