// Files beyond 2 and 4 GiB, sparse ones: offsets must not wrap, and what is not needed must not be read.

import { closeSync, ftruncateSync, openSync, statSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { header, REGULAR_MAGIC } from '../helpers/archive-builder.ts';
import { auditJson, jsonLines, ltoscope } from '../helpers/cli.ts';
import type { IdentifyLine, MembersLine, SymbolsLine } from '../helpers/cli.ts';
import { readFixture } from '../helpers/fixtures.ts';
import { temporaryFolder } from '../helpers/temporary.ts';

const GIB = 2 ** 30;
const OBJECT = readFixture('kernel/arch/head.o');
const NO_SPARSE_FILES = 'this file system takes no sparse files of this size';
const E_SHOFF = 0x28;
// No measure of speed: reading one of these files whole would take longer.
const TIME_LIMIT_MS = 20_000;

/** Writes parts at their offsets; whether the file system took them, and as a sparse file. */
function writeSparse(path: string, size: number, parts: readonly (readonly [number, Uint8Array | string])[]): boolean {
  const descriptor = openSync(path, 'w');
  try {
    ftruncateSync(descriptor, size);
    for (const [offset, part] of parts) {
      const bytes = typeof part === 'string' ? Buffer.from(part, 'latin1') : part;
      writeSync(descriptor, bytes, 0, bytes.length, offset);
    }
  } catch {
    return false;
  } finally {
    closeSync(descriptor);
  }
  return statSync(path).blocks * 512 < 2 ** 24;
}

/** The parts of an object whose section headers lie where `e_shoff` is told to be. */
function objectWithFarHeaders(sectionHeaders: number): (readonly [number, Uint8Array])[] {
  const near = Uint8Array.from(OBJECT);
  const view = new DataView(near.buffer);
  const from = Number(view.getBigUint64(E_SHOFF, true));
  view.setBigUint64(E_SHOFF, BigInt(sectionHeaders), true);
  return [
    [0, near.subarray(0, from)],
    [sectionHeaders, OBJECT.subarray(from)],
  ];
}

describe.each([3 * GIB, 5 * GIB])('a file of %d bytes', (size) => {
  it('of zeros is told, and nothing of it is read', async ({ skip }) => {
    const cwd = temporaryFolder({ 'good.o': OBJECT });
    if (!writeSparse(join(cwd, 'zeros.o'), size, [])) return skip(NO_SPARSE_FILES);
    const { status, report } = await auditJson(['zeros.o', 'good.o'], { cwd, timeLimitMs: TIME_LIMIT_MS });
    expect(status).toBe(1);
    expect(report.findings.map(({ rule, locations }) => [rule, locations[0]?.file])).toEqual([
      ['malformed-input', 'zeros.o'],
    ]);
    expect(report.summary.bytes.total).toBe(size + OBJECT.length);
  });

  it('with its section headers at the end is an object like others', async ({ skip }) => {
    const cwd = temporaryFolder({ 'near.o': OBJECT });
    const sectionHeaders = size - OBJECT.length;
    if (!writeSparse(join(cwd, 'far.o'), size, objectWithFarHeaders(sectionHeaders))) return skip(NO_SPARSE_FILES);
    const { status, report } = await auditJson(['far.o'], { cwd, timeLimitMs: TIME_LIMIT_MS });
    expect({ status, findings: report.findings }).toEqual({ status: 0, findings: [] });
    const { stdout } = await ltoscope(['symbols', '--json', 'near.o', 'far.o'], { cwd, timeLimitMs: TIME_LIMIT_MS });
    const symbols = jsonLines<SymbolsLine>(stdout).map(({ file, name, letter }) => ({
      file,
      symbol: `${letter} ${name}`,
    }));
    const of = (wanted: string) => symbols.filter(({ file }) => file === wanted).map(({ symbol }) => symbol);
    expect(of('far.o').length).toBeGreaterThan(0);
    expect(of('far.o')).toEqual(of('near.o'));
  });

  it('that ends before its section headers is told with the offset of the field', async ({ skip }) => {
    const cwd = temporaryFolder();
    const [start] = objectWithFarHeaders(size + 64) as [readonly [number, Uint8Array]];
    if (!writeSparse(join(cwd, 'cut.o'), size, [start])) return skip(NO_SPARSE_FILES);
    const { status, report } = await auditJson(['cut.o'], { cwd, timeLimitMs: TIME_LIMIT_MS });
    expect(status).toBe(1);
    expect(report.findings[0]?.locations[0]?.offset).toBe(E_SHOFF);
    expect(report.findings[0]?.message).toContain(`0x${(size + 64).toString(16)}`);
  });

  it('that is an archive has its members beyond the hole', async ({ skip }) => {
    const cwd = temporaryFolder();
    const fillerSize = size - 4096;
    const second = REGULAR_MAGIC.length + 60 + fillerSize;
    const third = second + 60 + OBJECT.length;
    const parts: (readonly [number, Uint8Array | string])[] = [
      [0, REGULAR_MAGIC + header({ name: 'hole.bin/', size: fillerSize })],
      [second, header({ name: 'good.o/', size: OBJECT.length })],
      [second + 60, OBJECT],
      [third, header({ name: 'cut.o/', size: 300 })],
      [third + 60, OBJECT.subarray(0, 300)],
    ];
    const end = third + 60 + 300;
    if (!writeSparse(join(cwd, 'far.a'), end, parts)) return skip(NO_SPARSE_FILES);
    const members = await ltoscope(['members', '--json', 'far.a'], { cwd, timeLimitMs: TIME_LIMIT_MS });
    expect(jsonLines<MembersLine>(members.stdout).map(({ name, memberOffset }) => [name, memberOffset])).toEqual([
      ['hole.bin', REGULAR_MAGIC.length],
      ['good.o', second],
      ['cut.o', third],
    ]);
    const { status, report } = await auditJson(['far.a'], { cwd, timeLimitMs: TIME_LIMIT_MS });
    expect(status).toBe(1);
    const errors = report.findings.filter(({ severity }) => severity === 'error');
    expect(errors.map(({ locations }) => locations[0])).toEqual([
      expect.objectContaining({ path: ['far.a', 'cut.o'], offset: third + 60 + E_SHOFF }),
    ]);
  });

  it('that is a member of a thin archive has its own size', async ({ skip }) => {
    const cwd = temporaryFolder({ 'thin.a': `!<thin>\n${header({ name: 'far.o/', size: 0 })}` });
    const parts = objectWithFarHeaders(size - OBJECT.length);
    if (!writeSparse(join(cwd, 'far.o'), size, parts)) return skip(NO_SPARSE_FILES);
    const { status, stdout } = await ltoscope(['identify', '--json', 'thin.a'], { cwd, timeLimitMs: TIME_LIMIT_MS });
    expect(status).toBe(0);
    expect(jsonLines<IdentifyLine>(stdout)[1]).toMatchObject({ format: 'elf', size });
  });
});
