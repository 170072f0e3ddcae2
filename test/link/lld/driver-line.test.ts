import { describe, expect, it } from 'vitest';
import { findLinkCommand, readDriverLine, readLinkCommand } from '../../../src/link/index.ts';
import type { DriverLine } from '../../../src/link/index.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { describeWithTools, run } from '../../helpers/tools.ts';

function read(line: string): DriverLine {
  return readDriverLine(line.split(' '));
}

function linkOf(line: string): { argv: string; adds: string } | string {
  const result = read(line);
  if (result.kind === 'refused') return result.reason;
  const { startFiles, defaultLibraries } = result.adds;
  return {
    argv: result.argv.join(' '),
    adds: [startFiles ? 'start files' : '', defaultLibraries ? 'libraries' : '']
      .filter((text) => text !== '')
      .join(', '),
  };
}

describe('readDriverLine', () => {
  it('hands on inputs and what is meant for the linker, in order', () => {
    expect(
      linkOf(
        'clang++-16 -O2 -g -I inc -D X -Wall -fuse-ld=lld -rdynamic -L lib -Lmore a.o -Wl,--whole-archive,b.a -Xlinker --no-whole-archive -lz -T x.lds -o out -pthread -u f',
      ),
    ).toEqual({
      argv: 'ld.lld-16 --export-dynamic -L lib -Lmore -o out -u f a.o --whole-archive b.a --no-whole-archive -lz -lpthread -T x.lds',
      adds: 'start files, libraries',
    });
  });

  it('says what the driver would add', () => {
    expect(linkOf('gcc -nostdlib a.o')).toEqual({ argv: 'ld a.o', adds: '' });
    expect(linkOf('gcc -r a.o')).toEqual({ argv: 'ld -r a.o', adds: '' });
    expect(linkOf('gcc -nostartfiles a.o')).toEqual({ argv: 'ld a.o', adds: 'libraries' });
    expect(linkOf('cc -nodefaultlibs a.o -fuse-ld=/x/ld.lld')).toEqual({ argv: '/x/ld.lld a.o', adds: 'start files' });
    expect(linkOf('aarch64-linux-gnu-gcc-12 --ld-path=/y/ld -static-pie a.o')).toEqual({
      argv: '/y/ld -static -pie --no-dynamic-linker a.o',
      adds: 'start files, libraries',
    });
  });

  it('refuses lines that do not only link', () => {
    expect(linkOf('gcc -c a.c')).toBe('-c: nothing is linked');
    expect(linkOf('gcc a.o main.c')).toBe('main.c is compiled first; give the line that links the objects');
    expect(linkOf('clang a.o b.ll')).toBe('b.ll is compiled first; give the line that links the objects');
    expect(linkOf('gcc -x c a.o')).toBe('-x c: inputs are compiled first');
    expect(linkOf('gcc -')).toBe('the standard input is compiled');
    expect(linkOf('gcc -lz')).toMatchObject({ argv: 'ld -lz' });
    expect(linkOf('gcc -o')).toBe('-o: argument is missing');
    expect(linkOf('gcc -O2')).toBe('no input files');
    const recursive = readDriverLine(['gcc', '@a'], { readFile: () => '@a' });
    expect(recursive).toEqual({ kind: 'refused', reason: 'response file a includes itself' });
  });

  it('takes arguments out of response files', () => {
    const result = readDriverLine(['gcc', '@a'], { readFile: (path) => (path === 'a' ? `"x y.o" -Wl,-r` : undefined) });
    expect(result).toMatchObject({ kind: 'link', argv: ['ld', 'x y.o', '-r'] });
  });

  describe.each(['clang-16', 'clang-22', 'gcc'])('compared with %s', (driver) => {
    describeWithTools('-###', [driver], ([tool]) => {
      it.each([
        'a.o b.a -lz -o out -L. -Wl,--gc-sections,--as-needed c.so -Wl,--no-as-needed',
        '-shared a.o -Wl,-soname,x -Xlinker -z -Xlinker defs -lm',
        '-r a.o b.o -o c.o',
        '-nostdlib -static a.o -Wl,--start-group b.a -lz -Wl,--end-group -u f -e g',
        '-nostartfiles -rdynamic a.o -z now',
      ])('hands on the same inputs: %s', (text) => {
        const folder = temporaryFolder({ 'a.o': '', 'b.o': '', 'b.a': '', 'c.so': '' });
        const line = text.split(' ');
        const { stderr } = run(tool, [...line, '-###'], { cwd: folder });
        const found = findLinkCommand(stderr);
        const mine = readDriverLine([driver, ...line]);
        expect(found?.isDriver).toBe(false);
        expect(mine.kind).toBe('link');
        if (mine.kind !== 'link' || found === undefined) return;
        const theirs = readLinkCommand(found.argv);
        const ours = readLinkCommand(mine.argv);
        // What the driver adds has a folder in its name, or is one of its libraries.
        const isOwn = (name: string): boolean => !name.includes('/') && !/^(?:c|gcc|gcc_s)$/.test(name);
        // Some distributions build gcc so that it gives --as-needed first.
        const asNeeded = (isGiven: boolean): boolean => driver !== 'gcc' && isGiven;
        const inputs = (command: typeof ours): unknown[] =>
          command.items.flatMap((item) =>
            item.kind === 'file' && isOwn(item.path)
              ? [[item.path, asNeeded(item.state.asNeeded), item.state.isStatic, item.state.group >= 0]]
              : item.kind === 'library' && isOwn(item.name)
                ? [[item.name, asNeeded(item.state.asNeeded), item.state.isStatic, item.state.group >= 0]]
                : [],
          );
        expect(inputs(ours)).toEqual(inputs(theirs));
        expect(ours.complaints.filter(({ severity }) => severity !== 'note')).toEqual([]);
        const { relocatable, shared, entry, undefined: names, gcSections, output, noUndefined } = theirs.options;
        expect(ours.options).toMatchObject({
          relocatable,
          shared,
          entry,
          undefined: names,
          gcSections,
          output,
          noUndefined,
        });
      });
    });
  });
});
