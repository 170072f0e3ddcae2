import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { InputFailure, OpenedFile } from '../../src/link/index.ts';
import { openFile, auditPaths } from '../../src/node/index.ts';
import { archive } from '../helpers/archive-builder.ts';
import { temporaryFolder } from '../helpers/temporary.ts';

const CONTENT = Uint8Array.from({ length: 1000 }, (_, i) => i % 256);

function opened(path: string): OpenedFile {
  const file = openFile(path);
  if ('kind' in file) throw new Error(file.reason);
  return file;
}

function refused(path: string): InputFailure {
  const file = openFile(path);
  if (!('kind' in file)) throw new Error(`${path} was opened`);
  return file;
}

describe('openFile', () => {
  it('reads ranges of a file', () => {
    const file = opened(join(temporaryFolder({ file: CONTENT }), 'file'));
    const { source } = file;
    expect(source.size).toBe(1000);
    expect([...source.read(10, 5)]).toEqual([10, 11, 12, 13, 14]);
    expect(source.read(0, 1000)).toEqual(CONTENT);
    expect(source.read(5, 0)).toHaveLength(0);
    file.close();
  });

  it('returns plain bytes of their own memory', () => {
    const file = opened(join(temporaryFolder({ file: CONTENT }), 'file'));
    const { source } = file;
    const first = source.read(0, 8);
    const second = source.read(8, 8);
    expect(first.constructor).toBe(Uint8Array);
    expect(first[0]).toBe(0);
    expect(second[0]).toBe(8);
    file.close();
  });

  it('reads into memory of the caller', () => {
    const file = opened(join(temporaryFolder({ file: CONTENT }), 'file'));
    const { source } = file;
    const target = new Uint8Array(16).subarray(4, 12);
    expect(source.readInto?.(100, target)).toBe(8);
    expect([...target]).toEqual([100, 101, 102, 103, 104, 105, 106, 107]);
    file.close();
  });

  it('gives what there is at the end of a file', () => {
    const file = opened(join(temporaryFolder({ file: CONTENT }), 'file'));
    const { source } = file;
    expect(source.read(990, 20)).toHaveLength(10);
    expect(source.read(5000, 20)).toHaveLength(0);
    file.close();
  });

  it('has one identity for all names of a file, and others for others', () => {
    const folder = temporaryFolder({ a: CONTENT, b: CONTENT });
    symlinkSync('a', join(folder, 'link'));
    const identities = ['a', 'link', '../a', 'b'].map((name) => {
      const path = name === '../a' ? `${folder}/./a` : join(folder, name);
      const file = opened(path);
      file.close();
      return file.identity;
    });
    expect(new Set(identities.slice(0, 3)).size).toBe(1);
    expect(identities[3]).not.toBe(identities[0]);
  });

  it('opens nothing but regular files', () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'd'));
    execFileSync('mkfifo', [join(folder, 'fifo')]);
    symlinkSync('fifo', join(folder, 'link'));
    for (const [path, reason] of [
      [join(folder, 'd'), 'directory'],
      [join(folder, 'fifo'), 'FIFO'],
      [join(folder, 'link'), 'FIFO'],
      ['/dev/zero', 'device'],
    ] as const) {
      expect(refused(path)).toEqual({ kind: 'unreadable', reason: expect.stringContaining(reason) as string });
    }
  });

  it('tells what is missing from what cannot be read', () => {
    const folder = temporaryFolder({ file: CONTENT });
    symlinkSync('nowhere', join(folder, 'dangling'));
    symlinkSync('loop', join(folder, 'loop'));
    expect(refused(join(folder, 'gone')).kind).toBe('missing');
    expect(refused(join(folder, 'dangling')).kind).toBe('missing');
    expect(refused(join(folder, 'loop'))).toEqual({ kind: 'unreadable', reason: 'Too many levels of symbolic links' });
    expect(refused(`${folder}/${'x'.repeat(300)}`)).toEqual({ kind: 'unreadable', reason: 'File name too long' });
  });

  it('does not throw for a name that no file can have', () => {
    expect(refused('a\0b').kind).toBe('unreadable');
  });
});

describe('descriptors', () => {
  it('are all closed behind an audit, of what was damaged or missing too', ({ skip }) => {
    if (process.platform !== 'linux') skip('descriptors are counted in /proc');
    const names = ['a.o', 'gone.o', 'cut.o', 'thin.a'];
    const folder = temporaryFolder({
      'a.o': CONTENT,
      'cut.o': Uint8Array.of(0x7f, 0x45, 0x4c, 0x46),
      'thin.a': archive(
        names.map((name) => ({ name, data: '' })),
        { thin: true },
      ),
    });
    const count = () => readdirSync('/proc/self/fd').length;
    const before = count();
    for (let i = 0; i < 20; i += 1) auditPaths([folder, join(folder, 'thin.a')]);
    expect(count()).toBe(before);
  });
});
