// Archives of <ar.h>, which all systems but AIX have: special members first, then the ordinary ones.
//
//   magic, then for each member: header (60 bytes), data, one byte of pad if the next header's offset would be odd
//
//   GNU     index `/` or `/SYM64/`, extended name table `//`; thin ones: only the special members have data
//   COFF    `/` in GNU's layout, a second `/` of its own, `//`, `/<ECSYMBOLS>/`, `/<XFGHASHMAP>/`
//   BSD     index `__.SYMDEF`, names that do not fit the header in front of the data (`#1/` and their length); Darwin's
//           archives are of this kind, `__.SYMDEF_64` is theirs alone
//
// The format has no standard; what is damage and what is taken follows LLVM (lib/Object/Archive.cpp, 13 to 22), whose lld
// refuses a whole archive for it. Here the members in front of the damage are delivered first. How a member is named shows
// in its header, so that it is told for each by itself.

import { decodeName } from '../bytes/index.ts';
import type { ByteRange, ByteView } from '../bytes/index.ts';
import type { ArchiveContext, ArchiveDialect, ArchiveReader } from './archive-reader.ts';
import { ExtendedNames } from './extended-names.ts';
import { HeaderReader } from './header-reader.ts';
import { BSD_INDEX_NAMES, HEADER_LENGTH, LONGEST_NAME, MAGIC_LENGTH, NUMBER_FIELDS, SPECIAL_NAMES } from './layout.ts';
import type { MemberHeader } from './member-header.ts';
import { ArchiveMember } from './member.ts';
import { readBsdIndex, readCoffIndex, readEcIndex, readGnuIndex } from './symbol-index-layouts.ts';
import type { ArchiveSymbolIndex } from './symbol-index.ts';

const NUL = 0;

/** The special members in front of the ordinary ones. */
interface SpecialMembers {
  readonly dialect: ArchiveDialect;
  /** The index that is read. */
  readonly symbolIndex: MemberHeader | undefined;
  readonly extendedNames: MemberHeader | undefined;
  readonly ecSymbols: MemberHeader | undefined;
  /** Of the first ordinary header, or the end of the archive. */
  readonly end: number;
}

/** Where the name and the data of a member are. */
interface NamedMember {
  readonly name: string;
  readonly nestedOffset?: number | undefined;
  /** Bytes of a name in front of the data. */
  readonly nameLength: number;
}

/** Reads archives of `<ar.h>`. */
export class UnixArchive implements ArchiveReader {
  private readonly context: ArchiveContext;
  private readonly input: ByteRange;
  private readonly isThin: boolean;
  private readonly headers: HeaderReader;
  private special: SpecialMembers | undefined;
  private extendedNames: ExtendedNames | undefined;

  constructor(context: ArchiveContext, isThin: boolean) {
    this.context = context;
    this.input = context.input;
    this.isThin = isThin;
    this.headers = new HeaderReader(context.input, isThin);
  }

  get dialect(): ArchiveDialect {
    return this.specialMembers().dialect;
  }

  get hasSymbolIndex(): boolean {
    if (this.input.length === MAGIC_LENGTH) return false;
    const header = this.headers.read(MAGIC_LENGTH);
    const name = specialNameOf(header);
    if (name !== undefined) return name === SPECIAL_NAMES.symbolIndex || name === SPECIAL_NAMES.symbolIndex64;
    return this.bsdIndexName(header) !== undefined;
  }

  symbolIndex(): ArchiveSymbolIndex | undefined {
    const { dialect, symbolIndex: header } = this.specialMembers();
    if (header === undefined) return undefined;
    const block = this.specialData(header, 'symbol index');
    switch (dialect) {
      case 'bsd':
        return readBsdIndex(block, 4);
      case 'darwin64':
        return readBsdIndex(block, 8);
      case 'coff':
        return readCoffIndex(block);
      default:
        return readGnuIndex(block, dialect === 'gnu64' ? 8 : 4);
    }
  }

  ecSymbolIndex(): ArchiveSymbolIndex | undefined {
    const { symbolIndex, ecSymbols } = this.specialMembers();
    if (symbolIndex === undefined || ecSymbols === undefined) return undefined;
    const linkerMember = this.specialData(symbolIndex, 'symbol index');
    return readEcIndex(this.specialData(ecSymbols, 'symbol index for ARM64EC'), linkerMember);
  }

