// The TYPE block (id 17, since LLVM 3.0): the types of a module by number, and their text in LLVM's assembly.

import { RecordBuffer } from './bitstream/index.ts';
import type { BlockReader, Operand } from './bitstream/index.ts';
import { TYPE_CODES } from './codes/type.ts';

const C = TYPE_CODES.values;

/** Types without operands, and their text. */
const SIMPLE: ReadonlyMap<number, string> = /* @__PURE__ */ new Map<number, string>([
  [C.TYPE_CODE_VOID, 'void'],
  [C.TYPE_CODE_FLOAT, 'float'],
  [C.TYPE_CODE_DOUBLE, 'double'],
  [C.TYPE_CODE_LABEL, 'label'],
  [C.TYPE_CODE_HALF, 'half'],
  [C.TYPE_CODE_X86_FP80, 'x86_fp80'],
  [C.TYPE_CODE_FP128, 'fp128'],
  [C.TYPE_CODE_PPC_FP128, 'ppc_fp128'],
  [C.TYPE_CODE_METADATA, 'metadata'],
  [C.TYPE_CODE_X86_MMX, 'x86_mmx'],
  [C.TYPE_CODE_TOKEN, 'token'],
  [C.TYPE_CODE_BFLOAT, 'bfloat'],
  [C.TYPE_CODE_X86_AMX, 'x86_amx'],
]);

/** Operands of an array or vector: how many elements, and of which type; of a vector whether that is a minimum. */
const ARRAY_OPERANDS = { count: 0, element: 1, scalable: 2 } as const;
/** Operands of FUNCTION: variable arguments, type of the result, types of the parameters. */
const FUNCTION_OPERANDS = { isVariadic: 0, result: 1 } as const;
/** Operands of FUNCTION_OLD, LLVM 2.9 and before: the second one means nothing. */
const FUNCTION_OLD_OPERANDS = { isVariadic: 0, result: 2 } as const;

/**
 * Types inside types, parts of one type, and characters of names in it, that its text shows. What is further stands as
 * `…`: a name is stored once, but may be part of a type as often as it has parts.
 */
const DEPTH_MAX = 32;
const PARTS_MAX = 4096;
const NAMES_MAX = 1 << 16;

/** What is left of these for the text of one type. */
interface Budget {
  parts: number;
  names: number;
}

function fullBudget(): Budget {
  return { parts: PARTS_MAX, names: NAMES_MAX };
}

/** A type as it is stored. */
export interface StoredType {
  /** One of {@link TYPE_CODES}, or a number of a later LLVM. */
  readonly code: number;
  readonly operands: readonly Operand[];
  /** The name of a named struct or of a type of the target. */
  readonly name: string | undefined;
}

/** The types of a module. A number out of a file that has no type is described as such, not refused. */
export class BitcodeTypes {
  private readonly types: readonly StoredType[];
  /** Numbers that LLVM's assembly gives to structs without name. */
  private readonly structNumbers = new Map<number, number>();

  /** @internal */
  constructor(types: readonly StoredType[]) {
    this.types = types;
    types.forEach(({ code, name }, id) => {
      const isNamed = code === C.TYPE_CODE_STRUCT_NAMED || code === C.TYPE_CODE_OPAQUE;
      if (isNamed && name === undefined) this.structNumbers.set(id, this.structNumbers.size);
    });
  }

  /** How many types there are. */
  get length(): number {
    return this.types.length;
  }

  /** A type as it is stored; `undefined` if there is none of this number. */
  at(id: number): StoredType | undefined {
    return this.types[id];
  }

  /** Whether a number is that of a pointer to a known type, which there are up to LLVM 16. */
  isTypedPointer(id: number): boolean {
    return this.types[id]?.code === C.TYPE_CODE_POINTER;
  }

  /** The type that a pointer points to; `undefined` if the number is not that of such a pointer. */
  pointee(id: number): number | undefined {
    const type = this.types[id];
    return type?.code === C.TYPE_CODE_POINTER ? Number(type.operands[0] ?? 0) : undefined;
  }

  /** The text of a type as LLVM's assembly has it, such as `i32 (ptr, ...)`. Very large types are cut short. */
  describe(id: number): string {
    return this.text(id, 0, fullBudget());
  }

  /** The text of what a named struct consists of, such as `{ i32, ptr }` or `opaque`; `undefined` for other types. */
  describeBody(id: number): string | undefined {
    const type = this.types[id];
    if (type?.code === C.TYPE_CODE_OPAQUE) return 'opaque';
    return type?.code === C.TYPE_CODE_STRUCT_NAMED ? this.structText(type, 0, fullBudget()) : undefined;
  }

