// The METADATA_STRINGS record (since LLVM 3.9): all strings of a METADATA block in one blob, their lengths as VBR6 fields,
// padded to 32 bits, then their characters (parseMetadataStrings in llvm/lib/Bitcode/Reader/MetadataLoader.cpp).

import { ByteView, decodeText } from '../../bytes/index.ts';
import { BitCursor } from '../bitstream/index.ts';
import type { BlockReader, RecordBuffer } from '../bitstream/index.ts';
import { METADATA_STRINGS_OPERANDS } from '../codes/metadata.ts';

/** Bits of the shortest length. */
const LENGTH_WIDTH = 6;

/** The strings of one METADATA_STRINGS record. Lengths are read when a string is first asked for. */
export class StringBlob {
  /** How many strings there are. */
  readonly count: number;
  private readonly lengths: ByteView;
  private readonly characters: ByteView;
  private knownEnds: Float64Array | undefined;

  /**
   * @param record - Holds the record.
   * @param reader - Stands behind it.
   * @throws {@link FormatError} `bad-value` if there is no blob, the characters begin outside of it, or the lengths of so
   *   many strings do not fit in front of them.
   */
  constructor(record: RecordBuffer, reader: BlockReader) {
    const { blob } = record;
    const count = record.at(METADATA_STRINGS_OPERANDS.count) ?? 0;
    const charactersAt = record.at(METADATA_STRINGS_OPERANDS.charactersAt) ?? 0;
    if (blob === undefined) throw reader.error('bad-value', 'Invalid record: metadata strings layout, without a blob');
    if (charactersAt > blob.length) {
      const reason = `Invalid record: metadata strings corrupt offset ${charactersAt} in ${blob.length} bytes`;
      throw reader.error('bad-value', reason);
    }
    if (count * LENGTH_WIDTH > charactersAt * 8) {
      const reason = `Invalid record: metadata strings bad length, ${count} lengths in ${charactersAt} bytes`;
      throw reader.error('bad-value', reason);
    }
    this.count = count;
    this.lengths = wholeWords(blob.part(0, charactersAt, 'lengths of metadata strings'));
    this.characters = blob.part(charactersAt, blob.length - charactersAt, 'characters of metadata strings');
  }

  /**
   * Takes a string.
   *
   * @param index - Below {@link count}.
   * @throws {@link FormatError} `truncated` if the lengths end too early, `out-of-bounds` if the strings together are
   *   longer than their characters.
   */
  text(index: number): string {
    this.knownEnds ??= this.readEnds();
    return decodeText(this.characters.bytes.subarray(this.knownEnds[index - 1] ?? 0, this.knownEnds[index]));
  }

  private readEnds(): Float64Array {
    const { count, lengths, characters } = this;
    const cursor = new BitCursor(lengths, 0, 0, lengths.length / 4);
    const ends = new Float64Array(count);
    let end = 0;
    for (let i = 0; i < count; i += 1) {
      const length = cursor.vbr32(LENGTH_WIDTH);
      if (length > characters.length - end) {
        const reason = `metadata string ${i} has ${length} bytes, but ${characters.length - end} are left`;
        throw characters.error('out-of-bounds', reason, end);
      }
      end += length;
      ends[i] = end;
    }
    return ends;
  }
}

/** The same bytes as whole words: writers pad them, nothing makes them do so. */
function wholeWords(view: ByteView): ByteView {
  if (view.length % 4 === 0) return view;
  const padded = new Uint8Array(Math.ceil(view.length / 4) * 4);
  padded.set(view.bytes);
  return new ByteView(padded, view.base, view.path);
}
