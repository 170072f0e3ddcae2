// What llvm-dis prints of metadata and of lists of global values.

/** Metadata in LLVM's assembly. */
export interface PrintedMetadata {
  /** What stands in each node of a list of named metadata, between `!{` and `}`; a node that is not a tuple as a whole. */
  readonly named: (name: string) => string[];
  /** Names of all lists, in order. */
  readonly names: readonly string[];
  /** What stands in a node. */
  readonly node: (number: string) => string | undefined;
}

/** Takes the metadata out of the text of a module. */
export function printedMetadata(text: string): PrintedMetadata {
  const nodes = new Map<string, string>();
  for (const [, number = '', body = ''] of text.matchAll(/^!(\d+) = (?:distinct )?(.*)$/gm)) {
    nodes.set(number, /^!\{(.*)\}$/.exec(body)?.[1] ?? body);
  }
  const lists = new Map<string, string[]>();
  for (const [, name = '', list = ''] of text.matchAll(/^!([-a-zA-Z$._][-a-zA-Z$._0-9]*) = !\{(.*)\}$/gm)) {
    const ids = list === '' ? [] : list.split(', ');
    lists.set(
      name,
      ids.map((id) => nodes.get(id.slice(1)) ?? ''),
    );
  }
  return {
    named: (name) => lists.get(name) ?? [],
    names: [...lists.keys()],
    node: (number) => nodes.get(number),
  };
}

/** Names of the elements of an array of global values, such as `llvm.used`. */
export function printedList(text: string, name: string): string[] {
  const list = new RegExp(
    `^@${name.replaceAll('.', '\\.')} = .*? (?:constant|global) \\[\\d+ x [^\\]]*\\] \\[(.*)\\]`,
    'm',
  ).exec(text)?.[1];
  return [...(list ?? '').matchAll(/@("[^"]*"|[-a-zA-Z$._0-9]+)/g)].map(([, element = '']) =>
    element.replaceAll('"', ''),
  );
}

/** A string as it stands in quotes. */
export function printedString(text: string): string {
  return text.replace(/\\([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(parseInt(code, 16)));
}
