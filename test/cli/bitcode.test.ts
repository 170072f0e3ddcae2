// ltoscope bitcode: what it prints as JSON has the shape of schema/bitcode.json and says what llvm-bcanalyzer says; for people
// it names blocks and records; damage is told and leaves what was read before it.

import { Ajv2020 } from 'ajv/dist/2020.js';
import type { AnySchemaObject } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { analyzedBlocks } from '../helpers/bcanalyzer.ts';
import { jsonLines, ltoscope } from '../helpers/cli.ts';
import { buildElf } from '../helpers/elf-builder.ts';
import { fixturePath, FIXTURES_ROOT, readFixture } from '../helpers/fixtures.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { describeWithTools } from '../helpers/tools.ts';

type Line = Readonly<Record<string, unknown>>;

const schema = JSON.parse(
  readFileSync(new URL('../../schema/bitcode.json', import.meta.url), 'utf8'),
) as AnySchemaObject;
const validate = new Ajv2020({ allErrors: true, strict: true, strictRequired: false }).compile({
  ...schema,
  unevaluatedProperties: false,
});

const THIN = fixturePath('versions/clang-22/thin.o');

async function linesOf(...args: string[]): Promise<Line[]> {
  const { stdout } = await ltoscope(['bitcode', '--json', ...args], { cwd: FIXTURES_ROOT });
  const lines = jsonLines<Line>(stdout);
  for (const line of lines) {
    void validate(line);
    expect(validate.errors ?? []).toEqual([]);
  }
  return lines;
}

