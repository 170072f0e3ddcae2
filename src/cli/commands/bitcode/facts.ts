// ltoscope bitcode without options: what the file and each module in it are.

import { compareSymbolTables, describeDifference, readGlobals } from '../../../bitcode/index.ts';
import type {
  BitcodeFile,
  BitcodeGlobals,
  BitcodeModule,
  BitcodeSummaryKind,
  BitcodeSymbolTable,
  BitcodeWrapper,
} from '../../../bitcode/index.ts';
import { encodeText } from '../../../bytes/index.ts';
import type { DamageList } from '../damage-list.ts';
import type { BitcodeListing } from './listing.ts';

/** Differences that are told; the rest of a table that belongs to another file would say nothing new. */
const DIFFERENCES_MAX = 20;

interface Counts {
  readonly definedFunctions: number;
  readonly declaredFunctions: number;
  readonly variables: number;
  readonly aliases: number;
  readonly ifuncs: number;
  readonly comdats: number;
}

interface ModuleRow {
  readonly kind: 'module';
  /** Position in the file, from 0. */
  readonly module: number;
  readonly producer?: string;
  readonly epoch?: number;
  /** How names and value ids are stored: 0, 1 or 2. */
  readonly version?: number;
  readonly triple?: string;
  readonly dataLayout?: string;
  readonly sourceFile?: string;
  readonly summary?: { readonly kind: BitcodeSummaryKind; readonly version?: number; readonly flags?: string };
  readonly globals?: Counts;
  /** Bytes of assembly beside the functions. */
  readonly assemblySize?: number;
  /** SHA-1, as 40 digits. */
  readonly hash?: string;
}

interface FileRow {
  readonly kind: 'file';
  readonly size: number;
  /** `cpuType` is absent where the header ends before it. */
  readonly wrapper?: { readonly version: number; readonly cpuType?: number };
  readonly modules: number;
  readonly symbolTable?: {
    readonly version: number;
    readonly producer: string;
    readonly symbols: number;
    /** What the modules say differently, the first few; absent where they agree. */
    readonly differences?: readonly string[];
  };
  readonly dependentLibraries?: readonly string[];
}

export const FACTS: BitcodeListing<FileRow | ModuleRow> = {
  *rows(file: BitcodeFile, damage: DamageList) {
    yield fileRow(file, damage);
    for (const [index, module] of file.modules.entries()) yield moduleRow(module, index, damage);
  },
  lines(row) {
    return row.kind === 'file' ? linesOfFile(row) : linesOfModule(row);
  },
};

function fileRow(file: BitcodeFile, damage: DamageList): FileRow {
  const { wrapper, input, modules } = file;
  const table = damage.guard(() => {
    const symbols = file.symbolTable();
    if (symbols === undefined) return undefined;
    const { version, producer, length } = symbols;
    const differences = damage.guard(() => firstDifferences(file, symbols)) ?? [];
    const found = differences.length === 0 ? {} : { differences };
    return {
      symbolTable: { version, producer, symbols: length, ...found },
      libraries: [...symbols.dependentLibraries()],
    };
  });
  return {
    kind: 'file',
    size: input.length,
    ...(wrapper === undefined ? {} : { wrapper: wrapperOf(wrapper) }),
    modules: modules.length,
    ...(table === undefined ? {} : { symbolTable: table.symbolTable }),
    ...(table === undefined || table.libraries.length === 0 ? {} : { dependentLibraries: table.libraries }),
  };
}

function firstDifferences(file: BitcodeFile, table: BitcodeSymbolTable): string[] {
  const differences: string[] = [];
  for (const difference of compareSymbolTables(file, table)) {
    differences.push(describeDifference(difference));
    if (differences.length === DIFFERENCES_MAX) break;
  }
  return differences;
}

function wrapperOf({ version, cpuType }: BitcodeWrapper) {
  return { version, ...(cpuType === undefined ? {} : { cpuType }) };
}

