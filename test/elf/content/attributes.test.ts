import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../../src/bytes/index.ts';
import { attributeSubsections, sectionStrings } from '../../../src/elf/content/index.ts';
import { MACHINES, openElf } from '../../../src/elf/index.ts';
import type { ElfFile } from '../../../src/elf/index.ts';
import { buildElf, ElfWriter } from '../../helpers/elf-builder.ts';
import { formatErrorOf } from '../../helpers/errors.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { describeWithTools } from '../../helpers/tools.ts';

const { EM_AARCH64, EM_ARM, EM_PPC64 } = MACHINES.values;
const string = (value: string): number[] => [...new TextEncoder().encode(value), 0];

interface Format {
  littleEndian?: boolean;
  machine?: number;
}

function attributesElf(data: Iterable<number>, format: Format): ElfFile {
  const section = { name: '.attributes', type: 0x70000003, data: Uint8Array.from(data) };
  return openElf(buildElf({ ...format, bits: 32, sections: [section] }).bytes);
}

function withLength(body: readonly number[], format: Format, prefix: readonly number[] = []): number[] {
  const out = new ElfWriter({ bits: 32, ...format });
  return [
    ...out
      .raw(prefix)
      .word(body.length + prefix.length + 4)
      .raw(body).bytes,
  ];
}

function compact(vendor: string, scopes: readonly (readonly number[])[], format: Format): number[] {
  return [0x41, ...withLength([...string(vendor), ...scopes.flat()], format)];
}

function all(elf: ElfFile) {
  return Array.from(attributeSubsections(elf, 1), (subsection) => ({
    ...subsection,
    attributes: [...subsection.attributes()],
  }));
}

