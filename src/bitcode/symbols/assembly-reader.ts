// Statements of module assembly, one after the other: labels, assignments, directives, macros, instructions. What each does
// to symbols is that of LLVM's AsmParser (13 to 22) in front of a RecordStreamer; see module-assembly.ts.

import { ConditionStack, namesOf } from './assembly-conditions.ts';
import { evaluate } from './assembly-expression.ts';
import { readStatement, splitAtCommas, textFrom } from './assembly-lexer.ts';
import type { Token } from './assembly-lexer.ts';
import {
  bindArguments,
  listArguments,
  positionalArguments,
  readParameters,
  substitute,
  substitutePositions,
} from './assembly-macros.ts';
import type { Macro } from './assembly-macros.ts';
import { readOperands } from './assembly-operands.ts';
import type { OperandSink } from './assembly-operands.ts';
import type { AssemblyRecorder } from './assembly-recorder.ts';
import type { AssemblySyntax } from './assembly-syntax.ts';
import { ASSIGNMENT_DIRECTIVES, DATA_DIRECTIVES, SILENT_DIRECTIVES, SILENT_PREFIXES } from './assembly-words.ts';

/** Something that was not understood. */
export interface AssemblyNote {
  /** Line of the assembly, from 1 on; of text that a macro stands for, the line of its outermost call. */
  readonly line: number;
  readonly reason: string;
}

/** Notes that are kept. */
const NOTES_MAX = 100;
/** Characters that macros and repetitions may stand for. The kernel's need some thousand. */
const EXPANSION_MAX = 1 << 21;
/** Macros inside macros, as in LLVM. */
const MACRO_DEPTH_MAX = 20;

const TOO_MUCH = 'macros stand for too much text';

/** A text that is being read. */
interface Source {
  readonly text: string;
  at: number;
  /** Open conditions where it was begun. */
  readonly conditionDepth: number;
}

const REPETITIONS: ReadonlySet<string> = new Set(['.rept', '.rep', '.irp', '.irpc']);
const REPETITION_ENDS: ReadonlySet<string> = new Set(['.endr']);
const MACRO_BEGINS: ReadonlySet<string> = new Set(['.macro']);
const MACRO_ENDS: ReadonlySet<string> = new Set(['.endm', '.endmacro']);
/** Operators of relocations that COFF writes behind a name; there `@` may also belong to a name. */
const COFF_VARIANT = /@(?:IMGREL|SECREL32|PLT|GOT|GOTPCREL|GOTOFF)$/i;

/** Reads assembly into a recorder. */
export class AssemblyReader {
  /** What was not understood. */
  readonly notes: AssemblyNote[] = [];
  private readonly syntax: AssemblySyntax;
  private readonly recorder: AssemblyRecorder;
  private readonly sources: Source[] = [];
  private readonly macros = new Map<string, Macro>();
  private readonly conditions = new ConditionStack();
  /** Symbols with a value that is a number. */
  private readonly numbers = new Map<string, bigint>();
  /** Symbols that `.ifdef` finds. */
  private readonly defined = new Set<string>();
  private readonly discarded = new Set<string>();
  /** How often a numeric label was set, and the names of the temporary labels behind each. */
  private readonly labelCounts = new Map<string, number>();
  private readonly labelNames = new Map<string, string>();
  private readonly temporaryCounts = new Map<string, number>();
  private callCount = 0;
  private expansionLeft = EXPANSION_MAX;
  private outermostLine = 1;
  private lineStart = 0;
  private isEnded = false;
  /** Whether instructions of x86 are in Intel syntax. */
  private isIntel = false;
  private readonly sink: OperandSink = {
    expression: (tokens) => {
      this.refer(tokens);
    },
    unnamedLabel: () => {
      this.recorder.markDefined('');
    },
    namedLabel: (kind) => {
      this.recorder.markDefined(this.temporaryName(kind));
    },
    notUnderstood: (reason) => {
      this.note(reason);
    },
  };

  constructor(syntax: AssemblySyntax, recorder: AssemblyRecorder) {
    this.syntax = syntax;
    this.recorder = recorder;
  }

  /** Reads a text to its end. Called once. */
  read(text: string): void {
    this.sources.push({ text, at: 0, conditionDepth: 0 });
    for (let source = this.sources.at(-1); source !== undefined; source = this.sources.at(-1)) {
      if (this.isEnded) return;
      if (source.at >= source.text.length) {
        this.sources.pop();
        continue;
      }
      if (this.sources.length === 1) this.countLines(source);
      const { tokens, next, isCut } = readStatement(source.text, source.at, this.syntax);
      source.at = next;
      if (isCut) this.note('a string, comment or statement that does not end');
      this.statement(source, tokens);
    }
  }

