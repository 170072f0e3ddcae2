// Every ELF fixture against LLVM's and GNU's tools, fact by fact. What differs and why stands in known-differences.json.

import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compareWithGnuReadelf } from '../elf/gnu-readelf.ts';
import { compareWithNm, compareWithReadobj } from '../elf/reference-tools.ts';
import { readLtoContent } from '../../src/elf/content/index.ts';
import { openElf } from '../../src/elf/index.ts';
import { fixturePath, fixturesOfKind, readFixture } from '../helpers/fixtures.ts';
import { describeWithTools } from '../helpers/tools.ts';

interface KnownDifference {
  readonly tool: string;
  /** The fixture, and how a difference there begins. */
  readonly fixture: string;
  readonly difference: string;
  readonly reason: string;
}

const KNOWN = JSON.parse(
  readFileSync(new URL('known-differences.json', import.meta.url), 'utf8'),
) as readonly KnownDifference[];

const FIXTURES = fixturesOfKind('elf');

/** The differences that no reason is known for. */
function unexplained(tool: string, fixture: string, differences: readonly string[]): string[] {
  const known = KNOWN.filter((entry) => entry.tool === tool && entry.fixture === fixture);
  return differences
    .map((difference) => difference.slice(difference.indexOf(': ') + 2))
    .filter((difference) => !known.some((entry) => difference.startsWith(entry.difference)));
}

describeWithTools('ELF fixtures, against', ['llvm-readobj-22', 'llvm-nm-22', 'readelf'], ([readobj, nm, readelf]) => {
  it.each(FIXTURES)('%s', (fixture) => {
    const path = fixturePath(fixture);
    const byReadobj = compareWithReadobj(readobj, path);
    expect(unexplained('llvm-readobj', fixture, byReadobj.differences)).toEqual([]);
    expect(byReadobj.compared).toBeGreaterThan(20);
    const byReadelf = compareWithGnuReadelf(readelf, path);
    expect(unexplained('readelf', fixture, byReadelf.differences)).toEqual([]);
    expect(byReadelf.compared).toBeGreaterThan(20);
    // Of objects with bitcode for LTO in them llvm-nm lists the symbols of the bitcode.
    if (readLtoContent(openElf(readFixture(fixture))).kind === 'llvm-fat') return;
    expect(unexplained('llvm-nm', fixture, compareWithNm(nm, path).differences)).toEqual([]);
  });
});

describe('the known differences', () => {
  it('are few, and each has its reason', () => {
    expect(KNOWN.length).toBeLessThanOrEqual(6);
    for (const { reason } of KNOWN) expect(reason.length).toBeGreaterThan(30);
  });
});
