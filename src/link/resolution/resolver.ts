// Symbol resolution as ld.lld does it (lld/ELF/InputFiles.cpp, Symbols.cpp, Driver.cpp of LLVM 14 to 22): inputs are taken in
// order; an undefined name that a lazy input defines takes that input at once, with all that it brings, before the input that
// named it goes on. Where versions differ the code says so. lld recurses; here a stack stands for it, for chains of archive
// members may be as long as an archive.

import type { NameInterner } from '../name-interner.ts';
import type { InputSymbols } from '../symbols/input-symbols.ts';
import { SYMBOL_FLAGS, VISIBILITY_SHIFT } from '../symbols/input-symbols.ts';
import { BINDINGS, NO_INPUT, REFERENCES, STATES, SymbolStates } from './symbol-states.ts';

const F = SYMBOL_FLAGS;
const S = STATES;
const B = BINDINGS;
const R = REFERENCES;

/** One input, as resolution sees it. */
export interface ResolvableInput {
  readonly kind: 'object' | 'bitcode' | 'shared-library';
  readonly symbols: InputSymbols;
  /** Taken only when something refers to it. */
  readonly isLazy: boolean;
}

/** Definitions that the index of an archive tells, for linkers that go by it (lld up to 14). */
export interface LazyIndex {
  /** Interned names, in the order of the index. */
  readonly names: Int32Array;
  /** The input that defines each. */
  readonly inputs: Int32Array;
}

/** Options of {@link Resolver}. */
export interface ResolverOptions {
  /** Major version of lld whose rules hold. */
  readonly major: number;
  /** `--fortran-common`: a definition in an archive member beats a common symbol. */
  readonly fortranCommon: boolean;
  /** `--warn-common`: {@link Resolver.commons} are noted. */
  readonly notesCommons?: boolean;
}

/** Why an input was taken. */
export interface Extraction {
  /** The input that named the symbol; -1: the command line, a script, or the linker itself. */
  readonly by: number;
  /** The number of the name. */
  readonly name: number;
}

/** A definition that took the place of a symbol that is thread-local where it is not, or the other way round. */
export interface TlsMismatch {
  readonly name: number;
  readonly before: number;
  readonly by: number;
}

/** An input that is being parsed: where the loop over its rows stands. */
interface Frame {
  readonly input: number;
  /** `lazy`: its definitions are offered. Else definitions come first, then what is undefined. */
  phase: 'lazy' | 'definitions' | 'undefined';
  row: number;
}

/** The state of a link while inputs are added, and its outcome. */
export class Resolver {
  readonly states = new SymbolStates();
  /** The inputs by number; {@link add} gives the numbers. */
  readonly inputs: ResolvableInput[] = [];
  /** Common symbols that met another common symbol, or a definition; noted on demand. */
  readonly commons: { readonly name: number; readonly isOverridden: boolean }[] = [];
  /** Numbers of the inputs that take part, in the order in which they were parsed. */
  readonly taken: number[] = [];
  /** What lld up to 14 tells while it resolves. */
  readonly tlsMismatches: TlsMismatch[] = [];
  private readonly names: NameInterner;
  private readonly options: ResolverOptions;
  private readonly isTaken: boolean[] = [];
  private readonly extractions = new Map<number, Extraction>();
  /** By input: which of its groups an earlier input brought. Hardly any input of C has one. */
  private readonly lostGroups = new Map<number, Uint8Array>();
  private readonly stack: Frame[] = [];
  private rows: { readonly input: number; readonly byName: ReadonlyMap<number, number> } | undefined;
  private plains: ReadonlyMap<number, number>;

  constructor(names: NameInterner, options: ResolverOptions) {
    this.names = names;
    this.options = options;
    this.plains = names.plainNames();
  }

  /** Parses an input, with all that it takes out of lazy ones. Inputs of an archive that is whole are not lazy. */
  add(input: ResolvableInput): number {
    const number = this.reserve(input);
    this.parse(number);
    return number;
  }

  /** Gives an input its number without parsing it. */
  reserve(input: ResolvableInput): number {
    this.inputs.push(input);
    this.isTaken.push(false);
    return this.inputs.length - 1;
  }

  /** Parses an input that has its number. */
  parse(number: number): void {
    this.prepare();
    const { isLazy } = this.inputs[number] as ResolvableInput;
    if (isLazy) this.stack.push({ input: number, phase: 'lazy', row: 0 });
    else this.take(number);
    this.run();
  }

