// Whatever the bytes are, only FormatError comes out of bodies, in bounded time, and the same bytes give the same answers.

import { describe, expect, it } from 'vitest';
import {
  openBitcode,
  readBlockAddresses,
  readFunctionBodies,
  readFunctionHeads,
  readGlobals,
} from '../../../src/bitcode/index.ts';
import { FormatError } from '../../../src/bytes/index.ts';
import type { BitWriter } from '../../helpers/bit-writer.ts';
import type { ModuleOfTest } from './sample.ts';
import {
  BLOCK,
  declaration,
  definition,
  EXPLICIT_CALL,
  EXPLICIT_INVOKE,
  INSTRUCTION as I,
  moduleBytes,
  opaqueTypes,
} from './sample.ts';

/** A module with one of each thing that is read. */
const SAMPLE: ModuleOfTest = {
  types: opaqueTypes,
  globals: [[7, 2, 2, 6, 0, 0, 0], definition(4), definition(3), declaration(5)],
  constants: (w) => w.record(1, [2]).record(11, [11, 2, 3]).record(7, [4, 6]).record(21, [4, 1, 1]),
  bodies: [
    (w) => {
      w.record(I.declareBlocks, [2]);
      w.block(BLOCK.constants, 4, () => {
        w.record(1, [2]).record(21, [3, 2, 1]).record(30, [3, 1, 2, 0x6e, 0x6f, 1, 0x72]).record(11, [11, 2, 4]);
      });
      // The argument is value 7, these constants are 8 to 10.
      w.record(I.call, [0, EXPLICIT_CALL, 3, 11 - 9]).record(I.call, [0, EXPLICIT_CALL, 5, 11 - 3, 1]);
      w.record(I.callbr, [0, EXPLICIT_CALL, 0, 1, 1, 3, 12 - 9]).record(I.call, [0, 0, 12 - 2]);
      w.record(I.invoke, [0, EXPLICIT_INVOKE, 0, 1, 5, 12 - 10]).record(I.ret, [1]);
      w.block(BLOCK.valueSymtab, 4, () => w.record(2, [0, 0x65]).record(2, [1, 0x66]));
    },
    (w) => w.record(I.declareBlocks, [3]).record(I.ret, []).record(I.blockAddressUsers, [1]),
  ],
};

/** Asks for everything, each thing for itself; answers and errors are the transcript. */
function walk(bytes: Uint8Array): string[] {
  const transcript: string[] = [];
  const ask = (question: () => unknown) => {
    try {
      transcript.push(JSON.stringify(question() ?? null));
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      transcript.push(`${error.code}: ${error.reason}`);
    }
  };
  ask(() => {
    let bodyCount = 0;
    for (const module of openBitcode(bytes).modules) {
      const globals = readGlobals(module);
      ask(() => readFunctionHeads(module, globals).map((head) => [head.basicBlockCount, head.blockAddresses]));
      ask(() => readBlockAddresses(module, globals).map(({ user, isListed }) => [user?.valueId, isListed]));
      for (const body of readFunctionBodies(module, globals)) {
        bodyCount += 1;
        ask(() => [body.basicBlockCount, body.instructionCount, body.incompleteReason, body.unknownRecordCount]);
        ask(() => body.summaryInstructionCount);
        ask(() => body.blockAddressUsers);
        ask(() => [...body.basicBlockNames]);
        ask(() => [...body.inlineAssembly()].map(({ text }) => text));
        ask(() => [...body.callees()].map(({ valueId }) => valueId));
        ask(() => Array.from({ length: body.calls.length }, (_, i) => [body.calls.code(i), body.calls.calleeId(i)]));
        ask(() => Array.from({ length: body.calls.length }, (_, i) => body.calls.inlineAssembly(i)?.constraints));
      }
    }
    return bodyCount;
  });
  return transcript;
}

