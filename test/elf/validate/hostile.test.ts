// Bytes made to hurt: whatever stands in a file, validate gives findings or nothing, in bounded time; it never throws.

import { describe, expect, it } from 'vitest';
import { FormatError } from '../../../src/bytes/index.ts';
import { openElf } from '../../../src/elf/index.ts';
import type { ElfFile } from '../../../src/elf/index.ts';
import { CONDITION_FINDINGS_MAX, FINDING_ENTRIES_MAX, validate } from '../../../src/elf/validate/index.ts';
import type { ElfIntegrityFinding, ValidateOptions } from '../../../src/elf/validate/index.ts';
import { bounded } from '../../helpers/bounded.ts';
import { buildElf } from '../../helpers/elf-builder.ts';
import type { SectionSpec } from '../../helpers/elf-builder.ts';
import { buildObject } from '../../helpers/object-builder.ts';
import { ObjectMutator, randomFrom } from '../../helpers/object-mutator.ts';

const MIB = 2 ** 20;
/** A generous bound for machines that are busy; what is quadratic takes minutes. */

const SITUATIONS: readonly ValidateOptions[] = [
  {},
  { linker: { name: 'lld', major: 13 }, output: 'relocatable', icf: true },
  { linker: { name: 'bfd' }, output: 'final' },
  { linker: { name: 'elflint' } },
];

function opened(bytes: Uint8Array): ElfFile | undefined {
  try {
    return openElf(bytes);
  } catch (error) {
    expect(error).toBeInstanceOf(FormatError);
    return undefined;
  }
}

/** The findings for each situation, checked for what holds for all of them. */
function findingsOf(bytes: Uint8Array): ElfIntegrityFinding[] {
  const elf = opened(bytes);
  if (elf === undefined) return [];
  return SITUATIONS.flatMap((situation) => {
    const findings = validate(elf, situation);
    for (const { offset, entries, count, message } of findings) {
      expect(Number.isSafeInteger(offset) && offset >= 0, message).toBe(true);
      expect(entries.length, message).toBeLessThanOrEqual(FINDING_ENTRIES_MAX);
      expect(count, message).toBeGreaterThanOrEqual(Math.max(1, entries.length));
    }
    return findings;
  });
}

/** An object with a bit of everything, without any compiler. */
function sample(bits: 32 | 64, littleEndian: boolean): Uint8Array {
  const spec = { bits, littleEndian } as const;
  return buildObject({
    ...spec,
    machine: 62,
    symbols: [
      { name: 'local', binding: 0 },
      { name: 'start' },
      { name: 'common', section: 0xfff2, value: 8n },
      { name: 'inline', binding: 2, group: 'inline' },
    ],
    relocations: [
      { symbol: 1, type: 1 },
      { offset: 8n, symbol: 3, type: 1 },
    ],
    sections: [
      { name: '.rodata.str', type: 1, flags: 0x32, entrySize: 1, data: Uint8Array.of(97, 0, 98, 0) },
      { name: '.llvm_addrsig', type: 0x6fff4c03, flags: 0x80000000, data: Uint8Array.of(1, 2) },
      { name: '.eh_frame', type: 1, flags: 2, data: new Uint8Array(24) },
      { name: '.note.gnu.property', type: 7, flags: 2, align: 8, data: new Uint8Array(32) },
    ],
  }).bytes;
}

const FORMATS = [
  [64, true],
  [64, false],
  [32, true],
  [32, false],
] as const;

describe.each(FORMATS)('validate on bytes of ELF%i (little endian: %s)', (bits, littleEndian) => {
  const sound = sample(bits, littleEndian);

  it('never throws when the file is cut, at any length', () => {
    for (let length = 0; length <= sound.length; length += 1) findingsOf(sound.slice(0, length));
  });

  it('never throws when one field is changed', () => {
    const mutator = new ObjectMutator(sound, 7);
    for (let i = 0; i < 2000; i += 1) findingsOf(mutator.next().bytes);
  });

  it('never throws when any bytes are changed', () => {
    const random = randomFrom(11);
    for (let i = 0; i < 2000; i += 1) {
      const bytes = Uint8Array.from(sound);
      const changes = 1 + Math.floor(random() * 12);
      for (let k = 0; k < changes; k += 1) {
        bytes[Math.floor(random() * bytes.length)] = [0, 1, 0x7f, 0x80, 0xff, Math.floor(random() * 256)][
          Math.floor(random() * 6)
        ] as number;
      }
      findingsOf(bytes);
    }
  });

  it('tells the same of bytes at an odd place in their buffer', () => {
    const bytes = new ObjectMutator(sound, 3).next().bytes;
    const shifted = new Uint8Array(bytes.length + 1);
    shifted.set(bytes, 1);
    expect(findingsOf(shifted.subarray(1))).toEqual(findingsOf(bytes));
  });
});

