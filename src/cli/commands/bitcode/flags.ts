// ltoscope bitcode --flags: the flags of modules, and what else their metadata tells linkers and people.

import {
  describeMetadata,
  readCommandLines,
  readDependentLibraries,
  readIdents,
  readLinkerOptions,
  readMetadata,
  readModuleFlags,
  readUsedGlobals,
} from '../../../bitcode/index.ts';
import type { BitcodeFile, BitcodeMetadata, BitcodeModule, BitcodeModuleFlag } from '../../../bitcode/index.ts';
import type { DamageList } from '../damage-list.ts';
import type { BitcodeListing } from './listing.ts';

interface FlagRow {
  readonly kind: 'flag';
  /** Position of the module in the file, from 0. */
  readonly module: number;
  readonly key: string;
  /** How linking merges it, such as `Error`; the number where it has no name. */
  readonly behavior: string;
  /** As text: a number in decimal, or what LLVM's assembly has. */
  readonly value: string;
}

/** Texts that modules give to linkers and people. */
interface TextRow {
  readonly kind: 'ident' | 'command-line' | 'library' | 'linker-option' | 'used' | 'compiler-used';
  readonly module: number;
  readonly text: string;
}

export const FLAGS: BitcodeListing<FlagRow | TextRow> = {
  *rows(file: BitcodeFile, damage: DamageList) {
    for (const [index, module] of file.modules.entries()) {
      const metadata = damage.guard(() => readMetadata(module));
      if (metadata !== undefined) yield* rowsOfMetadata(module, metadata, index, damage);
      const used = damage.guard(() => readUsedGlobals(module));
      for (const { name } of used?.used ?? []) yield { kind: 'used', module: index, text: name };
      for (const { name } of used?.compilerUsed ?? []) yield { kind: 'compiler-used', module: index, text: name };
    }
  },
  lines(row) {
    if (row.kind === 'flag') return [`  ${row.behavior.padEnd(14)} ${row.key}: ${row.value}`];
    return [`  ${row.kind.padEnd(14)} ${row.text}`];
  },
};

function* rowsOfMetadata(
  module: BitcodeModule,
  metadata: BitcodeMetadata,
  index: number,
  damage: DamageList,
): Generator<FlagRow | TextRow> {
  for (const flag of damage.guard(() => readModuleFlags(module, metadata)) ?? []) {
    const row = damage.guard(() => flagRow(flag, metadata, index));
    if (row !== undefined) yield row;
  }
  const lists = [
    ['ident', () => readIdents(module, metadata)],
    ['command-line', () => readCommandLines(module, metadata)],
    ['library', () => readDependentLibraries(module, metadata)],
    ['linker-option', () => readLinkerOptions(module, metadata).map((words) => words.join(' '))],
  ] as const;
  for (const [kind, read] of lists) {
    for (const text of damage.guard(read) ?? []) yield { kind, module: index, text };
  }
}

function flagRow(
  { key, behavior, behaviorName, value, operand }: BitcodeModuleFlag,
  metadata: BitcodeMetadata,
  module: number,
): FlagRow {
  const text = typeof value === 'string' ? value : describeMetadata(metadata, operand);
  return { kind: 'flag', module, key, behavior: behaviorName ?? String(behavior), value: text };
}
