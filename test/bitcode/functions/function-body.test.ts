// Which value a call names, by the layout of its record and the numbers of the values before it.

import { describe, expect, it } from 'vitest';
import { FUNCTION_CODES, openBitcode, readFunctionBodies, readFunctionHeads } from '../../../src/bitcode/index.ts';
import type { BitcodeModule } from '../../../src/bitcode/index.ts';
import { INSTRUCTION_KIND_BY_CODE, INSTRUCTION_KINDS } from '../../../src/bitcode/codes/instruction.ts';
import type { BitWriter } from '../../helpers/bit-writer.ts';
import { bitcodeFile } from '../../helpers/bit-writer.ts';
import { formatErrorOf } from '../../helpers/errors.ts';
import type { ModuleOfTest } from './sample.ts';
import {
  BLOCK,
  bodiesOf,
  calledBy,
  declaration,
  definition,
  EXPLICIT_CALL,
  EXPLICIT_INVOKE,
  FAST_MATH,
  INSTRUCTION as I,
  moduleOf,
  opaqueTypes,
} from './sample.ts';

const bytesOf = (text: string) => [...new TextEncoder().encode(text)];

/**
 * A definition of i32 (i32), then void () and i32 (ptr, ...) as declarations: value ids 0 to 2. The argument is 3, and
 * what `body` defines is numbered from 4 on.
 */
function moduleWith(body: (w: BitWriter) => void, more: Partial<ModuleOfTest> = {}): ModuleOfTest {
  return {
    types: opaqueTypes,
    globals: [definition(4), declaration(3), declaration(5)],
    bodies: [(w) => body(w.record(I.declareBlocks, [1]))],
    ...more,
  };
}

/** The only body of a module. */
function bodyOf(body: (w: BitWriter) => void, more: Partial<ModuleOfTest> = {}) {
  const [only] = bodiesOf(moduleWith(body, more));
  if (only === undefined) throw new Error('the module has no body');
  return only;
}

describe('kinds of records in function bodies', () => {
  it('is known for every code', () => {
    for (const code of Object.values(FUNCTION_CODES.values)) {
      expect(INSTRUCTION_KIND_BY_CODE[code], FUNCTION_CODES.nameOf(code)).not.toBe(INSTRUCTION_KINDS.unknown);
    }
    const kinds = [...INSTRUCTION_KIND_BY_CODE];
    expect(kinds.filter((kind) => kind !== INSTRUCTION_KINDS.unknown)).toHaveLength(
      Object.keys(FUNCTION_CODES.values).length + 1,
    );
    expect(kinds.filter((kind) => kind === INSTRUCTION_KINDS.none)).toHaveLength(11);
    expect(kinds.filter((kind) => kind === INSTRUCTION_KINDS.plain)).toHaveLength(14);
    expect(kinds.filter((kind) => kind === INSTRUCTION_KINDS.call)).toHaveLength(3);
  });
});

