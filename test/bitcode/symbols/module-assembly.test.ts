import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openBitcode, readModuleAssembly } from '../../../src/bitcode/index.ts';
import { bounded } from '../../helpers/bounded.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { describeWithTools, run } from '../../helpers/tools.ts';
import {
  AARCH64_ASSEMBLY,
  ARM_ASSEMBLY,
  COFF_ASSEMBLY,
  INTEL_ASSEMBLY,
  MACHO_ASSEMBLY,
  POWERPC_ASSEMBLY,
  RISCV_ASSEMBLY,
  X86_ASSEMBLY,
} from './assembly-sources.ts';

const LINUX = 'x86_64-linux-gnu';

/** A C source that consists of module assembly and one function. */
function sourceOf(assembly: string): string {
  const lines = assembly.split('\n').map((line) => `__asm__(${JSON.stringify(line)});`);
  return [...lines, 'int function(void) { return 1; }'].join('\n');
}

function symbolsOf(assembly: string, triple = LINUX): string[] {
  return readModuleAssembly(assembly, triple)
    .symbols.map(({ name, flags }) => `${flags} ${name}`)
    .sort();
}

/** Names with `U` undefined, `T` global, `t` local, `W` and `w` weak. */
function shortly(assembly: string, triple = LINUX): string {
  const letter = (flags: number) => {
    const isWeak = (flags & 0x10) !== 0;
    if ((flags & 0x8) !== 0) return isWeak ? 'w' : 'U';
    return isWeak ? 'W' : (flags & 0x400) !== 0 ? 'T' : 't';
  };
  return readModuleAssembly(assembly, triple)
    .symbols.map(({ name, flags }) => `${letter(flags)} ${name}`)
    .join(' ');
}

const TARGETS: readonly (readonly [triple: string, assembly: string])[] = [
  [LINUX, X86_ASSEMBLY],
  [LINUX, INTEL_ASSEMBLY],
  ['i686-linux-gnu', 'foo: .long bar\n1: jmp 1b\n.weak w; mov $imm, %eax'],
  ['armv7a-linux-gnueabi', ARM_ASSEMBLY],
  ['aarch64-linux-gnu', AARCH64_ASSEMBLY],
  ['riscv64-linux-gnu', RISCV_ASSEMBLY],
  ['powerpc64le-linux-gnu', POWERPC_ASSEMBLY],
  ['x86_64-apple-macos11', MACHO_ASSEMBLY],
  [
    'arm64-apple-macos11',
    '.globl _a ; comment: x\n_a: .long _b - . %% _c: b _d\nadrp x0, _e@PAGE\nadd x0, x0, _f@PAGEOFF\nldr x0, [x0, _g@GOTPAGEOFF]',
  ],
  ['x86_64-pc-windows-msvc', COFF_ASSEMBLY],
  ['i686-pc-windows-msvc', COFF_ASSEMBLY],
];

for (const version of [13, 16, 19, 22] as const) {
  describeWithTools(`module assembly of clang ${version}`, [`clang-${version}`], ([clang]) => {
    it.each(TARGETS)('has the symbols that the compiler finds, for %s', (triple, assembly) => {
      const folder = temporaryFolder({ 'unit.c': sourceOf(assembly) });
      const object = join(folder, 'unit.o');
      const args = [`--target=${triple}`, '-flto', '-c', 'unit.c', '-o', object];
      expect(run(clang, args, { cwd: folder })).toMatchObject({ status: 0 });
      const file = openBitcode(readFileSync(object));
      const table = file.symbolTable();
      const expected: string[] = [];
      for (let i = 0; i < (table?.length ?? 0); i += 1) {
        // The table of contents of 32-bit x86 is added to every module, whatever its assembly.
        if (table?.irName(i) !== '' || table.name(i) === '_GLOBAL_OFFSET_TABLE_') continue;
        expected.push(`${table.flags(i)} ${table.name(i)}`);
      }
      const [module] = file.modules;
      expect(readModuleAssembly(module?.assembly ?? '', triple).notes).toEqual([]);
      expect(symbolsOf(module?.assembly ?? '', triple)).toEqual(expected.sort());
    });
  });
}

