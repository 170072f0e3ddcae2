// What the ids of METADATA blocks (id 15) stand for: one pass that skips operands. A record of a known code defines one id
// or none, STRINGS as many as it has strings.
//
// The pass is made even where an INDEX tells the place of each record. A million nodes take it about a tenth of a second,
// and an index that leaves out one of them would otherwise make each id behind it mean another node without any way to
// tell. LLVM reads so too, except when ThinLTO imports. What the index is good for: it lists nodes of codes that we do not
// know, and leaves out records that are none. Without it such a record is taken for a node, as all codes added since LLVM
// 3.9 are.

import { RecordBuffer } from '../bitstream/index.ts';
import type { BitcodeAnomalyCode, BlockReader } from '../bitstream/index.ts';
import { METADATA_CODES, METADATA_INDEX_OFFSET_OPERANDS } from '../codes/metadata.ts';
import { StringBlob } from './string-blob.ts';

const C = METADATA_CODES.values;

/** What a record is: not known, one piece of metadata, or something else. */
const UNKNOWN = 0;
const ONE_ID = 1;
const OTHER = 2;

const ROLES = /* @__PURE__ */ rolesOfCodes();

function rolesOfCodes(): Uint8Array {
  const codes = Object.values(METADATA_CODES.values);
  const roles = new Uint8Array(Math.max(...codes) + 1);
  for (const code of codes) roles[code] = ONE_ID;
  roles[C.METADATA_STRINGS] = OTHER;
  roles[C.METADATA_NAME] = OTHER;
  roles[C.METADATA_KIND] = OTHER;
  roles[C.METADATA_NAMED_NODE] = OTHER;
  roles[C.METADATA_ATTACHMENT] = OTHER;
  roles[C.METADATA_GLOBAL_DECL_ATTACHMENT] = OTHER;
  roles[C.METADATA_INDEX_OFFSET] = OTHER;
  roles[C.METADATA_INDEX] = OTHER;
  return roles;
}

/** Records of one id each that follow one another, or one record of strings. */
interface IdRun {
  /** The first id. */
  readonly first: number;
  /** Where the place of the first record stands in {@link MetadataIds.bitOffsets}. */
  readonly place: number;
  readonly reader: BlockReader;
  readonly strings: StringBlob | undefined;
}

/** The ids of all METADATA blocks of a module, or of one function. */
export class MetadataIds {
  /** How many ids there are. */
  length = 0;
  /** Ids of nodes by the name of what lists them. */
  readonly named = new Map<string, number[]>();
  private readonly runs: IdRun[] = [];
  /** Places of the records that define one id: bits from the start of the stream. */
  private readonly bitOffsets: number[] = [];
  private lastReader: BlockReader | undefined;

  /** Finds the string of an id that is one of a blob. */
  string(id: number): string | undefined {
    const run = this.runOf(id);
    return run?.strings?.text(id - run.first);
  }

  /** Moves the reader of the block of an id to its record; `undefined` for an id without record of its own. */
  seek(id: number): BlockReader | undefined {
    const run = this.runOf(id);
    if (run === undefined || run.strings !== undefined) return undefined;
    run.reader.seek(this.bitOffsets[run.place + id - run.first] as number);
    run.reader.next();
    return run.reader;
  }

  /** Reports an oddity of an id, at its record if it has one. */
  report(id: number, code: BitcodeAnomalyCode, reason: string): void {
    (this.seek(id) ?? this.lastReader)?.report(code, reason);
  }

  /** Refuses a list that is too long, as {@link BlockReader.checkEntries}. */
  checkEntries(count: number, what: string): void {
    this.lastReader?.checkEntries(count, what);
  }

