// Options of the compiler drivers clang and gcc, as far as a line that only links has them: what they mean to the linker,
// and which of the others take the argument behind them. From clang's and GCC's manuals (clang 22, GCC 15).

/** What a driver does with an option when it calls the linker. */
export type DriverAction =
  /** Hands it on as it is. */
  | 'pass'
  /** Hands on its argument, and itself before it. */
  | 'pass-with-argument'
  /** Does not link. */
  | 'stop'
  /** Nothing that concerns the linker; the argument behind it belongs to it. */
  | 'skip-argument';

/** By the option as it is written. */
export const DRIVER_OPTIONS: ReadonlyMap<string, DriverAction> = /* @__PURE__ */ new Map<string, DriverAction>([
  ['-c', 'stop'],
  ['-S', 'stop'],
  ['-E', 'stop'],
  ['-M', 'stop'],
  ['-MM', 'stop'],
  ['-fsyntax-only', 'stop'],
  ['--analyze', 'stop'],
  ['-emit-llvm', 'stop'],
  ['--precompile', 'stop'],
  ['--help', 'stop'],
  ['--version', 'stop'],
  ['-dumpversion', 'stop'],
  ['-dumpmachine', 'stop'],
  ['-r', 'pass'],
  ['-s', 'pass'],
  ['-t', 'pass'],
  ['-shared', 'pass'],
  ['-static', 'pass'],
  ['-pie', 'pass'],
  ['-no-pie', 'pass'],
  ['-nostdlib', 'pass'],
  ['-L', 'pass-with-argument'],
  ['-l', 'pass-with-argument'],
  ['-u', 'pass-with-argument'],
  ['-e', 'pass-with-argument'],
  ['-z', 'pass-with-argument'],
  ['-o', 'pass-with-argument'],
  ['-I', 'skip-argument'],
  ['-D', 'skip-argument'],
  ['-U', 'skip-argument'],
  ['-A', 'skip-argument'],
  ['-F', 'skip-argument'],
  ['-G', 'skip-argument'],
  ['-MF', 'skip-argument'],
  ['-MT', 'skip-argument'],
  ['-MQ', 'skip-argument'],
  ['-include', 'skip-argument'],
  ['-imacros', 'skip-argument'],
  ['-isystem', 'skip-argument'],
  ['-iquote', 'skip-argument'],
  ['-idirafter', 'skip-argument'],
  ['-iprefix', 'skip-argument'],
  ['-iwithprefix', 'skip-argument'],
  ['-isysroot', 'skip-argument'],
  ['-imultilib', 'skip-argument'],
  ['-Xclang', 'skip-argument'],
  ['-Xassembler', 'skip-argument'],
  ['-Xpreprocessor', 'skip-argument'],
  ['-Xanalyzer', 'skip-argument'],
  ['-mllvm', 'skip-argument'],
  ['-arch', 'skip-argument'],
  ['-target', 'skip-argument'],
  ['--target', 'skip-argument'],
  ['--param', 'skip-argument'],
  ['-aux-info', 'skip-argument'],
  ['-dumpbase', 'skip-argument'],
  ['-dumpbase-ext', 'skip-argument'],
  ['-dumpdir', 'skip-argument'],
  ['-wrapper', 'skip-argument'],
  ['-specs', 'skip-argument'],
]);

/** Ends of the names of files that a driver compiles first; it takes all others for the linker's. */
export const SOURCE_SUFFIXES: ReadonlySet<string> = /* @__PURE__ */ new Set(
  (
    'c i ii m mi mm M mii h H hh hp hxx hpp HPP h++ tcc cc cp cxx cpp CPP c++ C cppm ixx s S sx asm ll bc cl clcpp cu ' +
    'cui hip f for ftn F FOR fpp FPP FTN f90 f95 f03 f08 F90 F95 F03 F08 go d di dd adb ads pcm pch gch ifs rs swift'
  ).split(' '),
);

const DRIVER_NAME = /^(?:.*-)?(?:clang|clang\+\+|gcc|g\+\+|cc|c\+\+|gfortran|flang)(?:-(\d+(?:\.\d+)*))?$/;

/** Whether a program is a compiler's driver, by its name: `clang-16`, `aarch64-linux-gnu-gcc-12`, `cc`. */
export function isDriver(program: string): boolean {
  return DRIVER_NAME.test(baseName(program));
}

/** The version of clang that a driver's name says. */
export function clangVersionOf(program: string): string | undefined {
  const name = baseName(program);
  return name.includes('clang') ? DRIVER_NAME.exec(name)?.[1] : undefined;
}

function baseName(program: string): string {
  return program.slice(Math.max(program.lastIndexOf('/'), program.lastIndexOf('\\')) + 1).replace(/\.exe$/i, '');
}
