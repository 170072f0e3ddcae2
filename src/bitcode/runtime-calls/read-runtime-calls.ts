// Symbols that code generation may call although a module does not name them: what its intrinsics, attributes, types and
// instructions become. They are missing in symbol tables, so that a kernel that trims what nobody asks for lost memcpy.
//
// Left out: what optimisation makes of calls and loops (`printf` to `puts`, a loop to `memset_pattern16`), as it may add any
// function that a library has, and the operands of instructions: a type that is there is taken for one that is computed with.

import { readAttributes } from '../attributes.ts';
import type { BitcodeAttributes } from '../attributes.ts';
import { ATTRIBUTE_KINDS } from '../codes/attribute.ts';
import { BLOCK_IDS } from '../codes/block-ids.ts';
import { FUNCTION_CODES } from '../codes/function.ts';
import { TYPE_CODES } from '../codes/type.ts';
import { readGlobals } from '../globals/read-globals.ts';
import type { BitcodeGlobals } from '../globals/read-globals.ts';
import type { BitcodeModule } from '../module.ts';
import { readTypes } from '../read-types.ts';
import {
  ATOMIC_ELEMENT_BYTES,
  MATH_INTRINSICS,
  MATH_SUFFIXES,
  MEMORY_NAMES,
  OTHER_INTRINSICS,
} from './intrinsic-calls.ts';
import { runtimeLibcalls } from './runtime-libcalls.ts';
import { isAeabi, isApple, isMsvc } from './target-conditions.ts';
import { targetOf } from './target.ts';
import type { Target } from './target.ts';

const A = ATTRIBUTE_KINDS.values;
const C = FUNCTION_CODES.values;
const T = TYPE_CODES.values;
const { FUNCTION_BLOCK_ID } = BLOCK_IDS.values;
const ATOMICS: ReadonlySet<number> = /* @__PURE__ */ new Set([
  C.FUNC_CODE_INST_LOADATOMIC,
  C.FUNC_CODE_INST_STOREATOMIC,
  C.FUNC_CODE_INST_CMPXCHG,
  C.FUNC_CODE_INST_CMPXCHG_OLD,
  C.FUNC_CODE_INST_ATOMICRMW,
  C.FUNC_CODE_INST_ATOMICRMW_OLD,
]);

/** A symbol that code generation may call, or refer to. */
export interface RuntimeCall {
  /** Its name in modules, without the prefix that some targets give to symbols. */
  readonly symbol: string;
  /** What of the module it comes from. */
  readonly because: 'intrinsic' | 'attribute' | 'instruction' | 'type' | 'thread-local' | 'target';
  /** Which one: `llvm.memcpy.p0.p0.i64`, `sspstrong`, `resume`, `i128`, the name of a variable, the triple. */
  readonly name: string;
  /** Whether generated code will refer to it for sure, or if the target or a size asks for it. */
  readonly certainty: 'certain' | 'possible';
  /** Whether the module itself defines it: a kernel's own `memcpy`, which must stay although nothing calls it. */
  readonly isDefined: boolean;
}

/**
 * Finds what code generation may call although the module does not name it. Each symbol is told once, with the first reason
 * that is certain, or else the first one. Costs a pass over the MODULE block, types and attributes, and one that skips over
 * the instructions of bodies.
 *
 * @param globals - The global values of the module, if they were read already.
 * @throws {@link FormatError} if the module is damaged.
 * @example
 * for (const { symbol, because, name } of readRuntimeCalls(module)) console.log(`${symbol}, as of the ${because} ${name}`);
 */
export function readRuntimeCalls(module: BitcodeModule, globals: BitcodeGlobals = readGlobals(module)): RuntimeCall[] {
  const reader = new RuntimeCallReader(module, globals);
  reader.addIntrinsics();
  reader.addAttributes();
  reader.addInstructions();
  reader.addTypes();
  reader.addVariables();
  reader.addOfTarget();
  return [...reader.calls.values()];
}