  /**
   * Takes in the records of a block.
   *
   * @param wordCount - Words of the block. Real records have 20 bits and more, so places take less memory than they do;
   *   a list of more places than there are half words is held to `Limits.bitcodeEntries`.
   */
  take(reader: BlockReader, wordCount: number): void {
    this.lastReader = reader;
    const record = new RecordBuffer();
    const placesMax = this.bitOffsets.length + wordCount * 2;
    let namedCount = 0;
    let name: string | undefined;
    /** From the first of these on `bitOffsets` is what an INDEX should list. */
    let indexed: { readonly place: number; readonly bitOffset: number; readonly indexAt: number } | undefined;
    /** Which of these are places of records of unknown codes. */
    const unknown: number[] = [];
    for (let item = reader.next(); item !== 'end'; item = reader.next()) {
      if (item === 'block') continue;
      const { code } = reader;
      if (name !== undefined && code !== C.METADATA_NAMED_NODE) {
        throw reader.error('bad-value', 'METADATA_NAME not followed by METADATA_NAMED_NODE');
      }
      const role = ROLES[code] ?? UNKNOWN;
      if (role !== OTHER) {
        if (role === UNKNOWN) unknown.push(this.bitOffsets.length);
        this.add(reader, undefined);
        if (this.bitOffsets.length > placesMax) reader.checkEntries(this.bitOffsets.length, 'records of metadata');
        continue;
      }
      switch (code) {
        case C.METADATA_STRINGS: {
          reader.read(record);
          this.add(reader, new StringBlob(record, reader));
          reader.checkEntries(this.runs.length, 'records of metadata strings');
          break;
        }
        case C.METADATA_NAME:
          reader.read(record);
          name = record.text();
          break;
        case C.METADATA_NAMED_NODE: {
          // LLVM passes over a node without name.
          if (name === undefined) break;
          reader.read(record);
          namedCount += 1 + record.length;
          reader.checkEntries(namedCount, 'operands of named metadata');
          const ids = this.named.get(name) ?? [];
          for (let i = 0; i < record.length; i += 1) ids.push(record.at(i) as number);
          this.named.set(name, ids);
          name = undefined;
          break;
        }
        case C.METADATA_INDEX_OFFSET: {
          reader.read(record);
          const { low, high } = METADATA_INDEX_OFFSET_OPERANDS;
          const { bitOffset } = reader;
          const indexAt = bitOffset + (record.at(low) ?? 0) + (record.at(high) ?? 0) * 2 ** 32;
          indexed = { place: this.bitOffsets.length, bitOffset, indexAt };
          unknown.length = 0;
          break;
        }
        case C.METADATA_INDEX: {
          reader.read(record);
          const start = indexed?.indexAt === reader.itemBitOffset ? indexed : undefined;
          if (start === undefined || !this.takeIndex(record, start.place, start.bitOffset, unknown)) {
            reader.report('metadata-index', 'the index of metadata does not list the records before it');
          }
          indexed = undefined;
          break;
        }
        default:
      }
    }
    if (name !== undefined) throw reader.error('bad-value', 'METADATA_NAME not followed by METADATA_NAMED_NODE');
    if (indexed !== undefined) reader.report('metadata-index', 'there is no index of metadata where one should be');
  }

  private add(reader: BlockReader, strings: StringBlob | undefined): void {
    const last = this.runs.at(-1);
    if (strings !== undefined || last?.reader !== reader || last.strings !== undefined) {
      this.runs.push({ first: this.length, place: this.bitOffsets.length, reader, strings });
    }
    if (strings === undefined) this.bitOffsets.push(reader.itemBitOffset);
    this.length += strings?.count ?? 1;
  }

  /**
   * Compares an index with the records that stand before it.
   *
   * @param record - The index: how many bits each record stands behind the one before it.
   * @param place - Of the first record in {@link bitOffsets}.
   * @param bitOffset - Where the first difference counts from.
   * @param unknown - Places of records of unknown codes; those that the index leaves out are no nodes.
   * @returns Whether the index lists each record of a known code, and nothing that is no record.
   */
  private takeIndex(record: RecordBuffer, place: number, bitOffset: number, unknown: readonly number[]): boolean {
    const { bitOffsets } = this;
    const { values, length } = record;
    const kept: number[] = [];
    let nextUnknown = 0;
    let next = 0;
    let listed = bitOffset + (values[0] as number);
    for (let i = place; i < bitOffsets.length; i += 1) {
      const isUnknown = unknown[nextUnknown] === i;
      if (isUnknown) nextUnknown += 1;
      if (next < length && listed === bitOffsets[i]) {
        kept.push(listed);
        next += 1;
        listed += values[next] as number;
      } else if (!isUnknown) return false;
    }
    if (next !== length) return false;
    const left = bitOffsets.length - place - kept.length;
    if (left === 0) return true;
    // Records can be left out of one run only; writers put strings before them.
    const last = this.runs.at(-1);
    if (last === undefined || last.place > place) return false;
    bitOffsets.length = place;
    for (const offset of kept) bitOffsets.push(offset);
    this.length -= left;
    return true;
  }

  private runOf(id: number): IdRun | undefined {
    const { runs } = this;
    if (!(id >= 0 && id < this.length)) return undefined;
    let low = 0;
    let high = runs.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if ((runs[middle] as IdRun).first <= id) low = middle;
      else high = middle - 1;
    }
    return runs[low];
  }
}
