// What this library reads of a summary, in the words of llvm-dis: the counterpart of summary-assembly.ts.

import type {
  BitcodeFunctionSummary,
  BitcodeGlobalSummaryRow,
  BitcodeModuleSummary,
  BitcodeVariableSummary,
  SummaryReference,
  VirtualSlot,
} from '../../src/bitcode/index.ts';

const FUNCTION_FLAGS = [
  'readNone',
  'readOnly',
  'noRecurse',
  'returnDoesNotAlias',
  'noInline',
  'alwaysInline',
  'noUnwind',
  'mayThrow',
  'hasUnknownCall',
  'mustBeUnreachable',
] as const;
const ALLOCATIONS = { none: 'none', 'not-cold': 'notcold', cold: 'cold', hot: 'hot', all: 'all' } as const;
const TYPE_TESTS: Readonly<Record<string, string>> = {
  unsat: 'unsat',
  'byte-array': 'byteArray',
  inline: 'inline',
  single: 'single',
  'all-ones': 'allOnes',
  unknown: 'unknown',
};
const SLOTS: Readonly<Record<string, string>> = {
  indirect: 'indir',
  'single-implementation': 'singleImpl',
  'branch-funnel': 'branchFunnel',
};
const BY_ARGUMENT: Readonly<Record<string, string>> = {
  indirect: 'indir',
  'uniform-return-value': 'uniformRetVal',
  'unique-return-value': 'uniqueRetVal',
  'virtual-constant-propagation': 'virtualConstProp',
};

const list = (parts: readonly string[]) => `(${parts.join(', ')})`;
const bit = (flag: boolean) => (flag ? '1' : '0');

/** A row as llvm-dis prints it; the path of the module is given, as a module does not know its own. */
function textOfRow(row: BitcodeGlobalSummaryRow, summary: BitcodeModuleSummary, path: string): string {
  const guid = (valueId: number | undefined) =>
    valueId === undefined ? 'null' : String(summary.guidOf(valueId) ?? 'null');
  const flags = list([
    `linkage: ${row.linkage}`,
    `visibility: ${row.visibility}`,
    `notEligibleToImport: ${bit(row.isNotEligibleToImport)}`,
    `live: ${bit(row.isLive)}`,
    `dsoLocal: ${bit(row.isDsoLocal)}`,
    `canAutoHide: ${bit(row.canAutoHide)}`,
    `importType: ${row.importKind}`,
  ]);
  const parts = [`module: ${row.modulePath ?? path}`, `flags: ${flags}`];
  if (row.kind === 'alias') parts.push(`aliasee: ${guid(row.aliaseeId)}`);
  else {
    parts.push(...(row.kind === 'function' ? functionParts(row, guid) : variableParts(row, guid)));
    const references = row.references();
    if (references.length > 0) parts.push(`refs: ${list(references.map((entry) => referenceText(entry, guid)))}`);
  }
  return `${row.kind}: ${list(parts)}`;
}

type GuidText = (valueId: number | undefined) => string;

function referenceText({ valueId, access }: SummaryReference, guid: GuidText): string {
  const prefix = { 'read-write': '', 'read-only': 'readonly ', 'write-only': 'writeonly ' }[access];
  return `${prefix}${guid(valueId)}`;
}

function functionParts(row: BitcodeFunctionSummary, guid: GuidText): string[] {
  const parts = [`insts: ${row.instructionCount}`];
  const set = new Set<string>(row.functionFlags);
  if (set.size > 0) {
    parts.push(`funcFlags: ${list(FUNCTION_FLAGS.map((name) => `${name}: ${bit(set.has(name))}`))}`);
  }
  const calls = row.calls().map(({ valueId, hotness, hasTailCall, relativeFrequency }) => {
    const fields = [`callee: ${guid(valueId)}`];
    if (hotness !== undefined && hotness !== 'unknown') fields.push(`hotness: ${hotness}`);
    // LLVM 22 reads the frequency but prints it only where it is not zero.
    else if (relativeFrequency !== undefined && relativeFrequency !== 0) fields.push(`relbf: ${relativeFrequency}`);
    if (hasTailCall) fields.push('tail: 1');
    return list(fields);
  });
  if (calls.length > 0) parts.push(`calls: ${list(calls)}`);
  const types = typeParts(row);
  if (types.length > 0) parts.push(`typeIdInfo: ${list(types)}`);
  const accesses = row.parameterAccesses().map(({ parameter, range, calls: callees }) => {
    const fields = [`param: ${parameter}`, `offset: ${rangeText(range)}`];
    const texts = callees.map((call) =>
      list([`callee: ${guid(Number(call.callee))}`, `param: ${call.parameter}`, `offset: ${rangeText(call.range)}`]),
    );
    if (texts.length > 0) fields.push(`calls: ${list(texts)}`);
    return list(fields);
  });
  if (accesses.length > 0) parts.push(`params: ${list(accesses)}`);
  parts.push(...profileParts(row, guid));
  return parts;
}

function rangeText({ lower, upper }: { lower: bigint; upper: bigint }): string {
  return list([String(lower), String(upper - 1n)]);
}