describe('function bodies', () => {
  const file = moduleBytes(SAMPLE);
  const expected = walk(file);

  it('are read without an error', () => {
    expect(expected.filter((line) => /^[a-z]/.test(line))).toEqual([]);
    expect(expected).toContain('[2,6,null,0]');
  });

  it('cut at every length give answers or a FormatError', () => {
    for (let length = 0; length < file.length; length += 1) walk(file.subarray(0, length));
  });

  it('with every third bit turned give answers or a FormatError', () => {
    const copy = file.slice();
    for (let bit = 0; bit < file.length * 8; bit += 3) {
      const i = bit >>> 3;
      copy[i] = (file[i] as number) ^ (1 << (bit & 7));
      walk(copy);
      copy[i] = file[i] as number;
    }
  });

  it('with any word set to 0, 1 and all ones give answers or a FormatError', () => {
    for (let at = 0; at < file.length; at += 4) {
      for (const value of [0, 1, 0x7fffffff, 0xffffffff]) {
        const copy = file.slice();
        new DataView(copy.buffer).setUint32(at, value, true);
        walk(copy);
      }
    }
  });

  it('give the same answers from an odd offset', () => {
    const padded = new Uint8Array(file.length + 9).fill(0xa5);
    padded.set(file, 5);
    expect(walk(padded.subarray(5, 5 + file.length))).toEqual(expected);
  });
});

/** Milliseconds that a hostile file of some hundred kilobytes may take; an honest one takes less than ten. */
const TIME_LIMIT_MS = 1500;

describe('bodies made to cost much', () => {
  const walkWith = (module: Partial<ModuleOfTest>) => {
    const bytes = moduleBytes({ ...SAMPLE, ...module });
    const start = performance.now();
    walk(bytes);
    expect(performance.now() - start).toBeLessThan(TIME_LIMIT_MS);
  };
  const times = (count: number, write: (i: number) => unknown) => {
    for (let i = 0; i < count; i += 1) write(i);
  };

  it('by thousands of bodies', () => {
    const empty = (w: BitWriter) => w.record(I.declareBlocks, [1]).record(I.ret, []);
    walkWith({ globals: Array.from({ length: 2000 }, () => definition(3)), bodies: new Array(2000).fill(empty) });
  });

  it('by functions of ten thousand parameters', () => {
    const types = (w: BitWriter) =>
      w
        .record(2, [])
        .record(7, [32])
        .record(21, [0, 0, ...new Array<number>(10_000).fill(1)]);
    const empty = (w: BitWriter) => w.record(I.declareBlocks, [1]).record(I.call, [0, 0, 1]);
    walkWith({ types, globals: Array.from({ length: 500 }, () => definition(2)), bodies: new Array(500).fill(empty) });
  });

  it('by calls that name types that have to be looked for', () => {
    const body = (w: BitWriter) => times(5000, (i) => w.record(I.call, [0, 0, i]).record(I.call, [0, 0, 2 ** 40 + i]));
    walkWith({ bodies: [body, body] });
  });

  it('by a chain of casts that each call goes through', () => {
    const constants = (w: BitWriter) => times(20_000, (i) => w.record(11, [11, 2, 3 + i]));
    const body = (w: BitWriter) => times(5000, (i) => w.record(I.call, [0, EXPLICIT_CALL, 3, 1 + i]));
    walkWith({ constants, bodies: [body, body] });
  });

  it('by addresses of one function whose list of users is long, from thousands of others', () => {
    const listing = (w: BitWriter) => w.record(I.blockAddressUsers, new Array<number>(20_000).fill(1));
    const using = (w: BitWriter) => {
      w.block(BLOCK.constants, 4, () => times(20, (i) => w.record(21, [3, 0, i])));
    };
    const bodies = [listing, ...new Array<typeof using>(500).fill(using)];
    walkWith({ globals: Array.from({ length: 501 }, () => definition(3)), bodies });
  });

  it('by initializers that share elements, and lead into each other', () => {
    const elements = (i: number) => Array.from({ length: 40 }, (_, k) => 100 + ((i + k) % 2000));
    const constants = (w: BitWriter) => {
      w.record(21, [3, 1, 1]);
      times(2000, (i) => w.record(7, elements(i)));
    };
    const globals = Array.from({ length: 100 }, (_, i) => [7, 2, 2, 102 + i, 0, 0, 0] as const);
    walkWith({ globals, constants, bodies: [] });
  });
});
