// Many large regular archives, each a link set of its own: megabytes of relocations rather than many small files.

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { comparePairs } from '../measure.mjs';
import { findProgram, pairLines } from './common.mjs';

const CPU_RATIO_MAX = 0.8;

export function auditOfArchives({ ltoscope, archives, rounds }) {
  const title = `audit of the archives in ${archives} against llvm-nm of the same`;
  const names = existsSync(archives) ? readdirSync(archives).filter((name) => name.endsWith('.a')) : [];
  if (names.length === 0) return { title, skipped: `there are no archives in ${archives}` };
  const nm = findProgram('llvm-nm-14') ?? findProgram('llvm-nm');
  if (nm === undefined) return { title, skipped: 'llvm-nm-14 is not installed' };

  // A folder of links, because the one named holds more than archives.
  const folder = mkdtempSync(join(tmpdir(), 'ltoscope-bench-'));
  try {
    for (const name of names) symlinkSync(join(archives, name), join(folder, name));
    const inputs = inputsOf([...ltoscope, 'audit', '--json', folder]);
    const files = names.sort().map((name) => join(archives, name));
    const pairs = comparePairs([...ltoscope, 'audit', folder], [nm, ...files], rounds);
    return {
      title,
      pairs,
      inputs,
      lines: [`${names.length} archives, ${inputs} members`, ...pairLines(pairs)],
      targets: [{ what: 'CPU time ratio', measured: pairs.cpu.ratio.median, limit: CPU_RATIO_MAX }],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function inputsOf([program, ...args]) {
  const { stdout } = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 2 ** 28 });
  return JSON.parse(stdout).summary.inputs;
}
