// Records of summaries in each layout that a version brought. LLVM that can be installed writes versions 9 to 12 only.

import { describe, expect, it } from 'vitest';
import { openBitcode, readIndexFile } from '../../../src/bitcode/index.ts';
import type {
  BitcodeFunctionSummary,
  BitcodeModuleSummary,
  BitcodeVariableSummary,
} from '../../../src/bitcode/index.ts';
import { summaryFile, summaryOf } from './summary-builder.ts';
import type { SummaryRecord } from './summary-builder.ts';

const functionIn = (summary: BitcodeModuleSummary | undefined, row = 0) => summary?.at(row) as BitcodeFunctionSummary;
const variableIn = (summary: BitcodeModuleSummary, row = 0) => summary.at(row) as BitcodeVariableSummary;

/** An index of modules `a.o` and `b.o`. */
function indexOf(version: number, records: readonly SummaryRecord[], strings = ''): BitcodeModuleSummary {
  const bytesOf = (text: string) => [...new TextEncoder().encode(text)];
  const file = summaryFile({
    version,
    records,
    strings,
    items: (w) => {
      w.block(19, 3, () => {
        w.record(1, [0, ...bytesOf('a.o')]).record(2, [1, 2, 3, 4, 5]);
        w.record(1, [7, ...bytesOf('lib/b.o')]);
      });
    },
  });
  return readIndexFile(openBitcode(file)) as BitcodeModuleSummary;
}

const PROFILE = 2;
const names = ['main', 'callee', 'third'];

describe('functions of a module', () => {
  it('have counts of call sites in version 1', () => {
    const summary = summaryOf({
      version: 1,
      names,
      records: [
        [1, 0, 7, 12, 1, 2, 1, 3],
        [PROFILE, 1, 0, 4, 0, 2, 5, 1000],
      ],
    });
    const [plain, profiled] = [functionIn(summary), functionIn(summary, 1)];
    expect(plain).toMatchObject({
      name: 'main',
      instructionCount: 12,
      linkage: 'internal',
      isLocal: true,
      rawFunctionFlags: undefined,
      functionFlags: [],
      // Neither was stored.
      isNotEligibleToImport: true,
      isLive: true,
    });
    expect(plain.references()).toEqual([{ valueId: 2, access: 'read-write' }]);
    expect(plain.calls()).toMatchObject([{ valueId: 1, siteCount: 3, profileCount: undefined, hotness: undefined }]);
    expect(profiled.calls()).toMatchObject([{ valueId: 2, siteCount: 5, profileCount: 1000 }]);
    expect(summary.at(2)).toBeUndefined();
  });

  it('have the hotness of calls from version 2 on', () => {
    const records: SummaryRecord[] = [
      [PROFILE, 0, 0, 5, 1, 2, 1, 3, 2, 1],
      [1, 1, 0, 5, 0, 0, 2],
    ];
    for (const version of [2, 3]) {
      const summary = summaryOf({ version, names, records });
      expect(
        functionIn(summary)
          .calls()
          .map(({ valueId, hotness }) => [valueId, hotness]),
      ).toEqual([
        [1, 'hot'],
        [2, 'cold'],
      ]);
      expect(
        functionIn(summary, 1)
          .calls()
          .map(({ valueId }) => valueId),
      ).toEqual([0, 2]);
      expect(functionIn(summary).isLive).toBe(version === 2);
      expect(functionIn(summary).isNotEligibleToImport).toBe(version === 2);
    }
  });

  it.each([
    [4, [0, 0x20, 9, 0x3ff, 2, 1, 2, 1, 0], 'read-write', 'read-write'],
    [5, [0, 0x20, 9, 0x3ff, 2, 1, 1, 2, 1, 0], 'read-write', 'read-only'],
    [6, [0, 0x20, 9, 0x3ff, 2, 1, 1, 2, 1, 0], 'read-write', 'read-only'],
    [7, [0, 0x20, 9, 0x3ff, 2, 1, 1, 1, 2, 1, 0], 'read-only', 'write-only'],
    [12, [0, 0x20, 9, 0x3ff, 2, 1, 1, 1, 2, 1, 0], 'read-only', 'write-only'],
    [99, [0, 0x20, 9, 0x3ff, 2, 1, 1, 1, 2, 1, 0], 'read-only', 'write-only'],
  ])('have flags and counts of special references in version %i', (version, operands, first, second) => {
    const row = functionIn(summaryOf({ version, names, records: [[PROFILE, ...operands]] }));
    expect(row.functionFlags).toHaveLength(10);
    expect(row).toMatchObject({
      isLive: true,
      isNotEligibleToImport: false,
      instructionCount: 9,
      entryCount: undefined,
    });
    expect(row.references().map(({ access }) => access)).toEqual([first, second]);
    expect(row.references().map(({ valueId }) => valueId)).toEqual([1, 2]);
    expect(row.calls()).toMatchObject([{ valueId: 1, hotness: 'unknown', hasTailCall: false }]);
  });

  it('have frequencies and tail calls', () => {
    const summary = summaryOf({
      version: 10,
      names,
      records: [
        [19, 0, 0, 1, 0, 0, 0, 0, 1, 256, 2, 0x10000000 + 3],
        [PROFILE, 1, 0, 1, 0, 0, 0, 0, 2, 8 + 4, 0, 7],
      ],
    });
    expect(functionIn(summary).calls()).toMatchObject([
      { relativeFrequency: 256, hasTailCall: false, hotness: undefined },
      { relativeFrequency: 3, hasTailCall: true },
    ]);
    expect(functionIn(summary, 1).calls()).toMatchObject([
      { hotness: 'critical', hasTailCall: true, relativeFrequency: undefined },
      // No name for the number.
      { hotness: undefined, hasTailCall: false },
    ]);
  });

  it('have every flag of global values', () => {
    const row = functionIn(summaryOf({ version: 12, names, records: [[PROFILE, 0, 0xfd3, 0, 0, 0, 0, 0]] }));
    expect(row).toMatchObject({
      linkage: 'linkonce_odr',
      isNotEligibleToImport: true,
      isLive: false,
      isDsoLocal: true,
      canAutoHide: true,
      importKind: 'declaration',
      keepsNameOnPromotion: true,
      rawFlags: 0xfd3,
    });
    // 3 is no visibility.
    expect(row.visibility).toBe('default');
    expect(row.raw).toMatchObject({ code: 2, operands: [0, 0xfd3, 0, 0, 0, 0, 0] });
  });
});

