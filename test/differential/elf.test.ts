// Compiles small sources for many targets and holds the reader against llvm-readobj and llvm-nm of LLVM 22.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareWithNm, compareWithReadobj, hasTool } from '../elf/reference-tools.ts';

const CLANG = 'clang-22';
const READOBJ = 'llvm-readobj-22';
const NM = 'llvm-nm-22';

const TARGETS = [
  'x86_64-linux-gnu',
  'i386-linux-gnu',
  'aarch64-linux-gnu',
  'aarch64_be-linux-gnu',
  'aarch64-linux-gnu_ilp32',
  'armv7-linux-gnueabi',
  'armebv7-linux-gnueabi',
  'mips-linux-gnu',
  'mips64-linux-gnu',
  'mips64el-linux-gnu',
  'powerpc64-linux-gnu',
  's390x-linux-gnu',
  'riscv64-linux-gnu',
  'sparcv9-linux-gnu',
];

// Each kind of symbol that llvm-nm has a letter for; groups, address-significant symbols and relocations of all sorts.
const SOURCE = `
template <class T> T count(T x) { static T y; return x + ++y; }
extern "C" {
int ext(int);
int weak_use(void) __attribute__((weak));
extern int weak_object_use __attribute__((weak));
__attribute__((weak)) int weak_def(void) { return 1; }
__attribute__((weak)) int weak_object = 3;
__attribute__((visibility("hidden"))) int hidden(int x) { return ext(x) + weak_use() + weak_object_use; }
extern const int read_only = 4;
int zero, data = 5;
const char *text = "hello";
int (*pointer)(int) = count<int>;
static int local(int x) { return x + zero + data; }
int (*pointer_to_local)(int) = local;
}
__asm__(".section .debug_foo,\\"\\"\\ndebug_symbol: .long 1\\n.section .mycomment,\\"\\"\\nnote_symbol: .long 1\\n"
        ".section .odd,\\"w\\"\\nodd_symbol: .long 0\\n.globl absolute\\nabsolute = 42\\n.comm common,8,4\\n.text\\n");
`;

// More sections than 16 bits can number, and a symbol in each.
const SECTION_COUNT = 65_600;
const MANY_SECTIONS = Array.from(
  { length: SECTION_COUNT },
  (_, i) => `.section .s${i},"a"\n.globl sym${i}\nsym${i}: .byte 0\n`,
).join('');

describe.skipIf(![CLANG, READOBJ, NM].every(hasTool))('ELF, against LLVM 22', () => {
  let directory = '';

  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'ltoscope-elf-'));
    writeFileSync(join(directory, 'source.cc'), SOURCE);
  });
  afterAll(() => {
    rmSync(directory, { recursive: true });
  });

  function expectAgreement(path: string, leastFacts: number): void {
    const facts = compareWithReadobj(READOBJ, path);
    expect(facts.differences).toEqual([]);
    expect(facts.compared).toBeGreaterThan(leastFacts);
    const letters = compareWithNm(NM, path);
    expect(letters.differences).toEqual([]);
    expect(letters.compared).toBeGreaterThan(15);
  }

  it.each(TARGETS)('agrees on an object for %s', (target) => {
    const path = join(directory, `${target}.o`);
    const options = ['-O1', '-g', '-ffunction-sections', '-std=c++17'];
    execFileSync(CLANG, [`--target=${target}`, ...options, '-c', join(directory, 'source.cc'), '-o', path]);
    expectAgreement(path, 150);
  });

  it('agrees on an object with more sections than 16 bits can number', () => {
    const source = join(directory, 'many.s');
    const path = join(directory, 'many.o');
    writeFileSync(source, MANY_SECTIONS);
    execFileSync(CLANG, ['--target=aarch64-linux-gnu', '-c', source, '-o', path]);
    expectAgreement(path, 10 * SECTION_COUNT);
  }, 60_000);
});
