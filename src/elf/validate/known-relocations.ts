// Which relocation types a linker knows, as a set that costs a look at one byte.

import { MACHINES } from '../constants/machine.ts';
import { LLD_RELOCATION_TYPES } from './relocation-types.ts';
import type { IntegrityLinker } from './verdict.ts';

const { EM_386, EM_X86_64, EM_AARCH64 } = MACHINES.values;

/** Machines whose types GNU ld and eu-elflint were tried with. */
const OTHER_TOOLS_MACHINES: ReadonlySet<number> = /* @__PURE__ */ new Set([EM_386, EM_X86_64, EM_AARCH64]);

/** A set of types. */
export interface KnownTypes {
  /** Types from this one on are not known. */
  readonly limit: number;
  /** 1 for each type that is known. */
  readonly isKnown: Uint8Array;
}

// The sets that were made: an audit asks for the same one for each of its inputs.
const made = new Map<string, KnownTypes>();

/**
 * The types that a linker knows for a machine; `undefined` where that is not known. For others than lld it is every number
 * up to the last one that lld knows: those programs also take what lld never applies.
 */
export function knownRelocationTypes(machine: number, bits: 32 | 64, linker: IntegrityLinker): KnownTypes | undefined {
  // The numbers of ILP32 are others.
  const isOtherNumbers = machine === EM_AARCH64 && bits === 32;
  const lists = isOtherNumbers ? undefined : LLD_RELOCATION_TYPES.get(machine);
  if (lists === undefined || (linker.name !== 'lld' && !OTHER_TOOLS_MACHINES.has(machine))) return undefined;
  const key = `${linker.name} ${linker.major ?? ''} ${machine}`;
  let known = made.get(key);
  if (known === undefined) {
    known = makeSet(linker, lists);
    made.set(key, known);
  }
  return known;
}

function makeSet(linker: IntegrityLinker, lists: NonNullable<ReturnType<typeof LLD_RELOCATION_TYPES.get>>): KnownTypes {
  const major = linker.name === 'lld' && linker.major !== undefined ? linker.major : Number.POSITIVE_INFINITY;
  const limit = 1 + Math.max(...lists.flatMap(({ types }) => types));
  const isKnown = new Uint8Array(limit).fill(linker.name === 'lld' ? 0 : 1);
  for (const { from = 0, to = Number.POSITIVE_INFINITY, types } of lists) {
    if (major < from || major > to) continue;
    for (const type of types) isKnown[type] = 1;
  }
  return { limit, isKnown };
}
