import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../../src/bytes/index.ts';
import {
  gnuProperties,
  isGnuPropertyNote,
  readGnuFeatures,
  readNoteContent,
  sectionNotes,
  segmentNotes,
} from '../../../src/elf/content/index.ts';
import type { ElfNote, ElfNoteContent } from '../../../src/elf/content/index.ts';
import { MACHINES, openElf, SECTION_TYPES } from '../../../src/elf/index.ts';
import type { ElfFile } from '../../../src/elf/index.ts';
import { bounded } from '../../helpers/bounded.ts';
import { buildElf, ElfWriter } from '../../helpers/elf-builder.ts';
import { formatErrorOf } from '../../helpers/errors.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { describeWithTools } from '../../helpers/tools.ts';

const { SHT_NOTE } = SECTION_TYPES.values;
const { EM_AARCH64, EM_X86_64 } = MACHINES.values;
const PT_NOTE = 4;

interface Format {
  bits?: 32 | 64;
  littleEndian?: boolean;
}
interface NoteSpec {
  name: string;
  type: number;
  description: Uint8Array;
}

function noteData(notes: readonly NoteSpec[], padding: number, format: Format = {}): Uint8Array {
  const out = new ElfWriter(format);
  const pad = (): void => {
    while (out.length % padding !== 0) out.byte(0);
  };
  for (const { name, type, description } of notes) {
    out
      .word(name.length + 1)
      .word(description.length)
      .word(type);
    out.raw([...new TextEncoder().encode(name), 0]);
    pad();
    out.raw(description);
    pad();
  }
  return out.bytes;
}

function noteElf(data: Uint8Array, align = 4, format: Format & { machine?: number } = {}): ElfFile {
  return openElf(buildElf({ ...format, sections: [{ name: '.note.x', type: SHT_NOTE, align, data }] }).bytes);
}

function words(values: readonly number[], format: Format = {}): Uint8Array {
  const out = new ElfWriter(format);
  for (const value of values) out.word(value);
  return out.bytes;
}

const text = (value: string): Uint8Array => new TextEncoder().encode(value);

describe.each([
  { bits: 32, littleEndian: false },
  { bits: 64, littleEndian: true },
] as const)('notes of a file of $bits bits, little endian $littleEndian', (format) => {
  const specs: NoteSpec[] = [
    { name: 'GNU', type: 3, description: Uint8Array.of(1, 2, 3, 4, 5) },
    { name: 'FreeBSD', type: 1, description: words([1302001], format) },
    { name: 'nobody knows', type: 0xffffffff, description: new Uint8Array(0) },
  ];

  it.each([4, 8] as const)('are padded to %i', (padding) => {
    const elf = noteElf(noteData(specs, padding, format), padding, format);
    const found = Array.from(sectionNotes(elf, 1), ({ name, type, description }) => [
      name,
      type,
      [...description.bytes],
    ]);
    expect(found).toEqual(specs.map(({ name, type, description }) => [name, type, [...description]]));
    const [first] = sectionNotes(elf, 1);
    expect(first?.fileOffset).toBe(elf.sections.offset(1));
    expect(first?.raw).toEqual({ n_namesz: 4, n_descsz: 5, n_type: 3 });
  });

  it('may be cut at every length', () => {
    const data = noteData(specs, 4, format);
    for (let length = 0; length < data.length; length += 1) {
      const elf = noteElf(data.subarray(0, length), 4, format);
      const names: string[] = [];
      try {
        for (const note of sectionNotes(elf, 1)) {
          names.push(note.name);
          readNoteContent(elf, note);
        }
      } catch (error) {
        expect(error).toBeInstanceOf(FormatError);
      }
      expect(specs.map(({ name }) => name).slice(0, names.length)).toEqual(names);
    }
  });
});

