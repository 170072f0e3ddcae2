// Damaged summaries: only a FormatError comes out, of what is damaged, and soon.

import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../../src/bytes/index.ts';
import { openBitcode, readIndexFile, readSummary } from '../../../src/bitcode/index.ts';
import type { BitcodeFunctionSummary, BitcodeModuleSummary, BitcodeOptions } from '../../../src/bitcode/index.ts';
import { formatErrorOf } from '../../helpers/errors.ts';
import { moduleIn, summaryFile, summaryOf } from './summary-builder.ts';
import type { SummaryRecord } from './summary-builder.ts';

/** Runs what may throw a FormatError and nothing else. */
function tolerate(act: () => unknown): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
  }
}

/** Asks everything of a summary. */
function readAll(summary: BitcodeModuleSummary | undefined): void {
  if (summary === undefined) return;
  for (let i = 0; i < summary.length; i += 1) {
    const row = summary.at(i);
    tolerate(() => [row?.name, row?.guid, row?.modulePath, row?.originalGuid, row?.visibility, row?.linkage, row?.raw]);
    if (row?.kind === 'alias') continue;
    tolerate(() => row?.references());
    if (row?.kind === 'variable') tolerate(() => row.virtualFunctions());
    if (row?.kind !== 'function') continue;
    tolerate(() => [row.functionFlags, row.calls()]);
    tolerate(() => [row.virtualCalls(), row.parameterAccesses()]);
    tolerate(() => {
      for (const allocation of row.memoryProfile().allocations) {
        for (const context of allocation.contexts) tolerate(() => context.stackIds());
      }
    });
  }
  tolerate(() => [...summary.typeIds()].map(({ slots }) => slots.map(({ implementation }) => implementation)));
  tolerate(() => [...summary.compatibleTables(), ...summary.cfiDefinitions(), ...summary.cfiDeclarations()]);
  tolerate(() => summary.valuesOf(0n));
}

function readEverything(file: Uint8Array, options: BitcodeOptions = {}): void {
  tolerate(() => {
    const opened = openBitcode(file, options);
    for (const module of opened.modules) tolerate(() => readAll(readSummary(module)));
    tolerate(() => readIndexFile(opened));
  });
}

const RECORDS: readonly SummaryRecord[] = [
  [20, 8],
  [16, 1, 0xfedcba98, 0x76543210],
  [30, 0, 11, 0, 12],
  [32, 2, 0, 1, 1, 0],
  [11, 5, 6],
  [14, 1, 2, 3],
  [25, 1, 0, 16, 1, 2, 1, 5, 8],
  [27, 1, 1, 0],
  [26, 2, 0],
  [2, 0, 0x300, 9, 3, 1, 0, 0, 2, 1, 8],
  [23, 1, 0, 4, 1, 2, 1, 16],
  [7, 2, 0, 0],
  [22, 0, 1, 8, 1],
  [17, 0, 1],
  [21, 0, 1, 3, 5, 3, 31, 128, 1, 8, 1, 0, 1, 1, 1, 7, 1, 1, 1, 1],
];
const names = ['main', 'table', 'alias'];
const FILE = summaryFile({
  version: 12,
  names,
  records: RECORDS,
  items: (w) => w.block(19, 3, () => w.record(1, [0, 97]).record(2, [1, 2, 3, 4, 5])),
});

describe('a summary', () => {
  it('cut anywhere gives an answer or a FormatError', () => {
    for (let length = 0; length < FILE.length; length += 1) readEverything(FILE.slice(0, length));
  });

  it('with any bit flipped gives an answer or a FormatError', () => {
    for (let bit = 0; bit < FILE.length * 8; bit += 1) {
      const file = FILE.slice();
      file[bit >> 3] = (file[bit >> 3] as number) ^ (1 << (bit & 7));
      readEverything(file);
    }
  });

  it('with any operand replaced or missing gives an answer or a FormatError', () => {
    const values = [0, 1, 2 ** 31, 2 ** 32 - 1, 2 ** 32, 2n ** 64n - 1n];
    for (const [i, record] of RECORDS.entries()) {
      for (let position = 1; position < record.length; position += 1) {
        const variants = [
          record.slice(0, position),
          ...values.map((value) => record.with(position, value)),
        ] as unknown as SummaryRecord[];
        for (const variant of variants) {
          readEverything(summaryFile({ version: 12, names, records: RECORDS.with(i, variant) }));
        }
      }
    }
  });

  it('of any records in any version gives an answer or a FormatError', () => {
    const operand = fc.oneof(fc.integer({ min: 0, max: 4 }), fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }));
    const record = fc.tuple(fc.integer({ min: 0, max: 36 }), fc.array(operand, { maxLength: 14 }));
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 15 }), fc.array(record, { maxLength: 12 }), (version, records) => {
        readEverything(summaryFile({ version, names, records: records.map(([code, list]) => [code, ...list]) }));
      }),
      { numRuns: 300 },
    );
  });

  it('at an odd place of memory is the same', () => {
    const moved = new Uint8Array(FILE.length + 3).subarray(3);
    moved.set(FILE);
    const rows = (file: Uint8Array) => [...(readSummary(moduleIn(file))?.globals() ?? [])].map((row) => row.raw);
    expect(rows(moved)).toEqual(rows(FILE));
  });
});

