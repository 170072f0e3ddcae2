// Whatever stands before a call, and however values are numbered, it calls the same.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BitWriter } from '../../helpers/bit-writer.ts';
import { BLOCK, bodiesOf, calledBy, declaration, definition, EXPLICIT_CALL, INSTRUCTION as I } from './sample.ts';

/** Types: 0 void, 1 i32, 2 ptr, 3 void (), 4 i32 (), then void (i32, …) of as many parameters as are asked for. */
function typesWith(parameterCount: number) {
  return (w: BitWriter) => {
    w.record(1, [6]).record(2, []).record(7, [32]).record(25, [0]).record(21, [0, 0]).record(21, [0, 1]);
    w.record(21, [0, 0, ...new Array<number>(parameterCount).fill(1)]);
  };
}

/** What stands in a body: an instruction with a value or without, nothing that counts, or a call of a declaration. */
const STEP = fc.oneof(
  fc.constantFrom('value', 'plain', 'none', 'constant', 'own constant', 'argument'),
  fc.record({ isVoid: fc.boolean(), index: fc.nat(4) }),
);

const MODULE = fc.record({
  isRelative: fc.boolean(),
  variableCount: fc.nat(40),
  parameterCount: fc.nat(5),
  constantCount: fc.integer({ min: 1, max: 40 }),
  ownConstantCount: fc.integer({ min: 1, max: 40 }),
  steps: fc.array(STEP, { maxLength: 60 }),
});

type ModuleOfSteps = typeof MODULE extends fc.Arbitrary<infer T> ? T : never;

describe('calls', () => {
  it('are of the function that the writer meant', () => {
    const check = ({ isRelative, parameterCount, steps, ...counts }: ModuleOfSteps) => {
      const { variableCount, constantCount, ownConstantCount } = counts;
      const expected: (number | string)[] = [];
      // Five declarations of void (), five of i32 (), the definition, and the variables in between.
      const voidId = (index: number) => index;
      const valueId = (index: number) => 5 + variableCount + index;
      const firstConstant = 5 + variableCount + 5 + 1;
      const firstArgument = firstConstant + constantCount;
      const firstOwn = firstArgument + parameterCount;
      let next = firstOwn + ownConstantCount;
      const body = (w: BitWriter) => {
        w.record(I.declareBlocks, [1]);
        w.block(BLOCK.constants, 4, () => {
          w.record(1, [2]);
          for (let i = 0; i < ownConstantCount; i += 1) w.record(11, [11, 2, firstConstant + (i % constantCount)]);
        });
        const call = (type: number, callee: number, means: number | string) => {
          w.record(I.call, [0, EXPLICIT_CALL, type, isRelative ? next - callee : callee]);
          expected.push(means);
        };
        steps.forEach((step, i) => {
          if (typeof step === 'object') {
            const callee = step.isVoid ? voidId(step.index) : valueId(step.index);
            call(step.isVoid ? 3 : 4, callee, callee);
            if (!step.isVoid) next += 1;
          } else if (step === 'value') {
            w.record(I.alloca, [1, 1, 0, 67]);
            next += 1;
          } else if (step === 'plain') w.record(I.store, [1, 1, 0, 0]);
          else if (step === 'none') w.record(I.debugLoc, [1, 1, 1, 0]);
          else if (step === 'constant') call(3, firstConstant + (i % constantCount), 0);
          else if (step === 'own constant') call(3, firstOwn + (i % ownConstantCount), 0);
          else if (parameterCount > 0) call(3, firstArgument, `local ${firstArgument}`);
        });
      };
      const [only] = bodiesOf({
        version: isRelative ? 1 : 0,
        types: typesWith(parameterCount),
        globals: [
          ...Array.from({ length: 5 }, () => declaration(3)),
          ...Array.from({ length: variableCount }, () => [7, 2, 2, 0, 0, 0, 0] as const),
          ...Array.from({ length: 5 }, () => declaration(4)),
          definition(5),
        ],
        // Casts of the first declaration.
        constants: (w) => {
          w.record(1, [2]);
          for (let i = 0; i < constantCount; i += 1) w.record(11, [11, 2, voidId(0)]);
        },
        bodies: [body],
      });
      expect(only?.incompleteReason).toBeUndefined();
      expect(only === undefined ? [] : calledBy(only)).toEqual(expected);
    };
    fc.assert(fc.property(MODULE, check), { numRuns: 200 });
  });
});
