// ltoscope bitcode --summary: what the summary of a module says, or an index that a linker wrote.

import { describeLtoKind, ltoFlagsOf, readModuleFlags, readSummary } from '../../../bitcode/index.ts';
import type {
  BitcodeFile,
  BitcodeGlobalSummaryRow,
  BitcodeModule,
  BitcodeModuleSummary,
} from '../../../bitcode/index.ts';
import { hex } from '../elf/listing.ts';
import type { DamageList } from '../damage-list.ts';
import type { BitcodeListing } from './listing.ts';
import { RowNames } from './row-names.ts';

interface SummaryRow {
  readonly kind: 'summary';
  /** Position of the module in the file, from 0. */
  readonly module: number;
  /** What the module is for, in words. */
  readonly lto: string;
  /** Absent in modules without a summary, as is what follows. */
  readonly version?: number;
  readonly flags?: readonly string[];
  readonly isIndex?: boolean;
}

interface IndexedModuleRow {
  readonly kind: 'indexed-module';
  readonly module: number;
  readonly id: number;
  readonly file: string;
}

/** A value that another refers to: by name, in an index by GUID. */
type Reference = string;

interface DefinitionRow {
  readonly kind: 'function-summary' | 'variable-summary' | 'alias-summary';
  readonly module: number;
  /** Absent in an index. */
  readonly name?: string;
  readonly guid?: string;
  readonly linkage: string;
  readonly visibility: string;
  /** In an index, the file that the definition is in. */
  readonly definedIn?: string;
  /** Of functions: instructions, those for debuggers left out. */
  readonly instructions?: number;
  /** Of functions and variables, what is known of them; and what is true of the definition as a whole. */
  readonly properties: readonly string[];
  readonly calls?: readonly Reference[];
  readonly references?: readonly Reference[];
  readonly aliasee?: Reference;
}

interface TypeIdRow {
  readonly kind: 'type-id';
  readonly module: number;
  readonly name: string;
  /** How tests for it are done. */
  readonly test: string;
}

interface CfiRow {
  readonly kind: 'cfi-definition' | 'cfi-declaration';
  readonly module: number;
  readonly name: string;
}

type Row = SummaryRow | IndexedModuleRow | DefinitionRow | TypeIdRow | CfiRow;

export const SUMMARY: BitcodeListing<Row> = {
  *rows(file: BitcodeFile, damage: DamageList) {
    for (const [index, module] of file.modules.entries()) {
      const summary = damage.guard(() => readSummary(module));
      const head = damage.guard(() => headRow(module, summary, index));
      if (head !== undefined) yield head;
      if (summary !== undefined) yield* rowsOfSummary(summary, index, damage);
    }
  },
  lines(row) {
    switch (row.kind) {
      case 'summary': {
        const words = row.version === undefined ? 'no summary' : `version ${row.version}`;
        const flags = row.flags?.length ? `, ${row.flags.join(' ')}` : '';
        return [`  ${row.isIndex === true ? 'index' : row.lto}, ${words}${flags}`];
      }
      case 'indexed-module':
        return [`  module ${row.id} ${row.file}`];
      case 'type-id':
        return [`  type ${row.name}, tested by: ${row.test}`];
      case 'cfi-definition':
      case 'cfi-declaration':
        return [`  ${row.kind} ${row.name}`];
      default:
        return definitionLines(row);
    }
  },
};

function headRow(module: BitcodeModule, summary: BitcodeModuleSummary | undefined, index: number): SummaryRow {
  const { summaryKind } = module;
  const summaryFlags = summary?.rawFlags ?? 0;
  const lto = describeLtoKind({ summaryKind, summaryFlags, moduleFlags: ltoFlagsOf(readModuleFlags(module)) });
  if (summary === undefined) return { kind: 'summary', module: index, lto };
  const { version, flags, isIndex } = summary;
  return { kind: 'summary', module: index, lto, version, flags, isIndex };
}

