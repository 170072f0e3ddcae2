// Archives of AIX: a file header that names the first and the last member, members that each name the next one, and symbol
// tables that the file header names. The fields are in aix-layout.ts.
//
// AIX puts new members where old ones were, so that the chain may lead back and forth; it ends with the last member, which
// in archives of LLVM names the table of members as the next. Members that overlap, and a chain that turns in a circle, are
// damage, or a small file would take forever.

import { decodeName } from '../bytes/index.ts';
import type { ByteRange, ByteView } from '../bytes/index.ts';
import type { AixLayout } from './aix-layout.ts';
import type { ArchiveContext, ArchiveDialect, ArchiveReader } from './archive-reader.ts';
import { AR_FMAG } from './layout.ts';
import { ArchiveMember } from './member.ts';
import { readFilledField, readNumberField } from './number-field.ts';
import { readAixIndex } from './symbol-index-layouts.ts';
import type { ArchiveSymbolIndex } from './symbol-index.ts';
import type { NumberField } from './layout.ts';

// Bytes behind a member header that are read along with it: mostly they hold the name.
const NAME_BYTES = 64;

/** A member header. */
interface AixHeader {
  /** From the start of the archive. */
  readonly offset: number;
  /** Bytes that begin with the header. */
  readonly view: ByteView;
  readonly name: string;
  readonly dataOffset: number;
  readonly size: number;
}

/** Reads the archives of AIX. */
export class AixArchive implements ArchiveReader {
  readonly dialect: ArchiveDialect;
  private readonly context: ArchiveContext;
  private readonly input: ByteRange;
  private readonly layout: AixLayout;
  private readonly first: number;
  private readonly last: number;
  /** Headers of the symbol tables that there are. */
  private readonly symbolTables: readonly number[];

  /** @throws FormatError `truncated` if the file header is cut off, `bad-value` if an offset in it is no number. */
  constructor(context: ArchiveContext, dialect: ArchiveDialect, layout: AixLayout) {
    const { input } = context;
    const needed = layout.fileHeaderLength;
    if (input.length < needed) {
      const reason = `the header of an AIX archive needs ${needed} bytes but the file has ${input.length}`;
      throw input.error('truncated', reason, input.length);
    }
    const { bytes } = input.view(0, needed, 'file header');
    const offsetIn = (field: NumberField, what: string): number => {
      const value = readFilledField(bytes, 0, field);
      if (value !== undefined) return value;
      throw input.error('bad-value', `the offset of the ${what} is not a decimal number`, field.offset);
    };
    this.context = context;
    this.input = input;
    this.dialect = dialect;
    this.layout = layout;
    this.first = offsetIn(layout.fl_fstmoff, 'first member');
    this.last = offsetIn(layout.fl_lstmoff, 'last member');
    this.symbolTables = layout.symbolTables
      .map((field) => offsetIn(field, 'symbol table'))
      .filter((offset) => offset !== 0);
  }

  get hasSymbolIndex(): boolean {
    return this.symbolTables.length > 0;
  }

  symbolIndex(): ArchiveSymbolIndex | undefined {
    if (this.symbolTables.length === 0) return undefined;
    const headers = this.symbolTables.map((offset) => this.headerAt(offset));
    const start = Math.min(...headers.map(({ dataOffset }) => dataOffset));
    const end = Math.max(...headers.map(({ dataOffset, size }) => dataOffset + size));
    // They stand side by side, so that what holds both is hardly more than both.
    this.context.checkBlock(end - start, 'symbol index', start);
    const block = this.input.view(start, end - start, 'symbol index');
    const tables = headers.map(({ dataOffset, size }) => block.part(dataOffset - start, size, 'symbol table'));
    return readAixIndex(tables, block, this.layout.wordSize);
  }

  ecSymbolIndex(): undefined {
    return undefined;
  }

