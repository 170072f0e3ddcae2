// Thin archives name their members, and whoever wrote the names may have had something else in mind.

import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AuditReport, Finding } from '../../src/audit/index.ts';
import { archive, concat, header, extendedNames, THIN_MAGIC } from '../helpers/archive-builder.ts';
import { auditJson, jsonLines, ltoscope } from '../helpers/cli.ts';
import type { MembersLine } from '../helpers/cli.ts';
import { readFixture } from '../helpers/fixtures.ts';
import { temporaryFolder } from '../helpers/temporary.ts';

const OBJECT = readFixture('kernel/arch/head.o');
const BITCODE = readFixture('kernel/init/main.o');
// A fraction of a second for what grows with the files, longer than anybody lives for what multiplies.
const BOMB_LIMIT_MS = 5_000;

/** What is found, but that archives here state sizes that their members do not have. */
function findingsOf({ findings }: AuditReport): readonly Finding[] {
  return findings.filter(({ rule }) => rule !== 'thin-member-changed');
}

function thin(...names: string[]): Uint8Array {
  return archive(
    names.map((name) => ({ name, data: 'stated size' })),
    { thin: true },
  );
}

async function rulesAndMembers(cwd: string, file: string): Promise<(string | undefined)[][]> {
  const { report } = await auditJson([file], { cwd });
  return findingsOf(report).map(({ rule, locations }) => [rule, locations[0]?.path.at(-1)]);
}

describe('a member of a thin archive', () => {
  it('that is missing is an error with its path, and the others are audited', async () => {
    const cwd = temporaryFolder({ 'thin.a': thin('a.o', 'gone.o', 'b.o'), 'a.o': OBJECT, 'b.o': BITCODE });
    const { status, stderr, report } = await auditJson(['thin.a'], { cwd });
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(findingsOf(report)).toHaveLength(1);
    const [finding] = findingsOf(report);
    expect(finding).toMatchObject({
      rule: 'missing-member',
      severity: 'error',
      locations: [{ path: ['thin.a', 'gone.o'], file: 'gone.o' }],
      predicts:
        "ld.lld: error: thin.a: could not get the buffer for a child of the archive: 'gone.o': No such file or directory",
    });
    expect(finding?.message).toContain('thin.a(gone.o)');
    // The header of the second member: behind the magic, the table of names and one header.
    expect(finding?.locations[0]?.memberOffset).toBe(THIN_MAGIC.length + 60 + 'a.o/\ngone.o/\nb.o/\n'.length + 60);
    expect(report.summary.byFormat).toEqual({ bitcode: 1, elf: 1, missing: 1 });
  });

  it('that is no regular file is never opened', async () => {
    const names = ['pipe.o', 'folder.o', '/dev/zero', '/dev/null', 'good.o'];
    const cwd = temporaryFolder({ 'thin.a': thin(...names), 'good.o': OBJECT });
    execFileSync('mkfifo', [join(cwd, 'pipe.o')]);
    mkdirSync(join(cwd, 'folder.o'));
    const { status, report } = await auditJson(['thin.a'], { cwd });
    expect(status).toBe(1);
    expect(findingsOf(report).map(({ rule, locations }) => [rule, locations[0]?.path.at(-1)])).toEqual(
      names.slice(0, 4).map((name) => ['unreadable-member', name]),
    );
    expect(findingsOf(report).map(({ data }) => data['reason'])).toEqual([
      expect.stringContaining('FIFO'),
      expect.stringContaining('directory'),
      expect.stringContaining('device'),
      expect.stringContaining('device'),
    ]);
    expect(report.summary.byFormat['elf']).toBe(1);
  });

  it.each(['identify', 'symbols', 'members'])('that cannot be read is told by %s, which goes on', async (command) => {
    const cwd = temporaryFolder({ 'thin.a': thin('gone.o', 'pipe.o', 'good.o'), 'good.o': OBJECT });
    execFileSync('mkfifo', [join(cwd, 'pipe.o')]);
    const { status, stdout, stderr } = await ltoscope([command, '--json', 'thin.a'], { cwd });
    expect(status).toBe(1);
    expect(stdout).toContain('"good.o"');
    expect(stderr).toMatch(/^ltoscope: thin\.a\(gone\.o\): .*No such file or directory$/m);
    expect(stderr).toMatch(/^ltoscope: thin\.a\(pipe\.o\): .*FIFO$/m);
  });

  it('may be absolute or climb, and is shown as it is named', async () => {
    const elsewhere = temporaryFolder({ 'abs.o': OBJECT });
    const cwd = temporaryFolder({ 'main.o': BITCODE });
    mkdirSync(join(cwd, 'lib'));
    const names = [join(elsewhere, 'abs.o'), '../main.o'];
    writeFileSync(join(cwd, 'lib/thin.a'), thin(...names));
    const { status, stdout } = await ltoscope(['members', '--json', 'lib/thin.a'], { cwd });
    expect(status).toBe(0);
    expect(jsonLines<MembersLine>(stdout).map(({ name, file, format }) => [name, file, format])).toEqual([
      [names[0], names[0], 'elf'],
      ['../main.o', 'lib/../main.o', 'bitcode'],
    ]);
    const { report } = await auditJson(['lib/thin.a'], { cwd });
    expect(findingsOf(report)).toEqual([]);
    expect(report.summary.inputs).toBe(2);
  });

  it('counts from the folder of the archive, whatever the path to it', async () => {
    const cwd = temporaryFolder({ 'lib/thin.a': thin('a.o'), 'lib/a.o': OBJECT });
    for (const path of ['lib/thin.a', './lib/thin.a', `${cwd}/lib/thin.a`, `../${basename(cwd)}/lib/../lib/thin.a`]) {
      const { status, report } = await auditJson([path], { cwd });
      expect({ status, inputs: report.summary.inputs }).toEqual({ status: 0, inputs: 1 });
    }
  });

  it('that is text or empty does not end the audit', async () => {
    const cwd = temporaryFolder({
      'thin.a': thin('text.o', 'empty.o', 'good.o'),
      'text.o': 'text\n',
      'empty.o': '',
      'good.o': OBJECT,
    });
    expect(await rulesAndMembers(cwd, 'thin.a')).toEqual([
      ['foreign-member', 'text.o'],
      ['foreign-member', 'empty.o'],
    ]);
  });

  it('that is truncated is told with the offset in its own file', async () => {
    const cwd = temporaryFolder({
      'thin.a': thin('cut.o', 'good.o'),
      'cut.o': OBJECT.subarray(0, 300),
      'good.o': OBJECT,
    });
    const { status, report } = await auditJson(['thin.a'], { cwd });
    expect(status).toBe(1);
    expect(findingsOf(report).map(({ rule, locations }) => [rule, locations[0]])).toEqual([
      ['malformed-input', expect.objectContaining({ path: ['thin.a', 'cut.o'], file: 'cut.o', offset: 0x28 })],
    ]);
  });
});