describe('a body with relative ids', () => {
  it('counts instructions, and what is none is not counted', () => {
    const body = bodyOf((w) => {
      w.record(I.alloca, [1, 1, 0, 67]).record(I.debugLoc, [1, 1, 1, 0]);
      w.record(I.operandBundle, [0, 1]).record(I.call, [0, EXPLICIT_CALL, 3, 4]).record(I.debugLocAgain, []);
      w.record(I.debugValue, [1, 2, 3, 4]).record(I.ret, []).record(I.blockAddressUsers, [1]);
    });
    expect(body).toMatchObject({ basicBlockCount: 1, instructionCount: 3, isComplete: true, unknownRecordCount: 0 });
    expect(body.summaryInstructionCount).toBe(3);
    expect(calledBy(body)).toEqual([1]);
    expect(body.blockAddressUsers).toEqual([1]);
  });

  it('numbers the values of calls by what they return', () => {
    const body = bodyOf((w) => {
      // Next value: 4. void () is value 1, and defines none.
      w.record(I.call, [0, EXPLICIT_CALL, 3, 4 - 1]).record(I.call, [0, EXPLICIT_CALL, 3, 4 - 1]);
      // i32 (ptr, ...) is value 2 and defines 4; i32 (i32) is value 0 and defines 5.
      w.record(I.call, [0, EXPLICIT_CALL, 5, 4 - 2, 1]).record(I.call, [0, EXPLICIT_CALL, 4, 5 - 0, 1]);
      w.record(I.call, [0, EXPLICIT_CALL, 3, 6 - 1]).record(I.call, [0, EXPLICIT_CALL, 4, 6 - 3, 1]);
    });
    expect(calledBy(body)).toEqual([1, 1, 2, 0, 1, 'local 3']);
    expect([...body.callees()].map(({ valueId }) => valueId)).toEqual([1, 2, 0]);
  });

  it('finds the callee behind fast-math flags, blocks and types', () => {
    const body = bodyOf((w) => {
      w.record(I.call, [0, EXPLICIT_CALL | FAST_MATH, 127, 4, 4 - 0, 1]);
      w.record(I.invoke, [0, EXPLICIT_INVOKE, 0, 0, 3, 5 - 1]);
      w.record(I.callbr, [0, EXPLICIT_CALL, 0, 2, 0, 0, 3, 5 - 1]);
      w.record(I.callbr, [0, EXPLICIT_CALL, 0, 0, 3, 5 - 1]);
      // Calling convention 8, tail, and without a type: that of the function.
      w.record(I.call, [0, (8 << 1) | 1, 5 - 0, 1]);
      w.record(I.invoke, [0, 8, 0, 0, 6 - 1]);
    });
    expect(calledBy(body)).toEqual([0, 1, 1, 1, 0, 1]);
    expect([0, 1, 2].map((i) => body.calls.code(i))).toEqual([I.call, I.invoke, I.callbr]);
    expect(body.calls.code(6)).toBeUndefined();
    expect(body.isComplete).toBe(true);
  });

  it('takes a callee that is defined further on for a pointer', () => {
    const body = bodyOf((w) => {
      // Value 5, which is not there yet: its distance is -1 in 32 bits, and its type stands behind it.
      w.record(I.call, [0, EXPLICIT_CALL, 4, 0xffffffff, 2, 1]).record(I.load, [1, 2, 0, 0]);
      w.record(I.call, [0, EXPLICIT_CALL, 3, 6 - 1]);
    });
    expect(calledBy(body)).toEqual(['local 5', 1]);
  });

  it('goes through casts of its own constants and those of the module', () => {
    const constants = (w: BitWriter) => w.record(1, [2]).record(11, [11, 2, 1]);
    const more = { constants };
    const body = bodyOf((w) => {
      // The module's constant is 3, the argument 4, and the cast of the cast 5.
      w.block(BLOCK.constants, 4, () => w.record(1, [2]).record(11, [11, 2, 3]).record(2, []));
      w.record(I.call, [0, EXPLICIT_CALL, 3, 7 - 3]).record(I.call, [0, EXPLICIT_CALL, 3, 7 - 5]);
      w.record(I.call, [0, EXPLICIT_CALL, 3, 7 - 6]);
    }, more);
    expect(calledBy(body)).toEqual([1, 1, 'local 6']);
    expect(body.constants.firstValueId).toBe(5);
  });

  it('has its inline assembly, also what no call uses', () => {
    const body = bodyOf((w) => {
      const assembly = [3, 1, 3, ...bytesOf('nop'), 9, ...bytesOf('~{memory}')];
      w.block(BLOCK.constants, 4, () => w.record(1, [2]).record(30, assembly).record(30, [3, 0, 1, 0x78, 0]));
      w.record(I.call, [0, EXPLICIT_CALL, 3, 6 - 4]);
    });
    expect(calledBy(body)).toEqual(['nop']);
    expect([...body.inlineAssembly()]).toMatchObject([
      { text: 'nop', constraints: '~{memory}', hasSideEffects: true, functionTypeId: 3 },
      { text: 'x', constraints: '', hasSideEffects: false },
    ]);
    expect(body.callees().size).toBe(0);
    expect([...bodyOf((w) => w.record(I.ret, [])).inlineAssembly()]).toEqual([]);
  });

  it('tells texts of one length apart, and has one object for equal ones, wherever their bits begin', () => {
    const texts = ['nop', 'hlt', 'nop', 'nop', 'hlt', 'hlt'];
    const body = bodyOf((w) => {
      w.block(BLOCK.constants, 4, () => {
        texts.forEach((text, i) => {
          w.record(30, [3, 0, text.length, ...bytesOf(text), 0]);
          if (i % 2 === 0) w.record(2, []);
        });
        w.record(30, [3, 1, 3, ...bytesOf('hlt'), 0]);
      });
    });
    const assembly = [...body.inlineAssembly()];
    expect(assembly.map(({ text }) => text)).toEqual([...texts, 'hlt']);
    expect(assembly.map(({ hasSideEffects }) => hasSideEffects).lastIndexOf(false)).toBe(texts.length - 1);
    expect(assembly[3]).toBe(assembly[2]);
  });

  it('has names of blocks where the file keeps them', () => {
    const body = bodyOf((w) => {
      w.block(BLOCK.valueSymtab, 4, () => w.record(2, [0, ...bytesOf('entry')]).record(1, [3, 0x78]));
    });
    expect([...body.basicBlockNames]).toEqual([[0, 'entry']]);
    expect(bodyOf((w) => w.record(I.ret, [])).basicBlockNames.size).toBe(0);
  });
});

