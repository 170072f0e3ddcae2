// The main job: one cold audit of a kernel's vmlinux.a, against llvm-nm, which only lists its symbols.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { comparePairs } from '../measure.mjs';
import { findProgram, pairLines } from './common.mjs';

const WALL_RATIO_MAX = 0.3;
const MEMORY_MAX_MB = 130;

export function auditOfKernel({ ltoscope, kernel, rounds }) {
  const title = 'audit vmlinux.a against llvm-nm-16 vmlinux.a';
  if (kernel === undefined) return { title, skipped: 'LTOSCOPE_KERNEL is not set' };
  const archive = join(kernel, 'vmlinux.a');
  if (!existsSync(archive)) return { title, skipped: `${archive} does not exist` };
  const nm = findProgram('llvm-nm-16');
  if (nm === undefined) return { title, skipped: 'llvm-nm-16 is not installed' };

  const pairs = comparePairs([...ltoscope, 'audit', archive], [nm, archive], rounds);
  const { ours } = pairs.memory;
  return {
    title,
    pairs,
    lines: pairLines(pairs),
    targets: [
      { what: 'wall time ratio', measured: pairs.wall.ratio.median, limit: WALL_RATIO_MAX },
      { what: 'peak memory, MB', measured: ours === undefined ? undefined : ours / 1e6, limit: MEMORY_MAX_MB },
    ],
  };
}
