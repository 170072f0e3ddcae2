// A symbol table in memory, with the answers of the one that a file may have (BitcodeSymbolTable).

import { isDarwin } from '../target-triple.ts';
import type { BitcodeComdatKind, BitcodeSymbolRange, BitcodeUncommon } from '../symbol-table.ts';
import type { AssemblyNote } from './assembly-reader.ts';
import { letterOfFlags } from './symbol-letter.ts';

/** What readers of a symbol table ask, of the one in a file and of a computed one alike. */
export interface BitcodeSymbols {
  /** Number of symbols. */
  readonly length: number;
  /** Number of COMDATs. */
  readonly comdatCount: number;
  /** Target triple of the first module; empty for none. */
  readonly triple: string;
  /** Source file of the first module; empty for none. */
  readonly sourceFileName: string;
  /** The symbols of each module of the file. */
  readonly modules: readonly BitcodeSymbolRange[];
  /** Name of a symbol as a linker sees it. */
  name(index: number): string;
  /** Name of a symbol in the module; empty for symbols of assembly. */
  irName(index: number): string;
  /** Flags of a symbol, masks in {@link IRSYMTAB_FLAGS}. */
  flags(index: number): number;
  /** The COMDAT that a symbol belongs to, -1 for none. */
  comdatIndex(index: number): number;
  /** The letter that llvm-nm prints for a symbol. */
  letter(index: number): string;
  /** Name of a COMDAT. */
  comdatName(comdat: number): string;
  /** How a linker chooses between COMDATs of this name. */
  comdatKind(comdat: number): BitcodeComdatKind;
  /** What few symbols have; `undefined` for the others. */
  uncommon(index: number): BitcodeUncommon | undefined;
  /** Libraries that the sources ask for (`#pragma comment(lib, …)` for ELF), one at a time. */
  dependentLibraries(): Generator<string>;
}

/** A symbol of a computed table. */
export interface ComputedSymbol {
  readonly name: string;
  readonly irName: string;
  readonly flags: number;
  readonly comdatIndex: number;
  readonly isConstant: boolean;
  readonly uncommon: BitcodeUncommon | undefined;
}

/** A COMDAT of a computed table. */
export interface ComputedComdat {
  readonly name: string;
  readonly kind: BitcodeComdatKind;
}

/** What a table is made of. */
export interface ComputedParts {
  readonly symbols: readonly ComputedSymbol[];
  readonly comdats: readonly ComputedComdat[];
  readonly modules: readonly BitcodeSymbolRange[];
  readonly triple: string;
  readonly sourceFileName: string;
  readonly assemblyNotes: readonly AssemblyNote[];
  /** Reads them out of the metadata of the modules. */
  readonly libraries: () => Iterable<string>;
}

/** The symbols of a bitcode file, computed from its modules. Made by {@link computeSymbolTable}. */
export class ComputedSymbolTable implements BitcodeSymbols {
  readonly length: number;
  readonly comdatCount: number;
  readonly triple: string;
  readonly sourceFileName: string;
  readonly modules: readonly BitcodeSymbolRange[];
  /** What was not understood of the assembly of the modules. Empty: no symbol is missing, and none too many. */
  readonly assemblyNotes: readonly AssemblyNote[];
  private readonly libraries: () => Iterable<string>;
  private readonly symbols: readonly ComputedSymbol[];
  private readonly comdats: readonly ComputedComdat[];
  private readonly isOfDarwin: boolean;

  /** @internal */
  constructor({ symbols, comdats, modules, triple, sourceFileName, assemblyNotes, libraries }: ComputedParts) {
    this.symbols = symbols;
    this.comdats = comdats;
    this.modules = modules;
    this.triple = triple;
    this.sourceFileName = sourceFileName;
    this.assemblyNotes = assemblyNotes;
    this.libraries = libraries;
    this.length = symbols.length;
    this.comdatCount = comdats.length;
    this.isOfDarwin = isDarwin(triple);
  }

  /** Name of a symbol as a linker sees it (mangled, with the prefix of the target). Empty for some symbols of assembly. */
  name(index: number): string {
    return this.symbol(index).name;
  }

  /** Name of a symbol in the module; empty for symbols of assembly. */
  irName(index: number): string {
    return this.symbol(index).irName;
  }

  /** Flags of a symbol, masks in {@link IRSYMTAB_FLAGS}. */
  flags(index: number): number {
    return this.symbol(index).flags;
  }

  /** The COMDAT that a symbol belongs to, -1 for none. */
  comdatIndex(index: number): number {
    return this.symbol(index).comdatIndex;
  }

  /** The letter that llvm-nm prints for a symbol, as {@link BitcodeSymbolTable.letter}. */
  letter(index: number): string {
    const { flags, isConstant } = this.symbol(index);
    return letterOfFlags(flags, () => this.isOfDarwin && isConstant);
  }

  /** Name of a COMDAT. */
  comdatName(comdat: number): string {
    return this.comdat(comdat).name;
  }

  /** How a linker chooses between COMDATs of this name. */
  comdatKind(comdat: number): BitcodeComdatKind {
    return this.comdat(comdat).kind;
  }

  /**
   * Libraries that the sources ask for (`#pragma comment(lib, …)` for ELF). Costs the metadata of the modules.
   *
   * @throws {@link FormatError} if the metadata of a module is damaged.
   */
  *dependentLibraries(): Generator<string> {
    yield* this.libraries();
  }

  /** Size and alignment of a common symbol, the section that the source names; `undefined` if it has none of these. */
  uncommon(index: number): BitcodeUncommon | undefined {
    return this.symbol(index).uncommon;
  }

  private symbol(index: number): ComputedSymbol {
    const symbol = this.symbols[index];
    if (symbol === undefined) throw new RangeError(`symbol ${index} of ${this.length}`);
    return symbol;
  }

  private comdat(index: number): ComputedComdat {
    const comdat = this.comdats[index];
    if (comdat === undefined) throw new RangeError(`COMDAT ${index} of ${this.comdatCount}`);
    return comdat;
  }
}
