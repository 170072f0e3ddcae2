// One sound library with every structure of linked files that the reader knows, for tests that break or move it.

import {
  buildElf,
  ElfWriter,
  entrySizes,
  relocationData,
  stringTableData,
  symbolTableData,
} from '../helpers/elf-builder.ts';
import type { BuiltElf, ElfSpec, SectionSpec } from '../helpers/elf-builder.ts';

/** Section numbers of {@link buildLinked}. */
export const LINKED = {
  interp: 1,
  hash: 2,
  gnuHash: 3,
  dynsym: 4,
  dynstr: 5,
  versym: 6,
  verdef: 7,
  verneed: 8,
  rela: 9,
  relr: 10,
  plt: 11,
  dynamic: 12,
} as const;

type Format = Pick<ElfSpec, 'bits' | 'littleEndian'>;

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** The hash functions as their documents have them. */
export function sysvHashOf(name: string): number {
  let hash = 0n;
  for (const byte of utf8(name)) {
    hash = ((hash << 4n) + BigInt(byte)) & 0xffffffffn;
    const high = hash & 0xf0000000n;
    if (high !== 0n) hash ^= high >> 24n;
    hash &= ~high;
  }
  return Number(hash);
}

export function gnuHashOf(name: string): number {
  let hash = 5381n;
  for (const byte of utf8(name)) hash = (hash * 33n + BigInt(byte)) & 0xffffffffn;
  return Number(hash);
}

const NAMES = ['imp', 'foo', 'bar', 'lib.so', 'libx.so', 'V1', 'V2', 'X1', '/run/path'];
const STRINGS = stringTableData(NAMES);
const at = (name: string): number => STRINGS.offsets[NAMES.indexOf(name)] as number;

/** Dynamic symbols 1 to 4: the first is imported, the others are exported and hashed. */
export const SYMBOL_NAMES = ['imp', 'foo', 'foo', 'bar'] as const;

export function hashData(buckets: readonly number[], chains: readonly number[], format: Format): Uint8Array {
  const out = new ElfWriter(format).word(buckets.length).word(chains.length);
  for (const word of [...buckets, ...chains]) out.word(word);
  return out.bytes;
}

/** One bucket with symbols 2 to 4. */
function gnuHashData(format: Format): Uint8Array {
  const out = new ElfWriter(format).word(1).word(2).word(1).word(6);
  const hashes = SYMBOL_NAMES.slice(1).map(gnuHashOf);
  const bits = BigInt(out.bits);
  let mask = 0n;
  for (const hash of hashes) mask |= (1n << (BigInt(hash) % bits)) | (1n << (BigInt(hash >>> 6) % bits));
  out.address(mask).word(2);
  hashes.forEach((hash, i) => out.word(((hash & ~1) | (i === hashes.length - 1 ? 1 : 0)) >>> 0));
  return out.bytes;
}

/** Definitions 1 (the library itself), 2 (V1) and 4 (V2, which follows on V1). */
function verdefData(format: Format): Uint8Array {
  const out = new ElfWriter(format);
  const definition = (flags: number, index: number, names: readonly string[], isLast: boolean): void => {
    out
      .half(1)
      .half(flags)
      .half(index)
      .half(names.length)
      .word(sysvHashOf(names[0] as string));
    out.word(20).word(isLast ? 0 : 20 + 8 * names.length);
    names.forEach((name, i) => out.word(at(name)).word(i === names.length - 1 ? 0 : 8));
  };
  definition(1, 1, ['lib.so'], false);
  definition(0, 2, ['V1'], false);
  definition(0, 4, ['V2', 'V1'], true);
  return out.bytes;
}

/** Version 3 (X1) of libx.so. */
function verneedData(format: Format): Uint8Array {
  const out = new ElfWriter(format).half(1).half(1).word(at('libx.so')).word(16).word(0);
  return out.word(sysvHashOf('X1')).half(2).half(3).word(at('X1')).word(0).bytes;
}

/** What a test may change: fields of sections by name, dynamic entries by tag (`undefined` leaves one out). */
export interface LinkedChange {
  sections?: Record<string, Partial<SectionSpec>>;
  dynamic?: Record<number, bigint | number | undefined>;
  spec?: Partial<ElfSpec>;
}

/** Builds the library; all of it is mapped at `base`. */
export function buildLinked(format: Format = {}, change: LinkedChange = {}, base = 0x10000n): BuiltElf {
  // Where things stand does not depend on the values in them: a first file tells.
  const draft = build(format, change, base, () => 0);
  return build(format, change, base, (section) => draft.dataOffset(section));
}

