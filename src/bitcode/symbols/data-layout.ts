// The data layout of a module (record DATALAYOUT): sizes of types, as far as common symbols and the names of Windows need
// them, and how names are mangled. Strings of LLVM 3.0 to 22 ("Data Layout" in llvm/docs/LangRef.rst).

import type { BitcodeTypes, StoredType } from '../types.ts';
import { TYPE_CODES } from '../codes/type.ts';

const C = TYPE_CODES.values;

/** Size and alignment in bytes. */
interface Extent {
  readonly size: number;
  readonly alignment: number;
}

/** Bytes of a pointer where the layout does not tell. */
const POINTER_SIZE = 8;

/** A type that is being measured. */
interface OpenType {
  readonly id: number;
  readonly type: StoredType | undefined;
  readonly elements: readonly number[];
  /** Position of the element to measure next. */
  next: number;
}

const FLOAT_BITS: ReadonlyMap<number, number> = new Map<number, number>([
  [C.TYPE_CODE_HALF, 16],
  [C.TYPE_CODE_BFLOAT, 16],
  [C.TYPE_CODE_FLOAT, 32],
  [C.TYPE_CODE_DOUBLE, 64],
  [C.TYPE_CODE_X86_FP80, 80],
  [C.TYPE_CODE_FP128, 128],
  [C.TYPE_CODE_PPC_FP128, 128],
]);

/** What a data layout says. */
export class DataLayout {
  /** How names are mangled: the letter behind `m:`; empty for none. */
  readonly mangling: string;
  private readonly integers = new Map<number, number>([
    [1, 8],
    [8, 8],
    [16, 16],
    [32, 32],
    [64, 32],
  ]);
  private readonly floats = new Map<number, number>([
    [16, 16],
    [32, 32],
    [64, 64],
    [128, 128],
  ]);
  private readonly vectors = new Map<number, number>([
    [64, 64],
    [128, 128],
  ]);
  private readonly pointers = new Map<number, Extent>([[0, { size: 8, alignment: 8 }]]);
  private aggregateAlignment = 1;
  /** Widths of integers whose alignment is told, ascending. */
  private readonly integerWidths: readonly number[];
  /** Types that were measured; `undefined` for those without a size. */
  private readonly extents = new Map<number, Extent | undefined>();

  /** Takes a data layout apart; parts that are not understood are passed over. */
  constructor(text: string) {
    let mangling = '';
    for (const part of text.split('-')) {
      const [head = '', ...rest] = part.split(':');
      const numbers = rest.map(Number);
      const [first = 0, second = 0] = numbers;
      const width = Number(head.slice(1));
      if (head === 'm') mangling = rest[0] ?? '';
      else if (!Number.isSafeInteger(width) || numbers.length === 0) continue;
      else if (head.startsWith('p')) this.pointers.set(width, { size: first / 8, alignment: Math.max(1, second / 8) });
      else if (head.startsWith('i')) this.integers.set(width, first);
      else if (head.startsWith('f')) this.floats.set(width, first);
      else if (head.startsWith('v')) this.vectors.set(width, first);
      else if (head.startsWith('a')) this.aggregateAlignment = Math.max(1, first / 8);
    }
    this.mangling = mangling;
    this.integerWidths = [...this.integers.keys()].sort((left, right) => left - right);
  }

  /** Bytes of a pointer of the first address space. */
  get pointerSize(): number {
    const size = this.pointers.get(0)?.size ?? POINTER_SIZE;
    return size >= 1 ? size : POINTER_SIZE;
  }

  /**
   * Bytes that a value of a type takes up, with the padding behind it. Each type is measured once.
   *
   * @param types - The types of the module; one object for all calls.
   * @returns `undefined` for types without a size that is known: of a target, of a vector length that is told at run time,
   *   inside themselves, or above 2^53 bytes.
   */
  allocatedSize(typeId: number, types: BitcodeTypes): number | undefined {
    this.measure(typeId, types);
    const extent = this.extents.get(typeId);
    if (extent === undefined) return undefined;
    const size = roundUp(extent.size, extent.alignment);
    return Number.isSafeInteger(size) ? size : undefined;
  }