describe('variables and aliases of a module', () => {
  it('have flags from version 5 on', () => {
    const old = variableIn(summaryOf({ version: 4, names, records: [[3, 0, 0, 1, 2]] }));
    expect(old.references().map(({ valueId }) => valueId)).toEqual([1, 2]);
    expect(old).toMatchObject({ rawVariableFlags: undefined, isConstant: false, isMaybeReadOnly: false });
    const row = variableIn(summaryOf({ version: 5, names, records: [[3, 0, 0, 0xd, 1, 2]] }));
    expect(row.references().map(({ valueId }) => valueId)).toEqual([1, 2]);
    expect(row).toMatchObject({
      isMaybeReadOnly: true,
      isMaybeWriteOnly: false,
      isConstant: true,
      virtualCallVisibility: 'linkage-unit',
    });
    expect(row.virtualFunctions()).toEqual([]);
  });

  it('have the functions of tables', () => {
    const row = variableIn(summaryOf({ version: 9, names, records: [[23, 0, 0, 4, 1, 2, 1, 16, 2, 24]] }));
    expect(row.references()).toEqual([{ valueId: 2, access: 'read-write' }]);
    expect(row.virtualFunctions()).toEqual([
      { valueId: 1, offset: 16 },
      { valueId: 2, offset: 24 },
    ]);
  });

  it('have targets', () => {
    const summary = summaryOf({
      version: 9,
      names,
      records: [
        [7, 1, 0, 2],
        [7, 1],
      ],
    });
    expect([...summary.aliases()].map(({ aliaseeId, name }) => [aliaseeId, name])).toEqual([
      [2, 'callee'],
      [undefined, 'callee'],
    ]);
  });
});

