// What llvm-bcanalyzer says about a bitstream, as facts.

import { run } from './tools.ts';

/** Of a block id, as numbers in one order; and of its records, sorted, as `name count bits`. */
export interface AnalyzedBlock {
  readonly blockId: number;
  readonly count: number;
  readonly bits: number;
  readonly subBlocks: number;
  readonly abbreviations: number;
  readonly records: number;
  readonly kinds: readonly string[];
}

/** The statistics that it prints without options. */
export function analyzedBlocks(tool: string, path: string): AnalyzedBlock[] {
  const { stdout, stderr, status } = run(tool, [path]);
  if (status !== 0) throw new Error(`${tool} ${path}: ${stderr}`);
  const [, ...parts] = stdout.split('  Block ID #');
  return parts.map((part) => {
    const number = (pattern: RegExp) => Number(pattern.exec(part)?.[1]);
    const kinds = [...part.matchAll(/^\t\t +(\d+) +(\d+) .* (\S+)$/gm)];
    return {
      blockId: Number.parseInt(part, 10),
      count: number(/Num Instances: (\d+)/),
      bits: number(/Total Size: (\d+)b/),
      subBlocks: number(/SubBlocks: (\d+)/),
      abbreviations: number(/Abbrevs: (\d+)/),
      records: number(/Records: (\d+)/),
      kinds: kinds.map(([, count, bits, name]) => `${name} ${count} ${bits}`).sort(),
    };
  });
}

/** A line of its dump that begins a block or holds a record. */
export interface AnalyzedItem {
  readonly depth: number;
  /** Its name there, such as `VERSION` or `UnknownCode25`. */
  readonly name: string;
  /** Of a block `block` and its id; of a record its code, abbreviation id and operands (signed). */
  readonly fields: string;
}

/** Its dump, with the content of BLOCKINFO blocks. */
export function dumpedItems(tool: string, path: string): AnalyzedItem[] {
  const { stdout, stderr, status } = run(tool, ['-dump', '-dump-blockinfo', '-non-symbolic', path]);
  if (status !== 0) throw new Error(`${tool} ${path}: ${stderr}`);
  const items: AnalyzedItem[] = [];
  for (const line of stdout.split('\n')) {
    const [, indent, name, rest] = /^( *)<(\w+)(.*)$/.exec(line) ?? [];
    if (indent === undefined || name === undefined || rest === undefined) continue;
    if (name === 'BITCODE_WRAPPER_HEADER') continue;
    const depth = indent.length / 2;
    const blockId = / BlockID=(\d+)/.exec(rest)?.[1] ?? /^UnknownBlock(\d+)$/.exec(name)?.[1];
    if (blockId !== undefined) {
      items.push({ depth, name, fields: `block ${blockId}` });
      continue;
    }
    const code = / codeid=(\d+)/.exec(rest)?.[1] ?? name.replace('UnknownCode', '');
    const abbreviation = / abbrevid=(\d+)/.exec(rest)?.[1] ?? '3';
    const operands = [...rest.matchAll(/ op\d+=(-?\d+)/g)].map(([, value]) => value);
    items.push({ depth, name, fields: [code, abbreviation, ...operands].join(' ') });
  }
  return items;
}
