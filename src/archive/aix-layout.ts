// Layout of the archives of AIX, big (AIX 4.3 and later) and small, as <ar.h> of AIX has them: a header of fixed length
// that tells where the members begin, and members that name each other. All numbers are ASCII.
//
//   big:   file header (128 bytes), then members: header (112), name, pad to even, "`\n", data, pad to even
//   small: the same with narrower fields: 68 and 88 bytes, and one symbol table instead of two
//
// The table of members, which repeats offsets and names, and the list of free space are left out: walking needs neither.

import type { NumberField } from './layout.ts';

/** The fields of one of the two layouts. */
export interface AixLayout {
  /** Bytes of the file header. */
  readonly fileHeaderLength: number;
  /** Offset of the first member header; 0 if there is no member, as in all of these. */
  readonly fl_fstmoff: NumberField;
  /** Offset of the last member header. */
  readonly fl_lstmoff: NumberField;
  /** Offsets of the symbol tables: of 32-bit members, and then of 64-bit ones. */
  readonly symbolTables: readonly NumberField[];
  /** Bytes of a count and of an offset in a symbol table. */
  readonly wordSize: 4 | 8;
  /** Bytes of a member header in front of its name. */
  readonly memberHeaderLength: number;
  readonly ar_size: NumberField;
  /** Offset of the next member header. */
  readonly ar_nxtmem: NumberField;
  readonly ar_date: NumberField;
  readonly ar_uid: NumberField;
  readonly ar_gid: NumberField;
  readonly ar_mode: NumberField;
  readonly ar_namlen: NumberField;
}

const decimal = (offset: number, length: number): NumberField => ({ offset, length, radix: 10 });

/** `<bigaf>` */
export const AIX_BIG: AixLayout = {
  fileHeaderLength: 128,
  // In front of it `fl_memoff`, the table of members; behind the last one `fl_freeoff`.
  symbolTables: [decimal(28, 20), decimal(48, 20)],
  fl_fstmoff: decimal(68, 20),
  fl_lstmoff: decimal(88, 20),
  wordSize: 8,
  memberHeaderLength: 112,
  ar_size: decimal(0, 20),
  ar_nxtmem: decimal(20, 20),
  // Between them `ar_prvmem`, the member in front.
  ar_date: decimal(60, 12),
  ar_uid: decimal(72, 12),
  ar_gid: decimal(84, 12),
  ar_mode: { offset: 96, length: 12, radix: 8 },
  ar_namlen: decimal(108, 4),
};

/** `<aiaff>` */
export const AIX_SMALL: AixLayout = {
  fileHeaderLength: 68,
  symbolTables: [decimal(20, 12)],
  fl_fstmoff: decimal(32, 12),
  fl_lstmoff: decimal(44, 12),
  wordSize: 4,
  memberHeaderLength: 88,
  ar_size: decimal(0, 12),
  ar_nxtmem: decimal(12, 12),
  ar_date: decimal(36, 12),
  ar_uid: decimal(48, 12),
  ar_gid: decimal(60, 12),
  ar_mode: { offset: 72, length: 12, radix: 8 },
  ar_namlen: decimal(84, 4),
};
