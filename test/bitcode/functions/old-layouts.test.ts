// Bodies of LLVM 3.0 to 3.6, whose calls do not tell what they call: value ids are absolute or relative, and whether a call
// through a pointer defines a value is in the type of that pointer. No compiler that can be installed writes them.

import { describe, expect, it } from 'vitest';
import type { BitWriter } from '../../helpers/bit-writer.ts';
import type { ModuleOfTest } from './sample.ts';
import { BLOCK, bodiesOf, calledBy, declaration, definition, INSTRUCTION as I } from './sample.ts';

/**
 * Types: 0 void, 1 i32, 2 void (), 3 void ()*, 4 void ()**, 5 i32 (i32), 6 i32 (i32)*, 7 i32 (i32)**,
 * 8 { i32, void ()*, [2 x i32 (i32)*] }, 9 a pointer to it, 10 [2 x i32 (i32)*], 11 a pointer to it,
 * 12 void (struct*, i32), 13 a pointer to it, 14 <2 x void ()*>.
 */
function typedPointers(w: BitWriter): void {
  w.record(1, [15]).record(2, []).record(7, [32]).record(21, [0, 0]).record(8, [2, 0]).record(8, [3, 0]);
  w.record(21, [0, 1, 1]).record(8, [5, 0]).record(8, [6, 0]).record(18, [0, 1, 3, 10]).record(8, [8, 0]);
  w.record(11, [2, 6]).record(8, [10, 0]).record(21, [0, 0, 9, 1]).record(8, [12, 0]).record(12, [2, 3]);
}

/** Value ids: 0 void (), 1 i32 (i32), 2 the function; then its arguments 3 (a struct*) and 4 (an i32). */
const GLOBALS = [declaration(3), declaration(6), definition(13)];
const ARGUMENT = { struct: 3, number: 4 } as const;

/** The constants of the function: 5 is i32 0, 6 is i32 1, 7 is i32 2. */
function indices(w: BitWriter): void {
  w.block(BLOCK.constants, 4, () => w.record(1, [1]).record(2, []).record(4, [2]).record(4, [4]));
}
const INDEX = { zero: 5, one: 6, two: 7 } as const;

/** Writes instructions by absolute ids; in a version with relative ones as distances. */
class Instructions {
  private readonly w: BitWriter;
  private readonly isRelative: boolean;
  private next: number = INDEX.two + 1;

  constructor(w: BitWriter, version: 0 | 1) {
    this.w = w;
    this.isRelative = version === 1;
  }

  /** An operand: a distance, in 32 bits where the value comes later. */
  value(id: number): number {
    return this.isRelative ? (this.next - id) >>> 0 : id;
  }

  /** Writes an instruction that defines a value, and gives its id. */
  defines(code: number, operands: readonly number[]): number {
    this.w.record(code, operands);
    this.next += 1;
    return this.next - 1;
  }

  /** Writes one that defines none. */
  plain(code: number, operands: readonly number[]): this {
    this.w.record(code, operands);
    return this;
  }

  call(callee: number, ...values: number[]): readonly number[] {
    return [0, 0, this.value(callee), ...values.map((value) => this.value(value))];
  }
}

function bodyOf(version: 0 | 1, write: (i: Instructions) => void, more: Partial<ModuleOfTest> = {}) {
  const body = (w: BitWriter) => {
    indices(w.record(I.declareBlocks, [1]));
    write(new Instructions(w, version));
  };
  const [only] = bodiesOf({ version, types: typedPointers, globals: GLOBALS, bodies: [body], ...more });
  if (only === undefined) throw new Error('the module has no body');
  return only;
}

