// LLVM's sections for the linker, beside what llvm-readobj says of the same objects.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import {
  callGraph,
  compilerArguments,
  dependentLibraries,
  embeddedBitcode,
  linkerOptions,
  offloadBinaries,
  readCallGraphProfile,
  readJumpTableSizes,
  readSymbolPartition,
} from '../../../src/elf/content/index.ts';
import { openElf } from '../../../src/elf/index.ts';
import type { ElfFile } from '../../../src/elf/index.ts';
import { buildElf, ElfWriter, relocationData } from '../../helpers/elf-builder.ts';
import type { ElfSpec, SectionSpec } from '../../helpers/elf-builder.ts';
import { formatErrorOf } from '../../helpers/errors.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { describeWithTools, run } from '../../helpers/tools.ts';

const TYPE = {
  rel: 9,
  options: 0x6fff4c01,
  oldProfile: 0x6fff4c02,
  libraries: 0x6fff4c04,
  partition: 0x6fff4c05,
  profile: 0x6fff4c09,
  offloading: 0x6fff4c0b,
  jumpTables: 0x6fff4c0d,
  callGraph: 0x6fff4c0f,
} as const;

const FORMATS = [
  { bits: 32, littleEndian: true },
  { bits: 32, littleEndian: false },
  { bits: 64, littleEndian: true },
  { bits: 64, littleEndian: false },
] as const;
type Format = (typeof FORMATS)[number];

function open(sections: SectionSpec[], spec: Partial<ElfSpec> = {}): ElfFile {
  return openElf(buildElf({ ...spec, sections }).bytes);
}

function sectionsOfType(elf: ElfFile, type: number): number[] {
  return Array.from({ length: elf.sections.length }, (_, i) => i).filter((i) => elf.sections.type(i) === type);
}

function only(elf: ElfFile, type: number): number {
  const [index, ...others] = sectionsOfType(elf, type);
  expect(others).toEqual([]);
  return index ?? 0;
}

function text(...strings: string[]): Uint8Array {
  return new TextEncoder().encode(strings.map((string) => `${string}\0`).join(''));
}

const SOURCE = `
.text
.globl a, b, c
a: nop
b: nop
c: nop
.cg_profile a, b, 32
.cg_profile b, c, 18446744073709551615
.section .deplibs, "MS", %llvm_dependent_libraries, 1
.asciz "foo.a"
.asciz "bar"
.section .linker-options, "e", %llvm_linker_options
.asciz "lib"
.asciz "m"
.asciz "key"
.asciz "value"
.section .llvm_sympart, "", %llvm_sympart
.asciz "libpart.so"
.WORD c
`;

const TARGETS = [
  ['x86_64-linux-gnu', '.quad'],
  ['aarch64-linux-gnu', '.quad'],
  ['aarch64_be-linux-gnu', '.quad'],
  ['armv7-linux-gnueabi', '.long'],
  ['powerpc-linux-gnu', '.long'],
] as const;

