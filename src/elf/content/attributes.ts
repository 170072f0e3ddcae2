// Build attributes: "Addenda to, and Errata in, the ABI for the Arm Architecture" (section 3.2), whose format RISC-V,
// Hexagon, C-SKY, MSP430 and GNU (`.gnu.attributes`) share, and the newer one of "Build Attributes for the Arm 64-bit
// Architecture", in which every subsection says how its values are written. Both start with `A`; subsections are named by
// the vendor. Tags keep their numbers; names are in `ltoscope/elf/constants`. What the values mean is left out.

import { decodeName, Leb128Cursor } from '../../bytes/index.ts';
import type { ByteView } from '../../bytes/index.ts';
import { MACHINES } from '../constants/machine.ts';
import type { ElfFile } from '../elf-file.ts';

const { EM_AARCH64, EM_ARM } = MACHINES.values;

const FORMAT_VERSION = 0x41;
const LENGTH_SIZE = 4;

/** Tags of the parts of a subsection; the first says what the attributes hold for. */
const SCOPES = { file: 1, section: 2, symbol: 3 } as const;
/** A tag and a size. */
const SCOPE_HEADER = 5;
const SCOPE_NAMES = new Map<number, ElfAttributeScope>([
  [SCOPES.file, 'file'],
  [SCOPES.section, 'section'],
  [SCOPES.symbol, 'symbol'],
]);

const TAG_COMPATIBILITY = 32;
/** Of the vendor `aeabi`: texts although the rule by number says otherwise. Tag_nodefaults stands without effect. */
const AEABI_TEXTS = new Set([4, 5, 67]);
/** Of `aeabi`: a tag and its value, in a text. */
const TAG_ALSO_COMPATIBLE_WITH = 65;
/** Below, a vendor may choose; at and above, even tags are numbers and odd ones texts. */
const FIRST_RULED_TAG = 32;
/** Texts below 32, by vendor; all others there are numbers. */
const TEXTS: ReadonlyMap<string, ReadonlySet<number>> = new Map([
  ['aeabi', AEABI_TEXTS],
  ['riscv', new Set([5])],
  ['csky', new Set([4, 5, 27])],
]);

/** What attributes hold for: the file, or the sections or symbols that are listed. */
export type ElfAttributeScope = 'file' | 'section' | 'symbol';

/** One attribute. */
export interface ElfAttribute {
  /** What it says something about. */
  readonly tag: number;
  /** Its value: a number, or text as {@link decodeName} makes it. For Tag_compatibility the flag, then {@link text}. */
  readonly value: number | string;
  /** The second value of Tag_compatibility (32): the name of a toolchain. `undefined` for all others. */
  readonly text: string | undefined;
  /**
   * For Tag_also_compatible_with (65) of `aeabi` the attribute that stands in its text; `undefined` for all others, and
   * where the text holds none.
   */
  readonly alternative: { readonly tag: number; readonly value: number | string } | undefined;
  /** What it holds for. Always the file in AArch64's format. */
  readonly scope: ElfAttributeScope;
  /** The numbers of the sections or symbols; empty for the file. Not checked. */
  readonly indices: readonly number[];
  /** Where it starts, from the start of the file that holds the bytes. */
  readonly fileOffset: number;
}

/** The attributes of one vendor. */
export interface ElfAttributeSubsection {
  /** Who defines the tags: `aeabi`, `riscv`, `gnu`, `aeabi_feature_and_bits`. */
  readonly vendor: string;
  /** In AArch64's format: whether a tool that does not know the vendor may go on. `undefined` in the other one. */
  readonly isOptional: boolean | undefined;
  /** In AArch64's format: whether values are texts. `undefined` in the other one. */
  readonly hasTexts: boolean | undefined;
  /** Bytes of the subsection, as stated. */
  readonly length: number;
  /**
   * Goes through the attributes, in order.
   *
   * @throws {@link FormatError} while iterating: `bad-value` or `truncated` if a part of the subsection is malformed,
   *   `limit-exceeded` past `Limits.listElements`.
   */
  attributes(): Generator<ElfAttribute, void, undefined>;
}