describe('a body that is not understood', () => {
  it('by a record of an unknown code has no callees behind it', () => {
    const body = bodyOf((w) => {
      w.record(I.call, [0, EXPLICIT_CALL, 3, 4 - 1])
        .record(99, [1])
        .record(I.call, [0, EXPLICIT_CALL, 3, 4 - 1]);
      w.record(I.ret, []);
    });
    expect(body).toMatchObject({ isComplete: false, instructionCount: 3, unknownRecordCount: 1 });
    expect(body.incompleteReason).toMatch(/code 99/);
    expect(calledBy(body)).toEqual([1, undefined]);
    expect(body.summaryInstructionCount).toBeUndefined();
  });

  it.each([
    ['a type that is none of a function', [0, EXPLICIT_CALL, 1, 4 - 1], [1]],
    ['a type that there is not', [0, EXPLICIT_CALL, 77, 4 - 1], [1]],
    ['no callee', [0, EXPLICIT_CALL, 3], [undefined]],
    ['no operands', [], [undefined]],
    ['a pointer whose type says nothing', [0, 0, 4 - 3], ['local 3']],
  ] as const)('by a call with %s', (_, operands, called) => {
    const body = bodyOf((w) => w.record(I.call, operands).record(I.call, [0, EXPLICIT_CALL, 3, 4 - 1]));
    expect(body.isComplete).toBe(false);
    expect(calledBy(body)).toEqual([...called, undefined]);
  });

  it('by constants behind instructions', () => {
    const body = bodyOf((w) => {
      w.record(I.alloca, [1, 1, 0, 67]).block(BLOCK.constants, 4, () => w.record(2, []));
      w.record(I.call, [0, EXPLICIT_CALL, 3, 5 - 1]);
    });
    expect(body.incompleteReason).toMatch(/^constants/);
    expect(calledBy(body)).toEqual([undefined]);
  });

  it('by the type of its function', () => {
    const globals = [definition(1), declaration(3)];
    const body = bodyOf((w) => w.record(I.call, [0, EXPLICIT_CALL, 3, 2 - 1]), { globals });
    expect(body.incompleteReason).toMatch(/type of the function/);
    expect(calledBy(body)).toEqual([undefined]);
  });
});

describe('bodies of a module', () => {
  it('belong to its definitions in order', () => {
    const globals = [declaration(3), definition(3), declaration(3), definition(4), definition(3)];
    const bodies = [1, 2].map((count) => (w: BitWriter) => w.record(I.declareBlocks, [count]));
    const module = moduleOf({ types: opaqueTypes, globals, bodies });
    // The last one has lost its body.
    expect(readFunctionBodies(module).map((body) => [body.function.valueId, body.basicBlockCount])).toEqual([
      [1, 1],
      [3, 2],
    ]);
  });

  it('are refused if there are more than definitions', () => {
    const module = moduleOf(moduleWith((w) => w.record(I.ret, []), { globals: [declaration(3)] }));
    const error = formatErrorOf(() => readFunctionBodies(module));
    expect([error.code, error.reason]).toEqual([
      'bad-value',
      'Insufficient function protos: body 1 is of none of the 0 functions that have one',
    ]);
    expect(formatErrorOf(() => readFunctionHeads(module)).code).toBe('bad-value');
  });

  it('are damaged one by one', () => {
    const bodies = [
      (w: BitWriter) => w.record(I.declareBlocks, [1]).id(9),
      (w: BitWriter) => w.record(I.declareBlocks, [3]).record(I.ret, []),
    ];
    const [first, second] = bodiesOf({ types: opaqueTypes, globals: [definition(3), definition(3)], bodies });
    expect(formatErrorOf(() => first?.instructionCount).code).toBe('bad-value');
    expect(first?.function.valueId).toBe(0);
    expect(second?.instructionCount).toBe(1);
  });

  it('are none in a module without functions', () => {
    const [module] = openBitcode(bitcodeFile()).modules;
    expect(readFunctionBodies(module as BitcodeModule)).toEqual([]);
    expect(readFunctionHeads(module as BitcodeModule)).toEqual([]);
  });
});
