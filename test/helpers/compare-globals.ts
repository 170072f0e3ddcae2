// Compares global values, types and attributes of a module with LLVM's assembly.

import { expect } from 'vitest';
import { readAttributes, readGlobals, readTypes, TYPE_CODES } from '../../src/bitcode/index.ts';
import type { BitcodeAttributes, BitcodeGlobalValue, BitcodeModule, BitcodeTypes } from '../../src/bitcode/index.ts';

/** Words of a line of assembly, those that are empty left out. */
function words(...parts: readonly (string | false | undefined)[]): string {
  return parts.filter((part) => part !== false && part !== undefined && part !== '').join(' ');
}

/** Without the numbers of types that have no name, which LLVM gives in the order in which it prints them. */
function unnumbered(text: string): string {
  return text.replace(/%\d+\b/g, '%?');
}

/** What a string of LLVM's assembly stands for; its characters are bytes. */
function unescaped(text: string): string {
  return text.replace(/\\\\|\\([0-9A-F]{2})/g, (_, digits?: string) =>
    digits === undefined ? '\\' : String.fromCharCode(Number.parseInt(digits, 16)),
  );
}

/** A name as it stands behind `@` and `%`. */
function quoted(name: string): string {
  return /^[-a-zA-Z._][-a-zA-Z._0-9]*$/.test(name) ? name : `"${name.replace('\\x01', '\\01')}"`;
}

const TLS_TEXTS = {
  none: '',
  'general-dynamic': 'thread_local',
  'local-dynamic': 'thread_local(localdynamic)',
  'initial-exec': 'thread_local(initialexec)',
  'local-exec': 'thread_local(localexec)',
};

/** What stands behind the parameters of a function. */
function behindParameters(line: string): string {
  const own = line.replace(/ (personality|prefix|prologue) .*/, '').replace(/ comdat\([^)]*\)/, '');
  return own.slice(own.lastIndexOf(')'));
}

/** What stands before the type, or of a function before its calling convention. */
function headOf(value: BitcodeGlobalValue): string {
  const { linkage, visibility, dllStorage } = value;
  const isImplied = value.isLocal || (visibility !== 'default' && linkage !== 'extern_weak');
  return words(
    value.kind === 'variable' && value.isDeclaration && linkage === 'external' && 'external',
    value.kind === 'function' && (value.isDeclaration ? 'declare' : 'define'),
    linkage !== 'external' && linkage,
    value.isDsoLocal && !isImplied && 'dso_local',
    visibility !== 'default' && visibility,
    dllStorage !== 'default' && `dll${dllStorage}`,
  );
}

function tailsOf(value: BitcodeGlobalValue): string[] {
  const { section, alignment, comdat, name } = value;
  return [
    section === undefined ? '' : ` section "${section}"`,
    alignment === undefined ? '' : ` align ${alignment}`,
    comdat === undefined ? '' : comdat.name === name ? ' comdat' : ` comdat($${quoted(comdat.name)})`,
  ];
}

function compareValue(value: BitcodeGlobalValue, line: string, types: BitcodeTypes): void {
  const type = types.describe(value.typeId);
  const unnamed = value.unnamedAddress === 'none' ? '' : value.unnamedAddress;
  if (value.kind === 'function') {
    expect(line.startsWith(`${headOf(value)} `), `${headOf(value)} | ${line}`).toBe(true);
    const tail = behindParameters(line);
    expect(tail.includes('unnamed_addr') ? (/\S*unnamed_addr/.exec(tail)?.[0] ?? '') : '').toBe(unnamed);
  } else {
    const pointee = value.hasPointerType ? types.describe(types.pointee(value.typeId) ?? -1) : type;
    const what =
      value.kind === 'variable'
        ? words(value.isExternallyInitialized && 'externally_initialized', value.isConstant ? 'constant' : 'global')
        : value.kind;
    const start = words(headOf(value), TLS_TEXTS[value.threadLocalMode], unnamed, what, pointee);
    const expected = `@${quoted(value.name)} = ${start}`;
    expect(unnumbered(line).startsWith(unnumbered(expected)), `${expected} | ${line}`).toBe(true);
  }
  if (value.kind === 'alias' || value.kind === 'ifunc') return;
  for (const tail of tailsOf(value)) expect(line).toContain(tail);
  for (const word of [' section "', ' comdat']) {
    expect(line.includes(word), line).toBe(tailsOf(value).some((tail) => tail.startsWith(word)));
  }
}

