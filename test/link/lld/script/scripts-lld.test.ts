// Scripts put to four versions of ld.lld: what they refuse, and in which words. A script on which our verdict is the same for
// several versions is put to one of them, another for each script; LTOSCOPE_ALL_VERSIONS=1 puts all to all.

import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import {
  compileGlobs,
  findGlobProblem,
  parseDefsym,
  readDynamicList,
  readLinkScript,
  readVersionScript,
} from '../../../../src/link/index.ts';
import type { Linker } from '../../../../src/link/index.ts';
import { OUTPUT_FORMATS } from '../../../../src/link/lld/script/output-formats.ts';
import { buildObject } from '../../../helpers/object-builder.ts';
import { temporaryFolder } from '../../../helpers/temporary.ts';
import { describeWithTools, run } from '../../../helpers/tools.ts';
import { DEFSYM_CASES, DYNAMIC_CASES, INCLUDED, SCRIPT_CASES, VERSION_CASES } from './script-cases.ts';

const VERSIONS = ['14', '16', '19', '22'] as const;
const TOOLS = ['ld.lld-14', 'ld.lld-16', 'ld.lld-19', 'ld.lld-22'] as const;
const WORKERS = 3;

/** Errors of a linker that has read the script. */
const LATER =
  /symbol not found|cannot find entry|undefined section|by zero|no memory region|type mismatch|does not converge|symbol not defined|unable to (insert|get location)|is not in|overlap|out of range|undefined symbol|move location counter|discarded|incompatible with|smaller than image base/;

function linkerOf(version: string): Linker {
  return { family: 'lld', version };
}

/** Runs a linker; resolves to what it says. */
function link(tool: string, args: readonly string[], cwd: string): Promise<string> {
  const env = { ...process.env, LC_ALL: 'C', LLVM_DISABLE_SYMBOLIZATION: '1' };
  return new Promise((resolve) => {
    execFile(tool, args, { cwd, env, timeout: 20_000, encoding: 'utf8' }, (_, __, stderr) => resolve(stderr));
  });
}

/** The first error, without the name of the linker; bytes that are no UTF-8 as one question mark. */
function firstError(said: string): string {
  const [first = ''] = said.replace(/^ld\.lld-\d+: /gm, '').split(/\n(?=error: |warning: |PLEASE|terminate|\S+\/ld)/);
  const error = first.startsWith('error: ') ? first.slice('error: '.length) : '';
  return error.trim().replace(/[\ud800-\udfff\ufffd]+/gu, '?');
}

interface Question {
  readonly text: string;
  /** Files for the folder of the run. */
  readonly files: Readonly<Record<string, string>>;
  readonly args: readonly string[];
  /** Our first error for a version. */
  readonly ask: (version: string) => string | undefined;
}

/** Puts questions to the linkers; returns where they and we differ. */
async function compare(tools: readonly string[], questions: readonly Question[]): Promise<string[]> {
  const folder = temporaryFolder({ 'a.o': buildObject({ symbols: [{ name: 'foo' }, { name: '_start' }] }).bytes });
  const differences: string[] = [];
  const jobs = questions.flatMap((question, at) => {
    const byAnswer = new Map<string, string[]>();
    for (const version of VERSIONS) {
      const answer = question.ask(version) ?? '';
      byAnswer.set(answer, [...(byAnswer.get(answer) ?? []), version]);
    }
    const all = process.env['LTOSCOPE_ALL_VERSIONS'] === '1';
    return [...byAnswer].flatMap(([answer, versions]) =>
      (all ? versions : [versions[at % versions.length] as string]).map((version) => ({ question, answer, version })),
    );
  });
  let next = 0;
  const work = async (worker: number): Promise<void> => {
    const cwd = join(folder, String(worker));
    await mkdir(cwd);
    for (const [name, text] of Object.entries(INCLUDED)) await writeFile(join(cwd, name), text);
    for (let job = jobs[next++]; job !== undefined; job = jobs[next++]) {
      const { question, answer, version } = job;
      for (const [name, text] of Object.entries(question.files)) await writeFile(join(cwd, name), text);
      const tool = tools[VERSIONS.indexOf(version as (typeof VERSIONS)[number])] as string;
      const theirs = firstError(await link(tool, ['--threads=1', '../a.o', '-o', 'out', ...question.args], cwd));
      const ours = answer.trim().replace(/[\ud800-\udfff\ufffd]+/gu, '?');
      const agree = ours === theirs || (ours === '' && LATER.test(theirs));
      if (!agree) differences.push(`${version} ${question.text}\n  lld:  ${theirs}\n  ours: ${ours}`);
    }
  };
  await Promise.all(Array.from({ length: WORKERS }, (_, worker) => work(worker)));
  return differences;
}

