// The global values of a module: what its MODULE block says about variables, functions, aliases, ifuncs and COMDATs.

import { BLOCK_IDS } from '../codes/block-ids.ts';
import { FUNCTION_OPERANDS, MODULE_CODES, VERSION_WITH_STRING_TABLE } from '../codes/module.ts';
import type { BitcodeModule } from '../module.ts';
import type { ModuleContent, StoredRecord } from '../module-content.ts';
import { hasNoComdats } from '../target-triple.ts';
import { readTypes } from '../read-types.ts';
import type { BitcodeTypes } from '../types.ts';
import { readValueNames } from '../value-names.ts';
import { BitcodeAlias } from './alias.ts';
import { readComdat } from './comdat.ts';
import type { BitcodeComdat } from './comdat.ts';
import { BitcodeFunction } from './function.ts';
import type { GlobalSource } from './global.ts';
import { BitcodeIfunc } from './ifunc.ts';
import { BitcodeVariable } from './variable.ts';

const C = MODULE_CODES.values;

/** A global value of any kind; `kind` tells which. */
export type BitcodeGlobalValue = BitcodeVariable | BitcodeFunction | BitcodeAlias | BitcodeIfunc;

/** The global values of a module, in the order of their value ids. */
export interface BitcodeGlobals {
  /** All of them; the index is the value id. */
  readonly values: readonly BitcodeGlobalValue[];
  readonly variables: readonly BitcodeVariable[];
  readonly functions: readonly BitcodeFunction[];
  readonly aliases: readonly BitcodeAlias[];
  readonly ifuncs: readonly BitcodeIfunc[];
  /** How many COMDATs there are. */
  readonly comdatCount: number;
  /**
   * A COMDAT by position, from 0 on; `undefined` behind the last one.
   *
   * @throws {@link FormatError} `out-of-bounds` if its name does not lie where it should.
   */
  readonly comdat: (index: number) => BitcodeComdat | undefined;
}

/** Answers what global values ask, each thing when it is first asked. */
class ModuleLists implements GlobalSource {
  readonly content: ModuleContent;
  private readonly module: BitcodeModule;
  private knownNames: ReadonlyMap<number, string> | undefined;
  private knownHasComdats: boolean | undefined;
  private readonly comdats: (BitcodeComdat | undefined)[] = [];

  constructor(module: BitcodeModule) {
    this.module = module;
    this.content = module.content();
  }

  nameOf(valueId: number): string | undefined {
    this.knownNames ??= this.readNames();
    return this.knownNames.get(valueId);
  }

  private readNames(): ReadonlyMap<number, string> {
    const { content } = this;
    const [block] = content.blocksOf(BLOCK_IDS.values.VALUE_SYMTAB_BLOCK_ID);
    return block === undefined ? new Map() : readValueNames(content.openBlock(block)).values;
  }

  string(offset: number, size: number, record: StoredRecord): string {
    return this.content.string(offset, size, record);
  }

  section(position: number, record: StoredRecord): string | undefined {
    return this.entry(this.content.sectionNames, position, 'SECTIONNAME', record);
  }

  gc(position: number, record: StoredRecord): string | undefined {
    return this.entry(this.content.gcNames, position, 'GCNAME', record);
  }

  comdat(position: number, record: StoredRecord): BitcodeComdat | undefined {
    const raw = this.entry(this.content.comdats, position, 'COMDAT', record);
    if (raw === undefined) return undefined;
    this.comdats[position - 1] ??= readComdat(this.content, raw);
    return this.comdats[position - 1];
  }

  get hasComdats(): boolean {
    this.knownHasComdats ??= !hasNoComdats(this.module.triple ?? '');
    return this.knownHasComdats;
  }

  private entry<T>(list: readonly T[], position: number, what: string, record: StoredRecord): T | undefined {
    if (position === 0 || position <= list.length) return list[position - 1];
    const reason = `a record refers to ${what} ${position}, of which there are ${list.length}`;
    throw this.content.error('out-of-bounds', reason, record.bitOffset);
  }
}

/** The lists of global values, by kind. */
type GlobalLists = Pick<BitcodeGlobals, 'values' | 'variables' | 'functions' | 'aliases' | 'ifuncs'>;

/** Makes the objects for global values when one is first asked for. */
class ModuleGlobals implements BitcodeGlobals {
  private readonly source: ModuleLists;
  private readonly types: BitcodeTypes | undefined;
  private knownLists: GlobalLists | undefined;

  constructor(module: BitcodeModule) {
    this.source = new ModuleLists(module);
    // Since LLVM 5, two versions after pointer types went out of these records, no type needs to be looked up.
    this.types = this.source.content.version < VERSION_WITH_STRING_TABLE ? readTypes(module) : undefined;
  }

  get values(): readonly BitcodeGlobalValue[] {
    return this.lists().values;
  }

  get variables(): readonly BitcodeVariable[] {
    return this.lists().variables;
  }

  get functions(): readonly BitcodeFunction[] {
    return this.lists().functions;
  }

  get aliases(): readonly BitcodeAlias[] {
    return this.lists().aliases;
  }

  get ifuncs(): readonly BitcodeIfunc[] {
    return this.lists().ifuncs;
  }

  get comdatCount(): number {
    return this.source.content.comdats.length;
  }

  readonly comdat = (index: number): BitcodeComdat | undefined => {
    const raw = this.source.content.comdats[index];
    return raw === undefined ? undefined : this.source.comdat(index + 1, raw);
  };

  private lists(): GlobalLists {
    this.knownLists ??= listsOf(this.source, this.types);
    return this.knownLists;
  }
}

function listsOf(source: ModuleLists, types: BitcodeTypes | undefined): GlobalLists {
  const values: BitcodeGlobalValue[] = [];
  const variables: BitcodeVariable[] = [];
  const functions: BitcodeFunction[] = [];
  const aliases: BitcodeAlias[] = [];
  const ifuncs: BitcodeIfunc[] = [];
  const kept = <T extends BitcodeGlobalValue>(value: T, list: T[]) => {
    values.push(value);
    list.push(value);
  };
  source.content.globals.forEach((raw, valueId) => {
    switch (raw.code) {
      case C.MODULE_CODE_GLOBALVAR:
        kept(new BitcodeVariable(raw, valueId, source), variables);
        break;
      case C.MODULE_CODE_FUNCTION: {
        const isTypedPointer = types?.isTypedPointer(Number(raw.operands[FUNCTION_OPERANDS.type] ?? 0));
        kept(new BitcodeFunction(raw, valueId, source, isTypedPointer ?? false), functions);
        break;
      }
      case C.MODULE_CODE_IFUNC:
        kept(new BitcodeIfunc(raw, valueId, source), ifuncs);
        break;
      default:
        kept(new BitcodeAlias(raw, valueId, source), aliases);
    }
  });
  return { values, variables, functions, aliases, ifuncs };
}

/**
 * Reads the global values of a module: one pass over its MODULE block, shared with the other readers of the module. What a
 * value says is decoded when it is asked for.
 *
 * In a thin-link file (`-fthin-link-bitcode`) records have a name and linkage only; every other property has its default
 * there and means nothing.
 *
 * @throws {@link FormatError} if the MODULE block is damaged.
 * @example
 * for (const { kind, name, linkage } of readGlobals(module).values) console.log(kind, linkage, name);
 */
export function readGlobals(module: BitcodeModule): BitcodeGlobals {
  return new ModuleGlobals(module);
}
