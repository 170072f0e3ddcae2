// Duplicate definitions by the linker's own rules, as ld.lld 16 to 22 apply them after all inputs are read (postParse in
// ELF/InputFiles.cpp): a second strong definition is an error unless it stands in a COMDAT group that an earlier input
// brought already, or both are absolute symbols of one value that is not 0. `name@@VERSION` defines `name`.

import { InternalError } from '../bytes/index.ts';
import type { LinkInput } from './link-input.ts';
import type { LinkSet } from './link-set.ts';

/** A name with more than one strong definition in a link set. */
export interface DuplicateDefinition {
  readonly name: string;
  /** Positions in `LinkSet.inputs`, ascending; the first is the definition that the linker keeps. */
  readonly definers: readonly number[];
}

const FREE = -1;
// Numbers of names are dense and handed out in order: an odd factor makes no collisions among them.
const SPREAD = 0x9e3779b1;

/**
 * Finds the names that more than one input of a set defines strongly.
 *
 * Takes time in proportion to the definitions, the first time that it is asked of a set. Lazy members count like any other; which inputs a duplicate needs to
 * matter is for the caller to tell. The result is in the order in which the second definitions come.
 */
export function findDuplicateDefinitions(set: LinkSet): readonly DuplicateDefinition[] {
  let duplicates = known.get(set);
  if (duplicates === undefined) known.set(set, (duplicates = find(set)));
  return duplicates;
}

// More than one rule asks, and sets do not change.
const known = new WeakMap<LinkSet, readonly DuplicateDefinition[]>();

function find(set: LinkSet): DuplicateDefinition[] {
  const candidates = namesDefinedTwice(set);
  if (candidates.size === 0) return [];
  const comdats = new ComdatOwners(set);
  const duplicates: DuplicateDefinition[] = [];
  for (const [name, definitions] of candidates) {
    const kept = definitions.filter((definition) => comdats.isKept(definition));
    const [first, ...others] = kept;
    if (first === undefined) continue;
    const colliding = others.filter((other) => !isSameAbsolute(first, other));
    if (colliding.length === 0) continue;
    const definers = [...new Set([first, ...colliding].map((definition) => definition.input))];
    if (definers.length > 1) duplicates.push({ name: set.names.text(name), definers });
  }
  return duplicates;
}

/** One strong definition. */
interface Definition {
  readonly input: number;
  /** Interned signature of its COMDAT group, or -1. */
  readonly comdat: number;
  readonly absolute: bigint | undefined;
}

/** The names that occur twice, with all their definitions in input order. Everything else makes no object. */
function namesDefinedTwice(set: LinkSet): Map<number, Definition[]> {
  let total = 0;
  for (const { facts } of set.inputs) total += facts.definitions?.names.length ?? 0;
  const firsts = new FirstDefinitions(total);
  const twice = new Map<number, Definition[]>();
  for (let input = 0; input < set.inputs.length; input += 1) {
    const names = (set.inputs[input] as LinkInput).facts.definitions?.names;
    if (names === undefined) continue;
    for (let at = firsts.claim(names, input, 0); at !== -1; at = firsts.claim(names, input, at + 1)) {
      const name = names[at] as number;
      const definitions = twice.get(name) ?? [firsts.definitionOf(set, name)].filter((first) => first !== undefined);
      definitions.push(definitionAt(set, input, at));
      twice.set(name, definitions);
    }
  }
  return mergeDefaultVersions(set, firsts, twice);
}

