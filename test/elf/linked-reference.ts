// Holds what the reader says of a linked file against what LLVM's and GNU's tools say. Facts are compared, not text, where
// a tool has a machine's output; else the columns of its text.

import { readFileSync } from 'node:fs';
import { encodeName } from '../../src/bytes/index.ts';
import {
  openElf,
  readDynamicSymbols,
  readDynamicTable,
  readGnuHashTable,
  readHashTable,
  readInterpreter,
  readSectionMapping,
  versionDefinitions,
  versionNeeds,
} from '../../src/elf/index.ts';
import type {
  ElfDynamicSymbols,
  ElfFile,
  ElfHashHistogram,
  ElfHashTable,
  ElfGnuHashTable,
} from '../../src/elf/index.ts';
import { run } from '../helpers/tools.ts';

/** How many facts were compared, and what differs. */
export interface Comparison {
  compared: number;
  differences: string[];
}

type Compare = (what: string, found: unknown, wanted: unknown) => void;

/** A text that is the same for numbers and bigints. */
function plain(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'bigint' || typeof inner === 'number' ? String(inner) : inner,
  );
}

function comparison(path: string): { result: Comparison; compare: Compare } {
  const result: Comparison = { compared: 0, differences: [] };
  const compare: Compare = (what, found, wanted) => {
    result.compared += 1;
    const [ours, theirs] = [plain(found), plain(wanted)];
    if (ours !== theirs) result.differences.push(`${path}: ${what}: ${ours} != ${theirs}`);
  };
  return { result, compare };
}

interface ReadobjLinked {
  ProgramHeaders: { ProgramHeader: Record<string, { Value: number | string } & number> }[];
  DynamicSection?: { Tag: number; Value: number | string; Library?: string; Name?: string; Path?: string[] }[];
  NeededLibraries: string[];
  DynamicSymbols: { Symbol: { Name: { Name: string; Value: number }; Value: number | string } }[];
  HashTable: { 'Num Buckets'?: number; 'Num Chains'?: number; Buckets?: string[]; Chains?: string[] };
  GnuHashTable: {
    'Num Buckets'?: number;
    'First Hashed Symbol Index': number;
    'Num Mask Words': number;
    'Shift Count': number;
    'Bloom Filter': (number | string)[];
    Buckets: string[];
    Values?: number[];
  };
  VersionSymbols?: { Symbol: { Version: number; Name: string } }[];
  VersionDefinitions?: {
    Definition: { Flags: { Value: number }; Index: number; Hash: number; Name: string; Predecessors: string };
  }[];
  VersionRequirements?: {
    Dependency: {
      FileName: string;
      Entries: { Entry: { Hash: number; Flags: { Value: number }; Index: number; Name: string } }[];
    };
  }[];
}

function readobj(tool: string, path: string): ReadobjLinked {
  const options = ['program-headers', 'dynamic-table', 'needed-libs', 'version-info', 'hash-table', 'gnu-hash-table'];
  const { stdout } = run(tool, ['--elf-output-style=JSON', ...options.map((name) => `--${name}`), '--dyn-syms', path]);
  const json = stdout
    // No JSON is made for this field.
    .replace(/Predecessors: \[([^\]]*)\]\s*/g, ',"Predecessors":"$1"')
    // Numbers that JSON.parse would round stay text.
    .replace(/([[:,]\s*)(\d{16,})(?=\s*[,}\]])/g, '$1"$2"');
  return (JSON.parse(json) as [ReadobjLinked])[0];
}

const bytesOf = (name: string): string => Buffer.from(encodeName(name)).toString('utf8');

/** Compares program headers, the dynamic table, symbols with their versions, versions, and hash tables. */
export function compareLinkedWithReadobj(tool: string, path: string): Comparison {
  const { result, compare } = comparison(path);
  const wanted = readobj(tool, path);
  const elf = openElf(readFileSync(path));
  const { segments } = elf;
  compare('segment count', segments.length, wanted.ProgramHeaders.length);
  wanted.ProgramHeaders.forEach(({ ProgramHeader: p }, i) => {
    const { raw } = segments.at(i);
    const [type, flags] = [p['Type']?.Value, p['Flags']?.Value];
    compare(`segment ${i}`, Object.values(raw), [
      type,
      flags,
      ...['Offset', 'VirtualAddress', 'PhysicalAddress', 'FileSize', 'MemSize', 'Alignment'].map((name) => p[name]),
    ]);
    const columns = [segments.type(i), segments.flags(i), segments.offset(i), segments.fileSize(i)];
    compare(`segment ${i}, columns`, columns, [type, flags, p['Offset'], p['FileSize']]);
  });

  const dynamic = readDynamicTable(elf);
  compare('dynamic entries', dynamic?.length ?? 0, wanted.DynamicSection?.length ?? 0);
  wanted.DynamicSection?.forEach((entry, i) => {
    if (dynamic === undefined) return;
    compare(`dynamic entry ${i}`, [dynamic.tag(i), dynamic.value(i)], [entry.Tag, entry.Value]);
    const text = entry.Library ?? entry.Name ?? entry.Path?.join(':');
    if (text !== undefined) compare(`text of dynamic entry ${i}`, dynamic.text(i), text);
  });
  compare('needed libraries', dynamic === undefined ? [] : [...dynamic.texts(1)].sort(), wanted.NeededLibraries);

  const symbols = readDynamicSymbols(elf);
  compare('dynamic symbols', symbols?.table.length ?? 0, wanted.DynamicSymbols.length);
  if (symbols !== undefined) compareSymbols(elf, symbols, wanted, compare);
  compareVersions(elf, wanted, compare);
  compareHashTables(elf, symbols, wanted, compare);
  return result;
}

