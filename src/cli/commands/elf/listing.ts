// What the listings of ELF structures share: each goes through all ELF files behind the paths and writes one line for a row,
// for people under a heading for each file, else as JSON.

import { printable } from '../../../bytes/index.ts';
import { openElf } from '../../../elf/index.ts';
import type { ElfFile } from '../../../elf/index.ts';
import { linkerName } from '../../../link/index.ts';
import type { Output } from '../../output.ts';
import { DamageList } from '../damage-list.ts';
import { walkPaths } from '../walk-paths.ts';

/** One structure of ELF files as rows. */
export interface ElfListing<Row extends object> {
  /** Heads the columns of {@link lines}. */
  readonly heading: string;
  /**
   * The rows of one file, JSON-safe.
   *
   * @param damage - Where damage is told that leaves other rows readable.
   */
  rows(elf: ElfFile, damage: DamageList): Iterable<Row>;
  /** The lines of a row for people. The caller makes safe to print what came out of the file. */
  lines(row: Row): readonly string[];
}

/** Options of all listings. */
export interface ListingOptions {
  readonly json?: true;
}

/**
 * The tables of a kind, as long as they may lie side by side in the file: those that add up to more bytes than it has lie
 * upon each other, and millions of headers could name the same table. What is left out is told.
 *
 * @param indices - Numbers of sections or segments, in the order of the listing.
 * @param bytesOf - How many bytes of the file a table takes up; 0 where it lies outside of it, which reading it tells.
 * @param describe - Names a table for people.
 */
export function* sideBySide(
  elf: ElfFile,
  damage: DamageList,
  indices: Iterable<number>,
  bytesOf: (index: number) => number,
  describe: (index: number) => string,
): Generator<number> {
  let bytesLeft = elf.input.length;
  let leftOut = 0;
  let firstLeftOut = 0;
  for (const index of indices) {
    const size = bytesOf(index);
    if (size <= bytesLeft) {
      bytesLeft -= size;
      yield index;
      continue;
    }
    if (leftOut === 0) firstLeftOut = index;
    leftOut += 1;
  }
  if (leftOut === 0) return;
  const others = leftOut === 1 ? ' is' : ` and ${leftOut - 1} more behind it are`;
  damage.tell(
    `${describe(firstLeftOut)}${others} left out: tables that overlap add up to more bytes than the file has (${elf.input.length})`,
  );
}

/** {@link sideBySide} for the sections that a listing is about, the null section never among them. */
export function sectionsSideBySide(
  elf: ElfFile,
  damage: DamageList,
  isListed: (index: number) => boolean,
): Generator<number> {
  const { sections } = elf;
  const indices = function* (): Generator<number> {
    for (let index = 1; index < sections.length; index += 1) if (isListed(index)) yield index;
  };
  return sideBySide(
    elf,
    damage,
    indices(),
    (index) => (sections.isInFile(index) && sections.hasContent(index) ? sections.size(index) : 0),
    (index) => `section [${index}] ${sections.describe(index)}`,
  );
}

/**
 * Prints a listing of everything behind the paths.
 *
 * @returns The exit status.
 */
export function listElf<Row extends object>(
  listing: ElfListing<Row>,
  paths: readonly string[],
  options: ListingOptions,
  output: Output,
): number {
  return walkPaths(paths, (walked, foundIn) => {
    if (walked.kind !== 'input' || walked.range === undefined) return [];
    if (walked.format !== 'elf') return foundIn === undefined && walked.archive === undefined ? ['no ELF file'] : [];
    const { path, file, memberOffset, range } = walked;
    const place = JSON.stringify({ path, file, ...(memberOffset === undefined ? {} : { memberOffset }) }).slice(0, -1);
    const damage = new DamageList();
    let isEmpty = true;
    for (const row of damage.guarded(() => listing.rows(openElf(range), damage))) {
      const isFirst = isEmpty;
      isEmpty = false;
      if (options.json === true) {
        output.write(`${place},${JSON.stringify(row).slice(1)}\n`);
        continue;
      }
      if (isFirst) output.write(`\n${printable(linkerName(path))}:\n${listing.heading}\n`);
      for (const line of listing.lines(row)) output.write(`${printable(line)}\n`);
    }
    if (!isEmpty) return damage.reasons;
    // Where section headers are damaged there may be something all the same.
    if (damage.reasons.length === 0) damage.guard(() => openElf(range).sections);
    const isNamed = foundIn === undefined && walked.archive === undefined;
    if (isNamed && options.json !== true && damage.reasons.length === 0) {
      output.write(`\n${printable(linkerName(path))}:\n  nothing of this kind\n`);
    }
    return damage.reasons;
  });
}

/**
 * What the rows of a table call its section: made for the first row. Tables without rows may be many, and a file may give
 * all of them one name that is long.
 */
export function sectionLabel({ sections }: ElfFile, index: number): () => string {
  let label: string | undefined;
  return () => (label ??= sections.describe(index));
}

/** A word of a file as the listings write it; JSON has no number that holds 64 bits. */
export function hex(value: number | bigint): string {
  return `0x${value.toString(16)}`;
}