  /** Offers what the index of an archive tells; its members have their numbers and are not parsed. */
  addIndex({ names, inputs }: LazyIndex): void {
    this.prepare();
    for (let i = 0; i < names.length; i += 1) {
      const input = inputs[i] as number;
      if (this.isTaken[input] === true) continue;
      this.offer(this.plain(names[i] as number), input, -1);
      this.run();
    }
  }

  /** An undefined symbol that no input named: `-u`, `EXTERN`, `--wrap`. */
  addUndefined(name: number, binding: number = B.GLOBAL): void {
    this.prepare();
    this.resolveUndefined(this.plain(name), binding, 0, NO_INPUT, -1, R.COMMAND);
    this.run();
  }

  /** Takes the input that defines a name lazily, if there is one: `--entry`, `--undefined-glob`. */
  extract(name: number): void {
    this.prepare();
    const id = this.plain(name);
    if (this.states.state[id] !== S.LAZY) return;
    this.extractFor(id, NO_INPUT);
    this.run();
  }

  /** A definition by the command line or a script; it redefines whatever there is. */
  define(name: number): void {
    this.prepare();
    const { states } = this;
    states.state[name] = S.DEFINED;
    states.binding[name] = B.GLOBAL;
    states.input[name] = NO_INPUT;
    states.row[name] = -1;
  }

  /** Whether an input takes part in the link. */
  isLinked(input: number): boolean {
    return this.isTaken[input] === true;
  }

  /** Why an input was taken; `undefined` if it is none that was lazy, or was not taken. */
  extractionOf(input: number): Extraction | undefined {
    return this.extractions.get(input);
  }

  /** The number under which a name is filed: `foo@@V1` under `foo`. */
  plain(name: number): number {
    return this.plains.size === 0 ? name : (this.plains.get(name) ?? name);
  }

  /** Whether the definition of a row vanishes, because an earlier input brought its COMDAT group. */
  isDiscarded(input: number, row: number): boolean {
    const lost = this.lostGroups.get(input);
    if (lost === undefined) return false;
    const group = this.inputs[input]?.symbols.groupOf?.[row] ?? -1;
    return group >= 0 && lost[group] === 1;
  }

  /** Which groups of an input an earlier input brought, by position; `undefined`: none. */
  discardedGroups(input: number): Uint8Array | undefined {
    return this.lostGroups.get(input);
  }

  private prepare(): void {
    this.states.grow(this.names.size);
    this.plains = this.names.plainNames();
  }

  private take(number: number): void {
    this.isTaken[number] = true;
    this.taken.push(number);
    this.claimGroups(number);
    this.stack.push({ input: number, phase: 'definitions', row: 0 });
  }

  /** The first input with a group of a name keeps it. */
  private claimGroups(number: number): void {
    const { groups } = (this.inputs[number] as ResolvableInput).symbols;
    const { groupOwner } = this.states;
    let lost: Uint8Array | undefined;
    for (let i = 0; i < groups.length; i += 1) {
      const signature = groups[i] as number;
      if (signature < 0) continue;
      if (groupOwner[signature] === NO_INPUT) groupOwner[signature] = number;
      else (lost ??= new Uint8Array(groups.length))[i] = 1;
    }
    if (lost !== undefined) this.lostGroups.set(number, lost);
  }

  /** Runs until the stack is empty. A row that takes another input leaves the loop of its own, which goes on afterwards. */
  private run(): void {
    const { stack } = this;
    for (let frame = stack.at(-1); frame !== undefined; frame = stack.at(-1)) {
      const depth = stack.length;
      this.step(frame);
      if (stack.length > depth) continue;
      if (frame.phase === 'definitions') {
        frame.phase = 'undefined';
        frame.row = 0;
      } else stack.pop();
    }
  }

  private step(frame: Frame): void {
    const { kind } = this.inputs[frame.input] as ResolvableInput;
    if (frame.phase === 'lazy') this.offerRows(frame);
    else if (kind === 'shared-library') this.stepShared(frame);
    else this.stepObject(frame);
  }

  private offerRows(frame: Frame): void {
    const { input } = frame;
    const { names, flags, length } = (this.inputs[input] as ResolvableInput).symbols;
    const { state } = this.states;
    for (; frame.row < length; frame.row += 1) {
      // Taken meanwhile: whatever it defines is there.
      if (this.isTaken[input] === true) return;
      const name = names[frame.row] as number;
      if (name < 0 || ((flags[frame.row] as number) & F.DEFINED) === 0) continue;
      const id = this.plain(name);
      const known = state[id];
      if (known === S.LAZY || known === S.DEFINED || known === S.SHARED) continue;
      this.offer(id, input, frame.row);
      if (this.stack.at(-1) !== frame) {
        frame.row += 1;
        return;
      }
    }
  }

