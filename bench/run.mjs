// npm run bench [-- --json] [--rounds N]
//
// Whole cold processes of the built command against the tools that a builder would run instead; the readers of the library
// in this process, warm. The large inputs are not part of the repository; a scenario whose input or tool is missing is
// reported as skipped:
//   LTOSCOPE_KERNEL    an LTO kernel's build tree that holds vmlinux.a
//   LTOSCOPE_LIBRARY   a large shared library, libLLVM-14.so.1 of Debian's libllvm14 if not set
//   LTOSCOPE_ARCHIVES  a folder of static archives, /usr/lib/llvm-14/lib (Debian's llvm-14-dev) if not set

import { existsSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { auditOfArchives } from './scenarios/archives.mjs';
import {
  headsOfMembers,
  recordsOfKernel,
  recordsOfModule,
  statisticsOfModule,
  symbolsOfMembers,
} from './scenarios/bitcode.mjs';
import { symbolsOfLibrary } from './scenarios/elf-symbols.mjs';
import { auditOfKernel } from './scenarios/kernel.mjs';
import { relocationsOfArchives } from './scenarios/relocations.mjs';
import { scaling } from './scenarios/scaling.mjs';

const { values } = parseArgs({
  options: { json: { type: 'boolean', default: false }, rounds: { type: 'string', default: '15' } },
});
const rounds = Number(values.rounds);
if (!Number.isInteger(rounds) || rounds < 1) throw new RangeError('--rounds takes a number above 0');
const command = new URL('../dist/cli.cjs', import.meta.url).pathname;
if (!existsSync(command)) throw new Error('there is no dist/cli.cjs; run npm run build first');

const context = {
  ltoscope: [process.execPath, command],
  kernel: process.env['LTOSCOPE_KERNEL'],
  library: process.env['LTOSCOPE_LIBRARY'] ?? '/usr/lib/x86_64-linux-gnu/libLLVM-14.so.1',
  archives: process.env['LTOSCOPE_ARCHIVES'] ?? '/usr/lib/llvm-14/lib',
  rounds,
};

const results = [];
const SCENARIOS = [
  auditOfKernel,
  auditOfArchives,
  scaling,
  symbolsOfLibrary,
  relocationsOfArchives,
  recordsOfKernel,
  statisticsOfModule,
  recordsOfModule,
  symbolsOfMembers,
  headsOfMembers,
];
for (const scenario of SCENARIOS) {
  const result = await scenario(context);
  results.push(result);
  if (!values.json) console.log(describe(result));
}
if (values.json) {
  const machine = {
    node: process.version,
    cores: availableParallelism(),
    platform: `${process.platform}-${process.arch}`,
  };
  console.log(JSON.stringify({ schema: 'ltoscope/bench/1', machine, rounds, results }, null, 2));
}

/** A scenario for people: its title, its lines, and each target with what was measured. */
function describe({ title, skipped, lines = [], targets = [] }) {
  if (skipped !== undefined) return `${title}\n  skipped: ${skipped}\n`;
  const verdicts = targets.map(({ what, measured, limit }) => {
    if (measured === undefined) return `not measured  ${what}`;
    return `${measured <= limit ? 'reached' : 'MISSED '}  ${what}: ${round(measured)} of at most ${limit}`;
  });
  return [title, ...lines.map((line) => `  ${line}`), ...verdicts.map((line) => `  ${line}`), ''].join('\n');
}

function round(number) {
  return Number(number.toPrecision(3));
}
