import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../../src/bytes/index.ts';
import { basicBlockMaps, stackSizes } from '../../../src/elf/content/index.ts';
import type { ElfBasicBlockMap } from '../../../src/elf/content/index.ts';
import { openElf, SECTION_TYPES } from '../../../src/elf/index.ts';
import type { ElfFile } from '../../../src/elf/index.ts';
import { buildElf, ElfWriter } from '../../helpers/elf-builder.ts';
import { formatErrorOf } from '../../helpers/errors.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { describeWithTools } from '../../helpers/tools.ts';

const { SHT_LLVM_BB_ADDR_MAP } = SECTION_TYPES.values;
const SHT_LLVM_BB_ADDR_MAP_V0 = 0x6fff4c08;
const ET_EXEC = 2;

/** A linked file whose section 1 is such a map. */
function mapElf(data: Iterable<number>, type = SHT_LLVM_BB_ADDR_MAP, littleEndian = true): ElfFile {
  const section = { name: '.llvm_bb_addr_map', type, data: Uint8Array.from(data) };
  return openElf(buildElf({ type: ET_EXEC, littleEndian, sections: [section] }).bytes);
}

const address = (value: number): number[] => [...new ElfWriter().address(value).bytes];
const first = (elf: ElfFile): ElfBasicBlockMap => [...basicBlockMaps(elf, 1)][0] as ElfBasicBlockMap;
const blocksOf = ({ ranges }: ElfBasicBlockMap): number[][] =>
  ranges.flatMap(({ blocks }) => blocks.map(({ id, offset, size }) => [id, offset, size]));

