// Failures of links with LTO that people met, each made again by the tools that made it: what the linker says of it, and
// that the dry run says the same.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { BrokenObject } from '../../helpers/broken-object.ts';
import { runTool } from '../../helpers/linker-runs.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { describeWithTools } from '../../helpers/tools.ts';
import { judge } from './judge.ts';

const TOOLS = [
  'ld.lld-13',
  'ld.lld-14',
  'ld.lld-16',
  'ld.lld-19',
  'ld.lld-22',
  'clang-13',
  'clang-14',
  'clang-16',
  'clang-22',
  'llvm-ar-16',
  'gcc',
] as const;
const AARCH64 = '--target=aarch64-linux-gnu';

const FILES = {
  // Where a program begins, and what it needs.
  'start.c': 'extern int g(void);\nvoid _start(void) { g(); }\n',
  'g.c': 'int g(void) { return 1; }\n',
  'h.c': 'int h(void) { return 2; }\n',
  // The address of a label of one function finds its way into another.
  'label.c': `static __attribute__((noinline)) void use(unsigned long ip) { extern void sink(unsigned long); sink(ip); sink(ip + 1); }
void a(void) { use(({ __label__ h; h: (unsigned long)&&h; })); }
void b(int n) { if (n) a(); }
`,
  'x.o': 'no object, but text\n',
};

/** Objects: name, version of clang, options, source. */
const OBJECTS: readonly (readonly [name: string, version: 13 | 14 | 16 | 22, ...args: string[]])[] = [
  ['start.o', 16, AARCH64, 'start.c'],
  ['g.o', 16, AARCH64, 'g.c'],
  ['g-be.o', 16, '--target=aarch64_be-linux-gnu', 'g.c'],
  ['g-be-lto.o', 16, '--target=aarch64_be-linux-gnu', '-flto', 'g.c'],
  ['g-x86.o', 16, '--target=x86_64-linux-gnu', 'g.c'],
  ...([13, 14, 16, 22] as const).flatMap((version) =>
    (['full', 'thin'] as const).flatMap((kind) => [
      [`g-${kind}-${version}.o`, version, AARCH64, '-O2', `-flto=${kind}`, 'g.c'] as const,
      [`h-${kind}-${version}.o`, version, AARCH64, '-O2', `-flto=${kind}`, 'h.c'] as const,
      [`label-${kind}-${version}.o`, version, AARCH64, '-O2', `-flto=${kind}`, 'label.c'] as const,
    ]),
  ),
];

