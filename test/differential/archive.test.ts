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

/** What llvm-nm prints of an index: names and members in the order of the file. */
function armap(nm: string, file: string): string[] {
  const printed = run(nm, ['--print-armap', file], { cwd: folder }).stdout;
  return lines(/Archive map\n([^]*?)\n\n/.exec(printed)?.[1] ?? '');
}

function entriesOf(archive: ArchiveFile): string[] {
  const index = archive.symbolIndex();
  if (index === undefined) return [];
  return Array.from(
    { length: index.length },
    (_, entry) => `${index.name(entry)} in ${archive.memberAt(index.memberOffset(entry)).name}`,
  );
}

const FORMATS = {
  gnu: ['gnu', '13'],
  bsd: ['bsd', '13'],
  darwin: ['bsd', '13'],
  bigarchive: ['aix-big', '15'],
  coff: ['coff', '19'],
} as const;
const SOURCES: Readonly<Record<string, string>> = {
  'first.c':
    'int f(void) { return 1; } int common; __attribute__((weak)) int w; static int s; int *use(void) { return &s; }',
  'second-with-a-long-name.c':
    'extern int e; int g = 2; __attribute__((visibility("hidden"))) int h(void) { return e; }',
  'with a blank.c': 'int third;',
};

for (const version of ['13', '14', '15', '16', '19', '22']) {
  const tools = [`llvm-ar-${version}`, 'llvm-nm-22', 'llvm-ar-22', 'clang-16'] as const;
  describeWithTools(`archives of every format that llvm-ar-${version} writes`, tools, ([ar, nm, reader, clang]) => {
    const formats = Object.entries(FORMATS).filter(([, [, since]]) => Number(version) >= Number(since));
    const members: string[] = [];

    beforeAll(() => {
      mkdirSync(join(folder, version));
      for (const [i, [name, text]] of Object.entries(SOURCES).entries()) {
        writeFileSync(join(folder, version, name), text);
        const object = `${version}/${name.replace(/c$/, 'o')}`;
        // Bitcode among ELF: every llvm-ar since 16 and those that are as old as it read it.
        const flags = i === 1 && Number(version) >= 16 ? ['-flto=thin'] : [];
        read(clang, ['-fcommon', ...flags, '-c', `${version}/${name}`, '-o', object]);
        members.push(object);
      }
      writeFileSync(join(folder, version, 'odd.txt'), 'odd');
      members.push(`${version}/odd.txt`);
    });

    for (const [format, [dialect]] of formats) {
      for (const wide of format === 'bsd' || format === 'coff' || format === 'bigarchive' ? [false] : [false, true]) {
        it(`${format}${wide ? ' with a 64-bit index' : ''}`, () => {
          const file = `${version}/${format}${wide ? '64' : ''}.a`;
          if (wide) process.env['SYM64_THRESHOLD'] = '0';
          try {
            read(ar, [`--format=${format}`, '-rcsU', file, ...members]);
          } finally {
            delete process.env['SYM64_THRESHOLD'];
          }
          const archive = openArchive(readFileSync(join(folder, file)));
          expect(archive.dialect).toBe(wide ? { gnu: 'gnu64', darwin: 'darwin64' }[format] : dialect);
          const entries = entriesOf(archive);
          expect(entries.length).toBeGreaterThanOrEqual(7);
          // LLVM 22 goes through the rows of a COFF index, too, as they stand.
          expect(entries).toEqual(armap(nm, file));
          expect([...archive.members()].map(({ name }) => name)).toEqual(lines(read(reader, ['t', file])));
          expect(listing(archive)).toEqual(verboseListing(reader, file));
          const offsets = lines(read(reader, ['tO', file])).map((line) => / 0x([0-9a-f]+)$/.exec(line)?.[1]);
          expect([...archive.members()].map(({ data }) => data?.base.toString(16))).toEqual(offsets);
          const { data } = [...archive.members()].at(-1) ?? {};
          const content = new TextDecoder().decode(data?.view(0, data.length, 'data').bytes);
          expect(content).toBe(run(reader, ['p', file, 'odd.txt'], { cwd: folder }).stdout);
        });
      }
    }

    it('thin ones, with an index of 32 and of 64 bits', () => {
      for (const wide of [false, true]) {
        const file = `${version}/thin${wide ? '64' : ''}.a`;
        if (wide) process.env['SYM64_THRESHOLD'] = '0';
        try {
          read(ar, ['rcsT', file, ...members]);
        } finally {
          delete process.env['SYM64_THRESHOLD'];
        }
        const archive = openArchive(readFileSync(join(folder, file)));
        expect([archive.dialect, archive.isThin]).toEqual([wide ? 'gnu64' : 'gnu', true]);
        // The tools print the paths from where they run, the archive has them from where it stands.
        const names = (text: readonly string[]) => text.map((line) => line.replace(`${version}/`, ''));
        expect(entriesOf(archive)).toEqual(names(armap(nm, file)));
        expect([...archive.members()].map(({ name }) => name)).toEqual(names(lines(read(reader, ['t', file]))));
      }
    });
  });
}
