import { expect, it } from 'vitest';
import { extractedLibcalls } from '../../../src/link/index.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { describeWithTools, run } from '../../helpers/tools.ts';

const NAMES = [
  'memcpy',
  'memmove',
  '__stack_chk_guard',
  '__ssp_canary_word',
  '__stack_chk_fail',
  'malloc',
  'calloc',
  '__aarch64_cas1_acq',
  'memcmp',
  'ldexp',
  '__popcountdi2',
  '_Unwind_Resume',
  '__gnu_f2h_ieee',
  'bzero',
  'cos',
  'sincos',
  '__multi3',
  '__aeabi_memcpy',
  '__cxa_end_cleanup',
  'not_a_library_function',
];

describeWithTools(
  'the functions that ld.lld takes out of archives for code generation',
  ['clang-14', 'llvm-ar-22', 'ld.lld-14', 'ld.lld-16', 'ld.lld-19', 'ld.lld-22'],
  ([clang, ar, ...linkers]) => {
    it.each(['x86_64-unknown-linux-gnu', 'aarch64-unknown-linux-gnu', 'armv7-unknown-linux-gnueabihf'])(
      'are those of its version, for %s',
      (triple) => {
        const sources = NAMES.map((name) => [`${name}.c`, `void ${name}(void) {}`] as const);
        const folder = temporaryFolder({ ...Object.fromEntries(sources), 'main.c': 'int _start(void) { return 0; }' });
        const options = [`--target=${triple}`, '-fno-builtin', '-flto', '-w', '-c'];
        const files = ['main.c', ...sources.map(([file]) => file)];
        expect(run(clang, [...options, ...files], { cwd: folder })).toMatchObject({ status: 0 });
        const members = NAMES.map((name) => `${name}.o`);
        expect(run(ar, ['rc', 'all.a', ...members], { cwd: folder })).toMatchObject({ status: 0 });
        for (const [i, version] of [14, 16, 19, 22].entries()) {
          const args = ['-o', '/dev/null', '--plugin-opt=emit-llvm', '--trace', 'main.o', 'all.a'];
          const { stdout } = run(linkers[i] ?? '', args, { cwd: folder });
          const taken = NAMES.filter((name) => stdout.includes(`all.a(${name}.o)`));
          const known = extractedLibcalls(version, triple);
          expect([version, ...taken]).toEqual([version, ...NAMES.filter((name) => known.has(name))]);
        }
      },
    );
  },
);
