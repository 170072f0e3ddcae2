// Writes archives, well-formed ones in one call and malformed ones out of parts: an archive is bytes one after the
// other, so that any part may be replaced by a wrong one.

/** What a part is made of; text stands for one byte a character. */
export type Bytes = Uint8Array | string;

/** The fields of a member header, as text or as the number to be written. */
export interface HeaderFields {
  readonly name: string;
  readonly size: number | string;
  readonly mtime?: number | string;
  readonly uid?: number | string;
  readonly gid?: number | string;
  readonly mode?: string;
  readonly terminator?: string;
}

export const REGULAR_MAGIC = '!<arch>\n';
export const THIN_MAGIC = '!<thin>\n';

/** The bytes of text, one for each character. */
export function latin1(text: string): Uint8Array {
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** Puts parts behind each other. */
export function concat(...parts: readonly Bytes[]): Uint8Array {
  const blocks = parts.map((part) => (typeof part === 'string' ? latin1(part) : part));
  const bytes = new Uint8Array(blocks.reduce((length, block) => length + block.length, 0));
  let offset = 0;
  for (const block of blocks) {
    bytes.set(block, offset);
    offset += block.length;
  }
  return bytes;
}

/** A member header of 60 bytes, deterministic like that of `ar D`. */
export function header(fields: HeaderFields): string {
  const { name, size, mtime = 0, uid = 0, gid = 0, mode = '644', terminator = '`\n' } = fields;
  const columns: readonly (readonly [number | string, number])[] = [
    [name, 16],
    [mtime, 12],
    [uid, 6],
    [gid, 6],
    [mode, 8],
    [size, 10],
  ];
  return columns.map(([value, width]) => String(value).padEnd(width)).join('') + terminator;
}

/** A member with its header and pad byte. `fields` replaces what would be right. */
export function member(name: string, data: Bytes = '', fields: Partial<HeaderFields> = {}): Uint8Array {
  const pad = data.length % 2 === 0 ? '' : '\n';
  return concat(header({ name, size: data.length, ...fields }), data, pad);
}

/** The extended name table with entries as they are, such as `long-name.o/\n`. */
export function extendedNames(...entries: readonly string[]): Uint8Array {
  const table = entries.join('');
  return member('//', table.length % 2 === 0 ? table : `${table}\n`, { mtime: '', uid: '', gid: '', mode: '' });
}

/** The data of a GNU symbol index. */
export function symbolIndexData(symbols: readonly (readonly [string, number])[], wordSize: 4 | 8 = 4): Uint8Array {
  const words = new Uint8Array(wordSize * (1 + symbols.length));
  const view = new DataView(words.buffer);
  const values = [symbols.length, ...symbols.map(([, offset]) => offset)];
  // What stands in front of the lower half stays 0: no test needs an archive of 4 GiB in memory.
  values.forEach((value, i) => view.setUint32(wordSize * i + wordSize - 4, value));
  const names = symbols.map(([name]) => `${name}\0`).join('');
  return concat(words, names.length % 2 === 0 ? names : `${names}\0`);
}

/** A whole regular or thin archive of ordinary members, with a name table where names need one. */
export function archive(
  members: readonly { readonly name: string; readonly data: Bytes }[],
  options: { readonly thin?: boolean } = {},
): Uint8Array {
  const thin = options.thin ?? false;
  const entries: string[] = [];
  let tableLength = 0;
  const parts = members.map(({ name, data }) => {
    let stored = `${name}/`;
    if (thin || name.length > 15 || name.includes('/')) {
      stored = `/${tableLength}`;
      entries.push(`${name}/\n`);
      tableLength += name.length + 2;
    }
    return thin ? header({ name: stored, size: data.length }) : member(stored, data);
  });
  const table = entries.length === 0 ? [] : [extendedNames(...entries)];
  return concat(thin ? THIN_MAGIC : REGULAR_MAGIC, ...table, ...parts);
}

/** A member of BSD or Darwin whose name stands in front of the data, padded with NULs to `nameLength`. */
export function bsdMember(
  name: string,
  data: Bytes = '',
  nameLength: number = name.length,
  fields: Partial<HeaderFields> = {},
): Uint8Array {
  return member(`#1/${nameLength}`, concat(name.padEnd(nameLength, '\0'), data), fields);
}

function words(values: readonly number[], wordSize: 2 | 4 | 8, littleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(wordSize * values.length);
  const view = new DataView(bytes.buffer);
  values.forEach((value, i) => {
    if (wordSize === 2) view.setUint16(2 * i, value, littleEndian);
    else view.setUint32(wordSize * i + (wordSize === 8 && !littleEndian ? 4 : 0), value, littleEndian);
  });
  return bytes;
}

/** The data of a BSD symbol index; `wordSize` 8 is Darwin's. */
export function bsdIndexData(
  symbols: readonly (readonly [string, number])[],
  options: { readonly wordSize?: 4 | 8; readonly littleEndian?: boolean } = {},
): Uint8Array {
  const { wordSize = 4, littleEndian = true } = options;
  let names = '';
  const pairs = symbols.flatMap(([name, offset]) => {
    const start = names.length;
    names += `${name}\0`;
    return [start, offset];
  });
  return concat(words([pairs.length * wordSize, ...pairs, names.length], wordSize, littleEndian), names);
}

/** The data of the second linker member of COFF; entries are names and the numbers of their members, from 1 on. */
export function coffIndexData(
  memberOffsets: readonly number[],
  symbols: readonly (readonly [string, number])[],
): Uint8Array {
  return concat(words([memberOffsets.length, ...memberOffsets], 4, true), ecIndexData(symbols));
}

/** The data of `/<ECSYMBOLS>/`. */
export function ecIndexData(symbols: readonly (readonly [string, number])[]): Uint8Array {
  return concat(
    words([symbols.length], 4, true),
    words(
      symbols.map(([, number]) => number),
      2,
      true,
    ),
    ...symbols.map(([name]) => `${name}\0`),
  );
}

/** Widths of the number fields of AIX: of the file header, of those in a member header, and of a word in symbol tables. */
const AIX_WIDTHS = {
  '<bigaf>\n': { offset: 20, word: 8 },
  '<aiaff>\n': { offset: 12, word: 4 },
} as const;

export type AixMagic = keyof typeof AIX_WIDTHS;

/** A member of an AIX archive; `fields` replaces what would be right. */
export interface AixMember {
  readonly name: string;
  readonly data: Bytes;
  readonly fields?: Readonly<Record<string, number | string>>;
}

/**
 * An AIX archive with its members in a row, a table of members behind them, and a symbol table.
 *
 * @param symbols - Names and the numbers of their members, from 0 on; 32-bit ones, then 64-bit ones, in small archives the
 *   first alone.
 */
export function aixArchive(
  magic: AixMagic,
  members: readonly AixMember[],
  symbols: readonly (readonly (readonly [string, number])[] | undefined)[] = [],
  fields: Readonly<Record<string, number | string>> = {},
): Uint8Array {
  const { offset: width, word } = AIX_WIDTHS[magic];
  const tableCount = magic === '<bigaf>\n' ? 2 : 1;
  const headerLength = 8 + width * (4 + tableCount);
  const text = (value: number | string) => String(value);
  const parts: Bytes[] = [];
  let end = headerLength;
  const offsets: number[] = [];
  const put = (name: string, data: Bytes, next: number | undefined, given: AixMember['fields'] = {}) => {
    const offset = end;
    const pad = (length: number) => (length % 2 === 0 ? '' : '\0');
    const length = 3 * width + 4 * 12 + 4 + name.length + pad(name.length).length + 2 + data.length;
    end = offset + length + pad(data.length).length;
    const {
      size = data.length,
      nxtmem = next ?? end,
      date = 0,
      uid = 0,
      gid = 0,
      mode = '644',
      namlen = name.length,
      fmag = '`\n',
    } = given;
    const columns = [
      ...[size, nxtmem, 0].map((value) => text(value).padEnd(width)),
      ...[date, uid, gid, mode].map((value) => text(value).padEnd(12)),
      text(namlen).padEnd(4),
    ];
    parts.push(columns.join(''), name, pad(name.length), text(fmag), data, pad(data.length));
    return offset;
  };
  for (const { name, data, fields: given } of members) offsets.push(put(name, data, undefined, given));
  const memberTable = put('', offsets.map((offset) => text(offset).padEnd(width)).join(''), 0);
  const tables = symbols.map((entries) =>
    entries === undefined
      ? 0
      : put(
          '',
          concat(
            words([entries.length, ...entries.map(([, index]) => offsets[index] as number)], word, false),
            ...entries.map(([name]) => `${name}\0`),
          ),
          0,
        ),
  );
  const header: Record<string, number | string> = {
    memoff: memberTable,
    ...Object.fromEntries(Array.from({ length: tableCount }, (_, i) => [`gst${i}`, tables[i] ?? 0])),
    fstmoff: offsets[0] ?? 0,
    lstmoff: offsets.at(-1) ?? 0,
    freeoff: 0,
  };
  const fileHeader = Object.entries(header).map(([field, value]) => text(fields[field] ?? value).padEnd(width));
  return concat(magic, fileHeader.join(''), ...parts);
}
