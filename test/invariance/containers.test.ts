// What is known of an object does not depend on what it lies in: only places move.

import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/audit/index.ts';
import { ByteRange } from '../../src/bytes/index.ts';
import { listSymbols, NameInterner, readComdatSignatures, readFacts, walkInputs } from '../../src/link/index.ts';
import type { InputFacts, WalkedInput } from '../../src/link/index.ts';
import { auditPaths } from '../../src/node/index.ts';
import {
  archive,
  concat,
  extendedNames,
  header,
  member,
  REGULAR_MAGIC,
  THIN_MAGIC,
} from '../helpers/archive-builder.ts';
import { fixturesOfKind, readFixture } from '../helpers/fixtures.ts';
import { memoryHost } from '../helpers/memory-host.ts';
import { temporaryFolder } from '../helpers/temporary.ts';

/** Everything that is known of an input, with names as text and places from the start of the object. */
function knownOf(input: WalkedInput): unknown {
  const { range } = input;
  if (range === undefined) throw new Error('the walk gives every input its bytes');
  const names = new NameInterner();
  const facts = readFacts(range, names, input.format);
  return {
    ...facts,
    definitions: definitionsAsText(facts, names),
    faults: facts.faults.map((fault) => ({
      ...fault,
      offset: fault.offset - range.base,
      ...('entries' in fault
        ? { entries: fault.entries.map((entry) => ({ ...entry, offset: entry.offset - range.base })) }
        : {}),
    })),
    comdats: readComdatSignatures(range, names).map((id) => names.text(id)),
    symbols: facts.faults.length === 0 && facts.definitions !== undefined ? [...listSymbols(range)] : [],
  };
}

function definitionsAsText({ definitions }: InputFacts, names: NameInterner): unknown {
  return Array.from(definitions?.names ?? [], (id, i) => [
    names.text(id),
    definitions?.comdats?.[i] === undefined || definitions.comdats[i] === -1 ? '' : names.text(definitions.comdats[i]),
    definitions?.absolutes?.get(i),
  ]);
}

/** The only input in a file of a disk. */
function onlyInput(files: Readonly<Record<string, Uint8Array>>, file: string): WalkedInput {
  const inputs = [...walkInputs(memoryHost(files), file)].filter((walked) => walked.kind === 'input');
  const wanted = inputs.filter(({ path }) => path.at(-1)?.endsWith('wanted.o') === true);
  if (wanted.length !== 1) throw new Error(`expected one input, there are ${wanted.length}`);
  return wanted[0] as WalkedInput;
}

// A member begins at an even offset, as ar writes it. What lies around the archive may shift it to an odd one.
const CONTAINERS: Readonly<Record<string, (object: Uint8Array) => WalkedInput>> = {
  'first in a regular archive': (object) =>
    onlyInput({ 'lib.a': concat(REGULAR_MAGIC, member('wanted.o/', object)) }, 'lib.a'),
  'behind a member of odd size': (object) =>
    onlyInput({ 'lib.a': concat(REGULAR_MAGIC, member('text/', 'odd'), member('wanted.o/', object)) }, 'lib.a'),
  'at 2 modulo 4': (object) =>
    onlyInput({ 'lib.a': concat(REGULAR_MAGIC, member('text/', '12'), member('wanted.o/', object)) }, 'lib.a'),
  'with a long name': (object) =>
    onlyInput(
      { 'lib.a': archive([{ name: 'a_name_that_is_too_long_for_the_header_wanted.o', data: object }]) },
      'lib.a',
    ),
  'in an archive that begins at an odd address in memory': (object) =>
    onlyInput({ 'lib.a': concat('x', REGULAR_MAGIC, member('wanted.o/', object)).subarray(1) }, 'lib.a'),
  'in an archive in an archive': (object) => {
    const inner = archive([{ name: 'wanted.o', data: object }]);
    return onlyInput({ 'lib.a': archive([{ name: 'inner.a', data: inner }]) }, 'lib.a');
  },
  'in a thin archive': (object) =>
    onlyInput(
      { 'dir/lib.a': archive([{ name: 'sub/wanted.o', data: object }], { thin: true }), 'dir/sub/wanted.o': object },
      'dir/lib.a',
    ),
  'in a regular archive that GNU ar names in a thin one': (object) => {
    const thin = concat(THIN_MAGIC, extendedNames('wanted.o/\n'), header({ name: '/0:8', size: object.length }));
    return onlyInput({ 'lib.a': thin, 'wanted.o': concat(REGULAR_MAGIC, member('wanted.o/', object)) }, 'lib.a');
  },
};

