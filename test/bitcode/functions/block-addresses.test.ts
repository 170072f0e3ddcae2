// Addresses of basic blocks: where they stand, whom they name, and whether the function named lists who uses them.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openBitcode, readBlockAddresses, readFunctionHeads } from '../../../src/bitcode/index.ts';
import type { BitcodeModule } from '../../../src/bitcode/index.ts';
import type { BitWriter } from '../../helpers/bit-writer.ts';
import { formatErrorOf } from '../../helpers/errors.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { describeWithTools, run } from '../../helpers/tools.ts';
import { BLOCK, definition, INSTRUCTION as I, moduleOf, opaqueTypes } from './sample.ts';

const BLOCK_ADDRESS = 21;
const AGGREGATE = 7;
const CAST = 11;

/** A variable with an initializer. */
const variable = (initializer: number) => [7, 2, 2, initializer + 1, 0, 0, 0] as const;

function body(addresses: readonly (readonly number[])[], users: readonly number[] = []) {
  return (w: BitWriter) => {
    w.record(I.declareBlocks, [5]);
    if (addresses.length > 0) {
      w.block(BLOCK.constants, 4, () => {
        w.record(1, [2]);
        for (const address of addresses) w.record(BLOCK_ADDRESS, address);
      });
    }
    w.block(BLOCK.metadata, 4, () => w.record(1, [0]))
      .record(I.alloca, [1, 1, 0, 67])
      .record(I.ret, []);
    if (users.length > 0) w.record(I.blockAddressUsers, users);
  };
}

const summaryOf = (module: BitcodeModule) =>
  readBlockAddresses(module).map(({ user, target, block, isModuleConstant, crossesFunctions, isListed }) => [
    user?.valueId,
    target?.valueId,
    block,
    isModuleConstant ? 'module' : crossesFunctions ? (isListed ? 'listed' : 'not listed') : 'own',
  ]);

describe('addresses of basic blocks', () => {
  it('of functions are their own or those of others, which list them or not', () => {
    const module = moduleOf({
      types: opaqueTypes,
      globals: [definition(3), definition(3), definition(3)],
      bodies: [
        body([[3, 0, 4]], [2]),
        body([[3, 0, 1]]),
        body([
          [3, 0, 1],
          [3, 1, 2],
          [3, 99, 3],
        ]),
      ],
    });
    expect(summaryOf(module)).toEqual([
      [0, 0, 4, 'own'],
      [1, 0, 1, 'not listed'],
      [2, 0, 1, 'listed'],
      [2, 1, 2, 'not listed'],
      [2, undefined, 3, 'not listed'],
    ]);
    const heads = readFunctionHeads(module);
    expect(heads.map(({ basicBlockCount }) => basicBlockCount)).toEqual([5, 5, 5]);
    expect(heads.map(({ blockAddressUsers }) => blockAddressUsers)).toEqual([[2], [], []]);
    expect(heads[1]?.blockAddresses).toMatchObject([{ function: 0, block: 1 }]);
  });

  it('of the module belong to the first global whose initializer leads to them', () => {
    const module = moduleOf({
      types: opaqueTypes,
      // Values 0 to 2; constants from 3 on.
      globals: [variable(5), variable(3), definition(3)],
      constants: (w) => {
        w.record(1, [2]).record(BLOCK_ADDRESS, [3, 2, 1]).record(BLOCK_ADDRESS, [3, 2, 2]).record(AGGREGATE, [3, 6, 7]);
        w.record(CAST, [9, 2, 4])
          .record(AGGREGATE, [5, 7, 1 << 30])
          .record(BLOCK_ADDRESS, [3, 2, 3]);
        w.record(BLOCK_ADDRESS, [3]);
      },
      bodies: [body([])],
    });
    expect(summaryOf(module)).toEqual([
      [0, 2, 1, 'module'],
      [0, 2, 2, 'module'],
      [undefined, 2, 3, 'module'],
    ]);
  });

  it('of functions that do not tell a block are damage of that function', () => {
    const globals = [definition(3), definition(3)];
    const module = moduleOf({ types: opaqueTypes, globals, bodies: [body([[3, 0]]), body([[3, 0, 1]])] });
    expect(formatErrorOf(() => readBlockAddresses(module)).code).toBe('bad-value');
    const [first, second] = readFunctionHeads(module);
    expect(formatErrorOf(() => first?.blockAddresses).reason).toMatch(/2 operands, of 3/);
    expect(second?.blockAddresses).toHaveLength(1);
  });
});

const ACROSS = `
static __attribute__((noinline)) void use(unsigned long ip) { extern void sink(unsigned long); sink(ip); sink(ip + 1); }
void a(void) { use(({ __label__ h; h: (unsigned long)&&h; })); }
void b(int n) { if (n) a(); }`;

describe.each([
  [14, false],
  [16, true],
])('an address that an optimisation of clang %i puts into another function', (version, isListed) => {
  describeWithTools(isListed ? 'is listed' : 'is not listed', [`clang-${version}`, `ld.lld-${version}`], (tools) => {
    const [clang, lld] = tools;
    const folder = temporaryFolder({ 'a.c': ACROSS });
    const compile = (...options: string[]) => {
      const path = join(folder, 'a.o');
      const target = ['--target=aarch64-linux-gnu', '-O2', '-flto', '-c'];
      expect(run(clang, [...target, ...options, join(folder, 'a.c'), '-o', path]).status).toBe(0);
      const link = run(lld, ['-r', '-maarch64elf', path, '-o', join(folder, 'out.o')]);
      const [module] = openBitcode(readFileSync(path)).modules;
      return { uses: readBlockAddresses(module as BitcodeModule), link };
    };

    it('which is what the linker needs to know', () => {
      const { uses, link } = compile();
      expect(uses).toMatchObject([
        { user: { name: 'use' }, target: { name: 'a' }, block: 1, crossesFunctions: true, isListed },
      ]);
      expect(link.stderr.includes('Never resolved function from blockaddress')).toBe(!isListed);
    });

    it('with debug information stands among the constants of the module, which the linker can bear', () => {
      const { uses, link } = compile('-g');
      expect(uses).toMatchObject([{ user: undefined, target: { name: 'a' }, isModuleConstant: true }]);
      expect(link).toMatchObject({ status: 0, stderr: '' });
    });
  });
});
