// Summaries as llvm-dis prints them (`^3 = gv: (name: "f", summaries: (function: (...)))`), as plain values to compare with.
// References `^3` become the GUID of what entry 3 is about, so that nothing depends on the numbering.

/** A value of the assembly: text, a number as text, a list or named fields. A name may come twice in a list of summaries. */
export type AssemblyValue = string | AssemblyField[];
/** An entry of a list; without name where the list has none. */
export interface AssemblyField {
  readonly name: string | undefined;
  readonly value: AssemblyValue;
}

/** What llvm-dis prints of a summary. */
export interface AssembledSummary {
  /** Paths of modules. */
  readonly modules: string[];
  /** Names by GUID, of declarations too. */
  readonly names: Map<string, string>;
  /** Of each definition its kind and fields as one text, by GUID. */
  readonly globals: Map<string, string[]>;
  /** Types with compatible tables, and what an index decided for types, as texts by name. */
  readonly compatibleTables: Map<string, string>;
  readonly typeIds: Map<string, string>;
  readonly flags: string;
  readonly blockCount: string;
}

const TOKENS = /"(?:[^"\\]|\\.)*"|\^\d+|[(),:[\]]|[^\s(),:[\]"]+/gu;

class Parser {
  private readonly tokens: string[];
  private position = 0;

  constructor(text: string) {
    this.tokens = text.match(TOKENS) ?? [];
  }

  value(): AssemblyValue {
    const token = this.next();
    if (token === '(' || token === '[') return this.list(token === '(' ? ')' : ']');
    // "readonly ^3"
    if ((token === 'readonly' || token === 'writeonly') && this.peek()?.startsWith('^') === true) {
      return `${token} ${this.next()}`;
    }
    return token;
  }

  private list(end: string): AssemblyField[] {
    const fields: AssemblyField[] = [];
    while (this.peek() !== end) {
      const isNamed = this.tokens[this.position + 1] === ':';
      const name = isNamed ? this.next() : undefined;
      if (isNamed) this.next();
      fields.push({ name, value: this.value() });
      if (this.peek() === ',') this.next();
      if (this.peek() === undefined) throw new Error('the assembly of a summary ends in a list');
    }
    this.next();
    return fields;
  }

  private peek(): string | undefined {
    return this.tokens[this.position];
  }

  private next(): string {
    const token = this.tokens[this.position];
    if (token === undefined) throw new Error('the assembly of a summary ends too soon');
    this.position += 1;
    return token;
  }
}

function field(value: AssemblyValue, name: string): AssemblyValue | undefined {
  return typeof value === 'string' ? undefined : value.find((entry) => entry.name === name)?.value;
}

function unquote(text: AssemblyValue | undefined): string {
  if (typeof text !== 'string') return '';
  const bytes = text
    .slice(1, -1)
    .replace(/\\([0-9A-F]{2})/gu, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return bytes;
}

/** Writes a value as text again, references resolved. */
function textOf(value: AssemblyValue, guidOf: (reference: string) => string): string {
  if (typeof value === 'string') return value.replace(/\^\d+/u, guidOf);
  return `(${value
    .map(({ name, value: inner }) => {
      // A type is `^3` where the index knows it, else `guid: 123`.
      const prefix = name === undefined || name === 'guid' ? '' : `${name}: `;
      return prefix + textOf(inner, guidOf);
    })
    .join(', ')})`;
}

/** Reads the entries of a summary out of a module in LLVM's assembly. */
export function readAssembledSummary(assembly: string): AssembledSummary {
  const entries: { kind: string; value: AssemblyValue; number: string }[] = [];
  const guids = new Map<string, string>();
  for (const line of assembly.split('\n')) {
    const match = /^(\^\d+) = (\w+): (.*?)(?: ; guid = (.*))?$/u.exec(line);
    if (match === null) continue;
    const [, number = '', kind = '', text = '', comment] = match;
    const value = new Parser(text).value();
    entries.push({ kind, value, number });
    const guid = comment ?? field(value, 'guid');
    if (kind === 'module') guids.set(number, unquote(field(value, 'path')));
    else if (typeof guid === 'string') guids.set(number, guid);
  }
  const guidOf = (reference: string) => guids.get(reference) ?? reference;
  const summary: AssembledSummary = {
    modules: [],
    names: new Map(),
    globals: new Map(),
    compatibleTables: new Map(),
    typeIds: new Map(),
    flags: '0',
    blockCount: '0',
  };
  const result = { ...summary };
  for (const { kind, value, number } of entries) {
    const name = unquote(field(value, 'name'));
    if (kind === 'module') summary.modules.push(unquote(field(value, 'path')));
    else if (kind === 'flags') result.flags = textOf(value, guidOf);
    else if (kind === 'blockcount') result.blockCount = textOf(value, guidOf);
    else if (kind === 'typeid') summary.typeIds.set(name, textOf(field(value, 'summary') ?? [], guidOf));
    else if (kind === 'typeidCompatibleVTable') {
      summary.compatibleTables.set(name, textOf(field(value, 'summary') ?? [], guidOf));
    } else if (kind === 'gv') {
      const guid = guidOf(number);
      if (field(value, 'name') !== undefined) summary.names.set(guid, name);
      const summaries = field(value, 'summaries') ?? [];
      if (typeof summaries === 'string' || summaries.length === 0) continue;
      const texts = summaries.map((entry) => `${entry.name ?? ''}: ${textOf(entry.value, guidOf)}`);
      summary.globals.set(guid, [...(summary.globals.get(guid) ?? []), ...texts]);
    }
  }
  return result;
}
