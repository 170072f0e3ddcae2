// Twins: one translation unit in a link set twice, as bitcode and as native code. Names tell where kbuild made both
// (`foo.o` and `foo.lto.o` up to 5.17, `foo.prelink.o` up to 5.18, `foo.thinlto-native.o` of distributed ThinLTO);
// elsewhere what both define tells.

import type { DuplicateDefinition, LinkArchive, LinkInput, LinkSet } from '../link/index.ts';

/** A pair of the same code in two kinds. */
export interface Twin {
  /** Positions in `LinkSet.inputs`; one for an object, several where a thin archive named like an object holds the parts. */
  readonly bitcode: readonly number[];
  readonly native: readonly number[];
  /** How the pair was found. */
  readonly by: 'name' | 'definitions';
  /** The strong definitions that both have, counted over all parts. */
  readonly shared: number;
  /** The strong definitions of the side that has fewer. */
  readonly smaller: number;
}

const NATIVE_SUFFIX = /\.(?:lto|prelink|thinlto-native)\.o(\)?)$/;
// Two small objects may share two names by accident, such as `init` and `exit`; a stale copy shares nearly all.
const SHARED_MIN = 3;
const OVERLAP_MIN = 0.9;
// A name that very many inputs define proposes pairs of the first few of each kind; names of their own propose the rest.
const DEFINERS_MAX = 8;

/** Finds the twins of a set, those by name first. Takes time in proportion to inputs and duplicates. */
export function findTwins(set: LinkSet, duplicates: readonly DuplicateDefinition[]): Twin[] {
  const byName = findByName(set);
  const twinsOf = twinsOfInputs(byName);
  const sharedByName = byName.map(() => 0);
  const byDefinitions: Twin[] = [];
  for (const { bitcode, native, shared } of sharedByPairs(set, duplicates)) {
    const theirs = twinsOf.get(native) ?? [];
    const common = twinsOf.get(bitcode)?.filter((number) => theirs.includes(number)) ?? [];
    for (const number of common) sharedByName[number] = (sharedByName[number] ?? 0) + shared;
    if (common.length > 0 || shared < SHARED_MIN) continue;
    const smaller = Math.min(definitionCount(set, [bitcode]), definitionCount(set, [native]));
    if (shared >= smaller * OVERLAP_MIN) {
      byDefinitions.push({ bitcode: [bitcode], native: [native], by: 'definitions', shared, smaller });
    }
  }
  const named = byName.map((sides, number): Twin => {
    const smaller = Math.min(definitionCount(set, sides.bitcode), definitionCount(set, sides.native));
    return { ...sides, by: 'name', shared: sharedByName[number] ?? 0, smaller };
  });
  return [...named, ...byDefinitions];
}

/** For each input the numbers of the twins that it is a part of. */
export function twinsOfInputs(twins: readonly Pick<Twin, 'bitcode' | 'native'>[]): Map<number, number[]> {
  const numbers = new Map<number, number[]>();
  for (const [number, twin] of twins.entries()) {
    for (const input of [...twin.bitcode, ...twin.native]) {
      const known = numbers.get(input);
      if (known === undefined) numbers.set(input, [number]);
      else known.push(number);
    }
  }
  return numbers;
}

/** The inputs that go by one name in one place: an object, or the parts of a thin archive named like an object. */
interface Unit {
  readonly bitcode: number[];
  readonly native: number[];
}

function findByName(set: LinkSet): Unit[] {
  const names = set.inputs.flatMap((input) => [...unitNames(input)]);
  if (!names.some((name) => NATIVE_SUFFIX.test(name))) return [];
  const units = new Map<string, Unit>();
  for (const [index, input] of set.inputs.entries()) {
    const { format } = input.facts;
    if (format !== 'elf' && format !== 'bitcode') continue;
    for (const name of unitNames(input)) {
      let unit = units.get(name);
      if (unit === undefined) units.set(name, (unit = { bitcode: [], native: [] }));
      unit[format === 'elf' ? 'native' : 'bitcode'].push(index);
    }
  }
  const twins: Unit[] = [];
  for (const [name, unit] of units) {
    const plain = units.get(name.replace(NATIVE_SUFFIX, '.o$1'));
    if (plain === undefined || plain === unit) continue;
    for (const [bitcode, native] of [
      [plain.bitcode, unit.native],
      [unit.bitcode, plain.native],
    ] as const) {
      if (bitcode.length > 0 && native.length > 0) twins.push({ bitcode, native });
    }
  }
  return twins;
}

/** The names an input goes by: its own, and those of the archives named `*.o` that it is a part of. */
function* unitNames(input: LinkInput): Generator<string> {
  const isThickMember = input.archive?.file === input.file;
  yield isThickMember ? `${input.file}(${input.path.at(-1)})` : input.file;
  for (let archive: LinkArchive | undefined = input.archive; archive !== undefined; archive = archive.parent) {
    if (archive.file.endsWith('.o')) yield archive.file;
  }
}

function definitionCount(set: LinkSet, inputs: readonly number[]): number {
  return inputs.reduce((sum, index) => sum + (set.inputs[index]?.facts.definitions?.names.length ?? 0), 0);
}

/** A bitcode and a native input that define names in common, and how many. */
interface SharedPair {
  readonly bitcode: number;
  readonly native: number;
  readonly shared: number;
}

function* sharedByPairs(set: LinkSet, duplicates: readonly DuplicateDefinition[]): Generator<SharedPair> {
  const candidates = new Map<number, readonly [bitcode: number, native: number]>();
  const duplicatesOf = new Map<number, number[]>();
  const firstOf = (definers: readonly number[], format: string) =>
    definers.filter((index) => set.inputs[index]?.facts.format === format).slice(0, DEFINERS_MAX);
  for (const [number, { definers }] of duplicates.entries()) {
    for (const input of definers) {
      const known = duplicatesOf.get(input);
      if (known === undefined) duplicatesOf.set(input, [number]);
      else known.push(number);
    }
    for (const bitcode of firstOf(definers, 'bitcode')) {
      for (const native of firstOf(definers, 'elf')) {
        candidates.set(bitcode * set.inputs.length + native, [bitcode, native]);
      }
    }
  }
  for (const [bitcode, native] of candidates.values()) {
    const shared = countCommon(duplicatesOf.get(bitcode) ?? [], duplicatesOf.get(native) ?? []);
    yield { bitcode, native, shared };
  }
}

/** How many numbers two ascending lists have in common. */
function countCommon(one: readonly number[], other: readonly number[]): number {
  const [shorter, longer] = one.length <= other.length ? [one, other] : [other, one];
  let count = 0;
  for (const number of shorter) {
    let low = 0;
    let high = longer.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((longer[middle] as number) < number) low = middle + 1;
      else high = middle;
    }
    if (longer[low] === number) count += 1;
  }
  return count;
}
