import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLinkCommand } from '../../../src/link/index.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { describeWithTools, run } from '../../helpers/tools.ts';

type Files = Readonly<Record<string, string>>;

function read(line: readonly string[], files: Files, version = '22'): ReturnType<typeof readLinkCommand> {
  return readLinkCommand([`ld.lld-${version}`, ...line], { readFile: (path) => files[path] });
}

function paths(line: readonly string[], files: Files, version?: string): string[] {
  return read(line, files, version).items.flatMap((item) => (item.kind === 'file' ? [item.path] : []));
}

describe('response files', () => {
  it('stand where they are named, those within them too', () => {
    expect(paths(['a', '@x', 'b', '@x'], { x: 'c @y d', y: 'e' })).toEqual(['a', 'c', 'e', 'd', 'b', 'c', 'e', 'd']);
  });

  it('that are missing are inputs of that name', () => {
    expect(paths(['@nosuch', '@'], {})).toEqual(['@nosuch', '@']);
  });

  it('are read as Windows does where the line says so', () => {
    const files = { x: `a\\b "c d" 'e f' "g\\"h" i\\\\j` };
    expect(paths(['@x'], files)).toEqual(['ab', 'c d', 'e f', 'g"h', 'i\\j']);
    expect(paths(['--rsp-quoting=windows', '@x'], files)).toEqual(['a\\b', 'c d', "'e", "f'", 'g"h', 'i\\\\j']);
  });

  it('that include themselves end the link from LLVM 16 on, and stay as they are before', () => {
    const files = { x: 'a @y b', y: 'c @x d' };
    const { complaints, ends } = read(['@x', 'e'], files);
    expect(ends).toBe('response-file');
    expect(complaints.map(({ message }) => message)).toEqual(["recursive expansion of: 'x'"]);
    expect(paths(['@x', 'e'], files, '15')).toEqual(['a', 'c', '@x', 'd', 'b', 'e']);
  });

  it('may nest a thousand deep, and cost what they are long', () => {
    const files: Record<string, string> = {};
    for (let depth = 0; depth < 999; depth++) files[`f${depth}`] = `a${depth} @f${depth + 1}`;
    expect(paths(['@f0'], files)).toHaveLength(1000);
    const start = performance.now();
    expect(paths(['@big'], { big: 'object.o '.repeat(1_200_000) })).toHaveLength(1_200_000);
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  it('that grow without bound are refused', () => {
    const files: Record<string, string> = { f30: 'a b' };
    for (let depth = 0; depth < 30; depth++) files[`f${depth}`] = `@f${depth + 1} @f${depth + 1}`;
    expect(() => paths(['@f0'], files)).toThrow(RangeError);
  });
});

describe.each(['14', '22'])('response files of lld %s', (version) => {
  describeWithTools('as the program reads them', [`ld.lld-${version}`], ([lld]) => {
    // Unknown arguments are said as they were read.
    it.each(['posix', 'windows'])(
      'with the quoting of %s',
      (quoting) => {
        const piece = fc.constantFrom(
          'a',
          'b',
          ' ',
          '\n',
          '\t',
          "'",
          '"',
          '\\',
          '\\"',
          '""',
          '\\\\',
          ' --',
          'é',
          "\\'",
        );
        const texts: string[][] = fc.sample(fc.array(piece, { maxLength: 14 }), { numRuns: 60, seed: 3 });
        texts.push(['\uFEFF', '--x'], ['--', '"'], ['--a', '\0', '--b']);
        // A few in each line: lld says only the first twenty errors.
        for (let first = 0; first < texts.length; first += 5) {
          const files = Object.fromEntries(
            texts.slice(first, first + 5).map((parts, index) => [`x${index}`, ` --${parts.join('')}`]),
          );
          const folder = temporaryFolder(files);
          const line = [`--rsp-quoting=${quoting}`, ...Object.keys(files).map((name) => `@${name}`), '-mnosuch'];
          const { stderr } = run(lld, line, { cwd: folder });
          const said = stderr.split(/\n(?=ld\.lld)/).map((part) => part.replace(/^\S+ error: /, '').replace(/\n$/, ''));
          const { complaints } = readLinkCommand([`ld.lld-${version}`, ...line], { readFile: (path) => files[path] });
          const isOfLine = (message: string): boolean =>
            !message.startsWith('cannot open ') && !message.includes(' is a directory');
          expect(said.filter(isOfLine)).toEqual(
            complaints.filter(({ stage }) => stage === 'line').map(({ message }) => message),
          );
        }
      },
      60_000,
    );
  });
});
