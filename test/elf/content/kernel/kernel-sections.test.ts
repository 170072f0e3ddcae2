// The kernel's sections as the headers of each version write them, assembled, put together and linked.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FormatError } from '../../../../src/bytes/index.ts';
import {
  findKernelThisModule,
  kernelCrcs,
  kernelExportFlags,
  kernelExportMarkers,
  kernelExports,
  kernelInitcalls,
  kernelModuleInfo,
  kernelParameters,
  kernelSymbolVersions,
  parseInitcallName,
} from '../../../../src/elf/content/index.ts';
import { openElf } from '../../../../src/elf/index.ts';
import type { ElfFile } from '../../../../src/elf/index.ts';
import { buildElf, ElfWriter } from '../../../helpers/elf-builder.ts';
import { formatErrorOf } from '../../../helpers/errors.ts';
import { temporaryFolder } from '../../../helpers/temporary.ts';
import { describeWithTools, run } from '../../../helpers/tools.ts';

interface Target {
  readonly triple: string;
  readonly bits: 32 | 64;
  /** Directive for an address. */
  readonly word: string;
}

const TARGETS: readonly Target[] = [
  { triple: 'x86_64-linux-gnu', bits: 64, word: '.quad' },
  { triple: 'aarch64-linux-gnu', bits: 64, word: '.quad' },
  { triple: 'aarch64_be-linux-gnu', bits: 64, word: '.quad' },
  { triple: 'armv7-linux-gnueabi', bits: 32, word: '.long' },
];

const SCRIPT = `SECTIONS {
  __ksymtab : { *(SORT(___ksymtab+*)) } __ksymtab_gpl : { *(SORT(___ksymtab_gpl+*)) }
  __kcrctab : { *(SORT(___kcrctab+*)) } __kflagstab : { *(SORT(___kflagstab+*)) } }`;

/** One exported symbol; a namespace of undefined is none, as assembler sources have it. */
interface Exported {
  readonly name: string;
  readonly suffix?: string;
  readonly namespace?: string;
}

const EXPORTED: readonly Exported[] = [
  { name: 'alpha', namespace: '' },
  { name: 'beta', suffix: '_gpl', namespace: 'SPACE' },
  { name: 'delta' },
  { name: 'gamma', namespace: '' },
];

/** What EXPORT_SYMBOL makes in a version whose entries have so many words. */
function exportsSource({ word }: Target, wordCount: 2 | 3, isRelative: boolean): string {
  const reference = (symbol: string): string => (isRelative ? `.long ${symbol} - .` : `${word} ${symbol}`);
  const nothing = isRelative ? '.long 0' : `${word} 0`;
  return EXPORTED.map(
    ({ name, suffix = '', namespace }) => `
    .text
    .globl ${name}
    .type ${name}, %function
    ${name}: .long 0
    .section __ksymtab_strings, "aMS", %progbits, 1
    __kstrtab_${name}: .asciz "${name}"
    ${namespace === undefined ? '' : `__kstrtabns_${name}: .asciz "${namespace}"`}
    .section "___ksymtab${suffix}+${name}", "a"
    .balign 4
    __ksymtab_${name}:
    ${reference(name)}
    ${reference(`__kstrtab_${name}`)}
    ${wordCount === 2 ? '' : namespace === undefined ? nothing : reference(`__kstrtabns_${name}`)}`,
  ).join('\n');
}

function exportedBy(elf: ElfFile): string[] {
  return [...kernelExports(elf)].map(({ name, suffix, namespace }) => `${name}${suffix}:${namespace}`).sort();
}

