// Bitcode in every form that compilers write it in, against LLVM's tools: each block and record, names and letters, global
// values with all that they say, function bodies.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hasFormatSpecificFlag, openBitcode } from '../../src/bitcode/index.ts';
import type { BitcodeFile } from '../../src/bitcode/index.ts';
import { readLtoContent } from '../../src/elf/content/index.ts';
import { openElf } from '../../src/elf/index.ts';
import { walkInputs } from '../../src/link/index.ts';
import { fileHost } from '../../src/node/index.ts';
import { clangCorpus, rustCorpus } from '../helpers/bitcode-corpus.ts';
import type { CorpusFile } from '../helpers/bitcode-corpus.ts';
import { compareDump, compareStatistics } from '../helpers/compare-bitstream.ts';
import { compareFunctions } from '../helpers/compare-functions.ts';
import { compareGlobals } from '../helpers/compare-globals.ts';
import { nmByObject } from '../helpers/nm.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { describeWithTools, findTool, run } from '../helpers/tools.ts';

interface Tools {
  readonly analyzer: string;
  readonly nm: string;
  readonly dis: string;
  /** Takes one module out of a file, byte by byte. */
  readonly modextract: string;
}

/** The symbols, as llvm-nm prints them. */
function symbolsOf(file: BitcodeFile): string[] {
  const table = file.symbolTable();
  if (table === undefined) throw new Error('no symbol table');
  const indexes = Array.from({ length: table.length }, (_, i) => i);
  return indexes
    .filter((i) => !hasFormatSpecificFlag(table.flags(i)))
    .map((i) => `${table.letter(i)} ${table.name(i)}`)
    .sort();
}

/** The bitcode of a file, or what stands in the objects of an archive. */
function* bitcodeIn(path: string): Generator<Uint8Array> {
  for (const walked of walkInputs(fileHost, path)) {
    if (walked.kind !== 'input' || walked.range === undefined) continue;
    const { range, format } = walked;
    if (format === 'bitcode') yield range.view(0, range.length, 'bitcode').bytes;
    if (format !== 'elf') continue;
    const elf = openElf(range);
    const { kind, sectionIndex } = readLtoContent(elf);
    if (kind === 'llvm-embedded' && sectionIndex !== undefined) yield elf.sectionView(sectionIndex).bytes;
  }
}

function compareFile({ path }: CorpusFile, { analyzer, nm, dis, modextract }: Tools): void {
  const file = openBitcode(readFileSync(path));
  compareStatistics(analyzer, path);
  compareDump(analyzer, path);
  if (file.symbolTable() !== undefined) {
    expect(symbolsOf(file)).toEqual(nmByObject(run(nm, ['-p', path]).stdout).get('') ?? []);
  }
  for (const [index, module] of file.modules.entries()) {
    const alone = `${path}.module`;
    expect(run(modextract, ['-b', `-n=${index}`, path, '-o', alone])).toMatchObject({ status: 0 });
    const assembly = run(dis, [alone, '-o', '-']).stdout;
    compareGlobals(module, assembly);
    compareFunctions(module, assembly);
  }
}

for (const version of [13, 14, 15, 16, 19, 22] as const) {
  describeWithTools(
    `bitcode of clang ${version}`,
    [`clang-${version}`, 'llvm-bcanalyzer-22', 'llvm-nm-22', `llvm-dis-${version}`, 'llvm-modextract-22'],
    ([clang, analyzer, nm, dis, modextract]) => {
      it('says what the tools say', { timeout: 60_000 }, () => {
        for (const file of clangCorpus(clang, version)) {
          try {
            compareFile(file, { analyzer, nm, dis, modextract });
          } catch (error) {
            throw new Error(file.name, { cause: error });
          }
        }
      });
    },
  );
}

describeWithTools(
  'bitcode of rustc',
  ['rustc', 'llvm-bcanalyzer-22', 'llvm-nm-22', 'llvm-modextract-22'],
  ([rustc, analyzer, nm, modextract]) => {
    // A later version would print what it makes of the file.
    const version = Number(/^LLVM version: (\d+)/m.exec(run(rustc, ['--version', '--verbose']).stdout)?.[1]);
    const dis = findTool('llvm-dis', version);
    it.skipIf(dis === undefined)(`says what the tools of LLVM ${version} say`, { timeout: 60_000 }, () => {
      const folder = temporaryFolder();
      for (const { name, path } of rustCorpus(rustc)) {
        const found = [...bitcodeIn(path)];
        expect(found.length).toBe(1);
        const copy = join(folder, 'bitcode.bc');
        writeFileSync(copy, found[0] ?? '');
        compareFile({ name, path: copy }, { analyzer, nm, dis: dis ?? '', modextract });
      }
    });
  },
);