describe('ltoscope bitcode', () => {
  it.each(['', '--blocks', '--flags', '--functions', '--summary', '--dump'])(
    'has its shape on every line of all fixtures: %s',
    async (flag) => {
      expect((await linesOf(...[flag, '.'].filter(Boolean))).length).toBeGreaterThan(100);
    },
  );

  it('tells a file, then each of its modules', async () => {
    const [file, module, ...rest] = await linesOf(THIN);
    expect(rest).toEqual([]);
    expect(file).toMatchObject({ kind: 'file', modules: 1, symbolTable: { version: 3, producer: '22.1.8' } });
    expect(module).toMatchObject({ kind: 'module', producer: 'LLVM22.1.8', triple: 'aarch64-unknown-linux-gnu' });
    expect(module).toMatchObject({ summary: { kind: 'thin', version: 12 }, sourceFile: 'src/unit.c' });
  });

  it('tells what is a wrapper', async () => {
    const [file] = await linesOf('targets/darwin/arm64-clang-22.o');
    expect(file).toMatchObject({ wrapper: { version: 0, cpuType: 0xffffffff } });
  });

  it('takes the bitcode in ELF objects, and names the section', async () => {
    const lines = await linesOf('embedded');
    expect(new Set(lines.map(({ section }) => section))).toEqual(new Set(['.llvm.lto', '.llvmbc']));
  });

  it('prints a tree for people, names escaped', async () => {
    const { stdout, status } = await ltoscope(['bitcode', '--dump', THIN]);
    expect(status).toBe(0);
    expect(stdout).toContain("\n  MODULE_CODE_TRIPLE 'aarch64-unknown-linux-gnu'\n");
    expect(stdout).toContain('\n  <TYPE_BLOCK_ID_NEW bit=');
    expect(stdout.split('<MODULE_BLOCK_ID').length).toBe(stdout.split('</MODULE_BLOCK_ID').length);
  });

  it('takes every section with bitcode of one object', async () => {
    const data = readFixture('versions/clang-22/thin.o');
    const sections = ['.llvm.lto', '.llvmbc'].map((name) => ({ name, type: 1, data }));
    const folder = temporaryFolder({ 'two.o': buildElf({ sections }).bytes });
    const { stdout, status } = await ltoscope(['bitcode', '--json', 'two.o'], { cwd: folder });
    const files = jsonLines<Line>(stdout).filter(({ kind }) => kind === 'file');
    expect({ status, sections: files.map(({ section }) => section) }).toEqual({
      status: 0,
      sections: ['.llvm.lto', '.llvmbc'],
    });
  });

  it('--flags tells flags, who compiled it and what it keeps', async () => {
    const lines = await linesOf('--flags', 'versions/clang-16/full.o');
    expect(lines).toContainEqual(
      expect.objectContaining({ kind: 'flag', key: 'wchar_size', behavior: 'Error', value: '4' }),
    );
    expect(lines.filter(({ kind }) => kind === 'ident').map(({ text }) => text)).toEqual([
      expect.stringContaining('clang version 16'),
    ]);
  });

  it('--functions tells what a function calls', async () => {
    const lines = await linesOf('--functions', 'kernel/init/main.o');
    expect(lines).toMatchObject([
      {
        kind: 'function',
        name: 'start_kernel',
        basicBlocks: 2,
        instructions: 7,
        calls: ['printk', 'inode_open', 'schedule'],
      },
    ]);
  });

  it('--summary tells GUIDs, calls and references, and each module of a split unit', async () => {
    const lines = await linesOf('--summary', 'kernel/init/main.o');
    expect(lines[0]).toMatchObject({ kind: 'summary', lto: 'ThinLTO', version: 9, isIndex: false });
    expect(lines[1]).toMatchObject({
      kind: 'function-summary',
      name: 'start_kernel',
      guid: '0xa4e9593277858bc6',
      instructions: 7,
      calls: ['printk', 'inode_open', 'schedule'],
    });
    const split = await linesOf('--summary', 'comdat/split-unit.o');
    expect(split.filter(({ kind }) => kind === 'summary').map(({ lto }) => lto)).toEqual([
      'ThinLTO, split unit',
      'full LTO with a summary, split unit',
    ]);
    const { stdout } = await ltoscope(['bitcode', '--summary', fixturePath('comdat/split-unit.o')]);
    expect(stdout).toMatch(/\n {2}module 0:\n {2}ThinLTO[^]*\n {2}module 1:\n {2}full LTO/);
  });

  it('prints several parts in one run', async () => {
    const kinds = (await linesOf('--dump', '--blocks', THIN)).map(({ kind }) => kind);
    expect(kinds.indexOf('enter')).toBe(kinds.lastIndexOf('block') + 1);
  });

  it('says where a file is cut, and keeps what came before', async () => {
    const bytes = readFixture('versions/clang-22/thin.o');
    const folder = temporaryFolder({ 'cut.o': bytes.subarray(0, bytes.length - (bytes.length % 4) - 1200) });
    const { status, stderr } = await ltoscope(['bitcode', 'cut.o'], { cwd: folder });
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^ltoscope: cut\.o: block \d+ has \d+ words but \d+ are left in the file \(at 0x[0-9a-f]+\)\n$/,
    );
  });

  it('says of another file that it is no bitcode', async () => {
    const { status, stderr } = await ltoscope(['bitcode', 'manifest.json'], { cwd: FIXTURES_ROOT });
    expect({ status, stderr }).toEqual({ status: 1, stderr: 'ltoscope: manifest.json: no bitcode\n' });
  });
});

describeWithTools('ltoscope bitcode --blocks', ['llvm-bcanalyzer-22'], ([analyzer]) => {
  it.each(['versions/clang-22/thin.o', 'versions/clang-13/full.o'])(
    'has the numbers of llvm-bcanalyzer: %s',
    async (name) => {
      const ours = await linesOf('--blocks', name);
      const expected = analyzedBlocks(analyzer, fixturePath(name));
      const numbers = ({ id, count, bits, subBlocks, abbreviations, records }: Line) => [
        id,
        count,
        bits,
        subBlocks,
        abbreviations,
        records,
      ];
      expect(ours.map(numbers)).toEqual(
        expected
          .map((block) => [block.blockId, block.count, block.bits, block.subBlocks, block.abbreviations, block.records])
          .sort(([a = 0], [b = 0]) => a - b),
      );
    },
  );
});
