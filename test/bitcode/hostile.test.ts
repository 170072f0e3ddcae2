// Whatever the bytes are, only FormatError comes out, in bounded time, and the same bytes give the same answers wherever
// they lie.

import { describe, expect, it } from 'vitest';
import {
  dumpItems,
  hasFormatSpecificFlag,
  IRSYMTAB_FLAGS,
  openBitcode,
  readAttributes,
  readGlobals,
  readStatistics,
  readTypes,
} from '../../src/bitcode/index.ts';
import type { BitcodeFile } from '../../src/bitcode/index.ts';
import { ByteRange, FormatError, memorySource } from '../../src/bytes/index.ts';
import type { ByteInput } from '../../src/bytes/index.ts';
import type { BitWriter } from '../helpers/bit-writer.ts';
import { bitcode, bitcodeFile, moduleBlock, wrap } from '../helpers/bit-writer.ts';
import { bounded } from '../helpers/bounded.ts';

const F = IRSYMTAB_FLAGS;

/** A file with everything that is read. */
const SAMPLE = bitcodeFile({
  modules: [
    {
      version: 2,
      triple: 'arm64-apple-macosx11.0.0',
      dataLayout: 'e-m:o-i64:64',
      sourceFileName: 'a.c',
      items: (w) => {
        w.block(0, 2, () => w.record(1, [20]).define([10, { fixed: 4 }]));
        w.define([7, { vbr: 8 }, { vbr: 8 }, { fixed: 3 }, { vbr: 6 }, 'array', { fixed: 5 }]);
        w.id(5).vbr(0, 8).vbr(1, 8).fixed(1, 3).vbr(3, 6).vbr(2, 6).fixed(0, 5).fixed(3, 5);
        w.record(8, [1, 1, 0, 0, 0, 0, 1]).text(4, '.globl x');
        w.block(17, 4, () => w.record(1, [3]).record(7, [32]).text(19, 's').record(20, [0, 0]).record(21, [0, 0, 1]));
        w.block(10, 3, () => w.record(3, [1, 0xffffffff, 0, 18, 4, 0x61, 0, 0x62, 0]).record(3, [2, 0, 1, 1, 8]));
        w.block(9, 3, () => w.record(2, [1, 2]));
        w.text(5, '__TEXT,x').record(12, [0, 1, 1]).record(14, [0, 1, 0, 0, 0, 0]);
      },
      summary: 'thin',
    },
    { version: 2, triple: 'arm64-apple-macosx11.0.0', summary: 'full' },
  ],
  symbols: {
    triple: 'arm64-apple-macosx11.0.0',
    symbols: [
      { name: '_f', flags: F.FB_global | F.FB_executable, comdat: 0 },
      { name: '_v', flags: F.FB_global | F.FB_has_uncommon, uncommon: { sectionName: 'x' } },
      { name: '_g', flags: F.FB_undefined | F.FB_global },
    ],
    comdats: [{ name: '_f', kind: 0 }],
    modules: [
      [0, 2],
      [2, 3],
    ],
    libraries: ['m'],
  },
});

/** Asks for everything, each thing for itself. What is answered goes into the transcript, and so do errors. */
function walk(input: ByteInput, base = 0): string[] {
  const transcript: string[] = [];
  const ask = <T>(what: string, question: () => T): T | undefined => {
    try {
      const answer = question();
      transcript.push(`${what}: ${typeof answer === 'object' ? JSON.stringify(answer) : String(answer)}`);
      return answer;
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      transcript.push(`${what}: ${error.code} at ${error.location.offset - base}: ${error.reason}`);
      return undefined;
    }
  };
  let file: BitcodeFile | undefined;
  const onAnomaly = ({ code, reason }: { code: string; reason: string }) => transcript.push(`${code}: ${reason}`);
  ask('open', () => (file = openBitcode(input, { onAnomaly })).wrapper);
  if (file === undefined) return transcript;
  const opened: BitcodeFile = file;
  ask('producer', () => [opened.producer, opened.epoch]);
  for (const module of opened.modules) {
    ask('module', () => [module.version, module.triple, module.dataLayout, module.sourceFileName, module.summaryKind]);
    ask('summary', () => module.summary());
    ask('assembly', () => [module.assembly, module.hash]);
    ask('globals', () => {
      const { values } = readGlobals(module);
      for (const value of values) {
        ask('name', () => value.name);
        ask('COMDAT', () => value.comdat?.name);
        ask('section', () => value.section);
        ask('partition', () => value.partition);
        ask('global', () => [value.linkage, value.visibility, value.isDsoLocal, value.alignment, value.typeId]);
      }
      return values.length;
    });
    ask('types', () => {
      const types = readTypes(module);
      return Array.from({ length: types.length }, (_, id) => types.describe(id));
    });
    ask('attributes', () => {
      const attributes = readAttributes(module);
      return Array.from({ length: attributes.length }, (_, i) => attributes.list(i + 1).length);
    });
  }
  ask('statistics', () => readStatistics(opened.walk()));
  ask('dump', () => {
    let count = 0;
    for (const item of dumpItems(opened.walk())) if (item.item === 'record') count += item.operands.length;
    return count;
  });
  ask('symbols', () => {
    const table = opened.symbolTable();
    if (table === undefined) return 'none';
    ask('table', () => [table.producer, table.triple, table.sourceFileName, table.coffLinkerOptions]);
    ask('libraries', () => [...table.dependentLibraries()]);
    for (let i = 0; i < table.length; i += 1) {
      ask(`symbol ${i}`, () => [
        table.name(i),
        table.flags(i),
        hasFormatSpecificFlag(table.flags(i)),
        table.comdatIndex(i),
      ]);
      ask(`letter ${i}`, () => table.letter(i));
      ask(`IR name ${i}`, () => table.irName(i));
      ask(`uncommon ${i}`, () => table.uncommon(i));
    }
    for (let i = 0; i < table.comdatCount; i += 1) ask(`COMDAT ${i}`, () => [table.comdatName(i), table.comdatKind(i)]);
    return table.modules;
  });
  return transcript;
}