  /** A name that a lazy input defines. */
  private offer(id: number, input: number, row: number): void {
    const { states } = this;
    const known = states.state[id];
    if (known === S.COMMON) {
      if (this.options.fortranCommon && this.definesMoreThanCommon(id, input, row)) {
        this.extractFor(id, states.input[id] as number, input);
      }
      return;
    }
    if (known !== S.NONE && known !== S.UNDEFINED) return;
    if (known === S.UNDEFINED && states.binding[id] !== B.WEAK) {
      this.extractFor(id, states.input[id] as number, input);
      return;
    }
    // A weak reference takes nothing.
    states.state[id] = S.LAZY;
    states.input[id] = input;
    states.row[id] = row;
  }

  private definesMoreThanCommon(id: number, input: number, row: number): boolean {
    const { symbols } = this.inputs[input] as ResolvableInput;
    const flags = symbols.flags[row === -1 ? this.rowOf(input, id) : row] ?? 0;
    return (flags & (F.DEFINED | F.COMMON)) === F.DEFINED;
  }

  /** The row of a name, which an index does not tell. It goes member by member, so that the rows of one are kept. */
  private rowOf(input: number, id: number): number {
    if (this.rows?.input !== input) {
      const byName = new Map<number, number>();
      for (const [row, name] of (this.inputs[input] as ResolvableInput).symbols.names.entries()) {
        if (!byName.has(name)) byName.set(name, row);
      }
      this.rows = { input, byName };
    }
    return this.rows.byName.get(id) ?? -1;
  }

  private extractFor(id: number, by: number, input = this.states.input[id] as number): void {
    if (this.isTaken[input] === true) {
      // It was taken, and does not define what the index promised.
      this.set(id, S.UNDEFINED, B.GLOBAL, by, -1);
      return;
    }
    this.extractions.set(input, { by, name: id });
    this.take(input);
  }

  private stepObject(frame: Frame): void {
    const { input, phase } = frame;
    const { kind, symbols } = this.inputs[input] as ResolvableInput;
    const { names, flags, length } = symbols;
    const isBitcode = kind === 'bitcode';
    const lost = this.lostGroups.get(input);
    // Definitions come before what is undefined: in objects since lld 13, in bitcode since 15.
    const isOnePass = isBitcode && this.options.major < 15;
    const reference = isBitcode ? R.BITCODE : R.OBJECT;
    for (; frame.row < length; frame.row += 1) {
      const { row } = frame;
      const name = names[row] as number;
      if (name < 0) continue;
      const bits = flags[row] as number;
      const isUndefined = (bits & F.DEFINED) === 0;
      if (isOnePass ? phase === 'undefined' : isUndefined !== (phase === 'undefined')) continue;
      const id = this.plain(name);
      const binding = bindingOf(bits);
      const visibility = (bits & F.VISIBILITY) >> VISIBILITY_SHIFT;
      if (isUndefined) this.resolveUndefined(id, binding, visibility, input, row, reference);
      else if (lost !== undefined && this.isDiscarded(input, row)) {
        // Bitcode, and objects up to lld 14, refer to the definition that was kept. Later ones count as definitions
        // until all is read.
        if (isBitcode || this.options.major < 15) {
          this.resolveUndefined(id, binding, visibility, input, row, reference);
        } else this.resolveDefined(id, binding, visibility, input, row);
      } else if ((bits & F.COMMON) !== 0) this.resolveCommon(id, visibility, input, row);
      else this.resolveDefined(id, binding, visibility, input, row);
      if (this.stack.at(-1) !== frame) {
        frame.row += 1;
        return;
      }
    }
  }

  private stepShared(frame: Frame): void {
    const { input } = frame;
    if (frame.phase === 'undefined') return;
    const { names, flags, length } = (this.inputs[input] as ResolvableInput).symbols;
    for (; frame.row < length; frame.row += 1) {
      const { row } = frame;
      const name = names[row] as number;
      if (name < 0) continue;
      const bits = flags[row] as number;
      if ((bits & F.DEFINED) === 0) this.resolveUndefined(name, bindingOf(bits), 0, input, row, R.SHARED);
      else this.resolveShared(name, bits, input, row);
      if (this.stack.at(-1) !== frame) {
        frame.row += 1;
        return;
      }
    }
  }

