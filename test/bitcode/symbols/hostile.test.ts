// Files that are made so that a symbol costs much more than its record.

import { describe, expect, it } from 'vitest';
import { compareSymbolTables, computeSymbolTable, openBitcode } from '../../../src/bitcode/index.ts';
import type { ComputedSymbolTable } from '../../../src/bitcode/index.ts';
import { listSymbols } from '../../../src/link/index.ts';
import { bitcode, moduleBlock, symbolTable } from '../../helpers/bit-writer.ts';
import type { BitWriter, ModuleSpec } from '../../helpers/bit-writer.ts';
import { bounded } from '../../helpers/bounded.ts';
import { formatErrorOf } from '../../helpers/errors.ts';

const FUNCTION = 8;
const VARIABLE = 7;
const COMDAT = 12;
const COMMON_LINKAGE = 8;
const STDCALL = 64;
const MANY = 20_000;

/** Places of names, as records of version 2 begin; each is one letter of the string table. */
const NAMES = 'abcdefghijklmnopqrstuvwxyz';
const nameAt = (i: number) => [i % NAMES.length, 1] as const;

function fileOf(module: ModuleSpec, strings = NAMES): Uint8Array {
  return bitcode((w) => {
    moduleBlock(w, { version: 2, triple: 'i686-pc-windows-msvc', ...module });
    w.blobBlock(23, new TextEncoder().encode(strings));
  });
}

function computedOf(module: ModuleSpec): ComputedSymbolTable {
  const computed = bounded(() => computeSymbolTable(openBitcode(fileOf(module))));
  if (computed === undefined) throw new Error('a thin-link file');
  return computed;
}

function repeat(count: number, step: (i: number) => void): void {
  for (let i = 0; i < count; i += 1) step(i);
}

