// node elfinfo-symbols.mjs FILE: the same as elf-symbols.mjs with the npm package elfinfo.

import elfinfo from 'elfinfo';
import { readFileSync } from 'node:fs';

const [path] = process.argv.slice(2);
const began = performance.now();
const { success, errors, elf } = await elfinfo.open(readFileSync(path));
if (!success) throw new Error(String(errors));
const symbols = elf.sections.reduce((sum, section) => sum + (section.symbols?.length ?? 0), 0);
console.log(JSON.stringify({ symbols, milliseconds: performance.now() - began }));
