// Bitcode: every record of a kernel's members decoded in this process; the statistics and a full decode of one large module as
// whole processes, against llvm-bcanalyzer; all members opened for their symbols, against llvm-nm. The large module is what
// llvm-link makes of the first members, which have no debugging information, and a C++ unit that has much of it.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { decodeRecords } from '../decode-records.mjs';
import { comparePairs, spreadOf } from '../measure.mjs';
import { bundled, findProgram, pairLines } from './common.mjs';

const MEGABYTES_A_SECOND_MIN = 100;
const RATIO_MAX = 1;
const SYMBOLS_RATIO_MAX = 0.25;
const HEADS_RATIO_MAX = 0.5;
const WARM_UP = 4;
/** Members that make a module of 17 MB. */
const LINKED_MEMBERS = 600;
const WALK = fileURLToPath(new URL('../bitcode-walk.mjs', import.meta.url));
const MEMBERS = fileURLToPath(new URL('../bitcode-members.mjs', import.meta.url));
/** As the command sets it, for processes that are done before much of their code is worth to be optimised. */
const SHORT_RUN = '--interrupt-budget=300000';

/** Headers of the C++ library and of LLVM 14 (Debian's llvm-14-dev): much debugging information for little code. */
const CXX_HEADERS = ['regex', 'future', 'map', 'unordered_map', 'iostream', 'filesystem', 'random', 'variant'];
const LLVM_INCLUDE = '/usr/lib/llvm-14/include';
const LLVM_HEADERS = [
  'Analysis/LoopInfo.h',
  'Analysis/ScalarEvolution.h',
  'CodeGen/SelectionDAG.h',
  'CodeGen/TargetLowering.h',
  'IR/IRBuilder.h',
  'Object/ELFObjectFile.h',
  'Passes/PassBuilder.h',
  'Transforms/Utils/Local.h',
];
const CXX_CODE = `
int find(std::string text) {
  std::regex pattern(text);
  std::map<std::string, std::vector<int>> found;
  found[text].push_back(1);
  return std::regex_match(text, pattern) + found.size();
}`;

/** The bitcode members of a kernel's thin archive, as paths. */
function bitcodeMembers(kernel) {
  const tool = findProgram('llvm-ar-22') ?? findProgram('llvm-ar-16') ?? 'ar';
  const { stdout } = spawnSync(tool, ['t', join(kernel, 'vmlinux.a')], { encoding: 'utf8', maxBuffer: 2 ** 28 });
  const paths = stdout.split('\n').filter((name) => name !== '');
  return paths
    .map((path) => resolve(kernel, path))
    .filter((path) => readFileSync(path).subarray(0, 2).toString() === 'BC');
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

/** Compiles a unit with debugging information; gives its path, or nothing where that cannot be done. */
function compileWithDebugInfo(folder) {
  const headers = [...CXX_HEADERS, ...(existsSync(LLVM_INCLUDE) ? LLVM_HEADERS.map((header) => `llvm/${header}`) : [])];
  const source = join(folder, 'debug.cpp');
  const path = join(folder, 'debug.bc');
  writeFileSync(source, `${headers.map((header) => `#include <${header}>\n`).join('')}${CXX_CODE}\n`);
  // The kernel's members have short wide characters, which must not differ within a link.
  const options = ['-std=c++17', '-g', '-O2', '-fshort-wchar', '-fstandalone-debug', `-I${LLVM_INCLUDE}`];
  const compiler = findProgram('clang++-22');
  if (compiler === undefined) return [];
  spawnSync(compiler, [...options, '-c', '-emit-llvm', source, '-o', path]);
  return existsSync(path) ? [path] : [];
}

function againstAnalyzer(what, title) {
  return async ({ kernel, rounds }) => {
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
      const members = bitcodeMembers(kernel).slice(0, LINKED_MEMBERS);
      const debug = compileWithDebugInfo(folder);
      spawnSync(linker, [...members, ...debug, '-o', module]);
      if (!existsSync(module)) return { title, skipped: 'llvm-link-22 does not link the members' };
      const program = await bundled(WALK, folder);
      const pairs = comparePairs([process.execPath, program, what, module], [analyzer, module], rounds);
      return {
        title,
        pairs,
        lines: [
          `one module of ${(statSync(module).size / 1e6).toFixed(1)} MB, ${debug.length === 0 ? 'no ' : ''}debugging information in it`,
          ...pairLines(pairs),
        ],
        targets: [
          { what: 'wall time ratio', measured: pairs.wall.ratio.median, limit: RATIO_MAX },
          { what: 'CPU time ratio', measured: pairs.cpu.ratio.median, limit: RATIO_MAX },
        ],
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

function againstNm(what, title, limit) {
  return async ({ kernel, rounds }) => {
    if (kernel === undefined || !existsSync(join(kernel, 'vmlinux.a')))
      return { title, skipped: 'LTOSCOPE_KERNEL is not set' };
    const nm = findProgram('llvm-nm-22');
    if (nm === undefined) return { title, skipped: 'llvm-nm-22 is not installed' };
    const archive = join(kernel, 'vmlinux.a');
    const folder = mkdtempSync(join(tmpdir(), 'ltoscope-bench-'));
    try {
      const program = await bundled(MEMBERS, folder);
      const pairs = comparePairs([process.execPath, SHORT_RUN, program, what, archive], [nm, archive], rounds);
      return {
        title,
        pairs,
        lines: pairLines(pairs),
        targets: [{ what: 'wall time ratio', measured: pairs.wall.ratio.median, limit }],
      };
    } finally {
      rmSync(folder, { recursive: true });
    }
  };
}

export const symbolsOfMembers = againstNm(
  'symbols',
  'every bitcode member of vmlinux.a opened for its symbols against llvm-nm',
  SYMBOLS_RATIO_MAX,
);

export const headsOfMembers = againstNm(
  'heads',
  'the heads of all function bodies of vmlinux.a against llvm-nm',
  HEADS_RATIO_MAX,
);