/** `name@@VERSION` collides with `name`: lld files both under `name`. Few sets have such names. */
function mergeDefaultVersions(set: LinkSet, firsts: FirstDefinitions, twice: Map<number, Definition[]>) {
  const plains = set.names.plainNames();
  if (plains.size === 0) return twice;
  const merged = new Map<number, Definition[]>();
  for (const [input, { facts }] of set.inputs.entries()) {
    for (const [position, name] of facts.definitions?.names.entries() ?? []) {
      const plain = plains.get(name);
      if (plain === undefined) continue;
      twice.delete(name);
      let definitions = merged.get(plain);
      if (definitions === undefined) {
        definitions = twice.get(plain) ?? [firsts.definitionOf(set, plain)].filter((first) => first !== undefined);
        merged.set(plain, definitions);
      }
      definitions.push(definitionAt(set, input, position));
    }
  }
  for (const [plain, definitions] of merged) {
    definitions.sort((a, b) => a.input - b.input);
    if (definitions.length > 1) twice.set(plain, definitions);
  }
  return twice;
}

function definitionAt(set: LinkSet, input: number, position: number): Definition {
  const definitions = set.inputs[input]?.facts.definitions;
  if (definitions === undefined) throw new InternalError(`input ${input} has no definitions`);
  return {
    input,
    comdat: definitions.comdats?.[position] ?? -1,
    absolute: definitions.absolutes?.get(position),
  };
}

/** lld lets two absolute symbols of one value be, as GNU ld does, unless the value is 0. */
function isSameAbsolute(a: Definition, b: Definition): boolean {
  return a.absolute !== undefined && a.absolute === b.absolute && a.absolute !== 0n;
}

/** Which input brings each COMDAT group first: its definitions stay, those of the same group in later inputs vanish. */
class ComdatOwners {
  private readonly set: LinkSet;
  private owners: Map<number, number> | undefined;

  constructor(set: LinkSet) {
    this.set = set;
  }

  isKept({ comdat, input }: Definition): boolean {
    return comdat === -1 || this.ownerOf(comdat) === input;
  }

  private ownerOf(signature: number): number | undefined {
    // Groups of weak definitions claim a signature as well, so all groups of all inputs are read, but only if it comes
    // to a strong name that is defined twice and is in a group, which compilers hardly ever write.
    if (this.owners === undefined) {
      this.owners = new Map();
      // A lazy member claims nothing before it is taken, and inputs that are linked for certain are there before.
      for (const isLazy of [false, true]) {
        for (const [index, input] of this.set.inputs.entries()) {
          if (input.isLazy !== isLazy) continue;
          for (const comdat of input.readComdatSignatures()) {
            if (!this.owners.has(comdat)) this.owners.set(comdat, index);
          }
        }
      }
    }
    return this.owners.get(signature);
  }
}

/** A hash table from names to their first definition, in columns; sized once for all definitions of a set. */
class FirstDefinitions {
  private readonly names: Int32Array;
  private readonly inputs: Int32Array;
  private readonly positions: Int32Array;
  private readonly mask: number;

  constructor(definitionCount: number) {
    const size = 2 ** Math.ceil(Math.log2(Math.max(1, definitionCount) * 2));
    this.names = new Int32Array(size).fill(FREE);
    this.inputs = new Int32Array(size);
    this.positions = new Int32Array(size);
    this.mask = size - 1;
  }

  /**
   * Files the definitions of an input under their names, each that is the first of its name.
   *
   * @param from - The position to begin at.
   * @returns The first position whose name was filed before; -1 if there is none.
   */
  claim(definitions: Int32Array, input: number, from: number): number {
    const { names, inputs, positions, mask } = this;
    for (let at = from; at < definitions.length; at += 1) {
      const name = definitions[at] as number;
      let slot = Math.imul(name, SPREAD) & mask;
      while (names[slot] !== FREE && names[slot] !== name) slot = (slot + 1) & mask;
      if (names[slot] === name) return at;
      names[slot] = name;
      inputs[slot] = input;
      positions[slot] = at;
    }
    return -1;
  }

  /** The first definition of a name. */
  definitionOf(set: LinkSet, name: number): Definition | undefined {
    const { names, inputs, positions, mask } = this;
    let slot = Math.imul(name, SPREAD) & mask;
    while (names[slot] !== FREE && names[slot] !== name) slot = (slot + 1) & mask;
    return names[slot] === name ? definitionAt(set, inputs[slot] as number, positions[slot] as number) : undefined;
  }
}
