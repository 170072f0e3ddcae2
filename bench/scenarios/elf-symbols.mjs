// All symbols of one large library, as columns and as objects with names, against the npm package elfinfo and against
// llvm-readelf, which prints them. Cold processes: what is compared with elfinfo is the time within the process from
// opening the file on, with llvm-readelf that of the whole process, the start of Node included.

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { inTurn, spreadOf } from '../measure.mjs';
import { findProgram } from './common.mjs';

const AGAINST_ELFINFO_MAX = 0.1;
const AGAINST_READELF_MAX = 1;

const program = (name) => fileURLToPath(new URL(`../programs/${name}.mjs`, import.meta.url));

export function symbolsOfLibrary({ library, rounds }) {
  const title = `all symbols of ${library} against elfinfo and llvm-readelf -s`;
  if (!existsSync(library)) return { title, skipped: `there is no ${library}` };
  const readelf = findProgram('llvm-readelf-22') ?? findProgram('llvm-readelf-14') ?? findProgram('llvm-readelf');
  if (readelf === undefined) return { title, skipped: 'llvm-readelf is not installed' };

  const columns = [process.execPath, program('elf-symbols'), 'columns', library];
  const objects = [process.execPath, program('elf-symbols'), 'objects', library];
  const elfinfo = [process.execPath, program('elfinfo-symbols'), library];
  const within = [columns, objects, elfinfo].map(() => []);
  let symbols = 0;
  for (let round = -1; round < rounds; round += 1) {
    [columns, objects, elfinfo].forEach((command, index) => {
      const answer = answerOf(command);
      symbols = answer.symbols;
      if (round >= 0) within[index].push(answer.milliseconds);
    });
  }
  const [byColumns, byObjects, byElfinfo] = within;
  const ratio = (ours, theirs) => spreadOf(ours.map((time, round) => time / theirs[round]));
  const columnsRatio = ratio(byColumns, byElfinfo);
  const objectsRatio = ratio(byObjects, byElfinfo);

  const whole = inTurn([columns, objects, [readelf, '-s', '--wide', library]], rounds).map((times) =>
    times.map(({ wall }) => wall),
  );
  const [wholeColumns, wholeObjects, wholeReadelf] = whole;
  const columnsWhole = ratio(wholeColumns, wholeReadelf);
  const objectsWhole = ratio(wholeObjects, wholeReadelf);
  const milliseconds = (times) => `${spreadOf(times).median.toFixed(1)} ms`;
  const seconds = (times) => `${spreadOf(times).median.toFixed(3)} s`;
  return {
    title,
    symbols,
    within: { byColumns, byObjects, byElfinfo },
    whole: { wholeColumns, wholeObjects, wholeReadelf },
    lines: [
      `${symbols} symbols`,
      `within the process: columns ${milliseconds(byColumns)}, objects with names ${milliseconds(byObjects)}, elfinfo ${milliseconds(byElfinfo)}`,
      `whole processes: columns ${seconds(wholeColumns)}, objects with names ${seconds(wholeObjects)}, llvm-readelf ${seconds(wholeReadelf)}`,
    ],
    targets: [
      { what: 'columns, time ratio to elfinfo', measured: columnsRatio.median, limit: AGAINST_ELFINFO_MAX },
      { what: 'objects with names, time ratio to elfinfo', measured: objectsRatio.median, limit: AGAINST_ELFINFO_MAX },
      { what: 'columns, wall time ratio to llvm-readelf', measured: columnsWhole.median, limit: AGAINST_READELF_MAX },
      {
        what: 'objects with names, wall time ratio to llvm-readelf',
        measured: objectsWhole.median,
        limit: AGAINST_READELF_MAX,
      },
    ],
  };
}

/** What a program prints, once it was run. */
function answerOf([command, ...args]) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
  if (error) throw error;
  if (status !== 0) throw new Error(`${args[0]} exited with ${status}\n${stderr}`);
  return JSON.parse(stdout);
}
