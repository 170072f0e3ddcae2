// A link line while it is being made: its inputs in order, each with the names that it provides, its options, and the
// pool that makes its files.

import type { Form, Pool } from './recipes.ts';
import type { Item, Language, Target, Unit } from './units.ts';

/** A link line. Its arguments name files by paths in the folder of the pool. */
export interface LinkLine {
  readonly id: number;
  readonly args: readonly string[];
  /** Files that have to be made for it. */
  readonly files: readonly string[];
  /** What was done wrong on purpose, by the names of {@link file://./grammar.md}. */
  readonly mistakes: readonly string[];
}

/** Some arguments that stay together. */
export interface ArgumentGroup {
  readonly args: readonly string[];
  /** The name that it is there for, if it is there for one. */
  readonly provides?: string;
}

export const NAMES = ['alpha', 'beta', 'gamma', 'delta', 'omega'] as const;

/** Kinds of output, with the options that ask for them. */
export const OUTPUTS = {
  program: [],
  pie: ['-pie'],
  shared: ['-shared'],
  relocatable: ['-r'],
  static: ['-static'],
} as const;
export type Output = keyof typeof OUTPUTS;

/** Makes choices. */
export class Choices {
  private readonly random: () => number;

  constructor(random: () => number) {
    this.random = random;
  }

  below(count: number): number {
    return Math.floor(this.random() * count);
  }

  chance(share: number): boolean {
    return this.random() < share;
  }

  pick<T>(values: readonly T[]): T {
    return values[this.below(values.length)] as T;
  }

  /** One of some keys, each with its weight. */
  weighted<Key extends string>(weights: Readonly<Record<Key, number>>): Key {
    const entries = Object.entries(weights) as [Key, number][];
    let rest = this.random() * entries.reduce((sum, [, weight]) => sum + weight, 0);
    for (const [key, weight] of entries) {
      rest -= weight;
      if (rest < 0) return key;
    }
    return (entries[0] as [Key, number])[0];
  }
}

export class LineDraft {
  readonly id: number;
  readonly pool: Pool;
  readonly choose: Choices;
  readonly target: Target;
  readonly output: Output;
  /** Functions have the names of C++. */
  readonly isMangled: boolean;
  /** What objects are, if not ELF. */
  readonly bitcode: Form | undefined;
  readonly inputs: ArgumentGroup[] = [];
  readonly options: string[] = [];
  readonly mistakes: string[] = [];
  private readonly used = new Set<string>();
  private archiveCount = 0;

  constructor(id: number, pool: Pool, choose: Choices) {
    this.id = id;
    this.pool = pool;
    this.choose = choose;
    this.target = choose.weighted({ x64: 3, a64: 1 });
    this.output = choose.weighted({ program: 10, pie: 2, shared: 3, relocatable: 2, static: 1 });
    this.isMangled = choose.chance(0.12) && this.target === 'x64';
    const lto = choose.weighted({ none: 12, 14: 6, 16: 1, 19: 1, 22: 1 });
    const kind = choose.pick(['full', 'thin'] as const);
    // Bitcode of AArch64 is of one version, so that fewer objects have to be compiled.
    this.bitcode = lto === 'none' ? undefined : `${kind}-${this.target === 'x64' ? (Number(lto) as 14) : 14}`;
  }

  /** The path of a unit's object; of ELF, or of the line's bitcode where the unit has it. */
  object(items: readonly Item[], fixed: { form?: Form; language?: Language; target?: string } = {}): string {
    const inline = items.some((item) => item.startsWith('I.'));
    const compiled: Language = this.isMangled || inline ? 'cc' : 'c';
    const isElf = this.bitcode === undefined || fixed.form === 'elf' || this.choose.chance(0.4);
    // A third of the units are assembly, always the same ones, so that each is made once.
    const isAssembly = (items.join().length + items.join().charCodeAt(0)) % 3 === 0;
    // Assembly is never bitcode, and names that C cannot give absolute values are assembly.
    const isAbsolute = items.some((item) => /^[AB]\./.test(item));
    const language = fixed.language ?? (isElf && isAssembly && !this.isMangled ? 's' : compiled);
    const hasFunction = items.some((item) => /^[TWHPI]\./.test(item));
    const unit: Unit = { items, language: isAbsolute ? 's' : language, isMangled: this.isMangled };
    const form: Form = fixed.form ?? (isElf || unit.language === 's' || !hasFunction ? 'elf' : this.bitcode);
    return this.file(this.pool.object(unit, form, fixed.target ?? this.target));
  }

  /** Notes that a file has to be made. */
  file(path: string): string {
    this.used.add(path);
    return path;
  }

  archive(members: readonly string[], options: Parameters<Pool['archive']>[2] = {}): string {
    this.archiveCount += 1;
    return this.file(this.pool.archive(`lib${'xyzuvwst'[this.archiveCount % 8] as string}.a`, members, options));
  }

  /** An object of assembly that no unit is. */
  assembly(name: string, source: string): string {
    return this.file(this.pool.source(name, source, this.target));
  }

  /** An object with an absolute symbol. */
  absolute(symbol: string, value: number): string {
    return this.assembly(`absolute-${symbol}-${value}`, `.globl ${symbol}\n.set ${symbol}, ${value}\n`);
  }

  text(name: string, text: string): string {
    return this.file(this.pool.text(name, text));
  }

  shared(name: string, inputs: readonly string[], options: readonly string[] = []): string {
    return this.file(this.pool.shared(name, inputs, ['-soname', name, ...options]));
  }

  add(args: readonly string[], provides?: string): void {
    this.inputs.push(provides === undefined ? { args } : { args, provides });
  }

  /** Puts arguments somewhere among the inputs, after the first. */
  insert(args: readonly string[]): void {
    this.inputs.splice(1 + this.choose.below(this.inputs.length), 0, { args });
  }

  finish(): LinkLine {
    const inputs = this.inputs.flatMap(({ args }) => args);
    const output = OUTPUTS[this.output];
    const args = this.choose.chance(0.7)
      ? [...output, ...this.options, ...inputs]
      : [...output, ...inputs, ...this.options];
    if (!this.choose.chance(0.04)) {
      return { id: this.id, args, files: [...this.used], mistakes: this.mistakes };
    }
    const file = this.text('line.rsp', args.map((arg) => (arg.includes(' ') ? `"${arg}"` : arg)).join('\n'));
    return { id: this.id, args: [`@${file}`], files: [...this.used], mistakes: this.mistakes };
  }
}