/**
 * Goes through the subsections of a section of build attributes, whatever its name and type: `.ARM.attributes`,
 * `.riscv.attributes`, `.gnu.attributes`. In files of AArch64 the newer format is read. Vendors that nobody knows are
 * given like others; whether their values can be told apart is not certain.
 *
 * @param index - The number of the section.
 * @throws {@link FormatError} while iterating: as {@link ElfFile.sectionView}; `bad-value` if the section does not start
 *   with `A`, a subsection does not lie within it, or states what the format does not know.
 * @see llvm-readobj -A.
 * @example
 * for (const { vendor, attributes } of attributeSubsections(elf, index)) console.log(vendor, [...attributes()]);
 */
export function* attributeSubsections(elf: ElfFile, index: number): Generator<ElfAttributeSubsection, void, undefined> {
  const view = elf.sectionView(index);
  const { littleEndian } = elf.encoding;
  if (view.length === 0) return;
  const version = view.uint8(0, 'the format version of build attributes');
  if (version !== FORMAT_VERSION) {
    throw view.error('bad-value', `unrecognized format-version: 0x${version.toString(16)}`, 0);
  }
  for (let start = 1; start < view.length;) {
    const length = view.uint32(start, littleEndian, 'the length of a subsection');
    if (length < LENGTH_SIZE || length > view.length - start) {
      throw view.error('bad-value', `invalid section length ${length} at offset 0x${start.toString(16)}`, start);
    }
    const subsection = view.part(start, length, 'a subsection');
    const nameEnd = subsection.bytes.indexOf(0, LENGTH_SIZE);
    if (nameEnd === -1) throw subsection.error('truncated', 'the name of a vendor is not terminated', LENGTH_SIZE);
    const vendor = decodeName(subsection.bytes, LENGTH_SIZE, nameEnd);
    yield elf.header.machine === EM_AARCH64
      ? readExtended(subsection, nameEnd + 1, vendor)
      : makeCompact(elf, subsection, nameEnd + 1, vendor);
    start += length;
  }
}

function readExtended(view: ByteView, start: number, vendor: string): ElfAttributeSubsection {
  const optional = view.uint8(start, 'the optionality of a subsection');
  const type = view.uint8(start + 1, 'the type of a subsection');
  if (optional > 1) throw view.error('bad-value', `invalid Optionality: ${optional} (Options are 1|0)`, start);
  if (type > 1) throw view.error('bad-value', `invalid Type: ${type} (Options are 1|0)`, start + 1);
  const hasTexts = type === 1;
  return {
    vendor,
    isOptional: optional === 1,
    hasTexts,
    length: view.length,
    *attributes() {
      const cursor = new Leb128Cursor(view, start + 2);
      while (!cursor.atEnd) {
        const fileOffset = view.base + cursor.offset;
        const tag = cursor.unsigned('the tag of an attribute');
        const value = hasTexts ? readText(view, cursor) : cursor.unsigned('the value of an attribute');
        yield { tag, value, text: undefined, alternative: undefined, scope: 'file', indices: [], fileOffset };
      }
    },
  };
}

function makeCompact(elf: ElfFile, view: ByteView, start: number, vendor: string): ElfAttributeSubsection {
  const attributes = (): Generator<ElfAttribute, void, undefined> => compactAttributes(elf, view, start, vendor);
  return { vendor, isOptional: undefined, hasTexts: undefined, length: view.length, attributes };
}