function typeParts(row: BitcodeFunctionSummary): string[] {
  const { typeTests, ...calls } = row.virtualCalls();
  const slot = ({ typeGuid, offset }: VirtualSlot) => `vFuncId: ${list([String(typeGuid), `offset: ${offset}`])}`;
  const parts: string[] = [];
  if (typeTests.length > 0) parts.push(`typeTests: ${list(typeTests.map(String))}`);
  if (calls.assumedCalls.length > 0) parts.push(`typeTestAssumeVCalls: ${list(calls.assumedCalls.map(slot))}`);
  if (calls.checkedCalls.length > 0) parts.push(`typeCheckedLoadVCalls: ${list(calls.checkedCalls.map(slot))}`);
  const constants = [
    ['typeTestAssumeConstVCalls', calls.assumedConstantCalls],
    ['typeCheckedLoadConstVCalls', calls.checkedConstantCalls],
  ] as const;
  for (const [name, entries] of constants) {
    if (entries.length === 0) continue;
    const texts = entries.map((call) =>
      list([slot(call), ...(call.arguments.length > 0 ? [`args: ${list(call.arguments.map(String))}`] : [])]),
    );
    parts.push(`${name}: ${list(texts)}`);
  }
  return parts;
}

function profileParts(row: BitcodeFunctionSummary, guid: GuidText): string[] {
  const { calls, allocations } = row.memoryProfile();
  const parts: string[] = [];
  if (calls.length > 0) {
    const texts = calls.map(({ callee, versions, stackIds }) =>
      list([
        `callee: ${guid(callee)}`,
        `clones: ${list((versions.length > 0 ? versions : [0]).map(String))}`,
        `stackIds: ${list(stackIds.map(String))}`,
      ]),
    );
    parts.push(`callsites: ${list(texts)}`);
  }
  if (allocations.length > 0) {
    const texts = allocations.map(({ contexts, versions }) => {
      const names =
        versions.length > 0 ? versions.map((version) => ['none', 'notcold', 'cold'][version] ?? '') : ['none'];
      const profile = contexts.map(({ type, stackIds }) =>
        list([`type: ${type === undefined ? '' : ALLOCATIONS[type]}`, `stackIds: ${list(stackIds().map(String))}`]),
      );
      return list([`versions: ${list(names)}`, `memProf: ${list(profile)}`]);
    });
    parts.push(`allocs: ${list(texts)}`);
  }
  return parts;
}

function variableParts(row: BitcodeVariableSummary, guid: GuidText): string[] {
  const visibility = { public: 0, 'linkage-unit': 1, 'translation-unit': 2 }[row.virtualCallVisibility ?? 'public'];
  const flags = [
    `readonly: ${bit(row.isMaybeReadOnly)}`,
    `writeonly: ${bit(row.isMaybeWriteOnly)}`,
    `constant: ${bit(row.isConstant)}`,
  ];
  const functions = row.virtualFunctions();
  // Stored for every variable, printed of tables.
  if (functions.length > 0) flags.push(`vcall_visibility: ${visibility}`);
  const parts = [`varFlags: ${list(flags)}`];
  if (functions.length > 0) {
    const texts = functions.map(({ valueId, offset }) => list([`virtFunc: ${guid(valueId)}`, `offset: ${offset}`]));
    parts.push(`vTableFuncs: ${list(texts)}`);
  }
  return parts;
}

/** Of each definition its texts, by GUID; aliases come last, as in the file. */
export function globalTexts(summary: BitcodeModuleSummary, path: string): Map<string, string[]> {
  const texts = new Map<string, string[]>();
  for (const row of summary.globals()) {
    const key = String(row.guid);
    texts.set(key, [...(texts.get(key) ?? []), textOfRow(row, summary, path)]);
  }
  return texts;
}

/** Tables of each type, by name. */
export function compatibleTableTexts(summary: BitcodeModuleSummary): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { name, tables } of summary.compatibleTables()) {
    const entries = tables.map(({ valueId, offset }) => list([`offset: ${offset}`, String(summary.guidOf(valueId))]));
    texts.set(name, list(entries));
  }
  return texts;
}

/** What an index decided for each type, by name. */
export function typeIdTexts(summary: BitcodeModuleSummary): Map<string, string> {
  const texts = new Map<string, string>();
  for (const { name, test, slots } of summary.typeIds()) {
    const fields = [`kind: ${TYPE_TESTS[test.kind ?? ''] ?? ''}`, `sizeM1BitWidth: ${test.sizeM1BitWidth}`];
    if (test.alignLog2 !== 0n) fields.push(`alignLog2: ${test.alignLog2}`);
    if (test.sizeM1 !== 0n) fields.push(`sizeM1: ${test.sizeM1}`);
    if (test.bitMask !== 0) fields.push(`bitMask: ${test.bitMask}`);
    if (test.inlineBits !== 0n) fields.push(`inlineBits: ${test.inlineBits}`);
    const parts = [`typeTestRes: ${list(fields)}`];
    const resolutions = [...slots]
      .sort((a, b) => Number(a.offset - b.offset))
      .map(({ offset, kind, implementation, byArguments }) => {
        const resolution = [`kind: ${SLOTS[kind ?? ''] ?? ''}`];
        if (implementation !== '') resolution.push(`singleImplName: "${implementation}"`);
        const byArgument = byArguments.map((entry) => {
          const details = [`kind: ${BY_ARGUMENT[entry.kind ?? ''] ?? ''}`];
          if (entry.kind === 'uniform-return-value' || entry.kind === 'unique-return-value') {
            details.push(`info: ${entry.info}`);
          }
          if (entry.byte !== 0 || entry.bit !== 0) details.push(`byte: ${entry.byte}`, `bit: ${entry.bit}`);
          return `args: ${list(entry.arguments.map(String))}, byArg: ${list(details)}`;
        });
        if (byArgument.length > 0) resolution.push(`resByArg: ${list(byArgument)}`);
        return list([`offset: ${offset}`, `wpdRes: ${list(resolution)}`]);
      });
    if (resolutions.length > 0) parts.push(`wpdResolutions: ${list(resolutions)}`);
    texts.set(name, list(parts));
  }
  return texts;
}
