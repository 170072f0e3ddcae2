// The whole command on files that are no good: each is told with its path and, where there is one, its offset; the rest is
// audited; the status says it; nothing hangs (test/helpers/cli.ts has the time limit and looks for stack traces).

import { execFileSync } from 'node:child_process';
import { chmodSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/audit/index.ts';
import { archive, concat, header, member, REGULAR_MAGIC } from '../helpers/archive-builder.ts';
import { auditJson, jsonLines, ltoscope, ltoscopeInShell } from '../helpers/cli.ts';
import type { CommandResult, IdentifyLine } from '../helpers/cli.ts';
import { readFixture } from '../helpers/fixtures.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { findTool } from '../helpers/tools.ts';

const OBJECT = readFixture('kernel/arch/head.o');
const BITCODE = readFixture('kernel/init/main.o');
const LISTINGS = ['identify', 'symbols', 'members'] as const;

function only(findings: readonly Finding[]): Finding {
  expect(findings).toHaveLength(1);
  return findings[0] as Finding;
}

describe('a damaged file beside a good one', () => {
  const damaged: readonly (readonly [string, string, Uint8Array | string, RegExp, number])[] = [
    ['a truncated object', 'cut.o', OBJECT.subarray(0, 300), /goes past the end of the file/, 0x28],
    ['four bytes of an object', 'magic.o', OBJECT.subarray(0, 4), /./, 4],
    ['an empty file named like an object', 'empty.o', '', /is empty/, 0],
    ['text named like an object', 'text.o', 'int main(void);\n', /is text/, 0],
    ['text named like an archive', 'text.a', 'INPUTS = a.o\n', /is text/, 0],
    [
      'noise named like an object',
      'noise.o',
      Uint8Array.from({ length: 999 }, (_, i) => (i * 7919) % 251),
      /format/,
      0,
    ],
  ];

  it.each(damaged)('%s is an error at its place', async (_title, name, content, words, offset) => {
    const cwd = temporaryFolder({ [name]: content, 'good.o': OBJECT });
    const { status, stderr, report } = await auditJson([name, 'good.o'], { cwd });
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    const finding = only(report.findings);
    expect(finding).toMatchObject({ rule: 'malformed-input', severity: 'error' });
    expect(finding.message).toContain(name);
    expect(finding.message).toMatch(words);
    expect(finding.locations[0]).toMatchObject({ path: [name], file: name, offset });
    expect(report.summary).toMatchObject({ inputs: 2, errors: 1 });
    expect(report.summary.byMachine['aarch64']).toBeGreaterThanOrEqual(1);
  });

  it('truncated bitcode is an error with its place', async () => {
    const cwd = temporaryFolder({ 'cut.o': BITCODE.subarray(0, 600), 'good.o': OBJECT });
    const { status, report } = await auditJson(['cut.o', 'good.o'], { cwd });
    expect(status).toBe(1);
    const finding = only(report.findings);
    expect(finding).toMatchObject({ rule: 'malformed-input', data: { format: 'bitcode' } });
    expect(finding.locations[0]?.offset).toBeTypeOf('number');
    expect(report.summary.byFormat).toEqual({ bitcode: 1, elf: 1 });
  });

  it.each(LISTINGS)('%s tells it on standard error and lists the rest', async (command) => {
    const members = [
      { name: 'cut.o', data: OBJECT.subarray(0, 300) },
      { name: 'good.o', data: OBJECT },
    ];
    const cwd = temporaryFolder({ 'lib.a': archive(members) });
    const { status, stdout, stderr } = await ltoscope([command, '--json', 'lib.a'], { cwd });
    expect(stdout).toContain('"good.o"');
    if (command === 'members') expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    else {
      expect(status).toBe(1);
      expect(stderr).toMatch(/^ltoscope: lib\.a\(cut\.o\): .*0x[0-9a-f]+.*\n$/);
    }
  });

  it('files that nothing says are objects are notes', async () => {
    const cwd = temporaryFolder({ 'notes.txt': 'hello\n', nothing: '', 'good.o': OBJECT });
    const { status, report } = await auditJson(['notes.txt', 'nothing', 'good.o'], { cwd });
    expect(status).toBe(0);
    expect(report.findings.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['foreign-member', 'note'],
      ['foreign-member', 'note'],
    ]);
  });
});

