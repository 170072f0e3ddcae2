// The listings of ELF structures: what they print as JSON has the shapes of schema/ and says what llvm-readobj says; what
// people read stays short; damage costs its own rows and makes the exit status 1.

import { Ajv2020 } from 'ajv/dist/2020.js';
import type { AnySchemaObject, ValidateFunction } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildLinked, LINKED } from '../elf/linked-sample.ts';
import { buildElf, ElfWriter, stringTableData } from '../helpers/elf-builder.ts';
import { jsonLines, ltoscope } from '../helpers/cli.ts';
import { fixturePath, FIXTURES_ROOT } from '../helpers/fixtures.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { describeWithTools, run } from '../helpers/tools.ts';

/** A note of owner `x` without a descriptor. */
const NOTE = new ElfWriter().word(2).word(0).word(1).raw([0x78, 0, 0, 0]).bytes;

type Line = Readonly<Record<string, unknown>>;

function validator(name: string): ValidateFunction {
  const schema = JSON.parse(
    readFileSync(new URL(`../../schema/${name}.json`, import.meta.url), 'utf8'),
  ) as AnySchemaObject;
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, allowUnionTypes: true });
  return ajv.compile({ ...schema, unevaluatedProperties: false });
}

async function linesOf(command: string, path: string, ...flags: string[]): Promise<Line[]> {
  const { status, stdout, stderr } = await ltoscope([command, '--json', ...flags, path]);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  const lines = jsonLines<Line>(stdout);
  const validate = validator(command);
  for (const line of lines) {
    validate(line);
    expect(validate.errors ?? []).toEqual([]);
  }
  return lines;
}

describe('of a shared library', () => {
  let library = '';
  beforeAll(() => {
    library = join(temporaryFolder({ 'lib.so': buildLinked().bytes }), 'lib.so');
  });

  it('header tells class, byte order, type and machine', async () => {
    expect(await linesOf('header', library)).toMatchObject([
      { bits: 64, endian: 'little', type: 'ET_DYN', machine: 'EM_X86_64', flags: '0x0', flagNames: [] },
    ]);
  });

  it('segments tells what lies in each', async () => {
    const lines = await linesOf('segments', library);
    expect(lines.find(({ type }) => type === 'PT_LOAD')).toHaveProperty(
      'sections',
      expect.arrayContaining(['.dynsym']),
    );
  });

  it('dynamic ends with DT_NULL and reads strings', async () => {
    const lines = await linesOf('dynamic', library);
    expect(lines.at(-1)).toMatchObject({ tag: 'DT_NULL' });
    expect(lines.filter(({ tag }) => tag === 'DT_NEEDED').every(({ text }) => typeof text === 'string')).toBe(true);
  });

  it('versions tells those that are defined and those that are needed', async () => {
    const lines = await linesOf('versions', library);
    expect(new Set(lines.map(({ kind }) => kind))).toEqual(new Set(['defined', 'needed']));
  });

  it('symbols --dynamic tells versions', async () => {
    const lines = await linesOf('symbols', library, '--dynamic');
    expect(lines.length).toBeGreaterThan(3);
    expect(lines.some(({ version }) => typeof version === 'string')).toBe(true);
  });
});

describe('of a file with a fault in each of very many sections', () => {
  it('the first hundred are told, and how many others there are', async () => {
    const broken = { name: '.note', type: 7, align: 4, data: new Uint8Array(8) };
    const { bytes } = buildElf({ sections: new Array<typeof broken>(300).fill(broken) });
    const { status, stderr } = await ltoscope(['notes', 'many.o'], { cwd: temporaryFolder({ 'many.o': bytes }) });
    const lines = stderr.trimEnd().split('\n');
    expect(status).toBe(1);
    expect(lines).toHaveLength(101);
    expect(lines.at(-1)).toBe('ltoscope: many.o: 200 more faults are not listed');
  });
});

