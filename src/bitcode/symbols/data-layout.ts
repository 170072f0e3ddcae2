// The data layout of a module (record DATALAYOUT): sizes of types, as far as common symbols and the names of Windows need
// them, and how names are mangled. Strings of LLVM 3.0 to 22 ("Data Layout" in llvm/docs/LangRef.rst).

import type { BitcodeTypes } from '../types.ts';
import { TYPE_CODES } from '../codes/type.ts';

const C = TYPE_CODES.values;

/** Types inside types that are followed. */
const DEPTH_MAX = 64;

/** Size and alignment in bytes. */
interface Extent {
  readonly size: number;
  readonly alignment: number;
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
  }

  /** Bytes of a pointer of the first address space. */
  get pointerSize(): number {
    return this.pointers.get(0)?.size ?? 8;
  }

  /**
   * Bytes that a value of a type takes up, with the padding behind it.
   *
   * @returns `undefined` for types without a size that is known: of a target, of a vector length that is told at run time,
   *   inside themselves, or very deep.
   */
  allocatedSize(typeId: number, types: BitcodeTypes): number | undefined {
    const extent = this.extent(typeId, types, new Map(), 0);
    return extent === undefined ? undefined : roundUp(extent.size, extent.alignment);
  }

  private extent(
    typeId: number,
    types: BitcodeTypes,
    known: Map<number, Extent | undefined>,
    depth: number,
  ): Extent | undefined {
    if (known.has(typeId)) return known.get(typeId);
    const type = types.at(typeId);
    if (type === undefined || depth > DEPTH_MAX) return undefined;
    const number = (position: number) => Number(type.operands[position] ?? 0);
    const float = FLOAT_BITS.get(type.code);
    if (float !== undefined) return extentOf(float, this.floats.get(float) ?? float);
    switch (type.code) {
      case C.TYPE_CODE_INTEGER:
        return extentOf(number(0), this.integerAlignment(number(0)));
      case C.TYPE_CODE_POINTER:
        return this.pointers.get(number(1)) ?? this.pointers.get(0);
      case C.TYPE_CODE_OPAQUE_POINTER:
        return this.pointers.get(number(0)) ?? this.pointers.get(0);
      case C.TYPE_CODE_X86_MMX:
        return { size: 8, alignment: 8 };
      case C.TYPE_CODE_ARRAY:
      case C.TYPE_CODE_VECTOR: {
        const element = this.extent(number(1), types, known, depth + 1);
        if (element === undefined || type.operands.length > 2) return undefined;
        if (type.code === C.TYPE_CODE_VECTOR) return this.vector(number(0), number(1), element, types);
        const size = number(0) * roundUp(element.size, element.alignment);
        return { size, alignment: element.alignment };
      }
      case C.TYPE_CODE_STRUCT_ANON:
      case C.TYPE_CODE_STRUCT_NAMED: {
        // Until it is known it has none, which ends a circle.
        known.set(typeId, undefined);
        const isPacked = number(0) !== 0;
        const extent = this.struct(type.operands.slice(1).map(Number), isPacked, types, known, depth);
        known.set(typeId, extent);
        return extent;
      }
      default:
        return undefined;
    }
  }

  private struct(
    elements: readonly number[],
    isPacked: boolean,
    types: BitcodeTypes,
    known: Map<number, Extent | undefined>,
    depth: number,
  ): Extent | undefined {
    let size = 0;
    let alignment = isPacked ? 1 : this.aggregateAlignment;
    for (const id of elements) {
      const element = this.extent(id, types, known, depth + 1);
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
    const widths = [...this.integers.keys()].sort((left, right) => left - right);
    const width = widths.find((each) => each >= bits) ?? widths.at(-1) ?? 8;
    return this.integers.get(width) ?? 8;
  }
}

function extentOf(bits: number, alignmentBits: number): Extent {
  return { size: Math.ceil(bits / 8), alignment: Math.max(1, alignmentBits / 8) };
}

function roundUp(size: number, alignment: number): number {
  return Math.ceil(size / alignment) * alignment;
}

function powerOfTwo(size: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1, size)));
}
