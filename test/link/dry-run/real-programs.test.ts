// Real programs, compiled from the sources that `scripts/fetch-sources.sh` fetched into the folder that LTOSCOPE_SOURCES
// names: the linker's line of clang, with the system's libraries and start files, as it is, with one object left out and
// with one given twice.

import { mkdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { runAll, runTool } from '../../helpers/linker-runs.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { describeWithTools } from '../../helpers/tools.ts';
import { judge } from './judge.ts';
import type { Judgement } from './judge.ts';

interface Program {
  readonly name: string;
  readonly package: string;
  /** Version of LLVM. */
  readonly version: 14 | 16 | 19 | 22;
  readonly compiler: 'clang' | 'clang++';
  /** Sources in the package, without what is left out on purpose. */
  readonly sources: readonly string[];
  readonly compilerOptions: readonly string[];
  readonly linkOptions: readonly string[];
  /** A source that the others need, and one that may not be there twice. */
  readonly leftOut: string;
  readonly twice: string;
}

const words = (text: string) => text.split(' ');
const ZLIB = words(
  'adler32 compress crc32 deflate gzclose gzlib gzread gzwrite infback inffast inflate inftrees trees uncompr zutil',
).map((name) => `${name}.c`);
const LUA = words(
  'lapi lauxlib lbaselib lcode lcorolib lctype ldblib ldebug ldo ldump lfunc lgc linit liolib llex lmathlib lmem loadlib ' +
    'lobject lopcodes loslib lparser lstate lstring lstrlib ltable ltablib ltm lua lundump lutf8lib lvm lzio',
).map((name) => `src/${name}.c`);

const PROGRAMS: readonly Program[] = [
  {
    name: 'minigzip of zlib',
    package: 'zlib',
    version: 14,
    compiler: 'clang',
    sources: [...ZLIB, 'test/minigzip.c'],
    compilerOptions: ['-DHAVE_UNISTD_H'],
    linkOptions: [],
    leftOut: 'inflate.c',
    twice: 'crc32.c',
  },
  {
    name: 'the shared library of zlib',
    package: 'zlib',
    version: 22,
    compiler: 'clang',
    sources: ZLIB,
    compilerOptions: ['-DHAVE_UNISTD_H', '-fPIC'],
    linkOptions: ['-shared', '-Wl,-soname,libz.so.1', '-Wl,-z,defs'],
    leftOut: 'trees.c',
    twice: 'zutil.c',
  },
  {
    name: 'lua',
    package: 'lua5.4',
    version: 16,
    compiler: 'clang',
    sources: LUA,
    compilerOptions: ['-DLUA_USE_LINUX'],
    linkOptions: ['-Wl,-E', '-lm', '-ldl'],
    leftOut: 'src/lvm.c',
    twice: 'src/lapi.c',
  },
  {
    name: 'bzip2, full LTO',
    package: 'bzip2',
    version: 19,
    compiler: 'clang',
    sources: words('blocksort.c huffman.c crctable.c randtable.c compress.c decompress.c bzlib.c bzip2.c'),
    compilerOptions: ['-O1', '-flto', '-D_FILE_OFFSET_BITS=64'],
    linkOptions: ['-flto', '-Wl,--lto-O0'],
    leftOut: 'compress.c',
    twice: 'huffman.c',
  },
  {
    name: 'lz4, ThinLTO',
    package: 'lz4',
    version: 16,
    compiler: 'clang',
    sources: [
      ...words('lz4 lz4file lz4frame lz4hc xxhash').map((name) => `lib/${name}.c`),
      ...words('bench datagen lz4cli lz4io').map((name) => `programs/${name}.c`),
    ],
    compilerOptions: ['-O1', '-flto=thin'],
    linkOptions: ['-flto=thin', '-Wl,--thinlto-jobs=2,--lto-O0'],
    leftOut: 'lib/lz4hc.c',
    twice: 'lib/lz4.c',
  },
  {
    name: 'the test of tinyxml2, C++',
    package: 'tinyxml2',
    version: 22,
    compiler: 'clang++',
    sources: words('tinyxml2.cpp xmltest.cpp'),
    compilerOptions: ['-DDEBUG'],
    linkOptions: [],
    leftOut: 'tinyxml2.cpp',
    twice: 'tinyxml2.cpp',
  },
];

const TOOLS = PROGRAMS.flatMap(({ version }) => [`clang-${version}`, `ld.lld-${version}`]);
const TIME_LIMIT_MS = 240_000;

/** The arguments of the linker's line that clang prints, with quotes around each. */
function linkerLineOf(text: string): string[] {
  const line = text.split('\n').findLast((printed) => /^ "[^"]*ld\.lld"/.test(printed)) ?? '';
  return [...line.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, argument]) =>
    (argument as string).replaceAll(/\\(.)/g, '$1'),
  );
}

