// Reads scripts for a linker: linker scripts, version scripts, dynamic lists, lists of symbols, and the expressions of
// `--defsym`.

import { byteText, encodeText } from '../../../bytes/index.ts';
import { DEFAULT_LINKER, lldMajorOf } from '../../linker.ts';
import type { Linker } from '../../linker.ts';
import { expectEnd, readDynamicNode, readVersionNodes } from './version-script.ts';
import { ReferenceList, UNKNOWN } from './expression.ts';
import type { ScriptExpression } from './expression.ts';
import { readExpression, readName, symbolName } from './expression-parser.ts';
import type { LinkScript, ScriptReference, VersionNode, VersionPattern } from './link-script.ts';
import { ScriptLexer, ScriptStop } from './script-lexer.ts';
import type { IncludedScript } from './script-lexer.ts';
import { ScriptParser } from './script-parser.ts';
import { readable } from './script-place.ts';

/** Since which version the name of a `--defsym` is part of what is parsed. */
const FIRST_WHOLE_DEFSYM_VERSION = 20;

/** For whom a script is read. */
export interface ReadScriptOptions {
  /** The path, as the linker writes it in errors. */
  readonly name: string;
  /** Whose rules and words; those of the newest lld if absent. */
  readonly linker?: Linker;
}

/** How a linker script is read. */
export interface ReadLinkScriptOptions extends ReadScriptOptions {
  /** Finds the script that INCLUDE names, as the linker does: as the path it is, then in the search paths. */
  readonly readInclude?: (name: string) => { readonly path: string; readonly content: string | Uint8Array } | undefined;
  /** `-EL` or `-EB`, which choose among three output formats. */
  readonly endian?: 'little' | 'big' | undefined;
  /** Scripts that were read before in the same link: their memory regions are known, and the first output format counts. */
  readonly earlier?: readonly LinkScript[];
}

/**
 * Reads a linker script. Never throws because of what it holds.
 *
 * The linker reads no script at all when it has reported an error before, and stops where an input of INPUT or GROUP cannot be
 * found: both is for the caller to see to. A script costs what it is long.
 *
 * @param content - Text, or the bytes of a file of any kind: the linker takes all that it does not know for a script.
 */
export function readLinkScript(content: string | Uint8Array, options: ReadLinkScriptOptions): LinkScript {
  const { name, readInclude, endian, earlier = [] } = options;
  const findInclude = (asked: string): IncludedScript | undefined => {
    const found = readInclude?.(readable(asked));
    return found && { path: found.path, bytes: bytesOf(found.content) };
  };
  let parser: ScriptParser | undefined;
  const errors = stopAtError(() => {
    parser = new ScriptParser(new ScriptLexer(name, bytesOf(content), majorOf(options)), {
      endian,
      findInclude,
      regions: earlier.flatMap(({ regions }) => regions),
      hasOutputFormat: earlier.some(({ commands }) => commands.some(({ kind }) => kind === 'output-format')),
    });
    parser.readCommands();
  });
  return {
    name,
    commands: parser?.commands ?? [],
    references: parser?.references.list() ?? [],
    hasSections: parser?.hasSections ?? false,
    regions: parser?.listRegions() ?? [],
    errors,
    warnings: parser?.warnings ?? [],
  };
}

/** A version script, read. */
export interface VersionScript {
  /** Either one anonymous node or named ones. Empty if there is an error. */
  readonly nodes: readonly VersionNode[];
  /** At most one, in the words of the linker. */
  readonly errors: readonly string[];
}

/** Reads a version script (`--version-script`). Never throws because of what it holds. */
export function readVersionScript(content: string | Uint8Array, options: ReadScriptOptions): VersionScript {
  let nodes: VersionNode[] = [];
  const errors = stopAtError(() => {
    const lexer = new ScriptLexer(options.name, bytesOf(content), majorOf(options));
    const found = readVersionNodes(lexer);
    expectEnd(lexer);
    nodes = found;
  });
  return { nodes, errors };
}

/** A dynamic list, read. */
export interface DynamicList {
  /** Empty if there is an error. */
  readonly patterns: readonly VersionPattern[];
  /** At most one, in the words of the linker. */
  readonly errors: readonly string[];
}

/** Reads a dynamic list (`--dynamic-list`, `--export-dynamic-symbol-list`). Never throws because of what it holds. */
export function readDynamicList(content: string | Uint8Array, options: ReadScriptOptions): DynamicList {
  let patterns: VersionPattern[] = [];
  const errors = stopAtError(() => {
    patterns = readDynamicNode(new ScriptLexer(options.name, bytesOf(content), majorOf(options)));
  });
  return { patterns, errors };
}

/** Reads the names of a `--retain-symbols-file`: one a line; lines that begin with `#` say nothing. */
export function readSymbolList(content: string | Uint8Array): string[] {
  const lines = byteText(bytesOf(content)).split('\n');
  return lines
    .map((line) => line.replace(/^[ \t\v\f\r]+|[ \t\v\f\r]+$/g, ''))
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map(symbolName);
}

/** The expression of a `--defsym`, read. */
export interface DefinedSymbol {
  /** The symbol that it defines; absent if there is an error. */
  readonly name: string | undefined;
  /** Symbols that the expression names. */
  readonly references: readonly ScriptReference[];
  /** The value where the expression is a constant. */
  readonly value: bigint | undefined;
  /** What the linker says when it computes the value, if the text alone tells. */
  readonly problem: string | undefined;
  /** At most one, in the words of the linker. */
  readonly errors: readonly string[];
}

/** Reads what `--defsym` defines. Never throws because of what it holds. */
export function parseDefsym(
  name: string,
  expression: string,
  options: { readonly linker?: Linker } = {},
): DefinedSymbol {
  const major = majorOf(options);
  const isWhole = major >= FIRST_WHOLE_DEFSYM_VERSION;
  const references = new ReferenceList();
  let defined: string | undefined;
  let read: ScriptExpression = UNKNOWN;
  const errors = stopAtError(() => {
    if (!isWhole && (name === '' || expression === '')) {
      throw new ScriptStop(`--defsym: syntax error: ${name}=${expression}`);
    }
    const lexer = new ScriptLexer('--defsym', bytesOf(isWhole ? `${name}=${expression}` : expression), major);
    lexer.inExpression = true;
    const word = isWhole ? readName(lexer) : byteText(bytesOf(name));
    if (isWhole) lexer.expect('=');
    const found = readExpression({ lexer, regions: new Map(), references, depth: 0 });
    if (!lexer.atEnd()) throw lexer.failure(`EOF expected, but got ${lexer.next()}`);
    defined = symbolName(word);
    read = found;
  });
  return { name: defined, value: read.value, problem: read.problem, references: references.list(), errors };
}

/** Runs a reader up to its first error. */
function stopAtError(read: () => void): string[] {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof ScriptStop) return [error.message];
    throw error;
  }
}

function bytesOf(content: string | Uint8Array): Uint8Array {
  return typeof content === 'string' ? encodeText(content) : content;
}

function majorOf({ linker = DEFAULT_LINKER }: { readonly linker?: Linker }): number {
  return lldMajorOf(linker);
}
