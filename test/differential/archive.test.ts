// Archives made by the tools at hand, and what the tools list of them.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openArchive } from '../../src/archive/index.ts';
import type { ArchiveFile } from '../../src/archive/index.ts';
import { describeWithTools, run } from '../helpers/tools.ts';

const CONTENTS: Readonly<Record<string, string>> = {
  'a.o': 'odd',
  'fifteen-bytes.o': 'even',
  'sixteen-bytes--o': '',
  'dir/in-a-folder.o': 'in a folder',
  'a name with blanks and umlauts \u00e4.o': 'x',
};
const NAMES = Object.keys(CONTENTS);
const WRITERS = ['ar', 'llvm-ar-13', 'llvm-ar-14', 'llvm-ar-16', 'llvm-ar-19', 'llvm-ar-22'];

let folder = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ltoscope-archive-'));
  mkdirSync(join(folder, 'dir'));
  for (const [name, content] of Object.entries(CONTENTS)) writeFileSync(join(folder, name), content);
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function read(tool: string, args: readonly string[]): string {
  const { status, stdout, stderr } = run(tool, args, { cwd: folder });
  if (status !== 0) throw new Error(`${tool} ${args.join(' ')}: ${stderr}`);
  return stdout;
}

function lines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '');
}

function make(writer: string, modifiers: string, file: string, members: readonly string[]): ArchiveFile {
  read(writer, [modifiers, file, ...members]);
  return openArchive(readFileSync(join(folder, file)));
}

/** Mode, owner, size and name as `tv` prints them. */
function listing(file: ArchiveFile): string[] {
  return [...file.members()].map(({ mode = 0, uid, gid, size, name }) => {
    const permissions = Array.from('rwxrwxrwx', (letter, bit) => ((mode >> (8 - bit)) & 1 ? letter : '-')).join('');
    return `${permissions} ${uid}/${gid} ${size} ${name}`;
  });
}

function verboseListing(tool: string, file: string): string[] {
  const line = /^(\S{9}) (\d+)\/(\d+) +(\d+) .{17} (.*)$/;
  return lines(read(tool, ['tv', file])).map((text) => text.replace(line, '$1 $2/$3 $4 $5'));
}

for (const writer of WRITERS) {
  describeWithTools(`archives written by ${writer}`, [writer], ([path]) => {
    it.each(['cDrS', 'cUrS', 'cDrST', 'cDPrST'])('list as the tool lists them: %s', (modifiers) => {
      const file = `${modifiers}.a`;
      const archive = make(path, modifiers, file, NAMES);
      expect(archive.isThin).toBe(modifiers.endsWith('T'));
      expect([...archive.members()].map(({ name }) => name)).toEqual(lines(read(path, ['t', file])));
      expect(listing(archive)).toEqual(verboseListing(path, file));
      rmSync(join(folder, file));
    });

    it('hold the bytes of the files', () => {
      const archive = make(path, 'cDrS', 'contents.a', NAMES);
      const contents = [...archive.members()].map(({ data }) => {
        if (data === undefined) throw new Error('external');
        return new TextDecoder().decode(data.view(0, data.length, 'data').bytes);
      });
      expect(contents).toEqual(Object.values(CONTENTS));
      rmSync(join(folder, 'contents.a'));
    });

    it('are empty where nothing is added', () => {
      expect([...make(path, 'cDrS', 'empty.a', []).members()]).toEqual([]);
      rmSync(join(folder, 'empty.a'));
    });
  });
}

describeWithTools('a regular archive in a thin one, by GNU ar', ['ar'], ([ar]) => {
  it('leads to the headers of the inner members', () => {
    const inner = make(ar, 'cDrS', 'inner.a', NAMES);
    const outer = make(ar, 'cDrST', 'outer.a', ['a.o', 'inner.a']);
    const [plain, ...nested] = [...outer.members()];
    expect(plain).toMatchObject({ name: 'a.o', nestedOffset: undefined });
    expect(nested.map(({ name }) => name)).toEqual(NAMES.map(() => 'inner.a'));
    const innerMembers = nested.map(({ nestedOffset }) => inner.memberAt(nestedOffset ?? 0));
    expect(innerMembers.map(({ name, size }) => [name, size])).toEqual(
      [...inner.members()].map(({ name, size }) => [name, size]),
    );
  });
});

describeWithTools('symbol indexes', ['cc', 'ar', 'nm', 'llvm-ar-22'], ([cc, ar, nm, llvmAr]) => {
  it.each(['cDrs', 'cDrsT'])('have the entries that nm prints: %s', (modifiers) => {
    const sources = {
      'one.c': 'int f(void) { return 1; } int common_or_not;',
      'second-with-a-long-name.c': 'int g = 2;',
    };
    const objects = Object.entries(sources).map(([name, text]) => {
      writeFileSync(join(folder, name), text);
      read(cc, ['-c', name]);
      return name.replace(/c$/, 'o');
    });
    for (const [which, writer] of [ar, llvmAr].entries()) {
      const file = `${modifiers}-${which}.a`;
      const archive = make(writer, modifiers, file, objects);
      const index = archive.symbolIndex();
      if (index === undefined) throw new Error('no symbol index');
      const entries = Array.from(
        { length: index.length },
        (_, entry) => `${index.name(entry)} in ${archive.memberAt(index.memberOffset(entry)).name}`,
      );
      const printed = read(nm, ['--print-armap', file]);
      expect(entries).toHaveLength(3);
      expect(lines(/Archive index:\n([^]*?)\n\n/.exec(printed)?.[1] ?? '')).toEqual(entries);
    }
  });

  it('of 64 bits read like those of 32', () => {
    writeFileSync(join(folder, 'three.c'), 'int h(void) { return 3; }');
    read(cc, ['-c', 'three.c']);
    // LLVM takes the threshold from the environment, for its own tests.
    process.env['SYM64_THRESHOLD'] = '1';
    try {
      const archive = make(llvmAr, 'cDrs', 'wide.a', ['three.o']);
      expect(readFileSync(join(folder, 'wide.a')).toString('latin1', 8, 15)).toBe('/SYM64/');
      expect(archive.symbolIndex()?.name(0)).toBe('h');
      expect(archive.memberAt(archive.symbolIndex()?.memberOffset(0) ?? 0).name).toBe('three.o');
    } finally {
      delete process.env['SYM64_THRESHOLD'];
    }
  });
});
