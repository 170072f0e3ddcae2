// Bitcode: every record of a kernel's members decoded in this process, and the statistics and a full decode of one large
// module as whole processes, against llvm-bcanalyzer. The large module is what llvm-link makes of the first members.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { comparePairs, spreadOf } from '../measure.mjs';
import { findProgram, pairLines } from './common.mjs';

const MEGABYTES_A_SECOND_MIN = 100;
const RATIO_MAX = 1;
const WARM_UP = 4;
/** Members that make a module of 20 MB. */
const LINKED_MEMBERS = 600;
const WALK = fileURLToPath(new URL('../bitcode-walk.mjs', import.meta.url));

/** The bitcode members of a kernel's thin archive, as paths. */
function bitcodeMembers(kernel) {
  const tool = findProgram('llvm-ar-22') ?? findProgram('llvm-ar-16') ?? 'ar';
  const { stdout } = spawnSync(tool, ['t', join(kernel, 'vmlinux.a')], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  const paths = stdout.split('\n').filter((name) => name !== '');
  return paths
    .map((path) => resolve(kernel, path))
    .filter((path) => readFileSync(path).subarray(0, 2).toString() === 'BC');
}

/** Decodes all records that a walker meets. */
export function decodeRecords(walker) {
  let records = 0;
  let operands = 0;
  for (let item = walker.next(); item !== 'end'; item = walker.next()) {
    if (item !== 'record') continue;
    records += 1;
    operands += walker.record.length;
  }
  return { records, operands };
}

export async function recordsOfKernel({ kernel, rounds }) {
  const title = 'every record of the bitcode members of vmlinux.a, decoded in this process';
  if (kernel === undefined || !existsSync(join(kernel, 'vmlinux.a')))
    return { title, skipped: 'LTOSCOPE_KERNEL is not set' };
  const { openBitcode, RecordBuffer } = await import('../../dist/bitcode/index.js');
  const files = bitcodeMembers(kernel).map((path) => readFileSync(path));
  const bytes = files.reduce((sum, file) => sum + file.length, 0);
  const pass = () => {
    const buffer = new RecordBuffer();
    let records = 0;
    let operands = 0;
    for (const file of files) {
      const counts = decodeRecords(openBitcode(file).walk(buffer));
      records += counts.records;
      operands += counts.operands;
    }
    return { records, operands };
  };
  const timed = () => {
    const usage = process.cpuUsage();
    const result = pass();
    const { user, system } = process.cpuUsage(usage);
    return { result, cpu: (user + system) / 1e6 };
  };
  const cold = timed();
  for (let i = 1; i < WARM_UP; i += 1) pass();
  const speed = spreadOf(Array.from({ length: rounds }, () => bytes / 1e6 / timed().cpu));
  const { records, operands } = cold.result;
  return {
    title,
    records,
    operands,
    cold: bytes / 1e6 / cold.cpu,
    speed,
    lines: [
      `${files.length} members, ${(bytes / 1e6).toFixed(1)} MB, ${records} records, ${operands} operands`,
      `${speed.median.toFixed(0)} MB a second of CPU time (${speed.low.toFixed(0)} to ${speed.high.toFixed(0)}), ` +
        `first pass, cold: ${(bytes / 1e6 / cold.cpu).toFixed(0)}`,
    ],
    targets: [
      { what: 'CPU seconds for 100 MB, warm', measured: 100 / speed.median, limit: 100 / MEGABYTES_A_SECOND_MIN },
    ],
  };
}

function againstAnalyzer(what, title) {
  return ({ kernel, rounds }) => {
    if (kernel === undefined || !existsSync(join(kernel, 'vmlinux.a')))
      return { title, skipped: 'LTOSCOPE_KERNEL is not set' };
    const analyzer = findProgram('llvm-bcanalyzer-22');
    const linker = findProgram('llvm-link-22');
    if (analyzer === undefined || linker === undefined) {
      return { title, skipped: 'llvm-bcanalyzer-22 and llvm-link-22 are not installed' };
    }
    const folder = mkdtempSync(join(tmpdir(), 'ltoscope-bench-'));
    try {
      const module = join(folder, 'linked.bc');
      spawnSync(linker, [...bitcodeMembers(kernel).slice(0, LINKED_MEMBERS), '-o', module]);
      if (!existsSync(module)) return { title, skipped: 'llvm-link-22 does not link the members' };
      const pairs = comparePairs([process.execPath, WALK, what, module], [analyzer, module], rounds);
      return {
        title,
        pairs,
        lines: [`one module of ${(statSync(module).size / 1e6).toFixed(1)} MB`, ...pairLines(pairs)],
        targets: [{ what: 'CPU time ratio', measured: pairs.cpu.ratio.median, limit: RATIO_MAX }],
      };
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
}

export const statisticsOfModule = againstAnalyzer(
  'statistics',
  'block and record statistics of one large module against llvm-bcanalyzer',
);
export const recordsOfModule = againstAnalyzer(
  'records',
  'every record of one large module decoded against llvm-bcanalyzer',
);
