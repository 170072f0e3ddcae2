// The table of lld's options, its emulations and the values of -z against the programs: what they know, what they need,
// what they say. Versions in between are not tried.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LLD_OPTIONS } from '../../../src/link/lld/command-line/lld-options.ts';
import { Z_FLAGS, Z_KEYS } from '../../../src/link/lld/command-line/z-values.ts';
import { readLinkCommand } from '../../../src/link/index.ts';
import { describeWithTools, run } from '../../helpers/tools.ts';

const VERSIONS = ['13', '14', '16', '19', '22'] as const;

/** lld ends after so many errors in its arguments. */
const ERRORS_AT_ONCE = 20;

/** What we say lld says, for a line that lld only reads. */
function predicted(version: string, line: readonly string[]): string[] {
  const { complaints } = readLinkCommand([`ld.lld-${version}`, ...line]);
  return complaints.filter(({ stage }) => stage === 'line').map(({ severity, message }) => `${severity}: ${message}`);
}

/** What lld says. */
function said(tool: string, line: readonly string[]): string[] {
  const { stderr } = run(tool, line);
  return stderr
    .split('\n')
    .filter((text) => text !== '')
    .map((text) => text.replace(/^\S+: (?=error|warning)/, ''));
}

/** Every name that some version knows, with one dash and two, whole and with letters behind it. */
function spellings(): string[] {
  const names = new Set<string>();
  for (const [form, name] of LLD_OPTIONS) {
    names.add(name);
    if (form.startsWith('E')) names.add(`${name}=`);
    if (form.startsWith('B')) names.add(`no-${name}`);
  }
  return [...names].flatMap((name) => [`-${name}`, `--${name}`, `-${name}Zq`, `--${name}Zq`]);
}

function inGroups<T>(all: readonly T[], size: number): T[][] {
  const groups: T[][] = [];
  for (let start = 0; start < all.length; start += size) groups.push(all.slice(start, start + size));
  return groups;
}

/** Arguments that differ in a character or two from options. */
const misspelt = fc
  .tuple(
    fc.constantFrom(...spellings().filter((spelling) => !spelling.endsWith('Zq'))),
    fc.nat(40),
    fc.constantFrom('', 'x', '=', '=v', '-', 'e'),
    fc.nat(2),
    fc.constantFrom('', '=value', 'x', '='),
  )
  .map(([spelling, at, letter, cut, tail]) => spelling.slice(0, at + 1) + letter + spelling.slice(at + 1 + cut) + tail)
  .filter((text) => text.startsWith('-') && text !== '-');

const LINES = [
  '--call-graph-profile-sort=q --bp-compression-sort=q --bp-startup-sort=q --compress-debug-sections=q --lto-Ofoo --lto-CGO9 --lto-partitions=x',
  '--bp-startup-sort=function --bp-compression-sort-startup-functions --compress-debug-sections=zstd --lto-O9 --lto-CGOx --lto-partitions=0',
  '--bp-compression-sort=both --bp-startup-sort=none --call-graph-ordering-file=x --lto-O-1 --compress-debug-sections=zlib-gnu',
  '--compress-sections=q --compress-sections=.a=q --compress-sections=.a=zlib:q --compress-sections=[=zlib --lto=q --oformat q',
  '--opt-remarks-hotness-threshold=q -Ox --package-metadata=ab%2 --save-temps=q --save-temps=opt --orphan-handling=q --mips-got-size=q',
  '-plugin-opt=opt-remarks-hotness-threshold=q -O x --package-metadata=%zz --section-start=.a=zz --section-start .a --Ttext q -Tdata=q -Tbss=0xg',
  '--sort-section=q --target2=q --thinlto-cache-policy=q --thinlto-object-suffix-replace=q -plugin-opt=thinlto-prefix-replace=q',
  '--thinlto-prefix-replace=a;b;c --time-trace-granularity=q --why-live=[ --randomize-section-padding=q --split-stack-adjust-size=q',
  '--thinlto-prefix-replace=a; --thinlto-emit-index-files --remap-inputs=q --remap-inputs=[=a --remap-inputs=a=b=c',
  '--thinlto-object-suffix-replace=a;b --thinlto-emit-index-files --shuffle-sections=q --shuffle-sections=.a=q --shuffle-sections=[=1',
  '--shuffle-sections==1 -plugin-opt=q -plugin-opt lto-wrapper -plugin-opt=legacy-pass-manager -plugin-opt=opaque-pointers -plugin-opt=O7',
  '--threads=q --hash-style=q --build-id=q --pack-dyn-relocs=q --warn-backrefs-exclude=[ -Ttext-segment=1',
  '--threads=0 --build-id=0xq --split-stack-adjust-size=-1 -plugin-opt=jobs=q',
  '--threads=0x2 --build-id=0x1 --thinlto-jobs=all --unresolved-symbols=q --unresolved-symbols q --error-limit=0x10',
  '--threads=-1 --android-memtag-mode=q --color-diagnostics=q --icf=q --rsp-quoting=q',
  '--android-memtag-stack --oformat=elf64-x86-64 --symbol-ordering-file=/dev/null --call-graph-ordering-file=x -d',
  '--android-memtag-heap --android-memtag-mode=none --define-common --error-limit q --thinlto-jobs=-1',
  '-m q --nosuch -z q --Ttext=0x10 -Ttext 10 --section-start=.a=0xffffffffffffffff --section-start=.b=0x10000000000000000',
  '--no-warnings -z q --dynamic-linker x -plugin x -plugin-opt=-pass-through=x -plugin-opt=thinlto --rpath-link x -G 8 -G8',
];