describe.each([13, 16, 22])('objects of clang %i', (version) => {
  describeWithTools('beside llvm-readobj', [`clang-${version}`, 'llvm-readobj-22'], ([clang, readobj]) => {
    it.each(TARGETS)('have the same profile, libraries, options and partition, for %s', (target, word) => {
      const folder = temporaryFolder({ 'a.s': SOURCE.replace('.WORD', word) });
      const made = run(clang, ['-c', `--target=${target}`, 'a.s', '-o', 'a.o'], { cwd: folder });
      expect(made).toMatchObject({ status: 0 });
      const elf = openElf(readFileSync(join(folder, 'a.o')));

      const theirs = run(
        readobj,
        ['--cg-profile', '--dependent-libraries', '--elf-linker-options', '--elf-output-style=LLVM', 'a.o'],
        { cwd: folder },
      ).stdout;
      const edges = [...theirs.matchAll(/From: .* \((\d+)\)\s+To: .* \((\d+)\)\s+Weight: (\d+)/g)];
      expect(edges).toHaveLength(2);
      const profile = readCallGraphProfile(elf, only(elf, TYPE.profile));
      const ours = Array.from({ length: profile.length }, (_, i) => [
        `${profile.fromSymbol(i)}`,
        `${profile.toSymbol(i)}`,
        `${profile.weight(i)}`,
      ]);
      expect(ours).toEqual(edges.map(([, ...numbers]) => numbers));
      expect(elf.sections.type(profile.symbolTableIndex)).toBe(2);

      expect([...dependentLibraries(elf, only(elf, TYPE.libraries))]).toEqual(['foo.a', 'bar']);
      expect(/DependentLibs \[\s+foo\.a\s+bar\s+\]/.test(theirs)).toBe(true);
      const options = [...linkerOptions(elf, only(elf, TYPE.options))];
      expect(options.map(({ key, value }) => `${key}: ${value}`)).toEqual(['lib: m', 'key: value']);
      expect(theirs).toMatch(/LinkerOptions \[\s+lib: m\s+key: value\s+\]/);

      const partition = readSymbolPartition(elf, only(elf, TYPE.partition));
      expect(partition?.partition).toBe('libpart.so');
      expect(elf.symbolTable(partition?.symbolTableIndex ?? 0).name(partition?.symbolIndex ?? 0)).toBe('c');
    });
  });
});

