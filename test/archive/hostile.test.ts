// Archives that are cut at every length, or have a field of a header overwritten: only FormatError may come out.

import { describe, expect, it } from 'vitest';
import { openArchive } from '../../src/archive/index.ts';
import { FormatError } from '../../src/bytes/index.ts';
import {
  REGULAR_MAGIC,
  THIN_MAGIC,
  aixArchive,
  bsdIndexData,
  bsdMember,
  coffIndexData,
  concat,
  ecIndexData,
  extendedNames,
  header,
  member,
  symbolIndexData,
} from '../helpers/archive-builder.ts';

const symbolsAt = (first: number, second: number) =>
  [
    ['f', first],
    ['g', second],
  ] as const;
const SYMBOLS = symbolsAt(172, 232);

const ARCHIVES: readonly (readonly [string, Uint8Array])[] = [
  [
    'regular',
    concat(
      REGULAR_MAGIC,
      member('/', symbolIndexData(SYMBOLS)),
      extendedNames('a-long-name-of-a-member.o/\n'),
      member('/0'),
      member('b.o/', 'odd'),
    ),
  ],
  [
    'thin',
    concat(
      THIN_MAGIC,
      member('/SYM64/', symbolIndexData(SYMBOLS, 8)),
      extendedNames('dir/a.o/\n', 'reg.a/\n'),
      header({ name: '/0', size: 100 }),
      header({ name: '/9:8', size: 100 }),
    ),
  ],
  [
    'BSD',
    concat(
      REGULAR_MAGIC,
      bsdMember('__.SYMDEF SORTED', bsdIndexData(symbolsAt(116, 196)), 20),
      bsdMember('a long name.o', 'odd', 16),
      member('b.o', 'even'),
    ),
  ],
  [
    'Darwin',
    concat(
      REGULAR_MAGIC,
      bsdMember('__.SYMDEF_64', bsdIndexData(symbolsAt(132, 132), { wordSize: 8 })),
      bsdMember('b.o'),
    ),
  ],
  [
    'COFF',
    concat(
      REGULAR_MAGIC,
      member('/', symbolIndexData(SYMBOLS)),
      member(
        '/',
        coffIndexData(
          [314, 314],
          [
            ['f', 1],
            ['g', 2],
          ],
        ),
      ),
      extendedNames('a long name.obj\0'),
      member('/<ECSYMBOLS>/', ecIndexData([['#f', 1]])),
      member('/0', 'odd'),
    ),
  ],
  ...(['<bigaf>\n', '<aiaff>\n'] as const).map(
    (magic) =>
      [
        `AIX ${magic.trim()}`,
        aixArchive(
          magic,
          [
            { name: 'odd.o', data: 'odd' },
            { name: 'even', data: 'even' },
          ],
          [[['f', 0]], [['g', 1]]].slice(0, magic === '<bigaf>\n' ? 2 : 1) as [string, number][][],
        ),
      ] as const,
  ),
];

/** Asks for all that an archive can tell; an answer is text, so that answers can be compared. */
function everythingOf(bytes: Uint8Array): string {
  const answers: string[] = [];
  const ask = (question: () => unknown): void => {
    try {
      answers.push(JSON.stringify(question()));
    } catch (error) {
      if (!(error instanceof FormatError)) throw error;
      answers.push(`${error.code} ${error.message}`);
      const { offset } = error.location;
      expect(offset >= 0 && offset <= bytes.length).toBe(true);
    }
  };
  ask(() => {
    const file = openArchive(bytes);
    ask(() => file.hasSymbolIndex);
    ask(() => file.dialect);
    ask(() => file.ecSymbolIndex()?.length);
    ask(() => {
      const index = file.symbolIndex();
      if (index === undefined) return undefined;
      for (let entry = 0; entry < index.length; entry += 1) {
        const name = index.name(entry);
        answers.push(name);
        expect(index.entriesOf(name)).toContain(entry);
        ask(() => file.memberAt(index.memberOffset(entry)).name);
      }
      return index.length;
    });
    ask(() => {
      for (const { name, headerOffset, size, external, nestedOffset, mtime, data } of file.members()) {
        const content = data === undefined ? undefined : [...data.view(0, data.length, 'data').bytes];
        answers.push(JSON.stringify({ name, headerOffset, size, external, nestedOffset, mtime, content }));
      }
      return 'end';
    });
    return 'opened';
  });
  return answers.join('\n');
}

describe.each(ARCHIVES)('a hostile %s archive', (_, good) => {
  it('is read whole where it is whole', () => {
    expect(everythingOf(good)).toContain('"end"');
    expect(everythingOf(good)).not.toContain('<memory>');
  });

  it('cut at any length gives FormatError or an answer', () => {
    for (let length = 0; length < good.length; length += 1) everythingOf(good.subarray(0, length));
  });

  it('with any byte overwritten gives FormatError or an answer', () => {
    for (let offset = 0; offset < good.length; offset += 1) {
      for (const value of [0x00, 0x20, 0x2f, 0x31, 0x39, 0xff]) {
        const bytes = good.slice();
        bytes[offset] = value;
        everythingOf(bytes);
      }
    }
  });

  it('with any field of a header at an extreme gives FormatError or an answer', () => {
    const fields = [
      [0, 16],
      [16, 12],
      [28, 6],
      [34, 6],
      [40, 8],
      [48, 10],
      [58, 2],
    ] as const;
    for (let start = 8; start + 60 <= good.length; start += 2) {
      if (good[start + 58] !== 0x60 || good[start + 59] !== 0x0a) continue;
      for (const [offset, length] of fields) {
        for (const text of [
          '',
          '0',
          '1',
          '9'.repeat(length),
          '/'.padEnd(length, '9'),
          '\xff'.repeat(length),
          '\0'.repeat(length),
        ]) {
          const bytes = good.slice();
          bytes.set(concat(text.padEnd(length)), start + offset);
          everythingOf(bytes);
        }
      }
    }
  });

  it('tells the same from bytes at an odd place in their buffer', () => {
    const moved = new Uint8Array(good.length + 7);
    moved.set(good, 3);
    expect(everythingOf(moved.subarray(3, 3 + good.length))).toBe(everythingOf(good));
    expect(everythingOf(Buffer.from(good))).toBe(everythingOf(good));
  });
});
