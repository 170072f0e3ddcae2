// Names of the functions of run-time libraries that LLVM knows: those that a symbol table of bitcode marks as used, and that
// link-time optimisation keeps because code generation may call them.
//
// LLVM 13 to 18 have one list for all targets (llvm/CodeGen or llvm/IR/RuntimeLibcalls.def), LLVM 19 takes out of it what a
// target lacks, later ones have a list for each architecture (llvm/IR/RuntimeLibcalls.td). Taken from what opt of LLVM 13,
// 14, 15, 16, 19 and 22 answers for 125 triples and every name in its libraries;
// test/bitcode/runtime-calls/runtime-libcalls.test.ts asks again.
// Left out: LLVM 17, 18, 20 and 21, whose lists were not asked for.

import type { TargetCondition } from './target-conditions.ts';

/** Major versions of LLVM whose lists are here. */
export const MEASURED_VERSIONS = [13, 14, 15, 16, 19, 22] as const;

/** Functions that come and go together. */
export interface LibcallRow {
  /** From which version on they are there, and for which targets; `undefined` for none any more. Ascending. */
  readonly since: readonly (readonly [version: number, condition: TargetCondition | undefined])[];
  /** Their names, separated by white space. */
  readonly names: string;
}

/** All of them. No name stands in two rows. */
export const LIBCALL_ROWS: readonly LibcallRow[] = [
  {
    since: [
      [13, 'every'],
      [19, 'processor'],
      [22, 'library'],
    ],
    names: `
      __ashlhi3 __ashrhi3 __clzdi2 __clzsi2 __clzti2 __divti3 __exp2_finite __exp2f_finite __exp2l_finite __exp_finite
      __expf_finite __expl_finite __extendhfdf2 __fixdfti __fixhfdi __fixhfsi __fixhfti __fixsfti __fixtfdi __fixtfti
      __fixunsdfti __fixunshfdi __fixunshfsi __fixunshfti __fixunssfti __fixunstfdi __fixunstfsi __fixunstfti
      __floatdihf __floatditf __floatsihf __floattidf __floattihf __floattisf __floattitf __floatundihf __floatunditf
      __floatunsihf __floatuntidf __floatuntihf __floatuntisf __floatuntitf __llvm_deoptimize
      __llvm_memcpy_element_unordered_atomic_1 __llvm_memcpy_element_unordered_atomic_16
      __llvm_memcpy_element_unordered_atomic_2 __llvm_memcpy_element_unordered_atomic_4
      __llvm_memcpy_element_unordered_atomic_8 __llvm_memmove_element_unordered_atomic_1
      __llvm_memmove_element_unordered_atomic_16 __llvm_memmove_element_unordered_atomic_2
      __llvm_memmove_element_unordered_atomic_4 __llvm_memmove_element_unordered_atomic_8
      __llvm_memset_element_unordered_atomic_1 __llvm_memset_element_unordered_atomic_16
      __llvm_memset_element_unordered_atomic_2 __llvm_memset_element_unordered_atomic_4
      __llvm_memset_element_unordered_atomic_8 __log10_finite __log10f_finite __log10l_finite __log2_finite
      __log2f_finite __log2l_finite __log_finite __logf_finite __logl_finite __lshrhi3 __modti3 __mulhi3 __mulosi4
      __mulqi3 __negdi2 __negsi2 __pow_finite __powf_finite __powitf2 __powl_finite __sync_fetch_and_add_1
      __sync_fetch_and_add_16 __sync_fetch_and_add_2 __sync_fetch_and_add_4 __sync_fetch_and_add_8
      __sync_fetch_and_and_1 __sync_fetch_and_and_16 __sync_fetch_and_and_2 __sync_fetch_and_and_4
      __sync_fetch_and_and_8 __sync_fetch_and_max_1 __sync_fetch_and_max_16 __sync_fetch_and_max_2
      __sync_fetch_and_max_4 __sync_fetch_and_max_8 __sync_fetch_and_min_1 __sync_fetch_and_min_16
      __sync_fetch_and_min_2 __sync_fetch_and_min_4 __sync_fetch_and_min_8 __sync_fetch_and_nand_1
      __sync_fetch_and_nand_16 __sync_fetch_and_nand_2 __sync_fetch_and_nand_4 __sync_fetch_and_nand_8
      __sync_fetch_and_or_1 __sync_fetch_and_or_16 __sync_fetch_and_or_2 __sync_fetch_and_or_4 __sync_fetch_and_or_8
      __sync_fetch_and_sub_1 __sync_fetch_and_sub_16 __sync_fetch_and_sub_2 __sync_fetch_and_sub_4
      __sync_fetch_and_sub_8 __sync_fetch_and_umax_1 __sync_fetch_and_umax_16 __sync_fetch_and_umax_2
      __sync_fetch_and_umax_4 __sync_fetch_and_umax_8 __sync_fetch_and_umin_1 __sync_fetch_and_umin_16
      __sync_fetch_and_umin_2 __sync_fetch_and_umin_4 __sync_fetch_and_umin_8 __sync_fetch_and_xor_1
      __sync_fetch_and_xor_16 __sync_fetch_and_xor_2 __sync_fetch_and_xor_4 __sync_fetch_and_xor_8
      __sync_lock_test_and_set_1 __sync_lock_test_and_set_16 __sync_lock_test_and_set_2 __sync_lock_test_and_set_4
      __sync_lock_test_and_set_8 __sync_val_compare_and_swap_1 __sync_val_compare_and_swap_16
      __sync_val_compare_and_swap_2 __sync_val_compare_and_swap_4 __sync_val_compare_and_swap_8 __trunctfhf2 __udivti3
      __umodti3 cbrt cbrtf cbrtl ceil ceilf ceill copysign copysignf copysignl cos cosl exp exp2 exp2f exp2l expf expl
      floor floorf floorl fma fmaf fmal fmax fmaxf fmaxl fmin fminf fminl fmod fmodf fmodl llrint llrintf llrintl
      llround llroundf llroundl log log10 log10f log10l log2 log2f log2l logf logl lrint lrintf lrintl lround lroundf
      lroundl memmove nearbyint nearbyintf nearbyintl pow powf powl rint rintf rintl round roundeven roundevenf
      roundevenl roundf roundl sin sinl sqrt sqrtl trunc truncf truncl`,
  },
  {
    since: [
      [13, 'every'],
      [22, 'library'],
    ],
    names: `
      __atomic_compare_exchange __atomic_compare_exchange_1 __atomic_compare_exchange_16 __atomic_compare_exchange_2
      __atomic_compare_exchange_4 __atomic_compare_exchange_8 __atomic_exchange __atomic_exchange_1 __atomic_exchange_16
      __atomic_exchange_2 __atomic_exchange_4 __atomic_exchange_8 __atomic_fetch_add_1 __atomic_fetch_add_16
      __atomic_fetch_add_2 __atomic_fetch_add_4 __atomic_fetch_add_8 __atomic_fetch_and_1 __atomic_fetch_and_16
      __atomic_fetch_and_2 __atomic_fetch_and_4 __atomic_fetch_and_8 __atomic_fetch_nand_1 __atomic_fetch_nand_16
      __atomic_fetch_nand_2 __atomic_fetch_nand_4 __atomic_fetch_nand_8 __atomic_fetch_or_1 __atomic_fetch_or_16
      __atomic_fetch_or_2 __atomic_fetch_or_4 __atomic_fetch_or_8 __atomic_fetch_sub_1 __atomic_fetch_sub_16
      __atomic_fetch_sub_2 __atomic_fetch_sub_4 __atomic_fetch_sub_8 __atomic_fetch_xor_1 __atomic_fetch_xor_16
      __atomic_fetch_xor_2 __atomic_fetch_xor_4 __atomic_fetch_xor_8 __atomic_load __atomic_load_1 __atomic_load_16
      __atomic_load_2 __atomic_load_4 __atomic_load_8 __atomic_store __atomic_store_1 __atomic_store_16 __atomic_store_2
      __atomic_store_4 __atomic_store_8`,
  },
  {
    since: [
      [13, 'every'],
      [19, 'processor'],
      [22, 'soft-float'],
    ],
    names: `
      __addsf3 __eqdf2 __eqsf2 __fixdfdi __fixdfsi __fixsfdi __fixsfsi __fixunsdfdi __fixunsdfsi __fixunssfdi
      __fixunssfsi __floatdidf __floatdisf __floatsidf __floatsisf __floatundidf __floatundisf __floatunsidf
      __floatunsisf __gedf2 __gesf2 __gtdf2 __gtsf2 __ledf2 __lesf2 __ltdf2 __ltsf2 __mulsf3 __nesf2 __subsf3`,
  },
  {
    since: [
      [13, 'every'],
      [19, 'processor'],
      [22, 'x86'],
    ],
    names: `
      __addxf3 __divxf3 __extendxftf2 __fixunsxfdi __fixunsxfsi __fixunsxfti __fixxfdi __fixxfsi __fixxfti __floatdixf
      __floatsixf __floattixf __floatundixf __floatunsixf __floatuntixf __mulxf3 __subxf3 __trunctfxf2 __truncxfdf2
      __truncxfhf2 __truncxfsf2`,
  },
  {
    since: [
      [13, 'every'],
      [19, 'processor'],
      [22, 'power'],
    ],
    names: `
      __gcc_dtoq __gcc_itoq __gcc_qadd __gcc_qdiv __gcc_qeq __gcc_qge __gcc_qgt __gcc_qle __gcc_qlt __gcc_qmul __gcc_qne
      __gcc_qsub __gcc_qtod __gcc_qtos __gcc_qtou __gcc_qunord __gcc_stoq __gcc_utoq`,
  },
  {
    since: [
      [13, 'every'],
      [19, 'processor-without-kf'],
      [22, 'library-without-kf'],
    ],
    names: `
      __addtf3 __divtf3 __eqtf2 __extenddftf2 __extendsftf2 __fixtfsi __floatsitf __floatunsitf __getf2 __gttf2 __letf2
      __lttf2 __multf3 __netf2 __subtf3 __trunctfdf2 __trunctfsf2 __unordtf2`,
  },
  {
    since: [
      [13, 'every'],
      [19, 'processor'],
      [22, 'soft-float-or-msp430'],
    ],
    names: `
      __ashldi3 __ashrdi3 __lshrdi3 __nedf2 __unorddf2 __unordsf2`,
  },
  {
    since: [
      [13, 'every'],
      [19, 'processor'],
      [22, 'soft-float-arithmetic'],
    ],
    names: `
      __adddf3 __divdf3 __divsf3 __muldf3 __subdf3`,
  },
  {
    since: [
      [13, 'every'],
      [19, 'processor'],
      [22, 'library-not-msp430'],
    ],
    names: `
      __ashlsi3 __ashrsi3 __extendsfdf2 __lshrsi3 __truncdfsf2`,
  },
  {
    since: [
      [13, 'every'],
      [19, 'processor'],
      [22, 'divide-64'],
    ],
    names: `
      __divdi3 __moddi3 __udivdi3 __umoddi3`,
  },
  {
    since: [
      [13, 'every'],
      [19, 'processor-not-avr'],
      [22, 'library-not-avr-msp430'],
    ],
    names: `
      __divhi3 __modhi3 __udivhi3 __umodhi3`,
  },
  {
    since: [
      [13, 'every'],
      [19, 'processor-not-avr'],
      [22, 'library-not-avr'],
    ],
    names: `
      __divqi3 __modqi3 __udivqi3 __umodqi3`,
  },
  {
    since: [
      [13, 'every'],
      [19, 'int128-19'],
      [22, 'int128-22'],
    ],
    names: `
      __ashlti3 __ashrti3 __lshrti3`,
  },
  {
    since: [
      [13, 'every'],
      [19, 'processor'],
      [22, 'library-not-avr'],
    ],
    names: `
      cosf sinf`,
  },
  {
    since: [
      [13, 'every'],
      [19, 'processor-not-avr'],
      [22, 'divide-32'],
    ],
    names: `
      __divsi3 __udivsi3`,
  },
  {
    since: [
      [13, 'every'],
      [19, 'processor-not-avr'],
      [22, 'modulo-32'],
    ],
    names: `
      __modsi3 __umodsi3`,
  },
  {
    since: [
      [13, 'every'],
      [19, 'processor-not-apple'],
      [22, 'gnu-half-names'],
    ],
    names: `
      __gnu_f2h_ieee __gnu_h2f_ieee`,
  },
  {
    since: [
      [13, 'every'],
      [19, 'processor-not-windows'],
      [22, 'library-not-windows'],
    ],
    names: `
      __powidf2 __powisf2`,
  },
  {
    since: [
      [13, 'every'],
      [19, 'processor'],
      [22, 'unwind-resume'],
    ],
    names: `
      _Unwind_Resume`,
  },
  {
    since: [
      [13, 'every'],
      [19, 'processor'],
      [22, 'library-without-kf'],
    ],
    names: `
      __extendhftf2`,
  },
  {
    since: [
      [13, 'every'],
      [19, 'processor'],
      [22, 'multiply-64'],
    ],
    names: `
      __muldi3`,
  },
  {
    since: [
      [13, 'every'],
      [19, 'processor'],
      [22, 'multiply-32'],
    ],
    names: `
      __mulsi3`,
  },
  {
    since: [
      [13, 'every'],
      [19, 'processor'],
      [22, 'x86-power-of-long-double'],
    ],
    names: `
      __powixf2`,
  },
  {
    since: [
      [13, 'every'],
      [19, 'processor'],
      [22, 'half-from-double'],
    ],
    names: `
      __truncdfhf2`,
  },
  {
    since: [
      [13, 'every'],
      [19, 'processor'],
      [22, 'memory-copy'],
    ],
    names: `
      memcpy`,
  },
  {
    since: [
      [13, 'every'],
      [19, 'processor'],
      [22, 'memory-set'],
    ],
    names: `
      memset`,
  },
  {
    since: [
      [13, 'every'],
      [19, 'processor'],
      [22, 'square-root'],
    ],
    names: `
      sqrtf`,
  },
  {
    since: [
      [13, 'every'],
      [19, 'int128-multiply-19'],
      [22, 'wasm'],
    ],
    names: `
      __mulodi4`,
  },
  {
    since: [
      [13, 'every'],
      [19, 'int128-multiply-19'],
      [22, 'int128-22'],
    ],
    names: `
      __multi3`,
  },
  {
    since: [
      [13, 'every'],
      [19, 'processor-not-openbsd'],
      [22, 'stack-guard-function'],
    ],
    names: `
      __stack_chk_fail`,
  },
  {
    since: [
      [13, 'every'],
      [19, 'int128-overflow-19'],
      [22, 'wasm'],
    ],
    names: `
      __muloti4`,
  },
  {
    since: [
      [14, 'every'],
      [19, 'processor'],
      [22, 'power'],
    ],
    names: `
      __extendkftf2 __trunctfkf2`,
  },
  {
    since: [
      [14, 'every'],
      [19, 'processor'],
      [22, 'cleanup-end'],
    ],
    names: `
      __cxa_end_cleanup`,
  },
  {
    since: [
      [14, 'every'],
      [19, 'processor'],
      [22, 'x86'],
    ],
    names: `
      __extendhfxf2`,
  },
  {
    since: [
      [14, 'every'],
      [22, 'aix'],
    ],
    names: `
      __ssp_canary_word`,
  },
  {
    since: [
      [14, 'every'],
      [22, 'stack-guard-variable'],
    ],
    names: `
      __stack_chk_guard`,
  },
  {
    since: [
      [15, 'every'],
      [16, undefined],
    ],
    names: `
      __divei4 __modei4 __udivei4 __umodei4`,
  },
  {
    since: [
      [15, 'every'],
      [19, 'processor'],
      [22, 'library'],
    ],
    names: `
      __truncdfbf2 __truncsfbf2`,
  },
  {
    since: [
      [19, 'gnu-x86-64'],
      [22, 'f128-names'],
    ],
    names: `
      acosf128 asinf128 atanf128 cbrtf128 ceilf128 copysignf128 cosf128 coshf128 exp10f128 exp2f128 expf128 floorf128
      fmaf128 fmaxf128 fminf128 fmodf128 frexpf128 ldexpf128 llrintf128 llroundf128 log10f128 log2f128 logf128 lrintf128
      lroundf128 nearbyintf128 powf128 rintf128 roundevenf128 roundf128 sinf128 sinhf128 sqrtf128 tanf128 tanhf128
      truncf128`,
  },
  {
    since: [
      [19, 'processor'],
      [22, 'library'],
    ],
    names: `
      __clear_cache __extendbfsf2 acos acosf acosl asin asinf asinl atan atanf atanl calloc cosh coshf coshl fegetenv
      fegetmode fesetenv fesetmode frexp ldexp sinh sinhf sinhl tan tanf tanh tanhf tanhl tanl`,
  },
  {
    since: [[19, 'power']],
    names: `
      __addkf3 __divkf3 __eqkf2 __extenddfkf2 __extendsfkf2 __fixkfdi __fixkfsi __fixkfti __fixunskfdi __fixunskfsi
      __fixunskfti __floatdikf __floatsikf __floattikf __floatundikf __floatunsikf __floatuntikf __gekf2 __gtkf2 __lekf2
      __ltkf2 __mulkf3 __nekf2 __powikf2 __subkf3 __trunckfdf2 __trunckfsf2 __unordkf2`,
  },
  {
    since: [
      [19, 'gnu-x86-64'],
      [22, 'gnu-x86'],
    ],
    names: `
      __exp2f128_finite __expf128_finite __log10f128_finite __log2f128_finite __logf128_finite __powf128_finite`,
  },
  {
    since: [
      [19, 'processor-not-msvc'],
      [22, 'library-not-msvc'],
    ],
    names: `
      frexpf frexpl ldexpf ldexpl`,
  },
  {
    since: [[19, 'apple-sincos']],
    names: `
      __exp10 __exp10f __sincos_stret __sincosf_stret`,
  },
  {
    since: [
      [19, 'processor-not-apple'],
      [22, 'exp10-22'],
    ],
    names: `
      exp10 exp10f`,
  },
  {
    since: [
      [19, 'sincos-19'],
      [22, 'sincos-22'],
    ],
    names: `
      sincos sincosf`,
  },
  {
    since: [
      [19, 'apple'],
      [22, 'half-names'],
    ],
    names: `
      __extendhfsf2 __truncsfhf2`,
  },
  {
    since: [
      [19, 'processor'],
      [22, 'riscv'],
    ],
    names: `
      __riscv_flush_icache`,
  },
  {
    since: [
      [19, 'processor'],
      [22, 'exp10l-22'],
    ],
    names: `
      exp10l`,
  },
  {
    since: [
      [19, 'sincosl-19'],
      [22, 'sincosl-22'],
    ],
    names: `
      sincosl`,
  },
  {
    since: [[19, 'mac-x86']],
    names: `
      __bzero`,
  },
  {
    since: [[19, 'apple-arm64']],
    names: `
      bzero`,
  },
  {
    since: [[22, 'arm64']],
    names: `
      __aarch64_cas16_acq __aarch64_cas16_acq_rel __aarch64_cas16_rel __aarch64_cas16_relax __aarch64_cas1_acq
      __aarch64_cas1_acq_rel __aarch64_cas1_rel __aarch64_cas1_relax __aarch64_cas2_acq __aarch64_cas2_acq_rel
      __aarch64_cas2_rel __aarch64_cas2_relax __aarch64_cas4_acq __aarch64_cas4_acq_rel __aarch64_cas4_rel
      __aarch64_cas4_relax __aarch64_cas8_acq __aarch64_cas8_acq_rel __aarch64_cas8_rel __aarch64_cas8_relax
      __aarch64_ldadd1_acq __aarch64_ldadd1_acq_rel __aarch64_ldadd1_rel __aarch64_ldadd1_relax __aarch64_ldadd2_acq
      __aarch64_ldadd2_acq_rel __aarch64_ldadd2_rel __aarch64_ldadd2_relax __aarch64_ldadd4_acq __aarch64_ldadd4_acq_rel
      __aarch64_ldadd4_rel __aarch64_ldadd4_relax __aarch64_ldadd8_acq __aarch64_ldadd8_acq_rel __aarch64_ldadd8_rel
      __aarch64_ldadd8_relax __aarch64_ldclr1_acq __aarch64_ldclr1_acq_rel __aarch64_ldclr1_rel __aarch64_ldclr1_relax
      __aarch64_ldclr2_acq __aarch64_ldclr2_acq_rel __aarch64_ldclr2_rel __aarch64_ldclr2_relax __aarch64_ldclr4_acq
      __aarch64_ldclr4_acq_rel __aarch64_ldclr4_rel __aarch64_ldclr4_relax __aarch64_ldclr8_acq __aarch64_ldclr8_acq_rel
      __aarch64_ldclr8_rel __aarch64_ldclr8_relax __aarch64_ldeor1_acq __aarch64_ldeor1_acq_rel __aarch64_ldeor1_rel
      __aarch64_ldeor1_relax __aarch64_ldeor2_acq __aarch64_ldeor2_acq_rel __aarch64_ldeor2_rel __aarch64_ldeor2_relax
      __aarch64_ldeor4_acq __aarch64_ldeor4_acq_rel __aarch64_ldeor4_rel __aarch64_ldeor4_relax __aarch64_ldeor8_acq
      __aarch64_ldeor8_acq_rel __aarch64_ldeor8_rel __aarch64_ldeor8_relax __aarch64_ldset1_acq __aarch64_ldset1_acq_rel
      __aarch64_ldset1_rel __aarch64_ldset1_relax __aarch64_ldset2_acq __aarch64_ldset2_acq_rel __aarch64_ldset2_rel
      __aarch64_ldset2_relax __aarch64_ldset4_acq __aarch64_ldset4_acq_rel __aarch64_ldset4_rel __aarch64_ldset4_relax
      __aarch64_ldset8_acq __aarch64_ldset8_acq_rel __aarch64_ldset8_rel __aarch64_ldset8_relax __aarch64_swp1_acq
      __aarch64_swp1_acq_rel __aarch64_swp1_rel __aarch64_swp1_relax __aarch64_swp2_acq __aarch64_swp2_acq_rel
      __aarch64_swp2_rel __aarch64_swp2_relax __aarch64_swp4_acq __aarch64_swp4_acq_rel __aarch64_swp4_rel
      __aarch64_swp4_relax __aarch64_swp8_acq __aarch64_swp8_acq_rel __aarch64_swp8_rel __aarch64_swp8_relax
      __arm_get_current_vg __arm_sc_memchr __arm_sc_memcpy __arm_sc_memmove __arm_sc_memset __arm_sme_restore
      __arm_sme_save __arm_sme_state __arm_sme_state_size __arm_tpidr2_restore __arm_tpidr2_save __arm_za_disable`,
  },
  {
    since: [[22, 'library']],
    names: `
      __floatdibf __floatundibf __popcountdi2 __popcountsi2 __popcountti2 __safestack_pointer_address atan2 atan2f
      atan2l fdim fdimf fdiml fmaximum fmaximum_num fmaximum_numf fmaximum_numl fmaximumf fmaximuml fminimum
      fminimum_num fminimum_numf fminimum_numl fminimumf fminimuml free malloc modf modff modfl nan nanf nanl nexttoward
      nexttowardf nexttowardl remainder remainderf remainderl remquo remquof remquol scalbln scalblnf scalblnl scalbn
      scalbnf scalbnl tgamma tgammaf tgammal`,
  },
  {
    since: [[22, 'aeabi']],
    names: `
      __aeabi_d2f __aeabi_d2h __aeabi_d2iz __aeabi_d2lz __aeabi_d2uiz __aeabi_d2ulz __aeabi_dadd __aeabi_dcmpeq
      __aeabi_dcmpge __aeabi_dcmpgt __aeabi_dcmple __aeabi_dcmplt __aeabi_dcmpun __aeabi_ddiv __aeabi_dmul __aeabi_dsub
      __aeabi_f2d __aeabi_f2iz __aeabi_f2lz __aeabi_f2uiz __aeabi_f2ulz __aeabi_fadd __aeabi_fcmpeq __aeabi_fcmpge
      __aeabi_fcmpgt __aeabi_fcmple __aeabi_fcmplt __aeabi_fcmpun __aeabi_fdiv __aeabi_fmul __aeabi_fsub __aeabi_i2d
      __aeabi_i2f __aeabi_idiv __aeabi_idivmod __aeabi_l2d __aeabi_l2f __aeabi_lasr __aeabi_ldivmod __aeabi_llsl
      __aeabi_llsr __aeabi_lmul __aeabi_ui2d __aeabi_ui2f __aeabi_uidiv __aeabi_uidivmod __aeabi_ul2d __aeabi_ul2f
      __aeabi_uldivmod`,
  },
  {
    since: [[22, 'msp430']],
    names: `
      __mspabi_addd __mspabi_addf __mspabi_cmpd __mspabi_cmpf __mspabi_cvtdf __mspabi_cvtfd __mspabi_divd __mspabi_divf
      __mspabi_divi __mspabi_divli __mspabi_divlli __mspabi_divu __mspabi_divul __mspabi_divull __mspabi_fixdli
      __mspabi_fixdlli __mspabi_fixdul __mspabi_fixdull __mspabi_fixfli __mspabi_fixflli __mspabi_fixful
      __mspabi_fixfull __mspabi_fltlid __mspabi_fltlif __mspabi_fltllid __mspabi_fltllif __mspabi_fltuld __mspabi_fltulf
      __mspabi_fltulld __mspabi_fltullf __mspabi_mpyd __mspabi_mpyf __mspabi_mpyll __mspabi_remi __mspabi_remli
      __mspabi_remlli __mspabi_remu __mspabi_remul __mspabi_remull __mspabi_slll __mspabi_sral __mspabi_srll
      __mspabi_subd __mspabi_subf`,
  },
  {
    since: [[22, 'hexagon']],
    names: `
      __hexagon_adddf3 __hexagon_divdf3 __hexagon_divdi3 __hexagon_divsf3 __hexagon_divsi3 __hexagon_fast2_sqrtdf2
      __hexagon_fast2_sqrtf __hexagon_fast_adddf3 __hexagon_fast_divdf3 __hexagon_fast_divsf3 __hexagon_fast_muldf3
      __hexagon_fast_subdf3 __hexagon_memcpy_likely_aligned_min32bytes_mult8bytes __hexagon_moddi3 __hexagon_modsi3
      __hexagon_muldf3 __hexagon_sqrtf __hexagon_subdf3 __hexagon_udivdi3 __hexagon_udivsi3 __hexagon_umoddi3
      __hexagon_umodsi3 hexagon_memcpy_forward_vp4cp4n2`,
  },
  {
    since: [[22, 'arm-windows']],
    names: `
      __dtoi64 __dtou64 __i64tod __i64tos __rt_sdiv __rt_sdiv64 __rt_udiv __rt_udiv64 __stoi64 __stou64 __u64tod
      __u64tos`,
  },
  {
    since: [[22, 'f128-names']],
    names: `
      atan2f128 fmaximum_numf128 fmaximumf128 fminimum_numf128 fminimumf128 modff128 sincosf128`,
  },
  {
    since: [[22, 'msvc-i386']],
    names: `
      _alldiv _allmul _allrem _aulldiv _aullrem _chkstk`,
  },
  {
    since: [[22, 'aix-32']],
    names: `
      ___bzero ___memcmp ___memmove ___memset ___strcpy ___strlen`,
  },
  {
    since: [[22, 'aix-64']],
    names: `
      ___bzero64 ___memcmp64 ___memmove64 ___memset64 ___strcpy64 ___strlen64`,
  },
  {
    since: [[22, 'mac']],
    names: `
      getc_unlocked getchar_unlocked putc_unlocked putchar_unlocked`,
  },
  {
    since: [[22, 'aix']],
    names: `
      vec_calloc vec_free vec_malloc vec_realloc`,
  },
  {
    since: [[22, 'sparc-32']],
    names: `
      _Q_lltoq _Q_qtoll _Q_qtoull _Q_ulltoq`,
  },
  {
    since: [[22, 'avr']],
    names: `
      __divmodhi4 __divmodqi4 __udivmodhi4 __udivmodqi4`,
  },
  {
    since: [[22, 'xcore']],
    names: `
      __memcpy_4 fiprintf iprintf siprintf`,
  },
  {
    since: [[22, 'library-not-playstation']],
    names: `
      __memcpy_chk __memmove_chk __memset_chk`,
  },
  {
    since: [[22, 'apple']],
    names: `
      memset_pattern16 memset_pattern4 memset_pattern8`,
  },
  {
    since: [[22, 'sjlj-exceptions']],
    names: `
      _Unwind_SjLj_Register _Unwind_SjLj_Resume _Unwind_SjLj_Unregister`,
  },
  {
    since: [[22, 'emscripten']],
    names: `
      __small_fprintf __small_printf __small_sprintf`,
  },
  {
    since: [[22, 'openbsd']],
    names: `
      __guard_local __stack_smash_handler`,
  },
  {
    since: [[22, 'apple-sincos']],
    names: `
      __sincospi __sincospif`,
  },
  {
    since: [[22, 'msvc']],
    names: `
      __security_check_cookie __security_cookie`,
  },
  {
    since: [[22, 'aeabi-half-names']],
    names: `
      __aeabi_f2h __aeabi_h2f`,
  },
  {
    since: [[22, 'divide-and-modulo']],
    names: `
      __divmodsi4 __udivmodsi4`,
  },
  {
    since: [[22, 'wasm']],
    names: `
      _Unwind_CallPersonality emscripten_return_address`,
  },
  {
    since: [[22, 'library-without-kf']],
    names: `
      __trunctfbf2`,
  },
  {
    since: [[22, 'x86']],
    names: `
      __truncxfbf2`,
  },
  {
    since: [[22, 'gnu-x86']],
    names: `
      __exp10f128_finite`,
  },
  {
    since: [[22, 'stack-probe']],
    names: `
      __chkstk`,
  },
  {
    since: [[22, 'stack-probe-gnu-x86-64']],
    names: `
      ___chkstk_ms`,
  },
  {
    since: [[22, 'stack-probe-gnu-i386']],
    names: `
      _alloca`,
  },
  {
    since: [[22, 'power']],
    names: `
      __trunckfhf2`,
  },
];

/** What the list of LLVM 22 for Windows on ARM64EC has not of the one for ARM64. */
export const ARM64EC_ABSENT: readonly string[] = [
  '__arm_get_current_vg',
  '__arm_sme_restore',
  '__arm_sme_save',
  '__arm_sme_state',
  '__arm_sme_state_size',
  '__arm_tpidr2_restore',
  '__arm_tpidr2_save',
  '__arm_za_disable',
  '__ashlti3',
  '__ashrti3',
  '__chkstk',
  '__lshrti3',
  '__multi3',
  '__security_check_cookie',
  '__security_cookie',
  'exp10',
  'exp10f',
  'exp10l',
];

/** What it has besides, in the spelling of that target. */
export const ARM64EC_OWN: readonly string[] = [
  '#__chkstk_arm64ec',
  '#__security_check_cookie_arm64ec',
  '__security_cookie',
];