  /** Moves the number of the line on to where the outermost text is read. */
  private countLines({ text, at }: Source): void {
    for (let end = text.indexOf('\n', this.lineStart); end >= 0 && end < at; end = text.indexOf('\n', this.lineStart)) {
      this.outermostLine += 1;
      this.lineStart = end + 1;
    }
  }

  private note(reason: string): void {
    if (this.notes.length < NOTES_MAX) this.notes.push({ line: this.outermostLine, reason });
  }

  private statement(source: Source, tokens: readonly Token[]): void {
    let from = 0;
    // Labels, then what they stand before.
    for (let colon = tokens[1]; colon?.text === ':' && colon.kind === 'mark'; colon = tokens[from + 1]) {
      const name = tokens[from] as Token;
      if (name.kind === 'mark') break;
      if (!this.conditions.isPassedOver) this.label(name);
      from += 2;
    }
    const first = tokens[from];
    // What would be a comment at the beginning of a line is one behind a label.
    if (first === undefined || (first.text === '#' && from > 0)) return;
    this.command(source, from === 0 ? tokens : tokens.slice(from), first);
  }

  private label({ kind, text }: Token): void {
    if (kind === 'integer') {
      const count = this.labelCounts.get(text) ?? 0;
      this.labelCounts.set(text, count + 1);
      this.recorder.markDefined(this.numericLabel(text, count));
      return;
    }
    if (this.discarded.has(text)) return;
    this.defined.add(text);
    this.recorder.markDefined(text);
  }

  /** The name of the temporary label for the n-th time that a numeric label is set. */
  private numericLabel(number: string, count: number): string {
    const key = `${number} ${count}`;
    const known = this.labelNames.get(key);
    if (known !== undefined) return known;
    const name = this.temporaryName('tmp');
    this.labelNames.set(key, name);
    return name;
  }

  private temporaryName(kind: string): string {
    let count = this.temporaryCounts.get(kind) ?? 0;
    const nameOf = () => `${this.syntax.temporaryPrefix}${kind}${count}`;
    while (this.recorder.has(nameOf())) count += 1;
    this.temporaryCounts.set(kind, count + 1);
    return nameOf();
  }

  private command(source: Source, tokens: readonly Token[], first: Token): void {
    const directive = first.kind === 'name' && first.text.startsWith('.') ? first.text.toLowerCase() : '';
    const isCondition =
      directive !== '' &&
      this.conditions.take(directive, tokens, {
        text: source.text,
        value: (expression) => this.value(expression),
        isDefined: (name) => this.defined.has(name),
        notUnderstood: (reason) => {
          this.note(reason);
        },
      });
    if (isCondition || this.conditions.isPassedOver) return;
    if (tokens[1]?.text === '=' || tokens[1]?.text === '==') {
      if (first.text === '.') this.touch(tokens.slice(2));
      else this.assign(first.text, tokens.slice(2));
      return;
    }
    const macro = first.kind === 'name' ? this.macros.get(first.text) : undefined;
    if (macro !== undefined) this.call(macro, source, tokens);
    else if (directive !== '') this.directive(directive, source, tokens);
    else if (first.kind === 'name' || first.text === '{') readOperands(tokens, this.syntax, this.sink, this.isIntel);
    else this.note(`a statement that begins with ${first.text.slice(0, 20)}`);
  }

  private directive(directive: string, source: Source, tokens: readonly Token[]): void {
    if (DATA_DIRECTIVES.has(directive)) {
      // `.tc` begins with the name of its entry.
      this.refer(tokens.slice(directive === '.tc' ? tokens.findIndex(({ text }) => text === ',') : 1));
      return;
    }
    if (ASSIGNMENT_DIRECTIVES.has(directive)) {
      this.assign(tokens[1]?.text ?? '', tokens.slice(3));
      return;
    }
    if (REPETITIONS.has(directive)) {
      this.repeat(directive, source, tokens);
      return;
    }
    const { recorder } = this;
    switch (directive) {
      case '.globl':
      case '.global':
        for (const name of this.kept(tokens)) recorder.markGlobal(name);
        break;
      case '.weak':
        for (const name of this.kept(tokens)) recorder.markWeak(name);
        break;
      case '.lazy_reference':
        for (const name of this.kept(tokens)) recorder.markUsed(name);
        break;
      case '.comm':
      case '.common':
        recorder.markDefined(tokens[1]?.text ?? '');
        break;
      case '.zerofill': {
        // Segment, section, symbol; without symbol it makes the section.
        const name = splitAtCommas(tokens, 1)[2]?.[0];
        if (name !== undefined) recorder.markDefined(name.text);
        break;
      }
      case '.tlsdesccall':
        this.refer(tokens.slice(1));
        break;
      case '.symver':
        this.symver(tokens);
        break;
      case '.lto_discard':
        this.discarded.clear();
        for (const name of namesOf(tokens)) this.discarded.add(name);
        break;
      case '.lto_set_conditional':
        this.assignConditionally(tokens);
        break;
      case '.macro':
        this.define(source, tokens);
        break;
      case '.purgem':
        this.macros.delete(tokens[1]?.text ?? '');
        break;
      case '.exitm':
        this.exitMacro();
        break;
      case '.end':
        this.isEnded = true;
        break;
      default:
        this.otherDirective(directive, tokens);
    }
  }

