import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { readImplicitAddends } from '../../../src/elf/content/index.ts';
import { openElf, SECTION_TYPES } from '../../../src/elf/index.ts';
import type { ElfFile } from '../../../src/elf/index.ts';
import { buildElf, relocationData } from '../../helpers/elf-builder.ts';
import { formatErrorOf } from '../../helpers/errors.ts';
import { crelData } from '../../helpers/relocation-encoder.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { describeWithTools, run } from '../../helpers/tools.ts';

const { SHT_REL, SHT_CREL } = SECTION_TYPES.values;
const [EM_386, EM_ARM, EM_X86_64, EM_AARCH64] = [3, 40, 62, 183] as const;

interface Format {
  readonly machine: number;
  readonly bits?: 32 | 64;
  readonly littleEndian?: boolean;
}

/** An object whose section 1 is relocated by the SHT_REL section 2. */
function objectOf(
  bytes: readonly number[],
  entries: readonly (readonly [offset: bigint, type: number])[],
  format: Format,
) {
  const data = relocationData(
    entries.map(([offset, type]) => ({ offset, type })),
    format,
  );
  return openElf(
    buildElf({
      ...format,
      sections: [
        { name: '.text', type: 1, data: Uint8Array.from(bytes) },
        { name: '.rel.text', type: SHT_REL, info: 1, data },
      ],
    }).bytes,
  );
}

function addendsOf(elf: ElfFile, index: number): (bigint | undefined)[] {
  const table = elf.relocationTable(index);
  const addends = readImplicitAddends(elf, table);
  return Array.from({ length: table.length }, (_, i) => addends.addend(i));
}

const words = (...numbers: number[]) =>
  numbers.flatMap((word) => [0, 8, 16, 24].map((shift) => (word >>> shift) & 0xff));

describe('implicit addends', () => {
  it('are read out of the immediates of AArch64 instructions', () => {
    const cases: readonly (readonly [word: number, type: number, addend: bigint])[] = [
      [0x97fffc00, 283, -4096n], // bl #-4096
      [0x14000001, 282, 4n], // b #4
      [0x54ffe000, 280, -1024n], // b.eq #-1024
      [0x58000080, 273, 16n], // ldr x0, #16
      [0x360fff80, 279, -16n], // tbz w0, #1, #-16
      [0xd2900020, 263, -32767n], // movz x0, #0x8001
      [0x913ffc00, 277, -1n], // add x0, x0, #0xfff
      [0x70ffffc0, 274, -5n], // adr x0, #-5
      [0xb0000000, 275, 1n], // adrp x0, #0x1000
    ];
    for (const littleEndian of [true, false]) {
      const format = { machine: EM_AARCH64, littleEndian };
      const elf = objectOf(
        words(...cases.map(([word]) => word)),
        cases.map(([, type], i) => [BigInt(4 * i), type]),
        format,
      );
      expect(addendsOf(elf, 2)).toEqual(cases.map(([, , addend]) => addend));
    }
  });

  it('are read out of data of all widths, in the byte order of the file', () => {
    const bytes = [0xfe, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 1, 2, 3, 4, 5, 6, 7, 8];
    const x86 = objectOf(
      bytes,
      [
        [0n, 1],
        [0n, 2],
        [0n, 12],
        [0n, 14],
        [0n, 36],
        [0n, 7],
        [0n, 99],
      ],
      { machine: EM_X86_64 },
    );
    expect(addendsOf(x86, 2)).toEqual([0x7ffffffffffffffen, -2n, -2n, -2n, 0x0807060504030201n, 0n, undefined]);
    const big = objectOf(
      bytes,
      [
        [8n, 257],
        [8n, 258],
        [8n, 259],
      ],
      { machine: EM_AARCH64, littleEndian: false },
    );
    expect(addendsOf(big, 2)).toEqual([0x0102030405060708n, 0x01020304n, 0x0102n]);
    const i386 = objectOf(
      bytes,
      [
        [8n, 41],
        [8n, 42],
      ],
      { machine: EM_386, bits: 32 },
    );
    expect(addendsOf(i386, 2)).toEqual([0x08070605n, 0x04030201n]);
  });

  it('are read for CREL without addends as well', () => {
    const data = crelData([{ offset: 4n, symbol: 1, type: 2, addend: 0n }], { hasAddends: false });
    const sections = [
      { name: '.text', type: 1, data: Uint8Array.of(0, 0, 0, 0, 0xfc, 0xff, 0xff, 0xff) },
      { name: '.crel.text', type: SHT_CREL, info: 1, data },
    ];
    expect(addendsOf(openElf(buildElf({ machine: EM_X86_64, sections }).bytes), 2)).toEqual([-4n]);
  });

  it('are errors where the field leaves the section, and the others stay readable', () => {
    const entries = [
      [5n, 2],
      [2n ** 64n - 1n, 2],
      [2n ** 63n, 14],
      [4n, 2],
      [8n, 0],
    ] as const;
    const elf = objectOf([0, 0, 0, 0, 1, 0, 0, 0], entries, { machine: EM_X86_64 });
    const addends = readImplicitAddends(elf, elf.relocationTable(2));
    for (const index of [0, 1, 2]) expect(formatErrorOf(() => addends.addend(index)).code).toBe('out-of-bounds');
    expect([addends.addend(3), addends.addend(4)]).toEqual([1n, 0n]);
    expect(() => addends.addend(5)).toThrow(RangeError);
  });

  it('of linked files do not cost a look at every segment each', () => {
    const count = 400;
    const load = (i: number) => ({ type: 1, offset: 64, address: BigInt(0x1000 * i), fileSize: 4 });
    const entries = Array.from({ length: count }, (_, i) => ({ offset: BigInt(0x1000 * i), type: 2 }));
    const elf = openElf(
      buildElf({
        type: 3,
        machine: EM_X86_64,
        sections: [
          { name: '.data', type: 1, data: Uint8Array.of(7, 0, 0, 0) },
          { name: '.rel.dyn', type: SHT_REL, data: relocationData(entries) },
        ],
        segments: Array.from({ length: count }, (_, i) => load(i)),
      }).bytes,
    );
    const looks = vi.spyOn(elf.segments, 'type');
    expect(addendsOf(elf, 2)).toEqual(entries.map(() => 7n));
    expect(looks.mock.calls.length).toBeLessThan(10 * count);
  });

  it('are unknown for other machines', () => {
    expect(addendsOf(objectOf([0, 0, 0, 0], [[0n, 2]], { machine: 8, bits: 32 }), 2)).toEqual([undefined]);
  });

  it('of Thumb instructions have signs and biases of their own', () => {
    const halves = [0xe7fe, 0xd0fe, 0x48ff, 0x2081, 0xf2af, 0x0004, 0xf85f, 0x0008, 0xf240, 0x0001];
    const bytes = halves.flatMap((half) => [half & 0xff, half >>> 8]);
    // b #-4; beq #-4; ldr r0, [pc, #1020]; movs r0, #0x81; sub r0, pc, #4; ldr.w r0, [pc, #-8]; movw r0, #1
    const entries = [
      [0n, 102],
      [2n, 103],
      [4n, 11],
      [6n, 132],
      [8n, 53],
      [12n, 54],
      [16n, 47],
    ] as const;
    const elf = objectOf(bytes, entries, { machine: EM_ARM, bits: 32 });
    expect(addendsOf(elf, 2)).toEqual([-4n, -4n, -4n, 0x81n, -4n, -8n, 1n]);
  });
});

