import { describe, expect, it } from 'vitest';
import { openBitcode } from '../../src/bitcode/index.ts';
import type { BitcodeAnomaly } from '../../src/bitcode/index.ts';
import type { ByteSource } from '../../src/bytes/index.ts';
import { bitcode, bitcodeFile, identificationBlock, moduleBlock, symbolTable } from '../helpers/bit-writer.ts';

const SYMBOLS = { symbols: [{ name: 'f', flags: 0x2400 }] };
const FILE = bitcodeFile({ symbols: SYMBOLS });

function append(file: Uint8Array, count: number, byte = 0): Uint8Array {
  const longer = new Uint8Array(file.length + count).fill(byte);
  longer.set(file);
  return longer;
}

function anomaliesOf(file: Uint8Array, ask: (file: ReturnType<typeof openBitcode>) => unknown): BitcodeAnomaly[] {
  const anomalies: BitcodeAnomaly[] = [];
  ask(openBitcode(file, { onAnomaly: (anomaly) => anomalies.push(anomaly) }));
  return anomalies;
}

describe('the identification', () => {
  it('tells producer and epoch', () => {
    const file = openBitcode(FILE);
    expect([file.producer, file.epoch]).toEqual(['LLVM16.0.6', 0]);
  });

  it('may be in any encoding, and of any vendor', () => {
    const bytes = bitcode((w) => {
      w.block(13, 4, () => w.text(1, 'APPLE_1_1000.10.44.2_0').record(2, [0]));
      moduleBlock(w, {});
    });
    expect(openBitcode(bytes).producer).toBe('APPLE_1_1000.10.44.2_0');
  });

  it('is absent in files up to LLVM 3.7', () => {
    const file = openBitcode(bitcodeFile({ producer: undefined, modules: [{ version: 1, triple: 't' }] }));
    expect([file.producer, file.epoch, file.modules[0]?.identification]).toEqual([undefined, undefined, undefined]);
  });

  it('of a later generation is reported, and read all the same', () => {
    const bytes = bitcode((w) => {
      w.block(13, 4, () => w.text(1, 'LLVM99').record(2, [1]).record(3, [5]));
      moduleBlock(w, { triple: 't' });
    });
    const anomalies = anomaliesOf(bytes, (file) => {
      expect([file.producer, file.epoch, file.modules[0]?.triple]).toEqual(['LLVM99', 1, 't']);
    });
    expect(anomalies.map(({ code }) => code).sort()).toEqual(['epoch', 'unknown-record']);
  });

  it('without operand in its EPOCH is bad', () => {
    const bytes = bitcode((w) => {
      w.block(13, 4, () => w.record(2, []));
      moduleBlock(w, {});
    });
    expect(() => openBitcode(bytes).epoch).toThrow(expect.objectContaining({ code: 'bad-value' }) as Error);
  });

  it('must be followed by a module', () => {
    for (const next of [undefined, 13, 23] as const) {
      const bytes = bitcode((w) => {
        identificationBlock(w, 'a');
        if (next !== undefined) w.blobBlock(next, new Uint8Array(4));
        moduleBlock(w, {});
        if (next === undefined) identificationBlock(w, 'b');
      });
      expect(() => openBitcode(bytes)).toThrow(/IDENTIFICATION/);
    }
  });
});

describe('the blocks at the top', () => {
  it('may be of kinds that are not known', () => {
    const bytes = bitcode((w) => {
      w.block(99, 5, () => undefined);
      moduleBlock(w, { triple: 't' });
      w.block(4000, 32, () => undefined);
    });
    expect(openBitcode(bytes).modules[0]?.triple).toBe('t');
  });

  it.each([4, 8])('may be followed by %d bytes of anything', (count) => {
    expect(anomaliesOf(append(FILE, count, 0xff), () => undefined)).toMatchObject([
      { code: 'trailing-bytes', location: { offset: FILE.length } },
    ]);
  });

  it('may not be followed by more', () => {
    for (const byte of [0, 0xff]) expect(() => openBitcode(append(FILE, 12, byte))).toThrow(/top-level/);
    expect(() => openBitcode(append(FILE, 16, 0x21))).toThrow(expect.objectContaining({ code: 'truncated' }) as Error);
  });

  it('may not be followed by another file', () => {
    const twice = append(FILE, FILE.length);
    twice.set(FILE, FILE.length);
    expect(() => openBitcode(twice)).toThrow(/top-level/);
  });

  it.each([1, 2, 3])('of a file with %d bytes too many are refused, as by LLVM', (count) => {
    expect(() => openBitcode(append(FILE, count))).toThrow(/Invalid bitcode signature/);
  });

  it('must hold a module', () => {
    expect(() => openBitcode(bitcode(() => undefined))).toThrow(/does not contain any modules/);
  });

  it('cannot be endlessly many', () => {
    const bytes = new Uint8Array(4 + 8 * 70_000);
    bytes.set([0x42, 0x43, 0xc0, 0xde]);
    // ENTER_SUBBLOCK of block 8, ids of 2 bits, no content.
    for (let at = 4; at < bytes.length; at += 8) bytes.set([0x21, 0x08], at);
    expect(() => openBitcode(bytes)).toThrow(expect.objectContaining({ code: 'limit-exceeded' }) as Error);
  });
});