describe('a basic block map', () => {
  it('of LLVM 13 has neither version nor features, and offsets from the function', () => {
    const elf = mapElf([...address(0x1000), 2, 0, 4, 8, 6, 2, 1], SHT_LLVM_BB_ADDR_MAP_V0);
    expect(first(elf)).toMatchObject({ version: 0, features: 0, ranges: [{ address: 0x1000n }] });
    expect(blocksOf(first(elf))).toEqual([
      [0, 0, 4],
      [1, 6, 2],
    ]);
  });

  it.each([
    [0, [], 6],
    [1, [], 10],
    [2, [7], 10],
    [4, [7], 10],
  ])('of version %i counts offsets its own way', (version, id, offset) => {
    const block = (metadata: number): number[] => [...id, 6, 4, metadata];
    const leading = [...id, 0, 4, 8];
    const elf = mapElf([version, 0, ...address(0x1000), 2, ...leading, ...block(1)]);
    expect(blocksOf(first(elf))[1]).toEqual([version < 2 ? 1 : 7, offset, 4]);
  });

  it('has everything that version 5 can say', () => {
    const hash = [1, 2, 3, 4, 5, 6, 7, 8];
    const range = (base: number): number[] => [...address(base), 1, 3, 0, 2, 5, 6, 2, 0x1f, ...hash];
    const profile = [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 9, 1, 4, 0x80, 1, 5];
    const elf = mapElf([5, 0xef, 0, 2, ...range(0x1000), ...range(0x2000), 77, ...profile, ...profile]);
    const map = first(elf);
    expect(map.ranges.map((each) => each.address)).toEqual([0x1000n, 0x2000n]);
    expect(map.ranges[1]?.blocks).toEqual([
      {
        id: 3,
        offset: 0,
        size: 13,
        hasReturn: true,
        hasTailCall: true,
        isEhPad: true,
        canFallThrough: true,
        hasIndirectBranch: true,
        callsiteEndOffsets: [5, 11],
        hash: 0x0807060504030201n,
      },
    ]);
    const expected = {
      frequency: (1n << 64n) - 1n,
      postLinkCount: 9,
      successors: [{ id: 4, probability: 128, postLinkCount: 5 }],
    };
    expect([map.entryCount, map.profiles]).toEqual([77n, [expected, expected]]);
  });

  it.each<[string, number[]]>([
    ['unsupported SHT_LLVM_BB_ADDR_MAP version: 6', [6, 0, 0]],
    ['invalid encoding for BBAddrMap::Features: 0x100', [5, 0, 1]],
    [
      'version should be >= 3 for SHT_LLVM_BB_ADDR_MAP when callsite offsets feature is enabled: version = 2 feature = 32',
      [2, 0x20],
    ],
    ['version should be >= 2 for SHT_LLVM_BB_ADDR_MAP when PGO feature is enabled: version = 1 feature = 1', [1, 1]],
    ['invalid zero number of BB ranges at offset 3 in SHT_LLVM_BB_ADDR_MAP section', [2, 8, 0]],
    ['invalid encoding for BBEntry::Metadata: 0x20', [2, 0, ...address(0), 1, 0, 0, 4, 0x20]],
    [
      'ULEB128 value at offset 0xc exceeds UINT32_MAX (0x100000000)',
      [2, 0, ...address(0), 1, 0, 0x80, 0x80, 0x80, 0x80, 0x10, 0, 0],
    ],
    ['4294967295 blocks do not fit the 0 bytes that are left', [2, 0, ...address(0), 0xff, 0xff, 0xff, 0xff, 0xf]],
  ])('is refused: %s', (reason, data) => {
    expect(formatErrorOf(() => [...basicBlockMaps(mapElf(data), 1)]).reason).toBe(reason);
  });

  it.each([
    ['ranges', [2, 8, 3, ...[1, 2, 3].flatMap((base) => [...address(base), 0])], 3],
    ['blocks', [2, 0, ...address(0), 2, 0, 0, 4, 0, 1, 0, 4, 0], 3],
    ['calls', [3, 0x20, ...address(0), 1, 0, 0, 3, 1, 1, 1, 4, 0], 5],
    ['edges', [2, 4, ...address(0), 1, 0, 0, 4, 0, 2, 1, 9, 1, 9], 4],
  ] as const)('has so many %s as the limits allow, each of its functions anew', (_, map, parts) => {
    const read = (basicBlocks: number) => {
      const { input } = mapElf([...map, ...map]);
      return [...basicBlockMaps(openElf(input, { limits: { basicBlocks } }), 1)].length;
    };
    expect(read(parts)).toBe(2);
    expect(formatErrorOf(() => read(parts - 1))).toMatchObject({
      code: 'limit-exceeded',
      reason: `ranges, blocks, calls and edges of a function are more than the limits allow (${parts - 1})`,
    });
  });

  it('may be cut at every length, and any byte of it may be another', () => {
    const range = (base: number): number[] => [...address(base), 1, 3, 0, 1, 5, 2, 0x1f, 1, 2, 3, 4, 5, 6, 7, 8];
    const data = [5, 0xef, 0, 2, ...range(1), ...range(2), 77, 8, 9, 1, 4, 0x80, 1, 5, 8, 9, 1, 4, 0x80, 1, 5];
    const variants = data.map((_, length) => data.slice(0, length));
    for (const value of [0, 1, 0x7f, 0xff]) data.forEach((_, i) => variants.push(data.with(i, value)));
    for (const variant of variants) {
      for (const littleEndian of [true, false]) {
        try {
          Array.from(basicBlockMaps(mapElf(variant, SHT_LLVM_BB_ADDR_MAP, littleEndian), 1));
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }
    }
  });
});

const SOURCE = `
int g(int);
int f(int a) { if (g(a)) return g(a + 1); for (int i = 0; i < a; i++) g(i); return 3; }
int h(int a) { switch (a) { case 1: return g(7); case 2: return g(9); case 3: return a; default: return g(0) + f(a); } }
__attribute__((section(".text.other"))) int k(int a) { return a ? f(a) : h(a); }
`;

interface ReadobjBlock {
  ID: number;
  Offset: number;
  Size: number;
  HasReturn: boolean;
  HasTailCall: boolean;
  IsEHPad: boolean;
  CanFallThrough: boolean;
  HasIndirectBranch: boolean;
  'Callsite End Offsets'?: number[];
}
interface ReadobjMap {
  At: number;
  'BB Ranges': { 'Base Address': number; 'BB Entries': ReadobjBlock[] }[];
}

function sectionsNamed(elf: ElfFile, name: string): number[] {
  return Array.from({ length: elf.sections.length }, (_, i) => i).filter((i) => elf.sections.name(i) === name);
}

describeWithTools(
  'what compilers say of their blocks',
  ['clang-22', 'clang-19', 'llvm-readobj-22', 'ld.lld-22'],
  ([clang, older, readobj, lld]) => {
    const folder = temporaryFolder();
    const source = join(folder, 'a.c');
    writeFileSync(source, SOURCE);
    const targets = ['x86_64-linux-gnu', 'aarch64-linux-gnu'].map((target) => `--target=${target}`);

    const compare = (path: string): number => {
      const output = execFileSync(readobj, ['--elf-output-style=JSON', '--bb-addr-map', path], { encoding: 'utf8' });
      // Each section has the same key.
      const [{ BBAddrMap: expected }] = JSON.parse(output.replaceAll('],"BBAddrMap":[', ',')) as [
        { BBAddrMap: { Function: ReadobjMap }[] },
      ];
      const elf = openElf(readFileSync(path));
      const found = sectionsNamed(elf, '.llvm_bb_addr_map').flatMap((index) => [...basicBlockMaps(elf, index)]);
      const facts = found.map(({ ranges }) =>
        ranges.map((range) => [
          Number(range.address),
          range.blocks.map((block) => [
            ...[block.id, block.offset, block.size, block.hasReturn, block.hasTailCall, block.isEhPad],
            ...[block.canFallThrough, block.hasIndirectBranch, ...block.callsiteEndOffsets],
          ]),
        ]),
      );
      const wanted = expected.map(({ Function: map }) =>
        map['BB Ranges'].map((range) => [
          range['Base Address'],
          range['BB Entries'].map((block) => [
            ...[block.ID, block.Offset, block.Size, block.HasReturn, block.HasTailCall, block.IsEHPad],
            ...[block.CanFallThrough, block.HasIndirectBranch, ...(block['Callsite End Offsets'] ?? [])],
          ]),
        ]),
      );
      expect(facts).toEqual(wanted);
      return found.length;
    };

    it.each(targets)('is what readobj prints of objects and of what is linked: %s', (target) => {
      const object = join(folder, 'a.o');
      execFileSync(clang, [
        target,
        '-O1',
        '-fbasic-block-address-map',
        '-ffunction-sections',
        '-c',
        source,
        '-o',
        object,
      ]);
      expect(compare(object)).toBe(3);
      const linked = join(folder, 'a.so');
      execFileSync(lld, ['-shared', object, '-o', linked]);
      expect(compare(linked)).toBe(3);
    });

    it('is what readobj prints of an older compiler', () => {
      const object = join(folder, 'older.o');
      const option = '-fbasic-block-address-map';
      execFileSync(older, [targets[0] as string, '-O1', option, '-c', source, '-o', object]);
      expect(compare(object)).toBe(3);
    });

    it('has profiles where the compiler was asked for them', () => {
      const object = join(folder, 'pgo.o');
      const options = ['-fbasic-block-address-map', '-mllvm', '-pgo-analysis-map=bb-freq,br-prob'];
      execFileSync(clang, [targets[0] as string, '-O1', ...options, '-c', source, '-o', object]);
      const elf = openElf(readFileSync(object));
      const maps = sectionsNamed(elf, '.llvm_bb_addr_map').flatMap((index) => [...basicBlockMaps(elf, index)]);
      const output = execFileSync(readobj, ['--bb-addr-map', object], { encoding: 'utf8' });
      const frequencies = Array.from(output.matchAll(/Frequency: (\d+)/g), ([, text]) => BigInt(text as string));
      const probabilities = Array.from(output.matchAll(/Probability: 0x([0-9A-F]+)/g), ([, text]) =>
        Number.parseInt(text as string, 16),
      );
      const profiles = maps.flatMap((map) => map.profiles);
      expect(profiles.map(({ frequency }) => frequency)).toEqual(frequencies);
      expect(profiles.flatMap(({ successors }) => successors.map(({ probability }) => probability))).toEqual(
        probabilities,
      );
      expect(frequencies.length).toBeGreaterThan(5);
      expect(probabilities.length).toBeGreaterThan(5);
    });

    it('and of their stacks is what readobj prints', () => {
      const object = join(folder, 'stack.o');
      execFileSync(clang, [targets[0] as string, '-O1', '-fstack-size-section', '-c', source, '-o', object]);
      const output = execFileSync(readobj, ['--elf-output-style=JSON', '--stack-sizes', object], { encoding: 'utf8' });
      const [{ StackSizes: expected }] = JSON.parse(output.replaceAll('],"StackSizes":[', ',')) as [
        { StackSizes: { Entry: { Size: number } }[] },
      ];
      const elf = openElf(readFileSync(object));
      const found = sectionsNamed(elf, '.stack_sizes').flatMap((index) => [...stackSizes(elf, index)]);
      expect(found.map(({ size }) => Number(size))).toEqual(expected.map(({ Entry: { Size } }) => Size));
      expect(found.length).toBe(3);
      expect(found.map((entry) => entry.address)).not.toContain(undefined);
    });
  },
);

describe('stack sizes', () => {
  it('may be cut at every length', () => {
    const data = [...address(0x1000), 0x80, 1, ...address(0x2000), 8];
    for (let length = 0; length < data.length; length += 1) {
      const elf = mapElf(data.slice(0, length), 1);
      if (length === 0 || length === 10) expect([...stackSizes(elf, 1)]).toHaveLength(length / 10);
      else expect(() => [...stackSizes(elf, 1)]).toThrow(FormatError);
    }
  });
});