  *members(): Generator<ArchiveMember, void, undefined> {
    if (this.first === 0) return;
    const seen = new Set<number>();
    let remaining = this.input.length;
    for (let offset = this.first, isLast = false; !isLast;) {
      this.context.checkMemberCount(seen.size, offset);
      if (seen.has(offset)) {
        const reason = `the chain of members comes back to offset ${offset} and never to the last one, at ${this.last}`;
        throw this.input.error('bad-value', reason, offset);
      }
      seen.add(offset);
      const header = this.headerAt(offset);
      remaining -= header.dataOffset - offset + header.size;
      if (remaining < 0) {
        throw this.input.error(
          'bad-value',
          'the members of the archive overlap: together they are longer than it',
          offset,
        );
      }
      yield this.decode(header);
      isLast = offset === this.last;
      if (!isLast) offset = this.nextOf(header);
    }
  }

  memberAt(headerOffset: number): ArchiveMember {
    this.context.checkHeaderOffset(headerOffset, this.layout.fileHeaderLength);
    if (headerOffset % 2 !== 0 || this.symbolTables.includes(headerOffset)) {
      throw this.input.error('bad-value', 'expected the header of an ordinary member', headerOffset);
    }
    return this.decode(this.headerAt(headerOffset));
  }

  private nextOf({ name, offset, view }: AixHeader): number {
    const { ar_nxtmem: field, fileHeaderLength } = this.layout;
    const next = readFilledField(view.bytes, 0, field);
    if (next !== undefined && next >= fileHeaderLength && next < this.input.length) return next;
    const found = next === undefined ? 'is not a decimal number' : `is ${next}`;
    const reason = `the offset of the member behind '${name}' ${found}, and the last one, at ${this.last}, was not met`;
    throw this.input.error('bad-value', reason, offset + field.offset);
  }

  private headerAt(offset: number): AixHeader {
    const { input, layout } = this;
    const length = layout.memberHeaderLength;
    const remaining = input.length - offset;
    // With the terminator; a name may be absent.
    if (!(remaining >= length + 2)) {
      const reason = `a member header needs ${length + 2} bytes but ${Math.max(0, remaining)} remain`;
      throw input.error('truncated', reason, Math.min(offset, input.length));
    }
    const head = input.view(offset, Math.min(remaining, length + NAME_BYTES), 'member header');
    const nameLength = readFilledField(head.bytes, 0, layout.ar_namlen);
    if (nameLength === undefined) {
      const reason = 'the length of a member name is not a decimal number';
      throw input.error('bad-value', reason, offset + layout.ar_namlen.offset);
    }
    // The field has four digits, so that no name is long.
    const terminator = length + nameLength + (nameLength % 2);
    const dataOffset = terminator + 2;
    if (remaining < dataOffset) {
      const reason = `a member header needs ${dataOffset} bytes with its name but ${remaining} remain`;
      throw input.error('truncated', reason, offset);
    }
    const view = dataOffset <= head.length ? head : input.view(offset, dataOffset, 'member header');
    const name = decodeName(view.bytes, length, length + nameLength);
    if (view.bytes[terminator] !== AR_FMAG.first || view.bytes[terminator + 1] !== AR_FMAG.second) {
      const reason = `the header of member '${name}' does not end with a backquote and a newline`;
      throw view.error('bad-value', reason, terminator);
    }
    const size = readFilledField(view.bytes, 0, layout.ar_size);
    if (size === undefined) {
      const reason = `the size of member '${name}' is not a decimal number`;
      throw input.error('bad-value', reason, offset + layout.ar_size.offset);
    }
    if (size > remaining - dataOffset) {
      const reason = `member '${name}' has a size of ${size} bytes but ${remaining - dataOffset} remain in the archive`;
      throw input.error('truncated', reason, offset);
    }
    return { offset, view, name, dataOffset: offset + dataOffset, size };
  }

  private decode({ offset, view, name, dataOffset, size }: AixHeader): ArchiveMember {
    const { input, layout } = this;
    const member = new ArchiveMember({
      name,
      headerOffset: offset,
      offset: input.base + offset,
      size,
      nestedOffset: undefined,
      data: input.part(dataOffset, size, 'member data', name),
      mtime: readNumberField(view.bytes, 0, layout.ar_date),
      uid: readNumberField(view.bytes, 0, layout.ar_uid),
      gid: readNumberField(view.bytes, 0, layout.ar_gid),
      mode: readNumberField(view.bytes, 0, layout.ar_mode),
    });
    this.context.reportFields(member);
    return member;
  }
}