describe('an index', () => {
  const COMBINED = 4;
  it.each([
    [3, [1, 7, 0x20, 9, 1, 2, 3], undefined],
    [4, [1, 7, 0x20, 9, 1, 1, 2, 3], undefined],
    [5, [1, 7, 0x20, 9, 1, 1, 1, 2, 3], undefined],
    [6, [1, 7, 0x20, 9, 1, 55, 1, 1, 2, 3], 55],
    [7, [1, 7, 0x20, 9, 1, 55, 1, 1, 0, 2, 3], 55],
  ])('names the module of a function in version %i', (version, operands, entryCount) => {
    const index = indexOf(version, [
      [16, 1, 0xfedcba9876543210n],
      [COMBINED, ...operands],
    ]);
    const row = functionIn(index);
    expect(row).toMatchObject({ moduleId: 7, modulePath: 'lib/b.o', instructionCount: 9, entryCount });
    expect(row).toMatchObject({ name: undefined, guid: 0xfedcba9876543210n });
    expect(row.references().map(({ valueId }) => valueId)).toEqual([2]);
    expect(row.calls().map(({ valueId }) => valueId)).toEqual([3]);
    expect(index.valuesOf(0xfedcba9876543210n)).toEqual([1]);
    expect(index.modules.get(0)).toEqual({ id: 0, path: 'a.o', hash: [1, 2, 3, 4, 5] });
  });

  it('has variables, aliases, original names, flags and GUIDs in halves', () => {
    const index = indexOf(11, [
      [20, 0x461],
      [16, 1, 0xfedcba98, 0x76543210],
      [6, 1, 0, 0, 5, 9, 10],
      [9, 0xfffffffffffffffen],
      [8, 2, 0, 0, 1],
      [24, 40],
      [24, 2],
    ]);
    const variable = variableIn(index);
    expect(variable).toMatchObject({ guid: 0xfedcba9876543210n, originalGuid: 0xfffffffffffffffen, isConstant: true });
    expect(variable.references().map(({ valueId }) => valueId)).toEqual([9, 10]);
    expect(index.at(1)).toMatchObject({ kind: 'alias', aliaseeId: 1, modulePath: 'a.o', originalGuid: undefined });
    expect(index.flags).toEqual([
      'WithGlobalValueDeadStripping',
      'WithAttributePropagation',
      'WithDSOLocalPropagation',
      'WithInternalizeAndPromote',
    ]);
    expect(index.blockCount).toBe(42);
    expect(index.version).toBe(11);
  });

  it('has GUIDs in its value symbol table up to LLVM 4', () => {
    const file = summaryFile({
      version: 1,
      records: [[COMBINED, 3, 0, 0, 5, 0]],
      items: (w) => {
        w.block(19, 3, () => w.record(1, [0, 97]));
        w.block(14, 4, () => w.record(5, [3, 0x8000000000000001n]).record(5, [4]));
      },
    });
    const index = readIndexFile(openBitcode(file));
    expect(functionIn(index).guid).toBe(0x8000000000000001n);
    expect(index?.valuesOf(0x8000000000000001n)).toEqual([3]);
  });

  it('has the functions of CFI by name, and from version 14 on by GUID too', () => {
    const old = indexOf(
      12,
      [
        [17, 0, 2, 2, 3],
        [18, 1, 1],
        [18, 0, 1],
      ],
      'abcde',
    );
    expect([...old.cfiDefinitions()]).toEqual([
      { name: 'ab', guid: undefined },
      { name: 'cde', guid: undefined },
    ]);
    expect([...old.cfiDeclarations()].map(({ name }) => name)).toEqual(['b', 'a']);
    const index = indexOf(14, [[17, 0xffffffffffffffffn, 0, 2, 5, 2, 3]], 'abcde');
    expect([...index.cfiDefinitions()]).toEqual([
      { name: 'ab', guid: 0xffffffffffffffffn },
      { name: 'cde', guid: 5n },
    ]);
  });

  it('has decisions about types', () => {
    const slot = [8, 1, 2, 3, 2, 2, 10, 11, 1, 6, 7, 8, 0, 9, 0, 0, 0];
    const index = indexOf(9, [[21, 0, 2, 3, 5, 3, 31, 128, 0xffffffffffffffffn, ...slot, 16, 0, 0, 0, 0]], 'abcde');
    expect([...index.typeIds()]).toMatchObject([
      {
        name: 'ab',
        test: {
          kind: 'single',
          sizeM1BitWidth: 5,
          alignLog2: 3n,
          sizeM1: 31n,
          bitMask: 128,
          inlineBits: 0xffffffffffffffffn,
        },
        slots: [
          {
            offset: 8n,
            kind: 'single-implementation',
            implementation: 'cde',
            byArguments: [
              { arguments: [10n, 11n], kind: 'uniform-return-value', info: 6n, byte: 7, bit: 8 },
              { arguments: [], kind: undefined, rawKind: 9 },
            ],
          },
          { offset: 16n, kind: 'indirect', implementation: '', byArguments: [] },
        ],
      },
    ]);
  });
});

