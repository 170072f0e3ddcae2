// Names as a linker sees them, from names in a module (llvm/lib/IR/Mangler.cpp, LLVM 13 to 22).

import type { BitcodeAttributes } from '../attributes.ts';
import { ATTRIBUTE_KINDS } from '../codes/attribute.ts';
import { TYPE_CODES } from '../codes/type.ts';
import type { BitcodeFunction } from '../globals/function.ts';
import type { BitcodeGlobalValue } from '../globals/read-globals.ts';
import type { BitcodeTypes } from '../types.ts';
import type { DataLayout } from './data-layout.ts';

const K = ATTRIBUTE_KINDS.values;

/** Prefixes of names by the letter behind `m:`; that of private symbols comes first. */
const PREFIXES: Readonly<Record<string, { readonly own: string; readonly private: string } | undefined>> = {
  e: { own: '', private: '.L' },
  l: { own: '', private: 'L#' },
  m: { own: '', private: '$' },
  o: { own: '_', private: 'L' },
  w: { own: '', private: '.L' },
  x: { own: '_', private: 'L' },
  a: { own: '', private: 'L..' },
};

/** Calling conventions of Windows that names tell (llvm/IR/CallingConv.h). */
const STDCALL = 64;
const FASTCALL = 65;
const VECTORCALL = 80;

/** Attributes of parameters that are passed as a copy of what they point to. */
const COPIED: readonly number[] = [K.ATTR_KIND_BY_VAL, K.ATTR_KIND_IN_ALLOCA, K.ATTR_KIND_PREALLOCATED];

/** What names of functions of Windows need of the module; asked only for those. */
export interface MangledTypes {
  readonly types: () => BitcodeTypes;
  readonly attributes: () => BitcodeAttributes;
}

/** Mangles the names of one module. */
export class Mangler {
  private readonly layout: DataLayout;
  private readonly module: MangledTypes;
  private readonly unnamed = new Map<BitcodeGlobalValue, number>();

  constructor(layout: DataLayout, module: MangledTypes) {
    this.layout = layout;
    this.module = module;
  }

  /**
   * The name of a global value.
   *
   * @param object - What it lies in: itself, or what an alias leads to.
   */
  nameOf(value: BitcodeGlobalValue, object: BitcodeGlobalValue | undefined): string {
    const { name } = value;
    const { mangling } = this.layout;
    const prefixes = PREFIXES[mangling] ?? { own: '', private: '' };
    const privatePrefix = value.linkage === 'private' ? prefixes.private : '';
    if (name === '') return `${privatePrefix}${prefixes.own}__unnamed_${this.numberOf(value)}`;
    if (name.startsWith('\x01')) return name.slice(1);
    const isWindows = mangling === 'w' || mangling === 'x';
    if (isWindows && name.startsWith('?')) return privatePrefix + name;
    const convention = object?.kind === 'function' ? object.callingConvention : 0;
    if (object?.kind !== 'function' || !(mangling === 'x' || convention === VECTORCALL)) {
      return privatePrefix + prefixes.own + name;
    }
    const own = convention === FASTCALL ? '@' : convention === VECTORCALL ? '' : prefixes.own;
    return privatePrefix + own + name + this.suffixOf(object, convention);
  }

  private numberOf(value: BitcodeGlobalValue): number {
    const known = this.unnamed.get(value);
    if (known !== undefined) return known;
    this.unnamed.set(value, this.unnamed.size + 1);
    return this.unnamed.size;
  }

  /** Bytes of the parameters, for conventions whose names tell them. */
  private suffixOf(value: BitcodeFunction, convention: number): string {
    if (convention !== STDCALL && convention !== FASTCALL && convention !== VECTORCALL) return '';
    const at = convention === VECTORCALL ? '@@' : '@';
    const types = this.module.types();
    const type = types.at(value.hasPointerType ? (types.pointee(value.typeId) ?? value.typeId) : value.typeId);
    if (type?.code !== TYPE_CODES.values.TYPE_CODE_FUNCTION) return convention === VECTORCALL ? '@' : '';
    const parameters = type.operands.slice(2).map(Number);
    const kindsOf = this.parameterAttributes(value);
    const hasResultPointer = kindsOf.get(0)?.has(K.ATTR_KIND_STRUCT_RET) === true;
    const isVariadic = Number(type.operands[0] ?? 0) !== 0;
    if (isVariadic && parameters.length > 0 && !(parameters.length === 1 && hasResultPointer)) {
      return convention === VECTORCALL ? '@' : '';
    }
    const { pointerSize } = this.layout;
    let bytes = 0;
    parameters.forEach((parameter, position) => {
      const kinds = kindsOf.get(position);
      if (kinds?.has(K.ATTR_KIND_STRUCT_RET) === true) return;
      const copied = COPIED.find((kind) => kinds?.has(kind) === true);
      const copiedType = copied === undefined ? undefined : (kinds?.get(copied) ?? types.pointee(parameter));
      const size = this.layout.allocatedSize(copiedType ?? parameter, types) ?? pointerSize;
      bytes += Math.ceil(size / pointerSize) * pointerSize;
    });
    return at + String(bytes);
  }

  /** Types of attributes by parameter and kind. */
  private parameterAttributes(value: BitcodeFunction): ReadonlyMap<number, ReadonlyMap<number, number | undefined>> {
    const found = new Map<number, Map<number, number | undefined>>();
    for (const { place, attributes } of this.module.attributes().list(value.attributeList)) {
      if (typeof place !== 'number') continue;
      const kinds = found.get(place) ?? new Map<number, number | undefined>();
      for (const { kind, typeId } of attributes) if (kind !== undefined) kinds.set(kind, typeId);
      found.set(place, kinds);
    }
    return found;
  }
}
