// Archives of random members, written in every dialect, read back as what was written.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openArchive } from '../../src/archive/index.ts';
import { decodeName } from '../../src/bytes/index.ts';
import {
  REGULAR_MAGIC,
  aixArchive,
  archive,
  bsdIndexData,
  bsdMember,
  concat,
  latin1,
  member,
  symbolIndexData,
} from '../helpers/archive-builder.ts';

interface Part {
  readonly name: string;
  readonly data: Uint8Array;
}

// Names that every dialect can hold: of Latin-1 characters, one for each byte.
const name = fc
  .string({ unit: fc.constantFrom('a', 'b', '.', '-', ' ', '\\', '\xe4', '\xff'), minLength: 1, maxLength: 40 })
  .map((text) => `n${text}o`);
const parts: fc.Arbitrary<Part[]> = fc.array(fc.record({ name, data: fc.uint8Array({ maxLength: 9 }) }), {
  maxLength: 6,
});
const symbols = fc.array(fc.tuple(name, fc.integer({ min: 0, max: 2 ** 32 - 1 })), { maxLength: 8 });

const WRITERS: Readonly<Record<string, (members: readonly Part[]) => Uint8Array>> = {
  GNU: (members) => archive(members),
  BSD: (members) =>
    concat(
      REGULAR_MAGIC,
      ...members.map((each) => bsdMember(each.name, each.data, each.name.length + (each.data.length % 3))),
    ),
  'big AIX': (members) => aixArchive('<bigaf>\n', members),
  'small AIX': (members) => aixArchive('<aiaff>\n', members),
};

describe('an archive of any members', () => {
  it.each(Object.entries(WRITERS))('reads as it was written: %s', (_, write) => {
    fc.assert(
      fc.property(parts, (members) => {
        const read = [...openArchive(write(members)).members()];
        expect(read.map((each) => each.name)).toEqual(members.map((each) => decodeName(latin1(each.name))));
        expect(read.map(({ data }) => data?.view(0, data.length, 'data').bytes)).toEqual(
          members.map(({ data }) => data),
        );
        expect(read.map(({ nameBytes }) => nameBytes)).toEqual(members.map((each) => latin1(each.name)));
      }),
    );
  });
});

describe('an index of any symbols', () => {
  it.each<[string, string, (rows: readonly (readonly [string, number])[]) => Uint8Array]>([
    ['GNU', '/', (rows) => symbolIndexData(rows)],
    ['GNU64', '/SYM64/', (rows) => symbolIndexData(rows, 8)],
    ['BSD', '__.SYMDEF', (rows) => bsdIndexData(rows)],
    ['big endian BSD', '__.SYMDEF', (rows) => bsdIndexData(rows, { littleEndian: false })],
    ['Darwin', '__.SYMDEF_64', (rows) => bsdIndexData(rows, { wordSize: 8 })],
  ])('reads as it was written, and finds each name: %s', (_, indexName, write) => {
    fc.assert(
      fc.property(symbols, (rows) => {
        const index = openArchive(concat(REGULAR_MAGIC, member(indexName, write(rows)))).symbolIndex();
        if (index === undefined) throw new Error('no index');
        const read = Array.from({ length: index.length }, (__, i) => [index.name(i), index.memberOffset(i)]);
        expect(read).toEqual(rows.map(([text, offset]) => [decodeName(latin1(text)), offset]));
        for (const [text] of rows) {
          const same = rows.flatMap(([other], i) => (other === text ? [i] : []));
          expect(index.entriesOf(latin1(text))).toEqual(same);
        }
      }),
    );
  });
});