describeWithTools(
  'what clang 22 adds',
  ['clang-22', 'llvm-offload-binary-22', 'ld.lld-22'],
  ([clang, packager, lld]) => {
    const compile = (files: Record<string, string>, ...args: string[]): { elf: ElfFile; folder: string } => {
      const folder = temporaryFolder(files);
      const common = ['-c', '--target=x86_64-linux-gnu', '-O2', '-o', 'a.o'];
      expect(run(clang, [...common, ...args], { cwd: folder })).toMatchObject({ status: 0 });
      return { elf: openElf(readFileSync(join(folder, 'a.o'))), folder };
    };
    const SWITCH =
      'int g(int), h(int), k(int); int s(int x) { switch (x) { case 0: return g(3); case 1: return h(9); case 2: return ' +
      'g(12) + h(1); case 3: return k(99); case 4: return g(123) * 3; case 5: return h(77) - 1; } return 0; }';

    it('are the sizes of jump tables', () => {
      const { elf } = compile({ 'a.c': SWITCH }, 'a.c', '-mllvm', '-emit-jump-table-sizes-section');
      const sizes = readJumpTableSizes(elf, only(elf, TYPE.jumpTables));
      expect([sizes.length, sizes.entryCount(0), sizes.address(0), sizes.addressOffset(0)]).toEqual([1, 6n, 0n, 0]);
    });

    it('is the call graph, whose addresses are relocated', () => {
      const source =
        'int foo(int); int bar(int x) { return foo(x) + 1; } int call(int (*f)(int)) { return f(3) + bar(2); }';
      const { elf } = compile({ 'a.c': source }, 'a.c', '-fno-inline', '-fexperimental-call-graph-section');
      const index = only(elf, TYPE.callGraph);
      const entries = [...callGraph(elf, index)];
      const relocations = elf.relocationTable(sectionsOfType(elf, 4).find((i) => elf.sections.info(i) === index) ?? 0);
      const symbols = elf.symbolTable(relocations.symbolTableIndex);
      const names = new Map<number, string>();
      for (let i = 0; i < relocations.length; i += 1) {
        names.set(Number(relocations.offset(i)), symbols.name(relocations.symbolIndex(i)));
      }
      const nameAt = ({ offset }: { offset: number }): string => names.get(offset) ?? '';
      expect(entries.map(({ entry, directCallees }) => [nameAt(entry), directCallees.map(nameAt)])).toEqual([
        ['bar', ['foo']],
        ['call', ['bar']],
      ]);
      const [bar, call] = entries;
      expect([bar?.isIndirectTarget, bar?.indirectTypeIds]).toEqual([true, []]);
      // int (int) is called, and is what bar is.
      expect(call?.indirectTypeIds).toEqual([bar?.typeId]);
    });

    it('is code for devices, one binary behind the other after ld -r', () => {
      const files = { 'image.ptx': 'not really ptx', 'x.c': 'static int x;' };
      const folder = temporaryFolder(files);
      const images = ['triple=nvptx64,arch=sm_70,kind=cuda', 'triple=amdgcn,arch=gfx90a,kind=openmp'];
      images.forEach((image, i) => {
        const packed = run(packager, ['-o', `${i}.bin`, `--image=file=image.ptx,${image}`], { cwd: folder });
        expect(packed).toMatchObject({ status: 0 });
        const embed = ['-Xclang', `-fembed-offload-object=${i}.bin`, '-o', `${i}.o`];
        expect(run(clang, ['-c', 'x.c', ...embed], { cwd: folder })).toMatchObject({ status: 0 });
      });
      expect(run(lld, ['-r', '0.o', '1.o', '-o', 'both.o'], { cwd: folder })).toMatchObject({ status: 0 });
      const elf = openElf(readFileSync(join(folder, 'both.o')));
      const binaries = [...offloadBinaries(elf, only(elf, TYPE.offloading))];
      expect(
        binaries.map(({ offloadKind, strings, image }) => [
          offloadKind,
          [...strings],
          new TextDecoder().decode(image.bytes),
        ]),
      ).toEqual([
        [
          2,
          [
            ['arch', 'sm_70'],
            ['triple', 'nvptx64'],
          ],
          'not really ptx',
        ],
        [
          1,
          [
            ['arch', 'gfx90a'],
            ['triple', 'amdgcn'],
          ],
          'not really ptx',
        ],
      ]);
    });

    it('is bitcode with the arguments of the compiler, of two objects after ld -r', () => {
      const { elf, folder } = compile(
        { 'a.c': 'int f(void) { return 1; }', 'b.c': 'int g(void) { return 2; }' },
        'a.c',
        '-fembed-bitcode',
      );
      const [bitcode, ...others] = embeddedBitcode(elf);
      expect(others).toEqual([]);
      expect(bitcode?.kind).toBe('embedded');
      expect([...(bitcode?.content.view(0, 4, 'magic').bytes ?? [])]).toEqual([0x42, 0x43, 0xc0, 0xde]);
      const commandIndex = (file: ElfFile): number =>
        Array.from({ length: file.sections.length }, (_, i) => i).find((i) => file.sections.name(i) === '.llvmcmd') ??
        0;
      const alone = [...compilerArguments(elf, commandIndex(elf))];
      expect(alone.slice(0, 3)).toEqual(['-cc1', '-triple', 'x86_64-unknown-linux-gnu']);
      run(clang, ['-c', '--target=x86_64-linux-gnu', '-O2', 'b.c', '-o', 'b.o', '-fembed-bitcode'], { cwd: folder });
      expect(run(lld, ['-r', 'a.o', 'b.o', '-o', 'both.o'], { cwd: folder })).toMatchObject({ status: 0 });
      const both = openElf(readFileSync(join(folder, 'both.o')));
      const args = [...compilerArguments(both, commandIndex(both))];
      expect(args.filter((arg) => arg === '-cc1')).toHaveLength(2);
      expect(args.slice(0, alone.length)).toEqual(alone);
    });

    it('is bitcode for the linker', () => {
      const { elf } = compile({ 'a.c': SWITCH }, 'a.c', '-flto=thin', '-ffat-lto-objects');
      expect([...embeddedBitcode(elf)].map(({ kind, content }) => [kind, content.length > 100])).toEqual([
        ['lto', true],
      ]);
    });
  },
);

