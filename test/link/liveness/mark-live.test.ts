import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openElf } from '../../../src/elf/index.ts';
import type { ElfFile } from '../../../src/elf/index.ts';
import {
  FaultList,
  markLive,
  NameInterner,
  readComdatGroups,
  readSectionGraph,
  SYMBOL_FLAGS,
  symbolsOfElf,
} from '../../../src/link/index.ts';
import type { SectionGraph } from '../../../src/link/index.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { describeWithTools, run } from '../../helpers/tools.ts';

const SHF_EXCLUDE = 0x8000_0000;

interface Options {
  readonly startStopGc?: boolean;
  readonly roots?: readonly string[];
}

/** The sections that are not live, in the words of the linker; names resolve to the first strong definition, else the first. */
function removedByUs(files: readonly (readonly [name: string, elf: ElfFile])[], options: Options = {}): string[] {
  const { startStopGc = true, roots = ['_start', '_init', '_fini'] } = options;
  const names = new NameInterner();
  const faults = new FaultList();
  const owners = new Set<number>();
  const definitions = new Map<number, { input: number; row: number; isWeak: boolean }>();
  const inputs = files.map(([, elf], input) => {
    const symbols = symbolsOfElf(elf, names, faults);
    const groups = readComdatGroups(elf, elf.symbolTable(elf.symbolTableIndex ?? 0), names, faults);
    const isLost = groups.signatures.map((signature) => owners.has(signature));
    for (const signature of groups.signatures) owners.add(signature);
    const isLeftOut = (section: number) =>
      isLost[groups.groupOfSection?.[section] ?? -1] === true || (elf.sections.flags(section) & SHF_EXCLUDE) !== 0;
    const graph = readSectionGraph(elf, { isLeftOut, faults, startStopGc });
    for (const [row, name] of symbols.names.entries()) {
      const flags = symbols.flags[row] ?? 0;
      const isWeak = (flags & SYMBOL_FLAGS.WEAK) !== 0;
      if ((flags & SYMBOL_FLAGS.DEFINED) === 0 || isLost[symbols.groupOf?.[row] ?? -1] === true) continue;
      const known = definitions.get(name);
      if (known === undefined || (known.isWeak && !isWeak)) definitions.set(name, { input, row, isWeak });
    }
    return { symbols, graph };
  });
  expect(faults.faults).toEqual([]);
  const symbolNamed = (name: string) => {
    const bytes = new TextEncoder().encode(name);
    return names.intern(bytes, 0, bytes.length);
  };
  const live = markLive({
    inputCount: inputs.length,
    graphOf: (input) => inputs[input]?.graph,
    symbolOf: (input, row) => inputs[input]?.symbols.names[row] ?? -1,
    inputOf: (symbol) => definitions.get(symbol)?.input ?? -1,
    rowOf: (symbol) => definitions.get(symbol)?.row ?? -1,
    symbolNamed,
    roots: roots.map(symbolNamed),
  });
  return files.flatMap(([name, elf], input) => {
    const { flags } = inputs[input]?.graph as SectionGraph;
    const removed: string[] = [];
    for (let section = 1; section < flags.length; section += 1) {
      if (flags[section] === 0 || live[input]?.[section] === 1) continue;
      const text = elf.sections.name(section);
      if (text !== '.eh_frame' && text !== '.note.GNU-stack') removed.push(`${name}:(${text})`);
    }
    return removed;
  });
}

function removedByLinker(lld: string, args: readonly string[], cwd: string): string[] {
  const options = ['--gc-sections', '--print-gc-sections', '--noinhibit-exec', '-o', '/dev/null'];
  const { stdout, stderr } = run(lld, [...options, ...args], { cwd });
  const lines = (stdout + stderr).split('\n');
  return lines.flatMap((line) => {
    const section = /^(?:ld\.lld[-0-9]*: )?removing unused section (.*)$/.exec(line)?.[1];
    return section === undefined ? [] : [section];
  });
}

const ASSEMBLY = `
  .section .text._start,"ax",@progbits
  .globl _start
_start:
  nop
  .quad __start_myc, elsewhere, weakly
  .weak __stop___libc_x
  .quad __stop___libc_x
  .reloc ., R_X86_64_NONE, none
  .weak weakly
  .section .text.dead,"ax",@progbits
dead:
  .cfi_startproc
  .cfi_personality 0, pers
  .cfi_lsda 0, .Llsda
  nop
  .cfi_endproc
  .quad only_from_dead
  .section .gcc_except_table,"a",@progbits
.Llsda:
  .quad lsdaref
  .section .text.pers,"ax",@progbits
pers:
  nop
  .section .text.none,"ax",@progbits
none:
  nop
  .section .text.only_from_dead,"ax",@progbits
only_from_dead:
  nop
  .section .data.lsdaref,"aw",@progbits
lsdaref:
  .quad 0
  .section myc,"aw",@progbits
  .quad 1
  .section other_c,"aw",@progbits
  .quad 1
  .section __libc_x,"aw",@progbits
  .quad 1
  .section .note.a,"a",@note
  .long 0
  .section .init_array,"aw",@progbits
  .quad 0
  .section .init_array.5,"aw",@init_array
  .quad 0
  .section .init_arrayx,"aw",@progbits
  .quad 0
  .section .ctors.5,"aw",@progbits
  .quad from_ctors
  .section .data.from_ctors,"aw",@progbits
from_ctors:
  .quad 0
  .section .preinit_array,"aw",@progbits
  .quad 0
  .section .jcr,"aw",@progbits
  .quad 0
  .section .fini_other,"aw",@progbits
  .quad 0
  .section nonalloc,"",@progbits
  .quad nonref
  .section .text.nonref,"ax",@progbits
nonref:
  nop
  .section .retain,"awR",@progbits
  .quad retref
  .section .data.retref,"aw",@progbits
retref:
  .quad 0
  .section .linked,"ao",@progbits,.text._start
  .quad fromlinked
  .section .data.fromlinked,"aw",@progbits
fromlinked:
  .quad 0
  .section .linkeddead,"ao",@progbits,.text.dead
  .quad 0
  .section .text.g,"axG",@progbits,gg,comdat
  .globl gg
gg:
  nop
  .section .note.g,"aG",@note,gg,comdat
  .long 0
  .section .debug_g,"G",@progbits,gg,comdat
  .long 0
  .section .debug_h,"G",@progbits,hh,comdat
  .long 0
  .section .text.out,"axe",@progbits
  .quad nonref
`;

