// Objects as compilers write them, compiled when a test asks for them: C++ with COMDAT groups, thread-local variables,
// unwind tables, mergeable strings, one section for each function, for machines of both classes and byte orders, by clang
// and by GCC.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './temporary.ts';
import { run } from './tools.ts';

// No header, so that no machine needs its library.
const CXX_SOURCE = `
extern "C" int printf(const char *, ...);
template <class T> struct Box {
  T value;
  virtual ~Box() {}
  virtual T get() const { return value; }
  static T shared;
};
template <class T> T Box<T>::shared = T(1);
struct Error { int code; };
thread_local int counter = 3;
static thread_local long hidden_counter;
inline int twice(int x) { static int calls; calls += x; return calls + x; }
const char *const names[] = {"alpha", "beta", "gamma", "alphabet"};
int table[16];
__attribute__((weak)) int weak_function(int x) { return x; }
extern int elsewhere;
int fail(int x) {
  if (x > elsewhere) throw Error{x};
  return x + counter++;
}
int use(int x) {
  Box<int> box;
  box.value = x;
  try {
    hidden_counter += fail(twice(x));
  } catch (const Error &error) {
    printf("caught %d %s\\n", error.code, names[x & 3]);
  }
  return box.get() + Box<int>::shared + Box<long>::shared + table[x & 15] + (int)hidden_counter + weak_function(x);
}
struct Registered { Registered() { table[0] = use(1); } } registered;
`;

const C_SOURCE = `
int common_variable;
static const double constants[] = {1.5, 2.5};
static int helper(int x) { return x * 2; }
extern int elsewhere(int);
int (*pointers[])(int) = {helper, elsewhere};
__thread int counter = 3;
double sum(int n) { return constants[n & 1] + common_variable + counter; }
int calls(int x) {
  switch (x) {
  case 1: return helper(3);
  case 2: return elsewhere(4);
  case 3: return pointers[0](x);
  case 4: return pointers[1](x);
  case 5: return counter;
  default: return common_variable;
  }
}
`;

export interface CompiledObject {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const CXX = ['-x', 'c++', 'source.cc'] as const;
const C = ['-x', 'c', 'source.c'] as const;

/** What is compiled by clang: a name, a target, options. */
const CLANG_OBJECTS: readonly (readonly [name: string, target: string, ...options: string[]])[] = [
  ['x86_64-cxx', 'x86_64-linux-gnu', '-O1', '-ffunction-sections', '-fdata-sections', '-fcf-protection=full', ...CXX],
  ['x86_64-crel', 'x86_64-linux-gnu', '-O1', '-Wa,--crel,--allow-experimental-crel', ...CXX],
  ['x86_64-debug', 'x86_64-linux-gnu', '-g', '-O1', '-fPIC', '-fcommon', ...C],
  ['aarch64-cxx', 'aarch64-linux-gnu', '-O1', '-mbranch-protection=standard', ...CXX],
  ['aarch64_be-cxx', 'aarch64_be-linux-gnu', '-O1', '-ffunction-sections', '-fPIC', ...CXX],
  ['i386-cxx', 'i386-linux-gnu', '-O1', '-ffunction-sections', ...CXX],
  ['arm-cxx', 'armv7-linux-gnueabihf', '-O1', ...CXX],
  ['powerpc-cxx', 'powerpc-linux-gnu', '-O1', '-ffunction-sections', ...CXX],
  ['powerpc64-c', 'powerpc64-linux-gnu', '-O1', '-mabi=elfv2', '-fcommon', ...C],
];

/** What GCC compiles, and which one: fewer, because only its order of sections and symbols differs. */
const GCC_OBJECTS: readonly (readonly [name: string, compiler: string, ...options: string[]])[] = [
  ['x86_64-gcc', 'gcc', '-O1', '-ffunction-sections', '-fcommon', ...C],
  ['aarch64-gcc', 'aarch64-linux-gnu-gcc', '-O1', '-fcommon', ...C],
];

/**
 * Compiles the objects.
 *
 * @param clang - The path of clang 22.
 * @param gccs - The paths of the compilers of GNU that there are, by their names.
 */
export function compileObjects(clang: string, gccs: Readonly<Record<string, string>>): CompiledObject[] {
  const folder = temporaryFolder({ 'source.cc': CXX_SOURCE, 'source.c': C_SOURCE });
  const compile = (name: string, compiler: string, options: readonly string[]): CompiledObject => {
    const output = join(folder, `${name}.o`);
    const { status, stderr } = run(compiler, [...options, '-w', '-c', '-o', output], { cwd: folder });
    if (status !== 0) throw new Error(`${compiler} cannot compile ${name}: ${stderr}`);
    return { name, bytes: Uint8Array.from(readFileSync(output)) };
  };
  return [
    ...CLANG_OBJECTS.map(([name, target, ...options]) => compile(name, clang, [`--target=${target}`, ...options])),
    ...GCC_OBJECTS.flatMap(([name, compiler, ...options]) => {
      const path = gccs[compiler];
      return path === undefined ? [] : [compile(name, path, options)];
    }),
  ];
}
