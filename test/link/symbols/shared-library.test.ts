import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { buildElf } from '../../helpers/elf-builder.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { describeWithTools, run } from '../../helpers/tools.ts';
import { readSymbols, rowsOf } from './input-symbols.ts';

const SOURCE = `
int old(void) { return 1; }
int new(void) { return 2; }
#ifndef PLAIN
__asm__(".symver old, f@V1");
__asm__(".symver new, f@@V2");
#endif
int plain(void) { return 3; }
int local(void) { return 4; }
__attribute__((weak)) int weak(void) { return 5; }
__attribute__((visibility("protected"))) int guarded = 6;
_Thread_local int tls = 7;
__asm__(".globl number\\nnumber = 42\\n");
extern int versioned_elsewhere(void), elsewhere(void);
extern __attribute__((weak)) int weakly_elsewhere(void);
int use(void) { return versioned_elsewhere() + elsewhere() + (weakly_elsewhere != 0); }
`;
const VERSIONS = 'V1 { global: f; local: local; }; V2 { global: f; plain; number; } V1;';

describeWithTools(
  'symbols of shared libraries',
  ['clang-22', 'ld.lld-22', 'llvm-objcopy-22'],
  ([clang, lld, objcopy]) => {
    const folder = temporaryFolder({
      'a.c': SOURCE,
      'b.c': 'int versioned_elsewhere(void) { return 1; }',
      'a.ver': VERSIONS,
      'b.ver': 'B1 { global: *; };',
    });
    const build = (...steps: readonly (readonly [string, ...string[]])[]): void => {
      for (const [tool, ...args] of steps)
        expect(run(tool, args, { cwd: folder })).toMatchObject({ status: 0, stderr: '' });
    };
    const target = '--target=x86_64-linux-gnu';
    build(
      [clang, target, '-fPIC', '-O1', '-c', 'a.c', '-o', 'a.o'],
      [clang, target, '-fPIC', '-O1', '-c', 'b.c', '-o', 'b.o'],
      [lld, '-shared', '--version-script=b.ver', '-soname=libb.so.1', 'b.o', '-o', 'libb.so'],
      [lld, '-shared', '--version-script=a.ver', '-soname=liba.so.1', 'a.o', 'libb.so', '-o', 'liba.so'],
      [clang, target, '-fPIC', '-O1', '-c', '-DPLAIN', 'a.c', '-o', 'plain.o'],
      [lld, '-shared', 'plain.o', 'libb.so', '-o', 'plain.so'],
      [objcopy, '--strip-sections', 'liba.so', 'bare.so'],
    );
    const readFile = (name: string) => readSymbols(Uint8Array.from(readFileSync(join(folder, name))));
    const expected = [
      'elsewhere NO_TYPE',
      'f DEFINED FUNCTION',
      'f@V1 DEFINED FUNCTION VERSIONED',
      'f@V2 DEFINED FUNCTION VERSIONED',
      'guarded DEFINED PROTECTED',
      'number DEFINED ABSOLUTE NO_TYPE = 42',
      'number@V2 DEFINED ABSOLUTE NO_TYPE VERSIONED = 42',
      'plain DEFINED FUNCTION',
      'plain@V2 DEFINED FUNCTION VERSIONED',
      'tls DEFINED TLS',
      'use DEFINED FUNCTION',
      'versioned_elsewhere@B1 FUNCTION VERSIONED',
      'weak DEFINED WEAK FUNCTION',
      'weakly_elsewhere WEAK NO_TYPE',
    ];

    it('are under the name and the name with the version, undefined ones too', () => {
      const read = readFile('liba.so');
      expect(read).toMatchObject({ kind: 'shared-library', faults: [] });
      const rows = rowsOf(read);
      expect(rows.filter((row) => /^(?:new|old) /.exec(row) === null).sort()).toEqual(expected);
    });

    it('say which symbol of the table each row is', () => {
      const { symbols } = readFile('liba.so');
      const rows = [...(symbols.tableRows ?? [])];
      expect(rows).toHaveLength(symbols.length);
      expect(rows).toEqual([...rows].sort((a, b) => a - b));
      expect(rows.length - new Set(rows).size).toBe(3);
    });

    it('have names without versions where the library has none', () => {
      const rows = rowsOf(readFile('plain.so'));
      expect(rows.filter((row) => row.includes('@'))).toEqual(['versioned_elsewhere@B1 FUNCTION VERSIONED']);
      expect(rows).toContain('old DEFINED FUNCTION');
    });

    it('are found by the dynamic table where there are no section headers, which linkers need', () => {
      const read = readFile('bare.so');
      expect(rowsOf(read)).toEqual(rowsOf(readFile('liba.so')));
      expect(read.library).toEqual({ soname: 'liba.so.1', needed: ['libb.so.1'], hasSectionHeaders: false });
    });

    it('come with the name of the library and those that it needs', () => {
      expect(readFile('liba.so').library).toEqual({
        soname: 'liba.so.1',
        needed: ['libb.so.1'],
        hasSectionHeaders: true,
      });
      expect(readFile('plain.so').library).toMatchObject({ soname: undefined, needed: ['libb.so.1'] });
    });

    it('that are damaged are a fault and never an error', () => {
      const bytes = readFileSync(join(folder, 'liba.so'));
      for (let at = 0; at < bytes.length; at += 5) {
        const changed = Uint8Array.from(bytes);
        changed[at] = 0xff;
        readSymbols(changed);
        readSymbols(changed.subarray(0, at));
      }
    });
  },
);

describe('a shared library without dynamic symbols', () => {
  it('has none', () => {
    const read = readSymbols(buildElf({ type: 3, sections: [] }).bytes);
    expect(read).toMatchObject({ kind: 'shared-library', symbols: { length: 0 }, faults: [] });
    expect(read.library).toEqual({ soname: undefined, needed: [], hasSectionHeaders: false });
  });
});
