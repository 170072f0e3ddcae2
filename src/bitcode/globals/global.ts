// What the four kinds of global values have in common. Their records (MODULE block) differ in the positions of operands,
// and older writers end them sooner.

import type { Operand } from '../bitstream/index.ts';
import {
  DLL_STORAGE_CLASSES,
  LINKAGE_DLLEXPORT,
  LINKAGE_DLLIMPORT,
  LINKAGES,
  LINKAGES_WITH_COMDAT,
  THREAD_LOCAL_MODES,
  UNNAMED_ADDRESSES,
  VISIBILITIES,
} from '../codes/linkage.ts';
import type { BitcodeLinkage } from '../codes/linkage.ts';
import type { StoredRecord } from '../module-content.ts';
import type { BitcodeComdat } from './comdat.ts';

/** Visibility to other components, as ELF has it. */
export type BitcodeVisibility = (typeof VISIBILITIES)[number];
/** Storage class of DLLs. */
export type BitcodeDllStorage = (typeof DLL_STORAGE_CLASSES)[number];
/** How a thread-local variable is reached. */
export type BitcodeThreadLocalMode = (typeof THREAD_LOCAL_MODES)[number];
/** Whether the address of a symbol matters: everywhere, nowhere, or only outside of the module. */
export type BitcodeUnnamedAddress = (typeof UNNAMED_ADDRESSES)[number];

/** The alignment of 2^32 bytes, the largest that LLVM has, as it is stored: the exponent plus one. */
const ALIGNMENT_STORED_MAX = 33;

/** Where in the record of one kind the common operands stand; `undefined` for what that kind does not have. */
export interface CommonPositions {
  readonly type: number;
  readonly linkage: number;
  readonly visibility: number;
  readonly dllStorage?: number;
  readonly threadLocal?: number;
  readonly unnamedAddress?: number;
  readonly dsoLocal?: number;
  readonly comdat?: number;
  readonly section?: number;
  readonly alignment?: number;
  readonly partition?: number;
}

/** What global values ask of their module. */
export interface GlobalSource {
  /** The name of a value of a module whose names are no part of the records (before LLVM 5). */
  nameOf(valueId: number): string | undefined;
  /** A name out of the string table. */
  string(offset: number, size: number, record: StoredRecord): string;
  /** An entry of the lists that records refer to by position, from 1 on; 0 is none. */
  section(position: number, record: StoredRecord): string | undefined;
  gc(position: number, record: StoredRecord): string | undefined;
  comdat(position: number, record: StoredRecord): BitcodeComdat | undefined;
  /** Whether object files of the target can have COMDATs. */
  readonly hasComdats: boolean;
}

/**
 * A global value. Its properties are decoded each time they are asked for; those that refer to a list throw FormatError
 * (`out-of-bounds`) where the list has no such entry.
 *
 * A number that LLVM 22 does not know means what LLVM takes it for; it is in {@link raw}.
 */
export abstract class BitcodeGlobal {
  /** The record as it is stored. What its operands mean by position is in the tables of codes/module.ts. */
  readonly raw: StoredRecord;
  /** Number of the value: global values first, in the order of their records, then the constants of the module. */
  readonly valueId: number;
  protected readonly source: GlobalSource;
  private readonly positions: CommonPositions;

  /** @internal */
  constructor(raw: StoredRecord, valueId: number, source: GlobalSource, positions: CommonPositions) {
    this.raw = raw;
    this.valueId = valueId;
    this.source = source;
    this.positions = positions;
  }

  /** The name in LLVM's assembly, which may begin with byte 1 (`\x01`) to say "as it is". Empty for a value without name. */
  get name(): string {
    const { string } = this.raw;
    if (string === undefined) return this.source.nameOf(this.valueId) ?? '';
    return this.source.string(string.offset, string.size, this.raw);
  }

  /** Number of its type: that of the value, or of a pointer to it (see {@link hasPointerType}). */
  get typeId(): number {
    return this.number(this.positions.type);
  }

