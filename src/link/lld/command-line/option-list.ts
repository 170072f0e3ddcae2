// The options of one command line, asked for by name.

import type { ParsedOption } from './option-set.ts';

/** Options in the order of the line, found by name without a search. */
export class OptionList {
  /** In the order of the line. */
  readonly options: readonly ParsedOption[];
  readonly #named = new Map<string, Named>();
  #zValues: readonly string[] | undefined;

  constructor(options: readonly ParsedOption[]) {
    this.options = options;
    options.forEach((option, place) => {
      if (option.kind !== 'option') return;
      const named = this.#named.get(option.id);
      if (named === undefined) this.#named.set(option.id, { options: [option], last: place });
      else {
        named.options.push(option);
        named.last = place;
      }
    });
  }

  /** Whether it was given. */
  has(id: string): boolean {
    return this.#named.has(id);
  }

  /** All of one name. */
  all(id: string): readonly ParsedOption[] {
    return this.#named.get(id)?.options ?? [];
  }

  /** The values of all of one name. */
  values(id: string): readonly string[] {
    return this.all(id).map(({ value }) => value);
  }

  /** What was given after `-z`. */
  zValues(): readonly string[] {
    this.#zValues ??= this.values('z');
    return this.#zValues;
  }

  /** The last that has one of the names. */
  last(...ids: readonly string[]): ParsedOption | undefined {
    const place = Math.max(...ids.map((id) => this.#named.get(id)?.last ?? -1));
    return this.options[place];
  }

  /** Which of a pair that take each other back was given last. */
  flag(on: string, off: string, byDefault: boolean): boolean {
    const last = this.last(on, off);
    return last === undefined ? byDefault : last.id === on;
  }

  /** The same for two values of `-z`. */
  zFlag(on: string, off: string, byDefault: boolean): boolean {
    const last = this.zValues().findLast((value) => value === on || value === off);
    return last === undefined ? byDefault : last === on;
  }

  /** The value of `-z KEY=VALUE` that was given last. */
  zValue(key: string): string | undefined {
    const start = `${key}=`;
    return this.zValues()
      .findLast((value) => value.startsWith(start))
      ?.slice(start.length);
  }
}

/** The options of one name, and the place of the last in the line. */
interface Named {
  readonly options: ParsedOption[];
  last: number;
}