describe('records around a function', () => {
  it('tell of types and parameters, before it', () => {
    const summary = summaryOf({
      version: 9,
      names,
      records: [
        [11, 0xfedcba9876543210n, 5],
        [12, 7, 8],
        [13, 9, 10, 11, 12],
        [14, 1, 2, 3, 0xffffffffffffffffn],
        [15, 4, 5],
        [25, 1, 0, 16, 1, 2, 1, 5, 8],
        [1, 0, 0, 1, 0, 0, 0, 0],
        [1, 1, 0, 1, 0, 0, 0, 0],
      ],
    });
    expect(functionIn(summary).virtualCalls()).toEqual({
      typeTests: [0xfedcba9876543210n, 5n],
      assumedCalls: [{ typeGuid: 7n, offset: 8n }],
      checkedCalls: [
        { typeGuid: 9n, offset: 10n },
        { typeGuid: 11n, offset: 12n },
      ],
      assumedConstantCalls: [{ typeGuid: 1n, offset: 2n, arguments: [3n, 0xffffffffffffffffn] }],
      checkedConstantCalls: [{ typeGuid: 4n, offset: 5n, arguments: [] }],
    });
    expect(functionIn(summary).parameterAccesses()).toEqual([
      {
        parameter: 1,
        range: { lower: 0n, upper: 8n },
        calls: [{ parameter: 2, callee: 1n, range: { lower: -2n, upper: 4n } }],
      },
    ]);
    expect(functionIn(summary, 1).virtualCalls().typeTests).toEqual([]);
    expect(functionIn(summary, 1).parameterAccesses()).toEqual([]);
  });

  const FUNCTION: SummaryRecord = [PROFILE, 0, 0, 1, 0, 0, 0, 0];
  it.each([
    // Contexts up to the end of the record; from version 10 on with their number.
    [9, [[30, 0xfedcba9876543210n, 11, 12]], [[26, 1, 2, 0]], [[27, 1, 1, 0, 2, 2, 0, 1]]],
    [10, [[30, 0xfedcba9876543210n, 11, 12]], [[26, 1, 2, 0]], [[27, 2, 1, 1, 0, 2, 2, 0, 1]]],
    // Stack ids in halves.
    [12, [[30, 0xfedcba98, 0x76543210, 0, 11, 0, 12]], [[26, 1, 2, 0]], [[27, 2, 1, 1, 0, 2, 2, 0, 1]]],
    // The contexts in one array: at 0 a chain of two, which goes on four elements ahead; there ends that of one at 5.
    [
      12,
      [
        [30, 0xfedcba98, 0x76543210, 0, 11, 0, 12],
        [32, 2, 0, 2 ** 32 - 4, 1, 0, 1, 1, 0],
      ],
      [[26, 1, 2, 0]],
      [[27, 2, 1, 5, 2, 0]],
    ],
  ] as [number, SummaryRecord[], SummaryRecord[], SummaryRecord[]][])(
    'tell of the heap in version %i',
    (version, lists, calls, allocations) => {
      const records = [...lists, ...calls, ...allocations, FUNCTION];
      const { calls: profiled, allocations: allocated } = functionIn(
        summaryOf({ version, names, records }),
      ).memoryProfile();
      expect(profiled).toEqual([{ callee: 1, stackIds: [12n, 0xfedcba9876543210n], versions: [] }]);
      const first = allocated[0]?.contexts.map(({ type, stackIds }) => [type, stackIds()]);
      expect(first?.[0]?.[0]).toBe('not-cold');
      expect(first?.[1]?.[0]).toBe('cold');
      expect(first?.[1]?.[1]).toEqual([0xfedcba9876543210n, 11n]);
    },
  );

  it('follow it from version 13 on, with sizes of contexts', () => {
    const summary = summaryOf({
      version: 13,
      names,
      records: [
        [30, 0, 11],
        FUNCTION,
        [31, 1, 2, 0, 0, 3, 4],
        [27, 1, 4, 1, 0, 3, 100, 0, 0xffffffffffffffffn],
        [26, 2, 0],
        [1, 1, 0, 1, 0, 0, 0, 0],
      ],
    });
    const { calls, allocations } = functionIn(summary).memoryProfile();
    expect(calls).toMatchObject([{ callee: 2, stackIds: [11n] }]);
    expect(allocations[0]?.contexts).toMatchObject([
      {
        type: 'hot',
        sizes: [
          { contextId: 0x100000002n, totalSize: 100n },
          { contextId: 0x300000004n, totalSize: 0xffffffffffffffffn },
        ],
      },
    ]);
    expect(functionIn(summary, 1).memoryProfile()).toEqual({ calls: [], allocations: [] });
  });

  it('have clones in an index', () => {
    const index = indexOf(12, [
      [30, 0, 11],
      [28, 1, 1, 2, 0, 0, 1],
      [29, 1, 2, 2, 1, 0, 1, 2],
      [33, 2, 1, 1, 9, 2],
      [5, 1, 0, 0, 1, 0, 0, 0, 0, 0],
    ]);
    const { calls, allocations } = functionIn(index).memoryProfile();
    expect(calls).toEqual([{ callee: 1, stackIds: [11n], versions: [0, 1] }]);
    expect(allocations.map(({ versions }) => versions)).toEqual([[1, 2], [2]]);
    expect(allocations[1]?.contexts.map(({ type, rawType, stackIds }) => [type, rawType, stackIds()])).toEqual([
      ['not-cold', 1, []],
      [undefined, 9, []],
    ]);
  });
});

