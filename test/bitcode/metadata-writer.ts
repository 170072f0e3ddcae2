// Writes METADATA blocks in the layouts of LLVM's writers.

import { BitWriter } from '../helpers/bit-writer.ts';

export const bytesOf = (text: string): number[] => [...new TextEncoder().encode(text)];

/** What a record of strings says of itself, where that is not the truth. */
export interface StringsLie {
  count?: number;
  charactersAt?: number;
  lengths?: number[];
}

/** All strings in one record; abbreviation ids are four bits wide and this is the first abbreviation. */
export function metadataStrings(w: BitWriter, strings: readonly string[], lie: StringsLie = {}): BitWriter {
  const lengths = new BitWriter();
  for (const length of lie.lengths ?? strings.map((text) => bytesOf(text).length)) lengths.vbr(length, 6);
  const head = lengths.align().toBytes();
  const blob = Uint8Array.from([...head, ...bytesOf(strings.join(''))]);
  w.define([35, { vbr: 6 }, { vbr: 6 }, 'blob']);
  w.id(4)
    .vbr(lie.count ?? strings.length, 6)
    .vbr(lie.charactersAt ?? head.length, 6);
  return w.vbr(blob.length, 6).align().bytes(blob).align();
}

/** A list of named metadata. */
export function named(w: BitWriter, name: string, ids: readonly number[]): BitWriter {
  return w.record(4, bytesOf(name)).record(10, ids);
}

/** What an index says, where that is not the truth. */
export interface IndexLie {
  /** Added to the offset of the index. */
  offset?: number;
  deltas?: (deltas: number[]) => number[];
  /** Leaves the index out. */
  isMissing?: boolean;
}

/**
 * Records between INDEX_OFFSET and INDEX, for a block of which METADATA_STRINGS has the first abbreviation.
 *
 * @param listed - Whether the index lists the n-th record; all if absent.
 */
export function indexedRecords(
  w: BitWriter,
  records: readonly (readonly [code: number, operands: readonly number[]])[],
  lie: IndexLie = {},
  listed: (index: number) => boolean = () => true,
): BitWriter {
  // How long the records are does not depend on where they stand.
  const measure = new BitWriter().fixed(0, 32);
  const bits = records.map(([code, operands]) => {
    const start = measure.bitOffset;
    // Ids of a block are four bits wide, those at the top two.
    measure.record(code, operands);
    return measure.bitOffset - start + 2;
  });
  const total = bits.reduce((sum, count) => sum + count, 0);
  w.define([38, { fixed: 32 }, { fixed: 32 }]).define([39, 'array', { vbr: 6 }]);
  w.id(5)
    .fixed(total + (lie.offset ?? 0), 32)
    .fixed(0, 32);
  for (const [code, operands] of records) w.record(code, operands);
  if (lie.isMissing === true) return w;
  const deltas: number[] = [];
  let skipped = 0;
  records.forEach((_, i) => {
    if (listed(i)) {
      deltas.push(skipped);
      skipped = 0;
    }
    skipped += bits[i] ?? 0;
  });
  const written = lie.deltas?.(deltas) ?? deltas;
  w.id(6).vbr(written.length, 6);
  for (const delta of written) w.vbr(delta, 6);
  return w;
}