  *members(): Generator<ArchiveMember, void, undefined> {
    let offset = this.specialMembers().end;
    for (let count = 0; offset < this.input.length; count += 1) {
      this.context.checkMemberCount(count, offset);
      const header = this.headers.read(offset);
      const member = this.decode(header);
      yield member;
      // The size was held against the bytes that remain if the data is here.
      offset = this.behind(offset, member.external ? 0 : (header.size as number), member.name);
    }
  }

  memberAt(headerOffset: number): ArchiveMember {
    this.context.checkHeaderOffset(headerOffset, MAGIC_LENGTH);
    if (headerOffset % 2 !== 0 || headerOffset < this.specialMembers().end) {
      throw this.input.error('bad-value', 'expected the header of an ordinary member', headerOffset);
    }
    return this.decode(this.headers.read(headerOffset));
  }

  private decode(header: MemberHeader): ArchiveMember {
    const special = specialNameOf(header);
    const { name, nestedOffset, nameLength } =
      special === undefined ? this.nameOf(header) : { name: special, nestedOffset: undefined, nameLength: 0 };
    const external = this.isThin && special === undefined;
    const size = external ? this.sizeOf(header, name) : this.dataSizeOf(header, name) - nameLength;
    const start = header.offset + HEADER_LENGTH + nameLength;
    const member = new ArchiveMember({
      name,
      headerOffset: header.offset,
      offset: this.input.base + header.offset,
      size,
      nestedOffset,
      data: external ? undefined : this.input.part(start, size, 'member data', name),
      mtime: header.number(NUMBER_FIELDS.ar_date),
      uid: header.number(NUMBER_FIELDS.ar_uid),
      gid: header.number(NUMBER_FIELDS.ar_gid),
      mode: header.number(NUMBER_FIELDS.ar_mode),
    });
    const { onAnomaly } = this.context;
    if (onAnomaly !== undefined) {
      if (special !== undefined) {
        const reason = `special member '${name}' stands where an ordinary member is expected`;
        onAnomaly({ code: 'misplaced-special-member', reason, location: this.input.locationOf(header.offset) });
      }
      this.context.reportFields(member);
    }
    return member;
  }

  private nameOf(header: MemberHeader): NamedMember {
    if (header.hasBsdName) return this.bsdNameOf(header);
    if (!header.beginsWithSlash) {
      const { dialect } = this.specialMembers();
      const isBsd = dialect === 'bsd' || dialect === 'darwin64';
      return { name: isBsd ? header.bsdInlineName : header.inlineName, nameLength: 0 };
    }
    const reference = header.nameReference;
    // BFD takes the second number in thin archives alone; no version of LLVM takes it.
    if (reference === undefined || (reference.nestedOffset !== undefined && !this.isThin)) {
      throw this.input.error(
        'bad-value',
        `expected digits behind the slash of a member name, not '${header.rawName}'`,
        header.offset,
      );
    }
    const referrer = this.input.locationOf(header.offset);
    const name = decodeName(this.readExtendedNames(header).at(reference.nameOffset, referrer));
    return { name, nestedOffset: reference.nestedOffset, nameLength: 0 };
  }

  /** The name in front of the data, without the NULs that pad it. */
  private bsdNameOf(header: MemberHeader): NamedMember {
    const { offset, rawName, bsdNameLength: nameLength } = header;
    if (nameLength === undefined || this.isThin) {
      const what = this.isThin ? 'no name in front of data in a thin archive, but' : "digits behind '#1/', not";
      throw this.input.error('bad-value', `expected ${what} '${rawName}'`, offset);
    }
    const size = this.dataSizeOf(header, rawName);
    if (nameLength > size) {
      const reason = `the name in front of the data has ${nameLength} bytes, but the member '${rawName}' ${size}`;
      throw this.input.error('out-of-bounds', reason, offset);
    }
    if (nameLength > LONGEST_NAME) {
      throw this.input.error('limit-exceeded', `a member name is longer than ${LONGEST_NAME} bytes`, offset);
    }
    const { bytes } = this.input.view(offset + HEADER_LENGTH, nameLength, 'member name');
    let end = nameLength;
    while (end > 0 && bytes[end - 1] === NUL) end -= 1;
    return { name: decodeName(bytes, 0, end), nameLength };
  }

  /** The name of the symbol index of BSD and Darwin, if it is the first member. */
  private bsdIndexName(header: MemberHeader): string | undefined {
    const name = header.hasBsdName ? this.bsdNameOf(header).name : header.inlineName;
    return BSD_INDEX_NAMES.has(name) ? name : undefined;
  }

