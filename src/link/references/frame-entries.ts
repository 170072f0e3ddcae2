// Which relocations of an `.eh_frame` section a link follows: those of entries that stay. The entry of a function (FDE) stays if
// its function does, a common entry (CIE) if an entry of a function that stays refers to it. Linux Standard Base, "The .eh_frame
// section"; ld.lld 14 to 22 do it so (EhFrameSection). Instructions are not looked at.

import type { ByteView } from '../../bytes/index.ts';
import type { ElfRelocationTable } from '../../elf/index.ts';

const LENGTH_SIZE = 4;
/** A length of 64 bits follows, which linkers refuse. */
const LONG_LENGTH = 0xffff_ffff;
const NONE = -1;

/** The entries of a section, in columns, in the order of the section. Offsets count from the start of the section. */
interface FrameEntries {
  readonly starts: number[];
  readonly ends: number[];
  /** Where the common entry of each begins; -1 for common entries themselves. */
  readonly commons: number[];
}

/** Cuts a section into entries, as far as it is sound. */
function readEntries(view: ByteView, littleEndian: boolean): FrameEntries {
  const { data, length } = view;
  const entries: FrameEntries = { starts: [], ends: [], commons: [] };
  let at = 0;
  while (at <= length - 2 * LENGTH_SIZE) {
    const size = data.getUint32(at, littleEndian);
    const idAt = at + LENGTH_SIZE;
    if (size < LENGTH_SIZE || size === LONG_LENGTH || size > length - idAt) break;
    const id = data.getUint32(idAt, littleEndian);
    entries.starts.push(at);
    entries.ends.push(idAt + size);
    entries.commons.push(id === 0 ? NONE : idAt - id);
    at = idAt + size;
  }
  return entries;
}

/** Finds the entry of each relocation, -1 for none, and of each entry its first relocation, -1 for none. */
function placeRelocations({ starts, ends }: FrameEntries, relocations: ElfRelocationTable) {
  const entryOf = new Int32Array(relocations.length).fill(NONE);
  const firstOf = new Int32Array(starts.length).fill(NONE);
  for (let i = 0; i < entryOf.length; i += 1) {
    const offset = relocations.offsetHigh(i) === 0 ? relocations.offsetLow(i) : Infinity;
    const entry = lastAtMost(starts, offset);
    if (entry === NONE || offset >= (ends[entry] as number)) continue;
    entryOf[i] = entry;
    const first = firstOf[entry] as number;
    if (first === NONE || offset < relocations.offsetLow(first)) firstOf[entry] = i;
  }
  return { entryOf, firstOf };
}

/**
 * Finds the relocations of a section that are followed.
 *
 * @param view - The bytes of the section.
 * @param staysWith - Whether an entry stays whose function is this symbol.
 * @returns By position in the table 1 for those that are followed. One outside of all entries is not.
 */
export function followedFrameRelocations(
  view: ByteView,
  littleEndian: boolean,
  relocations: ElfRelocationTable,
  staysWith: (symbol: number) => boolean,
): Uint8Array {
  const entries = readEntries(view, littleEndian);
  const { starts, commons } = entries;
  const { entryOf, firstOf } = placeRelocations(entries, relocations);
  const stays = new Uint8Array(starts.length);
  for (let entry = 0; entry < starts.length; entry += 1) {
    const common = commons[entry] as number;
    const first = firstOf[entry] as number;
    if (common === NONE || first === NONE || !staysWith(relocations.symbolIndex(first))) continue;
    stays[entry] = 1;
    const commonEntry = lastAtMost(starts, common);
    if (commonEntry !== NONE && starts[commonEntry] === common) stays[commonEntry] = 1;
  }
  const followed = new Uint8Array(relocations.length);
  for (let i = 0; i < followed.length; i += 1) followed[i] = stays[entryOf[i] as number] ?? 0;
  return followed;
}

/** Whether a relocation of `.eh_frame` stands in a common entry or in that of a function; `undefined`: in none. */
export type FrameEntryKind = 'common' | 'function' | undefined;

/**
 * Tells in what entry each relocation of a section stands; of a common entry only the first counts, which is that of the
 * personality routine.
 *
 * @param view - The bytes of the section.
 */
export function frameEntryKinds(
  view: ByteView,
  littleEndian: boolean,
  relocations: ElfRelocationTable,
): FrameEntryKind[] {
  const entries = readEntries(view, littleEndian);
  const { entryOf, firstOf } = placeRelocations(entries, relocations);
  return Array.from(entryOf, (entry, i) => {
    if (entry === NONE) return undefined;
    if (entries.commons[entry] !== NONE) return 'function';
    return firstOf[entry] === i ? 'common' : undefined;
  });
}

/** The position of the last number that is not above a limit; -1 if there is none. */
export function lastAtMost(ascending: ArrayLike<number>, limit: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) <= limit) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}