  /** Without the symbols that a link-time optimisation put aside. */
  private kept(tokens: readonly Token[]): string[] {
    return namesOf(tokens).filter((name) => !this.discarded.has(name));
  }

  private otherDirective(directive: string, tokens: readonly Token[]): void {
    const isSilent = SILENT_DIRECTIVES.has(directive) || SILENT_PREFIXES.some((prefix) => directive.startsWith(prefix));
    if (!isSilent) this.note(`the directive ${directive} is not known`);
    else if (directive === '.intel_syntax') this.isIntel = this.syntax.style === 'x86';
    else if (directive === '.att_syntax') this.isIntel = false;
    this.touch(tokens.slice(1));
  }

  /** `name, name@version`, then perhaps `remove`. The lexer cuts what stands behind `@` off where it is a comment. */
  private symver(tokens: readonly Token[]): void {
    const name = tokens[1];
    const alias = tokens[3];
    if (name === undefined || alias === undefined) return;
    const rest = tokens.slice(4).findIndex(({ text }) => text === ',');
    const parts = rest < 0 ? tokens.slice(3) : tokens.slice(3, 4 + rest);
    this.recorder.versions.push({ name: name.text, alias: parts.map(({ text }) => text).join('') });
  }

  private assign(name: string, tokens: readonly Token[]): void {
    if (this.discarded.has(name)) return;
    const value = this.value(tokens);
    this.recorder.markDefined(name);
    const names = this.refer(tokens);
    if (value === undefined) this.numbers.delete(name);
    else this.numbers.set(name, value);
    const isDefined = value !== undefined || names.length === 0 || names.some((part) => this.defined.has(part));
    if (isDefined) this.defined.add(name);
    else this.defined.delete(name);
  }

  /** Gives a value to a symbol only if there is one of its name. */
  private assignConditionally(tokens: readonly Token[]): void {
    const name = tokens[1]?.text ?? '';
    if (this.recorder.has(name)) this.assign(name, tokens.slice(3));
  }

  private value(tokens: readonly Token[]): bigint | undefined {
    return evaluate(tokens, (name) => this.numbers.get(name));
  }

  /** Marks the symbols of an expression as referred to. */
  private refer(tokens: readonly Token[]): string[] {
    const names: string[] = [];
    for (let i = 0; i < tokens.length; i += 1) {
      const token = tokens[i] as Token;
      if (token.kind === 'mark') {
        // `symbol@variant` where `@` is no part of names, `symbol(variant)` where it is a comment.
        if (token.text === '@') i += 1;
        else if (this.isVariant(tokens, i)) i += 2;
        continue;
      }
      if (token.kind === 'integer') {
        const direction = tokens[i + 1];
        if (direction?.kind === 'name' && /^[fb](?:@.*)?$/.test(direction.text)) {
          this.referToNumber(token.text, direction.text.startsWith('b'));
          i += 1;
        }
        continue;
      }
      if (token.text === '.' && token.kind === 'name') {
        this.recorder.markDefined('');
        continue;
      }
      const name = token.kind === 'name' ? this.withoutVariant(token.text) : token.text;
      names.push(name);
      this.recorder.markUsed(name);
    }
    return names;
  }

  private isVariant(tokens: readonly Token[], i: number): boolean {
    return (
      !this.syntax.hasAtInNames &&
      tokens[i]?.text === '(' &&
      tokens[i + 1]?.kind === 'name' &&
      tokens[i + 2]?.text === ')' &&
      i > 0 &&
      tokens[i - 1]?.kind !== 'mark'
    );
  }

  private withoutVariant(name: string): string {
    if (this.syntax.format === 'coff') return name.replace(COFF_VARIANT, '');
    const end = name.indexOf('@');
    return end <= 0 ? name : name.slice(0, end);
  }