class RuntimeCallReader {
  readonly calls = new Map<string, RuntimeCall>();
  private readonly module: BitcodeModule;
  private readonly globals: BitcodeGlobals;
  private readonly triple: string;
  private readonly target: Target;
  private readonly defined = new Set<string>();
  /** Patterns whose functions are there already: a module may have any number of types that ask for them. */
  private readonly matched = new Set<RegExp>();
  /** The functions that the newest LLVM knows: older ones give names by architecture elsewhere. */
  private readonly libcalls: ReadonlySet<string>;

  constructor(module: BitcodeModule, globals: BitcodeGlobals) {
    this.module = module;
    this.globals = globals;
    this.triple = module.triple ?? '';
    this.target = targetOf(this.triple);
    this.libcalls = runtimeLibcalls({ version: Infinity, triple: this.triple }).names;
    for (const value of globals.values) {
      if (!value.isDeclaration && value.linkage !== 'available_externally') this.defined.add(value.name);
    }
  }

  addIntrinsics(): void {
    for (const { name, isDeclaration } of this.globals.functions) {
      if (!isDeclaration || !name.startsWith('llvm.')) continue;
      const parts = name
        .slice('llvm.'.length)
        .replace(/^experimental\.constrained\./, '')
        .split('.');
      const [head = ''] = parts;
      const math = MATH_INTRINSICS.get(head);
      if (math !== undefined) this.addMath(math, parts, name);
      for (let length = 1; length <= 3; length += 1) {
        const symbols = OTHER_INTRINSICS.get(parts.slice(0, length).join('.')) ?? [];
        for (const symbol of symbols) this.add(symbol, 'intrinsic', name);
      }
      if (head === 'memcpy' || head === 'memmove' || head === 'memset') this.addMemory(head, parts, name);
      if (head === 'objc') this.add(`objc_${parts.slice(1).join('_')}`, 'intrinsic', name);
    }
  }

  addAttributes(): void {
    const attributes = readAttributes(this.module);
    const lists = new Set<number>();
    for (const { attributeList, isDeclaration } of this.globals.functions) {
      if (!isDeclaration && attributeList !== 0) lists.add(attributeList);
    }
    for (const list of lists) this.addAttributesOf(attributes, list);
  }

  /** Instructions that say by their code alone what they may become. */
  addInstructions(): void {
    const content = this.module.content();
    for (const block of content.blocksOf(FUNCTION_BLOCK_ID)) {
      const reader = content.openBlock(block);
      for (let item = reader.next(); item !== 'end'; item = reader.next()) {
        if (item === 'block') continue;
        if (reader.code === C.FUNC_CODE_INST_RESUME) this.addResume();
        else if (ATOMICS.has(reader.code)) this.addMatching(ATOMIC_FUNCTIONS, 'instruction', 'atomic');
      }
    }
  }

  addTypes(): void {
    const types = readTypes(this.module);
    for (let id = 0; id < types.length; id += 1) {
      const { code, operands = [] } = types.at(id) ?? {};
      const width = code === T.TYPE_CODE_INTEGER ? Number(operands[0]) : 0;
      if (width > 64) this.addMatching(WIDEST_INTEGERS, 'type', `i${width}`);
      else if (width > 32 && this.target.pointerBits < 64) this.addMatching(WIDE_INTEGERS, 'type', `i${width}`);
      else if (width > 0 && this.target.pointerBits < 64) this.addMatching(INTEGERS, 'type', `i${width}`);
      const floats = FLOATS.find(([known]) => known === code);
      if (floats !== undefined) this.addMatching(floats[2], 'type', floats[1]);
    }
  }

  addVariables(): void {
    for (const { name, threadLocalMode } of this.globals.variables) {
      if (threadLocalMode === 'none') continue;
      for (const symbol of threadLocalSymbols(this.target)) this.add(symbol, 'thread-local', name);
    }
  }

  addOfTarget(): void {
    for (const symbol of symbolsOfTarget(this.target)) this.add(symbol, 'target', this.triple);
  }

  private addResume(): void {
    if (isAeabi(this.target)) {
      for (const symbol of ['__cxa_end_cleanup', '_Unwind_Resume']) this.add(symbol, 'instruction', 'resume');
    } else if (this.libcalls.has('_Unwind_Resume')) this.add('_Unwind_Resume', 'instruction', 'resume', 'certain');
    else this.add('_Unwind_SjLj_Resume', 'instruction', 'resume');
  }

