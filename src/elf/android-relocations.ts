// SHT_ANDROID_REL and SHT_ANDROID_RELA: packed dynamic relocations, written by `--pack-dyn-relocs=android` and read by
// Android's loader (bionic, linker_reloc_iterators.h). The sections are read as LLVM 22 does (lib/Object/ELF.cpp,
// android_relas), whose words the errors have; the names of the flags are those of llvm/BinaryFormat/ELF.h. Bytes behind
// the last group are ignored, as LLVM does.
//
// Little endian files for MIPS64 are an exception: lld, the only program that writes them, puts the symbol into the high half
// as for every other machine, and so it is read here; LLVM's reader takes it for an `r_info` as in SHT_REL and finds symbols
// that do not exist.
//
// Behind the letters `APS2` all is SLEB128: the number of relocations, the offset to start from, then groups. A group
// states its number of entries, flags, and what its entries have in common; an entry states the rest. The entries of a
// group with everything in common take no byte at all, which is why a limit and not the length of the section bounds them.

import { FormatError, Leb128Halves } from '../bytes/index.ts';
import type { ByteView } from '../bytes/index.ts';
import { UnpackedRelocations, WideSum } from './unpacked-relocations.ts';
import type { Unpacked } from './unpacked-relocations.ts';

const MAGIC = [0x41, 0x50, 0x53, 0x32];

const RELOCATION_GROUPED_BY_INFO_FLAG = 1;
const RELOCATION_GROUPED_BY_OFFSET_DELTA_FLAG = 2;
const RELOCATION_GROUPED_BY_ADDEND_FLAG = 4;
const RELOCATION_GROUP_HAS_ADDEND_FLAG = 8;

const ZERO = { low: 0, high: 0 };

/**
 * Unpacks an Android relocation section.
 *
 * @param bits - The class of the file.
 * @param hasAddends - Whether it is SHT_ANDROID_RELA. In SHT_ANDROID_REL addends are read and not kept.
 * @param limit - Entries that are unpacked at most.
 * @throws {@link FormatError} `limit-exceeded` if the section claims more.
 */
export function unpackAndroidRelocations(view: ByteView, bits: 32 | 64, hasAddends: boolean, limit: number): Unpacked {
  let out = new UnpackedRelocations(view, bits, 0, 0);
  let fault: FormatError | undefined;
  try {
    if (MAGIC.some((byte, index) => view.bytes[index] !== byte)) {
      throw view.error('bad-magic', 'invalid packed relocation header', 0);
    }
    const cursor = new Leb128Halves(view, MAGIC.length);
    cursor.signed();
    const count = unsignedOf(cursor);
    cursor.signed();
    if (count > limit) {
      const reason = `${count} relocations are more than the limits allow (${limit})`;
      throw view.error('limit-exceeded', reason, MAGIC.length);
    }
    // Nearly all entries take a byte at least; room for those that take none is made when they come.
    out = new UnpackedRelocations(view, bits, Math.min(count, view.length), count);
    readGroups(view, cursor, out, count, bits);
  } catch (error) {
    if (!(error instanceof FormatError) || error.code === 'limit-exceeded') throw error;
    fault = error;
  }
  return out.finish(hasAddends, fault);
}

function readGroups(
  view: ByteView,
  cursor: Leb128Halves,
  out: UnpackedRelocations,
  count: number,
  bits: 32 | 64,
): void {
  const offset = new WideSum();
  offset.set(cursor);
  const delta = new WideSum();
  const info = new WideSum();
  const addend = new WideSum();
  for (let left = count; left > 0;) {
    const groupPlace = cursor.offset;
    cursor.signed();
    const size = unsignedOf(cursor);
    if (size > left) throw view.error('bad-value', 'relocation group unexpectedly large', groupPlace);
    left -= size;
    cursor.signed();
    const flags = cursor.low;
    const hasOwnInfo = (flags & RELOCATION_GROUPED_BY_INFO_FLAG) === 0;
    const hasOwnDelta = (flags & RELOCATION_GROUPED_BY_OFFSET_DELTA_FLAG) === 0;
    const hasAddend = (flags & RELOCATION_GROUP_HAS_ADDEND_FLAG) !== 0;
    const hasOwnAddend = hasAddend && (flags & RELOCATION_GROUPED_BY_ADDEND_FLAG) === 0;
    if (!hasOwnDelta) {
      cursor.signed();
      delta.set(cursor);
    }
    if (!hasOwnInfo) {
      cursor.signed();
      info.set(cursor);
    }
    if (!hasAddend) {
      addend.set(ZERO);
    } else if (!hasOwnAddend) {
      cursor.signed();
      addend.add(cursor);
    }
    const hasOwnBytes = hasOwnDelta || hasOwnInfo || hasOwnAddend;
    for (let i = 0; i < size; i += 1) {
      // What takes no bytes of its own stands where its group does.
      const place = hasOwnBytes ? cursor.offset : groupPlace;
      if (hasOwnDelta) {
        cursor.signed();
        delta.set(cursor);
      }
      offset.add(delta);
      if (hasOwnInfo) {
        cursor.signed();
        info.set(cursor);
      }
      if (hasOwnAddend) {
        cursor.signed();
        addend.add(cursor);
      }
      if (bits === 32) out.add(offset, info.low >>> 8, info.low & 0xff, addend, place);
      else out.add(offset, info.high, info.low, addend, place);
    }
  }
}

/** LLVM takes the counts, which are written as signed numbers, as unsigned ones. */
function unsignedOf({ low, high }: Leb128Halves): number {
  return (high >>> 0) * 2 ** 32 + (low >>> 0);
}
