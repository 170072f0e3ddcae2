// The module flags: named metadata `llvm.module.flags` (since LLVM 3.1), a list of nodes of behavior, key and value
// (llvm/docs/LangRef.rst, "Module Flags Metadata").

import { FLAG_BEHAVIORS } from '../codes/module-flags.ts';
import type { BitcodeModule } from '../module.ts';
import { readMetadata } from './metadata.ts';
import type { BitcodeMetadata, BitcodeMetadataOperand } from './metadata.ts';

const FLAGS = 'llvm.module.flags';

/** Operands of a flag. */
const FLAG_OPERANDS = { behavior: 0, key: 1, value: 2 } as const;
const FLAG_OPERAND_COUNT = 3;

/** The behaviors that LLVM knows, by name. */
export type BitcodeFlagBehavior = keyof typeof FLAG_BEHAVIORS.values;

/** A flag of a module. */
export interface BitcodeModuleFlag {
  /** How linking merges it, one of {@link FLAG_BEHAVIORS} or of a later LLVM. */
  readonly behavior: number;
  readonly behaviorName: BitcodeFlagBehavior | undefined;
  readonly key: string;
  /** A number with its sign (`i1 true` is 1) or text; `undefined` if the value is a node, an address or null. */
  readonly value: bigint | string | undefined;
  /** What the value is stored as, for {@link BitcodeMetadata.resolve}. */
  readonly operand: BitcodeMetadataOperand;
}

/**
 * Reads the flags of a module, in file order. Flags of any name and behavior are flags; a key may be there twice, which
 * LLVM's verifier refuses.
 *
 * A node that is no flag is left out, as in LLVM, and reported (`module-flag`): one with fewer than three operands, whose
 * behavior is no number or whose key is no string.
 *
 * @param metadata - The metadata of the module, if it was read already.
 * @returns Empty if the module has none.
 * @throws {@link FormatError} as {@link readMetadata}, and if a flag is damaged.
 * @example
 * for (const { key, value, behaviorName } of readModuleFlags(module)) console.log(behaviorName, key, value);
 */
export function readModuleFlags(module: BitcodeModule, metadata = readMetadata(module)): BitcodeModuleFlag[] {
  const flags: BitcodeModuleFlag[] = [];
  for (const id of metadata.named.get(FLAGS) ?? []) {
    const flag = readFlag(metadata, id);
    if (flag === undefined) metadata.reportFlag(id, `a node of ${FLAGS} is no triple of behavior, key and value`);
    else flags.push(flag);
  }
  return flags;
}

function readFlag(metadata: BitcodeMetadata, id: number): BitcodeModuleFlag | undefined {
  const node = metadata.item(id, FLAG_OPERAND_COUNT);
  if (node?.kind !== 'node' || node.operands.length < FLAG_OPERAND_COUNT) return undefined;
  const behavior = metadata.integer(node.operands[FLAG_OPERANDS.behavior]);
  const key = metadata.text(node.operands[FLAG_OPERANDS.key]);
  if (behavior === undefined || key === undefined) return undefined;
  const operand = node.operands[FLAG_OPERANDS.value];
  const number = Number(behavior);
  return {
    behavior: number,
    behaviorName: FLAG_BEHAVIORS.nameOf(number),
    key,
    value: metadata.text(operand) ?? metadata.integer(operand),
    operand,
  };
}