describe('a damaged archive', () => {
  const good = member('good.o/', OBJECT);
  const damaged: readonly (readonly [string, Uint8Array, number])[] = [
    ['with a wrong terminator', concat(header({ name: 'bad.o/', size: 0, terminator: '`?' })), 58],
    ['with a negative size', concat(header({ name: 'bad.o/', size: -4 })), 48],
    ['with a hexadecimal size', concat(header({ name: 'bad.o/', size: '0x10' })), 48],
    ['with no size', concat(header({ name: 'bad.o/', size: '' })), 48],
    ['with a size past the end', concat(header({ name: 'bad.o/', size: '9999999999' })), 48],
    ['with half a header', concat(header({ name: 'bad.o/', size: 0 }).slice(0, 30)), 0],
  ];

  it.each(damaged)('%s loses what follows, and nothing else', async (_title, bad, field) => {
    const cwd = temporaryFolder({ 'lib.a': concat(REGULAR_MAGIC, good, bad), 'other.o': BITCODE });
    const { status, stderr, report } = await auditJson(['lib.a', 'other.o'], { cwd });
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    const finding = only(report.findings);
    expect(finding).toMatchObject({ rule: 'malformed-input', severity: 'error' });
    expect(finding.message).toContain('lib.a');
    const headerOffset = REGULAR_MAGIC.length + good.length;
    const offset = finding.locations[0]?.offset ?? -1;
    expect(offset).toBeGreaterThanOrEqual(headerOffset);
    expect(offset).toBeLessThanOrEqual(headerOffset + field);
    expect(report.summary.byFormat).toEqual({ elf: 1, bitcode: 1 });
  });

  it.each(LISTINGS)('%s lists what comes before the damage, with status 1', async (command) => {
    const bad = header({ name: 'bad.o/', size: 0, terminator: '??' });
    const cwd = temporaryFolder({ 'lib.a': concat(REGULAR_MAGIC, good, bad) });
    const { status, stdout, stderr } = await ltoscope([command, '--json', 'lib.a'], { cwd });
    expect(status).toBe(1);
    expect(stdout).toContain('"good.o"');
    expect(stderr).toMatch(/^ltoscope: lib\.a: .*\(at 0x[0-9a-f]+ of lib\.a\)\n$/);
  });
});

