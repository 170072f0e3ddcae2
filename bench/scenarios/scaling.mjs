// 1, 2, 4 and 8 times the members, twice: as ever larger parts of one kernel, whose symbols are distinct, and as copies of
// the whole, where from two times on nearly every symbol is a duplicate, the worst case of the rules that compare inputs.

import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { inTurn, spreadOf } from '../measure.mjs';

const FACTORS = [1, 2, 4, 8];
// 1, and the few percent by which such measurements differ.
const GROWTH_MAX = 1.1;

export async function scaling({ ltoscope, kernel, rounds }) {
  const title = 'audit of 1, 2, 4 and 8 times the members of vmlinux.a';
  if (kernel === undefined) return { title, skipped: 'LTOSCOPE_KERNEL is not set' };
  const original = join(kernel, 'vmlinux.a');
  if (!existsSync(original)) return { title, skipped: `${original} does not exist` };

  const { openArchive } = await import('../../dist/archive/index.js');
  const members = Array.from(openArchive(readFileSync(original)).members(), ({ name }) => name);
  const folder = mkdtempSync(join(tmpdir(), 'ltoscope-bench-'));
  try {
    for (let copy = 0; copy < FACTORS.at(-1); copy += 1) copyMembers(kernel, members, join(folder, String(copy)));
    const measure = (lists) => {
      const archives = lists.map((names, index) => writeThinArchive(join(folder, `${index}.a`), names));
      const times = inTurn(
        archives.map((archive) => [...ltoscope, 'audit', archive]),
        rounds,
      );
      return times.map((runs) => spreadOf(runs.map(({ cpu }) => cpu)).median);
    };

    // Every 8th member, every 4th, every 2nd, all; the start of the process, an audit of nothing, is not part of the growth.
    const partLists = FACTORS.map((factor) => members.filter((_, index) => index % (FACTORS.at(-1) / factor) === 0));
    const [start, ...parts] = measure([[], ...partLists.map((names) => names.map((name) => `0/${name}`))]);
    const copyLists = FACTORS.map((factor) =>
      Array.from({ length: factor }, (_, copy) => members.map((name) => `${copy}/${name}`)),
    );
    const copies = measure(copyLists.map((lists) => lists.flat()));
    return {
      title,
      start,
      parts,
      copies,
      lines: [
        ...lines(
          'parts',
          partLists.map(({ length }) => length),
          parts,
        ),
        ...lines(
          'copies',
          FACTORS.map((factor) => factor * members.length),
          copies,
        ),
      ],
      targets: [
        { what: 'growth of parts over members', measured: growthOf(parts, start), limit: GROWTH_MAX },
        // One copy has no duplicates: there the growth begins at two.
        { what: 'growth of copies over members', measured: growthOf(copies.slice(1), start), limit: GROWTH_MAX },
      ],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** How much faster the cost grew than the members, at worst; each cost is of twice the members of the one before. */
function growthOf(seconds, start) {
  const [first] = seconds;
  return Math.max(...seconds.slice(1).map((cost, index) => (cost - start) / (first - start) / 2 ** (index + 1)));
}

function lines(kind, counts, seconds) {
  return counts.map((count, index) => `${kind}, ${count} members: ${seconds[index].toFixed(3)} s of CPU`);
}

function copyMembers(from, members, to) {
  for (const member of members) {
    const target = join(to, member);
    mkdirSync(dirname(target), { recursive: true });
    copyFileSync(join(from, member), target);
  }
}

/** Writes a GNU thin archive without a symbol index, as `ar cDPrST` does. Returns its path. */
function writeThinArchive(path, names) {
  const table = names.map((name) => `${name}/\n`).join('');
  const header = (name, size) => `${name.padEnd(16)}${''.padEnd(32)}${String(size).padEnd(10)}\`\n`;
  let offset = 0;
  const headers = names.map((name) => {
    const reference = `/${offset}`;
    offset += name.length + 2;
    return header(reference, 0);
  });
  const padding = table.length % 2 === 1 ? '\n' : '';
  writeFileSync(path, `!<thin>\n${header('//', table.length)}${table}${padding}${headers.join('')}`);
  return path;
}
