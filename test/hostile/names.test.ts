// Names are bytes. What a terminal would obey is escaped for people, JSON keeps every name, and two different names never
// become one, be they found in a directory, in an archive, in a response file or typed.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { archive } from '../helpers/archive-builder.ts';
import { buildElf, stringTableData, symbolTableData } from '../helpers/elf-builder.ts';
import { auditJson, jsonLines, ltoscope, ltoscopeInShell } from '../helpers/cli.ts';
import type { IdentifyLine, SymbolsLine } from '../helpers/cli.ts';
import { readFixture } from '../helpers/fixtures.ts';
import { temporaryFolder } from '../helpers/temporary.ts';

const OBJECT = readFixture('kernel/arch/head.o');
// eslint-disable-next-line no-control-regex
const CONTROL = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/;

/** Writes files whose names are given as bytes, one for each character. */
function folderOf(names: readonly string[], content: Uint8Array = OBJECT): string {
  const cwd = temporaryFolder();
  for (const name of names)
    writeFileSync(Buffer.concat([Buffer.from(`${cwd}/`), Buffer.from(name, 'latin1')]), content);
  return cwd;
}

/** An object that defines functions of these names, given as text. */
function objectDefining(names: readonly string[]): Uint8Array {
  const strings = stringTableData(names);
  const symbols = strings.offsets.map((nameOffset) => ({ nameOffset, binding: 1, type: 2, section: 1 }));
  return buildElf({
    sections: [
      { name: '.text', type: 1, flags: 6, data: Uint8Array.of(0, 0, 0, 0) },
      { name: '.symtab', type: 2, link: 3, info: 1, entrySize: 24, data: symbolTableData(symbols) },
      { name: '.strtab', type: 3, data: strings.data },
    ],
  }).bytes;
}

const NOT_UTF8 = ['caf\xe8.o', 'caf\xe9.o', 'caf\xc3.o', '\xff.o', '\xfe.o'];