describe('a thin archive that contains itself', () => {
  it('by its own name is told, and its other members are audited', async () => {
    const cwd = temporaryFolder({ 'thin.a': thin('thin.a', 'good.o'), 'good.o': OBJECT });
    const { status, report } = await auditJson(['thin.a'], { cwd });
    expect(status).toBe(1);
    expect(findingsOf(report)).toHaveLength(1);
    expect(findingsOf(report)[0]).toMatchObject({
      rule: 'unreadable-member',
      locations: [{ path: ['thin.a', 'thin.a'] }],
    });
    expect(findingsOf(report)[0]?.message).toContain('contains itself');
    expect(report.summary.byFormat['elf']).toBe(1);
  });

  it('through a link or a way round is told', async () => {
    const cwd = temporaryFolder({ 'lib/thin.a': thin('link.a', '../lib/thin.a') });
    symlinkSync('thin.a', join(cwd, 'lib/link.a'));
    expect(await rulesAndMembers(cwd, 'lib/thin.a')).toEqual([
      ['unreadable-member', 'link.a'],
      ['unreadable-member', '../lib/thin.a'],
    ]);
  });

  it('through another archive is told with the way there, and both are audited', async () => {
    const cwd = temporaryFolder({
      'one.a': thin('two.a', 'a.o'),
      'two.a': thin('one.a', 'b.o'),
      'a.o': OBJECT,
      'b.o': BITCODE,
    });
    const { report } = await auditJson(['one.a'], { cwd });
    expect(findingsOf(report).map(({ locations }) => locations[0]?.path)).toEqual([['one.a', 'two.a', 'one.a']]);
    expect(report.summary.byFormat).toMatchObject({ bitcode: 1, elf: 1 });
  });

  it('is shown to people at the header that names it', async () => {
    const cwd = temporaryFolder({
      'one.a': thin('two.a', 'a.o'),
      'two.a': thin('b.o', 'one.a'),
      'a.o': OBJECT,
      'b.o': BITCODE,
    });
    const { stdout } = await ltoscope(['audit', 'one.a'], { cwd });
    expect(stdout).toContain('one.a(two.a)(one.a)');
    // The header stands in two.a.
    expect(stdout).not.toMatch(/at {6}one\.a, member one\.a, header/);
  });

  it('many times over does not multiply', async () => {
    const names = Array.from({ length: 12 }, (_, i) => `lib${i}.a`);
    const cwd = temporaryFolder({ 'a.o': OBJECT });
    for (const name of names) writeFileSync(join(cwd, name), thin(...names, 'a.o'));
    const { status } = await ltoscope(['identify', 'lib0.a'], { cwd, timeLimitMs: BOMB_LIMIT_MS });
    expect(status).toBe(1);
  });
});