  private addMath(base: string, parts: readonly string[], intrinsic: string): void {
    for (const part of parts) {
      const type = part.replace(/^(nx)?v[0-9]+/, '');
      for (const suffix of MATH_SUFFIXES.get(type) ?? []) this.add(`${base}${suffix}`, 'intrinsic', intrinsic);
    }
  }

  private addMemory(head: 'memcpy' | 'memmove' | 'memset', parts: readonly string[], intrinsic: string): void {
    if (parts[1] === 'element') {
      for (const bytes of ATOMIC_ELEMENT_BYTES) {
        this.add(`__llvm_${head}_element_unordered_atomic_${bytes}`, 'intrinsic', intrinsic);
      }
    }
    const { target } = this;
    const names = isAeabi(target) ? 'aeabi' : isApple(target) ? 'apple' : target.system === 'aix' ? 'aix' : undefined;
    if (names === undefined) return;
    for (const symbol of MEMORY_NAMES[names][head]) this.add(symbol, 'intrinsic', intrinsic);
  }

  private addAttributesOf(attributes: BitcodeAttributes, list: number): void {
    for (const [kind, name] of STACK_PROTECTORS) {
      if (attributes.find(list, kind) === undefined) continue;
      const isSure = kind === A.ATTR_KIND_STACK_PROTECT_REQ;
      const [first, ...others] = stackProtectorSymbols(this.target);
      if (first !== undefined) this.add(first, 'attribute', name, isSure ? 'certain' : undefined);
      for (const symbol of others) this.add(symbol, 'attribute', name);
    }
    const hasThunk = attributes.find(list, A.ATTR_KIND_FNRETTHUNK_EXTERN) !== undefined;
    if (hasThunk) this.add('__x86_return_thunk', 'attribute', 'fn_ret_thunk_extern');
    const text = (key: string): string => String(attributes.find(list, key)?.value ?? '');
    for (const key of ['probe-stack', 'instrument-function-entry-inlined', 'instrument-function-exit-inlined']) {
      const symbol = text(key);
      if (symbol !== '' && symbol !== 'inline-asm') this.add(symbol, 'attribute', key);
    }
    if (text('fentry-call') === 'true') this.add('__fentry__', 'attribute', 'fentry-call');
    if (attributes.find(list, 'split-stack') !== undefined) this.add('__morestack', 'attribute', 'split-stack');
    const features = text('target-features');
    if (features.includes('+outline-atomics')) this.addMatching(OUTLINE_ATOMICS, 'attribute', '+outline-atomics');
    if (this.hasCopies(attributes, list))
      for (const name of ['memcpy', ...this.copyNames()]) this.add(name, 'attribute', 'byval');
  }

  /** Whether a parameter is a copy, which the caller or callee may make with a call. */
  private hasCopies(attributes: BitcodeAttributes, list: number): boolean {
    return attributes.list(list).some((group) => group.attributes.some(({ kind }) => kind === A.ATTR_KIND_BY_VAL));
  }

  private copyNames(): readonly string[] {
    return isAeabi(this.target) ? MEMORY_NAMES.aeabi.memcpy : [];
  }

  private addMatching(pattern: RegExp, because: RuntimeCall['because'], name: string): void {
    if (this.matched.has(pattern)) return;
    this.matched.add(pattern);
    for (const symbol of this.libcalls) if (pattern.test(symbol)) this.add(symbol, because, name);
  }

  private add(
    symbol: string,
    because: RuntimeCall['because'],
    name: string,
    certainty: RuntimeCall['certainty'] = 'possible',
  ): void {
    const known = this.calls.get(symbol);
    if (known !== undefined && (known.certainty === 'certain' || certainty === 'possible')) return;
    this.calls.set(symbol, { symbol, because, name, certainty, isDefined: this.defined.has(symbol) });
  }
}