describe('build attributes', () => {
  it.each([true, false])('are read of a file and of parts of it, little endian %s', (littleEndian) => {
    const format = { littleEndian, machine: EM_ARM };
    const file = withLength([5, ...string('cortex'), 6, 10, 32, 1, ...string('gnu'), 65, 6, 2, 0], format, [1]);
    const sections = withLength([2, 0x80, 1, 0, 8, 1], format, [2]);
    const symbols = withLength([7, 0, 64, 1], format, [3]);
    const [found] = all(attributesElf(compact('aeabi', [file, sections, symbols], format), format));
    expect(found).toMatchObject({ vendor: 'aeabi', isOptional: undefined, hasTexts: undefined });
    expect(found?.attributes.map(({ tag, value, scope, indices }) => [tag, value, scope, indices])).toEqual([
      [5, 'cortex', 'file', []],
      [6, 10, 'file', []],
      [32, 1, 'file', []],
      [65, '\u0006\u0002', 'file', []],
      [8, 1, 'section', [2, 128]],
      [64, 1, 'symbol', [7]],
    ]);
    expect(found?.attributes[2]?.text).toBe('gnu');
    expect(found?.attributes[3]?.alternative).toEqual({ tag: 6, value: 2 });
  });

  it('of GNU are told apart by their lowest bit', () => {
    const format = { littleEndian: false, machine: EM_PPC64 };
    const scope = withLength([4, 1, 12, 2, 33, ...string('x')], format, [1]);
    const [found] = all(attributesElf(compact('gnu', [scope], format), format));
    expect(found?.attributes.map(({ tag, value }) => [tag, value])).toEqual([
      [4, 1],
      [12, 2],
      [33, 'x'],
    ]);
  });

  it('of AArch64 say how they are written', () => {
    const format = { machine: EM_AARCH64 };
    const bits = withLength([...string('aeabi_feature_and_bits'), 1, 0, 0, 1, 1, 1, 2, 0x80, 1], format);
    const texts = withLength([...string('private'), 0, 1, 3, ...string('abc')], format);
    expect(all(attributesElf([0x41, ...bits, ...texts], format))).toMatchObject([
      {
        vendor: 'aeabi_feature_and_bits',
        isOptional: true,
        hasTexts: false,
        attributes: [
          { tag: 0, value: 1 },
          { tag: 1, value: 1 },
          { tag: 2, value: 128 },
        ],
      },
      { vendor: 'private', isOptional: false, hasTexts: true, attributes: [{ tag: 3, value: 'abc' }] },
    ]);
  });

  it.each<[string, number, number[]]>([
    ['unrecognized format-version: 0x42', EM_ARM, [0x42]],
    ['invalid section length 3 at offset 0x1', EM_ARM, [0x41, 3, 0, 0, 0]],
    ['invalid section length 4294967295 at offset 0x1', EM_ARM, [0x41, 255, 255, 255, 255]],
    ['unrecognized tag 0x4', EM_ARM, compact('aeabi', [withLength([], {}, [4])], {})],
    ['invalid attribute size 4 at offset 0xa', EM_ARM, compact('aeabi', [[1, 4, 0, 0, 0]], {})],
    ['invalid attribute size 6 at offset 0xa', EM_ARM, compact('aeabi', [[1, 6, 0, 0, 0]], {})],
    ['invalid Optionality: 2 (Options are 1|0)', EM_AARCH64, [0x41, ...withLength([...string('v'), 2, 0], {})]],
    ['invalid Type: 2 (Options are 1|0)', EM_AARCH64, [0x41, ...withLength([...string('v'), 0, 2], {})]],
  ])('are refused: %s', (reason, machine, data) => {
    expect(formatErrorOf(() => all(attributesElf(data, { machine }))).reason).toBe(reason);
  });

  it('hold for as many sections as the limits allow', () => {
    const format = { machine: EM_ARM };
    const scope = withLength([2, 3, 4, 0, 8, 1], format, [2]);
    const { input } = attributesElf(compact('aeabi', [scope, scope], format), format);
    const read = (listElements: number) => all(openElf(input, { limits: { listElements } }))[0]?.attributes.length;
    expect(read(3)).toBe(2);
    expect(formatErrorOf(() => read(2))).toMatchObject({
      code: 'limit-exceeded',
      reason: 'the sections or symbols that attributes hold for are more than the limits allow (2)',
    });
  });

  it('may be cut at every length', () => {
    const format = { machine: EM_ARM };
    const scope = withLength([5, ...string('cortex'), 6, 10, 65, 5, 65, 0], format, [1]);
    const list = withLength([2, 0x80, 1, 0, 8, 1], format, [2]);
    for (const machine of [EM_ARM, EM_AARCH64]) {
      const data = compact('aeabi', [scope, list], format);
      for (let length = 1; length < data.length; length += 1) {
        const cut = data.slice(0, length);
        // Cut the sizes as well, so that what they hold is read.
        if (length >= 5) cut.splice(1, 1, length - 1);
        if (length >= 16) cut.splice(12, 1, length - 11);
        try {
          all(attributesElf(cut, { machine }));
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }
    }
  });
});

describe('the strings of a section', () => {
  it('are given with their offsets, padding left out', () => {
    const elf = attributesElf([0, ...string('a'), 0, 0, ...string('b\\'), 0x63, 0xff], {});
    expect([...sectionStrings(elf, 1)]).toEqual([
      { offset: 1, text: 'a' },
      { offset: 5, text: 'b\\\\' },
      { offset: 8, text: 'c\\xff' },
    ]);
  });
});

/** Tags and values that llvm-readobj prints of the old format, or names and values of the new one. */
function printedValues(output: string): string[] {
  const found: string[] = [];
  for (const block of output.split('Attribute {').slice(1)) {
    const tag = /Tag: (\d+)/.exec(block)?.[1] ?? '';
    const value = /Value: (.*)/.exec(block)?.[1] ?? '';
    found.push(`${tag} ${value.trim()}`);
  }
  return found;
}

describeWithTools(
  'what compilers say of their code',
  ['clang-22', 'llvm-readobj-22', 'readelf', 'gcc'],
  ([clang, readobj, readelf, gcc]) => {
    const folder = temporaryFolder();
    const source = join(folder, 'a.c');
    writeFileSync(source, 'int f(void) { return 1; }\n');

    it.each([
      ['armv7-linux-gnueabihf', '-mcpu=cortex-a9', '.ARM.attributes'],
      ['armebv7-linux-gnueabihf', '-O2', '.ARM.attributes'],
      ['armv8.1m.main-none-eabi', '-mthumb', '.ARM.attributes'],
      ['riscv64-linux-gnu', '-O1', '.riscv.attributes'],
      ['riscv32-unknown-elf', '-march=rv32imac_zba', '.riscv.attributes'],
      ['hexagon-unknown-elf', '-O1', '.hexagon.attributes'],
    ])('is what readobj prints: %s', (target, option, section) => {
      const path = join(folder, `${target}.o`);
      execFileSync(clang, [`--target=${target}`, option, '-c', source, '-o', path]);
      const output = execFileSync(readobj, ['-A', path], { encoding: 'utf8' });
      const elf = openElf(readFileSync(path));
      const index = Array.from({ length: elf.sections.length }, (_, i) => i).find(
        (i) => elf.sections.name(i) === section,
      );
      const attributes = Array.from(attributeSubsections(elf, index as number), (part) => [
        ...part.attributes(),
      ]).flat();
      const found = attributes.map(({ tag, value }) => `${tag} ${value}`);
      expect(found).toEqual(printedValues(output));
      expect(found.length).toBeGreaterThan(0);
    });

    it('is what readobj prints: aarch64', () => {
      const path = join(folder, 'aarch64.o');
      execFileSync(clang, ['--target=aarch64-linux-gnu', '-mbranch-protection=bti', '-c', source, '-o', path]);
      const output = execFileSync(readobj, ['-A', path], { encoding: 'utf8' });
      const elf = openElf(readFileSync(path));
      const index = Array.from({ length: elf.sections.length }, (_, i) => i).find(
        (i) => elf.sections.name(i) === '.ARM.attributes',
      );
      const [part] = attributeSubsections(elf, index as number);
      const values = Array.from(part?.attributes() ?? [], ({ value }) => value);
      const printed = Array.from(output.matchAll(/Tag_Feature_\w+: (\d+)/g), ([, value]) => Number(value));
      expect([part?.vendor, values]).toEqual(['aeabi_feature_and_bits', printed]);
      expect(values).toEqual([1, 0, 0]);
    });

    it('names its compiler in .comment as readelf prints it', () => {
      const path = join(folder, 'comment.o');
      execFileSync(gcc, ['-c', source, '-o', path]);
      const elf = openElf(readFileSync(path));
      const index = Array.from({ length: elf.sections.length }, (_, i) => i).find(
        (i) => elf.sections.name(i) === '.comment',
      );
      const output = execFileSync(readelf, ['-p', '.comment', path], { encoding: 'utf8' });
      const printed = Array.from(output.matchAll(/\[ *([0-9a-f]+)\] {2}(.*)/g), ([, offset, text]) => ({
        offset: Number.parseInt(offset as string, 16),
        text,
      }));
      expect([...sectionStrings(elf, index as number)]).toEqual(printed);
    });
  },
);
