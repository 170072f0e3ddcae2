// The fields of data and instructions that hold addends: how many bytes each takes, and what addend its bits make. After
// "ELF for the Arm 64-bit Architecture" and "ELF for the Arm Architecture" (both "Addends and PC-bias"), the manuals of the
// instruction sets, and lld 22, which the results agree with. Thumb branches have the range of Armv6T2 and later, as lld
// takes them unless an object says that it is older.

import type { AddendField } from './implicit-addend-types.ts';

/** Bytes that a field needs from the place of the relocation on. */
const FIELD_BYTES: Readonly<Partial<Record<AddendField, number>>> = {
  none: 0,
  int8: 1,
  int16: 2,
  int64: 8,
  int32At4: 8,
  int64At8: 16,
  thumbJump8: 2,
  thumbJump11: 2,
  thumbMove8: 2,
  thumbLoad8: 2,
};

/** How many bytes are read for a field: those of an instruction unless the field is something else. */
export function addendFieldBytes(field: AddendField): number {
  return FIELD_BYTES[field] ?? 4;
}

/**
 * Reads the addend out of a field.
 *
 * @param at - The place of the relocation; {@link addendFieldBytes} from there lie within `data`.
 * @param littleEndian - The byte order of the file. The instructions of AArch64 are little endian in any case.
 */
export function readAddendField(data: DataView, at: number, field: AddendField, littleEndian: boolean): bigint {
  switch (field) {
    case 'int64':
      return data.getBigInt64(at, littleEndian);
    case 'int64At8':
      return data.getBigInt64(at + 8, littleEndian);
    default:
      return BigInt(readSmallField(data, at, field, littleEndian));
  }
}

function readSmallField(
  data: DataView,
  at: number,
  field: Exclude<AddendField, 'int64' | 'int64At8'>,
  littleEndian: boolean,
): number {
  switch (field) {
    case 'none':
      return 0;
    case 'int8':
      return data.getInt8(at);
    case 'int16':
      return data.getInt16(at, littleEndian);
    case 'int32':
      return data.getInt32(at, littleEndian);
    case 'int32At4':
      return data.getInt32(at + 4, littleEndian);
    case 'a64Move':
    case 'a64TestBranch':
    case 'a64Branch19':
    case 'a64Branch26':
    case 'a64Add12':
    case 'a64Adr':
      return immediateOfA64(data.getInt32(at, true), field);
    case 'prel31':
    case 'armBranch':
    case 'armMove':
    case 'armAdd':
    case 'armLoad':
    case 'armLoadSigned':
      return immediateOfArm(data.getInt32(at, littleEndian), field);
    case 'thumbJump8':
    case 'thumbJump11':
    case 'thumbMove8':
    case 'thumbLoad8':
      return immediateOfThumb16(data.getUint16(at, littleEndian), field);
    case 'thumbJump19':
    case 'thumbBranch':
    case 'thumbMove':
    case 'thumbAdd':
    case 'thumbLoad12':
      return immediateOfThumb32(data.getUint16(at, littleEndian), data.getUint16(at + 2, littleEndian), field);
  }
}

/** The low `width` bits as a signed number. */
function signed(bits: number, width: number): number {
  return (bits << (32 - width)) >> (32 - width);
}

/**
 * Immediates of A64. Those of MOVZ and its like and of ADRP are not scaled by what the instruction scales them: so a REL file
 * can ask for all parts of the sum of a symbol and one addend.
 */
function immediateOfA64(
  word: number,
  field: 'a64Move' | 'a64TestBranch' | 'a64Branch19' | 'a64Branch26' | 'a64Add12' | 'a64Adr',
): number {
  switch (field) {
    case 'a64Move':
      return signed(word >>> 5, 16);
    case 'a64TestBranch':
      return signed(word >>> 5, 14) * 4;
    case 'a64Branch19':
      return signed(word >>> 5, 19) * 4;
    case 'a64Branch26':
      return signed(word, 26) * 4;
    case 'a64Add12':
      return signed(word >>> 10, 12);
    case 'a64Adr':
      return signed(((word >>> 3) & 0x1ffffc) | ((word >>> 29) & 3), 21);
  }
}

function immediateOfArm(
  word: number,
  field: 'prel31' | 'armBranch' | 'armMove' | 'armAdd' | 'armLoad' | 'armLoadSigned',
): number {
  switch (field) {
    case 'prel31':
      return signed(word, 31);
    case 'armBranch':
      return signed(word, 24) * 4;
    case 'armMove':
      return signed(((word >>> 4) & 0xf000) | (word & 0xfff), 16);
    case 'armAdd': {
      // Eight bits that are rotated to the right by twice a number. ADD and SUB differ in bits 23 and 22.
      const rotation = ((word >>> 8) & 0xf) * 2;
      const value = ((word & 0xff) >>> rotation) | ((word & 0xff) << (32 - rotation));
      const isSubtraction = (word & 0x400000) !== 0;
      return (rotation === 0 ? word & 0xff : value >>> 0) * (isSubtraction ? -1 : 1);
    }
    case 'armLoad':
      return signOfLoad(word) * (word & 0xfff);
    case 'armLoadSigned':
      return signOfLoad(word) * (((word >>> 4) & 0xf0) | (word & 0xf));
  }
}

/** Bit 23 of an ARM load tells whether its immediate is added. */
function signOfLoad(word: number): 1 | -1 {
  return (word & 0x800000) === 0 ? -1 : 1;
}

function immediateOfThumb16(half: number, field: 'thumbJump8' | 'thumbJump11' | 'thumbMove8' | 'thumbLoad8'): number {
  switch (field) {
    case 'thumbJump8':
      return signed(half, 8) * 2;
    case 'thumbJump11':
      return signed(half, 11) * 2;
    case 'thumbMove8':
      return half & 0xff;
    case 'thumbLoad8':
      // All ones stand for -4, the bias of the program counter.
      return ((((half & 0xff) << 2) + 4) & 0x3ff) - 4;
  }
}

function immediateOfThumb32(
  high: number,
  low: number,
  field: 'thumbJump19' | 'thumbBranch' | 'thumbMove' | 'thumbAdd' | 'thumbLoad12',
): number {
  const sign = (high >>> 10) & 1;
  const j1 = (low >>> 13) & 1;
  const j2 = (low >>> 11) & 1;
  // i:imm3:imm8, which ADD and MOV have in common.
  const imm12 = (sign << 11) | ((low >>> 4) & 0x700) | (low & 0xff);
  switch (field) {
    case 'thumbJump19':
      return signed((sign << 20) | (j2 << 19) | (j1 << 18) | ((high & 0x3f) << 12) | ((low & 0x7ff) << 1), 21);
    case 'thumbBranch': {
      const [i1, i2] = [1 ^ j1 ^ sign, 1 ^ j2 ^ sign];
      return signed((sign << 24) | (i1 << 23) | (i2 << 22) | ((high & 0x3ff) << 12) | ((low & 0x7ff) << 1), 25);
    }
    case 'thumbMove':
      return signed(((high & 0xf) << 12) | imm12, 16);
    case 'thumbAdd':
      return (high & 0xf0) === 0 ? imm12 : -imm12;
    case 'thumbLoad12':
      return (high & 0x80) === 0 ? -(low & 0xfff) : low & 0xfff;
  }
}
