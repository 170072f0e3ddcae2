// The options of one command line, asked for by name.

import type { ParsedOption } from './option-set.ts';

/** Options in the order of the line, found by name without a search. */
export class OptionList {
  /** In the order of the line. */
  readonly options: readonly ParsedOption[];
  readonly #places = new Map<string, number[]>();

  constructor(options: readonly ParsedOption[]) {
    this.options = options;
    options.forEach(({ kind, id }, place) => {
      if (kind !== 'option') return;
      const places = this.#places.get(id);
      if (places === undefined) this.#places.set(id, [place]);
      else places.push(place);
    });
  }

  /** Whether it was given. */
  has(id: string): boolean {
    return this.#places.has(id);
  }

  /** All of one name. */
  all(id: string): readonly ParsedOption[] {
    return (this.#places.get(id) ?? []).flatMap((place) => this.options[place] ?? []);
  }

  /** The values of all of one name. */
  values(id: string): string[] {
    return this.all(id).map(({ value }) => value);
  }

  /** The last that has one of the names. */
  last(...ids: readonly string[]): ParsedOption | undefined {
    const place = Math.max(...ids.map((id) => this.#places.get(id)?.at(-1) ?? -1));
    return this.options[place];
  }

  /** Which of a pair that take each other back was given last. */
  flag(on: string, off: string, byDefault: boolean): boolean {
    const last = this.last(on, off);
    return last === undefined ? byDefault : last.id === on;
  }

  /** The same for two values of `-z`. */
  zFlag(on: string, off: string, byDefault: boolean): boolean {
    const last = this.values('z').findLast((value) => value === on || value === off);
    return last === undefined ? byDefault : last === on;
  }

  /** The value of `-z KEY=VALUE` that was given last. */
  zValue(key: string): string | undefined {
    return this.values('z')
      .findLast((value) => value.startsWith(`${key}=`))
      ?.slice(key.length + 1);
  }
}