  /** Measures a type and those in it, the inner ones first; in a loop, as types may be nested without end. */
  private measure(typeId: number, types: BitcodeTypes): void {
    const { extents } = this;
    const open: OpenType[] = [];
    const enter = (id: number) => {
      const type = types.at(id);
      // Until it is known it has none, which ends a circle.
      extents.set(id, undefined);
      open.push({ id, type, elements: type === undefined ? [] : elementsOf(type), next: 0 });
    };
    if (!extents.has(typeId)) enter(typeId);
    for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
      const element = top.elements[top.next];
      top.next += 1;
      if (element === undefined) {
        open.pop();
        if (top.type !== undefined) extents.set(top.id, this.extentOf(top.type, top.elements, types));
      } else if (!extents.has(element)) enter(element);
    }
  }

  /** The extent of a type whose elements are measured. */
  private extentOf(type: StoredType, elements: readonly number[], types: BitcodeTypes): Extent | undefined {
    const number = (position: number) => Number(type.operands[position] ?? 0);
    const float = FLOAT_BITS.get(type.code);
    if (float !== undefined) return extentOfBits(float, this.floats.get(float) ?? float);
    switch (type.code) {
      case C.TYPE_CODE_INTEGER:
        return extentOfBits(number(0), this.integerAlignment(number(0)));
      case C.TYPE_CODE_POINTER:
        return this.pointers.get(number(1)) ?? this.pointers.get(0);
      case C.TYPE_CODE_OPAQUE_POINTER:
        return this.pointers.get(number(0)) ?? this.pointers.get(0);
      case C.TYPE_CODE_X86_MMX:
        return { size: 8, alignment: 8 };
      case C.TYPE_CODE_ARRAY:
      case C.TYPE_CODE_VECTOR: {
        const element = this.extents.get(number(1));
        if (element === undefined || type.operands.length > 2) return undefined;
        if (type.code === C.TYPE_CODE_VECTOR) return this.vector(number(0), number(1), element, types);
        const size = number(0) * roundUp(element.size, element.alignment);
        return { size, alignment: element.alignment };
      }
      case C.TYPE_CODE_STRUCT_ANON:
      case C.TYPE_CODE_STRUCT_NAMED:
        return this.struct(elements, number(0) !== 0);
      default:
        return undefined;
    }
  }

  private struct(elements: readonly number[], isPacked: boolean): Extent | undefined {
    let size = 0;
    let alignment = isPacked ? 1 : this.aggregateAlignment;
    for (const id of elements) {
      const element = this.extents.get(id);
      if (element === undefined) return undefined;
      if (!isPacked) {
        size = roundUp(size, element.alignment);
        alignment = Math.max(alignment, element.alignment);
      }
      size += roundUp(element.size, element.alignment);
    }
    return { size: roundUp(size, alignment), alignment };
  }

  private vector(count: number, elementId: number, element: Extent, types: BitcodeTypes): Extent {
    const isBits = types.at(elementId)?.code === C.TYPE_CODE_INTEGER;
    const elementBits = isBits ? Number(types.at(elementId)?.operands[0] ?? 8) : element.size * 8;
    const bits = count * elementBits;
    const size = Math.ceil(bits / 8);
    const told = this.vectors.get(bits);
    return { size, alignment: told === undefined ? powerOfTwo(size) : Math.max(1, told / 8) };
  }

  /** That of the width, else of the next larger one that is told, else of the largest. */
  private integerAlignment(bits: number): number {
    const { integerWidths: widths } = this;
    let low = 0;
    let high = widths.length - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((widths[middle] as number) < bits) low = middle + 1;
      else high = middle;
    }
    return this.integers.get(widths[low] ?? 8) ?? 8;
  }
}

/** What a type consists of; none for scalars. */
function elementsOf({ code, operands }: StoredType): readonly number[] {
  switch (code) {
    case C.TYPE_CODE_ARRAY:
    case C.TYPE_CODE_VECTOR:
      return [Number(operands[1] ?? 0)];
    case C.TYPE_CODE_STRUCT_ANON:
    case C.TYPE_CODE_STRUCT_NAMED:
      return operands.slice(1).map(Number);
    default:
      return [];
  }
}

function extentOfBits(bits: number, alignmentBits: number): Extent {
  return { size: Math.ceil(bits / 8), alignment: Math.max(1, alignmentBits / 8) };
}

function roundUp(size: number, alignment: number): number {
  return Math.ceil(size / alignment) * alignment;
}

function powerOfTwo(size: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, size)));
}
