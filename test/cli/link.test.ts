// ltoscope link as people call it, with objects compiled here, against the words of ld.lld 16.

import { describe, expect, it } from 'vitest';
import { ltoscope } from '../helpers/cli.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { describeWithTools, run } from '../helpers/tools.ts';

describeWithTools('link of objects', ['clang-16', 'ld.lld-16'], ([clang, lld]) => {
  function compiled(): string {
    const cwd = temporaryFolder({
      'a.c': 'int f(void); int _start(void) { return f(); }',
      'b.c': 'int f(void) { return 1; } int g(void) { return 2; }',
      'c.c': 'int f(void) { return 3; } int g(void) { return 4; }',
    });
    run(clang, ['-c', 'a.c', 'b.c', 'c.c'], { cwd });
    return cwd;
  }

  it.each([
    ['links', ['a.o', 'b.o']],
    ['has an undefined symbol', ['a.o']],
    ['has two duplicates', ['a.o', 'b.o', 'c.o']],
    ['lacks an input', ['a.o', 'b.o', 'absent.o']],
    ['lacks the argument of an option', ['a.o', 'b.o', '-T']],
  ])('says what ld.lld says of a line that %s', async (_title, inputs) => {
    const cwd = compiled();
    const linker = run(lld, ['-o', '/dev/null', ...inputs], { cwd });
    const { status, stdout } = await ltoscope(['link', '--', 'ld.lld-16', ...inputs], { cwd });
    expect(status).toBe(linker.status);
    const words = linker.stderr.replaceAll(/^\S*ld\.lld\S*: /gm, '');
    expect(stdout.split('\n').slice(0, -2).join('\n')).toBe(words.trimEnd());
  });

  it('reads the line of a compiler behind a wrapper', async () => {
    const line = ['ccache', 'clang-16', '-nostdlib', '-fuse-ld=lld', 'a.o', 'b.o', '-o', 'x'];
    const { status, stdout, stderr } = await ltoscope(['link', '--', ...line], { cwd: compiled() });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toBe('lld-16: links; 2 of 2 inputs taken, 0 errors, 0 warnings\n');
  });

  it('says which files of a compiler it does not know', async () => {
    const { stderr } = await ltoscope(['link', '--', 'clang-16', 'a.o', 'b.o'], { cwd: compiled() });
    expect(stderr).toMatch(/^ltoscope: start files and libraries that the compiler adds are not known/);
  });
});

describeWithTools('answers of link', ['clang-16', 'llvm-ar-16'], ([clang, ar]) => {
  function archived(): string {
    const cwd = temporaryFolder({
      'main.c': 'int f(void); int _start(void) { return f(); }',
      'f.c': 'int g(void); int f(void) { return g(); }',
      'g.c': 'int g(void) { return 1; }',
      'h.c': 'int h(void) { return 1; }',
    });
    run(clang, ['-c', 'main.c', 'f.c', 'g.c', 'h.c'], { cwd });
    run(ar, ['rc', 'x.a', 'h.o', 'g.o', 'f.o'], { cwd });
    return cwd;
  }
  const lines = async (...options: string[]) => {
    const { stdout } = await ltoscope(['link', ...options, '--', 'ld.lld-16', 'main.o', 'h.o', 'x.a'], {
      cwd: archived(),
    });
    return stdout.split('\n').slice(0, -2);
  };

  it('tell why an input is linked, down to the line', async () => {
    expect(await lines('--why-extract', 'g')).toEqual([
      'x.a(g.o): taken for g, named by x.a(f.o)',
      'x.a(f.o): taken for f, named by main.o',
      'main.o: stands on the line itself',
    ]);
  });

  it('tell who defines and who names a symbol', async () => {
    expect(await lines('--trace-symbol', 'f')).toEqual(['main.o: refers f', 'x.a(f.o): defines f, kept']);
  });

  it('tell what an archive gives', async () => {
    expect(await lines('--archives')).toEqual(['x.a: 2 of 3 members']);
  });

  it('does not fail for what is only possible', async () => {
    const cwd = temporaryFolder({ 'a.c': 'int f(void); int _start(void) { return f(); }' });
    run(clang, ['-flto', '-c', 'a.c'], { cwd });
    const { status, stdout } = await ltoscope(['link', '--', 'ld.lld-16', 'a.o'], { cwd });
    expect(status).toBe(0);
    expect(stdout).toContain('possible error: undefined symbol: f');
  });
});

describe('link with wrong usage', () => {
  it.each([
    ['nothing behind --', ['--'], /there is no link line/],
    ['a program that is no linker', ['--', 'frob', 'a.o'], /^ltoscope: frob: no linker that is known/],
    ['a program whose name is hostile', ['--', 'fr\x1b[1mob'], /^ltoscope: fr\\x1b\[1mob: no linker/],
    ['a line that compiles', ['--', 'clang', '-c', 'a.c'], /it is no link: -c: nothing is linked/],
    ['a .cmd file that is not there', ['--cmd', 'absent.cmd'], /^ltoscope: absent\.cmd: No such file/],
    ['a .cmd file without a link', ['--cmd', '.text.cmd'], /no link line of kbuild stands in it/],
    ['an unknown option', ['--frob'], /unknown option '--frob'/],
  ])('%s is told, with status 2', async (_title, args, words) => {
    const cwd = temporaryFolder({ '.text.cmd': 'hello\n' });
    const { status, stdout, stderr } = await ltoscope(['link', ...args], { cwd });
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(words);
  });
});