const STACK_PROTECTORS = [
  [A.ATTR_KIND_STACK_PROTECT_REQ, 'sspreq'],
  [A.ATTR_KIND_STACK_PROTECT_STRONG, 'sspstrong'],
  [A.ATTR_KIND_STACK_PROTECT, 'ssp'],
] as const;

const ATOMIC_FUNCTIONS = /^__(atomic|sync)_/;
const OUTLINE_ATOMICS = /^__aarch64_/;
/** Arithmetic on integers of more than 64 bits. */
const WIDEST_INTEGERS = /^(__\w*ti\w*[0-9]?|__(u?div|u?mod)ei4)$/;
/** Arithmetic on integers of two registers. */
const WIDE_INTEGERS =
  /^__(\w*di[0-9]?|\w*di[sdtx]f|mulodi4|aeabi_\w*l\w*|rt_\w*64|[ui]64to\w|\wto[ui]64|mspabi_\w*)$|^_a(ull|ll)/;
/** Division and the like, which small processors do not have. */
const INTEGERS = /^__(\w*[shq]i[0-9]|aeabi_u?idiv(mod)?|rt_[su]div|mspabi_\w*|hexagon_\w*)$|^\.u?(mul|div|rem)$/;

/** Types of numbers that a target may have no instructions for. */
const FLOATS: readonly (readonly [code: number, name: string, functions: RegExp])[] = [
  [T.TYPE_CODE_HALF, 'half', /hf|_h2f|_f2h|_d2h/],
  [T.TYPE_CODE_BFLOAT, 'bfloat', /bf/],
  [T.TYPE_CODE_FLOAT, 'float', /^__(\w*sf\w*|aeabi_\w*|mspabi_\w*|hexagon_\w*|\wto[ui]64|[ui]64to\w)$|^fmodf$/],
  [T.TYPE_CODE_DOUBLE, 'double', /^__(\w*df\w*|aeabi_\w*|mspabi_\w*|hexagon_\w*|\wto[ui]64|[ui]64to\w)$|^fmod$/],
  [T.TYPE_CODE_X86_FP80, 'x86_fp80', /xf|^fmodl$/],
  [T.TYPE_CODE_FP128, 'fp128', /tf|kf|^_Q_|^fmod(l|f128)$/],
  [T.TYPE_CODE_PPC_FP128, 'ppc_fp128', /^__gcc_q|tf|^fmodl$/],
];

/** What a stack protector calls, then what it reads its guard from where that is a symbol. */
function stackProtectorSymbols(target: Target): readonly string[] {
  if (target.system === 'openbsd') return ['__stack_smash_handler', '__guard_local'];
  if (isMsvc(target)) return ['__security_check_cookie', '__security_cookie'];
  if (target.system === 'aix') return ['__stack_chk_fail', '__ssp_canary_word'];
  return ['__stack_chk_fail', '__stack_chk_guard', '__stack_chk_fail_local'];
}

/** What code that finds a thread-local variable calls, by model and operating system. */
function threadLocalSymbols(target: Target): readonly string[] {
  if (isApple(target)) return ['_tlv_bootstrap'];
  if (target.system === 'windows') return ['_tls_index', '__emutls_get_address'];
  if (target.architecture === 's390x') return ['__tls_get_offset'];
  const emulated = target.system === 'openbsd' || target.environment.startsWith('android');
  return ['__tls_get_addr', '___tls_get_addr', ...(emulated ? ['__emutls_get_address'] : [])];
}

/** What code of a target refers to for itself. */
function symbolsOfTarget(target: Target): readonly string[] {
  if (isMsvc(target)) return ['_fltused', '__chkstk', '_chkstk'];
  if (isAeabi(target)) {
    const handlers = ['__aeabi_unwind_cpp_pr0', '__aeabi_unwind_cpp_pr1', '__aeabi_unwind_cpp_pr2'];
    return ['_GLOBAL_OFFSET_TABLE_', '__aeabi_read_tp', ...handlers];
  }
  if (isApple(target) || target.system === 'windows') return [];
  return target.architecture === 'powerpc64' ? ['.TOC.'] : ['_GLOBAL_OFFSET_TABLE_'];
}