describe('a note', () => {
  it.each([
    [0xffffffff, 0],
    [0, 0xffffffff],
    [0xffffffff, 0xffffffff],
    [5, 0],
    [0, 5],
  ])('of %i and %i bytes goes past the end', (nameSize, descriptionSize) => {
    const elf = noteElf(words([nameSize, descriptionSize, 1, 0]));
    const error = formatErrorOf(() => [...sectionNotes(elf, 1)]);
    expect([error.code, error.reason]).toEqual(['out-of-bounds', 'ELF note overflows container']);
  });

  it('keeps what stands behind a NUL in its name', () => {
    const elf = noteElf(noteData([{ name: 'GA*FORTIFY\0\x02', type: 0x100, description: new Uint8Array(0) }], 4));
    const [note] = sectionNotes(elf, 1);
    expect(note?.name).toBe('GA*FORTIFY');
    expect([...(note?.nameBytes.bytes ?? [])].slice(10)).toEqual([0, 2, 0]);
  });

  it('may miss the padding behind the last descriptor', () => {
    const data = noteData([{ name: 'FDO', type: 0xcafe1a7e, description: text('{"a":1}') }], 4).subarray(0, -1);
    const elf = noteElf(data);
    expect(Array.from(sectionNotes(elf, 1), (note) => readNoteContent(elf, note))).toEqual([
      { kind: 'package-metadata', json: '{"a":1}' },
    ]);
  });

  it.each([2, 16, 0x7fffffff])('cannot be aligned to %i', (align) => {
    const error = formatErrorOf(() => [...sectionNotes(noteElf(words([0, 0, 0]), align), 1)]);
    expect([error.code, error.reason]).toEqual(['bad-value', `alignment (${align}) is not 4 or 8`]);
  });

  it('is looked for in note sections only', () => {
    const elf = openElf(buildElf({ sections: [{ type: 1, data: words([0, 0, 0]) }] }).bytes);
    expect(formatErrorOf(() => [...sectionNotes(elf, 1)]).code).toBe('bad-value');
  });

  it('costs no more than its bytes where very many of them are empty', () => {
    const elf = noteElf(new Uint8Array(12 << 16));
    let count = 0;
    bounded(() => {
      for (const note of sectionNotes(elf, 1)) count += note.raw.n_type === 0 ? 1 : 0;
    });
    expect(count).toBe(1 << 16);
  });
});

describe('the content of a note', () => {
  const strings = (...values: string[]): number[] => values.flatMap((value) => [...text(value), 0]);

  it.each<[string, number, Uint8Array, ElfNoteContent | undefined]>([
    ['GNU', 1, words([0, 3, 2, 0]), { kind: 'gnu-abi-tag', system: 0, version: [3, 2, 0] }],
    ['GNU', 3, Uint8Array.of(0xab, 0xcd), { kind: 'gnu-build-id', id: Uint8Array.of(0xab, 0xcd) }],
    ['GNU', 4, text('gold 1.16\0'), { kind: 'gnu-gold-version', version: 'gold 1.16' }],
    ['GNU', 77, words([1]), undefined],
    ['FreeBSD', 2, words([0]), { kind: 'freebsd-noinit-tag' }],
    ['FreeBSD', 3, text('aarch64\0'), { kind: 'freebsd-arch-tag', machine: 'aarch64' }],
    ['FreeBSD', 4, words([5]), { kind: 'freebsd-feature-control', flags: 5 }],
    ['NetBSD', 1, words([199905]), { kind: 'netbsd-ident', version: 199905 }],
    ['NetBSD', 5, text('earmv7hf\0'), { kind: 'netbsd-march', machine: 'earmv7hf' }],
    ['PaX', 3, words([6]), { kind: 'netbsd-pax', flags: 6 }],
    ['OpenBSD', 1, words([0]), { kind: 'openbsd-ident', version: 0 }],
    ['Android', 4, words([6]), { kind: 'android-memtag', flags: 6 }],
    ['Android', 1, words([29]), { kind: 'android-ident', apiLevel: 29, ndkVersion: '', ndkBuild: '' }],
    ['Linux', 0x100, text('salt\0'), { kind: 'linux-build-salt', salt: 'salt' }],
    ['Linux', 0x101, words([1]), { kind: 'linux-build-lto', isLto: true }],
    ['Linux', 0, words([0x60100]), { kind: 'linux-version', version: 0x60100 }],
    ['LLVMOMPOFFLOAD', 2, text('clang'), { kind: 'openmp-producer', text: 'clang' }],
    [
      'stapsdt',
      3,
      Uint8Array.from([...words([1, 0, 2, 0, 3, 0]), ...strings('libc', 'setjmp', '8@%rdi')]),
      {
        kind: 'systemtap-probe',
        location: 1n,
        base: 2n,
        semaphore: 3n,
        provider: 'libc',
        probe: 'setjmp',
        arguments: '8@%rdi',
      },
    ],
    ['toString', 0, words([0]), undefined],
  ])('%s/%i is read', (name, type, description, expected) => {
    const elf = noteElf(noteData([{ name, type, description }], 4));
    expect(Array.from(sectionNotes(elf, 1), (note) => readNoteContent(elf, note))).toEqual([expected]);
  });

  it('that is too short is damaged', () => {
    const elf = noteElf(noteData([{ name: 'GNU', type: 1, description: words([0, 3, 2]) }], 4));
    const [note] = sectionNotes(elf, 1);
    expect(formatErrorOf(() => readNoteContent(elf, note as ElfNote)).code).toBe('out-of-bounds');
  });

  it('has the release and build of the NDK', () => {
    const description = new Uint8Array(132);
    description.set(words([21]), 0);
    description.set(text('r27c'), 4);
    description.set(text('12479018'), 68);
    const elf = noteElf(noteData([{ name: 'Android', type: 1, description }], 4));
    const [note] = sectionNotes(elf, 1);
    expect(readNoteContent(elf, note as ElfNote)).toMatchObject({
      apiLevel: 21,
      ndkVersion: 'r27c',
      ndkBuild: '12479018',
    });
  });
});