  private text(id: number, depth: number, budget: Budget): string {
    budget.parts -= 1;
    if (depth > DEPTH_MAX || budget.parts < 0) return '…';
    const type = this.types[id];
    if (type === undefined) return `<type ${id}, which there is not>`;
    const { code, operands } = type;
    const number = (position: number) => Number(operands[position] ?? 0);
    const inner = (position: number) => this.text(number(position), depth + 1, budget);
    switch (code) {
      case C.TYPE_CODE_INTEGER:
        return `i${number(0)}`;
      case C.TYPE_CODE_POINTER:
        return `${inner(0)}${addressSpaceText(number(1))}*`;
      case C.TYPE_CODE_OPAQUE_POINTER:
        return `ptr${addressSpaceText(number(0))}`;
      case C.TYPE_CODE_ARRAY:
        return `[${operands[ARRAY_OPERANDS.count] ?? 0} x ${inner(ARRAY_OPERANDS.element)}]`;
      case C.TYPE_CODE_VECTOR: {
        const scalable = number(ARRAY_OPERANDS.scalable) === 0 ? '' : 'vscale x ';
        return `<${scalable}${operands[ARRAY_OPERANDS.count] ?? 0} x ${inner(ARRAY_OPERANDS.element)}>`;
      }
      case C.TYPE_CODE_STRUCT_ANON:
        return this.structText(type, depth, budget);
      case C.TYPE_CODE_STRUCT_NAMED:
      case C.TYPE_CODE_OPAQUE:
        return `%${type.name === undefined ? (this.structNumbers.get(id) ?? 0) : nameText(type.name, depth, budget, quoted)}`;
      case C.TYPE_CODE_FUNCTION:
        return this.functionText(type, FUNCTION_OPERANDS.result, depth, budget);
      case C.TYPE_CODE_FUNCTION_OLD:
        return this.functionText(type, FUNCTION_OLD_OPERANDS.result, depth, budget);
      case C.TYPE_CODE_TARGET_TYPE:
        return this.targetText(type, depth, budget);
      default:
        return SIMPLE.get(code) ?? `<type of unknown code ${code}>`;
    }
  }

  private structText({ operands }: StoredType, depth: number, budget: Budget): string {
    const elements = this.list(operands, 1, depth, budget);
    const text = elements.length === 0 ? '{}' : `{ ${elements.join(', ')} }`;
    return Number(operands[0] ?? 0) === 0 ? text : `<${text}>`;
  }

  private functionText({ operands }: StoredType, result: number, depth: number, budget: Budget): string {
    const parameters = this.list(operands, result + 1, depth, budget);
    if (Number(operands[FUNCTION_OPERANDS.isVariadic] ?? 0) !== 0) parameters.push('...');
    return `${this.text(Number(operands[result] ?? 0), depth + 1, budget)} (${parameters.join(', ')})`;
  }

  /** The name, then types, as many as the first operand says, then numbers. */
  private targetText({ operands, name = '' }: StoredType, depth: number, budget: Budget): string {
    const typeCount = Number(operands[0] ?? 0);
    const parameters = this.list(operands.slice(0, typeCount + 1), 1, depth, budget);
    for (let i = typeCount + 1; i < operands.length && budget.parts >= 0; i += 1) {
      budget.parts -= 1;
      parameters.push(budget.parts < 0 ? '…' : String(operands[i]));
    }
    return `target(${[`"${nameText(name, depth, budget, escaped)}"`, ...parameters].join(', ')})`;
  }

  private list(operands: readonly Operand[], start: number, depth: number, budget: Budget): string[] {
    const texts: string[] = [];
    for (let i = start; i < operands.length && budget.parts >= 0; i += 1) {
      texts.push(this.text(Number(operands[i]), depth + 1, budget));
    }
    return texts;
  }
}

function addressSpaceText(addressSpace: number): string {
  return addressSpace === 0 ? '' : ` addrspace(${addressSpace})`;
}

/** A name, which is whole where it is that of the type that was asked for. */
function nameText(name: string, depth: number, budget: Budget, write: (name: string) => string): string {
  budget.names -= name.length;
  return depth > 0 && budget.names < 0 ? '…' : write(name);
}

/** A name as it stands behind `%`: in quotes unless it is a word. */
function quoted(name: string): string {
  return /^[-a-zA-Z$._][-a-zA-Z$._0-9]*$/.test(name) ? name : `"${escaped(name)}"`;
}

/** LLVM escapes quotes as numbers. Names out of files have their unusual bytes escaped already. */
function escaped(name: string): string {
  return name.replaceAll('"', '\\22');
}

/**
 * Reads a TYPE block to its end. Types of unknown codes are types like others, so that numbers stay right.
 *
 * @throws {@link FormatError} if the block is damaged.
 */
export function readTypeBlock(reader: BlockReader): BitcodeTypes {
  const types: StoredType[] = [];
  const record = new RecordBuffer();
  let name: string | undefined;
  for (let item = reader.next(); item !== 'end'; item = reader.next()) {
    if (item === 'block') continue;
    reader.read(record);
    const { code } = record;
    if (code === C.TYPE_CODE_NUMENTRY) continue;
    if (code === C.TYPE_CODE_STRUCT_NAME) {
      name = record.text();
      continue;
    }
    const takesName =
      code === C.TYPE_CODE_STRUCT_NAMED || code === C.TYPE_CODE_OPAQUE || code === C.TYPE_CODE_TARGET_TYPE;
    reader.checkEntries(types.length + 1, 'types');
    types.push({ code, operands: record.operands(), name: takesName ? name : undefined });
    if (takesName) name = undefined;
  }
  return new BitcodeTypes(types);
}
