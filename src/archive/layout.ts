// Layout of ar archives: the magic and the 60-byte member header.
//
// The format has no standard. Names of fields are those of <ar.h>; the dialects are as GNU binutils 2.40
// (bfd/archive.c) and LLVM 13 to 22 (lib/Object/Archive.cpp) read and write them. The headers of AIX archives are in
// aix-layout.ts.

/** Bytes of the magic; the first member header follows. */
export const MAGIC_LENGTH = 8;

/** What an archive begins with. GNU, BSD, Darwin and COFF share the first one. */
export const MAGICS = {
  regular: '!<arch>\n',
  thin: '!<thin>\n',
  aixBig: '<bigaf>\n',
  aixSmall: '<aiaff>\n',
} as const;

/** Bytes of a member header. */
export const HEADER_LENGTH = 60;

/** Where a number field lies in the member header: ASCII digits, padded with blanks on the right. */
export interface NumberField {
  /** Bytes from the start of the header. */
  readonly offset: number;
  readonly length: number;
  /** Base of its digits. */
  readonly radix: 8 | 10;
}

/** Offset and length of `ar_name`. */
export const AR_NAME = { offset: 0, length: 16 } as const;

/** The number fields. */
export const NUMBER_FIELDS = {
  ar_date: { offset: 16, length: 12, radix: 10 },
  ar_uid: { offset: 28, length: 6, radix: 10 },
  ar_gid: { offset: 34, length: 6, radix: 10 },
  ar_mode: { offset: 40, length: 8, radix: 8 },
  ar_size: { offset: 48, length: 10, radix: 10 },
} as const satisfies Record<string, NumberField>;

/** Offset and value (a backquote and a newline) of `ar_fmag`, which ends the header. */
export const AR_FMAG = { offset: 58, first: 0x60, second: 0x0a } as const;

/** What the special members are called, in `ar_name` up to its first blank. */
export const SPECIAL_NAMES = {
  /** The symbol index; in COFF archives also the second linker member, which stands behind it. */
  symbolIndex: '/',
  symbolIndex64: '/SYM64/',
  extendedNames: '//',
  /** Of COFF archives from Windows SDKs. */
  ecSymbols: '/<ECSYMBOLS>/',
  xfgHashMap: '/<XFGHASHMAP>/',
} as const;

/**
 * What the symbol index of BSD and Darwin archives is called, as the first member, by the bytes of a number in it. The sorted
 * ones have their names in ascending order.
 */
export const BSD_INDEX_NAMES: ReadonlyMap<string, 4 | 8> = new Map([
  ['__.SYMDEF', 4],
  ['__.SYMDEF SORTED', 4],
  ['__.SYMDEF_64', 8],
  ['__.SYMDEF_64 SORTED', 8],
]);

/** How `ar_name` begins in BSD and Darwin archives if the name stands in front of the data. */
export const BSD_NAME_PREFIX = '#1/';

/**
 * Bytes of the longest name that is read. The format has no bound; this is the longest path that Linux opens. It keeps
 * the work for names in proportion to the number of members where many members point into one endless table entry.
 */
export const LONGEST_NAME = 4096;