const sources = process.env['LTOSCOPE_SOURCES'];

describe('real programs', () => {
  if (sources === undefined) {
    const missing = 'needs LTOSCOPE_SOURCES, where scripts/fetch-sources.sh has put sources of programs';
    if (process.env['LTOSCOPE_REQUIRE_TOOLS'] !== '1') it.skip(missing);
    else it(missing, () => expect.unreachable());
    return;
  }
  describeWithTools('by the linker', [...new Set(TOOLS)], (paths) => {
    const pathOf = new Map([...new Set(TOOLS)].map((tool, index) => [tool, paths[index] as string]));

    describe.each(PROGRAMS)('$name', (program) => {
      const { version, compilerOptions, linkOptions, package: name, leftOut, twice } = program;
      const compiler = program.compiler === 'clang++' ? ['--driver-mode=g++'] : [];
      const clang = pathOf.get(`clang-${version}`) as string;
      const folder = join(temporaryFolder(), 'build');
      const objectOf = (source: string) => `${basename(source).replace(/\.\w+$/, '')}.o`;
      const objects = program.sources.map(objectOf);

      beforeAll(async () => {
        mkdirSync(folder);
        const files = program.sources.map((source) => join(sources, name, source));
        const options = [
          ...compiler,
          '-w',
          ...compilerOptions,
          `-I${join(sources, name)}`,
          `-I${join(sources, name, 'lib')}`,
        ];
        const middle = files.length >> 1;
        const compiled = await runAll(
          [files.slice(0, middle), files.slice(middle)].map(
            (half) => () => runTool(clang, [...options, '-c', ...half], folder),
          ),
        );
        expect(compiled).toEqual(compiled.map(() => ({ status: 0, signal: null, text: '' })));
      }, TIME_LIMIT_MS);

      /** Links some objects by the linker, and has the same line judged. */
      async function link(inputs: readonly string[]): Promise<Judgement> {
        const options = [...compiler, '-###', '-fuse-ld=lld', ...inputs, ...linkOptions, '-o', 'program'];
        const { text } = await runTool(clang, options, folder);
        const [, ...args] = linkerLineOf(text);
        return judge([pathOf.get(`ld.lld-${version}`) as string, version], args, folder);
      }

      async function expectFailure(inputs: readonly string[], kind: string) {
        const { output, answer, differences } = await link(inputs);
        expect(output.links).toBe(false);
        expect(new Set(output.statements.map((statement) => statement.kind))).toEqual(new Set([kind]));
        expect(differences).toEqual([]);
        // What only bitcode refers to may vanish: then the failure is possible.
        expect(answer.verdicts.some(({ severity, isReached }) => severity === 'error' && isReached)).toBe(true);
      }

      it('links', async () => {
        const { output, answer } = await link(objects);
        expect(output).toEqual({ statements: [], crashed: false, links: true });
        expect(answer.verdicts.filter(({ isReached }) => isReached)).toEqual([]);
        expect(answer.fails).toBe(false);
      });

      it('with a source left out lacks its symbols', async () => {
        await expectFailure(
          objects.filter((object) => object !== objectOf(leftOut)),
          'undefined-symbol',
        );
      });

      it('with a source given twice has its symbols twice', async () => {
        await expectFailure([...objects, objectOf(twice)], 'duplicate-symbol');
      });
    });
  });
});
