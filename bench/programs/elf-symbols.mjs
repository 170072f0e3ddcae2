// node elf-symbols.mjs columns|objects FILE: reads every symbol of an ELF file and prints how many there are and the
// milliseconds from opening the file to the last symbol, in a process that has done nothing else.

import { openElf } from '../../dist/elf/index.js';
import { fileHost } from '../../dist/node/index.js';

const SHT_SYMTAB = 2;
const SHT_DYNSYM = 11;

const [form, path] = process.argv.slice(2);
const read = { columns: sumOfColumns, objects: objectsWithNames }[form];
const began = performance.now();
const opened = fileHost.open(path);
const elf = openElf(opened.source);
let symbols = 0;
for (let i = 1; i < elf.sections.length; i += 1) {
  const type = elf.sections.type(i);
  if (type === SHT_SYMTAB || type === SHT_DYNSYM) symbols += read(elf.symbolTable(i));
}
opened.close();
console.log(JSON.stringify({ symbols, milliseconds: performance.now() - began }));

/** Every column of every symbol, the name as its place in the string table. */
function sumOfColumns(table) {
  let sum = 0;
  for (let i = 0; i < table.length; i += 1) {
    sum += table.nameOffset(i) + table.info(i) + table.other(i) + table.rawSectionIndex(i);
    sum += table.valueLow(i) + table.valueHigh(i) + table.sizeLow(i);
  }
  if (Number.isNaN(sum)) throw new Error('a column is no number');
  return table.length;
}

/** What elfinfo makes of a symbol: an object with its name. */
function objectsWithNames(table) {
  const all = [];
  for (let i = 0; i < table.length; i += 1) {
    const { name, value, size, binding, type, visibility } = table.at(i);
    all.push({ name, value, size, binding, type, visibility, section: table.rawSectionIndex(i) });
  }
  return all.length;
}
