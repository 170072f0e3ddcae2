import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { openElf, readAtAddress, readInterpreter, readSegment, sectionsInSegment } from '../../src/elf/index.ts';
import type { ElfSpec, SegmentSpec } from '../helpers/elf-builder.ts';
import { buildElf } from '../helpers/elf-builder.ts';
import { formatErrorOf } from '../helpers/errors.ts';

const FORMATS = [
  { bits: 32, littleEndian: true },
  { bits: 32, littleEndian: false },
  { bits: 64, littleEndian: true },
  { bits: 64, littleEndian: false },
] as const;

const PT_LOAD = 1;
const DATA = Uint8Array.from({ length: 32 }, (_, i) => i);

/** A file with 32 bytes in section 1 and the segments given. */
function build(segments: SegmentSpec[], spec: Partial<ElfSpec> = {}) {
  return buildElf({ sections: [{ name: '.data', type: 1, flags: 3, data: DATA }], ...spec, segments });
}

describe('program headers', () => {
  it.each(FORMATS)('are columns and objects, class $bits, little endian $littleEndian', (format) => {
    const segment = {
      type: 0x6474e551,
      flags: 6,
      offset: 0x40,
      address: 0x80001000n,
      physicalAddress: 0x2000n,
      fileSize: 16,
      memorySize: 0x100,
      align: 0x1000,
    };
    const built = build([{ type: PT_LOAD }, segment], format);
    const { segments } = openElf(built.bytes);
    expect(segments.length).toBe(2);
    expect([segments.type(1), segments.flags(1), segments.offset(1), segments.fileSize(1)]).toEqual([
      0x6474e551, 6, 0x40, 16,
    ]);
    expect([segments.address(1), segments.physicalAddress(1), segments.memorySize(1), segments.alignment(1)]).toEqual([
      0x80001000n,
      0x2000n,
      0x100n,
      0x1000n,
    ]);
    expect(segments.headerOffset(1)).toBe(built.segmentHeaderOffset + (format.bits === 64 ? 56 : 32));
    expect(segments.at(1)).toMatchObject({
      index: 1,
      type: 0x6474e551,
      address: 0x80001000n,
      raw: { p_align: 0x1000n },
    });
    expect([segments.find(0x6474e551), segments.find(7)]).toEqual([1, undefined]);
  });

  it('are absent in relocatable files', () => {
    expect(openElf(build([]).bytes).segments.length).toBe(0);
    expect(openElf(build([], { header: { e_phoff: 0xfffffn, e_phentsize: 3 } }).bytes).segments.length).toBe(0);
  });

  it('may be more than e_phnum can say', () => {
    const built = build([{ type: PT_LOAD }, { type: 6 }], { header: { e_phnum: 0xffff } });
    const data = new DataView(built.bytes.buffer);
    data.setUint32(built.headerOffset(0) + 44, 2, true);
    expect(openElf(built.bytes).segments.length).toBe(2);
  });

  it('stay readable when the section headers are damaged', () => {
    const elf = openElf(build([{ type: PT_LOAD }], { header: { e_shentsize: 1 } }).bytes);
    expect(() => elf.sections).toThrow('invalid e_shentsize');
    expect(elf.segments.type(0)).toBe(PT_LOAD);
  });

  it.each([
    [{ e_phentsize: 57 }, 'bad-value', 'invalid e_phentsize: 57', 54],
    [
      { e_phnum: 3 },
      'out-of-bounds',
      /^program headers are longer than binary of size \d+: e_phoff = 0x\w+, e_phnum = 3/,
      32,
    ],
    [{ e_phoff: 2n ** 64n - 1n }, 'out-of-bounds', /e_phoff = 0xffffffffffffffff, e_phnum = 1, e_phentsize = 56$/, 32],
    // Without section headers 0xffff is a number like any other.
    [{ e_phnum: 0xffff, e_shoff: 0n }, 'out-of-bounds', /e_phnum = 65535/, 32],
  ] as const)('are refused with %o', (header, code, reason, offset) => {
    const elf = openElf(build([{ type: PT_LOAD }], { header }).bytes);
    const error = formatErrorOf(() => elf.segments);
    expect(error).toMatchObject({ code, location: { offset } });
    expect(error.reason).toMatch(reason);
  });

  it('are bounded', () => {
    const { bytes } = build([{ type: PT_LOAD }, { type: PT_LOAD }]);
    const error = formatErrorOf(() => openElf(bytes, { limits: { segments: 1 } }).segments);
    expect(error).toMatchObject({
      code: 'limit-exceeded',
      reason: '2 program headers are more than the limits allow (1)',
    });
  });
});

