// Which section types hold packed relocations, and who unpacks them.

import type { ByteView, Limits } from '../bytes/index.ts';
import { unpackAndroidRelocations } from './android-relocations.ts';
import { SECTION_TYPES } from './constants/section.ts';
import { unpackCrel } from './crel.ts';
import type { ElfEncoding } from './layout.ts';
import type { Unpacked } from './unpacked-relocations.ts';

const { SHT_CREL, SHT_ANDROID_REL, SHT_ANDROID_RELA } = SECTION_TYPES.values;

/** What unpacking depends on besides the bytes. An opened file knows it. */
export interface UnpackingContext {
  readonly encoding: ElfEncoding;
  readonly limits: Pick<Limits, 'relocations'>;
}

/** Whether a section type is that of packed relocations with symbols: SHT_CREL, SHT_ANDROID_REL or SHT_ANDROID_RELA. */
export function isPackedRelocations(sectionType: number): boolean {
  return sectionType === SHT_CREL || sectionType === SHT_ANDROID_REL || sectionType === SHT_ANDROID_RELA;
}

/**
 * Unpacks a section for which {@link isPackedRelocations} holds.
 *
 * @throws {@link FormatError} `limit-exceeded` past `Limits.relocations`.
 */
export function unpackRelocations(context: UnpackingContext, view: ByteView, sectionType: number): Unpacked {
  const { bits } = context.encoding.layout;
  const { relocations } = context.limits;
  if (sectionType === SHT_CREL) return unpackCrel(view, bits, relocations);
  return unpackAndroidRelocations(view, bits, sectionType === SHT_ANDROID_RELA, relocations);
}