describe('a path that is no regular file', () => {
  function folderWithFifo(): string {
    const cwd = temporaryFolder({ 'good.o': OBJECT });
    execFileSync('mkfifo', [join(cwd, 'pipe.o')]);
    mkdirSync(join(cwd, 'folder.o'));
    return cwd;
  }

  it.each([
    ['a FIFO', 'pipe.o', /FIFO/],
    ['an endless device', '/dev/zero', /device/],
    ['an empty device', '/dev/null', /device/],
    ['nothing', 'gone.o', /No such file or directory/],
    ['something below a file', 'good.o/x.o', /Not a directory/],
    ['an empty path', '', /No such file or directory/],
    ['a very long path', 'x'.repeat(5000), /File name too long/],
  ])('%s is told, never opened, and the rest is audited', async (_title, path, reason) => {
    const cwd = folderWithFifo();
    const { status, stderr, report } = await auditJson([path, 'good.o'], { cwd });
    expect(status).toBe(2);
    expect(stderr).toMatch(/^ltoscope: .*\n$/);
    expect(stderr).toContain(path);
    expect(stderr).toMatch(reason);
    expect(report.summary).toMatchObject({ inputs: 1, byFormat: { elf: 1 } });
  });

  it.each(LISTINGS)('%s goes on behind it', async (command) => {
    const cwd = folderWithFifo();
    writeFileSync(join(cwd, 'lib.a'), archive([{ name: 'good.o', data: OBJECT }]));
    const { status, stdout, stderr } = await ltoscope([command, '--json', 'pipe.o', '/dev/zero', 'lib.a'], { cwd });
    expect(status).toBe(2);
    expect(stderr.trimEnd().split('\n')).toHaveLength(2);
    expect(stdout).toContain('"good.o"');
  });

  it('a directory is searched', async () => {
    const { status, stderr, report } = await auditJson(['folder.o', 'good.o'], { cwd: folderWithFifo() });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(report.summary.inputs).toBe(1);
  });

  it('a FIFO found in a directory is not waited for', async () => {
    const cwd = folderWithFifo();
    symlinkSync('pipe.o', join(cwd, 'link.o'));
    symlinkSync('/dev/zero', join(cwd, 'zero.o'));
    const { report } = await auditJson(['.'], { cwd });
    expect(report.summary.inputs).toBe(1);
  });
});

describe('a directory', () => {
  it('that links to itself is searched once', async () => {
    const cwd = temporaryFolder({ 'tree/good.o': OBJECT, 'tree/sub/main.o': BITCODE });
    symlinkSync('.', join(cwd, 'tree/self'));
    symlinkSync('../../tree', join(cwd, 'tree/sub/up'));
    const { status, stdout, stderr } = await ltoscope(['identify', '--json', 'tree'], { cwd });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(jsonLines<IdentifyLine>(stdout).map(({ file }) => file)).toEqual(['tree/good.o', 'tree/sub/main.o']);
  });

  it('with a link that goes round in circles is searched all the same', async () => {
    const cwd = temporaryFolder({ 'good.o': OBJECT });
    symlinkSync('loop.o', join(cwd, 'loop.o'));
    symlinkSync('gone.o', join(cwd, 'dangling.o'));
    const { report } = await auditJson(['.'], { cwd });
    expect(report.summary.inputs).toBe(1);
  });

  it('that is very deep is searched to the bottom', async () => {
    const cwd = temporaryFolder();
    const deep = join(cwd, 'd/'.repeat(500));
    mkdirSync(deep, { recursive: true });
    writeFileSync(join(deep, 'good.o'), OBJECT);
    const { status, report } = await auditJson(['d'], { cwd });
    expect(status).toBe(0);
    expect(report.summary.inputs).toBe(1);
  });

  it('that is named by a link is searched', async () => {
    const cwd = temporaryFolder({ 'tree/good.o': OBJECT });
    symlinkSync('tree', join(cwd, 'link'));
    expect((await auditJson(['link'], { cwd })).report.summary.inputs).toBe(1);
  });

  it('with hard links has each file once', async () => {
    const cwd = temporaryFolder({ 'a.o': OBJECT });
    linkSync(join(cwd, 'a.o'), join(cwd, 'b.o'));
    symlinkSync('a.o', join(cwd, 'c.o'));
    const { report } = await auditJson(['.'], { cwd });
    expect(report.summary.inputs).toBe(1);
    expect(report.findings).toEqual([]);
  });
});

/** Runs the command as a user that permissions hold for; `undefined` where only root is at hand. */
async function asUser(args: readonly string[], cwd: string): Promise<CommandResult | undefined> {
  if (process.getuid?.() !== 0) return ltoscope(args, { cwd });
  if (findTool('setpriv') === undefined) return undefined;
  const script = 'exec setpriv --reuid=65534 --regid=65534 --clear-groups "$NODE" "$LTOSCOPE" "$@"';
  return ltoscopeInShell(script, args, { cwd });
}

const NEEDS_USER = 'root may read everything, and there is no setpriv to become somebody else';

