// Bitcode as compilers write it, compiled when a test asks for it: C, C++ and Rust, by every clang that there is and by rustc,
// in all the forms that reach a linker.

import { join } from 'node:path';
import { temporaryFolder } from './temporary.ts';
import { run } from './tools.ts';

const C_SOURCE = `
__asm__(".globl defined_in_assembly\\ndefined_in_assembly:\\n .long 4\\n.weak weak_in_assembly\\n");
struct point { double x, y; long long big; } points[3] = {{1.5, -2.25, 0x7fffffffffffffff}, {0, 0, -1}};
extern int outside(const char *, ...);
extern int maybe(void) __attribute__((weak));
static int counter;
_Atomic int atomic;
__thread int thread_local_variable = 3;
__attribute__((visibility("hidden"), section("placed"), aligned(64))) int hidden = 1;
__attribute__((weak, noinline)) int weak_function(void) { return counter++; }
int another(void) __attribute__((alias("weak_function")));
static int kept __attribute__((used)) = 4;
static int (*choose(void))(void) { return weak_function; }
int chosen(void) __attribute__((ifunc("choose")));
int jump(int x) {
  void *labels[] = {&&first, &&second};
  goto *labels[x & 1];
first:
  return 1;
second:
  return outside("%d\\n", counter++);
}
static const void *const labels_of[] = {jump, outside};
const void *label(int x) { return labels_of[x & 1]; }
int assembly(int x) {
#ifdef ASM_GOTO
  asm goto("# %l0" : : : : leave);
#endif
  __asm__ volatile("# %0" : "+r"(x));
  return x;
#ifdef ASM_GOTO
leave:
  return 2;
#endif
}
int again(int x, struct point *p) {
  switch (x) {
  case 3: return jump(x);
  case 900: return maybe ? maybe() : chosen();
  case 901: __builtin_memcpy(p, points, sizeof points); return 2;
  case 902: __builtin_memset(p, x, (unsigned)x); return assembly(x);
  default: return atomic++ + points[x].x + thread_local_variable;
  }
}
long double wide(long double x, __int128 y) { return x * (long double)(y / 3); }
`;

const CXX_SOURCE = `
struct Base { virtual ~Base(); virtual int f(); virtual int g(int) { return 1; } };
struct Derived final : Base { int f() override { throw 3; } };
Base::~Base() {}
int Base::f() { return 2; }
template <class T> struct Box { T value; static int count; T get() const { return value; } };
template <class T> int Box<T>::count = 3;
int use(Base *b) { try { return b->f() + b->g(1) + Box<int>::count; } catch (int x) { return x; } catch (...) { throw; } }
Base *make() { return new Derived; }
inline int once() { static int n = make() != nullptr; return n; }
namespace { int hidden() { return once(); } struct Local : Base { int f() override { return hidden(); } }; }
Base *local() { return new Local; }
int call(Box<double> b, int (*pointer)(int)) { return pointer(hidden()) + (int)b.get(); }
thread_local int dynamic = call(Box<double>(), nullptr);
`;

const RUST_SOURCE = `
use std::collections::HashMap;
#[no_mangle] pub static mut COUNTER: u32 = 7;
#[no_mangle] pub extern "C" fn exported(x: u32) -> u32 { unsafe { COUNTER += x; COUNTER } }
pub trait Shape { fn area(&self) -> f64; }
pub struct Square(pub f64);
impl Shape for Square { fn area(&self) -> f64 { self.0 * self.0 } }
pub fn sum(shapes: &[Box<dyn Shape>]) -> f64 { shapes.iter().map(|s| s.area()).sum() }
pub fn words(text: &str) -> HashMap<String, usize> {
    let mut found = HashMap::new();
    for word in text.split(' ') { *found.entry(word.to_string()).or_insert(0) += 1; }
    found
}
pub fn wide(a: u128, b: u128) -> u128 { a / b }
`;

/** A file of the corpus. */
export interface CorpusFile {
  /** What made it, for titles. */
  readonly name: string;
  readonly path: string;
}

type Build = readonly [source: string, target: string, ...options: string[]];