describe('several modules', () => {
  it('have an identification each, and one symbol table', () => {
    const file = openBitcode(
      bitcodeFile({
        modules: [
          { version: 2, triple: 'a-b-c', summary: 'thin' },
          { version: 2, triple: 'd-e-f', summary: 'full' },
        ],
        symbols: {
          symbols: [
            { name: 'f', flags: 0x2400 },
            { name: 'g', flags: 0x2400 },
          ],
          modules: [
            [0, 1],
            [1, 2],
          ],
        },
      }),
    );
    expect(file.modules.map(({ triple, summaryKind }) => [triple, summaryKind])).toEqual([
      ['a-b-c', 'thin'],
      ['d-e-f', 'full'],
    ]);
    expect(file.modules.map((module) => module.identification?.producer)).toEqual(['LLVM16.0.6', 'LLVM16.0.6']);
    expect(file.modules[1]?.baseBitOffset).toBeGreaterThan(file.modules[0]?.bitOffset ?? Infinity);
    expect(file.symbolTable()?.modules).toEqual([
      { begin: 0, end: 1 },
      { begin: 1, end: 2 },
    ]);
  });

  it('may be damaged one by one', () => {
    const bytes = bitcode((w) => {
      w.block(8, 3, () => w.id(7));
      moduleBlock(w, { triple: 'good' });
    });
    const file = openBitcode(bytes);
    expect(() => file.modules[0]?.triple).toThrow(/Invalid abbrev number/);
    expect(file.modules[1]?.triple).toBe('good');
  });
});

describe('the symbol table of a file', () => {
  const { blob, strings } = symbolTable(SYMBOLS);

  it('is absent without SYMTAB block', () => {
    expect(anomaliesOf(bitcodeFile(), (file) => expect(file.symbolTable()).toBeUndefined())).toEqual([]);
  });

  it('is the first one, and its strings are the first behind it', () => {
    const bytes = bitcode((w) => {
      moduleBlock(w, {});
      w.blobBlock(23, new Uint8Array(4)).blobBlock(25, blob).blobBlock(23, strings);
      w.blobBlock(25, new Uint8Array(4)).blobBlock(23, new Uint8Array(4));
    });
    expect(openBitcode(bytes).symbolTable()?.name(0)).toBe('f');
  });

  it('is left aside without strings behind it', () => {
    const bytes = bitcode((w) => {
      moduleBlock(w, {});
      w.blobBlock(23, strings).blobBlock(25, blob);
    });
    const anomalies = anomaliesOf(bytes, (file) => expect(file.symbolTable()).toBeUndefined());
    expect(anomalies).toMatchObject([{ code: 'unused-symbol-table' }]);
  });

  it('is bad without blob', () => {
    const bytes = bitcode((w) => {
      moduleBlock(w, { triple: 't' });
      w.block(25, 3, () => w.record(1, [5])).blobBlock(23, strings);
    });
    const file = openBitcode(bytes);
    expect(() => file.symbolTable()).toThrow(/SYMTAB block has no blob/);
    expect(file.modules[0]?.triple).toBe('t');
  });
});

describe('reads', () => {
  function counted(bytes: Uint8Array) {
    const reads: [offset: number, length: number][] = [];
    const source: ByteSource = {
      size: bytes.length,
      read(offset, length) {
        reads.push([offset, length]);
        return bytes.subarray(offset, offset + length);
      },
    };
    return { source, reads };
  }

  function ask(source: ByteSource) {
    const file = openBitcode(source);
    const [module] = file.modules;
    return [file.producer, module?.triple, module?.summaryKind, module?.summary(), file.symbolTable()?.name(0)];
  }

  it('a small file in one read', () => {
    const { source, reads } = counted(FILE);
    ask(source);
    expect(reads).toEqual([[0, FILE.length]]);
  });

  it('of a large one the headers, and then the blocks that are asked for', () => {
    const module = {
      triple: 'large',
      items: (w: { blobBlock: (id: number, blob: Uint8Array) => unknown }) => w.blobBlock(12, new Uint8Array(300_000)),
      summary: 'thin' as const,
    };
    const bytes = bitcodeFile({ modules: [module], symbols: SYMBOLS });
    const { source, reads } = counted(bytes);
    const file = openBitcode(source);
    expect(reads.length).toBe(2);
    expect(Math.max(...reads.map(([, length]) => length))).toBeLessThanOrEqual(4096);
    reads.length = 0;
    expect(file.modules[0]?.triple).toBe('large');
    expect(file.modules[0]?.summaryKind).toBe('thin');
    expect(reads.length).toBe(1);
    expect(ask(source)).toEqual(ask(counted(bytes).source));
  });

  it('no block above the limit', () => {
    const file = openBitcode(FILE, { limits: { blockBytes: 40 } });
    expect(file.producer).toBe('LLVM16.0.6');
    expect(() => file.modules[0]?.triple).toThrow(expect.objectContaining({ code: 'limit-exceeded' }) as Error);
  });
});
