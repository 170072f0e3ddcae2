import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openElf } from '../../../src/elf/index.ts';
import {
  describeMoreReferences,
  describeReferences,
  FaultList,
  findReferences,
  ObjectLocations,
  usedSymbols,
} from '../../../src/link/index.ts';
import type { InputLabel, ReferenceScope } from '../../../src/link/index.ts';
import { compileObjects } from '../../helpers/compiled-objects.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { describeWithTools, findTool, run } from '../../helpers/tools.ts';

const STB_WEAK = 2;
/** What the linker defines itself. */
const BY_LINKER = ['_GLOBAL_OFFSET_TABLE_', '.TOC.', '_gp_disp'];
const VERSIONS = [14, 16, 19, 22] as const;

/** What the linker says of each symbol that is undefined: the lines behind the first, sorted. */
function undefinedByLinker(lld: string, args: readonly string[], cwd: string): Map<string, string[]> {
  const { stderr } = run(lld, ['--error-limit=0', '--no-demangle', '-o', '/dev/null', ...args], { cwd });
  const found = new Map<string, string[]>();
  for (const block of stderr.split(/\n(?!>>>)/)) {
    const [first = '', ...lines] = block.split('\n');
    const name = /undefined (?:hidden |protected |internal )?symbol: (.*)$/.exec(first)?.[1];
    if (name === undefined) continue;
    const told = lines.filter((line) => /^>>> (?:referenced| {2})/.test(line));
    found.set(name, told.sort());
  }
  return found;
}

/** The same by us, of an object alone. */
function undefinedByUs(bytes: Uint8Array, label: InputLabel, options: Partial<ReferenceScope> = {}) {
  const elf = openElf(bytes);
  const scope: ReferenceScope = { isLeftOut: () => false, faults: new FaultList(), ...options };
  const symbols = elf.symbolTable(elf.symbolTableIndex ?? 0);
  const used = usedSymbols(elf, scope);
  const wanted = new Set<number>();
  for (let i = symbols.localCount; i < symbols.length; i += 1) {
    const isMissed = symbols.rawSectionIndex(i) === 0 && symbols.binding(i) !== STB_WEAK && used[i] === 1;
    if (isMissed && !BY_LINKER.includes(symbols.name(i))) wanted.add(i);
  }
  const locations = new ObjectLocations(elf, label);
  const found = new Map<string, string[]>();
  for (const [symbol, { places, count }] of findReferences(elf, wanted, scope)) {
    const lines = [...describeReferences(locations, places), ...describeMoreReferences(count)];
    found.set(symbols.name(symbol), lines.sort());
  }
  expect([...found.keys()].sort()).toEqual(Array.from(wanted, (symbol) => symbols.name(symbol)).sort());
  expect(scope.faults.faults).toEqual([]);
  return found;
}

const sorted = (found: Map<string, string[]>) => [...found].sort(([a], [b]) => (a < b ? -1 : 1));

const C_SOURCE = `
extern int undefined_data, undefined_function(void);
__attribute__((weak)) extern int weak_data;
__attribute__((visibility("hidden"))) extern int hidden_data;
extern int unused(void);
int *pointers[] = {&undefined_data, &undefined_data, &undefined_data, &undefined_data, &weak_data};
static int helper(void) { return undefined_function(); }
int _start(void) { return helper() + undefined_function() + undefined_data + hidden_data; }
`;

const CXX_SOURCE = `
extern "C" int undefined_function();
struct S { S(); ~S(); };
struct Base { virtual void f(); };
struct Derived : Base { void f() override; void g(); };
void Derived::f() { S s; undefined_function(); }
template <class T> struct Box { T value; __attribute__((noinline)) T get() { S s; undefined_function(); return value; } };
int open(Box<int> *box) { return box->get(); }
extern "C" void _start() { Derived d; d.f(); }
`;

const ASSEMBLY = `
  .globl _start
_start:
  nop
  .section .debug_info,"",@progbits
  .long only_in_debugging_information
  .section .note.own,"",@progbits
  .long only_in_a_note
  .data
  .long undefined
  .reloc ., R_X86_64_NONE, only_marked
  .section .text.dead,"axe",@progbits
  .quad only_in_what_is_left_out
`;

const GCCS = Object.fromEntries(
  ['gcc', 'aarch64-linux-gnu-gcc'].flatMap((name) => {
    const path = findTool(name);
    return path === undefined ? [] : [[name, path]];
  }),
);