  /** Whether {@link typeId} is the type of a pointer to the value: up to LLVM 3.6, of aliases up to 3.7. */
  abstract get hasPointerType(): boolean;

  /** Linkage, in the words of LLVM's assembly. */
  get linkage(): BitcodeLinkage {
    return LINKAGES[this.number(this.positions.linkage)] ?? 'external';
  }

  /** Whether no other module can see it. */
  get isLocal(): boolean {
    return this.linkage === 'internal' || this.linkage === 'private';
  }

  /** Whether the module only refers to it. An `available_externally` definition is one, though linkers do not take it. */
  abstract get isDeclaration(): boolean;

  /** Visibility; `default` for local symbols. */
  get visibility(): BitcodeVisibility {
    if (this.isLocal) return 'default';
    return VISIBILITIES[this.number(this.positions.visibility)] ?? 'default';
  }

  /** Storage class of DLLs; up to LLVM 3.4 the linkage tells it. */
  get dllStorage(): BitcodeDllStorage {
    const position = this.positions.dllStorage;
    const stored = position === undefined ? undefined : this.raw.operands[position];
    if (stored !== undefined) return DLL_STORAGE_CLASSES[Number(stored)] ?? 'default';
    const linkage = this.number(this.positions.linkage);
    if (linkage === LINKAGE_DLLIMPORT) return 'import';
    return linkage === LINKAGE_DLLEXPORT ? 'export' : 'default';
  }

  /** Thread-local mode; `none` for what is no thread-local variable. */
  get threadLocalMode(): BitcodeThreadLocalMode {
    return THREAD_LOCAL_MODES[this.optional(this.positions.threadLocal)] ?? 'general-dynamic';
  }

  /** Whether its address matters. */
  get unnamedAddress(): BitcodeUnnamedAddress {
    return UNNAMED_ADDRESSES[this.optional(this.positions.unnamedAddress)] ?? 'none';
  }

  /** Whether it resolves within the component that is linked: as stored, or because nothing else can be. */
  get isDsoLocal(): boolean {
    if (this.optional(this.positions.dsoLocal) === 1 || this.isLocal) return true;
    return this.visibility !== 'default' && this.linkage !== 'extern_weak';
  }

  /** Its COMDAT; also the one of its own name that an old linkage implies. */
  get comdat(): BitcodeComdat | undefined {
    const position = this.positions.comdat;
    if (position === undefined) return undefined;
    const stored = this.raw.operands[position];
    if (stored !== undefined) return this.source.comdat(Number(stored), this.raw);
    if (!LINKAGES_WITH_COMDAT.includes(this.number(this.positions.linkage)) || !this.source.hasComdats)
      return undefined;
    return { name: this.name, kind: 'any', raw: undefined };
  }

  /** The section that the source names; `undefined` for none. */
  get section(): string | undefined {
    return this.source.section(this.optional(this.positions.section), this.raw);
  }

  /** Alignment in bytes; `undefined` where none is demanded, and for more than 2^32, which LLVM refuses. */
  get alignment(): number | undefined {
    const stored = this.optional(this.positions.alignment);
    return stored === 0 || stored > ALIGNMENT_STORED_MAX ? undefined : 2 ** (stored - 1);
  }

  /** The partition of the component that it belongs to; `undefined` for none (before LLVM 9 always). */
  get partition(): string | undefined {
    const position = this.positions.partition;
    if (position === undefined) return undefined;
    const size = this.number(position + 1);
    return size === 0 ? undefined : this.source.string(this.number(position), size, this.raw);
  }

  /** An operand; 0 for one that the record does not have. */
  protected number(position: number): number {
    return Number(this.raw.operands[position] ?? 0);
  }

  /** An operand whose position not every kind of global value has; 0 where there is none. */
  protected optional(position: number | undefined): number {
    return position === undefined ? 0 : this.number(position);
  }

  /** An operand that is one more than a value id. */
  protected valueIdAt(position: number): number | undefined {
    const stored: Operand = this.raw.operands[position] ?? 0;
    return Number(stored) === 0 ? undefined : Number(stored) - 1;
  }
}
