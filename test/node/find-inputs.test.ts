import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findInputs } from '../../src/node/index.ts';
import { readFixture } from '../helpers/fixtures.ts';
import { temporaryFolder } from '../helpers/temporary.ts';

const OBJECT = readFixture('kernel/arch/head.o');
const BITCODE = readFixture('kernel/init/main.o');
const ARCHIVE = readFixture('archives/empty.a');

/** The files found, named from the folder. */
function found(folder: string, ...paths: string[]): string[] {
  const { files, unreadable } = findInputs(paths.map((path) => join(folder, path)));
  expect(unreadable).toEqual([]);
  return files.map(({ file }) => file.slice(folder.length + 1));
}

describe('findInputs', () => {
  it('finds by content what is named like nothing', () => {
    const folder = temporaryFolder({
      elf: OBJECT,
      'bitcode.tmp': BITCODE,
      archive: ARCHIVE,
      'source.c': 'int x;\n',
      data: '',
    });
    expect(found(folder, '.').map((file) => file.replace('./', ''))).toEqual(['archive', 'bitcode.tmp', 'elf']);
  });

  it('finds by name what should have the content and has not', () => {
    const folder = temporaryFolder({ 'text.o': 'x', 'text.lo': 'x', 'text.a': 'x', 'text.bc': 'x', 'text.txt': 'x' });
    expect(found(folder, '')).toEqual(['text.a', 'text.bc', 'text.lo', 'text.o']);
  });

  it('goes through a directory in the order of names, files and folders alike every time', () => {
    const folder = temporaryFolder({ 'b.o': OBJECT, 'a/z.o': OBJECT, 'c/y.o': OBJECT, 'a.o': OBJECT });
    expect(found(folder, '')).toEqual(['a.o', 'b.o', 'a/z.o', 'c/y.o']);
  });

  it('keeps the order of the paths', () => {
    const folder = temporaryFolder({ 'b.o': OBJECT, 'a.o': OBJECT, 'd/c.o': OBJECT });
    expect(found(folder, 'b.o', 'd', 'a.o')).toEqual(['b.o', 'd/c.o', 'a.o']);
  });

  it('tells which directory argument a file was found in', () => {
    const folder = temporaryFolder({ 'd/sub/a.o': OBJECT, 'b.o': OBJECT });
    const { files } = findInputs([join(folder, 'd'), join(folder, 'b.o')]);
    expect(files).toEqual([
      { file: join(folder, 'd/sub/a.o'), foundIn: join(folder, 'd') },
      { file: join(folder, 'b.o'), foundIn: undefined },
    ]);
  });

  it('takes a file once in a search, by links or by overlapping directories', () => {
    const folder = temporaryFolder({ 'd/a.o': OBJECT, 'd/sub/c.o': OBJECT });
    linkSync(join(folder, 'd/a.o'), join(folder, 'd/b.o'));
    symlinkSync('a.o', join(folder, 'd/z.o'));
    expect(found(folder, 'd', 'd/sub', 'd')).toEqual(['d/a.o', 'd/sub/c.o']);
  });

  it('takes a link to a file elsewhere, once', () => {
    const folder = temporaryFolder({ 'elsewhere/a.o': OBJECT });
    mkdirSync(join(folder, 'd'));
    for (const name of ['one.o', 'two.o']) symlinkSync('../elsewhere/a.o', join(folder, 'd', name));
    expect(found(folder, 'd')).toEqual(['d/one.o']);
  });

  it('does not follow links to directories that it meets', () => {
    const folder = temporaryFolder({ 'elsewhere/a.o': OBJECT, 'd/b.o': OBJECT });
    symlinkSync('../elsewhere', join(folder, 'd/link'));
    expect(found(folder, 'd')).toEqual(['d/b.o']);
  });

  it('takes hidden files and folders', () => {
    const folder = temporaryFolder({ '.tmp_vmlinux.o': OBJECT, '.cache/a.o': OBJECT });
    expect(found(folder, '')).toEqual(['.tmp_vmlinux.o', '.cache/a.o']);
  });

  it('leaves the content of files that are named to others', () => {
    const folder = temporaryFolder({ 'notes.txt': 'x' });
    expect(found(folder, 'notes.txt')).toEqual(['notes.txt']);
  });

  it('tells what is not there, and goes on', () => {
    const folder = temporaryFolder({ 'a.o': OBJECT });
    const gone = join(folder, 'gone.o');
    const { files, unreadable } = findInputs([gone, join(folder, 'a.o'), '/dev/null']);
    expect(files).toHaveLength(1);
    expect(unreadable).toEqual([
      { path: gone, reason: 'No such file or directory' },
      { path: '/dev/null', reason: expect.stringContaining('device') as string },
    ]);
  });

  it('ends a path of a directory with one slash', () => {
    const folder = temporaryFolder({ 'd/a.o': OBJECT });
    const { files } = findInputs([`${folder}/d/`, `${folder}/d`]);
    expect(files.map(({ file }) => file)).toEqual([`${folder}/d/a.o`]);
  });

  it('finds nothing in an empty directory', () => {
    expect(findInputs([temporaryFolder()])).toEqual({ files: [], unreadable: [] });
  });

  it('reads response files that name directories', () => {
    const folder = temporaryFolder({ 'd/a.o': OBJECT });
    writeFileSync(join(folder, 'list'), join(folder, 'd'));
    const { files } = findInputs([`@${join(folder, 'list')}`]);
    expect(files.map(({ file }) => file)).toEqual([join(folder, 'd/a.o')]);
  });
});