describe('the table of options', () => {
  it('holds every name once for a version', () => {
    for (const version of [13, 14, 15, 16, 17, 18, 19, 20, 21, 22]) {
      const names = LLD_OPTIONS.flatMap(([form, name, { from = 0, to = 99 } = {}]) => {
        if (version < from || version > to) return [];
        return form.startsWith('E') ? [name, `${name}=`] : form.startsWith('B') ? [name, `no-${name}`] : [name];
      });
      expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
    }
  });
});

describe.each(VERSIONS)('what version %s of lld', (version) => {
  describeWithTools('says', [`ld.lld-${version}`], ([lld]) => {
    it('knows is what the table says, with the arguments that it needs', () => {
      const known: string[] = [];
      const unknown: string[] = [];
      for (const spelling of spellings()) {
        const { complaints } = readLinkCommand([`ld.lld-${version}`, spelling, '-o', '--help']);
        if (complaints.some(({ kind }) => kind === 'unknown-argument')) {
          // What is unknown by itself is so with letters behind it too, unless it is known then.
          if (!spelling.endsWith('Zq')) unknown.push(spelling);
        } else {
          const isTaken = !readLinkCommand([`ld.lld-${version}`, spelling, '--nosuch']).complaints.some(
            ({ kind }) => kind === 'unknown-argument',
          );
          // An argument that is not taken would be unknown.
          known.push(spelling, ...(isTaken ? ['--nosuch'] : []));
        }
      }
      expect(known.length).toBeGreaterThan(900);
      const quiet = known.filter((text) => !/^--?(?:color-diagnostics=|rsp-quoting)/.test(text));
      expect(said(lld, [...quiet, '--help'])).toEqual(predicted(version, [...quiet, '--help']));
      for (const group of inGroups(unknown, ERRORS_AT_ONCE)) {
        expect(said(lld, [...group, '--help'])).toEqual(predicted(version, [...group, '--help']));
      }
    }, 60_000);

    it('takes for misspelt options is what we take for it', () => {
      const samples = fc.sample(misspelt, { numRuns: 200, seed: Number(version) });
      const unknown = samples.filter((text) => predicted(version, [text, '-o', '--help']).length > 0);
      expect(unknown.length).toBeGreaterThan(70);
      for (const group of inGroups(unknown, ERRORS_AT_ONCE)) {
        expect(said(lld, [...group, '--help'])).toEqual(predicted(version, [...group, '--help']));
      }
      const known = samples.filter((text) => !unknown.includes(text) && !/color-diag|rsp-q/.test(text));
      const line = known.flatMap((text) =>
        predicted(version, [text]).some((m) => m.endsWith('missing argument')) ? [text, 'x'] : [text],
      );
      expect(said(lld, [...line, '--help'])).toEqual(predicted(version, [...line, '--help']));
    }, 60_000);

    it('says of values after -z', () => {
      const values = [
        ...Z_FLAGS.map(([name]) => name),
        ...Z_FLAGS.slice(0, 3).map(([name]) => `${name}=`),
        ...Z_KEYS.flatMap(([key]) => [`${key}=q`, key]),
        ...Z_KEYS.flatMap(([key, takes]) =>
          Array.isArray(takes) ? takes.map((value: string) => `${key}=${value}`) : [],
        ),
        'bti-report=none',
        'gcs-report=error',
        'dead-reloc-in-nonalloc=.a=1',
        'dead-reloc-in-nonalloc=.a',
        'dead-reloc-in-nonalloc=[=1',
        'stack-size=010',
        'ibt',
        '',
      ];
      const sorted = (messages: readonly string[]): readonly string[] => messages.toSorted();
      for (const value of values.filter((text) => /^(?:max|common)-page-size|^stack-size/.test(text))) {
        expect(said(lld, ['-z', value, '-v'])).toEqual(predicted(version, ['-z', value, '-v']));
      }
      const others = values.filter((text) => !/page-size|^stack-size/.test(text));
      const line = [...others.map((value) => `-z${value}`).filter((text) => text !== '-z'), '--error-limit=0', '-v'];
      expect(sorted(said(lld, line))).toEqual(sorted(predicted(version, line)));
    });

    it('says of emulations', () => {
      for (const name of [
        'aarch64elf',
        'aarch64linuxb',
        'armelfb',
        'armelfb_linux_eabi',
        'elf32loongarch',
        'elf64loongarch',
        'elf64_amdgpu',
        'elf64_s390',
        'hexagonelf',
        'elf64_sparc',
        'elf64briscv',
        'elf_x86_64_fbsd',
        'elf_x86_64_sol2',
        'ELF_x86_64',
        '',
      ]) {
        expect(said(lld, ['-m', name, '-v'])).toEqual(predicted(version, ['-m', name, '-v']));
      }
    });

    it.each(LINES)('says of values: %s', (text) => {
      const line = [...text.split(' '), '--error-limit=0', '-v'];
      expect(said(lld, line)).toEqual(predicted(version, line));
    });
  });
});