describe('validate on large damage', () => {
  const types = [1, 2, 3, 4, 9, 17, 18, 0x40000014, 0x6fff4c03, 0x6fff4c09];

  /** A file of one MiB in which every section is all of it. */
  function overlapping(type: number, count: number, fill: number): Uint8Array {
    const body = new Uint8Array(MIB).fill(fill);
    const cover = { offset: 64, size: MIB, link: 1, info: 1 };
    const first: SectionSpec = { name: '.symtab', type: 2, data: body, entrySize: 24, ...cover };
    const others = Array.from({ length: count }, (): SectionSpec => ({
      name: '.s',
      type,
      flags: 0x30,
      entrySize: 1,
      ...cover,
    }));
    return buildElf({ sections: [first, ...others], machine: 62 }).bytes;
  }

  it.each(types)('takes bounded time for a thousand sections of type %i that lie upon each other', (type) => {
    for (const fill of [0, 1, 0x80, 0xff]) {
      const bytes = overlapping(type, 1000, fill);
      bounded(() => findingsOf(bytes));
    }
  });

  it('takes bounded time and memory for a null section that claims 2^24 sections', () => {
    const bytes = buildElf({ sections: [{ type: 1, data: new Uint8Array(MIB) }], extendedNumbering: true }).bytes;
    const view = new DataView(bytes.buffer);
    const headers = Number(view.getBigUint64(40, true));
    view.setBigUint64(headers + 32, 2n ** 24n, true);
    expect(bounded(() => findingsOf(bytes))).not.toEqual([]);
  });

  it('lists few of a hundred thousand faults and counts the others', () => {
    const sections = Array.from({ length: 60_000 }, (): SectionSpec => ({ type: 1, align: 3, link: 0 }));
    const bytes = buildElf({ sections, machine: 62 }).bytes;
    const elf = openElf(bytes);
    const findings = validate(elf).filter(({ condition }) => condition === 'section-alignment');
    expect(findings).toHaveLength(CONDITION_FINDINGS_MAX);
    expect(findings.at(-1)?.more).toBe(60_000 - CONDITION_FINDINGS_MAX);
    bounded(() => findingsOf(bytes));
  });

  it('takes bounded time for sections that name each other in a ring or a chain', () => {
    const count = 50_000;
    for (const next of [(i: number) => (i % count) + 1, (i: number) => Math.min(i + 1, count)]) {
      const sections = Array.from({ length: count }, (_, i): SectionSpec => ({
        type: 1,
        flags: 0x82,
        link: next(i + 1),
      }));
      const bytes = buildElf({ sections, machine: 62 }).bytes;
      bounded(() => findingsOf(bytes));
    }
  });

  it('takes bounded time for thousands of groups with the same members', () => {
    const words = new Uint8Array(400_000).fill(1);
    const symbols = { name: '.symtab', type: 2, entrySize: 24, data: new Uint8Array(48), link: 2, info: 1 };
    const strings = { name: '.strtab', type: 3, data: new Uint8Array(1) };
    const body: SectionSpec = { name: '.group', type: 17, entrySize: 4, link: 1, info: 1, data: words };
    const at = buildElf({ sections: [symbols, strings, body] }).dataOffset(3);
    const others = Array.from({ length: 5000 }, (): SectionSpec => ({
      ...body,
      data: new Uint8Array(0),
      offset: at,
      size: words.length,
    }));
    const bytes = buildElf({ sections: [symbols, strings, body, ...others], machine: 62 }).bytes;
    bounded(() => findingsOf(bytes));
  });
});
