// Scripts that are in use: those of GNU ld, of the C library, of the Linux kernel; and what scripts define, compared with the
// symbols of what ld.lld links by them.

import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readLinkScript } from '../../../../src/link/index.ts';
import type { ScriptCommand } from '../../../../src/link/index.ts';
import { describeInKernel } from '../../../helpers/kernel.ts';
import { buildObject } from '../../../helpers/object-builder.ts';
import { temporaryFolder } from '../../../helpers/temporary.ts';
import { describeWithTools, run } from '../../../helpers/tools.ts';

const VERSIONS = ['14', '16', '19', '22'] as const;
const TOOLS = ['ld.lld-14', 'ld.lld-16', 'ld.lld-19', 'ld.lld-22', 'llvm-nm-22'] as const;
const LIBRARIES = '/usr/lib/x86_64-linux-gnu';
const GNU_SCRIPTS = '/usr/lib/aarch64-linux-gnu/ldscripts';

function commandsOf(path: string): readonly ScriptCommand[] {
  const { commands, errors } = readLinkScript(new Uint8Array(readFileSync(path)), { name: path });
  expect(errors).toEqual([]);
  return commands;
}

function inputsOf(path: string): string[] {
  return commandsOf(path).flatMap((command) =>
    command.kind === 'input' ? [`${command.name}${command.asNeeded ? ' as needed' : ''}`] : [],
  );
}

describe('text in place of libraries', () => {
  it.skipIf(!existsSync(`${LIBRARIES}/libc.so`))('names the parts of the C library', () => {
    const inputs = inputsOf(`${LIBRARIES}/libc.so`);
    expect(inputs).toContain('/lib/x86_64-linux-gnu/libc.so.6');
    expect(inputs.some((input) => /ld-linux.* as needed$/.test(input))).toBe(true);
    const formats = commandsOf(`${LIBRARIES}/libc.so`).filter(({ kind }) => kind === 'output-format');
    expect(formats).toMatchObject([{ target: { machine: 62, elfClass: 64, isBigEndian: false } }]);
  });

  it.skipIf(!existsSync(`${LIBRARIES}/libm.a`))('names archives', () => {
    expect(inputsOf(`${LIBRARIES}/libm.a`).every((name) => name.endsWith('.a'))).toBe(true);
  });
});

describeWithTools("GNU ld's own scripts", TOOLS, (tools) => {
  // Those that differ in more than addresses.
  const names = ['x', 'xr', 'xs', 'xu', 'xc'].map((suffix) => join(GNU_SCRIPTS, `aarch64elf.${suffix}`));
  const folder = temporaryFolder({ 'a.o': buildObject({ symbols: [{ name: '_start' }] }).bytes });

  it.each(names.filter((name) => existsSync(name)))('are read without an error, as by lld: %s', (name) => {
    for (const [at, version] of VERSIONS.entries()) {
      const text = readFileSync(name, 'utf8');
      const { errors } = readLinkScript(text, { name, linker: { family: 'lld', version } });
      const { stderr } = run(tools[at] as string, ['-T', name, 'a.o', '-o', 'out'], { cwd: folder });
      const theirs = stderr.split('\n').filter((line) => line.includes(`${name}:`) && line.includes('error:'));
      expect(errors.length).toBe(theirs.length);
    }
  });

  it.skipIf(!existsSync(GNU_SCRIPTS))('name the symbols of the C library', () => {
    const provided = commandsOf(join(GNU_SCRIPTS, 'aarch64elf.x')).flatMap((command) =>
      command.kind === 'assign' && command.provide ? [command.name] : [],
    );
    expect(provided).toEqual(
      expect.arrayContaining(['__executable_start', 'etext', 'edata', '__init_array_start', '__fini_array_end', 'end']),
    );
  });

  it.skipIf(!existsSync(GNU_SCRIPTS))('are all read', () => {
    // lld has no 32-bit ABI of AArch64.
    const named = readdirSync(GNU_SCRIPTS).filter((name) => /^aarch64elfb?\./.test(name));
    for (const name of named) commandsOf(join(GNU_SCRIPTS, name));
  });
});