describe('for people, where there is nothing to list', () => {
  it('a named file is said to have nothing, and --json prints nothing', async () => {
    const path = fixturePath('symbols/elf.o');
    expect((await ltoscope(['segments', path])).stdout).toBe(`\n${path}:\n  nothing of this kind\n`);
    expect((await ltoscope(['segments', '--json', path])).stdout).toBe('');
  });

  it.each(['dynamic', 'versions', 'groups'])('%s tells of section headers that are damaged', async (command) => {
    const { status, stderr } = await ltoscope([command, fixturePath('broken/cut/head.o')]);
    expect(status).toBe(1);
    expect(stderr).toContain('section header table goes past the end of the file');
  });

  it('symbols says that there are none', async () => {
    const folder = temporaryFolder({ 'empty.o': buildElf({ sections: [] }).bytes });
    expect((await ltoscope(['symbols', 'empty.o'], { cwd: folder })).stdout).toBe('\nempty.o:\n  no symbols\n');
  });
});

describeWithTools('of a stripped library', ['gcc'], ([gcc]) => {
  it('symbols points to --dynamic', async () => {
    const folder = temporaryFolder({ 'f.c': 'int f(void) { return 1; }' });
    expect(run(gcc, ['-shared', '-fPIC', '-s', 'f.c', '-o', 'f.so'], { cwd: folder }).status).toBe(0);
    const { stdout, status } = await ltoscope(['symbols', 'f.so'], { cwd: folder });
    expect({ stdout, status }).toEqual({ stdout: '\nf.so:\n  no symbols; --dynamic lists dynamic ones\n', status: 0 });
  });
});

describe('of objects and archives', () => {
  it.each(['sections', 'relocations', 'groups', 'header', 'notes', 'attributes'])(
    '%s has its shape on every line',
    async (command) => {
      const { stdout } = await ltoscope([command, '--json', '.'], { cwd: FIXTURES_ROOT });
      const validate = validator(command);
      const lines = jsonLines<Line>(stdout);
      for (const line of lines) {
        validate(line);
        expect(validate.errors ?? []).toEqual([]);
      }
      if (command !== 'notes' && command !== 'attributes') expect(lines.length).toBeGreaterThan(40);
    },
    60_000,
  );

  it('relocations unpacks CREL', async () => {
    const lines = await linesOf('relocations', fixturePath('relocations/aarch64-crel.o'));
    expect(lines.filter(({ section }) => section === '.crel.text').length).toBeGreaterThan(20);
    expect(lines.find(({ section }) => section === '.crel.text')).toHaveProperty(
      'type',
      expect.stringMatching(/^R_AARCH64_/),
    );
  });

  it('says that bitcode is no ELF file', async () => {
    const { status, stderr } = await ltoscope(['sections', fixturePath('versions/clang-16/thin.o')]);
    expect({ status, stderr }).toMatchObject({ status: 1, stderr: expect.stringContaining('no ELF file') as unknown });
  });
});

it('sections have the names that the operating system of the file gives', async () => {
  const section = { type: 0x6ffffff5, flags: 0x100000 };
  const folder = temporaryFolder({
    'gnu.o': buildElf({ sections: [section], osAbi: 3 }).bytes,
    'solaris.o': buildElf({ sections: [section], osAbi: 6 }).bytes,
  });
  const names = async (file: string): Promise<unknown> => {
    const { stdout } = await ltoscope(['sections', '--json', join(folder, file)]);
    const { type, flags } = jsonLines<Line>(stdout)[1] ?? {};
    return [type, flags];
  };
  expect(await names('gnu.o')).toEqual(['SHT_GNU_ATTRIBUTES', [expect.any(String)]]);
  expect(await names('solaris.o')).toEqual(['SHT_SUNW_cap', ['SHF_SUNW_NODISCARD']]);
});