describe('a summary block', () => {
  it('without a version, as in LLVM 3.8, is kept as it is', () => {
    const summary = summaryOf({ version: undefined, names, records: [[1, 0, 0, 12]] });
    expect([summary.version, summary.length]).toEqual([0, 0]);
    expect(summary.unknownRecords).toMatchObject([{ code: 1, operands: [0, 0, 12] }]);
  });

  it('keeps records of codes without a name', () => {
    const summary = summaryOf({
      version: 12,
      names,
      records: [[34, 1, 0xffffffffffffffffn], [1, 0, 0, 3, 0, 0, 0, 0], [9999]],
    });
    expect(summary.length).toBe(1);
    expect(summary.unknownRecords.map(({ code, operands }) => [code, operands])).toEqual([
      [34, [1, 0xffffffffffffffffn]],
      [9999, []],
    ]);
  });

  it('of full LTO is told by its id, and only the first one counts', () => {
    const file = { version: 12, names, records: [[1, 0, 0, 3, 0, 0, 0, 0]] as SummaryRecord[] };
    expect(summaryOf({ ...file, block: 24 }).summaryKind).toBe('full');
    expect(summaryOf({ ...file, items: (w) => w.block(24, 4, () => w.record(10, [12])) })).toMatchObject({
      summaryKind: 'full',
      length: 0,
    });
    expect(summaryOf(file)).toMatchObject({ summaryKind: 'thin', isIndex: false, length: 1 });
    expect(summaryOf({ version: 12, records: [] })).toMatchObject({ flags: [], rawFlags: 0, blockCount: undefined });
  });
});
