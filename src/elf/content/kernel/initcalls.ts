// The functions that a Linux kernel calls when it starts (include/linux/init.h, include/asm-generic/vmlinux.lds.h). An entry
// is a word for the function: its address, or since 4.19 with CONFIG_HAVE_ARCH_PREL32_RELOCATIONS its distance. In objects
// sections `.initcall<level>.init` hold them, levels `early`, `0`, `0s`, … `7s`, `rootfs`, and `.con_initcall.init` for
// consoles (up to 5.0 also `.security_initcall.init`); built with LTO (CONFIG_LTO_CLANG, 5.12 and later) each has a section
// `.initcall<level>.init..kmod_<module>__<counter>_<line>_<function>` and calls a stub `__initstub__kmod_…`, so that a
// linker script puts them into order. In linked kernels they lie in `.init.data`, between symbols `__initcall<n>_start`.

import { ELF_TYPES } from '../../constants/header.ts';
import type { ElfFile } from '../../elf-file.ts';
import type { ContentOptions } from '../damage.ts';
import { unlessDamaged } from '../damage.ts';
import { ReadBudget } from '../read-budget.ts';
import { ElfReferences } from '../references.ts';
import type { ElfReference, ElfWords } from '../references.ts';
import { bestForm, wordForms } from './word-form.ts';
import type { KernelWordForm } from './word-form.ts';

const { ET_REL } = ELF_TYPES.values;

const SECTION_NAME = /^\.(?:initcall(\w+)|(con|security)_initcall)\.init(?:\.\..*)?$/s;
/** Asked first: {@link IDENTITY} alone tries each `__` of a long name up to a character at its end that does not belong. */
const WORD = /^\w+$/;
const IDENTITY = /^__init(?:call|stub)__kmod_(\w+?)__(\d+)_(\d+)_(\w+)$/;
const START = /^__(?:initcall(\w*)|(con|security)_initcall)_start$/;
const END = /^__(?:initcall|(?:con|security)_initcall)_end$/;

/** A call when the kernel starts. */
export interface KernelInitcall {
  /** When: `early`, `0`, `0s`, … `7s`, `rootfs`, `con`, `security`; in linked kernels `0s` counts as `0`. */
  readonly level: string;
  /** The symbol that is called: the function or, built with LTO, its stub. `undefined` where no symbol stands. */
  readonly symbolName: string | undefined;
  /** What {@link symbolName} tells of a stub; `undefined` for other functions. */
  readonly identity: KernelInitcallIdentity | undefined;
  /** What is called. */
  readonly target: ElfReference;
  /** The section that holds the entry. */
  readonly sectionIndex: number;
  /** Where the entry stands, from the start of the section. */
  readonly offset: number;
}

/** Which initcall it is, by the name of its label or stub (Linux 5.10 and later). */
export interface KernelInitcallIdentity {
  /** The module that it is in; `-` is written as `_`. */
  readonly module: string;
  /** A number that tells calls of one source apart. */
  readonly counter: number;
  /** The line in the source. */
  readonly line: number;
  /** The function. */
  readonly functionName: string;
}

/** Entries that follow each other, of one level. */
interface Run {
  readonly level: string;
  readonly words: ElfWords;
  readonly start: number;
  readonly end: number;
}

/**
 * Tells which initcall a label (`__initcall__kmod_…`) or stub (`__initstub__kmod_…`) stands for.
 *
 * @param level - The level, which ends such a name.
 * @returns `undefined` for other names.
 */
export function parseInitcallName(name: string, level: string): KernelInitcallIdentity | undefined {
  if (!WORD.test(name)) return undefined;
  const [, module, counter, line, rest] = IDENTITY.exec(name) ?? [];
  if (module === undefined || rest === undefined) return undefined;
  const functionName = rest.endsWith(level) ? rest.slice(0, rest.length - level.length) : rest;
  return { module, counter: Number(counter), line: Number(line), functionName };
}

/**
 * The calls of a kernel or one of its objects, of every kernel version since 2.6, in the order of the file (of a linked
 * kernel: of the call, within consoles' and others). Costs a pass over the section names or the symbols, and another over
 * the symbols if relocations name sections instead of functions.
 *
 * @param options - `onDamage` is told of sections and entries that cannot be read.
 * @throws {@link FormatError} as {@link ElfFile.sections} and {@link ElfFile.symbolTable}; `limit-exceeded` if too many
 *   sections or symbols of such names share a long one; without `onDamage` also `bad-value` if an entry points at nothing,
 *   and as {@link ElfReferences.wordsOf} and {@link ElfReferences.nameAt}.
 */