describeWithTools('inputs that broke links', TOOLS, (paths) => {
  const pathOf = new Map(TOOLS.map((tool, index) => [tool as string, paths[index] as string]));
  const folder = temporaryFolder(FILES);

  async function make(tool: string, ...args: string[]): Promise<void> {
    const { status, text } = await runTool(pathOf.get(tool) as string, args, folder);
    expect(text).toBe('');
    expect(status).toBe(0);
  }

  /** Links with some versions; each has to say what is expected, if anything, and the dry run the same. */
  async function expectOf(versions: readonly number[], line: string, said?: string | RegExp): Promise<void> {
    for (const version of versions) {
      const linker = [pathOf.get(`ld.lld-${version}`) as string, version] as const;
      const { output, answer, differences } = await judge(linker, [...line.split(' '), '-o', '/dev/null'], folder);
      const messages = output.statements.map(({ message }) => message.split('\n', 1)[0]);
      if (said !== undefined) {
        expect(messages).toContainEqual(typeof said === 'string' ? said : expect.stringMatching(said));
      }
      expect(differences, `${line} with lld ${version}`).toEqual([]);
      expect(answer.fails).toBe(!output.links);
    }
  }

  /** Links and expects that nothing fails. */
  async function expectLink(versions: readonly number[], line: string): Promise<void> {
    for (const version of versions) {
      const linker = [pathOf.get(`ld.lld-${version}`) as string, version] as const;
      const { output, answer } = await judge(linker, [...line.split(' '), '-o', '/dev/null'], folder);
      expect(output.links).toBe(true);
      expect(answer.fails).toBe(false);
      expect(answer.verdicts.filter(({ severity, isReached }) => severity === 'error' && isReached)).toEqual([]);
    }
  }

  beforeAll(async () => {
    for (const [name, version, ...args] of OBJECTS) await make(`clang-${version}`, '-w', ...args, '-c', '-o', name);
    mkdirSync(join(folder, 'net'));
    const broken = new BrokenObject(Uint8Array.from(readFileSync(join(folder, 'start.o'))));
    const table = broken.sectionNames.findIndex((_, index) => broken.section(index, 'sh_type') === 4);
    broken.setRelocationSymbol(table, 0, 87);
    writeFileSync(join(folder, 'index.o'), broken.bytes);
    writeFileSync(join(folder, 'cut.o'), readFileSync(join(folder, 'g.o')).subarray(0, 300));
  }, 120_000);

  it('a relocation of a symbol past the end of its table, behind the whole of LTO', async () => {
    await make('llvm-ar-16', 'cDPrST', 'vmlinux.a', 'index.o', 'g-thin-16.o', 'h-thin-16.o');
    const said = 'vmlinux.a(index.o): invalid symbol index';
    await expectOf([16, 19, 22], '--whole-archive vmlinux.a --no-whole-archive', said);
    await expectOf([16, 19, 22], '-r --whole-archive vmlinux.a', said);
  });

  it('an archive named like an object, beside what was linked out of it', async () => {
    await make('llvm-ar-16', 'cDPrST', 'net/qrtr.o', 'g-thin-16.o', 'h-thin-16.o');
    await make('ld.lld-16', '-r', '-maarch64elf', '-o', 'net/qrtr.lto.o', '--whole-archive', 'net/qrtr.o');
    await expectOf([16, 19, 22], '-r --whole-archive net/qrtr.lto.o net/qrtr.o', 'duplicate symbol: g');
    await expectOf([16, 19, 22], '-r --whole-archive net/qrtr.o net/qrtr.lto.o', 'duplicate symbol: h');
  });

  it('the address of a label in another function, in full LTO of LLVM before 15', async () => {
    const said = /^Never resolved function from blockaddress \(Producer: 'LLVM14.*' Reader: 'LLVM 2?\d/;
    await expectOf([14, 22], '-r label-full-14.o', said);
    await expectOf([13, 22], '-r label-full-13.o', /^Never resolved function from blockaddress/);
    await expectLink([22], '-r label-thin-14.o');
    await expectLink([16, 22], '-r label-full-16.o');
    await expectLink([22], '-r label-full-22.o');
  });

  it('byte orders in one link', async () => {
    await expectOf([14, 16, 19, 22], 'start.o g-be.o', 'g-be.o is incompatible with start.o');
    await expectOf([16, 19, 22], 'start.o g-be-lto.o', 'g-be-lto.o is incompatible with start.o');
    await expectOf([16, 19, 22], 'g-be-lto.o g-full-16.o', 'g-full-16.o is incompatible with g-be-lto.o');
  });

  it('machines in one link', async () => {
    await expectOf([14, 16, 19, 22], 'start.o g-x86.o', 'g-x86.o is incompatible with start.o');
  });

  it('bitcode that is newer than the linker', async () => {
    for (const kind of ['full', 'thin']) {
      await expectOf([14, 16, 19], `start.o g-${kind}-22.o`);
      await expectLink([22], `start.o g-${kind}-22.o`);
    }
  });

  it('bitcode that is older than the linker links', async () => {
    await expectLink([16, 19, 22], 'start.o g-full-13.o h-thin-14.o');
  });

  it('full beside thin LTO links', async () => {
    await expectLink([16, 19, 22], 'start.o g-full-16.o h-thin-16.o');
  });

  it('a thin archive whose member is gone, lazy or not', async () => {
    writeFileSync(join(folder, 'm.o'), readFileSync(join(folder, 'g.o')));
    await make('llvm-ar-16', 'cDrST', 'gone.a', 'm.o');
    await make('llvm-ar-16', 'cDrsT', 'gone-indexed.a', 'm.o');
    rmSync(join(folder, 'm.o'));
    const said = "gone.a: could not get the buffer for a child of the archive: 'm.o': No such file or directory";
    await expectOf([14, 16, 19, 22], 'start.o gone.a', said);
    await expectOf([14, 16, 19, 22], 'start.o --whole-archive gone.a', said);
    await expectOf([14, 16, 19, 22], 'start.o gone-indexed.a', /could not get the buffer for .*'m\.o': No such file/);
  });

  it('text in an archive', async () => {
    await make('llvm-ar-16', 'cDrS', 'text.a', 'x.o');
    await expectOf([14, 16, 19, 22], 'start.o g.o --whole-archive text.a', 'text.a(x.o): not an ELF file');
    const said = "text.a: archive member 'x.o' is neither ET_REL nor LLVM bitcode";
    await expectOf([14, 16, 19, 22], 'start.o g.o text.a', said);
  });

  it('the same bitcode twice', async () => {
    for (const copy of ['m1.o', 'm2.o']) writeFileSync(join(folder, copy), readFileSync(join(folder, 'g-full-16.o')));
    await expectOf([16, 19, 22], 'start.o m1.o m2.o', 'duplicate symbol: g');
  });

  it('slim objects of GCC link in silence', async () => {
    await make('gcc', '-O2', '-flto', '-c', '-o', 'slim.o', 'h.c');
    await make('clang-16', '--target=x86_64-linux-gnu', '-c', '-o', 'start-x86.o', 'start.c');
    await expectLink([14, 16, 19, 22], 'start-x86.o g-x86.o slim.o');
  });

  it('a cut object', async () => {
    const said = /^cut\.o: section (?:header )?table goes past the end of the file: e_shoff = 0x/;
    await expectOf([14, 16, 19, 22], 'start.o cut.o', said);
  });
});