describe('addresses', () => {
  it.each(FORMATS)('are found in the file, class $bits, little endian $littleEndian', (format) => {
    const built = build([{ type: PT_LOAD, offset: 0x10, address: 0x7ffff000n, fileSize: 0x80 }], format);
    const elf = openElf(built.bytes);
    expect(elf.segments.fileOffsetOf(0x7ffff000n)).toBe(0x10);
    expect(elf.segments.fileOffsetOf(0x7ffff07fn)).toBe(0x8f);
    const address = 0x7ffff000n - 0x10n + BigInt(built.dataOffset(1));
    expect(readAtAddress(elf, address + 3n, 2, 'two bytes').bytes).toEqual(Uint8Array.of(3, 4));
  });

  it('are exact above 2^53', () => {
    const elf = openElf(build([{ type: PT_LOAD, offset: 1, address: 0xffff800008000001n, fileSize: 8 }]).bytes);
    expect(elf.segments.fileOffsetOf(0xffff800008000008n)).toBe(8);
    expect(() => elf.segments.fileOffsetOf(0xffff800008000009n)).toThrow('not in any segment: 0xffff800008000009');
  });

  it('outside of segments are refused', () => {
    const elf = openElf(build([{ type: 6 }, { type: PT_LOAD, address: 0x1000n, fileSize: 4, memorySize: 64 }]).bytes);
    for (const address of [0xfffn, 0x1004n, 0n, 2n ** 64n - 1n]) {
      const error = formatErrorOf(() => elf.segments.fileOffsetOf(address));
      expect(error).toMatchObject({
        code: 'out-of-bounds',
        reason: `virtual address is not in any segment: 0x${address.toString(16)}`,
      });
    }
  });

  it('in overlapping segments belong to the one that starts last, as in LLVM', () => {
    const segments = [
      { type: PT_LOAD, offset: 16, address: 0x1010n, fileSize: 4 },
      { type: PT_LOAD, offset: 0, address: 0x1000n, fileSize: 64 },
      { type: PT_LOAD, offset: 32, address: 0x1010n, fileSize: 8 },
    ];
    const { segments: table } = openElf(build(segments).bytes);
    expect([0x100fn, 0x1010n, 0x1017n].map((address) => table.fileOffsetOf(address))).toEqual([15, 32, 39]);
    // The bytes behind are the first segment's to give, but nobody looks there.
    expect(() => table.fileOffsetOf(0x1018n)).toThrow('not in any segment');
  });

  it('are found as a look at each segment in turn finds them, in whatever order segments stand', () => {
    const segment = fc.record({
      type: fc.constantFrom(PT_LOAD, PT_LOAD, 6),
      address: fc.bigInt(0n, 40n),
      fileSize: fc.nat(12),
      offset: fc.nat(20),
    });
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 8 }), (segments) => {
        const { segments: table } = openElf(build(segments).bytes);
        for (let address = 0n; address < 64n; address += 1n) {
          const loads = segments.filter((load) => load.type === PT_LOAD && load.address <= address);
          const last = loads.reduce((best, load) => (load.address > best ? load.address : best), -1n);
          const found = loads.findLast((load) => load.address === last);
          const distance = Number(address - last);
          if (found === undefined || distance >= found.fileSize) {
            expect(() => table.locate(address)).toThrow('not in any segment');
          } else {
            const expected = { offset: found.offset + distance, length: found.fileSize - distance };
            expect(table.locate(address)).toEqual(expected);
          }
        }
      }),
    );
  });

  it('do not cost a look at every segment each', () => {
    const count = 500;
    const segments = Array.from({ length: count }, (_, i) => ({
      type: PT_LOAD,
      offset: 0,
      address: BigInt(0x1000 * ((i * 7) % count)),
      fileSize: 16,
    }));
    const { segments: table } = openElf(build(segments).bytes);
    const looks = [vi.spyOn(table, 'type'), vi.spyOn(table, 'address')];
    for (let i = 0; i < count; i += 1) expect(table.fileOffsetOf(BigInt(0x1000 * i + 1))).toBe(1);
    const total = looks.reduce((sum, { mock }) => sum + mock.calls.length, 0);
    // Putting them in order, and a few for each address.
    expect(total).toBeLessThan(60 * count);
  });

  it('behind the end of the file are refused', () => {
    const { bytes } = build([{ type: PT_LOAD, fileSize: 0x10000 }]);
    const error = formatErrorOf(() => openElf(bytes).segments.fileOffsetOf(0x8000n));
    expect(error.reason).toBe(
      `can't map virtual address 0x8000 to the segment with index 1: the segment ends at 0x10000, which is greater than ` +
        `the file size (0x${bytes.length.toString(16)})`,
    );
    expect(() => readAtAddress(openElf(bytes), 4n, bytes.length, 'a part')).toThrow('a part needs');
  });
});

