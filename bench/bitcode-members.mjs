// What bench/scenarios/bitcode.mjs runs as a whole process: node bench/bitcode-members.mjs symbols|heads ARCHIVE
// Every bitcode member of an archive is opened for its symbols alone, or for the heads of its function bodies.

import { openBitcode, readBlockAddresses, readFunctionHeads, readGlobals } from '../dist/bitcode/index.js';
import { walkInputs } from '../dist/link/index.js';
import { fileHost } from '../dist/node/index.js';

const [, , what, path] = process.argv;
const SCRATCH_BYTES = 2 << 20;

/** The flags and the size of the name of each symbol. */
function sumSymbols(file) {
  const symbols = file.symbolTable();
  let sum = 0;
  for (let i = 0; i < (symbols?.length ?? 0); i += 1) sum += symbols.flags(i) + symbols.nameSize(i);
  return { rows: symbols?.length ?? 0, sum };
}

/** Of each body its number of blocks and inline assembly, and all addresses of blocks with who lists them. */
function sumHeads(file) {
  let rows = 0;
  let sum = 0;
  for (const module of file.modules) {
    const globals = readGlobals(module);
    const heads = readFunctionHeads(module, globals);
    for (const head of heads) {
      rows += 1;
      sum += head.basicBlockCount;
      for (const { text } of head.inlineAssembly()) sum += text.length;
    }
    for (const { block, isListed } of readBlockAddresses(module, globals, heads)) sum += block + Number(isListed);
  }
  return { rows, sum };
}

const READERS = { symbols: sumSymbols, heads: sumHeads };
const read = READERS[what];
let members = 0;
let rows = 0;
let sum = 0;
for (const walked of walkInputs(fileHost, path, { scratch: new Uint8Array(SCRATCH_BYTES) })) {
  if (walked.kind !== 'input' || walked.format !== 'bitcode') continue;
  const result = read(openBitcode(walked.range));
  members += 1;
  rows += result.rows;
  sum += result.sum;
}
console.log(JSON.stringify({ members, rows, sum }));