describe('names that are not UTF-8', () => {
  it('stay different when a directory is searched, and their files are opened', async () => {
    const { status, stdout, stderr } = await ltoscope(['identify', '--json', '.'], { cwd: folderOf(NOT_UTF8) });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const lines = jsonLines<IdentifyLine>(stdout);
    expect(new Set(lines.map(({ file }) => file)).size).toBe(NOT_UTF8.length);
    expect(lines.map(({ file }) => file)).toContain(String.raw`./caf\xe9.o`);
    expect(lines.every(({ format }) => format === 'elf')).toBe(true);
  });

  it('differ from names that look like their escapes', async () => {
    const cwd = folderOf(['caf\xe9.o', 'caf\\xe9.o', 'caf\xc3\xa9.o']);
    const { status, stdout } = await ltoscope(['identify', '--json', '.'], { cwd });
    expect(status).toBe(0);
    const files = jsonLines<IdentifyLine>(stdout).map(({ file }) => file);
    expect(files.sort()).toEqual([String.raw`./caf\\xe9.o`, String.raw`./caf\xe9.o`, './caf\u00e9.o'].sort());
  });

  it('stay different as members of a thin archive, and their files are opened', async () => {
    const cwd = folderOf(NOT_UTF8);
    const members = NOT_UTF8.map((name) => ({ name, data: OBJECT }));
    writeFileSync(join(cwd, 'thin.a'), archive(members, { thin: true }));
    const { status, stdout } = await ltoscope(['identify', '--json', 'thin.a'], { cwd });
    expect(status).toBe(0);
    const lines = jsonLines<IdentifyLine>(stdout).slice(1);
    expect(new Set(lines.map(({ path }) => path[1])).size).toBe(NOT_UTF8.length);
    expect(lines.every(({ format }) => format === 'elf')).toBe(true);
  });

  it('are opened when they are typed', async () => {
    const cwd = folderOf(['caf\xe9.o']);
    const { status, stdout, stderr } = await ltoscopeInShell(
      String.raw`ltoscope identify --json "$(printf 'caf\351.o')"`,
      [],
      { cwd },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(jsonLines<IdentifyLine>(stdout)[0]?.file).toBe(String.raw`caf\xe9.o`);
  });

  it('stay different when two of them are typed', async () => {
    const cwd = folderOf(['caf\xe8.o', 'caf\xe9.o']);
    const script = String.raw`ltoscope identify --json "$(printf 'caf\350.o')" "$(printf 'caf\351.o')"`;
    const { stdout } = await ltoscopeInShell(script, [], { cwd });
    expect(jsonLines<IdentifyLine>(stdout).map(({ file }) => file)).toEqual([
      String.raw`caf\xe8.o`,
      String.raw`caf\xe9.o`,
    ]);
  });

  it('are opened out of a response file', async () => {
    const cwd = folderOf(['caf\xe8.o', 'caf\xe9.o']);
    writeFileSync(join(cwd, 'list'), Buffer.from('caf\xe9.o caf\xe8.o', 'latin1'));
    const { status, stdout } = await ltoscope(['identify', '--json', '@list'], { cwd });
    expect(status).toBe(0);
    expect(jsonLines<IdentifyLine>(stdout).map(({ file }) => file)).toEqual([
      String.raw`caf\xe9.o`,
      String.raw`caf\xe8.o`,
    ]);
  });

  it('of a missing file are told as they are', async () => {
    const { status, stderr } = await ltoscopeInShell(String.raw`ltoscope identify "$(printf 'caf\351.o')"`, [], {
      cwd: folderOf([]),
    });
    expect(status).toBe(2);
    expect(stderr).toBe(String.raw`ltoscope: caf\xe9.o: No such file or directory` + '\n');
  });

  it('of symbols stay different', async () => {
    // Two names of one byte each that no UTF-8 has; the builder writes text, so they are put in afterwards.
    const bytes = objectDefining(['A', 'B']);
    const at = Buffer.from(bytes).indexOf('\0A\0B\0');
    bytes[at + 1] = 0xe8;
    bytes[at + 3] = 0xe9;
    const cwd = temporaryFolder({ 'names.o': bytes });
    const { stdout } = await ltoscope(['symbols', '--json', 'names.o'], { cwd });
    expect(jsonLines<SymbolsLine>(stdout).map(({ name }) => name)).toEqual([String.raw`\xe8`, String.raw`\xe9`]);
    expect((await auditJson(['names.o'], { cwd })).report.findings).toEqual([]);
  });
});

describe('a backslash in a name', () => {
  it('is typed as it is', async () => {
    const cwd = folderOf(['back\\slash.o']);
    const { status, stdout } = await ltoscope(['identify', '--json', 'back\\slash.o'], { cwd });
    expect(status).toBe(0);
    expect(jsonLines<IdentifyLine>(stdout)[0]?.file).toBe(String.raw`back\\slash.o`);
  });
});

const EVIL = [
  'new\nline.o',
  'ret\rurn.o',
  '\x1b[2Jclear.o',
  'tab\tname.o',
  'bell\x07.o',
  'del\x7f.o',
  'bidi\xe2\x80\xae.o',
  'csi\xc2\x9b31m.o',
];

describe('control characters in names', () => {
  it.each(['audit', 'identify', 'symbols'])('are escaped in what %s prints for people', async (command) => {
    const cwd = folderOf(EVIL, OBJECT.subarray(0, 300));
    const { status, stdout, stderr } = await ltoscope([command, '.'], { cwd });
    expect(status).toBe(1);
    expect(stdout).not.toMatch(CONTROL);
    expect(stderr).not.toMatch(CONTROL);
    expect(stdout + stderr).toContain(String.raw`new\x0aline.o`);
    expect(stdout + stderr).toContain(String.raw`\x1b[2Jclear.o`);
  });

  it('are escaped in diagnostics', async () => {
    const { status, stderr } = await ltoscope(['audit', 'evil\n\u001b[31m.o', '@evil\n.rsp'], { cwd: folderOf([]) });
    expect(status).toBe(2);
    expect(stderr.trimEnd().split('\n')).toEqual([
      String.raw`ltoscope: @evil\x0a.rsp: No such file or directory`,
      String.raw`ltoscope: evil\x0a\x1b[31m.o: No such file or directory`,
    ]);
  });

  it('are escaped in what is said about wrong usage', async () => {
    for (const args of [['explain', 'evil\n\u001b[31m'], ['evil\u001b[31m'], ['audit', '--evil\u001b[31m', 'x.o']]) {
      const { status, stderr } = await ltoscope(args);
      expect(status).toBe(2);
      expect(stderr).not.toMatch(CONTROL);
    }
  });

  it('do not make a line of their own in a report', async () => {
    const name = 'x.o\n>>> defined in trusted.o';
    const { stdout } = await ltoscope(['audit', '.'], { cwd: folderOf([name], OBJECT.subarray(0, 300)) });
    expect(stdout).toMatch(/goes past the end of the file/);
    expect(stdout).not.toMatch(/^\W*>>> defined in trusted\.o/m);
  });

  it('leave JSON whole', async () => {
    const cwd = folderOf(EVIL);
    const identified = await ltoscope(['identify', '--json', '.'], { cwd });
    const lines = jsonLines<IdentifyLine>(identified.stdout);
    expect(lines).toHaveLength(EVIL.length);
    expect(lines.map(({ file }) => file)).toEqual(
      expect.arrayContaining(['./new\nline.o', './\u001b[2Jclear.o', './tab\tname.o']),
    );
    const cut = await auditJson(['.'], { cwd: folderOf(EVIL, OBJECT.subarray(0, 300)) });
    expect(cut.report.findings.map(({ locations }) => locations[0]?.file)).toEqual(
      expect.arrayContaining(['./new\nline.o']),
    );
    expect(cut.report.findings).toHaveLength(EVIL.length);
  });

  it('of members are escaped for people and whole in JSON', async () => {
    const names = EVIL.filter((name) => !name.includes('\n'));
    const members = names.map((name) => ({ name, data: OBJECT.subarray(0, 300) }));
    const cwd = temporaryFolder({ 'lib.a': archive(members) });
    for (const command of ['audit', 'members', 'identify']) {
      const { stdout, stderr } = await ltoscope([command, 'lib.a'], { cwd });
      expect(stdout).not.toMatch(CONTROL);
      expect(stderr).not.toMatch(CONTROL);
    }
    const { report } = await auditJson(['lib.a'], { cwd });
    expect(report.findings.map(({ locations }) => locations[0]?.path[1])).toEqual(
      names.map((name) => Buffer.from(name, 'latin1').toString('utf8')),
    );
  });

  it('of symbols and sections are escaped for people and whole in JSON', async () => {
    const evil = 'sym\n\u001b[31mbol';
    const cwd = temporaryFolder({ 'a.o': objectDefining([evil]), 'b.o': objectDefining([evil, 'other']) });
    const { stdout } = await ltoscope(['symbols', 'a.o'], { cwd });
    expect(stdout).not.toMatch(CONTROL);
    expect(stdout).toContain(String.raw`T sym\x0a\x1b[31mbol`);
    const audited = await ltoscope(['audit', 'a.o', 'b.o'], { cwd });
    expect(audited.status).toBe(1);
    expect(audited.stdout).not.toMatch(CONTROL);
    const { report } = await auditJson(['a.o', 'b.o'], { cwd });
    expect(report.findings[0]?.data).toMatchObject({ symbols: [evil] });
  });
});

describe('names that objects of JavaScript have', () => {
  const NAMES = ['__proto__', 'constructor', 'toString', 'hasOwnProperty'];

  it('are names like others', async () => {
    const cwd = temporaryFolder({
      'lib.a': archive(NAMES.map((name) => ({ name, data: OBJECT }))),
      'a.o': objectDefining(NAMES),
      'b.o': objectDefining(NAMES),
    });
    const { stdout } = await ltoscope(['identify', '--json', 'lib.a'], { cwd });
    expect(
      jsonLines<IdentifyLine>(stdout)
        .slice(1)
        .map(({ path }) => path[1]),
    ).toEqual(NAMES);
    const { report } = await auditJson(['a.o', 'b.o'], { cwd });
    const duplicates = report.findings.find(({ rule }) => rule === 'duplicate-symbol');
    expect([...(duplicates?.data['symbols'] as string[])].sort()).toEqual([...NAMES].sort());
  });
});