describe('damage', () => {
  const functionIn = (summary: BitcodeModuleSummary, row: number) => summary.at(row) as BitcodeFunctionSummary;

  it('of one function leaves the others readable', () => {
    const summary = summaryOf({
      version: 12,
      names,
      records: [
        [2, 0, 0, 9, 0, 9, 0, 0, 1],
        [2, 1, 0, 9, 0, 1, 1, 1, 1],
        [2, 1, 0, 9, 0, 1, 0, 0, 2, 1],
        [2, 1, 0],
        [2, 1, 0, 8, 0, 1, 0, 0, 2],
      ],
    });
    const errors = [
      formatErrorOf(() => functionIn(summary, 0).references()),
      formatErrorOf(() => functionIn(summary, 1).references()),
      formatErrorOf(() => functionIn(summary, 2).calls()),
    ];
    expect(errors.map(({ code, reason }) => [code, reason])).toEqual([
      ['bad-value', 'a function has 9 references, but 1 operands follow'],
      ['bad-value', '1 read-only and 1 write-only ones of 1 references'],
      ['bad-value', 'the calls of a function are 1 operands, no multiple of 2'],
    ]);
    expect(errors.map(({ location }) => location.bitOffset)).toEqual(
      [0, 1, 2].map((row) => functionIn(summary, row).raw.bitOffset),
    );
    expect(functionIn(summary, 3)).toMatchObject({ instructionCount: 0, rawFunctionFlags: undefined });
    expect(functionIn(summary, 4).references()).toEqual([{ valueId: 2, access: 'read-write' }]);
  });

  it('of order is told', () => {
    const reasonOf = (version: number, records: SummaryRecord[]) =>
      formatErrorOf(() => summaryOf({ version, names, records })).reason;
    expect(reasonOf(12, [[9, 1]])).toBe('an original name that does not follow a combined record');
    expect(reasonOf(13, [[26, 0]])).toBe('a profile of allocations stands before all functions');
    expect(reasonOf(12, [[16, 1, 2]])).toContain('ends behind 2 operands');
  });

  it('of contexts ends a walk', () => {
    const summary = summaryOf({
      version: 12,
      names,
      records: [
        [30, 0, 11],
        // A chain that is longer than the array; one that leads out of it; one of an unknown stack.
        [32, 2 ** 32 - 1, 0, 1, 2 ** 31, 1, 5],
        [27, 4, 1, 0, 1, 2, 1, 4, 1, 99],
        [2, 0, 0, 9, 0, 0, 0, 0],
      ],
    });
    const [allocation] = functionIn(summary, 0).memoryProfile().allocations;
    const codes = allocation?.contexts.map(({ stackIds }) => formatErrorOf(stackIds).code);
    expect(codes).toEqual(new Array(4).fill('out-of-bounds'));
  });

  it('by too many records is a limit', () => {
    const records = Array.from({ length: 20 }, (_, i): SummaryRecord => [16, i, 0, i]);
    const limits = { limits: { bitcodeEntries: 10 } };
    const read = () => readSummary(moduleIn(summaryFile({ version: 12, records }), limits));
    expect(formatErrorOf(read).code).toBe('limit-exceeded');
    const long: SummaryRecord[] = [[2, 0, 0, 9, 0, 0, 0, 0, ...new Array<number>(400).fill(0)]];
    const readLong = () => readSummary(moduleIn(summaryFile({ version: 12, records: long }), limits));
    expect(formatErrorOf(readLong).code).toBe('limit-exceeded');
  });

  it('costs no more than its size: many contexts in one chain, many names that overlap', () => {
    const count = 20_000;
    const tree = [count, ...new Array<number>(count).fill(0)];
    const contexts = Array.from({ length: count }, () => [1, 0]).flat();
    const names = 'n'.repeat(count);
    const slots = Array.from({ length: count }, () => [0, 0, 0, count, 0]).flat();
    const summary = summaryOf({
      version: 12,
      strings: names,
      records: [
        [30, 0, 11],
        [32, ...tree],
        [27, count, ...contexts],
        [2, 0, 0, 9, 0, 0, 0, 0],
        [21, 0, 1, 0, 0, 0, 0, 0, 0, ...slots],
      ],
    });
    expect(functionIn(summary, 0).memoryProfile().allocations[0]?.contexts).toHaveLength(count);
    expect([...summary.typeIds()][0]?.slots).toHaveLength(count);
  });
});