describe('archives in archives', () => {
  it('are followed to a bound, and no further', async () => {
    const files: Record<string, Uint8Array> = { 'good.o': OBJECT };
    for (let depth = 0; depth < 40; depth += 1) files[`${depth}.a`] = thin(depth === 39 ? 'good.o' : `${depth + 1}.a`);
    const cwd = temporaryFolder(files);
    const { status, report } = await auditJson(['0.a'], { cwd });
    expect(status).toBe(1);
    expect(findingsOf(report)).toHaveLength(1);
    expect(findingsOf(report)[0]?.message).toMatch(/nested more than \d+ deep/);
  });

  it('that fan out at each step end', async () => {
    const files: Record<string, Uint8Array> = { 'good.o': OBJECT };
    for (let depth = 0; depth < 8; depth += 1) {
      const names = Array.from({ length: 20 }, () => (depth === 7 ? 'good.o' : `${depth + 1}.a`));
      files[`${depth}.a`] = thin(...names);
    }
    const cwd = temporaryFolder(files);
    const { status } = await ltoscope(['audit', '0.a'], { cwd, timeLimitMs: BOMB_LIMIT_MS });
    expect([0, 1]).toContain(status);
  });

  it('regular in regular are audited member by member', async () => {
    const inner = archive([{ name: 'cut.o', data: OBJECT.subarray(0, 300) }]);
    const cwd = temporaryFolder({ 'outer.a': archive([{ name: 'inner.a', data: inner }]) });
    const { report } = await auditJson(['outer.a'], { cwd });
    const [finding] = findingsOf(report);
    expect(finding?.locations[0]).toMatchObject({ path: ['outer.a', 'inner.a', 'cut.o'], file: 'outer.a' });
    // Magic and header of both archives stand in front of the object; the field is e_shoff.
    expect(finding?.locations[0]?.offset).toBe(2 * (8 + 60) + 0x28);
  });
});

describe('a thin archive with broken names', () => {
  it.each([
    ['a name outside of the table', concat(THIN_MAGIC, extendedNames('a.o/\n'), header({ name: '/999', size: 1 }))],
    ['no table', concat(THIN_MAGIC, header({ name: '/0', size: 1 }))],
    ['a name without an end', concat(THIN_MAGIC, extendedNames('a.o'), header({ name: '/0', size: 1 }))],
    ['an empty name', concat(THIN_MAGIC, extendedNames('/\n'), header({ name: '/0', size: 1 }))],
  ])('such as %s is told', async (_title, bytes) => {
    const cwd = temporaryFolder({ 'thin.a': bytes, 'a.o': OBJECT, 'good.o': BITCODE });
    const { status, report } = await auditJson(['thin.a', 'good.o'], { cwd });
    expect(status).toBe(1);
    expect(findingsOf(report)).toHaveLength(1);
    expect(findingsOf(report)[0]?.message).toContain('thin.a');
    expect(report.summary.byFormat['bitcode']).toBe(1);
  });

  it('that hold a NUL does not reach the file system with it', async () => {
    const cwd = temporaryFolder({ 'thin.a': thin('a\0b.o', 'good.o'), 'good.o': OBJECT });
    const { status, report } = await auditJson(['thin.a'], { cwd });
    expect(status).toBe(1);
    expect(findingsOf(report).length).toBeGreaterThan(0);
  });
});
