// What bench/scenarios/bitcode.mjs runs as a whole process: node bench/bitcode-members.mjs symbols|heads ARCHIVE
// Every bitcode member of an archive is opened for its symbols alone, or for the heads of its function bodies.

import { openBitcode } from '../dist/bitcode/index.js';
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

const READERS = { symbols: sumSymbols };
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