describe.each(FORMATS)('class $bits, little endian $littleEndian', (format: Format) => {
  it('has the profile of LLVM 12 in one section', () => {
    const edge = new ElfWriter({ ...format, bits: 64 })
      .word(7)
      .word(9)
      .address(1n << 40n);
    const section = { name: '.llvm.call-graph-profile', type: TYPE.oldProfile, link: 3, data: edge.bytes };
    const profile = readCallGraphProfile(open([section], format), 1);
    expect(profile.symbolTableIndex).toBe(3);
    expect([profile.length, profile.fromSymbol(0), profile.toSymbol(0), profile.weight(0)]).toEqual([
      1,
      7,
      9,
      1n << 40n,
    ]);
  });

  it('refuses a profile without relocations, or with a wrong number of them', () => {
    const weights = new Uint8Array(16);
    const profile = { name: '.llvm.call-graph-profile', type: TYPE.profile, data: weights };
    const none = formatErrorOf(() => readCallGraphProfile(open([profile], format), 1));
    expect([none.code, none.reason]).toEqual([
      'bad-value',
      "SHT_LLVM_CALL_GRAPH_PROFILE exists, but relocation section doesn't",
    ]);
    const three = relocationData([{ symbol: 1 }, { symbol: 2 }, { symbol: 3 }], format);
    const relocations = { name: '.rel', type: TYPE.rel, info: 1, link: 3, data: three };
    const odd = formatErrorOf(() => readCallGraphProfile(open([profile, relocations], format), 1));
    expect(odd.reason).toMatch(/^number of relocations doesn't match Weights/);
    expect(formatErrorOf(() => readCallGraphProfile(open([relocations], format), 1)).code).toBe('bad-value');
    expect(formatErrorOf(() => readCallGraphProfile(open([relocations], format), 9)).code).toBe('out-of-bounds');
    expect(readCallGraphProfile(open([{ ...profile, data: new Uint8Array(0) }], format), 1)).toHaveLength(0);
  });

  it('reads as many callees of a function as the limits allow', () => {
    const read = (flags: number, span: number, listElements: number) => {
      const entry = new ElfWriter(format).byte(0).byte(flags).address(0).raw(new Uint8Array(8)).byte(2);
      const data = entry.raw(new Uint8Array(2 * span)).bytes;
      const { input } = open([{ type: TYPE.callGraph, data: Uint8Array.from([...data, ...data]) }], format);
      return [...callGraph(openElf(input, { limits: { listElements } }), 1)].length;
    };
    for (const [flags, span, what] of [
      [2, format.bits / 8, 'direct callees'],
      [4, 8, 'indirect callee types'],
    ] as const) {
      expect(read(flags, span, 2)).toBe(2);
      expect(formatErrorOf(() => read(flags, span, 1))).toMatchObject({
        code: 'limit-exceeded',
        reason: `2 ${what} are more than the limits allow (1)`,
      });
    }
  });

  it('reads a call graph at every length of it', () => {
    const out = new ElfWriter(format);
    out.byte(0).byte(7).address(0x1234).raw(new Uint8Array(8).fill(1));
    out.byte(2).address(5).address(6);
    out.byte(1).raw(new Uint8Array(8).fill(2));
    const data = out.bytes;
    const entriesOf = (bytes: Uint8Array) => [...callGraph(open([{ type: TYPE.callGraph, data: bytes }], format), 1)];
    const [entry] = entriesOf(data);
    expect(entry?.directCallees.map(({ value }) => value)).toEqual([5n, 6n]);
    expect([entry?.entry.value, entry?.typeId, entry?.indirectTypeIds]).toEqual([
      0x1234n,
      0x0101010101010101n,
      [0x0202020202020202n],
    ]);
    expect(entriesOf(new Uint8Array(0))).toEqual([]);
    for (let length = 1; length < data.length; length += 1) formatErrorOf(() => entriesOf(data.subarray(0, length)));
    const huge = data.slice();
    huge[2 + format.bits / 8 + 8] = 0x7f;
    expect(formatErrorOf(() => entriesOf(huge)).code).toBe('truncated');
    huge[0] = 1;
    expect(formatErrorOf(() => entriesOf(huge)).code).toBe('unsupported');
  });

  it('refuses jump tables of half an entry', () => {
    const data = new Uint8Array(format.bits / 4 + 1);
    const elf = open([{ type: TYPE.jumpTables, data }], format);
    expect(formatErrorOf(() => readJumpTableSizes(elf, 1)).code).toBe('bad-value');
  });
});

describe('strings for the linker', () => {
  it('end with a NUL', () => {
    const cut = text('a', 'bc').subarray(0, -1);
    const libraries = open([{ type: TYPE.libraries, data: cut }]);
    const read: string[] = [];
    const error = formatErrorOf(() => {
      for (const name of dependentLibraries(libraries, 1)) read.push(name);
    });
    expect([read, error.code, error.location.offset]).toEqual([['a'], 'truncated', 64 + 2]);
    expect(formatErrorOf(() => [...linkerOptions(open([{ type: TYPE.options, data: cut }]), 1)]).code).toBe(
      'truncated',
    );
  });

  it('are pairs where they are options', () => {
    const odd = open([{ type: TYPE.options, data: text('a', 'b', 'c') }]);
    expect(formatErrorOf(() => [...linkerOptions(odd, 1)])).toMatchObject({ code: 'bad-value' });
  });

  it('are read out of sections of their type only', () => {
    const elf = open([{ type: 1, data: text('a') }]);
    expect(formatErrorOf(() => [...dependentLibraries(elf, 1)]).code).toBe('bad-value');
    expect(formatErrorOf(() => [...linkerOptions(elf, 1)]).code).toBe('bad-value');
    expect(formatErrorOf(() => readSymbolPartition(elf, 1)).code).toBe('bad-value');
    expect(formatErrorOf(() => [...offloadBinaries(elf, 1)]).code).toBe('bad-value');
  });

  it('name a partition without a symbol where no relocation does', () => {
    expect(readSymbolPartition(open([{ type: TYPE.partition, data: text('p') }]), 1)).toBeUndefined();
    const cut = open([{ type: TYPE.partition, data: Uint8Array.of(0x70) }]);
    expect(formatErrorOf(() => readSymbolPartition(cut, 1)).code).toBe('truncated');
  });
});

describe('offload binaries', () => {
  /** One binary as LLVM 22 lays it out: header, entry, pairs, strings, image. */
  function binary(littleEndian = true): Uint8Array {
    const out = new ElfWriter({ bits: 64, littleEndian });
    const strings = text('arch', 'gfx90a');
    const image = Uint8Array.of(1, 2, 3);
    const [entry, pairs] = [32, 72];
    const stringsAt = pairs + 16;
    const imageAt = stringsAt + strings.length;
    out
      .raw([0x10, 0xff, 0x10, 0xad])
      .word(1)
      .address(imageAt + image.length)
      .address(entry)
      .address(40);
    out.half(2).half(1).word(0).address(pairs).address(1).address(imageAt).address(image.length);
    out.address(stringsAt).address(stringsAt + 5);
    return out.raw(strings).raw(image).bytes;
  }
  const binariesOf = (data: Uint8Array) => [...offloadBinaries(open([{ type: TYPE.offloading, data }]), 1)];

  it.each([true, false])('are read in the byte order of their writer (little endian %s)', (littleEndian) => {
    const one = binary(littleEndian);
    const two = binariesOf(Uint8Array.from([...one, ...one]));
    expect(two.map(({ offset }) => offset)).toEqual([0, one.length]);
    expect(two.map(({ imageKind, strings, image }) => [imageKind, [...strings], [...image.bytes]])).toEqual([
      [2, [['arch', 'gfx90a']], [1, 2, 3]],
      [2, [['arch', 'gfx90a']], [1, 2, 3]],
    ]);
  });

  it('are refused at every shorter length', () => {
    const whole = binary();
    for (let length = 1; length < whole.length; length += 1) formatErrorOf(() => binariesOf(whole.subarray(0, length)));
  });

  it('give only FormatError when a field is 0, 1 or all ones', () => {
    const whole = binary();
    for (let offset = 0; offset < 88; offset += 4) {
      for (const value of [0, 1, 0xff]) {
        const broken = whole.slice();
        broken.fill(value === 1 ? 0 : value, offset, offset + 4);
        if (value === 1) broken[offset] = 1;
        const elf = open([{ type: TYPE.offloading, data: broken }]);
        try {
          for (const { size } of offloadBinaries(elf, 1)) expect(size).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toHaveProperty('code');
        }
      }
    }
  });

  it('have as many strings as the limits allow', () => {
    const { input } = open([{ type: TYPE.offloading, data: binary() }]);
    const read = (listElements: number) => [...offloadBinaries(openElf(input, { limits: { listElements } }), 1)].length;
    expect(read(1)).toBe(1);
    expect(formatErrorOf(() => read(0))).toMatchObject({
      code: 'limit-exceeded',
      reason: '1 strings are more than the limits allow (0)',
    });
  });

  it('share a bound on their strings, be they ever so small', () => {
    // Each has pairs of the same two strings of 1000 characters.
    const one = new ElfWriter();
    const [count, length] = [35, 1000];
    const stringsAt = 72 + count * 16;
    const size = stringsAt + length + 1;
    one.raw([0x10, 0xff, 0x10, 0xad]).word(1).address(size).address(32).address(40);
    one.half(2).half(1).word(0).address(72).address(count).address(0).address(0);
    for (let i = 0; i < count; i += 1) one.address(stringsAt).address(stringsAt + 1);
    const data = Uint8Array.from([...one.bytes, ...new Uint8Array(length).fill(0x61), 0]);
    const many = new Uint8Array(100 * size);
    for (let i = 0; i < 100; i += 1) many.set(data.subarray(0, size), i * size);
    // Alone one is within what is granted whatever the size.
    expect(binariesOf(data.subarray(0, size))).toHaveLength(1);
    expect(formatErrorOf(() => binariesOf(many)).code).toBe('limit-exceeded');
  });

  it('do not make terabytes of text out of strings that overlap', () => {
    const count = 20_000;
    const out = new ElfWriter();
    const stringsAt = 72 + count * 16;
    const size = stringsAt + 100_001;
    out.raw([0x10, 0xff, 0x10, 0xad]).word(1).address(size).address(32).address(40);
    out.half(2).half(1).word(0).address(72).address(count).address(0).address(0);
    for (let i = 0; i < count; i += 1) out.address(stringsAt).address(stringsAt + 1);
    const data = new Uint8Array(size).fill(0x61);
    data.set(out.bytes);
    data[size - 1] = 0;
    expect(formatErrorOf(() => binariesOf(data)).code).toBe('limit-exceeded');
  });
});

describe('bitcode sections', () => {
  it('may have a long name, which is not made text for each of them', () => {
    const lto = { type: 0x6fff4c0c, name: 'x'.repeat(1000) };
    const elf = open([lto, lto, lto]);
    const names = vi.spyOn(elf.sections, 'name');
    expect([...embeddedBitcode(elf)].map(({ kind }) => kind)).toEqual(['lto', 'lto', 'lto']);
    expect(names.mock.calls.length).toBe(0);
  });

  it('that leave the file are told to who wants to know, and the others are read', () => {
    const elf = open([
      { name: '.llvmbc', type: 1, size: 1 << 20 },
      { name: '.llvm.lto', type: 1, data: Uint8Array.of(1) },
      { name: '.llvmbcx', type: 1 },
    ]);
    const told: string[] = [];
    const read = [...embeddedBitcode(elf, { onDamage: ({ code }) => told.push(code) })];
    expect([read.map(({ sectionIndex }) => sectionIndex), told]).toEqual([[2], ['out-of-bounds']]);
    expect(formatErrorOf(() => [...embeddedBitcode(elf)]).code).toBe('out-of-bounds');
  });
});
