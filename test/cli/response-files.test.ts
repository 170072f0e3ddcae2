import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { jsonLines, ltoscope } from '../helpers/cli.ts';
import type { CommandResult, IdentifyLine } from '../helpers/cli.ts';
import { readFixture } from '../helpers/fixtures.ts';
import { temporaryFolder } from '../helpers/temporary.ts';

const OBJECT = readFixture('duplicates/elf-elf/a.o');

interface Named extends CommandResult {
  /** The files that were reached. */
  readonly files: readonly string[];
}

/** Writes files and runs `identify` on the paths. */
async function identify(files: Readonly<Record<string, Uint8Array | string>>, ...paths: string[]): Promise<Named> {
  const cwd = temporaryFolder(files);
  const result = await ltoscope(['identify', '--json', ...paths], { cwd });
  return { ...result, files: jsonLines<IdentifyLine>(result.stdout).map(({ file }) => file) };
}

describe('a response file', () => {
  it('lists paths between any white space', async () => {
    const { status, files } = await identify(
      { 'a.o': OBJECT, 'b.o': OBJECT, 'c.o': OBJECT, list: ' a.o\tb.o\r\n\nc.o\n' },
      '@list',
    );
    expect({ status, files }).toEqual({ status: 0, files: ['a.o', 'b.o', 'c.o'] });
  });

  it.each([
    ['single quotes', `'a b.o'`],
    ['double quotes', `"a b.o"`],
    ['a backslash', String.raw`a\ b.o`],
    ['quotes within a word', `a" "b.o`],
    ['a quote within other quotes', `"a b".o`],
  ])('protects white space with %s', async (_title, text) => {
    const { status, files } = await identify({ 'a b.o': OBJECT, list: text }, '@list');
    expect({ status, files }).toEqual({ status: 0, files: ['a b.o'] });
  });

  it('names other response files, from the working directory too', async () => {
    const { status, files } = await identify(
      { 'a.o': OBJECT, 'sub/b.o': OBJECT, one: 'a.o @two', two: 'sub/b.o' },
      '@one',
    );
    expect({ status, files }).toEqual({ status: 0, files: ['a.o', 'sub/b.o'] });
  });

  it('stands between paths in its place', async () => {
    const { files } = await identify(
      { 'a.o': OBJECT, 'b.o': OBJECT, 'c.o': OBJECT, list: 'b.o' },
      'a.o',
      '@list',
      'c.o',
    );
    expect(files).toEqual(['a.o', 'b.o', 'c.o']);
  });

  it('that is empty lists nothing', async () => {
    const { status, files } = await identify({ 'a.o': OBJECT, list: '' }, '@list', 'a.o');
    expect({ status, files }).toEqual({ status: 0, files: ['a.o'] });
  });

  it('does not come before a file of that very name', async () => {
    const { status, files } = await identify({ '@list': OBJECT, list: 'a.o', 'a.o': OBJECT }, '@list');
    expect({ status, files }).toEqual({ status: 0, files: ['@list'] });
  });
});

describe('a response file that cannot be used', () => {
  it.each([
    ['is missing', '@nowhere', 'No such file or directory'],
    ['is a directory', '@folder', 'directory'],
    ['is a device', '@/dev/zero', 'device'],
  ])('because it %s is told, and the rest is done', async (_title, path, reason) => {
    const cwd = temporaryFolder({ 'a.o': OBJECT });
    mkdirSync(join(cwd, 'folder'));
    const { status, stdout, stderr } = await ltoscope(['identify', '--json', path, 'a.o'], { cwd });
    expect(status).toBe(2);
    expect(jsonLines<IdentifyLine>(stdout).map(({ file }) => file)).toEqual(['a.o']);
    expect(stderr).toMatch(/^ltoscope: .*\n$/);
    expect(stderr).toContain(path);
    expect(stderr).toContain(reason);
  });

  it('because no file can have its name is told, and the rest is done', async () => {
    const cwd = temporaryFolder({ 'a.o': OBJECT });
    symlinkSync('@loop', join(cwd, '@loop'));
    const long = `@${'x'.repeat(5000)}`;
    const { status, stdout, stderr } = await ltoscope(['identify', '--json', long, '@loop', 'a.o'], { cwd });
    expect(status).toBe(2);
    expect(jsonLines<IdentifyLine>(stdout).map(({ file }) => file)).toEqual(['a.o']);
    expect(stderr).toMatch(/^ltoscope: @x+: File name too long$/m);
    expect(stderr).toMatch(/^ltoscope: @loop: /m);
  });

  it('because what it lists holds a NUL loses that path alone', async () => {
    const { status, files, stderr } = await identify({ 'a.o': OBJECT, list: '@b\0c d\0e a.o' }, '@list');
    expect({ status, files }).toEqual({ status: 2, files: ['a.o'] });
    expect(stderr.trimEnd().split('\n')).toHaveLength(2);
  });

  it('that lists a missing file names that file', async () => {
    const { status, files, stderr } = await identify({ 'a.o': OBJECT, list: 'gone.o a.o' }, '@list');
    expect({ status, files }).toEqual({ status: 2, files: ['a.o'] });
    expect(stderr).toBe('ltoscope: gone.o: No such file or directory\n');
  });

  it('because it names itself is told once', async () => {
    const { status, files, stderr } = await identify({ 'a.o': OBJECT, list: 'a.o @list' }, '@list');
    expect(status).toBe(2);
    expect(new Set(files)).toEqual(new Set(['a.o']));
    expect(stderr).toMatch(/^ltoscope: @list: .*\n$/);
  });

  it('because two name each other is told', async () => {
    const { status, stderr } = await identify({ 'a.o': OBJECT, one: '@two', two: '@one a.o' }, '@one');
    expect(status).toBe(2);
    expect(stderr).toMatch(/^ltoscope: @(one|two): /);
  });

  it('because it names itself many times takes no longer for that', async () => {
    const cwd = temporaryFolder({ 'a.o': OBJECT, list: `${'@list '.repeat(20)} a.o` });
    const { status } = await ltoscope(['identify', '@list'], { cwd, timeLimitMs: 5_000 });
    expect(status).toBe(2);
  });

  it('because it fans out through others ends as well', async () => {
    const cwd = temporaryFolder({ 'a.o': OBJECT });
    for (let level = 0; level < 12; level += 1) {
      writeFileSync(join(cwd, `level${level}`), `@level${level + 1} `.repeat(20));
    }
    writeFileSync(join(cwd, 'level12'), 'a.o');
    const { status } = await ltoscope(['identify', '@level0'], { cwd, timeLimitMs: 5_000 });
    expect(status).toBe(2);
  });
});