describe('program properties', () => {
  const of = (description: Uint8Array, machine: number, bits: 32 | 64 = 64): [ElfFile, ElfNote] => {
    const padding = bits / 8;
    const elf = noteElf(noteData([{ name: 'GNU', type: 5, description }], padding, { bits }), padding, {
      machine,
      bits,
    });
    const [note] = sectionNotes(elf, 1);
    return [elf, note as ElfNote];
  };

  it('are joined as linkers do', () => {
    const pauth = [0xc0000001, 16, 0x10000002, 0, 85, 0];
    const properties = words([0xc0000000, 4, 1, 0, 1, 8, 4096, 0, 0xc0000000, 4, 2, 0, ...pauth]);
    const [elf, note] = of(properties, EM_AARCH64);
    expect(isGnuPropertyNote(note)).toBe(true);
    expect(readGnuFeatures(elf, note)).toEqual({
      feature1And: 3,
      pauth: { platform: 0x10000002n, version: 85n },
      stackSize: 4096n,
    });
    expect(Array.from(gnuProperties(elf, note), ({ type, bits }) => [type, bits])).toEqual([
      [0xc0000000, 1],
      [1, undefined],
      [0xc0000000, 2],
      [0xc0000001, undefined],
    ]);
  });

  it('are padded to 4 in 32-bit files', () => {
    const [elf, note] = of(words([0xc0000002, 4, 3, 0xc0008002, 4, 1]), MACHINES.values.EM_386, 32);
    expect(Array.from(gnuProperties(elf, note), ({ bits }) => bits)).toEqual([3, 1]);
    expect(readGnuFeatures(elf, note).feature1And).toBe(3);
  });

  it.each([
    ['program property is too short', [0xc0000002, 9, 1, 0], EM_X86_64],
    ['program property is too short', [0xc0000002], EM_X86_64],
    ['program property is too short', [0xc0000002, 0xffffffff], EM_X86_64],
    ['FEATURE_1_AND entry is too short', [0xc0000002, 0], EM_X86_64],
    [
      'GNU_PROPERTY_AARCH64_FEATURE_PAUTH entry is invalid: expected 16 bytes, but got 8',
      [0xc0000001, 8, 0, 0],
      EM_AARCH64,
    ],
    [
      'multiple GNU_PROPERTY_AARCH64_FEATURE_PAUTH entries are not supported',
      [0xc0000001, 16, 0, 0, 0, 0, 0xc0000001, 16, 0, 0, 0, 0],
      EM_AARCH64,
    ],
  ])('say "%s" as lld does', (reason, values, machine) => {
    const [elf, note] = of(words(values), machine);
    expect(formatErrorOf(() => readGnuFeatures(elf, note)).reason).toBe(reason);
  });
});

interface ReadobjNote {
  Owner: string;
  'Data size': number;
  OS?: string;
  ABI?: string;
  'Build ID'?: string;
  Property?: string[];
}
interface ReadobjNotes {
  NoteSections: { NoteSection: { Offset: number; Size: number; Notes: ReadobjNote[] } }[];
}

const FEATURE_NAMES = new Map([
  ['aarch64 feature: ', ['BTI', 'PAC', 'GCS']],
  ['x86 feature: ', ['IBT', 'SHSTK']],
  ['x86 feature used: ', ['x86', 'x87', 'MMX', 'XMM', 'YMM', 'ZMM', 'FXSR', 'XSAVE', 'XSAVEOPT', 'XSAVEC']],
  ['x86 ISA needed: ', ['x86-64-baseline', 'x86-64-v2', 'x86-64-v3', 'x86-64-v4']],
  ['x86 ISA used: ', ['x86-64-baseline', 'x86-64-v2', 'x86-64-v3', 'x86-64-v4']],
]);