const LINUX = 'x86_64-linux-gnu';
const ARM64 = 'aarch64-linux-gnu';

// The list of what is not to be checked is in a package of its own.
const CFI = ['-fsanitize=cfi', '-fvisibility=hidden', '-fno-sanitize-ignorelist'];

const BUILDS: readonly Build[] = [
  ['unit.c', ARM64, '-O0', '-g', '-emit-llvm'],
  ['unit.c', ARM64, '-O2', '-flto'],
  ['unit.c', LINUX, '-O2', '-g', '-flto=thin'],
  ['unit.c', LINUX, '-O1', '-flto=thin', '-DASM_GOTO', '-fno-discard-value-names'],
  ['unit.c', ARM64, '-Os', '-flto=thin', '-DASM_GOTO', '-fstack-protector-strong', '-mbranch-protection=standard'],
  ['unit.cpp', LINUX, '-O0', '-g', '-flto'],
  ['unit.cpp', ARM64, '-O2', '-flto=thin'],
  ['unit.cpp', LINUX, '-O2', '-flto=thin', '-fsplit-lto-unit', '-fwhole-program-vtables', '-fvisibility=hidden'],
  ['unit.cpp', LINUX, '-O1', '-flto', ...CFI],
  ['unit.cpp', ARM64, '-O2', '-flto=thin', ...CFI],
];
/** Since clang 16. */
const KCFI: Build = ['unit.c', LINUX, '-O2', '-flto', '-fsanitize=kcfi'];
const VERSION_WITH_KCFI = 16;
/** Since clang 17. */
const UNIFIED: Build = ['unit.cpp', LINUX, '-O2', '-flto=thin', '-funified-lto', '-fvisibility=hidden'];
const VERSION_WITH_UNIFIED = 17;

/**
 * Compiles the files of one clang, when they are asked for.
 *
 * @param clang - Its path.
 * @param version - Its major version.
 */
export function* clangCorpus(clang: string, version: number): Generator<CorpusFile> {
  const folder = temporaryFolder({ 'unit.c': C_SOURCE, 'unit.cpp': CXX_SOURCE });
  const builds = [
    ...BUILDS,
    ...(version >= VERSION_WITH_KCFI ? [KCFI] : []),
    ...(version >= VERSION_WITH_UNIFIED ? [UNIFIED] : []),
  ];
  for (const [index, [source, target, ...options]] of builds.entries()) {
    const path = join(folder, `${index}.bc`);
    const args = [`--target=${target}`, '-w', '-c', ...options, source, '-o', path];
    const { status, stderr } = run(clang, args, { cwd: folder });
    if (status !== 0) throw new Error(`${clang} ${args.join(' ')}: ${stderr}`);
    yield { name: [source, target, ...options].join(' '), path };
  }
}

const RUST_BUILDS: readonly (readonly string[])[] = [
  ['--emit=llvm-bc', '-C', 'opt-level=0', '-g'],
  ['--emit=llvm-bc', '-C', 'opt-level=2'],
  ['--emit=obj', '-C', 'opt-level=2', '-C', 'linker-plugin-lto'],
  ['--emit=link', '-C', 'opt-level=1', '-C', 'embed-bitcode=yes', '-C', 'codegen-units=1'],
];

/**
 * Compiles Rust, when it is asked for: plain bitcode, bitcode for the linker's plugin, and an archive of an object that
 * bitcode is embedded in.
 *
 * @param rustc - Its path.
 */
export function* rustCorpus(rustc: string): Generator<CorpusFile> {
  const folder = temporaryFolder({ 'unit.rs': RUST_SOURCE });
  for (const [index, options] of RUST_BUILDS.entries()) {
    const path = join(folder, `${index}.o`);
    const args = ['--crate-type=rlib', '--edition=2018', ...options, 'unit.rs', '-o', path];
    const { status, stderr } = run(rustc, args, { cwd: folder });
    if (status !== 0) throw new Error(`${rustc} ${args.join(' ')}: ${stderr}`);
    yield { name: `rustc ${options.join(' ')}`, path };
  }
}