export function* kernelInitcalls(
  file: ElfFile,
  options: ContentOptions = {},
): Generator<KernelInitcall, void, undefined> {
  const references = new ElfReferences(file);
  const runs = file.header.type === ET_REL ? runsOfSections(references, options) : runsOfSymbols(references, options);
  for (const run of runs) {
    const { words, start, end } = run;
    const form = bestForm(wordForms(references), (candidate) => scoreOf(references, run, candidate));
    const { wordSize, isRelative } = form ?? { wordSize: file.header.bits / 8, isRelative: false };
    for (let offset = start; end - offset >= wordSize; offset += wordSize) {
      const call = unlessDamaged(options, (): KernelInitcall => {
        const target = words.at(offset, wordSize, isRelative);
        if (target === undefined) throw words.view.error('bad-value', 'an initcall points at nothing', offset);
        const symbolName = references.nameAt(target);
        const identity = symbolName === undefined ? undefined : parseInitcallName(symbolName, run.level);
        return { level: run.level, symbolName, identity, target, sectionIndex: words.section, offset };
      });
      if (call !== undefined) yield call;
    }
  }
}

/** In the right form each word points at a symbol, or in objects at anything. */
function scoreOf(
  references: ElfReferences,
  { words, start, end }: Run,
  { wordSize, isRelative }: KernelWordForm,
): number {
  let good = 0;
  for (let offset = start; end - offset >= wordSize; offset += wordSize) {
    const target = words.isReadable(offset) ? words.at(offset, wordSize, isRelative) : undefined;
    if (target !== undefined && (references.isRelocatable || references.symbolAt(target) !== undefined)) good += 1;
  }
  return (good * wordSize) / Math.max(1, end - start);
}

function* runsOfSections(references: ElfReferences, options: ContentOptions): Generator<Run, void, undefined> {
  const { sections, input } = references.file;
  const budget = new ReadBudget(input);
  const found: { readonly index: number; readonly level: string }[] = [];
  for (let i = 1; i < sections.length; i += 1) {
    const isCandidate = ['.initcall', '.con_initcall', '.security_initcall'].some((name) =>
      sections.nameStartsWith(i, name),
    );
    if (!isCandidate) continue;
    const name = sections.name(i);
    budget.spend(name.length, 'names of sections');
    const [, level, other] = SECTION_NAME.exec(name) ?? [];
    const either = level ?? other;
    if (either !== undefined) found.push({ index: i, level: either });
  }
  references.load(found.map(({ index }) => index));
  for (const { index, level } of found) {
    const words = unlessDamaged(options, () => references.wordsOf(index));
    if (words !== undefined) yield { level, words, start: 0, end: words.view.length };
  }
}

/** The runs between the symbols of the linker script. */
function* runsOfSymbols(references: ElfReferences, options: ContentOptions): Generator<Run, void, undefined> {
  const symbols = references.symbols();
  const budget = new ReadBudget(references.file.input);
  const marks: { readonly level: string | undefined; readonly address: bigint }[] = [];
  for (let i = 1; i < (symbols?.length ?? 0); i += 1) {
    if (
      symbols === undefined ||
      !['__initcall', '__con_', '__security_'].some((name) => symbols.nameStartsWith(i, name))
    )
      continue;
    const name = symbols.name(i);
    budget.spend(name.length, 'names of symbols');
    const [isStart, numbered, other] = START.exec(name) ?? [];
    if (isStart === undefined && !END.test(name)) continue;
    // Before the first number calls are early ones.
    const level = isStart === undefined ? undefined : (other ?? (numbered === '' ? 'early' : numbered));
    marks.push({ level, address: symbols.value(i) });
  }
  marks.sort((a, b) => (a.address < b.address ? -1 : a.address > b.address ? 1 : 0));
  let words: ElfWords | undefined;
  for (const [i, { level, address }] of marks.entries()) {
    const next = marks[i + 1];
    if (level === undefined || next === undefined || next.address === address) continue;
    const section = references.sectionAt(address);
    if (section === -1 || references.sectionAt(next.address - 1n) !== section) continue;
    if (words?.section !== section) words = unlessDamaged(options, () => references.wordsOf(section));
    if (words === undefined) continue;
    const base = references.addressOf(section);
    yield {
      level,
      words,
      start: Number(address - base),
      end: Math.min(words.view.length, Number(next.address - base)),
    };
  }
}