describeWithTools('scripts are refused as ld.lld refuses them', TOOLS, (tools) => {
  it('linker scripts', { timeout: 600_000 }, async () => {
    const questions = SCRIPT_CASES.map((text) => ({
      text,
      files: { 'x.lds': text },
      args: ['-T', 'x.lds'],
      ask: (version: string) =>
        readLinkScript(text, {
          name: 'x.lds',
          linker: linkerOf(version),
          readInclude(name) {
            const content = name === 'x.lds' ? text : INCLUDED[name];
            return content === undefined ? undefined : { path: name, content };
          },
        }).errors[0],
    }));
    expect(await compare(tools, questions)).toEqual([]);
  });

  it('names of output formats', { timeout: 60_000 }, async () => {
    const names = [
      ...OUTPUT_FORMATS.keys(),
      'elf64-x86-64-freebsd',
      'elf32-powerpc-freebsd',
      'binary',
      'elf64-sparcv9',
    ];
    const questions = names.map((name) => {
      const text = `OUTPUT_FORMAT(${name})`;
      return {
        text,
        files: { 'x.lds': text },
        args: ['-T', 'x.lds'],
        ask: (version: string) => readLinkScript(text, { name: 'x.lds', linker: linkerOf(version) }).errors[0],
      };
    });
    expect(await compare(tools, questions)).toEqual([]);
  });

  it('version scripts', async () => {
    const questions = VERSION_CASES.map((text) => ({
      text,
      files: { 'x.map': text },
      args: ['-shared', '--version-script', 'x.map'],
      ask: (version: string) => readVersionScript(text, { name: 'x.map', linker: linkerOf(version) }).errors[0],
    }));
    expect(await compare(tools, questions)).toEqual([]);
  });

  it('dynamic lists', async () => {
    const questions = DYNAMIC_CASES.map((text) => ({
      text,
      files: { 'x.list': text },
      args: ['-shared', '--dynamic-list', 'x.list'],
      ask: (version: string) => readDynamicList(text, { name: 'x.list', linker: linkerOf(version) }).errors[0],
    }));
    expect(await compare(tools, questions)).toEqual([]);
  });

  it('what --defsym defines', async () => {
    const questions = DEFSYM_CASES.map((text) => {
      const at = text.indexOf('=');
      return {
        text,
        files: {},
        args: [`--defsym=${text}`],
        ask: (version: string) =>
          parseDefsym(text.slice(0, at), text.slice(at + 1), { linker: linkerOf(version) }).errors[0],
      };
    });
    expect(await compare(tools, questions)).toEqual([]);
  });
});

describeWithTools('patterns match as those of ld.lld do', TOOLS, (tools) => {
  const NAMES = [
    'a',
    'ab',
    'abc',
    'b',
    'a-b',
    'a]b',
    'a^b',
    'a*b',
    'aXb',
    'aXYb',
    'a[b',
    'z',
    'zz',
    '-',
    'A',
    'abab',
    'é',
    'a\\',
  ];
  const PATTERNS = [
    ...[
      '*',
      'a*',
      '*b',
      'a*b',
      '*a*',
      '?',
      '??',
      'a?b',
      '[ab]',
      '[a-b]',
      '[^a]',
      '[!a]',
      '[^a-b]',
      '[]a]',
      'a[]]b',
      '[-a]',
    ],
    ...['[a-]', '[a-b-z]', 'a[*]b', 'a[^]]b', 'a\\*b*', '*\\*b', '[a-z]*[a-z]', 'a**b', '*?*', '[A-Z]', '[^^]', '[!]'],
    ...['a[!]b', '*a*b*', '[aa]b', '[a-bc-d]*', '*[b]', '*\\\\'],
  ];
  const NONE = ['[a', 'a[]', '[z-a]', '[b-a]x', 'x[a-b][c', '[a-z-a]', '*['];

  // Names of a pattern of their own, so that all are one link.
  const prefixed = PATTERNS.map((pattern, at) => ({ pattern, prefix: `p${at}_` }));

  it.each(VERSIONS)('of version %s', (version) => {
    const tool = tools[VERSIONS.indexOf(version)] as string;
    const symbols = prefixed.flatMap(({ prefix }) => NAMES.map((name) => ({ name: prefix + name })));
    const text = `V1 { ${prefixed.map(({ pattern, prefix }) => `"${prefix}${pattern}";`).join(' ')} };`;
    const folder = temporaryFolder({ 'a.o': buildObject({ symbols }).bytes, 'x.map': text });
    const args = ['-shared', '-o', 'out.so', '--version-script', 'x.map', 'a.o'];
    expect(run(tool, args, { cwd: folder }).stderr).toBe('');
    const table = run('readelf', ['--dyn-syms', '-W', 'out.so'], { cwd: folder }).stdout;
    const [node] = readVersionScript(text, { name: 'x.map', linker: linkerOf(version) }).nodes;
    for (const [at, { pattern, prefix }] of prefixed.entries()) {
      const matcher = compileGlobs(node?.global.slice(at, at + 1) ?? []);
      const own = symbols.filter(({ name }) => name.startsWith(prefix));
      const ours = own.filter(({ name }) => matcher.matches(name.replace('\\', '\\\\')));
      const theirs = own.filter(({ name }) => table.includes(` ${name}@@V1\n`));
      const describe = (some: typeof symbols): string =>
        `${prefix}${pattern}: ${some.map(({ name }) => name).join(' ')}`;
      expect(describe(ours)).toBe(describe(theirs));
    }
  });

  it('and those that are none are refused', async () => {
    const questions = NONE.map((pattern) => ({
      text: pattern,
      files: { 'x.map': `V1 { ${pattern}; };` },
      args: ['-shared', '--version-script', 'x.map'],
      ask: (version: string) => findGlobProblem(pattern, Number(version)),
    }));
    expect(await compare(tools, questions)).toEqual([]);
  });
});
