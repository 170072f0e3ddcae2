// What is known of each symbol of module assembly: LLVM's RecordStreamer, a state for each name.

import { IRSYMTAB_FLAGS } from '../codes/irsymtab.ts';

const F = IRSYMTAB_FLAGS;

/** What a symbol of assembly is known as. */
export type AssemblyState = 'used' | 'global' | 'defined' | 'defined-global' | 'defined-weak' | 'undefined-weak';

/** The flags that the table has for a state. Every symbol of assembly counts as code. */
const FLAGS: Readonly<Record<AssemblyState, number>> = {
  used: F.FB_executable | F.FB_undefined | F.FB_global | F.FB_used,
  global: F.FB_executable | F.FB_undefined | F.FB_global | F.FB_used,
  defined: F.FB_executable,
  'defined-global': F.FB_executable | F.FB_global,
  'defined-weak': F.FB_executable | F.FB_global | F.FB_weak,
  'undefined-weak': F.FB_executable | F.FB_undefined | F.FB_weak | F.FB_used,
};

/** A `.symver` directive. */
export interface SymbolVersion {
  /** The symbol that gets another name. */
  readonly name: string;
  /** That name, as it is written: with `@`, `@@` or `@@@`. */
  readonly alias: string;
}

/** What the values of the module tell about a name, for `.symver`. */
export interface ModuleDefinition {
  readonly binding: 'global' | 'local' | 'weak' | undefined;
  readonly isDefined: boolean;
}

/** Collects states of symbols, in the order in which names are met first. Names are given as they are written. */
export class AssemblyRecorder {
  readonly states = new Map<string, AssemblyState>();
  readonly versions: SymbolVersion[] = [];
  private readonly hasEscapes: boolean;

  /** @param hasEscapes - Whether a backslash in a name that stood in quotes may belong to what follows it. */
  constructor(hasEscapes: boolean) {
    this.hasEscapes = hasEscapes;
  }

  /** Whether a symbol was met. */
  has(written: string): boolean {
    return this.states.has(this.nameOf(written));
  }

  markDefined(written: string): void {
    const name = this.nameOf(written);
    const state = this.states.get(name);
    if (state === 'global' || state === 'defined-global') this.states.set(name, 'defined-global');
    else if (state === 'undefined-weak' || state === 'defined-weak') this.states.set(name, 'defined-weak');
    else this.states.set(name, 'defined');
  }

  markGlobal(written: string): void {
    const name = this.nameOf(written);
    const state = this.states.get(name);
    if (state === 'undefined-weak' || state === 'defined-weak') return;
    this.states.set(name, isDefinedState(state) ? 'defined-global' : 'global');
  }

  markWeak(written: string): void {
    const name = this.nameOf(written);
    const state = this.states.get(name);
    if (state === 'undefined-weak' || state === 'defined-weak') return;
    this.states.set(name, isDefinedState(state) ? 'defined-weak' : 'undefined-weak');
  }

  markUsed(written: string): void {
    const name = this.nameOf(written);
    if (!this.states.has(name)) this.states.set(name, 'used');
  }

  /**
   * Adds the names of `.symver` directives, each with the binding of what it stands for.
   *
   * @param find - Looks a name up among the values of the module.
   */
  addVersions(find: (name: string) => ModuleDefinition | undefined): void {
    // By symbol, in the order in which symbols got their first one.
    const byName = new Map<string, string[]>();
    for (const { name, alias } of this.versions) {
      const aliases = byName.get(name);
      if (aliases === undefined) byName.set(name, [alias]);
      else aliases.push(alias);
    }
    for (const [name, aliases] of byName) this.addVersionsOf(name, aliases, find(this.nameOf(name)));
  }

  /** The name that is meant, of one as it is written. */
  private nameOf(written: string): string {
    return this.hasEscapes && written.includes('\\') ? written.replace(/\\(["\\])/g, '$1') : written;
  }

  private addVersionsOf(name: string, aliases: readonly string[], value: ModuleDefinition | undefined): void {
    const state = this.states.get(this.nameOf(name));
    const binding = bindingOf(state) ?? value?.binding;
    const isDefined = isDefinedState(state) || value?.isDefined === true;
    for (const written of aliases) {
      const alias = versionedName(written, isDefined);
      if (isDefined) this.markDefined(alias);
      this.markUsed(name);
      if (binding === 'global') this.markGlobal(alias);
      else if (binding === 'weak') this.markWeak(alias);
    }
  }
}

/** Three `@` stand for two, or for one where the symbol is not defined here. */
function versionedName(written: string, isDefined: boolean): string {
  const at = written.indexOf('@@@');
  const version = written.slice(at + 3);
  if (at < 0 || version === '' || version.startsWith('@')) return written;
  return `${written.slice(0, at)}${isDefined ? '@@' : '@'}${version}`;
}

function isDefinedState(state: AssemblyState | undefined): boolean {
  return state === 'defined' || state === 'defined-global' || state === 'defined-weak';
}

function bindingOf(state: AssemblyState | undefined): 'global' | 'weak' | undefined {
  if (state === 'global' || state === 'defined-global') return 'global';
  return state === 'undefined-weak' || state === 'defined-weak' ? 'weak' : undefined;
}

/** The flags of a symbol table for a state. */
export function flagsOfState(state: AssemblyState): number {
  return FLAGS[state];
}
