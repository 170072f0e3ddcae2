// Definitions of one name, put to ld.lld. All combinations of three are one link: each has a name of its own.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { findDuplicateDefinitions } from '../../src/link/index.ts';
import { linkSetOfFiles } from '../helpers/link-set.ts';
import { BINDING, buildObject, SHN, TYPE } from '../helpers/object-builder.ts';
import type { ObjectSymbol } from '../helpers/object-builder.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { describeWithTools, run } from '../helpers/tools.ts';

/** Ways to define the name `f`, or not to. */
const KINDS: Readonly<Record<string, (f: string) => ObjectSymbol[]>> = {
  absent: () => [],
  strong: (f) => [{ name: f }],
  unique: (f) => [{ name: f, binding: BINDING.unique, type: TYPE.object }],
  weak: (f) => [{ name: f, binding: BINDING.weak }],
  local: (f) => [{ name: f, binding: BINDING.local }],
  undefined: (f) => [{ name: f, section: SHN.undefined, type: TYPE.none }],
  common: (f) => [{ name: f, section: SHN.common, type: TYPE.object, value: 4n }],
  absolute0: (f) => [{ name: f, section: SHN.absolute, type: TYPE.none }],
  absolute16: (f) => [{ name: f, section: SHN.absolute, type: TYPE.none, value: 16n }],
  absolute32: (f) => [{ name: f, section: SHN.absolute, type: TYPE.none, value: 32n }],
  comdat: (f) => [{ name: f, group: `${f}_sig` }],
  comdatOfItself: (f) => [{ name: f, group: f }],
  comdatOfWeak: (f) => [{ name: `${f}_weak`, binding: BINDING.weak, group: `${f}_sig` }],
  weakInComdat: (f) => [{ name: f, binding: BINDING.weak, group: `${f}_sig` }],
  defaultVersion: (f) => [{ name: `${f}@@V1` }],
  otherDefaultVersion: (f) => [{ name: `${f}@@V2` }],
  otherVersion: (f) => [{ name: `${f}@V1` }],
};
const kinds = Object.keys(KINDS);
const combinations = kinds.flatMap((a) => kinds.flatMap((b) => kinds.map((c) => [a, b, c] as const)));

// For ld.lld a unique definition does not replace a weak one, and what a weak one stands for is never a duplicate. Facts
// leave weak definitions out; compilers put unique ones into COMDATs.
const UNIQUE_BEHIND_WEAK = ['weak, unique, unique', 'weakInComdat, unique, unique'];

/** The object at one position of all combinations. */
function objectAt(position: 0 | 1 | 2): Uint8Array {
  const symbols = combinations.flatMap((combination, i) => KINDS[combination[position]]?.(`f${i}`) ?? []);
  return buildObject({ symbols }).bytes;
}

/** The combinations of which one list has a name and the other has not. */
function difference(one: readonly string[], other: readonly string[]): string[] {
  const known = new Set(describeNames(other));
  return describeNames(one).filter((name) => !known.has(name));
}

/** `f12@@V` as the combination it stands for. */
function describeNames(names: Iterable<string>): string[] {
  const found = Array.from(names, (name) => {
    const [, number, version = ''] = /^f(\d+)(@.*)?$/.exec(name) ?? [];
    const isDefault = version.startsWith('@@');
    return `${combinations[Number(number)]?.join(', ')}${isDefault ? '' : version}`;
  });
  return [...new Set(found)].sort();
}

describeWithTools('duplicates are those that ld.lld reports', ['ld.lld-22'], ([lld]) => {
  it('in every combination of three definitions', () => {
    const files = { 'a.o': objectAt(0), 'b.o': objectAt(1), 'c.o': objectAt(2) };
    const folder = temporaryFolder(files);
    const { stderr } = run(lld, ['-r', '--threads=1', '--error-limit=0', '-o', 'out.o', ...Object.keys(files)], {
      cwd: folder,
    });
    const theirs = Array.from(stderr.matchAll(/error: duplicate symbol: (\S+)/g), ([, name]) => name as string);
    const others = stderr.split('\n').filter((line) => line.includes('error:') && !line.includes('duplicate symbol'));
    expect(others).toEqual([]);
    const ours = findDuplicateDefinitions(linkSetOfFiles(files)).map(({ name }) => name);
    expect(difference(theirs, ours), 'only ld.lld').toEqual([]);
    expect(difference(ours, theirs), 'only here').toEqual(UNIQUE_BEHIND_WEAK);
  });
});

describeWithTools('COMDATs of bitcode are those that ld.lld keeps', ['clang-22', 'ld.lld-22'], ([clang, lld]) => {
  const SELECTIONS = ['any', 'exactmatch', 'largest', 'samesize', 'nodeduplicate'] as const;

  function source(selection: string): string {
    return [
      'target datalayout = "e-m:e-i8:8:32-i16:16:32-i64:64-i128:128-n32:64-S128"',
      'target triple = "aarch64-unknown-linux-gnu"',
      `$f = comdat ${selection}`,
      '@f = global i32 1, comdat',
    ].join('\n');
  }

  const folder = temporaryFolder(Object.fromEntries(SELECTIONS.map((name) => [`${name}.ll`, source(name)])));
  const compiled = new Map<string, Uint8Array>();

  function bitcodeOf(selection: string): Uint8Array {
    const known = compiled.get(selection);
    if (known !== undefined) return known;
    const args = ['--target=aarch64-linux-gnu', '-flto', '-c', `${selection}.ll`, '-o', `${selection}.o`];
    expect(run(clang, args, { cwd: folder }).status).toBe(0);
    const bytes = new Uint8Array(readFileSync(join(folder, `${selection}.o`)));
    compiled.set(selection, bytes);
    return bytes;
  }

  it.each(SELECTIONS.flatMap((one) => SELECTIONS.map((other) => [one, other] as const)))(
    '%s, then %s',
    (one, other) => {
      const files = { 'a.o': bitcodeOf(one), 'b.o': bitcodeOf(other) };
      for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
      const { stderr } = run(lld, ['-r', '-o', '/dev/null', 'a.o', 'b.o'], { cwd: folder });
      const theirs = /error: duplicate symbol: f$/m.test(stderr);
      expect(findDuplicateDefinitions(linkSetOfFiles(files)).length > 0).toBe(theirs);
    },
  );
});