describe('of a damaged file', () => {
  it('a section without a readable name is listed, and the damage is told', async () => {
    const { bytes } = buildElf({ sections: [{ name: '.text', type: 1, nameOffset: 0x7fff }] });
    const path = join(temporaryFolder({ 'x.o': bytes }), 'x.o');
    const { status, stdout, stderr } = await ltoscope(['sections', '--json', path]);
    expect(status).toBe(1);
    expect(stderr).toContain('invalid sh_name (0x7fff)');
    expect(jsonLines<Line>(stdout).map(({ index, name }) => [index, name])).toEqual([
      [0, ''],
      [1, undefined],
      [2, '.shstrtab'],
    ]);
  });

  it('a version without a readable name is listed, and so are those behind it', async () => {
    const built = buildLinked();
    const { bytes } = built;
    const view = new DataView(bytes.buffer);
    // The name of the first definition, and the library that is needed.
    view.setUint32(built.dataOffset(LINKED.verdef) + 20, 0xffffff, true);
    view.setUint32(built.dataOffset(LINKED.verneed) + 4, 0xfffffe, true);
    const path = join(temporaryFolder({ 'x.so': bytes }), 'x.so');
    const { status, stdout, stderr } = await ltoscope(['versions', '--json', path]);
    expect(status).toBe(1);
    expect(stderr).toContain('invalid vda_name: 16777215');
    expect(stderr).toContain('invalid vn_file: 16777214');
    expect(jsonLines<Line>(stdout).map(({ versionIndex, name, library }) => [versionIndex, name, library])).toEqual([
      [1, undefined, undefined],
      [2, 'V1', undefined],
      [4, 'V2', undefined],
      [3, 'X1', undefined],
    ]);
    expect((await ltoscope(['versions', path])).stdout).toContain('[1] defined  ?');
  });

  it('control characters of names are escaped for people', async () => {
    const { data, offsets } = stringTableData(['.te\u001b[31mxt']);
    const { bytes } = buildElf({
      sections: [
        { type: 1, nameOffset: offsets[0] ?? 0 },
        { type: 3, data },
      ],
      withoutNames: true,
      header: { e_shstrndx: 2 },
    });
    const path = join(temporaryFolder({ 'x.o': bytes }), 'x.o');
    const { stdout } = await ltoscope(['sections', path]);
    expect(stdout).toContain('.te\\x1b[31mxt');
  });
});