const objects = [
  ...fixturesOfKind('elf', 'symbols'),
  ...fixturesOfKind('bitcode', 'symbols'),
  ...fixturesOfKind('elf', 'comdat'),
  ...fixturesOfKind('bitcode', 'comdat'),
  ...fixturesOfKind('elf', 'targets'),
  ...fixturesOfKind('bitcode', 'targets'),
  ...fixturesOfKind('elf', 'embedded'),
  ...fixturesOfKind('elf', 'gcc'),
  ...fixturesOfKind('elf', 'broken'),
  ...fixturesOfKind('bitcode', 'broken'),
];

describe.each(Object.entries(CONTAINERS))('an object %s', (_, contain) => {
  it.each(objects)('%s has the same facts', (name) => {
    const bytes = readFixture(name);
    expect(knownOf(contain(bytes))).toEqual(knownOf(onlyInput({ 'wanted.o': bytes }, 'wanted.o')));
  });

  it('has places that count from the start of the file that holds it', () => {
    const bytes = readFixture('broken/symbol-index/arch/head.o');
    const { range } = contain(bytes);
    if (range === undefined) throw new Error('the input has no bytes');
    const [fault] = readFacts(range, new NameInterner()).faults;
    expect((fault?.offset ?? 0) - range.base).toBe(496);
  });
});

describe('bitcode in a wrapper', () => {
  /** Puts a wrapper around a bitstream, at an offset of its own. */
  function wrap(bitcode: Uint8Array, offset = 20): Uint8Array {
    const head = new Uint8Array(offset);
    const view = new DataView(head.buffer);
    for (const [i, word] of [0x0b17c0de, 0, offset, bitcode.length, 0x0100000c].entries())
      view.setUint32(i * 4, word, true);
    const padding = new Uint8Array((16 - ((offset + bitcode.length) % 16)) % 16);
    return concat(head, bitcode, padding);
  }

  const bare = fixturesOfKind('bitcode').filter((name) => {
    const [first] = readFixture(name);
    return first === 0x42 && !name.startsWith('archives/');
  });

  it.each(bare)('%s has the same facts', (name) => {
    const bytes = readFixture(name);
    const loose = knownOf(onlyInput({ 'wanted.o': bytes }, 'wanted.o')) as object;
    for (const offset of [20, 24, 64]) {
      const wrapped = wrap(bytes, offset);
      expect(knownOf(onlyInput({ 'wanted.o': wrapped }, 'wanted.o'))).toEqual({
        ...loose,
        size: wrapped.length,
        wrapped: true,
      });
    }
  });

  it('has places that count from the start of the file', () => {
    const cut = readFixture('broken/cut/bitcode.o');
    const faultOf = (bytes: Uint8Array) => readFacts(ByteRange.from(bytes), new NameInterner()).faults[0];
    expect(faultOf(wrap(cut))?.offset).toBe((faultOf(cut)?.offset ?? 0) + 20);
  });
});

describe('findings', () => {
  // The same broken object loose, in a thin archive and in a regular one behind a member of odd size.
  const broken = readFixture('broken/symbol-index/arch/head.o');
  const before = member('text/', 'odd');
  const folder = temporaryFolder({
    'loose/head.o': broken,
    'thin/lib.a': archive([{ name: 'head.o', data: broken }], { thin: true }),
    'thin/head.o': broken,
    'regular/lib.a': concat(REGULAR_MAGIC, before, member('head.o/', broken)),
  });

  function findingIn(file: string): Finding {
    const { report } = auditPaths([`${folder}/${file}`]);
    const found = report.findings.filter(({ rule }) => rule === 'invalid-symbol-index');
    expect(found).toHaveLength(1);
    return found[0] as Finding;
  }

  it.each([
    ['loose/head.o', 'loose/head.o', 0],
    ['thin/lib.a', 'thin/head.o', 0],
    ['regular/lib.a', 'regular/lib.a', 8 + before.length + 60],
  ])('in %s name the file that holds the bytes and the offset in it', (named, file, shift) => {
    const finding = findingIn(named);
    expect(finding.data).toEqual(findingIn('loose/head.o').data);
    expect(finding.locations).toMatchObject([
      { file: `${folder}/${file}`, offset: 496 + shift, section: '.rela.head.text', entry: 0 },
    ]);
  });

  it('of an object that is in two archives of a folder come once', () => {
    const shared = temporaryFolder({
      'a.a': archive([{ name: 'head.o', data: broken }], { thin: true }),
      'b.a': archive([{ name: 'head.o', data: broken }], { thin: true }),
      'head.o': broken,
    });
    const { report } = auditPaths([shared]);
    expect(report.findings.map(({ rule }) => rule)).toEqual(['invalid-symbol-index']);
    expect(report.summary).toMatchObject({ inputs: 1, errors: 1 });
  });
});
