// One file or member, read for resolution: its symbols, its machine, and what makes the linker refuse it.

import { openBitcode } from '../../bitcode/index.ts';
import type { BitcodeFile } from '../../bitcode/index.ts';
import { FormatError } from '../../bytes/index.ts';
import type { ByteRange } from '../../bytes/index.ts';
import { ELF_TYPES, openElf } from '../../elf/index.ts';
import type { ElfFile } from '../../elf/index.ts';
import { validate } from '../../elf/validate/index.ts';
import type { ElfIntegrityFinding, ValidateOptions } from '../../elf/validate/index.ts';
import { FaultList } from '../fault-list.ts';
import { machineOfElf, targetOfDataLayout, targetOfTriple } from '../machine.ts';
import type { NameInterner } from '../name-interner.ts';
import { NO_SYMBOLS } from '../symbols/input-symbols.ts';
import { symbolsOfBitcode } from '../symbols/bitcode-symbols.ts';
import { symbolsOfElf } from '../symbols/elf-symbols.ts';
import { symbolsOfSharedLibrary } from '../symbols/shared-library.ts';
import type { LinkTarget } from './link-target.ts';
import type { LoadedInput } from './loaded-input.ts';

const { ET_REL, ET_DYN } = ELF_TYPES.values;

/** What is read of an input; the rest of a {@link LoadedInput} is where it stands. */
export type ReadInput = Pick<
  LoadedInput,
  'kind' | 'symbols' | 'machine' | 'bits' | 'endian' | 'producer' | 'triple' | 'library'
>;

/** What came of reading an input. */
export type ReadOutcome =
  | { readonly kind: 'input'; readonly input: ReadInput }
  /** A program, a core file, or what has no symbol table that could be read. */
  | { readonly kind: 'refused'; readonly message: string }
  | { readonly kind: 'unlinkable' };

const NOTHING = { producer: undefined, triple: undefined, library: undefined };

/** Reads an ELF file; programs and core files are `unlinkable`. */
export function readElfInput(range: ByteRange, names: NameInterner): ReadOutcome {
  return orRefused(() => {
    const elf = openElf(range);
    const { header } = elf;
    const target = {
      machine: machineOfElf(header.machine),
      bits: header.bits,
      endian: header.littleEndian ? ('little' as const) : ('big' as const),
    };
    if (header.type === ET_DYN) {
      const { symbols, library } = symbolsOfSharedLibrary(elf, names, new FaultList());
      return { kind: 'input', input: { ...NOTHING, kind: 'shared-library', symbols, library, ...target } };
    }
    if (header.type !== ET_REL) return { kind: 'unlinkable' };
    const symbols = symbolsOfElf(elf, names, new FaultList());
    return { kind: 'input', input: { ...NOTHING, kind: 'object', symbols, ...target } };
  });
}

/** Reads a bitcode file. */
export function readBitcodeInput(range: ByteRange, names: NameInterner): ReadOutcome {
  return orRefused(() => {
    const bitcode = openBitcode(range);
    const stored = bitcode.symbolTable();
    const triple = stored?.triple ?? bitcode.modules[0]?.triple;
    const target = targetOf(bitcode, triple);
    const symbols = symbolsOfBitcode(bitcode, names, new FaultList(), stored) ?? NO_SYMBOLS;
    const { producer } = bitcode;
    return { kind: 'input', input: { kind: 'bitcode', symbols, ...target, producer, triple, library: undefined } };
  });
}

/** The linker takes the triple out of the symbol table; so the module is read only where there is no table. */
function targetOf({ modules: [module] }: BitcodeFile, triple: string | undefined): LinkTarget {
  const target = triple === undefined ? undefined : targetOfTriple(triple);
  const layout = target?.endian === undefined ? targetOfDataLayout(module?.dataLayout ?? '') : {};
  return { machine: undefined, bits: undefined, endian: undefined, ...layout, ...target };
}

/** What the linker says of a damaged object, in the order of the checks; findings that it ignores are left out. */
export function findDamage(elf: ElfFile, options: ValidateOptions): ElfIntegrityFinding[] {
  return validate(elf, options).filter(({ severity }) => severity !== 'note');
}

function orRefused(step: () => ReadOutcome): ReadOutcome {
  try {
    return step();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return { kind: 'refused', message: error.reason };
  }
}