describeWithTools(
  'references to undefined symbols',
  ['clang-22', 'ld.lld-14', 'ld.lld-16', 'ld.lld-19', 'ld.lld-22', 'llvm-ar-22'],
  ([clang, lld14, lld16, lld19, lld22, ar]) => {
    const linkers = { 14: lld14, 16: lld16, 19: lld19, 22: lld22 };
    const folder = temporaryFolder({ 'a.c': C_SOURCE, 'a.cc': CXX_SOURCE, 'a.s': ASSEMBLY });
    const compile = (source: string, output: string, ...options: string[]): Uint8Array => {
      expect(run(clang, [...options, '-w', '-c', '-o', output, source], { cwd: folder })).toMatchObject({ status: 0 });
      return Uint8Array.from(readFileSync(join(folder, output)));
    };
    const compare = (name: string, bytes: Uint8Array, versions: readonly (keyof typeof linkers)[] = VERSIONS) => {
      for (const version of versions) {
        const ours = sorted(undefinedByUs(bytes, { name }, { lldVersion: version }));
        expect(ours.length).toBeGreaterThan(0);
        expect([version, sorted(undefinedByLinker(linkers[version], [name], folder))]).toEqual([version, ours]);
      }
    };

    it.each(['x86_64', 'aarch64', 'i386', 'armv7', 'riscv64', 'powerpc64le', 'mips', 'mips64el'])(
      'are told as ld.lld tells them: C and C++ for %s',
      (machine) => {
        const target = `--target=${machine}-linux-gnu`;
        compare('c.o', compile('a.c', 'c.o', target, '-O1'));
        compare('s.o', compile('a.c', 's.o', target, '-O1', '-ffunction-sections', '-fdata-sections', '-fPIC'));
        compare('cxx.o', compile('a.cc', 'cxx.o', target, '-O1'));
      },
    );

    it('are told as ld.lld tells them: objects of the corpus', () => {
      for (const { name, bytes } of compileObjects(clang, GCCS)) {
        const file = `${name}.o`;
        writeFileSync(join(folder, file), bytes);
        if (name.endsWith('debug')) continue;
        compare(file, bytes, name.endsWith('crel') ? [22] : VERSIONS);
      }
    });

    it('are those of allocated sections and not of relocations that do nothing', () => {
      const bytes = compile('a.s', 'asm.o', '--target=x86_64-linux-gnu');
      const elf = openElf(bytes);
      const isLeftOut = (section: number) => elf.sections.name(section) === '.text.dead';
      const ours = undefinedByUs(bytes, { name: 'asm.o' }, { isLeftOut });
      expect([...ours]).toEqual([['undefined', ['>>> referenced by asm.o:(.data+0x0)']]]);
      for (const version of VERSIONS) {
        const theirs = undefinedByLinker(linkers[version], ['asm.o'], folder);
        const marked = ['only_marked', ['>>> referenced by asm.o:(.data+0x4)']] as const;
        expect([...theirs]).toEqual([...ours, ...(version < 16 ? [marked] : [])]);
        expect(undefinedByUs(bytes, { name: 'asm.o' }, { isLeftOut, lldVersion: version })).toEqual(theirs);
      }
    });

    it('are told of members of archives', () => {
      const bytes = compile('a.c', 'm.o', '--target=x86_64-linux-gnu', '-O1');
      run(ar, ['rc', 'libm.a', 'm.o'], { cwd: folder });
      const ours = sorted(undefinedByUs(bytes, { name: 'm.o', archive: 'libm.a' }));
      for (const version of VERSIONS) {
        const args = ['--whole-archive', 'libm.a'];
        expect(sorted(undefinedByLinker(linkers[version], args, folder))).toEqual(ours);
      }
    });

    it('have lines of source if there is debugging information, which is told', () => {
      const elf = (bytes: Uint8Array) => new ObjectLocations(openElf(bytes), { name: 'g.o' });
      expect(elf(compile('a.c', 'g.o', '--target=x86_64-linux-gnu', '-g')).hasSourceLines).toBe(true);
      expect(elf(compile('a.c', 'h.o', '--target=x86_64-linux-gnu')).hasSourceLines).toBe(false);
    });

    it('in damaged objects are faults and never errors', () => {
      const bytes = compile('a.cc', 'damaged.o', '--target=x86_64-linux-gnu', '-O1');
      for (let at = 16; at < bytes.length; at += 13) {
        const changed = bytes.slice();
        changed[at] = 0xff;
        readAll(changed);
      }
    });
  },
);

function readAll(bytes: Uint8Array): void {
  const faults = new FaultList();
  faults.guard(undefined, () => {
    const elf = openElf(bytes);
    const scope = { isLeftOut: () => false, faults };
    const used = new Set(Array.from(usedSymbols(elf, scope).keys()));
    const locations = new ObjectLocations(elf, { name: 'a.o' });
    for (const { places } of findReferences(elf, used, scope).values()) describeReferences(locations, places);
  });
}
