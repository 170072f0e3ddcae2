// ltoscope symbols: the symbols of each input, as llvm-nm lists them.

import { FormatError, printable } from '../../bytes/index.ts';
import type { ByteRange } from '../../bytes/index.ts';
import { linkerName, listSymbols } from '../../link/index.ts';
import type { ListedSymbol, Walked } from '../../link/index.ts';
import type { Output } from '../output.ts';
import { walkPaths } from './walk-paths.ts';

const BLANK_VALUE = ' '.repeat(16);
const NO_VALUE = '-'.repeat(16);

export function symbolsCommand(
  paths: readonly string[],
  options: { readonly json?: true; readonly dynamic?: true },
  output: Output,
): number {
  return walkPaths(paths, (walked, foundIn) => {
    if (walked.kind !== 'input' || walked.range === undefined) return [];
    if (walked.format !== 'elf' && walked.format !== 'bitcode') {
      return foundIn === undefined && walked.archive === undefined ? ['no object and no bitcode'] : [];
    }
    const isJson = options.json === true;
    const write = isJson ? jsonWriter(walked, output) : textWriter(walked, output);
    const dynamic = options.dynamic === true;
    let isEmpty = true;
    const damage = new NameDamage();
    try {
      for (const symbol of listSymbols(walked.range, { dynamic, onDamage: damage.add })) {
        write(symbol);
        isEmpty = false;
      }
      if (isEmpty && !isJson) output.write(`  no symbols${dynamic ? '' : dynamicHint(walked.range)}\n`);
      return damage.reasons();
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      return [...damage.reasons(), reasonOf(error)];
    }
  });
}

/** Names that cannot be read. Where the string table is damaged they are all, so that the first is told and their number. */
class NameDamage {
  private first: FormatError | undefined;
  private count = 0;

  readonly add = (error: FormatError): void => {
    this.first ??= error;
    this.count += 1;
  };

  reasons(): string[] {
    if (this.first === undefined) return [];
    const others = this.count === 1 ? '' : `, and ${this.count - 1} more names or versions that cannot be read`;
    return [reasonOf(this.first) + others];
  }
}

function reasonOf({ reason, location }: FormatError): string {
  return `${reason} (at 0x${location.offset.toString(16)})`;
}

/** What to ask for instead, for files that are stripped. */
function dynamicHint(range: ByteRange): string {
  try {
    const [first] = listSymbols(range, { dynamic: true });
    return first === undefined ? '' : '; --dynamic lists dynamic ones';
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return '';
  }
}

function jsonWriter({ path, file, memberOffset }: Walked, output: Output): (symbol: ListedSymbol) => void {
  const place = JSON.stringify({ path, file, ...(memberOffset === undefined ? {} : { memberOffset }) }).slice(0, -1);
  return (symbol) => {
    output.write(`${place},${JSON.stringify(symbol).slice(1)}\n`);
  };
}

function textWriter({ path }: Walked, output: Output): (symbol: ListedSymbol) => void {
  output.write(`\n${printable(linkerName(path))}:\n`);
  return ({ name, version = '', letter, defined, value }) => {
    const column = defined ? (value?.slice(2).padStart(16, '0') ?? NO_VALUE) : BLANK_VALUE;
    output.write(`${column} ${letter} ${printable(name + version)}\n`);
  };
}