describe('module assembly', () => {
  it('has no symbols where there is none', () => {
    expect(readModuleAssembly('', LINUX)).toEqual({ symbols: [], notes: [] });
  });

  it('tells definitions from references, whatever comes first', () => {
    expect(shortly('.long a, b\na:\n.globl b\nb:\n.weak c\n.globl c\nc:')).toBe('t a T b W c');
  });

  it('takes a comment for one only where the target does', () => {
    expect(shortly('a: # b:\n', LINUX)).toBe('t a');
    expect(shortly('a: // b:\nc: /* d:\n e: */ f:', LINUX)).toBe('t a t c t f');
    expect(shortly('a: @ b:\n', 'armv7a-linux-gnueabi')).toBe('t a');
    expect(shortly('a: ; b:\n', 'arm64-apple-macos11')).toBe('t a');
    expect(shortly('a: ; b:\n', 'aarch64-linux-gnu')).toBe('t a t b');
    expect(shortly('.ascii "# x: ; y:"; a:', LINUX)).toBe('t a');
  });

  it('expands macros with defaults, names, the rest of arguments and a number for each call', () => {
    const macro = '.macro m a, b=two, c:vararg\n\\a\\()_\\@: .long \\b\n.ifnb \\c\n.long \\c\n.endif\n.endm\n';
    expect(shortly(`${macro}m x\nm y, b=z\nm a=w, b=v, u, s`)).toBe('t x_0 U two t y_1 U z t w_2 U v U u U s');
  });

  it('takes macros that define macros, and forgets those that are purged', () => {
    expect(shortly('.macro outer n\n.macro \\n\n\\n\\()_label:\n.endm\n.endm\nouter inner\ninner')).toBe(
      't inner_label',
    );
    expect(shortly('.macro m\na:\n.endm\n.purgem m\nm b')).toBe('U b');
    expect(shortly('.macro m x\n.if \\x\n.exitm\n.endif\na\\x:\n.endm\nm 1\nm 0')).toBe('t a0');
  });

  it('repeats', () => {
    expect(shortly('.set n, 0\n.rept 3\n.set n, n + 1\n.endr\n.if n == 3\nthree:\n.endif')).toBe('t n t three');
    expect(shortly('.irp x, a, b\n.irpc y, 12\n\\x\\y:\n.endr\n.endr')).toBe('t a1 t a2 t b1 t b2');
  });

  it('takes the branch that holds', () => {
    const branches = (condition: string) => shortly(`${condition}\nyes:\n.else\nno:\n.endif`);
    expect(branches('.if 1 + 2 * 3 == 7 && !0')).toBe('t yes');
    expect(branches('.if (1 << 4) - 0x10')).toBe('t no');
    expect(branches('.ifc a b, a b')).toBe('t yes');
    expect(branches('.ifeqs "x", "y"')).toBe('t no');
    expect(branches('.ifndef never')).toBe('t yes');
    expect(branches('.if 0\n.if 1\na:\n.else\nb:\n.endif\n.elseif 2')).toBe('t yes');
  });

  it('gives a version the binding of what it stands for', () => {
    expect(shortly('.globl f\nf:\n.symver f, f@@@V1\n.symver g, g@@@V2\n.symver f, h@V3')).toBe(
      'T f T f@@V1 T h@V3 U g',
    );
    const find = (name: string) => (name === 'g' ? ({ binding: 'weak', isDefined: true } as const) : undefined);
    const { symbols } = readModuleAssembly('.symver g, g@@@V2', LINUX, { find });
    expect(symbols).toEqual([
      { name: 'g@@V2', flags: 0x2410 },
      { name: 'g', flags: 0x2488 },
    ]);
  });

  it('gives names as symbol tables have them, escaped', () => {
    // As a module gives its assembly: a byte that is no character is half of a surrogate pair.
    expect(shortly('"a\\b\udcff":')).toBe('t a\\\\b\\xff');
    // The halves of a whole pair are a character.
    expect(shortly('"\u{1f480}\u00e9":')).toBe('t \u{1f480}\u00e9');
  });

  it('joins the bytes of a character that come out of different places', () => {
    expect(shortly('.macro m x\n"\\x\udca9":\n.endm\nm "\udcc3"')).toBe('t \u00e9');
  });

  it('takes a backslash in quotes for an escape if it is told to', () => {
    const text = '.globl "a\\\\b"\n"a\\b": .long "x\\"y"';
    expect(shortly(text)).toBe('T a\\\\b U x"y');
    const { symbols } = readModuleAssembly(text, LINUX, { hasEscapesInNames: false });
    expect(symbols.map(({ name }) => name)).toEqual(['a\\\\\\\\b', 'a\\\\b', 'x\\\\"y']);
  });

  it('says what it does not understand, with the line, and goes on', () => {
    const { symbols, notes } = readModuleAssembly('a:\n.frobnicate x\n.if a - b\n.endif\nc: .rept d\n.endr', LINUX);
    expect(symbols.map(({ name }) => name)).toEqual(['a', 'c']);
    expect(notes.map(({ line }) => line)).toEqual([2, 3, 5]);
    expect(notes[0]?.reason).toContain('.frobnicate');
  });

  it.each([
    ['a string', '.ascii "x\nb:'],
    ['a comment', 'b: /* x'],
    ['a macro', '.macro m\nb:'],
    ['a repetition', '.rept 2\nb:'],
  ])('notes %s without an end', (_, text) => {
    expect(readModuleAssembly(`a:\n${text}`, LINUX).notes).not.toEqual([]);
    expect(symbolsOf(`a:\n${text}`)).toContain('8192 a');
  });

  it('bounds what macros stand for', () => {
    const doubling = Array.from({ length: 30 }, (_, i) => `.macro m${i + 1}\nm${i}\nm${i}\n.endm\n`).join('');
    const hostile = [
      `.macro m0\na:\n.endm\n${doubling}m30`,
      '.macro m\nm\n.endm\nm',
      '.rept 0x7fffffffffffffff\na:\n.endr',
      `.macro m x\n${'\\x'.repeat(100_000)}\n.endm\nm "${'y '.repeat(100_000)}"`,
      `.macro m x\n${'\\x'.repeat(100_000)}\n.endm\n${'m\n'.repeat(100_000)}`,
      `${'.rept 1\n'.repeat(10_000)}a:\n${'.endr\n'.repeat(10_000)}`,
    ];
    for (const text of hostile) {
      const { notes } = bounded(() => readModuleAssembly(text, LINUX));
      expect(notes.length).toBeGreaterThan(0);
    }
  });

  it.each([
    ['labels', (n: number) => 'a:'.repeat(n)],
    ['empty statements', (n: number) => ';'.repeat(n)],
    ['numeric labels', (n: number) => '1: jmp 1b\n'.repeat(n)],
    ['parentheses', (n: number) => `.set a, ${'('.repeat(n)}`],
    ['operators', (n: number) => `.set a, ${'-'.repeat(n)}1`],
    ['digits', (n: number) => `.set a, ${'9'.repeat(n)}`],
    ['sums', (n: number) => `.if ${'1+'.repeat(n)}1\n.endif`],
    ['conditions', (n: number) => '.if 1\n'.repeat(n)],
    ['versions', (n: number) => '.symver a, b@c\n'.repeat(n)],
    ['arguments', (n: number) => `.macro m a\n.endm\nm ${'a '.repeat(n)}`],
    ['quotes', (n: number) => '"'.repeat(n)],
    ['comments', (n: number) => '/* '.repeat(n)],
    ['commas', (n: number) => `.globl ${','.repeat(n)}`],
    ['brackets', (n: number) => `bl ${'['.repeat(n)}`],
  ])('costs time in proportion to the text: %s', (_, make) => {
    // A cost that multiplies would take minutes at this length.
    for (const triple of [LINUX, 'aarch64-linux-gnu', 'riscv64-linux-gnu']) {
      const { symbols, notes } = bounded(() => readModuleAssembly(make(200_000), triple));
      expect(symbols.length).toBeLessThanOrEqual(200_001);
      expect(notes.length).toBeLessThanOrEqual(100);
    }
  });

  it('takes any text', () => {
    const word = fc.constantFrom(
      ...['.macro m a', '.endm', '.rept 2', '.endr', '.irp x,', '.if', '.endif', '.else', '.set', '=', ':', ',', '\n'],
      ...['a', '1f', '1', '1:', '\\a', '\\@', '"', "'", '(', ')', '%', '$', '.', '.globl', '.symver', '@', '[', '{'],
      ...['.long', 'jmp', 'bl', 'ldr', ':lo12:', '#', ';', '/*', '*/', '//', '.exitm', '.weak', 'm', '\\\\', '\\xff'],
    );
    const triple = fc.constantFrom(LINUX, 'aarch64-apple-macos', 'armv7-linux', 'riscv64', 'ppc64', 'wasm32', '');
    fc.assert(
      fc.property(fc.array(fc.oneof(word, fc.string()), { maxLength: 60 }), triple, (words, target) => {
        const { symbols } = readModuleAssembly(words.join(' '), target);
        expect(new Set(symbols.map(({ name }) => name)).size).toBe(symbols.length);
      }),
      { numRuns: 2000 },
    );
  });

  it('finds the same symbols when statements stand apart or in one line', () => {
    const statement = fc.constantFrom(
      'a:',
      'b = 3',
      '.globl a',
      '.weak c',
      '.long d',
      'c:',
      'jmp 1f',
      '1:',
      '.comm e,4',
    );
    fc.assert(
      fc.property(fc.array(statement, { maxLength: 20 }), (statements) => {
        expect(symbolsOf(statements.join('\n'))).toEqual(symbolsOf(statements.join(' ; /* x */ ')));
      }),
    );
  });
});