describe('segments', () => {
  it('give their bytes', () => {
    const built = build([{ type: PT_LOAD }]);
    const offset = built.dataOffset(1);
    const elf = openElf(
      build([
        { type: 4, offset, fileSize: 32 },
        { type: 4, offset, fileSize: 2n ** 63n },
      ]).bytes,
    );
    expect(readSegment(elf, 0).bytes).toEqual(DATA);
    expect(readSegment(elf, 0).base).toBe(offset);
    const error = formatErrorOf(() => readSegment(elf, 1));
    expect(error).toMatchObject({ code: 'out-of-bounds', location: { offset: built.segmentHeaderOffset + 56 } });
    expect(() => readSegment(openElf(elf.input, { limits: { blockBytes: 31 } }), 0)).toThrow('more than the limits');
  });

  it('may hold sections, thread-local and empty ones by their own rules', () => {
    const sections = [
      { name: '.a', type: 1, flags: 2, address: 0x1000n, offset: 0x100, size: 0x10 },
      { name: '.tdata', type: 1, flags: 0x402, address: 0x1010n, offset: 0x110, size: 8 },
      { name: '.tbss', type: 8, flags: 0x402, address: 0x1018n, offset: 0x118, size: 0x20 },
      { name: '.empty', type: 1, flags: 2, address: 0x1020n, offset: 0x120, size: 0 },
      { name: '.bss', type: 8, flags: 2, address: 0x1020n, offset: 0, size: 8 },
      { name: '.comment', type: 1, offset: 0x100, size: 4 },
    ];
    const at = { offset: 0x100, address: 0x1000n };
    const segments = [
      { type: PT_LOAD, ...at, fileSize: 0x20, memorySize: 0x28 },
      { type: 7, offset: 0x110, address: 0x1010n, fileSize: 8, memorySize: 0x28 },
      { type: 0x6474e552, ...at, fileSize: 0x18, memorySize: 0x18 },
      { type: 6, ...at, fileSize: 0, memorySize: 0 },
    ];
    const elf = openElf(buildElf({ type: 3, sections, segments }).bytes);
    const names = segments.map((_, i) => Array.from(sectionsInSegment(elf, i), (k) => elf.sections.name(k)).join(' '));
    expect(names).toEqual(['.a .tdata .bss .comment', '.tdata .tbss', '.a .tdata .comment', '']);
  });

  it('name the program interpreter', () => {
    const path = new TextEncoder().encode('/lib/ld.so\0rest');
    const sections = [{ name: '.interp', type: 1, data: path }];
    const offset = buildElf({ sections }).dataOffset(1);
    const read = (change: Partial<SegmentSpec>) =>
      readInterpreter(openElf(buildElf({ sections, segments: [{ type: 3, offset, ...change }] }).bytes));
    expect(read({ fileSize: 11 })).toBe('/lib/ld.so');
    // As in LLVM the size does not count.
    expect(read({ fileSize: 2 })).toBe('/lib/ld.so');
    // Split off with the code: what stands at the offset is something else.
    expect(read({ fileSize: 0, memorySize: 11 })).toBeUndefined();
    expect(() => read({ offset: 0xffffff })).toThrow(
      /unable to read program interpreter name at offset 0xffffff: it goes past the end of the file \(0x\w+\)/,
    );
    expect(readInterpreter(openElf(build([]).bytes))).toBeUndefined();
  });

  it('may lack the end of the program interpreter', () => {
    const built = buildElf({ sections: [{ type: 1, data: new Uint8Array(5000).fill(0x2f) }] });
    const offset = built.dataOffset(1);
    const { bytes } = buildElf({
      sections: [{ type: 1, data: new Uint8Array(5000).fill(0x2f) }],
      segments: [{ type: 3, offset }],
    });
    expect(formatErrorOf(() => readInterpreter(openElf(bytes)))).toMatchObject({
      code: 'bad-value',
      reason: `unable to read program interpreter name at offset 0x${offset.toString(16)}: it is not null-terminated`,
    });
  });
});
