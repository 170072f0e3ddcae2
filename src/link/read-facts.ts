// Any input to facts: tells the format and hands the bytes to its reader. The place where ELF and bitcode meet.

import { decodeName } from '../bytes/index.ts';
import type { ByteRange } from '../bytes/index.ts';
import { openBitcode } from '../bitcode/index.ts';
import { openElf } from '../elf/index.ts';
import { DETECT_BYTES, detectFormat } from './detect.ts';
import type { InputFormat } from './detect.ts';
import { FaultList } from './fault-list.ts';
import { factsOfBitcode } from './from-bitcode.ts';
import { comdatSignaturesOfElf, factsOfElf } from './from-elf.ts';
import { NO_DEFINITIONS } from './input-facts.ts';
import type { InputFacts } from './input-facts.ts';
import type { NameInterner } from './name-interner.ts';
import { comdatSignaturesOfBitcode } from './symbols/bitcode-symbols.ts';

/** Tells the format of a file or member; reads its first bytes. */
export function formatOf(range: ByteRange): InputFormat {
  return detectFormat(range.view(0, Math.min(range.length, DETECT_BYTES), 'the first bytes').bytes);
}

/**
 * Reads the facts of one file or member.
 *
 * Costs one pass over its symbol and relocation tables; nothing of the bytes is kept. Damage becomes faults.
 *
 * @param range - The bytes.
 * @param names - Where names become integers; all inputs of a link set share one.
 * @param format - What {@link formatOf} said, where the caller asked before.
 */
export function readFacts(range: ByteRange, names: NameInterner, format?: InputFormat): InputFacts {
  const faults = new FaultList();
  const known = format ?? faults.guard(undefined, () => formatOf(range));
  const facts = known === undefined ? undefined : faults.guard(undefined, () => readKnownFormat(range, names, known));
  if (facts !== undefined) return facts;
  return { format: known ?? 'unknown', size: range.length, definitions: undefined, faults: faults.faults };
}

function readKnownFormat(range: ByteRange, names: NameInterner, format: InputFormat): InputFacts {
  if (format === 'elf') return factsOfElf(openElf(range), names);
  if (format === 'bitcode') return factsOfBitcode(openBitcode(range), names);
  const facts: InputFacts = { format, size: range.length, definitions: NO_DEFINITIONS, faults: [] };
  return format === 'text' && isLinkerScript(range) ? { ...facts, linkerScript: true } : facts;
}

// The commands that linker scripts in place of libraries begin with (binutils manual, "Linker Scripts").
const SCRIPT_START =
  /^(\s|\/\*[^]*?\*\/)*(OUTPUT_FORMAT|OUTPUT_ARCH|INPUT|GROUP|ENTRY|SECTIONS|SEARCH_DIR|INCLUDE|EXTERN)\b/;

function isLinkerScript(range: ByteRange): boolean {
  const head = range.view(0, Math.min(range.length, DETECT_BYTES), 'the first bytes');
  return SCRIPT_START.test(decodeName(head.bytes));
}

/**
 * Reads the signatures of all COMDAT groups of one input, interned; none for damaged inputs and other formats.
 * Costs a pass over the groups, which is why facts leave them out: hardly any link needs them.
 */
export function readComdatSignatures(range: ByteRange, names: NameInterner): readonly number[] {
  const signatures = new FaultList().guard(undefined, () => {
    const format = formatOf(range);
    if (format === 'elf') return comdatSignaturesOfElf(openElf(range), names);
    return format === 'bitcode' ? comdatSignaturesOfBitcode(openBitcode(range), names) : [];
  });
  return signatures ?? [];
}
