// The commands of linker scripts: GNU ld's manual, "Linker Scripts", by the rules of ld.lld. A parser stops at the first error,
// as lld does; what was read before is kept.

import { constant, parseNumber, ReferenceList, UNKNOWN } from './expression.ts';
import type { ScriptExpression } from './expression.ts';
import {
  readAssertion,
  readExpression,
  readName,
  readParenthesized,
  symbolName,
  unquote,
} from './expression-parser.ts';
import type { ExpressionContext, MemoryRegion } from './expression-parser.ts';
import { findGlobProblem } from './glob.ts';
import type { ScriptCommand, ScriptRegion } from './link-script.ts';
import { OUTPUT_FORMATS } from './output-formats.ts';
import { ASSIGNMENT_OPERATORS, ScriptStop } from './script-lexer.ts';
import type { IncludedScript, ScriptLexer } from './script-lexer.ts';
import { readable } from './script-place.ts';
import { readOutputSection, readSections } from './section-parser.ts';
import { SEGMENT_TYPES } from './section-words.ts';
import { readVersionNodes } from './version-script.ts';

/** What a parser has to be told. */
export interface ParserOptions {
  /** `-EL`, `-EB` */
  readonly endian: 'little' | 'big' | undefined;
  readonly findInclude: (name: string) => IncludedScript | undefined;
  /** Of scripts read before. */
  readonly regions: readonly ScriptRegion[];
  readonly hasOutputFormat: boolean;
}

/** Since which version PROVIDE looks for symbols only if its own is needed. */
const FIRST_FRUGAL_PROVIDE_VERSION = 19;
const FIRST_OPERATOR_ASSIGNMENT_VERSION = 15;
const FIRST_XOR_VERSION = 17;
/** Since which version only the first OUTPUT_FORMAT counts, and `binary` is one. */
const FIRST_SINGLE_FORMAT_VERSION = 18;

/** Reads the commands of one script. */
export class ScriptParser {
  readonly lexer: ScriptLexer;
  readonly commands: ScriptCommand[] = [];
  readonly warnings: string[] = [];
  readonly references = new ReferenceList();
  readonly context: ExpressionContext;
  readonly regions: Map<string, MemoryRegion>;
  readonly classes = new Set<string>();
  hasSections = false;
  /** The class that was named last. */
  lastClass = '';
  private readonly options: ParserOptions;
  private groupCount = 0;
  private hasOutputFormat: boolean;

  constructor(lexer: ScriptLexer, options: ParserOptions) {
    this.lexer = lexer;
    this.options = options;
    this.regions = new Map(
      options.regions.map(({ name, origin, length }) => [name, { origin: known(origin), length: known(length) }]),
    );
    this.hasOutputFormat = options.hasOutputFormat;
    this.context = { lexer, regions: this.regions, references: this.references, depth: 0 };
  }

  /** Reads to the end. */
  readCommands(): void {
    const { lexer } = this;
    while (!lexer.atEnd()) {
      const word = lexer.next();
      if (word === ';') continue;
      const read = COMMANDS.get(word);
      if (read !== undefined && lexer.major >= read.since) read.read(this);
      else if (!this.readAssignment(word, false)) throw lexer.failure(`unknown directive: ${word}`);
    }
  }

  /** Memory regions, those of earlier scripts among them. */
  listRegions(): ScriptRegion[] {
    return Array.from(this.regions, ([name, { origin, length }]) => ({
      name: readable(name),
      origin: origin.value,
      length: length.value,
    }));
  }

  /** Adds a command. */
  add(command: ScriptCommand): void {
    this.lexer.countItem();
    this.commands.push(command);
  }

  /** An error that has no place. */
  stop(message: string): ScriptStop {
    return new ScriptStop(readable(message));
  }

  /** The value of an expression that lld computes while it parses. */
  computeNow(expression: ScriptExpression): bigint | undefined {
    if (expression.problem !== undefined) throw this.stop(expression.problem);
    return expression.value;
  }