  private mergeVisibility(id: number, visibility: number): void {
    if (visibility === 0) return;
    const known = this.states.visibility[id] as number;
    // The most constraining is the smallest number but 0: STV_INTERNAL, STV_HIDDEN, STV_PROTECTED.
    this.states.visibility[id] = known === 0 ? visibility : Math.min(known, visibility);
  }

  private resolveUndefined(id: number, binding: number, visibility: number, input: number, row: number, by: number) {
    const { states } = this;
    if (by !== R.SHARED) this.mergeVisibility(id, visibility);
    const isReferenced = ((states.references[id] as number) & ~R.SHARED) !== 0;
    states.references[id] = (states.references[id] as number) | by;
    const known = states.state[id];
    if (known === S.NONE || (known === S.SHARED && visibility !== 0)) {
      this.set(id, S.UNDEFINED, binding, input, row);
    } else if (known === S.LAZY) {
      if (binding === B.WEAK) states.binding[id] = B.WEAK;
      else this.extractFor(id, input);
    } else if (known === S.UNDEFINED && by !== R.SHARED && (binding !== B.WEAK || !isReferenced)) {
      states.binding[id] = binding;
    }
  }

  private resolveDefined(id: number, binding: number, visibility: number, input: number, row: number) {
    const { states } = this;
    this.mergeVisibility(id, visibility);
    const known = states.state[id];
    if (known === S.COMMON) this.noteCommon(id, true);
    const isKept =
      known === S.DEFINED
        ? states.binding[id] === B.GLOBAL || binding !== B.GLOBAL
        : known === S.COMMON && binding === B.WEAK;
    if (!isKept) this.set(id, S.DEFINED, binding, input, row);
  }

  private resolveCommon(id: number, visibility: number, input: number, row: number) {
    const { states } = this;
    this.mergeVisibility(id, visibility);
    const known = states.state[id];
    const isOverridden = known === S.DEFINED && states.binding[id] !== B.WEAK;
    if (known === S.COMMON || isOverridden) this.noteCommon(id, isOverridden);
    if (known === S.COMMON) {
      if (this.commonSize(input, row) > this.commonSize(states.input[id] as number, states.row[id] as number)) {
        this.set(id, S.COMMON, B.GLOBAL, input, row);
      }
    } else if (known !== S.DEFINED || states.binding[id] === B.WEAK) this.set(id, S.COMMON, B.GLOBAL, input, row);
  }

  private commonSize(input: number, row: number): bigint {
    return this.inputs[input]?.symbols.commons?.get(row)?.size ?? 0n;
  }

  private resolveShared(id: number, bits: number, input: number, row: number) {
    const { states } = this;
    const known = states.state[id];
    if (known === S.NONE) this.set(id, S.SHARED, bindingOf(bits), input, row);
    else if ((known === S.UNDEFINED || known === S.LAZY) && states.visibility[id] === 0) {
      this.set(id, S.SHARED, states.binding[id] as number, input, row);
    }
  }

  private noteCommon(name: number, isOverridden: boolean): void {
    if (this.options.notesCommons === true) this.commons.push({ name, isOverridden });
  }

  private noteTls(id: number, input: number, row: number): void {
    const { states } = this;
    const before = states.input[id] as number;
    if (states.state[id] === S.NONE || states.state[id] === S.LAZY || before === NO_INPUT || row < 0) return;
    const old = this.inputs[before];
    const oldBits = old?.symbols.flags[states.row[id] as number] ?? F.NO_TYPE;
    // What has no type may become anything; in bitcode only thread-local symbols have one.
    if ((oldBits & F.NO_TYPE) !== 0 || (old?.kind === 'bitcode' && (oldBits & F.TLS) === 0)) return;
    const bits = this.inputs[input]?.symbols.flags[row] ?? 0;
    if (((oldBits ^ bits) & F.TLS) === 0) return;
    this.tlsMismatches.push({ name: id, before, by: input });
  }

  private set(id: number, state: number, binding: number, input: number, row: number): void {
    const { states } = this;
    if (this.options.major < 15) this.noteTls(id, input, row);
    states.state[id] = state;
    states.binding[id] = binding;
    states.input[id] = input;
    states.row[id] = row;
  }
}

function bindingOf(bits: number): number {
  if ((bits & F.WEAK) !== 0) return B.WEAK;
  return (bits & F.UNIQUE) === 0 ? B.GLOBAL : B.UNIQUE;
}