describe.each([
  ['absolute ids, LLVM 3.0 to 3.2', 0],
  ['relative ids, up to LLVM 3.6', 1],
] as const)('calls without types and with %s', (_, version) => {
  it('take the type of a function', () => {
    const body = bodyOf(version, (i) => {
      i.plain(I.call, i.call(0));
      i.defines(I.call, i.call(1, ARGUMENT.number));
      i.plain(I.call, i.call(0));
      i.defines(I.invoke, [0, 0, 0, 0, i.value(1), i.value(ARGUMENT.number)]);
      i.plain(I.invoke, [0, 0, 0, 0, i.value(0)]).plain(I.unwind, []);
    });
    expect(body).toMatchObject({ isComplete: true, instructionCount: 6 });
    expect(calledBy(body)).toEqual([0, 1, 0, 1, 0]);
  });

  it('take the type of what a pointer points to that was loaded from a struct', () => {
    const body = bodyOf(version, (i) => {
      const zero = i.value(INDEX.zero);
      // &struct->1 is a void ()**, &struct->2[1] an i32 (i32)**.
      const field = i.defines(I.inboundsGepOld, [i.value(ARGUMENT.struct), zero, i.value(INDEX.one)]);
      const first = i.defines(I.load, [i.value(field), 0, 0]);
      i.plain(I.call, i.call(first));
      const path = [INDEX.zero, INDEX.two, ARGUMENT.number].map((index) => i.value(index));
      const element = i.defines(I.gepOld, [i.value(ARGUMENT.struct), ...path]);
      const second = i.defines(I.load, [i.value(element), 0, 0]);
      i.defines(I.call, i.call(second, ARGUMENT.number));
      i.plain(I.call, i.call(0));
    });
    expect(body.incompleteReason).toBeUndefined();
    expect(calledBy(body)).toEqual(['local 9', 'local 11', 0]);
  });

  it('take the type that instructions pass on', () => {
    const body = bodyOf(version, (i) => {
      const cast = i.defines(I.cast, [i.value(ARGUMENT.struct), 3, 11]);
      i.plain(I.call, i.call(cast));
      const chosen = i.defines(I.select, [i.value(cast), i.value(cast), i.value(ARGUMENT.number)]);
      i.plain(I.call, i.call(chosen));
      const merged = i.defines(I.phi, [6, 0, 0]);
      i.defines(I.call, i.call(merged, ARGUMENT.number));
      const slot = i.defines(I.alloca, [7, 1, INDEX.one, 0]);
      const loaded = i.defines(I.load, [i.value(slot), 0, 0]);
      i.defines(I.call, i.call(loaded, ARGUMENT.number));
      const struct = i.defines(I.load, [i.value(ARGUMENT.struct), 0, 0]);
      const taken = i.defines(I.extractValue, [i.value(struct), 1]);
      i.plain(I.call, i.call(taken));
      const deep = i.defines(I.extractValue, [i.value(struct), 2, 0]);
      i.defines(I.call, i.call(deep, ARGUMENT.number));
      const vector = i.defines(I.phi, [14]);
      const element = i.defines(I.extractElement, [i.value(vector), i.value(INDEX.zero)]);
      i.plain(I.call, i.call(element));
      i.plain(I.storeOld, [i.value(slot), i.value(merged), 0, 0]).plain(I.call, i.call(0));
    });
    expect(body.incompleteReason).toBeUndefined();
    expect(calledBy(body).at(-1)).toBe(0);
  });

  it('take the type behind a value that is defined further on', () => {
    const body = bodyOf(version, (i) => {
      const later = INDEX.two + 5;
      i.plain(I.call, [0, 0, i.value(later), 3]);
      i.defines(I.call, [0, 0, i.value(later), 6, i.value(ARGUMENT.number)]);
      const loaded = i.defines(I.load, [i.value(later), 7, 0, 0]);
      i.defines(I.call, i.call(loaded, ARGUMENT.number));
      i.plain(I.call, i.call(0));
    });
    expect(body.incompleteReason).toBeUndefined();
    expect(calledBy(body).at(-1)).toBe(0);
  });

  it('are not numbered further where no type is known', () => {
    const body = bodyOf(version, (i) => {
      const compared = i.defines(I.compare, [i.value(ARGUMENT.number), i.value(ARGUMENT.number), 32]);
      i.plain(I.call, i.call(compared))
        .plain(I.call, i.call(0))
        .plain(I.call, i.call(INDEX.two + 2));
    });
    expect(body.incompleteReason).toMatch(/not known to be a function/);
    // A global that is named by its own id needs no number of the instruction.
    expect(calledBy(body)).toEqual(['local 8', version === 0 ? 0 : undefined, undefined]);
  });

  it('go through casts among the constants', () => {
    const constants = (w: BitWriter) => w.record(1, [3]).record(11, [11, 6, 1]);
    const write = (w: BitWriter) => {
      // The cast is 3, and the arguments are 4 and 5.
      w.record(I.declareBlocks, [1]).record(I.call, [0, 0, version === 1 ? 6 - 3 : 3]);
      w.record(I.call, [0, 0, version === 1 ? 6 - 0 : 0]);
    };
    const [body] = bodiesOf({ version, types: typedPointers, globals: GLOBALS, constants, bodies: [write] });
    expect(body?.isComplete).toBe(true);
    expect(body === undefined ? [] : calledBy(body)).toEqual([1, 0]);
  });
});

describe('inline assembly of LLVM 3.0', () => {
  it('is called by the type of its constant', () => {
    const write = (w: BitWriter) => {
      const assembly = [1, 3, 0x6e, 0x6f, 0x70, 0];
      w.record(I.declareBlocks, [1]);
      w.block(BLOCK.constants, 4, () => w.record(1, [3]).record(18, assembly).record(1, [6]).record(18, assembly));
      w.record(I.call, [0, 0, 5]).record(I.call, [0, 0, 6, 4]).record(I.call, [0, 0, 7]);
    };
    const [body] = bodiesOf({ version: 0, types: typedPointers, globals: GLOBALS, bodies: [write] });
    // The second one defines value 7, which the third one tries to call.
    expect(body === undefined ? [] : calledBy(body)).toEqual(['nop', 'nop', 'local 7']);
    expect(body?.isComplete).toBe(false);
  });
});

describe('a function of FUNCTION_OLD type', () => {
  it('has its result behind an operand that means nothing', () => {
    const types = (w: BitWriter) => {
      w.record(1, [4]).record(2, []).record(7, [32]).record(9, [0, 77, 0]).record(8, [2, 0]);
    };
    const write = (w: BitWriter) => w.record(I.declareBlocks, [1]).record(I.call, [0, 0, 0]).record(I.call, [0, 0, 0]);
    const [body] = bodiesOf({ version: 0, types, globals: [definition(3)], bodies: [write] });
    expect(body === undefined ? [] : calledBy(body)).toEqual([0, 0]);
    expect(body?.isComplete).toBe(true);
  });
});
