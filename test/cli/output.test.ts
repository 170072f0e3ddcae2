// Where output goes, and what happens when nobody takes it.

import { describe, expect, it } from 'vitest';
import { ltoscope, ltoscopeInShell } from '../helpers/cli.ts';
import { fixturePath, FIXTURES_ROOT } from '../helpers/fixtures.ts';

// Enough symbols for far more than a pipe holds.
const MANY = Array.from({ length: 400 }, () => fixturePath('versions/clang-22/thin.o'));
const QUIETLY = { status: 0, stderr: '' };

describe('a closed pipe', () => {
  it.each([
    ['audit', ['audit', '--json', 'kernel/vmlinux.a']],
    ['identify', ['identify', 'kernel/vmlinux.a']],
    ['symbols', ['symbols', '--json', ...MANY]],
    ['members', ['members', 'kernel/vmlinux.a']],
    ['rules', ['rules']],
    ['explain', ['explain', 'duplicate-symbol']],
    ['--help', ['--help']],
    ['--version', ['--version']],
  ])('from the start ends %s quietly', async (_title, args) => {
    const { status, stderr } = await ltoscope(args, { cwd: FIXTURES_ROOT, closeAfter: 0 });
    expect({ status, stderr }).toEqual(QUIETLY);
  });

  it('in the middle of a listing ends it quietly', async () => {
    const { status, stderr } = await ltoscope(['symbols', ...MANY], { closeAfter: 1000 });
    expect({ status, stderr }).toEqual(QUIETLY);
  });

  it('behind `head -1` leaves the one line', async () => {
    const script = '{ ltoscope symbols --json "$@"; echo "status $?" >&2; } | head -1';
    const { stdout, stderr } = await ltoscopeInShell(script, MANY);
    expect(stdout.split('\n')).toHaveLength(2);
    expect(stderr).toBe('status 0\n');
  });

  it('does not hide that a path could not be read', async () => {
    const { stderr } = await ltoscope(['audit', 'no-such-file.o', 'kernel/vmlinux.a'], {
      cwd: FIXTURES_ROOT,
      closeAfter: 0,
    });
    expect(stderr).toBe('ltoscope: no-such-file.o: No such file or directory\n');
  });

  it('of diagnostics does not stop the report', async () => {
    const script =
      'ltoscope audit no-such-file.o "$1" 2>&1 >&3 3>&- | true; ltoscope identify no-such-file.o "$1" 2>/dev/null';
    const { stdout } = await ltoscopeInShell(`exec 3>&1; ${script}`, [fixturePath('kernel/arch/head.o')]);
    expect(stdout).toMatch(/^1 input/m);
    expect(stdout).toMatch(/head\.o: elf/);
  });
});

describe('standard output', () => {
  it('that is closed before the start does no harm', async () => {
    const { status, stderr } = await ltoscopeInShell('ltoscope audit "$1" >&-', [fixturePath('kernel/vmlinux.a')]);
    expect({ status, stderr }).toEqual(QUIETLY);
  });

  it('on a full disk is told, and is no success', async ({ skip }) => {
    if (process.platform !== 'linux') skip('/dev/full is of Linux');
    const { status, stderr } = await ltoscopeInShell('ltoscope audit "$1" > /dev/full', [
      fixturePath('kernel/vmlinux.a'),
    ]);
    expect(status).toBe(2);
    expect(stderr).toMatch(/^ltoscope: .*[Nn]o space left on device/);
  });

  it('arrives whole through a pipe with a slow reader', async () => {
    const direct = await ltoscope(['symbols', '--json', ...MANY]);
    const slow = await ltoscopeInShell('ltoscope symbols --json "$@" | { sleep 1; cat; }', MANY);
    expect(slow.stdout.length).toBe(direct.stdout.length);
    expect(slow.stdout === direct.stdout).toBe(true);
  });

  it('has no colours when it is no terminal', async () => {
    const { stdout } = await ltoscope(['audit', 'broken/symbol-index/vmlinux.a'], {
      cwd: FIXTURES_ROOT,
      env: { NO_COLOR: '', FORCE_COLOR: '1' },
    });
    expect(stdout).not.toContain('\u001b');
  });
});
