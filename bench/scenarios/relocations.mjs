// All relocations of a folder of static archives, by the library in this process: archives and members are opened, the
// section headers read, the relocation sections read by range, neighbours together, and offset, symbol, type and addend of
// each entry are taken out of the columns and summed. Every pass opens every file anew; their bytes are in the page cache
// after the first. What is timed is the whole pass, with no part left out but the start of node and the import of the
// library. Each round also has a pass that stops before the entries, which tells reading from decoding.

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { spreadOf } from '../measure.mjs';

const NANOSECONDS_MAX = 50; // 20 million a second
const SHT_RELA = 4;
const SHT_REL = 9;
/** Members are read into memory that the next one uses again, as the audit does. */
const SCRATCH = 16 << 20;
/** Passes after which the engine has optimised what it will. The first one is told as the cold one. */
const WARM_UP = 8;

export async function relocationsOfArchives({ archives, rounds }) {
  const title = `all relocations of the archives in ${archives}, in this process`;
  const names = existsSync(archives) ? readdirSync(archives).filter((name) => name.endsWith('.a')) : [];
  if (names.length === 0) return { title, skipped: `there are no archives in ${archives}` };
  const library = {
    ...(await import('../../dist/archive/index.js')),
    ...(await import('../../dist/elf/index.js')),
    ...(await import('../../dist/node/index.js')),
  };
  const paths = names.map((name) => join(archives, name));
  const scratch = new Uint8Array(SCRATCH);
  const decode = () => pass(library, paths, scratch, true);
  const read = () => pass(library, paths, scratch, false);

  const cold = timeOf(decode);
  for (let i = 1; i < WARM_UP; i += 1) decode();
  const pairs = Array.from({ length: rounds }, () => [timeOf(decode), timeOf(read)]);
  const { count, checksum } = cold.result;
  const each = (quantity, side) => spreadOf(pairs.map((pair) => (pair[side][quantity] * 1e9) / count));
  const [cpu, wall] = ['cpu', 'wall'].map((quantity) => ({ decoded: each(quantity, 0), read: each(quantity, 1) }));
  return {
    title,
    count,
    checksum,
    cold: { cpu: (cold.cpu * 1e9) / count, wall: (cold.wall * 1e9) / count },
    cpu,
    wall,
    lines: [
      `${names.length} archives, ${count} relocations, checksum ${checksum}`,
      `first pass, cold: ${perRelocation(cold.cpu / count)} of CPU, ${perRelocation(cold.wall / count)} of wall time`,
      ...Object.entries({ CPU: cpu, wall }).map(
        ([name, { decoded, read: without }]) =>
          `${name} time: ${spread(decoded)} a relocation, ${(1e3 / decoded.median).toFixed(1)} million a second; ` +
          `opening and reading alone ${spread(without)}`,
      ),
    ],
    targets: [{ what: 'CPU nanoseconds a relocation, warm', measured: cpu.decoded.median, limit: NANOSECONDS_MAX }],
  };
}

function timeOf(step) {
  const usage = process.cpuUsage();
  const start = performance.now();
  const result = step();
  const wall = (performance.now() - start) / 1e3;
  const { user, system } = process.cpuUsage(usage);
  return { result, wall, cpu: (user + system) / 1e6 };
}

function pass({ openArchive, openElf, openFile }, paths, scratch, isDecoded) {
  let count = 0;
  let checksum = 0;
  for (const path of paths) {
    const file = openFile(path);
    for (const { data } of openArchive(file.source).members()) {
      const elf = openElf(data.loadInto(scratch));
      const { sections } = elf;
      const tables = [];
      for (let i = 1; i < sections.length; i += 1) {
        const type = sections.type(i);
        if (type === SHT_RELA || type === SHT_REL) tables.push(i);
      }
      elf.load(tables);
      if (!isDecoded) continue;
      for (const index of tables) {
        const table = elf.relocationTable(index);
        count += table.length;
        checksum = (checksum + sumOf(table)) | 0;
      }
    }
    file.close();
  }
  return { count, checksum };
}

/** Offset, symbol, type and addend of all entries. */
function sumOf(table) {
  const { length } = table;
  let sum = 0;
  for (let i = 0; i < length; i += 1) {
    sum = (sum + table.offsetLow(i)) | 0;
    sum = (sum + table.offsetHigh(i)) | 0;
    sum = (sum + table.symbolIndex(i)) | 0;
    sum = (sum + table.type(i)) | 0;
    sum = (sum + table.addendLow(i)) | 0;
    sum = (sum + table.addendHigh(i)) | 0;
  }
  return sum;
}

function perRelocation(seconds) {
  return `${(seconds * 1e9).toFixed(0)} ns`;
}

function spread({ median, low, high }) {
  return `${median.toFixed(1)} ns (${low.toFixed(1)} to ${high.toFixed(1)})`;
}