describeWithTools('what a script defines', TOOLS, (tools) => {
  const SCRIPT = `
    absolute = 0x1234;
    "quoted" = 1 + 2 * 3 - (4 << 2) / 2 % 3;
    negative = -1;
    inverted = ~0xff & 0xffff | 0x10000;
    chosen = 1 > 2 ? 3 : 4 == 4 ? 5 : 6;
    logical = 1 && 0 || !0;
    kilo = 3K + 2M + 0ffH;
    most = MAX(3, 4) * MIN(5, 6);
    aligned = ALIGN(0x1001, 0x100);
    log = LOG2CEIL(9);
    started = SEGMENT_START("x", 0x77);
    total = ABSOLUTE(absolute + 1);
    HIDDEN(hidden = 2);
    PROVIDE(wanted = 3);
    PROVIDE(unwanted = 4);
    PROVIDE_HIDDEN(defined = 5);
    SECTIONS {
      . = 0x10000;
      before = .;
      .text : { inside = .; number = 7; *(.text*) }
      after = .;
      /DISCARD/ : { *(.comment) }
    }
    compound = 5;
    compound += 2;
  `;
  const folder = temporaryFolder({
    'x.lds': SCRIPT,
    'a.o': buildObject({
      symbols: [{ name: '_start' }, { name: 'defined' }, { name: 'wanted', section: 0, type: 0 }],
    }).bytes,
  });

  it.each(VERSIONS)('is defined by lld %s, with the constants that we compute', (version) => {
    const at = VERSIONS.indexOf(version);
    const { stderr, status } = run(tools[at] as string, ['-T', 'x.lds', 'a.o', '-o', 'out'], { cwd: folder });
    expect([stderr, status]).toEqual(['', 0]);
    const lines = run(tools[4], ['out'], { cwd: folder }).stdout.split('\n');
    const symbols = new Map(
      lines.map((line) => [
        line.slice(19),
        { value: BigInt(`0x${line.slice(0, 16).trim() || '0'}`), letter: line[17] ?? '' },
      ]),
    );
    const { commands, errors } = readLinkScript(SCRIPT, { name: 'x.lds', linker: { family: 'lld', version } });
    expect(errors).toEqual([]);
    const assigned = commands.flatMap((command) => (command.kind === 'assign' ? [command] : []));
    const defined = assigned.filter(({ name, provide }) => !provide || name === 'wanted');
    for (const { name, value, inSection, isCompound } of defined) {
      const symbol = symbols.get(name);
      expect(symbol, name).toBeDefined();
      const isKnown = value !== undefined && !inSection && name !== 'compound';
      if (isKnown) expect([name, symbol?.value, symbol?.letter.toLowerCase()]).toEqual([name, value, 'a']);
      expect(isCompound).toBe(name === 'compound' && value === undefined);
    }
    expect(symbols.has('unwanted')).toBe(false);
    const known = new Set([...defined.map(({ name }) => name), '_start', 'defined', '']);
    expect([...symbols.keys()].filter((name) => !known.has(name))).toEqual([]);
  });

  it('is looked for in archives if expressions name it, in PROVIDE until lld 18 always', () => {
    const object = (name: string): Uint8Array => buildObject({ symbols: [{ name }] }).bytes;
    writeFileSync(join(folder, 'needs.lds'), 'x = plain; PROVIDE(nobody = provided); PROVIDE(wanted = chained);');
    for (const name of ['plain', 'provided', 'chained']) writeFileSync(join(folder, `${name}.o`), object(name));
    for (const [at, version] of VERSIONS.entries()) {
      const lib = ['--start-lib', 'plain.o', 'provided.o', 'chained.o', '--end-lib'];
      run(tools[at] as string, ['-T', 'needs.lds', 'a.o', ...lib, '-o', 'out2'], { cwd: folder });
      const output = run(tools[4], ['out2'], { cwd: folder }).stdout;
      const theirs = ['plain', 'provided', 'chained'].filter((name) => new RegExp(` ${name}$`, 'm').test(output));
      const script = readLinkScript(readFileSync(join(folder, 'needs.lds'), 'utf8'), {
        name: 'needs.lds',
        linker: { family: 'lld', version },
      });
      const wanted = script.commands.flatMap((command) =>
        command.kind === 'assign' && command.name === 'wanted' ? command.references : [],
      );
      const ours = new Set([...script.references, ...wanted].map(({ name }) => name));
      expect([version, ...theirs]).toEqual([
        version,
        ...['plain', 'provided', 'chained'].filter((name) => ours.has(name)),
      ]);
    }
  });
});

describeInKernel('the scripts of a kernel', 'LTOSCOPE_KERNEL', (folder) => {
  it('order initcalls', () => {
    const commands = commandsOf(join(folder, '.tmp_initcalls.lds'));
    const sections = commands.flatMap((command) => (command.kind === 'section' ? [command] : []));
    expect(sections.map(({ name }) => name)).toContain('.initcall0.init');
    expect(sections.flatMap(({ inputs }) => inputs.flatMap(({ patterns }) => patterns)).length).toBeGreaterThan(100);
  });

  it('lay out modules', () => {
    const commands = commandsOf(join(folder, 'scripts/module.lds'));
    expect(commands.some((command) => command.kind === 'section' && command.name === '/DISCARD/')).toBe(true);
  });
});
