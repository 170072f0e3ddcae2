// Compares what this library and llvm-dis say of the summaries in a file.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openBitcode, readSummary } from '../../src/bitcode/index.ts';
import type { BitcodeModuleSummary } from '../../src/bitcode/index.ts';
import { readAssembledSummary } from './summary-assembly.ts';
import type { AssembledSummary } from './summary-assembly.ts';
import { compatibleTableTexts, globalTexts, typeIdTexts } from './summary-text.ts';
import { run } from './tools.ts';

/** The summaries of the modules of a file. */
export function summariesOf(path: string): (BitcodeModuleSummary | undefined)[] {
  return openBitcode(readFileSync(path)).modules.map((module) => readSummary(module));
}

/** Reads what llvm-dis prints of the summaries of a file with several modules becomes several files. */
export function disassembledSummaries(
  tool: string,
  folder: string,
  file: string,
  moduleCount: number,
): AssembledSummary[] {
  const output = join(folder, 'out');
  const result = run(tool, [file, '-o', output], { cwd: folder });
  expect(result.stderr).toBe('');
  const outputs = Array.from({ length: moduleCount }, (_, i) => (moduleCount === 1 ? output : `${output}.${i}`));
  return outputs.map((name) => readAssembledSummary(readFileSync(name, 'latin1')));
}

/**
 * Compares all facts of a summary.
 *
 * @param path - What llvm-dis was told the file is.
 * @returns How many definitions were compared.
 */
export function expectSummary(
  summary: BitcodeModuleSummary | undefined,
  reference: AssembledSummary | undefined,
  path: string,
): number {
  if (reference === undefined) throw new Error('llvm-dis printed fewer modules than there are');
  if (summary === undefined) {
    expect(reference.globals.size).toBe(0);
    return 0;
  }
  expect(globalTexts(summary, path)).toEqual(reference.globals);
  expect(compatibleTableTexts(summary)).toEqual(reference.compatibleTables);
  expect(typeIdTexts(summary)).toEqual(reference.typeIds);
  expect(String(summary.rawFlags)).toBe(reference.flags);
  expect(String(summary.blockCount ?? 0)).toBe(reference.blockCount);
  // Names of all values are those of the GUIDs, declarations included.
  for (const [guid, name] of reference.names) {
    expect(summary.valuesOf(BigInt(guid)).map((id) => summary.nameOf(id))).toEqual([name]);
  }
  return summary.length;
}
