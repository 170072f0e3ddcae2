// Names as a linker sees them, from names in a module (llvm/lib/IR/Mangler.cpp, LLVM 13 to 22).

import type { BitcodeAttributeGroup, BitcodeAttributes } from '../attributes.ts';
import { ATTRIBUTE_KINDS } from '../codes/attribute.ts';
import { TYPE_CODES } from '../codes/type.ts';
import type { BitcodeFunction } from '../globals/function.ts';
import type { BitcodeGlobalValue } from '../globals/read-globals.ts';
import type { BitcodeTypes, StoredType } from '../types.ts';
import type { DataLayout } from './data-layout.ts';

const K = ATTRIBUTE_KINDS.values;

/** Prefixes of names by the letter behind `m:`; that of private symbols comes first. */
const PREFIXES: ReadonlyMap<string, { readonly own: string; readonly private: string }> = /* @__PURE__ */ new Map([
  ['e', { own: '', private: '.L' }],
  ['l', { own: '', private: 'L#' }],
  ['m', { own: '', private: '$' }],
  ['o', { own: '_', private: 'L' }],
  ['w', { own: '', private: '.L' }],
  ['x', { own: '_', private: 'L' }],
  ['a', { own: '', private: 'L..' }],
]);

/** Calling conventions of Windows that names tell (llvm/IR/CallingConv.h). */
const STDCALL = 64;
const FASTCALL = 65;
const VECTORCALL = 80;

/** Position of the first parameter in a function type, behind whether it is variadic and what it returns. */
const FIRST_PARAMETER = 2;

/** Attributes of parameters that are passed as a copy of what they point to. */
const COPIED: readonly number[] = [K.ATTR_KIND_BY_VAL, K.ATTR_KIND_IN_ALLOCA, K.ATTR_KIND_PREALLOCATED];

/** What names of functions of Windows need of the module; asked only for those. */
export interface MangledTypes {
  readonly types: () => BitcodeTypes;
  readonly attributes: () => BitcodeAttributes;
}

/** How a parameter is passed, where it is not by its value. */
interface ParameterPassing {
  /** Whether it is where the result goes. */
  readonly isResult: boolean;
  /** Whether what it points to is copied. */
  readonly isCopied: boolean;
  /** The type of what is copied, if it is told. */
  readonly copiedType: number | undefined;
}

/** Mangles the names of one module. */
export class Mangler {
  private readonly layout: DataLayout;
  private readonly module: MangledTypes;
  private readonly parameterBytes = new Map<number, number>();
  /** By type and list of attributes. */
  private readonly knownBytes = new Map<string, number>();
  private readonly passings = new Map<number, Map<number, ParameterPassing>>();
  private readonly groups = new Map<BitcodeAttributeGroup, ParameterPassing | undefined>();
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
    const prefixes = PREFIXES.get(mangling) ?? { own: '', private: '' };
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
    const typeId = value.hasPointerType ? (types.pointee(value.typeId) ?? value.typeId) : value.typeId;
    const type = types.at(typeId);
    if (type?.code !== TYPE_CODES.values.TYPE_CODE_FUNCTION) return convention === VECTORCALL ? '@' : '';
    const passing = this.passingOf(value.attributeList);
    const parameterCount = type.operands.length - FIRST_PARAMETER;
    const isVariadic = Number(type.operands[0] ?? 0) !== 0;
    if (isVariadic && parameterCount > 0 && !(parameterCount === 1 && passing.get(0)?.isResult === true)) {
      return convention === VECTORCALL ? '@' : '';
    }
    // Thousands of functions may have one type of thousands of parameters.
    const key = `${typeId} ${value.attributeList}`;
    const bytes = this.knownBytes.get(key) ?? this.bytesOfArguments(typeId, type, passing, types);
    this.knownBytes.set(key, bytes);
    return at + String(bytes);
  }

  private bytesOfArguments(
    typeId: number,
    { operands }: StoredType,
    passing: ReadonlyMap<number, ParameterPassing>,
    types: BitcodeTypes,
  ): number {
    let bytes = this.bytesOfParameters(typeId, operands, types);
    for (const [position, { isResult, copiedType, isCopied }] of passing) {
      const stored = operands[FIRST_PARAMETER + position];
      if (stored === undefined) continue;
      const parameter = Number(stored);
      bytes -= this.bytesOf(parameter, types);
      if (isResult) continue;
      bytes += this.bytesOf(isCopied ? (copiedType ?? types.pointee(parameter) ?? parameter) : parameter, types);
    }
    return bytes;
  }

  /** Bytes of all parameters of a function type as if no attribute told otherwise; added up once for each type. */
  private bytesOfParameters(typeId: number, operands: StoredType['operands'], types: BitcodeTypes): number {
    let bytes = this.parameterBytes.get(typeId);
    if (bytes === undefined) {
      bytes = 0;
      for (let i = FIRST_PARAMETER; i < operands.length; i += 1) bytes += this.bytesOf(Number(operands[i]), types);
      this.parameterBytes.set(typeId, bytes);
    }
    return bytes;
  }

  /** Bytes that a parameter of a type takes up on the stack. */
  private bytesOf(typeId: number, types: BitcodeTypes): number {
    const { pointerSize } = this.layout;
    return Math.ceil((this.layout.allocatedSize(typeId, types) ?? pointerSize) / pointerSize) * pointerSize;
  }

  /** The parameters that a list of attributes says something of; read once for each list. */
  private passingOf(list: number): ReadonlyMap<number, ParameterPassing> {
    let passing = this.passings.get(list);
    if (passing === undefined) {
      passing = new Map();
      for (const group of this.module.attributes().list(list)) {
        const { place } = group;
        if (typeof place !== 'number') continue;
        const found = this.passingOfGroup(group);
        if (found !== undefined) passing.set(place, merged(passing.get(place), found));
      }
      this.passings.set(list, passing);
    }
    return passing;
  }

  /** A group may stand in many lists. */
  private passingOfGroup(group: BitcodeAttributeGroup): ParameterPassing | undefined {
    if (this.groups.has(group)) return this.groups.get(group);
    const copied = group.attributes.find(({ kind }) => kind !== undefined && COPIED.includes(kind));
    const isResult = group.attributes.some(({ kind }) => kind === K.ATTR_KIND_STRUCT_RET);
    const isOrdinary = copied === undefined && !isResult;
    const passing = isOrdinary ? undefined : { isResult, isCopied: copied !== undefined, copiedType: copied?.typeId };
    this.groups.set(group, passing);
    return passing;
  }
}

/** What several groups say of one parameter. */
function merged(known: ParameterPassing | undefined, found: ParameterPassing): ParameterPassing {
  if (known === undefined) return found;
  return {
    isResult: known.isResult || found.isResult,
    isCopied: known.isCopied || found.isCopied,
    copiedType: known.copiedType ?? found.copiedType,
  };
}