  private referToNumber(number: string, isBackward: boolean): void {
    const count = this.labelCounts.get(number) ?? 0;
    if (isBackward && count === 0) {
      this.note(`no label ${number} stands before`);
      return;
    }
    this.recorder.markUsed(this.numericLabel(number, isBackward ? count - 1 : count));
  }

  /** An expression whose symbols are not written down: only the place that `.` means gets a label. */
  private touch(tokens: readonly Token[]): void {
    for (const { kind, text } of tokens) if (kind === 'name' && text === '.') this.recorder.markDefined('');
  }

  private define(source: Source, tokens: readonly Token[]): void {
    const body = this.takeBody(source, MACRO_BEGINS, MACRO_ENDS, '.macro');
    const name = tokens[1];
    if (name !== undefined && body !== undefined) {
      const from = tokens[2]?.text === ',' ? 3 : 2;
      this.macros.set(name.text, { parameters: readParameters(tokens, from), body });
    }
  }

  /** Reads on to the end of a body, over those in it. */
  private takeBody(
    source: Source,
    begins: ReadonlySet<string>,
    ends: ReadonlySet<string>,
    directive: string,
  ): string | undefined {
    const start = source.at;
    let depth = 0;
    while (source.at < source.text.length) {
      const { tokens, next } = readStatement(source.text, source.at, this.syntax);
      source.at = next;
      const [first] = tokens;
      if (first?.kind !== 'name') continue;
      const word = first.text.toLowerCase();
      if (begins.has(word)) depth += 1;
      else if (ends.has(word)) {
        if (depth === 0) return source.text.slice(start, first.start);
        depth -= 1;
      }
    }
    this.note(`${directive} without an end`);
    return undefined;
  }

  private call(macro: Macro, source: Source, tokens: readonly Token[]): void {
    if (this.sources.length > MACRO_DEPTH_MAX) {
      this.note('macros in macros are too deep');
      return;
    }
    // What is read and what is made count alike, as a long body may stand for nothing.
    this.expansionLeft -= macro.body.length + macro.parameters.length;
    if (this.expansionLeft < 0) {
      this.note(TOO_MUCH);
      return;
    }
    const isPositional = macro.parameters.length === 0 && this.syntax.format === 'macho';
    const text = isPositional
      ? substitutePositions(macro.body, positionalArguments(tokens, 1), this.expansionLeft)
      : substitute(macro.body, bindArguments(macro, source.text, tokens, 1), this.callCount, this.expansionLeft);
    this.callCount += 1;
    this.expand(text === undefined ? undefined : [text]);
  }

  private repeat(directive: string, source: Source, tokens: readonly Token[]): void {
    const body = this.takeBody(source, REPETITIONS, REPETITION_ENDS, directive);
    if (body === undefined) return;
    if (directive === '.irp' || directive === '.irpc') {
      const parameter = tokens[1]?.text ?? '';
      const list =
        directive === '.irp'
          ? listArguments(tokens, 3)
          : Array.from(textFrom(source.text, tokens, 3).replaceAll('"', ''));
      this.expand(this.repeated(body, parameter, list));
      return;
    }
    const count = this.value(tokens.slice(1));
    if (count === undefined) this.note(`the count of ${directive} is no number that is known`);
    else if (count > 0n) {
      const isTooMuch = count > BigInt(EXPANSION_MAX) || Number(count) * (body.length + 1) > this.expansionLeft;
      this.expand(isTooMuch ? undefined : [body.repeat(Number(count))]);
    }
  }

  private repeated(body: string, parameter: string, list: readonly string[]): string[] | undefined {
    const parts: string[] = [];
    let left = this.expansionLeft;
    for (const value of list) {
      const part = substitute(body, new Map([[parameter, value]]), this.callCount, left);
      if (part === undefined) return undefined;
      parts.push(part);
      left -= part.length + body.length + 1;
      if (left < 0) return undefined;
    }
    return parts;
  }

  /** Reads a text next; `undefined` for one that is too long. */
  private expand(parts: readonly string[] | undefined): void {
    if (parts === undefined) {
      this.note(TOO_MUCH);
      return;
    }
    const text = parts.join('');
    // A text without a character costs a step too.
    this.expansionLeft -= text.length + 1;
    if (this.expansionLeft < 0) this.note(TOO_MUCH);
    else this.sources.push({ text, at: 0, conditionDepth: this.conditions.depth });
  }

  private exitMacro(): void {
    const source = this.sources.length > 1 ? this.sources.pop() : undefined;
    if (source !== undefined) this.conditions.leaveTo(source.conditionDepth);
  }
}
