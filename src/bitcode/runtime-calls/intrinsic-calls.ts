// What intrinsics become where a target has no instructions for them (llvm/lib/CodeGen/SelectionDAG/LegalizeDAG.cpp,
// llvm/lib/CodeGen/IntrinsicLowering.cpp, LLVM 13 to 22). Names of intrinsics without `llvm.`, types and the prefix
// `experimental.constrained.`.

/** Functions of libm, whose name gets the suffix of the type. */
export const MATH_INTRINSICS: ReadonlyMap<string, string> = /* @__PURE__ */ new Map(
  [
    ...['acos', 'asin', 'atan', 'atan2', 'ceil', 'copysign', 'cos', 'cosh', 'exp', 'exp10', 'exp2', 'floor', 'fma'],
    ...['frexp', 'ldexp', 'llrint', 'llround', 'log', 'log10', 'log2', 'lrint', 'lround', 'modf', 'nearbyint', 'pow'],
    ...['rint', 'round', 'roundeven', 'sin', 'sincos', 'sincospi', 'sinh', 'sqrt', 'tan', 'tanh', 'trunc'],
  ]
    .map((name): [string, string] => [name, name])
    .concat([
      ['fmuladd', 'fma'],
      ['frem', 'fmod'],
      ['maximum', 'fmaximum'],
      ['maximumnum', 'fmaximum_num'],
      ['maxnum', 'fmax'],
      ['minimum', 'fminimum'],
      ['minimumnum', 'fminimum_num'],
      ['minnum', 'fmin'],
    ]),
);

/** Suffixes of libm by the type of an intrinsic. Halves are computed as floats. */
export const MATH_SUFFIXES: ReadonlyMap<string, readonly string[]> = /* @__PURE__ */ new Map([
  ['bf16', ['f']],
  ['f16', ['f']],
  ['f32', ['f']],
  ['f64', ['']],
  ['f80', ['l']],
  ['f128', ['l', 'f128']],
  ['ppcf128', ['l']],
]);

/** Functions that have one name, by the intrinsic and its type; a key without type holds for all. */
export const OTHER_INTRINSICS: ReadonlyMap<string, readonly string[]> = /* @__PURE__ */ new Map([
  ['clear_cache', ['__clear_cache', '__riscv_flush_icache']],
  ['ctlz', ['__clzsi2', '__clzdi2', '__clzti2']],
  ['ctpop', ['__popcountsi2', '__popcountdi2', '__popcountti2']],
  ['debugtrap', ['abort']],
  ['eh.sjlj.callsite', ['_Unwind_SjLj_Register', '_Unwind_SjLj_Resume', '_Unwind_SjLj_Unregister']],
  ['experimental.deoptimize', ['__llvm_deoptimize']],
  ['get.fpenv', ['fegetenv']],
  ['get.fpmode', ['fegetmode']],
  ['init.trampoline', ['__trampoline_setup']],
  ['memcpy', ['memcpy']],
  ['memmove', ['memmove']],
  ['memset', ['memset']],
  ['powi', ['__powisf2', '__powidf2', '__powixf2', '__powitf2']],
  ['reset.fpenv', ['fesetenv']],
  ['reset.fpmode', ['fesetmode']],
  ['set.fpenv', ['fesetenv']],
  ['set.fpmode', ['fesetmode']],
  ['smul.with.overflow', ['__mulosi4', '__mulodi4', '__muloti4', '__multi3']],
  ['trap', ['abort']],
  ['ubsantrap', ['abort']],
  ['umul.with.overflow', ['__muloti4', '__multi3']],
]);

/** What the memory functions are besides, on targets with names of their own. */
export const MEMORY_NAMES = {
  aeabi: {
    memcpy: ['__aeabi_memcpy', '__aeabi_memcpy4', '__aeabi_memcpy8'],
    memmove: ['__aeabi_memmove', '__aeabi_memmove4', '__aeabi_memmove8'],
    memset: [
      '__aeabi_memclr',
      '__aeabi_memclr4',
      '__aeabi_memclr8',
      '__aeabi_memset',
      '__aeabi_memset4',
      '__aeabi_memset8',
    ],
  },
  aix: {
    memcpy: ['___memmove', '___memmove64'],
    memmove: ['___memmove', '___memmove64'],
    memset: ['___memset', '___memset64'],
  },
  apple: { memcpy: [], memmove: [], memset: ['bzero', '__bzero'] },
} as const;

/** Sizes of elements that the memory functions of unordered atomic elements are there for. */
export const ATOMIC_ELEMENT_BYTES = [1, 2, 4, 8, 16] as const;