describe('a file that may not be read', () => {
  function folder(): string {
    const names = ['secret.o', 'good.o', 'closed/inside.o'];
    const cwd = temporaryFolder({
      'secret.o': OBJECT,
      'good.o': OBJECT,
      'closed/inside.o': OBJECT,
      'thin.a': archive(
        names.map((name) => ({ name, data: OBJECT })),
        { thin: true },
      ),
    });
    chmodSync(join(cwd, 'secret.o'), 0o000);
    chmodSync(join(cwd, 'closed'), 0o000);
    return cwd;
  }

  it('is told as a path, with status 2', async ({ skip }) => {
    const result = await asUser(['audit', 'secret.o', 'closed/inside.o', 'closed', 'good.o'], folder());
    if (result === undefined) return skip(NEEDS_USER);
    expect(result.status).toBe(2);
    expect(result.stderr.trimEnd().split('\n').sort()).toEqual([
      'ltoscope: closed/inside.o: Permission denied',
      'ltoscope: closed: Permission denied',
      'ltoscope: secret.o: Permission denied',
    ]);
    expect(result.stdout).toMatch(/^1 input/);
  });

  it('is an error as a member of a thin archive, with status 1', async ({ skip }) => {
    const result = await asUser(['audit', '--json', 'thin.a'], folder());
    if (result === undefined) return skip(NEEDS_USER);
    expect({ status: result.status, stderr: result.stderr }).toEqual({ status: 1, stderr: '' });
    const { findings } = JSON.parse(result.stdout) as { findings: Finding[] };
    expect(findings.map(({ rule, locations }) => [rule, locations[0]?.path.at(-1)])).toEqual([
      ['unreadable-member', 'secret.o'],
      ['unreadable-member', 'closed/inside.o'],
    ]);
    expect(findings[0]?.message).toContain('Permission denied');
  });

  it('is told in a directory that is searched', async ({ skip }) => {
    const result = await asUser(['audit', '.'], folder());
    if (result === undefined) return skip(NEEDS_USER);
    expect(result.status).not.toBe(0);
    expect(result.stdout).toContain('secret.o cannot be read: Permission denied');
    expect(result.stderr).toContain('closed: Permission denied');
  });

  it('is told where a directory shows its names and nothing more', async ({ skip }) => {
    const cwd = temporaryFolder({ 'names/a.o': OBJECT, 'names/sub/b.o': OBJECT, 'good.o': OBJECT });
    chmodSync(join(cwd, 'names'), 0o444);
    const result = await asUser(['identify', 'names', 'good.o'], cwd);
    if (result === undefined) return skip(NEEDS_USER);
    expect(result.status).not.toBe(0);
    expect(result.stderr).toContain('names/a.o: Permission denied');
    expect(result.stderr).toContain('names/sub: Permission denied');
    expect(result.stdout).toContain('good.o: elf');
  });

  it('is told as a response file', async ({ skip }) => {
    const result = await asUser(['audit', '@secret.o', 'good.o'], folder());
    if (result === undefined) return skip(NEEDS_USER);
    expect(result.status).toBe(2);
    expect(result.stderr).toBe('ltoscope: @secret.o: Permission denied\n');
  });
});

describe('several bad paths', () => {
  it('outweigh findings in the status, which are told all the same', async () => {
    const cwd = temporaryFolder({ 'cut.o': OBJECT.subarray(0, 300), 'good.o': OBJECT });
    const { status, stderr, report } = await auditJson(['gone.o', 'cut.o', 'good.o', 'gone2.o'], { cwd });
    expect(status).toBe(2);
    expect(stderr).toBe('ltoscope: gone.o: No such file or directory\nltoscope: gone2.o: No such file or directory\n');
    expect(report.findings.map(({ rule }) => rule)).toEqual(['malformed-input']);
    expect(report.summary.inputs).toBe(2);
  });
});