describe.each([
  ['a raw file', SAMPLE],
  ['a wrapped file', wrap(SAMPLE)],
])('%s', (_, file) => {
  it('is read without an error', () => {
    expect(walk(file).filter((line) => /error|truncated|bad-|out-of|limit/.test(line))).toEqual([]);
  });

  it('cut at every length gives an answer or a FormatError', () => {
    for (let length = 0; length < file.length; length += 1) walk(file.subarray(0, length));
  });

  it('with any bit of its first kilobyte and its last one turned gives an answer or a FormatError', () => {
    const copy = file.slice();
    for (let i = 0; i < file.length; i += 1) {
      if (i === 1024) i = Math.max(i, file.length - 1024);
      for (let bit = 0; bit < 8; bit += 1) {
        copy[i] = (file[i] as number) ^ (1 << bit);
        walk(copy);
      }
      copy[i] = file[i] as number;
    }
  });

  it('with any word set to 0, 1 and all ones gives an answer or a FormatError', () => {
    for (let at = 0; at < file.length; at += 4) {
      for (const value of [0, 1, 0x7fffffff, 0xffffffff]) {
        const copy = file.slice();
        new DataView(copy.buffer).setUint32(at, value, true);
        walk(copy);
      }
    }
  });

  it('gives the same answers from an odd offset, in a larger buffer and as a part of a file', () => {
    const expected = walk(file);
    const padded = new Uint8Array(file.length + 9);
    padded.fill(0xa5);
    padded.set(file, 5);
    expect(walk(padded.subarray(5, 5 + file.length))).toEqual(expected);
    const part = ByteRange.ofSource(memorySource(padded), ['archive']).part(5, file.length, 'member', 'member');
    expect(walk(part, 5)).toEqual(expected);
  });
});

describe('a module made to cost much', () => {
  const walkModule = (items: (w: BitWriter) => void) => {
    const bytes = bitcode((w) => {
      moduleBlock(w, { items });
    });
    bounded(() => walk(bytes));
  };

  it('by records of a few bits with thousands of literals', () => {
    walkModule((w) => {
      w.define([3, ...new Array<number>(10_000).fill(0x61)]);
      for (let i = 0; i < 100_000; i += 1) w.id(4);
    });
  });

  it('by arrays of elements of one bit', () => {
    walkModule((w) => {
      w.define([2, 'array', { fixed: 1 }]);
      for (let i = 0; i < 20; i += 1) {
        w.id(4).vbr(50_000, 6);
        for (let k = 0; k < 50_000; k += 32) w.fixed(0, Math.min(32, 50_000 - k));
      }
    });
  });

  it('by chunks of one bit that never end', () => {
    walkModule((w) => {
      w.define([2, { vbr: 1 }]);
      w.id(4);
      for (let i = 0; i < 20_000; i += 1) w.fixed(0xffffffff, 32);
    });
  });

  it('by arrays whose elements are not there', () => {
    walkModule((w) => {
      w.define([7, 'array', { fixed: 1 }]);
      for (let i = 0; i < 10_000; i += 1) w.id(4).vbr(2 ** 31 - 1, 6);
    });
  });

  it('by lists of attributes that name one group thousands of times', () => {
    walkModule((w) => {
      w.block(10, 3, () => w.record(3, [1, 0, ...new Array<number>(10_000).fill(0)]));
      w.block(9, 3, () => {
        for (let i = 0; i < 100; i += 1) w.record(2, new Array<number>(200).fill(1));
      });
    });
  });

  it('by types of types of types', () => {
    walkModule((w) => {
      w.block(17, 4, () => {
        w.record(7, [8]);
        for (let i = 0; i < 400; i += 1) w.record(18, [0, ...new Array<number>(30).fill(i)]);
      });
    });
  });

  it('by many abbreviations', () => {
    walkModule((w) => {
      for (let i = 0; i < 70_000; i += 1) w.define([1]);
    });
  });

  it('by blocks in blocks without end', () => {
    walkModule((w) => {
      const nest = (depth: number) => {
        if (depth > 0) w.block(20, 4, () => nest(depth - 1));
      };
      nest(2000);
    });
  });

  it('by constants of Darwin in records with thousands of literals', () => {
    const module = {
      version: 2,
      items: (w: BitWriter) => {
        w.define([7, ...new Array<number>(10_000).fill(1)]);
        for (let i = 0; i < 100_000; i += 1) w.id(4);
      },
    };
    const bytes = bitcodeFile({
      modules: [module],
      symbols: { triple: 'arm64-apple-ios', symbols: [{ name: 'x', flags: 0 }] },
    });
    bounded(() => walk(bytes));
  });
});