function* rowsOfSummary(summary: BitcodeModuleSummary, module: number, damage: DamageList): Generator<Row> {
  const names = new RowNames();
  for (const { id, path } of summary.modules.values()) yield { kind: 'indexed-module', module, id, file: path };
  for (const global of summary.globals()) {
    const row = damage.guard(() => definitionRow(summary, global, module, names));
    if (row !== undefined) yield row;
  }
  for (const { name, test } of damage.guarded(() => summary.typeIds())) {
    yield { kind: 'type-id', module, name, test: test.kind ?? String(test.rawKind) };
  }
  for (const { name } of damage.guarded(() => summary.cfiDefinitions())) yield { kind: 'cfi-definition', module, name };
  for (const { name } of damage.guarded(() => summary.cfiDeclarations())) {
    yield { kind: 'cfi-declaration', module, name };
  }
}

function definitionRow(
  summary: BitcodeModuleSummary,
  global: BitcodeGlobalSummaryRow,
  module: number,
  names: RowNames,
): DefinitionRow {
  names.startRow();
  const { valueId, guid, linkage, visibility, modulePath } = global;
  const name = summary.isIndex ? undefined : names.of(valueId, () => global.name ?? '');
  const referenceTo = (id: number): Reference =>
    names.of(id, () => {
      const known = summary.nameOf(id);
      if (known !== undefined) return known;
      const other = summary.guidOf(id);
      return other === undefined ? `value ${id}` : hex(other);
    });
  const shared = {
    module,
    ...(name === undefined ? {} : { name }),
    ...(guid === undefined ? {} : { guid: hex(guid) }),
    linkage,
    visibility,
    ...(modulePath === undefined ? {} : { definedIn: modulePath }),
    properties: propertiesOf(global),
  };
  if (global.kind === 'alias') {
    const { aliaseeId } = global;
    const aliasee = aliaseeId === undefined ? {} : { aliasee: referenceTo(aliaseeId) };
    return { kind: 'alias-summary', ...shared, ...aliasee };
  }
  const references = global.references().map(({ valueId }) => referenceTo(valueId));
  if (global.kind === 'variable') return { kind: 'variable-summary', ...shared, references };
  const calls = global.calls().map(({ valueId }) => referenceTo(valueId));
  return { kind: 'function-summary', ...shared, instructions: global.instructionCount, calls, references };
}

function propertiesOf(global: BitcodeGlobalSummaryRow): string[] {
  const properties: (string | false)[] = [
    global.isLive && 'live',
    global.isDsoLocal && 'dso_local',
    global.canAutoHide && 'canAutoHide',
    global.isNotEligibleToImport && 'notEligibleToImport',
    ...(global.kind === 'function' ? global.functionFlags : []),
    ...(global.kind === 'variable'
      ? [global.isMaybeReadOnly && 'readonly', global.isMaybeWriteOnly && 'writeonly', global.isConstant && 'constant']
      : []),
  ];
  return properties.filter((property) => property !== false);
}

function definitionLines(row: DefinitionRow): readonly string[] {
  const { kind, name, guid, linkage, visibility, definedIn, instructions, properties, calls, references } = row;
  const words = [
    kind.replace('-summary', '').padEnd(8),
    name ?? '',
    guid === undefined ? '' : `guid ${guid}`,
    linkage,
    visibility === 'default' ? '' : visibility,
    instructions === undefined ? '' : `${instructions} instructions`,
    ...properties,
    definedIn === undefined ? '' : `in ${definedIn}`,
    row.aliasee === undefined ? '' : `is ${row.aliasee}`,
  ];
  return [
    `  ${words.filter((word) => word !== '').join(' ')}`,
    ...(calls === undefined || calls.length === 0 ? [] : [`             calls ${calls.join(' ')}`]),
    ...(references === undefined || references.length === 0 ? [] : [`             refers to ${references.join(' ')}`]),
  ];
}
