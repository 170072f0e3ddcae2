// What llvm-nm prints without options, read back.

// An address, dashes for bitcode, blanks for what is undefined; the letter; the name, which may be empty.
const SYMBOL = /^(?:[0-9a-f]{8,16}|-{8,16}| {8,16}) (\S) (.*)$/;

/**
 * Reads the lists of symbols, each as sorted `letter name`, by the object in the line above them; a single object has no
 * such line and goes by the empty name. Members of equal name share one list.
 */
export function nmByObject(text: string): Map<string, string[]> {
  const objects = new Map<string, string[]>();
  let object = '';
  for (const line of text.split('\n')) {
    const [, letter, name] = SYMBOL.exec(line) ?? [];
    if (letter !== undefined && name !== undefined) {
      const symbols = objects.get(object);
      if (symbols === undefined) objects.set(object, [`${letter} ${name}`]);
      else symbols.push(`${letter} ${name}`);
    } else if (line.endsWith(':')) object = line.slice(0, -1);
  }
  for (const symbols of objects.values()) symbols.sort();
  return objects;
}
