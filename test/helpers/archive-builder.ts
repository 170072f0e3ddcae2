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