function moduleRow(module: BitcodeModule, index: number, damage: DamageList): ModuleRow {
  const fact = <K extends string, T>(key: K, read: () => T | undefined): Readonly<Partial<Record<K, T>>> => {
    const value = damage.guard(read);
    return (value === undefined ? {} : { [key]: value }) as Readonly<Partial<Record<K, T>>>;
  };
  return {
    kind: 'module',
    module: index,
    ...fact('producer', () => module.identification?.producer),
    ...fact('epoch', () => module.identification?.epoch),
    ...fact('version', () => module.version),
    ...fact('triple', () => module.triple),
    ...fact('dataLayout', () => module.dataLayout),
    ...fact('sourceFile', () => module.sourceFileName),
    ...fact('summary', () => summaryOf(module)),
    ...fact('globals', () => countsOf(readGlobals(module))),
    ...fact('assemblySize', () => (module.assembly === undefined ? undefined : encodeText(module.assembly).length)),
    ...fact('hash', () => module.hash?.map((word) => word.toString(16).padStart(8, '0')).join('')),
  };
}

function summaryOf(module: BitcodeModule) {
  const kind = module.summaryKind;
  const summary = module.summary();
  if (summary === undefined) return { kind };
  const { version, flags } = summary;
  return { kind, ...(version === undefined ? {} : { version }), flags: `0x${flags.toString(16)}` };
}

function countsOf({ functions, variables, aliases, ifuncs, comdatCount }: BitcodeGlobals): Counts {
  let definedFunctions = 0;
  for (const { isDeclaration } of functions) if (!isDeclaration) definedFunctions += 1;
  return {
    definedFunctions,
    declaredFunctions: functions.length - definedFunctions,
    variables: variables.length,
    aliases: aliases.length,
    ifuncs: ifuncs.length,
    comdats: comdatCount,
  };
}

function linesOfFile({ size, wrapper, modules, symbolTable, dependentLibraries }: FileRow): readonly string[] {
  const table =
    symbolTable === undefined
      ? 'none'
      : `${symbolTable.symbols} symbols, version ${symbolTable.version}, by ${symbolTable.producer}`;
  return facts([
    ['size', `${size} bytes`],
    ['wrapper', wrapper === undefined ? undefined : `version ${wrapper.version}, CPU type ${wrapper.cpuType ?? '?'}`],
    ['modules', modules === 1 ? undefined : String(modules)],
    ['symbol table', table],
    ['libraries', dependentLibraries?.join(' ')],
    ...(symbolTable?.differences ?? []).map((text) => ['differs', text] as const),
  ]);
}

function linesOfModule(row: ModuleRow): readonly string[] {
  const { summary, globals } = row;
  return facts([
    ['producer', row.producer],
    ['epoch', row.epoch === 0 ? undefined : row.epoch?.toString()],
    ['format', row.version === undefined ? undefined : `version ${row.version}`],
    ['triple', row.triple],
    ['data layout', row.dataLayout],
    ['source file', row.sourceFile],
    ['summary', summary === undefined ? undefined : summaryText(summary)],
    ['functions', globals && `${globals.definedFunctions} defined, ${globals.declaredFunctions} declared`],
    ['variables', globals?.variables.toString()],
    ['aliases', unlessZero(globals?.aliases)],
    ['ifuncs', unlessZero(globals?.ifuncs)],
    ['COMDATs', unlessZero(globals?.comdats)],
    ['assembly', row.assemblySize === undefined ? undefined : `${row.assemblySize} bytes`],
    ['hash', row.hash],
  ]);
}

function summaryText({ kind, version, flags }: NonNullable<ModuleRow['summary']>): string {
  if (kind === 'none') return 'none: full LTO, as linkers take it';
  return `${kind === 'thin' ? 'ThinLTO' : 'full LTO'}, version ${version ?? '?'}, flags ${flags ?? '?'}`;
}

function unlessZero(count: number | undefined): string | undefined {
  return count === 0 ? undefined : count?.toString();
}

function facts(pairs: readonly (readonly [name: string, value: string | undefined])[]): string[] {
  return pairs.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name.padEnd(12)}  ${value}`]));
}