// Attributes of which the word in LLVM's assembly is another than that of LLVMBitCodes.h without underscores.
const WORDS: Readonly<Record<string, string>> = {
  optimizeforsize: 'optsize',
  optimizenone: 'optnone',
  stackprotect: 'ssp',
  stackprotectreq: 'sspreq',
  stackprotectstrong: 'sspstrong',
  stackalignment: 'alignstack',
};

/** The attributes of a function, as text. */
function attributesOf(attributes: BitcodeAttributes, position: number): string[] {
  const own = attributes.list(position).find(({ place }) => place === 'function')?.attributes ?? [];
  return own
    .map(({ kind, name = '', value }) => {
      if (kind === undefined) return value === '' ? `"${name}"` : `"${name}"="${String(value)}"`;
      const word = name.replace('ATTR_KIND_', '').toLowerCase().replaceAll('_', '');
      return WORDS[word] ?? word;
    })
    .sort();
}

/** The attributes of the groups that llvm-dis prints, by number. */
function printedGroups(text: string): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const [, number = '', body = ''] of text.matchAll(/^attributes #(\d+) = \{ (.*) \}$/gm)) {
    const found = [...body.matchAll(/("[^"]*"(?:="[^"]*")?)|(\w+)(?:\([^)]*\)|=\d+)?/g)];
    const texts = found.map(([, string, word = '']) => string ?? word.replaceAll('_', ''));
    groups.set(number, texts.sort());
  }
  return groups;
}

/**
 * Compares the global values, their types and attributes, and the assembly of a module with what llvm-dis prints.
 *
 * @param text - What it prints of the module.
 */
export function compareGlobals(module: BitcodeModule, text: string): void {
  const globals = readGlobals(module);
  const types = readTypes(module);
  const attributes = readAttributes(module);
  const lines = text.split('\n');
  const isObject = (line: string) => /^@.* = /.test(line);
  const objects = lines.filter(isObject);
  // Metadata of declarations stands before everything else.
  const functions = lines
    .filter((line) => /^(define|declare) /.test(line))
    .map((line) => line.replace(/^declare( !\w+ !\d+)+/, 'declare'));
  const nameOfLine = (line: string) => /@("[^"]*"|[-a-zA-Z$._0-9]+)(?= =|\()/.exec(line)?.[1] ?? '';
  const byName = new Map([...objects, ...functions].map((line) => [nameOfLine(line), line]));
  const named = globals.values.filter(({ name }) => name !== '');
  expect(named.map(({ name }) => quoted(name)).sort()).toEqual([...byName.keys()].sort());
  const groups = printedGroups(text);
  for (const value of named) {
    const line = byName.get(quoted(value.name)) ?? '';
    compareValue(value, line, types);
    // Whatever a file says about an intrinsic, LLVM gives it the attributes that it knows.
    if (value.kind !== 'function' || value.name.startsWith('llvm.')) continue;
    const number = / #(\d+)/.exec(behindParameters(line))?.[1];
    const printed = number === undefined ? [] : (groups.get(number) ?? []);
    expect(attributesOf(attributes, value.attributeList)).toEqual(printed);
  }
  const printedTypes = new Map(
    [...text.matchAll(/^(%\S+|%"[^"]*") = type (.*)$/gm)].map(([, name = '', body = '']) => [name, body]),
  );
  const { TYPE_CODE_STRUCT_NAMED, TYPE_CODE_OPAQUE } = TYPE_CODES.values;
  for (let id = 0; id < types.length; id += 1) {
    const code = types.at(id)?.code;
    if (code !== TYPE_CODE_STRUCT_NAMED && code !== TYPE_CODE_OPAQUE) continue;
    const name = types.describe(id);
    const printed = printedTypes.get(name);
    // A type that nothing uses any more is not printed.
    if (printed === undefined || /^%\d+$/.test(name)) continue;
    expect(unnumbered(types.describeBody(id) ?? '')).toBe(unnumbered(printed));
  }
  const asm = [...text.matchAll(/^module asm "(.*)"$/gm)].map(([, line = '']) => unescaped(line));
  expect((module.assembly ?? '').split('\n').filter((line) => line !== '')).toEqual(asm.filter((line) => line !== ''));
}