  /** Stops if a pattern of files or sections is none. */
  checkGlob(pattern: string): void {
    if (pattern.startsWith('"')) return;
    const problem = findGlobProblem(pattern, this.lexer.major);
    if (problem !== undefined) throw this.stop(problem);
  }

  /**
   * Reads an assignment, if the word begins one, or ASSERT.
   *
   * @returns Whether it did.
   */
  readAssignment(word: string, inSection: boolean): boolean {
    const { lexer, context } = this;
    if (word === 'ASSERT') {
      const before = context.references;
      context.references = new ReferenceList();
      const { message, condition } = readAssertion(context);
      const references = context.references.list();
      context.references = before;
      for (const { name, place } of references) before.add(name, place);
      this.add({ kind: 'assert', message: readable(message), references, value: condition.value });
      return true;
    }
    const operator = lexer.peek();
    const isPlain = lexer.major < FIRST_OPERATOR_ASSIGNMENT_VERSION ? operator === '=' : operator.startsWith('=');
    const isCompound = !isPlain && this.isAssignmentOperator(operator);
    // Until lld 14 what is provided is cut as outside of expressions; until lld 19 a compound operator is.
    lexer.inExpression = isCompound ? lexer.isLazy : isPlain || lexer.major >= FIRST_OPERATOR_ASSIGNMENT_VERSION;
    const isRead =
      isPlain || isCompound
        ? this.readSymbol(unquote(word), false, false, inSection)
        : this.readWrapped(word, inSection);
    lexer.inExpression = false;
    if (isRead) lexer.expect(';');
    return isRead;
  }

  private isAssignmentOperator(word: string): boolean {
    if (word === '+=') return true;
    if (this.lexer.major < FIRST_OPERATOR_ASSIGNMENT_VERSION) return false;
    return ASSIGNMENT_OPERATORS.has(word) && (word !== '^=' || this.lexer.major >= FIRST_XOR_VERSION);
  }

  /** Reads what stands in the parentheses of PROVIDE and its like. */
  private readWrapped(word: string, inSection: boolean): boolean {
    const { lexer } = this;
    const isHidden = word === 'HIDDEN' || word === 'PROVIDE_HIDDEN';
    const isProvided = word === 'PROVIDE' || word === 'PROVIDE_HIDDEN';
    if (!isHidden && !isProvided) return false;
    lexer.expect('(');
    const name = readName(lexer);
    const isChecked = lexer.major >= FIRST_OPERATOR_ASSIGNMENT_VERSION;
    if (isChecked && lexer.peek() !== '=') throw lexer.failure(`= expected, but got ${lexer.next()}`);
    this.readSymbol(name, isProvided, isHidden, inSection);
    lexer.expect(')');
    return true;
  }

  /** Reads an assignment behind its name. */
  private readSymbol(name: string, provide: boolean, hidden: boolean, inSection: boolean): true {
    const { lexer, context } = this;
    const operator = lexer.next();
    const isCompound = ASSIGNMENT_OPERATORS.has(operator);
    const before = context.references;
    context.references = new ReferenceList();
    const { value, problem } = readExpression(context);
    const references = context.references.list();
    context.references = before;
    if (!provide || lexer.major < FIRST_FRUGAL_PROVIDE_VERSION) {
      for (const reference of references) before.add(reference.name, reference.place);
    }
    if (name === '.') return true;
    this.add({
      kind: 'assign',
      name: symbolName(name),
      provide,
      hidden,
      isCompound,
      references,
      value: isCompound ? undefined : value,
      inSection,
      place: lexer.location(),
      problem,
    });
    return true;
  }

  /** Goes on with the script that INCLUDE names. */
  readInclude(): void {
    const { lexer } = this;
    lexer.include(readName(lexer), this.options.findInclude);
  }

  /** Reads `( … )` of INPUT. */
  readInputs(group: number): void {
    const { lexer } = this;
    lexer.expect('(');
    for (let word = lexer.till(')'); word !== undefined; word = lexer.till(')')) {
      if (word !== 'AS_NEEDED') {
        this.addInput(word, false, group);
        continue;
      }
      lexer.expect('(');
      for (let name = lexer.till(')'); name !== undefined; name = lexer.till(')')) this.addInput(name, true, group);
    }
  }