describe('of a file whose parts lie upon each other', () => {
  it('segments are all listed, with the sections of the first ones, and what is left out is told', async () => {
    // Each of 3000 segments holds 3000 sections.
    const whole = { type: 1, offset: 0, address: 0n };
    const { bytes } = buildElf({
      type: 3,
      sections: Array.from({ length: 3000 }, () => ({ ...whole, flags: 2, size: 16 })),
      segments: Array.from({ length: 3000 }, () => ({ ...whole, fileSize: 64, memorySize: 64 })),
    });
    const path = join(temporaryFolder({ 'x.so': bytes }), 'x.so');
    const { status, stdout, stderr } = await ltoscope(['segments', '--json', path]);
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /x\.so: the sections of \d{4} of 3000 segments are left out: too many sections lie in several segments\n$/,
    );
    const lines = jsonLines<Line>(stdout);
    expect(lines).toHaveLength(3000);
    expect(lines[0]?.['sections']).toHaveLength(3000);
    expect(lines.at(-1)).not.toHaveProperty('sections');
  });

  it.each([
    ['relocations', { type: 4, data: new Uint8Array(24), entrySize: 24, name: '.rela' }],
    ['groups', { type: 17, data: new Uint8Array(24), entrySize: 4, name: '.group' }],
    ['notes', { type: 7, data: NOTE, name: '.note' }],
    ['attributes', { type: 0x6ffffff5, data: Uint8Array.of(0x41), name: '.gnu.attributes' }],
  ] as const)('%s lists the first of the tables, and tells how many it leaves out', async (command, section) => {
    const probe = buildElf({ sections: [section] });
    // More of them than the file has room for: each header takes 64 bytes, each table is made to take 1000 and more.
    const size = section.data.length * Math.ceil(1000 / section.data.length);
    const data = new Uint8Array(size);
    for (let at = 0; at < size; at += section.data.length) data.set(section.data, at);
    const offset = probe.dataOffset(1);
    const sections = Array.from({ length: 200 }, (_, i) =>
      i === 0 ? { ...section, data } : { ...section, data: new Uint8Array(0), offset, size },
    );
    const { bytes } = buildElf({ sections });
    const path = join(temporaryFolder({ 'x.o': bytes }), 'x.o');
    const { status, stderr } = await ltoscope([command, path]);
    const listed = Math.floor(bytes.length / size);
    expect(status).toBe(1);
    expect(stderr).toContain(
      `x.o: section [${listed + 1}] ${section.name} and ${200 - listed - 1} more behind it are left out: ` +
        `tables that overlap add up to more bytes than the file has (${bytes.length})\n`,
    );
  });

  it('notes of segments are bounded alike', async () => {
    const probe = buildElf({ type: 4, sections: [{ type: 1, data: NOTE }], segments: [] });
    const segment = { type: 4, offset: probe.dataOffset(1), fileSize: NOTE.length };
    const { bytes } = buildElf({
      type: 4,
      sections: [{ type: 1, data: NOTE }],
      segments: Array.from({ length: 1000 }, () => ({ ...segment, fileSize: 20 * 1000 })),
      header: { e_shoff: 0n, e_shnum: 0, e_shstrndx: 0 },
    });
    const path = join(temporaryFolder({ core: bytes }), 'core');
    const { status, stderr } = await ltoscope(['notes', path]);
    const listed = Math.floor(bytes.length / 20_000);
    expect(status).toBe(1);
    expect(stderr).toContain(`core: PT_NOTE [${listed}] and ${1000 - listed - 1} more behind it are left out: `);
  });

  it.each([
    ['relocations', { type: 4, entrySize: 24 }],
    ['notes', { type: 7 }],
    ['attributes', { type: 0x6ffffff5 }],
  ] as const)('%s makes no text of the name of tables without rows', async (command, section) => {
    // Not ASCII, so that each name would be decoded by itself: for minutes.
    const names = new Uint8Array(2 ** 20).fill(0xff);
    names[0] = names[names.length - 1] = 0;
    const count = 5000;
    const built = buildElf({
      header: { e_shstrndx: 1 },
      sections: [{ type: 3, data: names }, ...Array.from({ length: count }, () => section)],
    });
    const { bytes } = built;
    const view = new DataView(bytes.buffer);
    for (let i = 2; i < 2 + count; i += 1) view.setUint32(built.headerOffset(i), 1, true);
    const path = join(temporaryFolder({ 'x.o': bytes }), 'x.o');
    expect((await ltoscope([command, path])).stdout).toBe(`\n${path}:\n  nothing of this kind\n`);
  });

  it('a table whose size is out of the file costs the others nothing', async () => {
    const { bytes } = buildElf({
      sections: [
        { name: '.note.huge', type: 7, data: NOTE, size: 2n ** 40n },
        { name: '.note.sound', type: 7, data: NOTE },
      ],
    });
    const path = join(temporaryFolder({ 'x.o': bytes }), 'x.o');
    const { status, stdout, stderr } = await ltoscope(['notes', '--json', path]);
    expect({ status, stderr }).toMatchObject({ status: 1, stderr: expect.not.stringContaining('left out') as unknown });
    expect(jsonLines<Line>(stdout)).toMatchObject([{ where: '.note.sound' }]);
  });
});