describeWithTools('the kernel sections', ['clang-22', 'ld.lld-22'], ([clang, lld]) => {
  const assemble = (source: string, { triple }: Target): string => {
    const folder = temporaryFolder({ 'a.s': `${source}\n`, 'module.lds': SCRIPT });
    const made = run(clang, ['-c', `--target=${triple}`, 'a.s', '-o', 'a.o'], { cwd: folder });
    expect(made).toMatchObject({ status: 0, stderr: '' });
    return folder;
  };
  const open = (folder: string, name = 'a.o'): ElfFile => openElf(readFileSync(join(folder, name)));
  const link = (folder: string, ...args: string[]): ElfFile => {
    expect(run(lld, [...args, 'a.o', '-o', 'linked'], { cwd: folder })).toMatchObject({ status: 0 });
    return open(folder, 'linked');
  };

  describe.each(TARGETS)('of $triple', (target) => {
    const generations = [
      { wordCount: 2, isRelative: false },
      { wordCount: 3, isRelative: false },
      ...(target.bits === 64
        ? [{ wordCount: 2, isRelative: true } as const, { wordCount: 3, isRelative: true } as const]
        : []),
    ] as const;

    it.each(generations)('export symbols by $wordCount words, distances $isRelative', ({ wordCount, isRelative }) => {
      const folder = assemble(exportsSource(target, wordCount, isRelative), target);
      const expected = EXPORTED.map(
        ({ name, suffix = '', namespace = '' }) => `${name}${suffix}:${wordCount === 2 ? '' : namespace}`,
      ).sort();
      const form = { wordCount, isRelative, wordSize: isRelative ? 4 : target.bits / 8 };
      const module = link(folder, '-r', '-T', 'module.lds');
      const kernel = link(folder, '-T', 'module.lds', '--no-dynamic-linker', '--orphan-handling=place');
      for (const elf of [open(folder), module, kernel]) {
        expect(exportedBy(elf)).toEqual(expected);
        expect([...kernelExports(elf)].map((entry) => entry.form)).toEqual(EXPORTED.map(() => form));
      }
      // Addresses of the linked kernel are those of its symbol table.
      const symbols = kernel.symbolTable(kernel.symbolTableIndex ?? 0);
      const addresses = new Map(Array.from({ length: symbols.length }, (_, i) => [symbols.name(i), symbols.value(i)]));
      for (const { name, symbol } of kernelExports(kernel)) expect(symbol.value).toBe(addresses.get(name));
    });

    it('mark exports since 6.5', () => {
      const align = target.bits / 8;
      const marker = (name: string, license: string, namespace: string): string => `
        .text
        .globl ${name}
        ${name}: .long 0
        .section ".export_symbol", "a"
        __export_symbol_${name}:
        .asciz "${license}"
        .asciz "${namespace}"
        .balign ${align}
        ${target.word} ${name}`;
      const folder = assemble(marker('one', '', '') + marker('another', 'GPL', 'module:kvm'), target);
      for (const elf of [open(folder), link(folder, '-r')]) {
        const markers = [...kernelExportMarkers(elf)];
        expect(markers.map(({ name, license, namespace }) => [name, license, namespace])).toEqual([
          ['one', '', ''],
          ['another', 'GPL', 'module:kvm'],
        ]);
      }
    });

    it('have checksums of every generation', () => {
      const wide = target.bits === 64 ? '.quad' : '.long';
      const folder = assemble(
        `.weak __crc_old, __crc_unknown
        __crc_old = 0x12345678
        .section "___kcrctab+old", "a"
        ${wide} __crc_old
        .section "___kcrctab_gpl+unknown", "a"
        .long __crc_unknown
        .section .rodata
        .weak __crc_relative
        __crc_relative: .long 0x9abcdef0
        .section "___kcrctab+relative", "a"
        .long __crc_relative ${target.bits === 64 ? '- .' : ''}
        .section "___kcrctab+stored", "a"
        .long 0xfedcba98
        .section "___kflagstab+stored", "a"
        .byte 1`,
        target,
      );
      const elf = open(folder);
      expect([...kernelCrcs(elf)].map(({ exportName, suffix, crc }) => [exportName, suffix, crc])).toEqual([
        ['old', '', 0x12345678],
        ['unknown', '_gpl', undefined],
        ['relative', '', 0x9abcdef0],
        ['stored', '', 0xfedcba98],
      ]);
      expect([...kernelExportFlags(elf)]).toMatchObject([
        { exportName: 'stored', flags: 1, isGplOnly: true, position: 0 },
      ]);
    });

    it('call functions when the kernel starts', () => {
      const forms = target.bits === 64 ? [true, false] : [false];
      for (const isRelative of forms) {
        const word = (symbol: string): string => (isRelative ? `.long ${symbol} - .` : `${target.word} ${symbol}`);
        const folder = assemble(
          `.section .init.text, "ax"
          .type early_fn, %function
          early_fn: .long 0
          .type local_fn, %function
          local_fn: .long 0
          .globl __initstub__kmod_my_mod__12_345_start6, last_fn
          .type __initstub__kmod_my_mod__12_345_start6, %function
          __initstub__kmod_my_mod__12_345_start6: .long 0
          .type last_fn, %function
          last_fn: .long 0
          .section .initcallearly.init, "aw"
          ${word('early_fn')}
          .section .initcall6.init, "aw"
          ${word('local_fn')}
          ${word('last_fn')}
          .section ".initcall6.init..kmod_my_mod__12_345_start", "aw"
          ${word('__initstub__kmod_my_mod__12_345_start6')}
          .section .con_initcall.init, "aw"
          ${word('last_fn')}`,
          target,
        );
        const calls = [...kernelInitcalls(open(folder))].map(({ level, symbolName }) => `${level} ${symbolName}`);
        const expected = [
          'early early_fn',
          '6 local_fn',
          '6 last_fn',
          '6 __initstub__kmod_my_mod__12_345_start6',
          'con last_fn',
        ];
        expect(calls).toEqual(expected);
        const stub = [...kernelInitcalls(open(folder))][3];
        expect(stub?.identity).toEqual({ module: 'my_mod', counter: 12, line: 345, functionName: 'start' });

        const script = `SECTIONS { . = 0x100000; .init.text : { *(.init.text) } .init.data : {
          __initcall_start = .; *(.initcallearly.init) __initcall0_start = .; *(.initcall0.init)
          __initcall6_start = .; *(.initcall6.init) *(.initcall6.init..*) __initcall_end = .;
          __con_initcall_start = .; *(.con_initcall.init) __con_initcall_end = .; } }`;
        const scripted = temporaryFolder({ 'kernel.lds': script });
        const kernel = link(folder, '-T', join(scripted, 'kernel.lds'));
        const linked = [...kernelInitcalls(kernel)].map(({ level, symbolName }) => `${level} ${symbolName}`);
        expect(linked).toEqual(expected);
      }
    });

    it('have parameters, since 4.2 with their module', () => {
      for (const hasModule of [true, false]) {
        const entry = (name: string, permissions: number): string => `
          .section .rodata
          .Lname_${name}: .asciz "${name}"
          .section __param, "a"
          .balign ${target.bits / 8}
          ${target.word} .Lname_${name}
          ${hasModule ? `${target.word} __this_module` : ''}
          ${target.word} param_ops_int
          .short ${permissions}
          .byte 0xff, 0
          ${target.bits === 64 ? '.long 0' : ''}
          ${target.word} ${name}`;
        const names = ['a', 'bb', 'c', 'd', 'e'];
        const folder = assemble(names.map((name) => entry(name, 0o644)).join('\n'), target);
        const parameters = [...kernelParameters(open(folder))];
        expect(parameters.map(({ name, operations, permissions }) => [name, operations, permissions])).toEqual(
          names.map((name) => [name, 'param_ops_int', 0o644]),
        );
      }
    });

    it('say what a module is called and does', () => {
      const folder = assemble(
        `.section .gnu.linkonce.this_module, "aw"
        .zero ${3 * (target.bits / 8)}
        .asciz "my_module"
        .balign 64
        ${target.word} init_module
        ${target.word} cleanup_module`,
        target,
      );
      expect(findKernelThisModule(open(folder))).toMatchObject({ name: 'my_module', hasInit: true, hasExit: true });
    });

    it('give only FormatError when cut at any length, and damage stays local', () => {
      const folder = assemble(exportsSource(target, 3, target.bits === 64), target);
      const bytes = readFileSync(join(folder, 'a.o'));
      for (let length = 64; length < bytes.length; length += 7) {
        try {
          readAll(openElf(bytes.subarray(0, length)));
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }
      // Every fourth word of the file set to all ones: what is told is told, and the rest comes out.
      for (let offset = 64; offset + 4 <= bytes.length; offset += 4) {
        const broken = Uint8Array.from(bytes);
        broken.fill(0xff, offset, offset + 4);
        try {
          readAll(openElf(broken));
        } catch (error) {
          expect(error).toBeInstanceOf(FormatError);
        }
      }
    });
  });
});

function readAll(elf: ElfFile): void {
  const options = { onDamage: (error: FormatError) => expect(error).toBeInstanceOf(FormatError) };
  for (const read of [kernelExports, kernelExportMarkers, kernelCrcs, kernelInitcalls, kernelParameters]) {
    for (const entry of read(elf, options)) expect(entry.offset).toBeGreaterThanOrEqual(0);
  }
  for (const read of [kernelModuleInfo, kernelSymbolVersions, kernelExportFlags]) {
    for (const entry of read(elf, options)) expect(entry.offset).toBeGreaterThanOrEqual(0);
  }
  findKernelThisModule(elf);
}

function text(...strings: string[]): Uint8Array {
  return new TextEncoder().encode(strings.map((string) => `${string}\0`).join(''));
}

describe('.modinfo', () => {
  const infoOf = (data: Uint8Array) => openElf(buildElf({ sections: [{ name: '.modinfo', type: 1, data }] }).bytes);

  it('has tags, of what is built in with the module before them', () => {
    const elf = infoOf(text('license=GPL', '', '', 'usbcore.parm=quirks:a=b', 'odd', 'alias='));
    expect([...kernelModuleInfo(elf)].map(({ module, tag, value, offset }) => [module, tag, value, offset])).toEqual([
      [undefined, 'license', 'GPL', 0],
      ['usbcore', 'parm', 'quirks:a=b', 14],
      [undefined, 'odd', '', 38],
      [undefined, 'alias', '', 42],
    ]);
  });

  it('ends where its last string does not', () => {
    const elf = infoOf(text('a=b', 'c=d').subarray(0, -1));
    expect(formatErrorOf(() => [...kernelModuleInfo(elf)]).code).toBe('truncated');
    const told: string[] = [];
    expect([...kernelModuleInfo(elf, { onDamage: ({ code }) => told.push(code) })]).toHaveLength(1);
    expect(told).toEqual(['truncated']);
  });
});

describe.each([
  { bits: 32, littleEndian: true },
  { bits: 32, littleEndian: false },
  { bits: 64, littleEndian: true },
  { bits: 64, littleEndian: false },
] as const)('checksums of used symbols, class $bits, little endian $littleEndian', (format) => {
  const versions = (name: string): Uint8Array => {
    const out = new ElfWriter(format).address(0x89abcdef).raw(new TextEncoder().encode(name));
    while (out.length < 64) out.byte(0);
    return out.bytes;
  };
  const extended = [
    { name: '__version_ext_crcs', type: 1, data: new ElfWriter(format).word(1).word(0xffffffff).bytes },
    { name: '__version_ext_names', type: 1, data: text('module_layout', 'a_very_long_name') },
  ];

  it('come out of both tables', () => {
    const sections = [{ name: '__versions', type: 1, data: versions('printk') }, ...extended];
    const elf = openElf(buildElf({ ...format, sections }).bytes);
    expect([...kernelSymbolVersions(elf)].map(({ name, crc, isExtended }) => [name, crc, isExtended])).toEqual([
      ['printk', 0x89abcdef, false],
      ['module_layout', 1, true],
      ['a_very_long_name', 0xffffffff, true],
    ]);
  });

  it('are refused where names and checksums do not match', () => {
    const [crcs, names] = extended;
    const read = (data: Uint8Array) => {
      const sections = [crcs ?? { type: 1 }, { ...names, type: 1, data }];
      return [...kernelSymbolVersions(openElf(buildElf({ ...format, sections }).bytes))];
    };
    expect(formatErrorOf(() => read(text('a'))).code).toBe('truncated');
    expect(formatErrorOf(() => read(text('a', 'b', 'c'))).code).toBe('bad-value');
    const full = { name: '__versions', type: 1, data: versions('x'.repeat(64 - format.bits / 8)) };
    const elf = openElf(buildElf({ ...format, sections: [full] }).bytes);
    expect(formatErrorOf(() => [...kernelSymbolVersions(elf)]).code).toBe('truncated');
    const half = openElf(buildElf({ ...format, sections: [{ ...full, data: new Uint8Array(63) }] }).bytes);
    expect(formatErrorOf(() => [...kernelSymbolVersions(half)]).code).toBe('bad-value');
  });
});

describe('names of initcalls', () => {
  it.each([
    ['__initcall__kmod_libata__350_6731_ata_init4', '4', ['libata', 350, 6731, 'ata_init']],
    ['__initstub__kmod_noinitramfs__409_42_default_rootfsrootfs', 'rootfs', ['noinitramfs', 409, 42, 'default_rootfs']],
    ['__initcall__kmod_a__b__1_2_f_0s', '0s', ['a__b', 1, 2, 'f_']],
    ['__initcall_old_fn6', '6', undefined],
    ['start', '6', undefined],
  ])('%s', (name, level, parts) => {
    const identity = parseInitcallName(name, level);
    expect(identity && [identity.module, identity.counter, identity.line, identity.functionName]).toEqual(parts);
  });

  it('of a megabyte are told apart in one pass, not in one for each of their underlines', () => {
    const long = '__initcall__kmod_' + '__1_1_'.repeat(200_000);
    expect(parseInitcallName(`${long}.`, '6')).toBeUndefined();
    expect(parseInitcallName(`${long}f6`, '6')?.functionName.endsWith('__1_1_f')).toBe(true);
  });
});

it('files without these sections have nothing of it', () => {
  const elf = openElf(buildElf({ sections: [{ name: '.text', type: 1 }] }).bytes);
  expect([...kernelExports(elf), ...kernelInitcalls(elf), ...kernelParameters(elf), ...kernelCrcs(elf)]).toEqual([]);
  expect([...kernelModuleInfo(elf), ...kernelSymbolVersions(elf), ...kernelExportMarkers(elf)]).toEqual([]);
  expect(findKernelThisModule(elf)).toBeUndefined();
});

it('a hundred thousand sections that share a table do not cost a reading of it each', () => {
  const data = new Uint8Array(1 << 16);
  const shared = { name: '___ksymtab+x', type: 1, offset: 64, size: 1 << 16 };
  const built = buildElf({
    sections: [{ name: '.data', type: 1, data }, ...Array.from({ length: 2000 }, () => shared)],
  });
  const elf = openElf(built.bytes);
  const codes = new Set<string>();
  expect([...kernelExports(elf, { onDamage: ({ code }) => codes.add(code) })]).toEqual([]);
  expect(codes).toEqual(new Set(['bad-value', 'limit-exceeded']));
});