function* compactAttributes(
  elf: ElfFile,
  view: ByteView,
  start: number,
  vendor: string,
): Generator<ElfAttribute, void, undefined> {
  const { littleEndian } = elf.encoding;
  const isText = textRule(elf, vendor);
  for (let offset = start; offset < view.length;) {
    const tag = view.uint8(offset, 'the tag of a scope');
    const size = view.uint32(offset + 1, littleEndian, 'the size of a scope');
    const scope = SCOPE_NAMES.get(tag);
    if (scope === undefined) throw view.error('bad-value', `unrecognized tag 0x${tag.toString(16)}`, offset);
    if (size < SCOPE_HEADER || size > view.length - offset) {
      throw view.error('bad-value', `invalid attribute size ${size} at offset 0x${offset.toString(16)}`, offset);
    }
    // The list of numbers counts as part of the size (Addenda, 3.2); LLVM reads as many bytes more as the list has.
    const part = view.part(offset, size, 'a scope');
    const cursor = new Leb128Cursor(part, SCOPE_HEADER);
    const indices = scope === 'file' ? [] : readIndices(part, cursor, elf.limits.listElements);
    while (!cursor.atEnd) yield readCompact(part, cursor, isText, vendor, { scope, indices });
    offset += size;
  }
}

function readIndices(view: ByteView, cursor: Leb128Cursor, limit: number): number[] {
  const indices: number[] = [];
  for (;;) {
    const index = cursor.unsigned('the number of a section or symbol');
    if (index === 0) return indices;
    if (indices.length === limit) {
      const reason = `the sections or symbols that attributes hold for are more than the limits allow (${limit})`;
      throw view.error('limit-exceeded', reason, cursor.offset);
    }
    indices.push(index);
  }
}

type TextRule = (tag: number) => boolean;

function textRule(elf: ElfFile, vendor: string): TextRule {
  const name = vendor.toLowerCase();
  const texts = TEXTS.get(name);
  const isAeabi = name === 'aeabi' && elf.header.machine === EM_ARM;
  return (tag) => {
    if (texts?.has(tag) === true && (tag < FIRST_RULED_TAG || isAeabi)) return true;
    // GNU's own attributes are numbers if even, also below 32: Tag_GNU_Power_ABI_FP is 4.
    if (tag < FIRST_RULED_TAG) return name === 'gnu' && tag % 2 === 1;
    return tag % 2 === 1;
  };
}

function readCompact(
  view: ByteView,
  cursor: Leb128Cursor,
  isText: TextRule,
  vendor: string,
  where: { readonly scope: ElfAttributeScope; readonly indices: readonly number[] },
): ElfAttribute {
  const fileOffset = view.base + cursor.offset;
  const tag = cursor.unsigned('the tag of an attribute');
  if (tag === TAG_COMPATIBILITY) {
    const value = cursor.unsigned('the flag of Tag_compatibility');
    return { tag, value, text: readText(view, cursor), alternative: undefined, ...where, fileOffset };
  }
  const start = cursor.offset;
  const value = isText(tag) ? readText(view, cursor) : cursor.unsigned('the value of an attribute');
  const isPair = tag === TAG_ALSO_COMPATIBLE_WITH && vendor === 'aeabi' && typeof value === 'string';
  const alternative = isPair ? readAlternative(view, start, cursor.offset, isText) : undefined;
  return { tag, value, text: undefined, alternative, ...where, fileOffset };
}

/** A value of 0 cannot be told from the end of the text; it is one. */
function readAlternative(
  view: ByteView,
  start: number,
  end: number,
  isText: TextRule,
): { tag: number; value: number | string } | undefined {
  const pair = view.part(start, end - start, 'Tag_also_compatible_with');
  // Only the NUL.
  if (pair.length < 2) return undefined;
  const cursor = new Leb128Cursor(pair);
  const tag = cursor.unsigned('the tag of an attribute');
  if (cursor.atEnd) return undefined;
  const value = isText(tag) ? readText(pair, cursor) : cursor.unsigned('the value of an attribute');
  return { tag, value };
}

function readText(view: ByteView, cursor: Leb128Cursor): string {
  const start = cursor.offset;
  const end = view.bytes.indexOf(0, start);
  if (end === -1) {
    cursor.offset = view.length;
    throw view.error('truncated', 'the text of an attribute is not terminated', start);
  }
  cursor.offset = end + 1;
  return decodeName(view.bytes, start, end);
}