function build(format: Format, change: LinkedChange, base: bigint, offsetOf: (section: number) => number): BuiltElf {
  const { bits = 64 } = format;
  const size = entrySizes(bits);
  const address = (section: number): bigint => base + BigInt(offsetOf(section));
  const hash = sysvBuckets();
  const data: Partial<Record<keyof typeof LINKED, Uint8Array>> = {
    interp: utf8('/lib/ld.so\0'),
    hash: hashData(hash.buckets, hash.chains, format),
    gnuHash: gnuHashData(format),
    dynsym: symbolTableData(
      [
        { nameOffset: at('imp'), binding: 1 },
        { nameOffset: at('foo'), binding: 1, type: 2, section: 1, value: base },
        { nameOffset: at('foo'), binding: 1, type: 2, section: 1, value: base + 4n },
        { nameOffset: at('bar'), binding: 2, type: 1, section: 1, value: base + 8n },
      ],
      format,
    ),
    dynstr: STRINGS.data,
    versym: new ElfWriter(format).half(0).half(3).half(0x8002).half(4).half(1).bytes,
    verdef: verdefData(format),
    verneed: verneedData(format),
    rela: relocationData([{ offset: base, symbol: 1, type: 6, addend: 0n }], format),
    relr: new ElfWriter(format).address(base).address(3n).bytes,
    plt: relocationData([{ offset: base + 8n, symbol: 1, type: 7 }], format),
  };
  const entries: [number, bigint | number][] = [
    [1, at('libx.so')],
    [14, at('lib.so')],
    [29, at('/run/path')],
    [4, address(LINKED.hash)],
    [0x6ffffef5, address(LINKED.gnuHash)],
    [5, address(LINKED.dynstr)],
    [10, STRINGS.data.length],
    [6, address(LINKED.dynsym)],
    [11, size.symbol],
    [7, address(LINKED.rela)],
    [8, size.rela],
    [9, size.rela],
    [36, address(LINKED.relr)],
    [35, (2 * bits) / 8],
    [37, bits / 8],
    [23, address(LINKED.plt)],
    [2, size.rel],
    [20, 17],
    [0x6ffffff0, address(LINKED.versym)],
    [0x6ffffffc, address(LINKED.verdef)],
    [0x6ffffffd, 3],
    [0x6ffffffe, address(LINKED.verneed)],
    [0x6fffffff, 1],
  ];
  const dynamic = new ElfWriter(format);
  for (const [tag, value] of entries) {
    const changed = change.dynamic !== undefined && tag in change.dynamic ? change.dynamic[tag] : value;
    // What is left out becomes a tag that nobody knows, so that nothing moves.
    dynamic.address(changed === undefined ? 0x12345678 : tag).address(changed ?? 0);
  }
  // A second entry behind the end.
  data.dynamic = dynamic.address(0).address(0).address(1).address(1).bytes;
  const { dynsym, dynstr } = LINKED;
  const sections: (SectionSpec & { name: string })[] = [
    { name: '.interp', type: 1 },
    { name: '.hash', type: 5, link: dynsym, entrySize: 4 },
    { name: '.gnu.hash', type: 0x6ffffff6, link: dynsym },
    { name: '.dynsym', type: 11, link: dynstr, info: 1, entrySize: size.symbol },
    { name: '.dynstr', type: 3 },
    { name: '.gnu.version', type: 0x6fffffff, link: dynsym, entrySize: 2 },
    { name: '.gnu.version_d', type: 0x6ffffffd, link: dynstr, info: 3 },
    { name: '.gnu.version_r', type: 0x6ffffffe, link: dynstr, info: 1 },
    { name: '.rela.dyn', type: 4, link: dynsym, entrySize: size.rela },
    { name: '.relr.dyn', type: 19, entrySize: bits / 8 },
    { name: '.rel.plt', type: 9, link: dynsym, entrySize: size.rel },
    { name: '.dynamic', type: 6, flags: 3, link: dynstr, entrySize: bits / 4 },
  ];
  const keys = Object.keys(LINKED) as (keyof typeof LINKED)[];
  const dynamicSize = data.dynamic.length;
  return buildElf({
    type: 3,
    machine: 62,
    ...format,
    sections: sections.map((section, i) => ({
      flags: 2,
      address: address(i + 1),
      data: data[keys[i] as keyof typeof LINKED] as Uint8Array,
      ...section,
      ...change.sections?.[section.name],
    })),
    segments: [
      { type: 3, offset: offsetOf(LINKED.interp), address: address(LINKED.interp), fileSize: 11 },
      { type: 1, offset: 0, address: base },
      { type: 2, offset: offsetOf(LINKED.dynamic), address: address(LINKED.dynamic), fileSize: dynamicSize },
    ],
    ...change.spec,
  });
}

/** Two buckets of the four symbols, each with the first symbol last. */
function sysvBuckets(): { buckets: number[]; chains: number[] } {
  const buckets = [0, 0];
  const chains = [0, 0, 0, 0, 0];
  SYMBOL_NAMES.forEach((name, i) => {
    const bucket = sysvHashOf(name) % 2;
    chains[i + 1] = buckets[bucket] as number;
    buckets[bucket] = i + 1;
  });
  return { buckets, chains };
}