  /** Reads `( … )` of GROUP. */
  readGroup(): void {
    this.readInputs(this.groupCount);
    this.groupCount += 1;
  }

  private addInput(word: string, asNeeded: boolean, group: number): void {
    this.add({ kind: 'input', name: readable(unquote(word)), asNeeded, group, place: this.lexer.place() });
  }

  /** Takes a name in parentheses. */
  readNameInParentheses(): string {
    const { lexer } = this;
    lexer.expect('(');
    const name = readName(lexer);
    lexer.expect(')');
    return name;
  }

  /** Takes words up to the parenthesis, without their quotes. */
  readList(): string[] {
    const { lexer } = this;
    const words: string[] = [];
    lexer.expect('(');
    for (let word = lexer.till(')'); word !== undefined; word = lexer.till(')')) words.push(unquote(word));
    return words;
  }

  /** Reads `(name)` or `(default, big, little)`. */
  readOutputFormat(): void {
    const { lexer } = this;
    const { endian } = this.options;
    lexer.expect('(');
    let name = readName(lexer);
    if (!lexer.consume(')')) {
      lexer.expect(',');
      const big = readName(lexer);
      lexer.expect(',');
      const little = readName(lexer);
      if (endian === 'big') name = big;
      if (endian === 'little') name = little;
      lexer.consume(')');
    }
    if (this.hasOutputFormat && lexer.major >= FIRST_SINGLE_FORMAT_VERSION) return;
    this.hasOutputFormat = true;
    const format = OUTPUT_FORMATS.get(name.replace(/-freebsd$/, ''));
    const target = format !== undefined && lexer.major >= format.since ? format : undefined;
    const isBinary = name === 'binary' && lexer.major >= FIRST_SINGLE_FORMAT_VERSION;
    if (target === undefined && !isBinary) throw lexer.failure(`unknown output format name: ${name}`);
    this.add({
      kind: 'output-format',
      name,
      target: target && { machine: target.machine, elfClass: target.elfClass, isBigEndian: target.isBigEndian },
    });
  }

  /** Reads `(alias, region)`. */
  readRegionAlias(): void {
    const { lexer, regions } = this;
    lexer.expect('(');
    const alias = readName(lexer);
    lexer.expect(',');
    const name = readName(lexer);
    lexer.expect(')');
    if (regions.has(alias)) throw lexer.failure(`redefinition of memory region '${alias}'`);
    const region = regions.get(name);
    if (region === undefined) throw lexer.failure(`memory region '${name}' is not defined`);
    regions.set(alias, region);
  }

  /** Reads `{ name (attributes) : ORIGIN = …, LENGTH = … }`. */
  readMemory(): void {
    const { lexer, regions } = this;
    lexer.expect('{');
    for (let name = lexer.till('}'); name !== undefined; name = lexer.till('}')) {
      if (name === 'INCLUDE') {
        this.readInclude();
        continue;
      }
      if (lexer.consume('(')) {
        if (/[^!wxar]/i.test(lexer.next())) throw lexer.failure('invalid memory region attribute');
        lexer.expect(')');
      }
      lexer.expect(':');
      const origin = this.readRegionPart('ORIGIN', 'org', 'o');
      lexer.expect(',');
      const length = this.readRegionPart('LENGTH', 'len', 'l');
      if (regions.has(name)) throw lexer.failure(`region '${name}' already defined`);
      regions.set(name, { origin, length });
    }
  }

  private readRegionPart(...names: readonly [string, string, string]): ScriptExpression {
    const { lexer } = this;
    if (!names.some((name) => lexer.consume(name))) {
      throw lexer.failure(`expected one of: ${names[0]}, ${names[1]}, or ${names[2]}`);
    }
    lexer.expect('=');
    return readExpression(this.context);
  }