const LIBC = '/usr/lib/x86_64-linux-gnu/libc.so.6';

function bitsOf(property: string): number | undefined {
  for (const [prefix, names] of FEATURE_NAMES) {
    if (!property.startsWith(prefix)) continue;
    const set = property.slice(prefix.length).split(', ');
    return names.reduce((bits, name, i) => (set.includes(name) ? bits | (1 << i) : bits), 0);
  }
  return undefined;
}

function compareWithReadobj(readobj: string, path: string): number {
  const output = execFileSync(readobj, ['--elf-output-style=JSON', '--notes', path], { encoding: 'utf8' });
  const [expected] = JSON.parse(output) as [ReadobjNotes];
  const elf = openElf(readFileSync(path));
  let compared = 0;
  for (const { NoteSection: container } of expected.NoteSections) {
    const { sections } = elf;
    const index = Array.from({ length: sections.length }, (_, i) => i).find(
      (i) => sections.type(i) === SHT_NOTE && sections.offset(i) === container.Offset,
    );
    const found = [...sectionNotes(elf, index as number)];
    expect(found.map(({ name, description }) => [name, description.length])).toEqual(
      container.Notes.map((note) => [note.Owner, note['Data size']]),
    );
    container.Notes.forEach((wanted, i) => {
      const note = found[i] as ElfNote;
      const content = readNoteContent(elf, note);
      if (wanted['Build ID'] !== undefined) {
        expect(content?.kind === 'gnu-build-id' && Buffer.from(content.id).toString('hex')).toBe(wanted['Build ID']);
      }
      if (wanted.ABI !== undefined && content?.kind === 'gnu-abi-tag') {
        expect(content.version.join('.')).toBe(wanted.ABI);
      }
      if (wanted.Property !== undefined) {
        const properties = [...gnuProperties(elf, note)];
        expect(properties.map(({ bits }) => bits)).toEqual(wanted.Property.map(bitsOf));
      }
      compared += 1;
    });
  }
  return compared;
}

describeWithTools(
  'notes of compilers and systems',
  ['llvm-readobj-22', 'clang-22', 'gcc', 'aarch64-linux-gnu-gcc', 'readelf'],
  ([readobj, clang, gcc, crossGcc, readelf]) => {
    const folder = temporaryFolder();
    const source = join(folder, 'a.c');
    writeFileSync(source, 'int main(void) { return 0; }\n');
    const objects: [string, string, string[]][] = [
      ['cet', gcc, ['-fcf-protection=full']],
      ['isa', gcc, ['-march=x86-64-v3', '-Wa,-mx86-used-note=yes']],
      ['bti by GCC', crossGcc, ['-mbranch-protection=standard']],
      ['bti by clang', clang, ['--target=aarch64-linux-gnu', '-mbranch-protection=standard']],
      ['ilp32 big endian', clang, ['--target=aarch64_be-linux-gnu', '-mbranch-protection=standard']],
      ['m32', clang, ['--target=i386-linux-gnu', '-fcf-protection=full']],
    ];
    it.each(objects)('are what readobj says: %s', (name, compiler, options) => {
      const path = join(folder, `${name}.o`);
      execFileSync(compiler, [...options, '-c', source, '-o', path]);
      const compared = compareWithReadobj(readobj, path);
      // clang 22 writes build attributes in place of the note.
      expect(compared).toBeGreaterThanOrEqual(compiler === clang && name !== 'm32' ? 0 : 1);
    });

    it('are what readobj says of the libraries of this machine', () => {
      const library = '/usr/lib/x86_64-linux-gnu';
      const names = readdirSync(library)
        .filter((name) => /^lib[a-f].*\.so\.[0-9.]+$/.test(name))
        .slice(0, 25);
      const compared = names.reduce((sum, name) => sum + compareWithReadobj(readobj, join(library, name)), 0);
      expect(compared).toBeGreaterThanOrEqual(names.length);
    });

    it('are found in segments as well, where readelf finds as many', () => {
      const elf = openElf(readFileSync(LIBC));
      const { segments } = elf;
      const found: string[] = [];
      for (let i = 0; i < segments.length; i += 1) {
        if (segments.type(i) === PT_NOTE) found.push(...Array.from(segmentNotes(elf, i), ({ name }) => name));
      }
      const owners = execFileSync(readelf, ['-nW', LIBC], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });
      for (const name of new Set(found)) expect(owners).toContain(`  ${name} `);
      expect(found.length).toBeGreaterThan(0);
    });
  },
);
