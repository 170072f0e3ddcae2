// No false error: whatever the linkers of a system have made or link every day is sound. Objects, libraries and members of
// archives of the machine that the tests run on, some of them; LTOSCOPE_SYSTEM_PATHS names folders to look through whole.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isArchiveMagic, openArchive } from '../../src/archive/index.ts';
import type { ByteRange } from '../../src/bytes/index.ts';
import { openElf } from '../../src/elf/index.ts';
import { validate } from '../../src/elf/validate/index.ts';
import { FIXTURES_ROOT } from '../helpers/fixtures.ts';

/** Where a Debian system has what its linkers take; folders that are missing are passed over. */
const FOLDERS = [
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib/gcc/x86_64-linux-gnu/12',
  '/usr/aarch64-linux-gnu/lib',
  '/usr/lib/llvm-14/lib',
];
/** Files of each folder and kind, and members of each archive, that are looked at. */
const SAMPLE = { files: 40, members: 25, fileSize: 2 ** 24 } as const;
const LINKERS = [14, 22] as const;
const OUTPUTS = ['relocatable', 'final'] as const;
const KINDS = [/\.o$/, /\.a$/, /\.so(\.\d+)*$/];

/** Every `step`th, so that `count` are taken from all over the list. */
function sampleOf<T>(list: readonly T[], count: number): T[] {
  const step = Math.max(1, Math.floor(list.length / count));
  return list.filter((_, i) => i % step === 0).slice(0, count);
}

/** The errors in an object, one line for each; `undefined` for what is no ELF file. */
function errorsIn(name: string, input: Uint8Array | ByteRange): string[] | undefined {
  const magic =
    input instanceof Uint8Array ? input.subarray(0, 4) : input.view(0, Math.min(4, input.length), name).bytes;
  if (String.fromCharCode(...magic) !== '\x7fELF') return undefined;
  const elf = openElf(input);
  return LINKERS.flatMap((major) =>
    OUTPUTS.flatMap((output) =>
      validate(elf, { linker: { name: 'lld', major }, output }).flatMap(({ severity, condition, message }) =>
        severity === 'error' ? [`${name} (lld ${major}, ${output}): ${condition}: ${message}`] : [],
      ),
    ),
  );
}

/** What was found in files, and how many objects were looked at. */
interface Look {
  count: number;
  readonly errors: string[];
}

/** Looks at a file, or at members of an archive; passes over what is neither. */
function lookAt(look: Look, path: string, memberCount: number): void {
  const add = (errors: string[] | undefined) => {
    if (errors === undefined) return;
    look.count += 1;
    look.errors.push(...errors);
  };
  const bytes = new Uint8Array(readFileSync(path));
  if (!isArchiveMagic(bytes)) {
    add(errorsIn(path, bytes));
    return;
  }
  const members = [...openArchive(bytes).members()];
  for (const { name, data } of sampleOf(members, memberCount)) {
    if (data !== undefined) add(errorsIn(`${path}(${name})`, data));
  }
}

/** The files below a folder, links passed over. */
function filesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true }).flatMap((entry) =>
    entry.isFile() ? [join(entry.parentPath, entry.name)] : [],
  );
}

describe('validate', () => {
  for (const folder of FOLDERS.filter((path) => existsSync(path))) {
    it(`finds no error in what is in ${folder}`, { timeout: 60_000 }, () => {
      const files = readdirSync(folder)
        .map((name) => join(folder, name))
        .filter((path) => statSync(path).isFile() && statSync(path).size <= SAMPLE.fileSize);
      const look: Look = { count: 0, errors: [] };
      for (const kind of KINDS) {
        const ofKind = files.filter((path) => kind.test(path));
        for (const path of sampleOf(ofKind, SAMPLE.files)) lookAt(look, path, SAMPLE.members);
      }
      expect(look.errors).toEqual([]);
      expect(look.count).toBeGreaterThan(0);
    });
  }

  it('finds no error in the fixtures that linkers take', () => {
    const look: Look = { count: 0, errors: [] };
    // Those of fixtures/relocations have every relocation of the machine, of which lld does not know some, either.
    const refused = ['broken', 'relocations'].map((name) => join(FIXTURES_ROOT, name));
    const isSound = (path: string) => path.endsWith('.o') && !refused.some((folder) => path.startsWith(folder));
    const paths = filesBelow(FIXTURES_ROOT).filter(isSound);
    for (const path of paths) lookAt(look, path, SAMPLE.members);
    expect(look.errors).toEqual([]);
    expect(look.count).toBeGreaterThan(50);
  });

  for (const folder of (process.env['LTOSCOPE_SYSTEM_PATHS'] ?? '').split(delimiter).filter((path) => path !== '')) {
    it(`finds no error in any file below ${folder}`, { timeout: 3_600_000 }, () => {
      const look: Look = { count: 0, errors: [] };
      for (const path of filesBelow(folder)) lookAt(look, path, Number.POSITIVE_INFINITY);
      expect(look.errors).toEqual([]);
    });
  }
});
