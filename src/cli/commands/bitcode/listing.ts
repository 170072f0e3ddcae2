// What the parts of `ltoscope bitcode` share: each goes through all bitcode behind the paths and writes one line for a row, for
// people under a heading for each file, else as JSON. Bitcode inside ELF objects (.llvm.lto, .llvmbc) is taken like a file.

import { openBitcode } from '../../../bitcode/index.ts';
import type { BitcodeFile } from '../../../bitcode/index.ts';
import { printable } from '../../../bytes/index.ts';
import type { ByteRange } from '../../../bytes/index.ts';
import { embeddedBitcode } from '../../../elf/content/index.ts';
import { openElf } from '../../../elf/index.ts';
import { linkerName } from '../../../link/index.ts';
import type { Output } from '../../output.ts';
import { DamageList } from '../damage-list.ts';
import { walkPaths } from '../walk-paths.ts';

/** Rows of one kind, JSON-safe; `kind` tells them apart where several listings are asked for. */
export interface BitcodeRow {
  readonly kind: string;
  /** Position of the module that it is about, from 0; absent where it is about the file. */
  readonly module?: number;
}

/** One aspect of bitcode files as rows. */
export interface BitcodeListing<Row extends BitcodeRow> {
  /** Heads the columns of {@link lines}; absent where the lines tell themselves what they are. */
  readonly heading?: string;
  /**
   * The rows of one file.
   *
   * @param damage - Where damage is told that leaves other rows readable.
   */
  rows(file: BitcodeFile, damage: DamageList): Iterable<Row>;
  /** The lines of a row for people. The caller makes safe to print what came out of the file. */
  lines(row: Row): readonly string[];
}

/** What prints the rows of one listing. */
export type RowPrinter = (file: BitcodeFile, damage: DamageList, print: Printer) => void;

/** Where rows go: as JSON, or as lines under an optional heading. */
interface Printer {
  readonly row: ((row: object) => void) | undefined;
  readonly line: (text: string) => void;
}

/** Fits a listing of any kind of rows into a list of them. */
export function printerOf<Row extends BitcodeRow>(listing: BitcodeListing<Row>): RowPrinter {
  return (file, damage, print) => {
    let isHeaded = listing.heading === undefined;
    let module: number | undefined;
    for (const row of damage.guarded(() => listing.rows(file, damage))) {
      if (print.row !== undefined) {
        print.row(row);
        continue;
      }
      if (!isHeaded) print.line(listing.heading ?? '');
      isHeaded = true;
      if (file.modules.length > 1 && row.module !== module) print.line(`  module ${row.module ?? 0}:`);
      module = row.module;
      for (const line of listing.lines(row)) print.line(line);
    }
  };
}

/**
 * Prints listings of all bitcode behind the paths.
 *
 * @returns The exit status.
 */
export function listBitcode(
  printers: readonly RowPrinter[],
  paths: readonly string[],
  isJson: boolean,
  output: Output,
): number {
  return walkPaths(paths, (walked, foundIn) => {
    if (walked.kind !== 'input' || walked.range === undefined) return [];
    const { path, file: onDisk, memberOffset, range, format } = walked;
    const damage = new DamageList();
    let isFound = false;
    for (const { content, section } of damage.guarded(() => bitcodeIn(range, format, damage))) {
      isFound = true;
      const file = damage.guard(() => openBitcode(content));
      if (file === undefined) continue;
      const place = { path, file: onDisk, ...(memberOffset === undefined ? {} : { memberOffset }), section };
      const opening = JSON.stringify(place).slice(0, -1);
      if (!isJson) output.write(`\n${printable(linkerName(path) + (section === undefined ? '' : `(${section})`))}:\n`);
      const print: Printer = {
        row: isJson
          ? (row) => {
              output.write(`${opening},${JSON.stringify(row).slice(1)}\n`);
            }
          : undefined,
        line: (text) => {
          output.write(`${printable(text)}\n`);
        },
      };
      for (const printer of printers) printer(file, damage, print);
    }
    const isNamed = foundIn === undefined && walked.archive === undefined;
    return isNamed && !isFound && damage.reasons.length === 0 ? ['no bitcode'] : damage.reasons;
  });
}

/** A bitcode file, or the sections of an ELF file that hold bitcode. */
function* bitcodeIn(
  range: ByteRange,
  format: string | undefined,
  damage: DamageList,
): Generator<{ readonly content: ByteRange; readonly section: string | undefined }> {
  if (format === 'bitcode') yield { content: range, section: undefined };
  if (format !== 'elf') return;
  const elf = openElf(range);
  for (const { content, sectionIndex } of embeddedBitcode(elf, { onDamage: damage.add })) {
    yield { content, section: elf.sections.describe(sectionIndex) };
  }
}