// Addresses with addends of either sign, calls, tail calls, thread-local data, and tables of debugging information.
const SOURCE = `
extern int ext[]; extern void fn(int); extern char far[];
static int local[100]; __thread int t[5]; extern __thread int u[];
int *p[] = {ext + 3, ext - 5, local + 7, (int *)(far - 1), (int *)(far + 0x7ffffff)};
int g(int i) { fn(ext[5] + ext[-3] + local[i]); fn(local[77]); return t[3] + u[2]; }
int h(int x) { return x ? g(1) : ext[100]; }
void tail(void) { fn(1); }
int *address(void) { return ext + 1000; }
__attribute__((section(".other"))) int other(int x) { if (x) fn(2); return local[x]; }
`;

// What the program counter is ahead of an ARM branch. The instruction holds it; clang leaves it out of CREL's addends.
const BRANCH_BIAS: ReadonlyMap<number, bigint> = new Map([
  [28, -8n], // R_ARM_CALL
  [29, -8n], // R_ARM_JUMP24
]);

describeWithTools('implicit addends and those that clang writes out in CREL', ['clang-22'], ([clang]) => {
  const folder = temporaryFolder({ 'source.c': SOURCE });

  it.each(
    ['i386-linux-gnu', 'armv7-linux-gnueabi', 'armebv7-linux-gnueabi'].flatMap((triple) =>
      ['-fPIC', '-fno-pic'].map((model) => ({ triple, model })),
    ),
  )('are the same for $triple $model', ({ triple, model }) => {
    const compile = (output: string, ...options: string[]) => {
      const args = [`--target=${triple}`, '-O1', '-g', model, '-c', 'source.c', '-o', output, ...options];
      const { status, stderr } = run(clang, args, { cwd: folder });
      if (status !== 0) throw new Error(stderr);
      return openElf(readFileSync(join(folder, output)));
    };
    const rel = compile('rel.o');
    const crel = compile('crel.o', '-Wa,--crel,--allow-experimental-crel');
    const tablesOf = (elf: ElfFile, type: number) =>
      Array.from({ length: elf.sections.length }, (_, i) => i).filter((i) => elf.sections.type(i) === type);
    const [implicit, written] = [tablesOf(rel, SHT_REL), tablesOf(crel, SHT_CREL)];
    expect(implicit.length).toBeGreaterThan(5);
    expect(written.length).toBe(implicit.length);
    implicit.forEach((index, position) => {
      const table = crel.relocationTable(written[position] as number);
      expect(table.hasAddends).toBe(true);
      const wanted = Array.from({ length: table.length }, (_, i) => {
        const bias = rel.header.machine === EM_ARM ? (BRANCH_BIAS.get(table.type(i)) ?? 0n) : 0n;
        return (table.addend(i) ?? 0n) + bias;
      });
      expect(addendsOf(rel, index)).toEqual(wanted);
    });
  });
});