const OTHER = `
  .section .text.elsewhere,"axG",@progbits,elsewhere,comdat
  .globl elsewhere
elsewhere:
  .quad 0
  .section .data.elsewhere,"awG",@progbits,elsewhere,comdat
  .quad twin
  .section .text.twin,"ax",@progbits
  .globl twin
twin:
  nop
  .section .text.gg,"axG",@progbits,gg,comdat
  .globl gg
gg:
  nop
  .section .init,"ax",@progbits
  .globl _init
_init:
  nop
  .section .text.fini,"ax",@progbits
  .globl _fini
_fini:
  nop
`;

const CXX_SOURCE = `
extern "C" int puts(const char *);
struct S { S(); ~S(); };
S::S() { puts("a"); }
S::~S() { puts("b"); }
template <class T> struct Box { T v; T get() { S s; puts("c"); return v; } virtual ~Box() {} };
int unused_table[] = {1, 2, 3};
const char *unused_text = "d";
__attribute__((used, retain)) int retained = 1;
__attribute__((section("set"))) int in_set = 2;
extern int __start_set;
thread_local int counter = 3;
static void dead() { Box<char> box; box.get(); }
void (*dead_pointer)() = dead;
extern "C" void _start() { try { Box<int> box; box.get(); counter += __start_set; } catch (...) { throw; } }
extern "C" int puts(const char *) { return 0; }
__attribute__((constructor)) void build() { puts("e"); }
`;

describeWithTools(
  'the sections that --gc-sections removes',
  ['clang-22', 'ld.lld-14', 'ld.lld-16', 'ld.lld-19', 'ld.lld-22'],
  ([clang, ...linkers]) => {
    const folder = temporaryFolder({ 'a.s': ASSEMBLY, 'b.s': OTHER, 'c.cc': CXX_SOURCE });
    const compile = (source: string, output: string, ...options: string[]): readonly [string, ElfFile] => {
      expect(run(clang, ['-w', '-c', ...options, '-o', output, source], { cwd: folder })).toMatchObject({ status: 0 });
      return [output, openElf(Uint8Array.from(readFileSync(join(folder, output))))];
    };
    const x86 = '--target=x86_64-linux-gnu';

    it('are those of ld.lld: every kind of section and of bond', () => {
      const files = [compile('a.s', 'a.o', x86), compile('b.s', 'b.o', x86)];
      const ours = removedByUs(files);
      expect(ours).toContain('a.o:(.text.dead)');
      for (const lld of linkers) expect(removedByLinker(lld, ['a.o', 'b.o'], folder)).toEqual(ours);
    });

    it('are those of ld.lld with -z nostart-stop-gc', () => {
      const files = [compile('a.s', 'a.o', x86), compile('b.s', 'b.o', x86)];
      const ours = removedByUs(files, { startStopGc: false });
      expect(ours).not.toContain('a.o:(myc)');
      for (const lld of linkers) {
        expect(removedByLinker(lld, ['-z', 'nostart-stop-gc', 'a.o', 'b.o'], folder)).toEqual(ours);
      }
    });

    it('are those of ld.lld with other roots', () => {
      const files = [compile('a.s', 'a.o', x86), compile('b.s', 'b.o', x86)];
      const ours = removedByUs(files, { roots: ['twin', 'gg', '_init', '_fini'] });
      for (const lld of linkers) {
        expect(removedByLinker(lld, ['-e', 'twin', '-u', 'gg', 'a.o', 'b.o'], folder)).toEqual(ours);
      }
    });

    it.each(['x86_64', 'aarch64', 'i386', 'armv7', 'riscv64', 'powerpc64le'])(
      'are those of ld.lld: C++ for %s',
      (machine) => {
        for (const [i, options] of [['-O1'], ['-O2', '-ffunction-sections', '-fdata-sections']].entries()) {
          const file = compile('c.cc', `c${i}.o`, `--target=${machine}-linux-gnu`, '-fexceptions', ...options);
          const ours = removedByUs([file]);
          for (const lld of linkers) expect(removedByLinker(lld, [file[0]], folder)).toEqual(ours);
        }
      },
    );

    it('of damaged objects make no error', () => {
      const [name] = compile('a.s', 'a.o', x86);
      const bytes = Uint8Array.from(readFileSync(join(folder, name)));
      for (let at = 16; at < bytes.length; at += 7) {
        const changed = bytes.slice();
        changed[at] = 0xff;
        const faults = new FaultList();
        faults.guard(undefined, () => readSectionGraph(openElf(changed), { isLeftOut: () => false, faults }));
      }
    });
  },
);