function compareSymbols(elf: ElfFile, symbols: ElfDynamicSymbols, wanted: ReadobjLinked, compare: Compare): void {
  const { table, versions } = symbols;
  wanted.DynamicSymbols.forEach(({ Symbol: { Name, Value } }, i) => {
    compare(`dynamic symbol ${i}`, [table.nameOffset(i), table.value(i)], [Name.Value, Value]);
    // readobj gives section symbols the name of their section.
    if (Name.Value !== 0) compare(`name of dynamic symbol ${i}`, bytesOf(symbols.fullName(i)), Name.Name);
  });
  compare('versions of symbols', versions?.length ?? 0, wanted.VersionSymbols?.length ?? 0);
  wanted.VersionSymbols?.forEach(({ Symbol: { Version, Name } }, i) => {
    compare(`version of symbol ${i}`, versions?.versionIndex(i), Version);
    if (table.nameOffset(i) !== 0) compare(`name of symbol ${i}`, bytesOf(symbols.fullName(i)), Name);
  });
  const isLinked = elf.header.type !== 1;
  if (isLinked) {
    const count = [...symbols.exported()].length + [...symbols.imported()].length;
    compare('exported and imported symbols', count <= table.length, true);
  }
}

function compareVersions(elf: ElfFile, wanted: ReadobjLinked, compare: Compare): void {
  const definitions = Array.from(versionDefinitions(elf), (d) => [
    d.flags,
    d.versionIndex,
    d.hash,
    d.name,
    d.parents.join(', '),
  ]);
  const wantedDefinitions = (wanted.VersionDefinitions ?? []).map(({ Definition: d }) => [
    d.Flags.Value,
    d.Index,
    d.Hash,
    d.Name,
    d.Predecessors,
  ]);
  compare('version definitions', definitions, wantedDefinitions);
  const needs = Array.from(versionNeeds(elf), ({ file, versions }) => [
    file,
    versions.map(({ hash, flags, versionIndex, name }) => [hash, flags, versionIndex, name]),
  ]);
  const wantedNeeds = (wanted.VersionRequirements ?? []).map(({ Dependency: { FileName, Entries } }) => [
    FileName,
    Entries.map(({ Entry: { Hash, Flags, Index, Name } }) => [Hash, Flags.Value, Index, Name]),
  ]);
  compare('version needs', needs, wantedNeeds);
}

/** Whether the tools read the SysV hash table: on s390x they expect 64-bit words, and LLVM's do not read those. */
const isReadByTools = (elf: ElfFile): boolean => elf.header.machine !== 22 || elf.header.bits === 32;

const numbersTo = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

function compareHashTables(
  elf: ElfFile,
  symbols: ElfDynamicSymbols | undefined,
  { HashTable: sysv, GnuHashTable: gnu }: ReadobjLinked,
  compare: Compare,
): void {
  const hash = readHashTable(elf);
  if (isReadByTools(elf)) {
    compare('hash table', [hash?.bucketCount, hash?.chainCount], [sysv['Num Buckets'], sysv['Num Chains']]);
    if (hash === undefined) compare('hash table', sysv, {});
    const buckets = numbersTo(hash?.bucketCount ?? 0).map((i) => hash?.bucket(i));
    const chains = numbersTo(hash?.chainCount ?? 0).map((i) => hash?.chain(i));
    compare('hash buckets', [buckets, chains], [sysv.Buckets ?? [], sysv.Chains ?? []]);
  }
  const gnuHash = readGnuHashTable(elf);
  compare('GNU hash table', gnuHash?.bucketCount, gnu['Num Buckets']);
  if (gnuHash !== undefined) {
    const { bucketCount, firstSymbol, maskWordCount, shift } = gnuHash;
    const head = [firstSymbol, maskWordCount, shift];
    compare('GNU hash', head, [gnu['First Hashed Symbol Index'], gnu['Num Mask Words'], gnu['Shift Count']]);
    compare(
      'Bloom filter',
      numbersTo(maskWordCount).map((i) => gnuHash.maskWord(i)),
      gnu['Bloom Filter'],
    );
    compare(
      'GNU hash buckets',
      numbersTo(bucketCount).map((i) => gnuHash.bucket(i)),
      gnu.Buckets,
    );
    const count = gnuHash.symbolCount();
    // Without hashed symbols readobj takes what stands behind the table for values.
    if (count !== undefined) {
      compare('symbols counted by the GNU hash table', count, symbols?.table.length);
      const values = (gnu.Values ?? []).map((_, i) => gnuHash.value(firstSymbol + i));
      compare('GNU hash values', values, gnu.Values ?? []);
    }
  }
  if (symbols === undefined) return;
  const tables = [hash, gnuHash].filter((table) => table !== undefined);
  for (const table of tables) compareLookups(table, symbols, compare);
}

