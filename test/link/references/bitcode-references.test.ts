import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openBitcode } from '../../../src/bitcode/index.ts';
import { FaultList, findBitcodeCallers } from '../../../src/link/index.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { describeWithTools, run } from '../../helpers/tools.ts';

const SOURCE = `
extern int called(void), renamed(void) __asm__("other"), taken(void), often(void);
int one(void) { return called() + called() + often(); }
int two(void) { return called() + renamed() + often(); }
int three(void) { return often(); }
int four(void) { return often(); }
int (*pointer)(void) = taken;
`;

describeWithTools('the functions of bitcode that call a symbol', ['clang-22', 'clang-14'], (compilers) => {
  const folder = temporaryFolder({ 'a.c': SOURCE });
  const compile = (clang: string): Uint8Array => {
    const args = ['--target=x86_64-linux-gnu', '-O0', '-flto', '-c', 'a.c', '-o', 'a.o'];
    expect(run(clang, args, { cwd: folder })).toMatchObject({ status: 0 });
    return Uint8Array.from(readFileSync(join(folder, 'a.o')));
  };
  const symbols = new Set(['called', 'other', 'taken', 'often', 'absent']);

  it('are told by name, each once, and the first three', () => {
    for (const clang of compilers) {
      const faults = new FaultList();
      const callers = findBitcodeCallers(openBitcode(compile(clang)), symbols, faults);
      expect(faults.faults).toEqual([]);
      expect(callers).toEqual(
        new Map([
          ['called', { functions: ['one', 'two'], count: 2 }],
          ['often', { functions: ['one', 'two', 'three'], count: 4 }],
          ['other', { functions: ['two'], count: 1 }],
        ]),
      );
    }
  });

  it('in damaged bitcode are faults and never errors', () => {
    const bytes = compile(compilers[0]);
    for (let at = 0; at < bytes.length; at += 11) {
      const changed = bytes.slice();
      changed[at] = 0xff;
      const faults = new FaultList();
      faults.guard(undefined, () => findBitcodeCallers(openBitcode(changed), symbols, faults));
    }
  });
});
