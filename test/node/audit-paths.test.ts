// Which inputs are one link: what is named together; in a directory each archive by itself and each loose object by itself.

import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/audit/index.ts';
import { auditPaths } from '../../src/node/index.ts';
import { archive } from '../helpers/archive-builder.ts';
import { fixturePath, readFixture } from '../helpers/fixtures.ts';
import { temporaryFolder } from '../helpers/temporary.ts';

const A = readFixture('duplicates/elf-elf/a.o');
const B = readFixture('duplicates/elf-elf/b.o');
const TWIN = { bitcode: readFixture('twins/lto/foo.o'), native: readFixture('twins/lto/foo.lto.o') };

function audited(folder: string, ...paths: string[]) {
  const { report, unreadable } = auditPaths(paths.map((path) => join(folder, path)));
  expect(unreadable).toEqual([]);
  const rules = inputFindings(report.findings)
    .map(({ rule, severity }) => `${rule} ${severity}`)
    .sort();
  return { inputs: report.summary.inputs, rules };
}

/** What is found of inputs; the archives here tell no sizes, have no index and name files twice. */
function inputFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ rule }) => !/^archive-|^thin-member-changed$|^repeated-member$/.test(rule));
}

function thin(...names: string[]): Uint8Array {
  return archive(
    names.map((name) => ({ name, data: '' })),
    { thin: true },
  );
}

describe('paths that are named', () => {
  it('are one link', () => {
    const folder = temporaryFolder({ 'a.o': A, 'b.o': B });
    expect(audited(folder, 'a.o', 'b.o')).toEqual({ inputs: 2, rules: ['duplicate-symbol error'] });
  });

  it('are one link with the members of archives among them', () => {
    const folder = temporaryFolder({ 'a.o': A, 'b.o': B, 'thin.a': thin('b.o') });
    expect(audited(folder, 'a.o', 'thin.a')).toEqual({ inputs: 2, rules: ['duplicate-symbol error'] });
  });

  it('count once however they are named', () => {
    const folder = temporaryFolder({ 'a.o': A, 'd/x.o': B, 'thin.a': thin('a.o', 'hard.o', 'soft.o', './d/../a.o') });
    linkSync(join(folder, 'a.o'), join(folder, 'hard.o'));
    symlinkSync('a.o', join(folder, 'soft.o'));
    expect(audited(folder, 'a.o', 'hard.o', 'soft.o', 'thin.a', 'a.o', 'thin.a')).toEqual({ inputs: 1, rules: [] });
  });

  it('count once as members of one archive that is reached twice', () => {
    const folder = temporaryFolder({ 'lib.a': archive([{ name: 'a.o', data: A }]), 'thin.a': thin('lib.a') });
    expect(audited(folder, 'lib.a', 'lib.a', 'thin.a')).toEqual({ inputs: 1, rules: [] });
  });

  it('that are copies are two inputs', () => {
    const folder = temporaryFolder({ 'a.o': A, 'copy.o': A });
    expect(audited(folder, 'a.o', 'copy.o')).toEqual({ inputs: 2, rules: ['duplicate-symbol error'] });
  });
});

describe('a directory', () => {
  it('has each archive as a link of its own', () => {
    const folder = temporaryFolder({ 'one.a': thin('a.o'), 'two.a': thin('b.o'), 'a.o': A, 'b.o': B });
    expect(audited(folder, '')).toEqual({ inputs: 2, rules: [] });
  });

  it('finds a duplicate within one of its archives', () => {
    const folder = temporaryFolder({ 'one.a': thin('a.o', 'b.o'), 'two.a': thin('b.o'), 'a.o': A, 'b.o': B });
    expect(audited(folder, '')).toEqual({ inputs: 2, rules: ['duplicate-symbol error'] });
  });

  it('takes loose objects one by one', () => {
    const folder = temporaryFolder({ 'a.o': A, 'b.o': B, 'foo.o': TWIN.bitcode, 'foo.lto.o': TWIN.native });
    expect(audited(folder, '')).toEqual({ inputs: 4, rules: [] });
  });

  it('finds twins within one of its archives', () => {
    const folder = temporaryFolder({
      'foo.o': TWIN.bitcode,
      'foo.lto.o': TWIN.native,
      'lib.a': thin('foo.o', 'foo.lto.o'),
    });
    expect(audited(folder, '')).toEqual({ inputs: 2, rules: ['duplicate-symbol error', 'lto-native-twin error'] });
  });

  it('is not linked with the paths beside it', () => {
    const folder = temporaryFolder({ 'a.o': A, 'd/b.o': B });
    expect(audited(folder, 'a.o', 'd')).toEqual({ inputs: 2, rules: [] });
  });

  it('tells what is wrong with an object once, though archives and directories share it', () => {
    const folder = temporaryFolder({
      'sub/cut.o': A.subarray(0, 300),
      'sub/built-in.a': thin('cut.o'),
      'built-in.a': thin('sub/cut.o'),
      'vmlinux.a': thin('sub/cut.o'),
    });
    symlinkSync('sub', join(folder, 'link'));
    expect(audited(folder, '', 'sub')).toEqual({ inputs: 1, rules: ['malformed-input error'] });
  });

  it('has no finding where each of its kbuild archives is healthy', () => {
    const { report } = auditPaths([fixturePath('kernel/vmlinux.a').replace('/vmlinux.a', '')]);
    expect(inputFindings(report.findings)).toEqual([]);
    expect(report.summary.inputs).toBe(8);
  });

  it('tells members of equal name apart', () => {
    const cut = A.subarray(0, 300);
    const members = [
      { name: 'same.o', data: cut },
      { name: 'same.o', data: cut },
    ];
    const folder = temporaryFolder({ 'lib.a': archive(members) });
    const { report } = auditPaths([folder]);
    const findings = inputFindings(report.findings);
    expect(findings).toHaveLength(2);
    expect(new Set(findings.map(({ locations }) => locations[0]?.memberOffset)).size).toBe(2);
  });
});

describe('the inventory', () => {
  it('counts bytes of members as they are on disk, whatever the archive states', () => {
    const folder = temporaryFolder({ 'thin.a': thin('a.o'), 'a.o': A });
    const { report } = auditPaths([join(folder, 'thin.a')]);
    expect(report.summary).toMatchObject({ inputs: 1, bytes: { total: A.length, byFormat: { elf: A.length } } });
  });

  it('counts an object that is in many sets once', () => {
    const folder = temporaryFolder({ 'a.o': A });
    mkdirSync(join(folder, 'd'));
    for (let i = 0; i < 5; i += 1) writeFileSync(join(folder, `${i}.a`), thin('a.o'));
    expect(audited(folder, '').inputs).toBe(1);
  });

  it('counts a missing member that is in many sets once', () => {
    const folder = temporaryFolder({ 'one.a': thin('gone.o'), 'two.a': thin('gone.o') });
    const { report } = auditPaths([folder]);
    expect(report.summary.byFormat).toEqual({ missing: 1 });
    expect(inputFindings(report.findings).map(({ rule }) => rule)).toEqual(['missing-member']);
  });
});