describe('symbols of modules', () => {
  it('measure a large type of many common variables once', () => {
    const computed = computedOf({
      dataLayout: 'e-m:w-p:32:32-i32:32',
      items: (w) => {
        // 0 i32, 1 a struct of many.
        w.block(17, 4, () => w.record(7, [32]).record(18, [0, ...new Array<number>(MANY).fill(0)]));
        repeat(MANY, (i) => w.record(VARIABLE, [...nameAt(i), 1, 2, 1, COMMON_LINKAGE, 0, 0]));
      },
    });
    expect(computed.length).toBe(MANY);
    expect(computed.uncommon(MANY - 1)).toMatchObject({ commonSize: 4 * MANY });
  });

  it('measure types inside types, however deep, and none inside itself', () => {
    const computed = computedOf({
      items: (w) => {
        w.block(17, 4, () => {
          w.record(7, [32]).record(18, [0, 2]).record(18, [0, 1]);
          for (let i = 0; i < MANY; i += 1) w.record(18, [0, i === 0 ? 0 : i + 2]);
        });
        for (const type of [1, MANY + 2]) w.record(VARIABLE, [...nameAt(0), type, 2, 1, COMMON_LINKAGE, 0, 0]);
      },
    });
    expect(computed.uncommon(0)).toMatchObject({ commonSize: 0 });
    expect(computed.uncommon(1)).toMatchObject({ commonSize: 4 });
  });

  it('have no size above what numbers hold', () => {
    const computed = computedOf({
      items: (w) => {
        w.block(17, 4, () => w.record(7, [32]).record(11, [2n ** 63n, 0]));
        w.record(VARIABLE, [...nameAt(0), 1, 2, 1, COMMON_LINKAGE, 0, 0]);
      },
    });
    expect(computed.uncommon(0)).toMatchObject({ commonSize: 0 });
  });

  it('add the bytes of many parameters up once', () => {
    const computed = computedOf({
      dataLayout: 'e-m:x-p:32:32-i32:32',
      items: (w) => {
        w.block(17, 4, () =>
          w
            .record(2, [])
            .record(7, [32])
            .record(21, [0, 0, ...new Array<number>(MANY).fill(1)]),
        );
        // One group for a copied parameter, in one list as often as there are functions.
        w.block(10, 4, () => w.record(3, [1, 1, 6, 3, 1]));
        w.block(9, 4, () => w.record(2, new Array<number>(MANY).fill(1)));
        repeat(MANY, (i) => w.record(FUNCTION, [...nameAt(i), 2, STDCALL, 1, 0, 1]));
      },
    });
    expect(computed.name(0)).toBe(`_a@${4 * MANY}`);
    expect(computed.name(MANY - 1)).toMatch(/^_[a-z]@80000$/);
  });

  it('look names for versions up in one list', () => {
    const versions = Array.from({ length: MANY }, (_, i) => `.symver x${i}, x${i}@V\n`).join('');
    const computed = computedOf({
      triple: 'x86_64-linux-gnu',
      items: (w) => {
        w.text(4, versions);
        repeat(MANY, (i) => w.record(VARIABLE, [...nameAt(i), 0, 2, 0, 0, 0, 0]));
      },
    });
    expect(computed.length).toBe(2 * MANY);
  });

  it('read one list of used symbols, whatever else has its name', () => {
    const names = 'llvm.used';
    const file = openBitcode(
      fileOf(
        {
          items: (w) => {
            w.block(17, 4, () => w.record(7, [32]));
            repeat(MANY, () => w.record(VARIABLE, [0, names.length, 0, 2, MANY + 1, 0, 0, 0]));
            w.block(11, 4, () => w.record(7, new Array<number>(MANY).fill(1)));
          },
        },
        names,
      ),
    );
    expect(bounded(() => computeSymbolTable(file))?.length).toBe(MANY);
  });

  it.each([
    ['m:constructor', 'a'],
    ['m:__proto__', 'a'],
    ['m:o', '_a'],
  ])('have the prefix of the data layout, and none for a letter that is not known: %s', (dataLayout, name) => {
    const items = (w: BitWriter) => w.record(VARIABLE, [0, 1, 0, 2, 0, 0, 0, 0]);
    expect(computedOf({ dataLayout, items }).name(0)).toBe(name);
  });

  it.each([
    ['values', (w: BitWriter, size: number) => w.record(VARIABLE, [0, size, 0, 2, 0, 0, 0, 0])],
    ['COMDATs', (w: BitWriter, size: number) => w.record(COMDAT, [0, size, 1])],
  ])('are refused if the names of %s are the same bytes again and again', (_, add) => {
    const strings = 'x'.repeat(100_000);
    const bytes = fileOf({ items: (w) => repeat(MANY, () => add(w, strings.length)) }, strings);
    expect(bounded(() => formatErrorOf(() => computeSymbolTable(openBitcode(bytes))).code)).toBe('limit-exceeded');
  });
});

describe('symbols of a table', () => {
  it('are neither listed nor compared if their names are the same bytes again and again', () => {
    const name = 'x'.repeat(100_000);
    const { blob, strings } = symbolTable({
      symbols: Array.from({ length: MANY }, () => ({ name: '', flags: 0x400 })),
    });
    const names = strings.length;
    const data = new DataView(blob.buffer, blob.byteOffset, blob.byteLength);
    const symbols = data.getUint32(28, true);
    repeat(MANY, (i) => {
      data.setUint32(symbols + 24 * i, names, true);
      data.setUint32(symbols + 24 * i + 4, name.length, true);
    });
    const all = new Uint8Array(names + name.length).fill(0x78, names);
    all.set(strings);
    const bytes = bitcode((w) => {
      moduleBlock(w, { version: 2 });
      w.blobBlock(25, blob).blobBlock(23, all);
    });
    const file = openBitcode(bytes);
    expect(file.symbolTable()?.name(MANY - 1)).toBe(name);
    expect(bounded(() => formatErrorOf(() => [...compareSymbolTables(file)]).code)).toBe('limit-exceeded');
    expect(bounded(() => formatErrorOf(() => Array.from(listSymbols(bytes), () => 1)).code)).toBe('limit-exceeded');
  });
});