  private readExtendedNames(referrer: MemberHeader): ExtendedNames {
    if (this.extendedNames === undefined) {
      const header = this.specialMembers().extendedNames;
      if (header === undefined) {
        throw this.input.error(
          'out-of-bounds',
          `the member name '${referrer.rawName}' refers to an extended name table, which the archive does not have`,
          referrer.offset,
        );
      }
      this.extendedNames = new ExtendedNames(this.specialData(header, 'extended name table'));
    }
    return this.extendedNames;
  }

  private specialMembers(): SpecialMembers {
    return (this.special ??= this.findSpecialMembers());
  }

  /** Walks over the special members, in the order in which LLVM accepts them. */
  private findSpecialMembers(): SpecialMembers {
    const none = { symbolIndex: undefined, extendedNames: undefined, ecSymbols: undefined };
    let end = MAGIC_LENGTH;
    if (end === this.input.length) return { dialect: 'gnu', ...none, end };
    const first = this.headers.read(end);
    if (!first.beginsWithSlash) {
      const name = this.bsdIndexName(first);
      if (name === undefined) return { dialect: first.hasBsdName ? 'bsd' : 'gnu', ...none, end };
      end = this.behind(end, this.dataSizeOf(first, name), name);
      const dialect = BSD_INDEX_NAMES.get(name) === 8 ? 'darwin64' : 'bsd';
      return { dialect, ...none, symbolIndex: first, end };
    }
    const take = (...names: readonly string[]): MemberHeader | undefined => {
      if (end === this.input.length) return undefined;
      const header = this.headers.read(end);
      const name = header.specialName;
      if (name === undefined || !names.includes(name)) return undefined;
      end = this.behind(end, this.dataSizeOf(header, name), name);
      return header;
    };
    const gnuIndex = take(SPECIAL_NAMES.symbolIndex, SPECIAL_NAMES.symbolIndex64);
    // The second linker member of COFF says the same as the first in another layout, which LLVM reads.
    const coffIndex = gnuIndex === undefined ? undefined : take(SPECIAL_NAMES.symbolIndex);
    const extendedNames = take(SPECIAL_NAMES.extendedNames);
    const ecSymbols = take(SPECIAL_NAMES.ecSymbols);
    take(SPECIAL_NAMES.xfgHashMap);
    let dialect: ArchiveDialect = gnuIndex?.specialName === SPECIAL_NAMES.symbolIndex64 ? 'gnu64' : 'gnu';
    if (coffIndex !== undefined) dialect = 'coff';
    return { dialect, symbolIndex: coffIndex ?? gnuIndex, extendedNames, ecSymbols, end };
  }

  /** The data of a special member, behind a name in front of it. */
  private specialData(header: MemberHeader, what: string): ByteView {
    const nameLength = header.hasBsdName ? this.bsdNameOf(header).nameLength : 0;
    const offset = header.offset + HEADER_LENGTH + nameLength;
    const size = this.dataSizeOf(header, header.rawName) - nameLength;
    this.context.checkBlock(size, what, header.offset);
    return this.headers.held(offset, size, what) ?? this.input.view(offset, size, what);
  }

  private sizeOf(header: MemberHeader, name: string): number {
    const { size } = header;
    if (size === undefined) {
      const offset = header.offset + NUMBER_FIELDS.ar_size.offset;
      throw this.input.error('bad-value', `the size of member '${name}' is not a decimal number`, offset);
    }
    return size;
  }

  /** The size of a member whose data is in the archive, held against the bytes that remain. */
  private dataSizeOf(header: MemberHeader, name: string): number {
    const size = this.sizeOf(header, name);
    const remaining = this.input.length - header.offset - HEADER_LENGTH;
    if (size > remaining) {
      throw this.input.error(
        'truncated',
        `member '${name}' has a size of ${size} bytes but ${remaining} remain in the archive`,
        header.offset,
      );
    }
    return size;
  }

  /** Where the next header begins. BFD does not miss the pad behind the last member; every LLVM refuses the archive. */
  private behind(headerOffset: number, dataSize: number, name: string): number {
    const end = headerOffset + HEADER_LENGTH + dataSize;
    const next = end + (end % 2);
    if (next > this.input.length) {
      throw this.input.error(
        'truncated',
        `the archive ends in front of the pad byte of its last member '${name}'`,
        end,
      );
    }
    return next;
  }
}

/** The name of a special member; `undefined` for ordinary members. */
function specialNameOf(header: MemberHeader): string | undefined {
  const name = header.specialName;
  return name !== undefined && SPECIAL.has(name) ? name : undefined;
}

const SPECIAL: ReadonlySet<string> = new Set(Object.values(SPECIAL_NAMES));