function compareLookups(hash: ElfHashTable | ElfGnuHashTable, { table }: ElfDynamicSymbols, compare: Compare): void {
  const missed: string[] = [];
  const kind = hash.constructor.name;
  for (let i = 1; i < table.length; i += 1) {
    const isDefined = table.rawSectionIndex(i) !== 0 && table.binding(i) !== 0;
    if (isDefined && ![...hash.matches(table.name(i), table)].includes(i)) missed.push(table.name(i));
  }
  compare(`${kind}: names that a lookup misses`, missed, []);
  compare(`${kind}: names that are not there`, hash.find('no symbol has this name', table), undefined);
}

/** Compares what only the text of llvm-readelf and of GNU readelf tells: histograms, and the sections of segments. */
export function compareLinkedWithReadelf(tool: string, path: string): Comparison {
  const { result, compare } = comparison(path);
  const { stdout } = run(tool, ['-W', '-l', '-I', path]);
  const elf = openElf(readFileSync(path));
  const isGnu = !tool.includes('llvm');
  compare('interpreter', readInterpreter(elf), /\[Requesting program interpreter: (.*)\]/.exec(stdout)?.[1]);
  const rows = Array.from(stdout.matchAll(/^ {3}(\d+) {5}(.*)$/gm), ([, , names]) => (names as string).trim());
  compare('rows of the mapping', elf.segments.length, rows.length);
  const mapping = readSectionMapping(elf);
  rows.forEach((names, i) => {
    // GNU readelf shows no sections in PT_PHDR, and only loaded ones in segments that it takes to be loaded.
    const type = elf.segments.type(i);
    if (isGnu && type === 6) return;
    const isAny = !isGnu || type >= 0x70000000;
    const found = mapping.sectionsIn(i).filter((k) => isAny || (elf.sections.flags(k) & 2) !== 0);
    compare(`sections in segment ${i}`, found.map((k) => elf.sections.name(k)).join(' '), names);
  });
  if (isReadByTools(elf)) {
    compareHistogram(stdout, /^Histogram for bucket list/m, readHashTable(elf)?.histogram(), compare);
  }
  compareHistogram(stdout, /^Histogram for `\.gnu\.hash'/m, readGnuHashTable(elf)?.histogram(), compare);
  return result;
}

function compareHistogram(text: string, heading: RegExp, found: ElfHashHistogram | undefined, compare: Compare): void {
  const start = text.search(heading);
  // Tools print nothing for tables without symbols.
  if (start === -1) {
    compare(`${heading.source}: symbols`, found?.symbolCount ?? 0, 0);
    return;
  }
  const table = /.*\n.*\n((?: +\d+ .*\n?)*)/.exec(text.slice(start))?.[1] ?? '';
  const counts = Array.from(table.matchAll(/^ +\d+ +(\d+)/gm), ([, count]) => count as string);
  compare(heading.source, found?.bucketsByLength.map(String), counts);
}

/** Compares names, versions and dynamic entries with GNU readelf's. */
export function compareSymbolsWithGnu(tool: string, path: string): Comparison {
  const { result, compare } = comparison(path);
  const { stdout } = run(tool, ['-W', '--dyn-syms', '-d', path]);
  const elf = openElf(readFileSync(path));
  const dynamic = readDynamicTable(elf);
  const tags = Array.from(stdout.matchAll(/^ (0x[0-9a-f]+) \(/gm), ([, tag]) => Number(tag));
  compare('tags', dynamic === undefined ? [] : numbersTo(dynamic.length).map((i) => dynamic.tag(i)), tags);
  const symbols = readDynamicSymbols(elf);
  const lines = stdout.matchAll(
    /^ +\d+: [0-9a-f]+ +(?:0x[0-9a-f]+|\d+) (\S+) .*?(?: {2}|\S)(?:UND|ABS|COM|\d+)(?: (.*))?$/gm,
  );
  const names = Array.from(lines, ([, type, name = '']) => (type === 'SECTION' ? '' : name.replace(/ \(\d+\)$/, '')));
  const found = numbersTo(symbols?.table.length ?? 0).map((i) => {
    if (symbols === undefined || symbols.table.type(i) === 3) return '';
    const name = bytesOf(symbols.fullName(i));
    // The symbol that has the name of its version is shown without it.
    return name.replace(/^(.+)@@\1$/, '$1');
  });
  compare('symbol count', found.length, names.length);
  names.forEach((name, i) => compare(`symbol ${i}`, found[i], name));
  return result;
}