  /** Reads `{ name type FILEHDR PHDRS AT(…) FLAGS(…); }`. */
  readProgramHeaders(): void {
    const { lexer, context } = this;
    lexer.expect('{');
    while (lexer.till('}') !== undefined) {
      const type = lexer.next();
      const since = SEGMENT_TYPES.get(type);
      if (parseNumber(type) === undefined && !(since !== undefined && lexer.major >= since)) {
        throw lexer.failure(`invalid program header type: ${type}`);
      }
      while (!lexer.consume(';')) {
        if (lexer.consume('FILEHDR') || lexer.consume('PHDRS')) continue;
        if (lexer.consume('AT')) readParenthesized(context);
        else if (lexer.consume('FLAGS')) this.computeNow(readParenthesized(context));
        else throw lexer.failure(`unexpected header attribute: ${lexer.next()}`);
      }
    }
  }

  /** Reads the format of inputs. */
  readTarget(): void {
    const name = this.readNameInParentheses();
    if (name.startsWith('elf')) this.add({ kind: 'target', format: 'elf' });
    else if (name === 'binary') this.add({ kind: 'target', format: 'binary' });
    else throw this.lexer.failure(`unknown target: ${name}`);
  }

  /** Reads output sections that replace those of the linker. */
  readOverwriteSections(): void {
    const { lexer } = this;
    lexer.expect('{');
    for (let word = lexer.till('}'); word !== undefined; word = lexer.till('}')) readOutputSection(this, word);
  }

  /** Reads sections that must not refer to one another. */
  readNoCrossReferences(): void {
    if (this.readList().length < 2) {
      this.warnings.push(`${this.lexer.location()}: ignored with fewer than 2 output sections`);
    }
  }
}

function known(value: bigint | undefined): ScriptExpression {
  return value === undefined ? UNKNOWN : constant(value);
}

interface CommandReader {
  /** First version of lld that knows the command. */
  readonly since: number;
  readonly read: (parser: ScriptParser) => void;
}

function always(read: (parser: ScriptParser) => void): CommandReader {
  return { since: 0, read };
}

/** Commands that may stand outside of others. */
const COMMANDS: ReadonlyMap<string, CommandReader> = new Map([
  ['ENTRY', always((parser) => parser.add({ kind: 'entry', name: symbolName(parser.readNameInParentheses()) }))],
  ['EXTERN', always((parser) => parser.add({ kind: 'extern', names: parser.readList().map(symbolName) }))],
  ['GROUP', always((parser) => parser.readGroup())],
  ['INCLUDE', always((parser) => parser.readInclude())],
  ['INPUT', always((parser) => parser.readInputs(-1))],
  ['MEMORY', always((parser) => parser.readMemory())],
  ['NOCROSSREFS', { since: 19, read: (parser) => parser.readNoCrossReferences() }],
  ['NOCROSSREFS_TO', { since: 19, read: (parser) => parser.readNoCrossReferences() }],
  ['OUTPUT', always((parser) => parser.add({ kind: 'output', path: readable(parser.readNameInParentheses()) }))],
  ['OUTPUT_ARCH', always((parser) => parser.readList())],
  ['OUTPUT_FORMAT', always((parser) => parser.readOutputFormat())],
  ['OVERWRITE_SECTIONS', { since: 13, read: (parser) => parser.readOverwriteSections() }],
  ['PHDRS', always((parser) => parser.readProgramHeaders())],
  ['REGION_ALIAS', always((parser) => parser.readRegionAlias())],
  [
    'SEARCH_DIR',
    always((parser) => parser.add({ kind: 'search-dir', path: readable(parser.readNameInParentheses()) })),
  ],
  ['SECTIONS', always(readSections)],
  ['TARGET', always((parser) => parser.readTarget())],
  [
    'VERSION',
    always((parser) => {
      parser.lexer.expect('{');
      parser.add({ kind: 'version', nodes: readVersionNodes(parser.lexer) });
      parser.lexer.expect('}');
    }),
  ],
]);