describe('notes for people', () => {
  const note = (type: number, owner: string, description: Uint8Array): Uint8Array => {
    const name = new TextEncoder().encode(`${owner}\0`);
    const padding = (4 - (name.length % 4)) % 4;
    const out = new ElfWriter().word(name.length).word(description.length).word(type);
    return out.raw(name).raw(new Uint8Array(padding)).raw(description).bytes;
  };
  const shownOf = async (data: Uint8Array): Promise<{ text: string; lines: Line[] }> => {
    const { bytes } = buildElf({ machine: 62, sections: [{ name: '.note', type: 7, align: 8, data }] });
    const path = join(temporaryFolder({ 'x.o': bytes }), 'x.o');
    return { text: (await ltoscope(['notes', path])).stdout, lines: await linesOf('notes', path) };
  };

  it('show the start of long properties and how many bytes they have', async () => {
    const property = new ElfWriter().word(0xb0000000).word(4096).raw(new Uint8Array(4096).fill(0xab)).bytes;
    const { text, lines } = await shownOf(note(5, 'GNU', property));
    expect(text).toMatch(/^ {4}\S.* (ab){64}… \(4096 bytes\)$/m);
    expect(lines).toMatchObject([{ properties: [{ data: 'ab'.repeat(4096) }] }]);
  });

  it('show the start of long texts and descriptors', async () => {
    const json = new TextEncoder().encode(`"${'x'.repeat(4000)}"`);
    expect((await shownOf(note(0xcafe1a7e, 'FDO', json))).text).toMatch(/ "x{1023}… \(4002 characters\)$/m);
    expect((await shownOf(note(99, 'unheard-of', new Uint8Array(65)))).text).toMatch(/ (00){64}… \(65 bytes\)$/m);
  });

  it('show the system and the version of ABI tags in words', async () => {
    const tag = new ElfWriter().word(0).word(3).word(2).word(0).bytes;
    expect((await shownOf(note(1, 'GNU', tag))).text).toMatch(/ NT_GNU_ABI_TAG Linux 3\.2\.0$/m);
  });
});

describeWithTools(
  'against LLVM, of a linked library',
  ['clang-22', 'ld.lld-22', 'llvm-readobj-22', 'llvm-nm-22'],
  (tools) => {
    const [clang, , readobj, nm] = tools;
    let library = '';
    beforeAll(() => {
      const folder = temporaryFolder({
        'a.c': 'extern int other(void);\nint shared(void) { return other(); }\nstatic int x; int *pointer = &x;\n',
        'v.map': 'VERS_1 { global: shared; };\nVERS_2 { global: pointer; local: *; } VERS_1;\n',
      });
      library = join(folder, 'lib.so');
      const options = ['--target=x86_64-linux-gnu', '-fPIC', '-O1', '-nostdlib', '-shared', '-fuse-ld=lld-22'];
      const script = `-Wl,--version-script=${join(folder, 'v.map')},--build-id=sha1,--soname=lib.so.1`;
      const { status, stderr } = run(clang, [...options, script, join(folder, 'a.c'), '-o', library]);
      expect(status, stderr).toBe(0);
    });

    const facts = (option: string): string => run(readobj, [option, library]).stdout;

    it('sections, segments and dynamic have as many lines as llvm-readobj', async () => {
      expect(await linesOf('sections', library)).toHaveLength(facts('-S').match(/^ {2}Section \{/gm)?.length ?? 0);
      expect(await linesOf('segments', library)).toHaveLength(
        facts('-l').match(/^ {2}ProgramHeader \{/gm)?.length ?? 0,
      );
      expect(await linesOf('dynamic', library)).toHaveLength(facts('-d').match(/^ {2}0x[0-9A-F]+ /gm)?.length ?? 0);
    });

    it('notes has the build id', async () => {
      const id = /Build ID: ([0-9a-f]+)/.exec(facts('-n'))?.[1];
      expect(await linesOf('notes', library)).toMatchObject([
        { owner: 'GNU', type: 'NT_GNU_BUILD_ID', content: { id } },
      ]);
    });

    it('symbols --dynamic lists what llvm-nm -D lists', async () => {
      const lines = await linesOf('symbols', library, '--dynamic');
      const ours = lines.map(({ letter, name, version = '' }) => `${String(letter)} ${String(name)}${String(version)}`);
      const theirs = run(nm, ['-D', '--no-sort', library]).stdout.trimEnd().split('\n');
      expect(ours).toEqual(theirs.map((line) => line.slice(17)));
    });
  },
);
