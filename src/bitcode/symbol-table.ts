// The symbol table of a bitcode file (irsymtab): the names and flags of its symbols as a linker needs them, in a blob of
// its own, so that nobody has to decode the module. Layout: codes/irsymtab.ts. The order of symbols is that of the writer:
// for each module its functions, variables, aliases and ifuncs, then the symbols of its assembly.

import type { ByteView } from '../bytes/index.ts';
import type { BitcodeAnomaly } from './bitstream/index.ts';
import {
  COMDAT,
  COMDAT_KINDS,
  HEADER,
  HEADER_SIZES,
  IRSYMTAB_FLAGS,
  MODULE,
  NEWEST_VERSION,
  STRING_SIZE,
  SYMBOL,
  UNCOMMON,
  UNCOMMON_4,
} from './codes/irsymtab.ts';
import { IrsymtabBytes } from './irsymtab-bytes.ts';
import type { Elements } from './irsymtab-bytes.ts';
import { letterOfFlags } from './symbols/symbol-letter.ts';
import { isDarwin } from './target-triple.ts';

const F = IRSYMTAB_FLAGS;
const NONE = -1;

/**
 * Tells from the flags of a symbol whether it is the compiler's own (`llvm.…`, private symbols). Neither llvm-nm without
 * options nor a linker shows these.
 */
export function hasFormatSpecificFlag(flags: number): boolean {
  return (flags & F.FB_format_specific) !== 0;
}

/** How a linker chooses between COMDATs of one name; `unknown` for kinds of later versions and up to version 2. */
export type BitcodeComdatKind = 'any' | 'exactmatch' | 'largest' | 'nodeduplicate' | 'samesize' | 'unknown';

/** The symbols of one module: the half-open range of their indexes. */
export interface BitcodeSymbolRange {
  readonly begin: number;
  readonly end: number;
}

/** What few symbols have. */
export interface BitcodeUncommon {
  /** Bytes of a common symbol. */
  readonly commonSize: number;
  /** Alignment of a common symbol in bytes. */
  readonly commonAlignment: number;
  /** COFF: the symbol that a weak external falls back to. Empty for none. */
  readonly coffWeakExternalFallback: string;
  /** The section that the source names; empty for none, and always in the tables of LLVM 5 and of version 4. */
  readonly sectionName: string;
}

/** What the table cannot know of itself. */
export interface SymbolTableContext {
  /** Modules in the file. */
  readonly moduleCount: number;
  /** Which symbols of a module are constants, by position from the first symbol of the module. */
  readonly constantSymbols: (module: number) => readonly boolean[];
  readonly onAnomaly: (anomaly: BitcodeAnomaly) => void;
}

/**
 * Opens a symbol table.
 *
 * @param blob - The SYMTAB blob.
 * @param strings - The string table that belongs to it.
 * @returns `undefined`, and an anomaly, for a table that LLVM leaves aside: too short for its header, of a version whose
 *   layout is not known, or of another number of modules than the file.
 * @throws {@link FormatError} `out-of-bounds` if a range or the name or COMDAT of a symbol lies outside of its table.
 */
export function openSymbolTable(
  blob: ByteView,
  strings: ByteView,
  context: SymbolTableContext,
): BitcodeSymbolTable | undefined {
  const reason = reasonToLeaveAside(blob, context.moduleCount);
  if (reason === undefined) return new BitcodeSymbolTable(blob, strings, context);
  context.onAnomaly({ code: 'unused-symbol-table', reason, location: blob.locationOf(0) });
  return undefined;
}

function reasonToLeaveAside(blob: ByteView, moduleCount: number): string | undefined {
  const tooShort = `the symbol table has ${blob.length} bytes, less than its header`;
  if (blob.length < HEADER_SIZES.upTo1) return tooShort;
  const version = blob.uint32(HEADER.Version, true, 'version');
  if (version > NEWEST_VERSION) {
    return `the symbol table has version ${version}, versions up to ${NEWEST_VERSION} are known`;
  }
  if (version >= 2 && blob.length < HEADER_SIZES.from2) return tooShort;
  const described = blob.uint32(HEADER.Modules + 4, true, 'module count');
  if (described === moduleCount) return undefined;
  return `the symbol table is for ${described} modules, the file has ${moduleCount}`;
}

/**
 * The symbols of a bitcode file, as columns over the SYMTAB blob and the string table: nothing is copied, and a column
 * costs a read of four bytes. Bounds were checked when the table was opened, in one pass over it. Indexes count from 0 and
 * are below {@link length}; others throw RangeError or give what stands there.
 *
 * An LLVM trusts a table only if its own version string stands in it, else it builds one anew from the module. That has the
 * same symbols in an order of its own, with two known differences: `FB_used` of library functions, and an undefined
 * `_GLOBAL_OFFSET_TABLE_` for each module for 32-bit x86, which tables of LLVM 16 and earlier lack.
 *
 * @see llvm/Object/IRSymtab.h, namespace storage.
 */
export class BitcodeSymbolTable {
  /** Version of the layout: 0 LLVM 5 and 6, 1 LLVM 7 and 8, 2 LLVM 9 to 12, 3 LLVM 13 to 22. */
  readonly version: number;
  /** Number of symbols. */
  readonly length: number;
  /** Number of COMDATs. */
  readonly comdatCount: number;
  /** The string table, which names lie in. */
  readonly strings: ByteView;
  /** The symbols of each module of the file. */
  readonly modules: readonly BitcodeSymbolRange[];
  private readonly tables: IrsymtabBytes;
  private readonly data: DataView;
  private readonly symbols: number;
  private readonly comdats: Elements;
  private readonly comdatSize: number;
  private readonly uncommons: Elements;
  private readonly uncommonSize: number;
  private readonly constantSymbols: (module: number) => readonly boolean[];
  private uncommonIndexes: Int32Array | undefined;
  private constants: Uint8Array | undefined;

  /** @internal */
  constructor(blob: ByteView, strings: ByteView, context: SymbolTableContext) {
    const version = blob.uint32(HEADER.Version, true, 'version');
    this.version = version;
    this.tables = new IrsymtabBytes(blob, strings);
    this.data = blob.data;
    this.strings = strings;
    this.constantSymbols = context.constantSymbols;
    const symbols = this.tables.elements(HEADER.Symbols, SYMBOL.size, 'symbols');
    this.symbols = symbols.offset;
    this.length = symbols.count;
    this.comdatSize = version >= 3 ? COMDAT.sizeFrom3 : COMDAT.sizeUpTo2;
    this.comdats = this.tables.elements(HEADER.Comdats, this.comdatSize, 'COMDATs');
    this.comdatCount = this.comdats.count;
    this.uncommonSize = this.sizeOfUncommon();
    this.uncommons = this.tables.elements(HEADER.Uncommons, this.uncommonSize, 'uncommons');
    this.modules = this.readModules();
    this.checkSymbols();
    for (let i = 0; i < this.comdatCount; i += 1) this.tables.checkString(this.comdatAt(i), `the name of COMDAT ${i}`);
  }

  /** Version string of the LLVM that wrote it, such as `16.0.6`. Throws `out-of-bounds` if it leaves the strings. */
  get producer(): string {
    return this.tables.text(HEADER.Producer, 'producer');
  }

  /** Target triple of the first module. Throws `out-of-bounds` if it leaves the strings. */
  get triple(): string {
    return this.tables.text(HEADER.TargetTriple, 'target triple');
  }

  /** Source file of the first module. Throws `out-of-bounds` if it leaves the strings. */
  get sourceFileName(): string {
    return this.tables.text(HEADER.SourceFileName, 'source file name');
  }

  /** COFF: directives for the linker, from all modules. Throws `out-of-bounds` if it leaves the strings. */
  get coffLinkerOptions(): string {
    return this.tables.text(HEADER.COFFLinkerOpts, 'linker options');
  }

  /**
   * Libraries that the sources ask for (`#pragma comment(lib, …)`), one at a time; none before version 2.
   *
   * @throws {@link FormatError} `out-of-bounds` if the list leaves the table or a name the strings.
   */
  *dependentLibraries(): Generator<string> {
    if (this.version < 2) return;
    const { offset, count } = this.tables.elements(HEADER.DependentLibraries, STRING_SIZE, 'dependent libraries');
    for (let i = 0; i < count; i += 1) yield this.tables.text(offset + i * STRING_SIZE, `dependent library ${i}`);
  }

  /** Name of a symbol as a linker sees it (mangled, with the prefix of the target). Empty for some symbols of assembly. */
  name(index: number): string {
    return this.tables.text(this.symbolAt(index), 'name');
  }

  /** Where the name of a symbol begins: bytes from the start of {@link strings}. Arbitrary where its size is 0. */
  nameOffset(index: number): number {
    return this.data.getUint32(this.symbols + index * SYMBOL.size, true);
  }

  /** Bytes of the name of a symbol. */
  nameSize(index: number): number {
    return this.data.getUint32(this.symbols + index * SYMBOL.size + 4, true);
  }

  /** Name of a symbol in the module; empty for symbols of assembly. Throws `out-of-bounds` if it leaves the strings. */
  irName(index: number): string {
    return this.tables.text(this.symbolAt(index) + SYMBOL.IRName, 'IR name');
  }

  /** Flags of a symbol, masks in {@link IRSYMTAB_FLAGS}. */
  flags(index: number): number {
    return this.data.getUint32(this.symbols + index * SYMBOL.size + SYMBOL.Flags, true);
  }

  /** The COMDAT that a symbol belongs to, -1 for none. */
  comdatIndex(index: number): number {
    return this.data.getInt32(this.symbols + index * SYMBOL.size + SYMBOL.ComdatIndex, true);
  }

  /**
   * The letter that llvm-nm prints for a symbol. It prints all but those of
   * {@link hasFormatSpecificFlag}, the ones with an empty name too. Bitcode does not tell read-only and zeroed data from other
   * data, except that `s` is a constant on Darwin; the first such symbol costs a pass over each module.
   *
   * @throws {@link FormatError} on Darwin, if a module is damaged.
   * @see llvm/tools/llvm-nm/llvm-nm.cpp, getNMSectionTagAndName and getSymbolNMTypeChar.
   */
  letter(index: number): string {
    return letterOfFlags(this.flags(index), () => this.isDarwinConstant(index));
  }

  /** Name of a COMDAT. */
  comdatName(comdat: number): string {
    return this.tables.text(this.comdatAt(comdat), 'name of a COMDAT');
  }

  /** Where the name of a COMDAT begins: bytes from the start of {@link strings}. */
  comdatNameOffset(comdat: number): number {
    return this.data.getUint32(this.comdatAt(comdat), true);
  }

  /** Bytes of the name of a COMDAT. */
  comdatNameSize(comdat: number): number {
    return this.data.getUint32(this.comdatAt(comdat) + 4, true);
  }

  /** How a linker chooses between COMDATs of this name. */
  comdatKind(comdat: number): BitcodeComdatKind {
    if (this.version < 3) return 'unknown';
    return COMDAT_KINDS[this.data.getUint32(this.comdatAt(comdat) + COMDAT.SelectionKind, true)] ?? 'unknown';
  }

  /**
   * What few symbols have: size and alignment of a common symbol, the section that the source names. The first call
   * passes over all symbols, as the table has no references to this.
   *
   * @returns `undefined` if the symbol has no such data.
   * @throws {@link FormatError} `out-of-bounds` if the table has fewer uncommons than its symbols ask for, or a string
   *   leaves the string table; `bad-value` for a size above 2^53.
   */
  uncommon(index: number): BitcodeUncommon | undefined {
    this.uncommonIndexes ??= this.assignUncommons();
    const uncommon = this.uncommonIndexes[index] ?? NONE;
    if (uncommon === NONE) return undefined;
    if (uncommon === this.uncommons.count) {
      const reason = `symbol ${index} has an uncommon behind the ${uncommon} of the table`;
      throw this.tables.error('out-of-bounds', reason, HEADER.Uncommons);
    }
    const at = this.uncommons.offset + uncommon * this.uncommonSize;
    const layout = this.version >= 4 ? UNCOMMON_4 : UNCOMMON;
    const hasSectionName = this.uncommonSize > UNCOMMON.sizeOfLlvm5;
    return {
      commonSize: this.version >= 4 ? this.wideSize(at) : this.data.getUint32(at + layout.CommonSize, true),
      commonAlignment: this.data.getUint32(at + layout.CommonAlign, true),
      coffWeakExternalFallback: this.tables.text(at + layout.COFFWeakExternFallbackName, 'fallback name'),
      sectionName: hasSectionName ? this.tables.text(at + layout.SectionName, 'section name') : '',
    };
  }

  private wideSize(at: number): number {
    const size = this.data.getBigUint64(at + UNCOMMON_4.CommonSize, true);
    if (size <= Number.MAX_SAFE_INTEGER) return Number(size);
    throw this.tables.error('bad-value', `the size of a common symbol is ${size}`, at);
  }

  private assignUncommons(): Int32Array {
    const indexes = new Int32Array(this.length).fill(NONE);
    for (let m = 0; m < this.modules.length; m += 1) {
      const { begin, end } = this.modules[m] as BitcodeSymbolRange;
      let next = this.data.getUint32(this.moduleTable().offset + m * MODULE.size + MODULE.UncBegin, true);
      for (let i = begin; i < end; i += 1) {
        if ((this.flags(i) & F.FB_has_uncommon) === 0) continue;
        indexes[i] = Math.min(next, this.uncommons.count);
        next += 1;
      }
    }
    return indexes;
  }

  private isDarwinConstant(index: number): boolean {
    this.constants ??= this.findDarwinConstants();
    return this.constants[index] === 1;
  }

  private findDarwinConstants(): Uint8Array {
    if (!isDarwin(this.triple)) return new Uint8Array(0);
    const found = new Uint8Array(this.length);
    for (let m = 0; m < this.modules.length; m += 1) {
      const { begin, end } = this.modules[m] as BitcodeSymbolRange;
      const constants = this.constantSymbols(m);
      for (let i = begin; i < end; i += 1) if (constants[i - begin] === true) found[i] = 1;
    }
    return found;
  }

  private symbolAt(index: number): number {
    return this.symbols + index * SYMBOL.size;
  }

  private comdatAt(comdat: number): number {
    return this.comdats.offset + comdat * this.comdatSize;
  }

  /** LLVM 5 and 6 wrote version 0 with two layouts; the uncommons are the last thing in the blob. */
  private sizeOfUncommon(): number {
    if (this.version >= 4) return UNCOMMON_4.size;
    if (this.version > 0) return UNCOMMON.size;
    const offset = this.data.getUint32(HEADER.Uncommons, true);
    const count = this.data.getUint32(HEADER.Uncommons + 4, true);
    return this.tables.length - offset >= count * UNCOMMON.size ? UNCOMMON.size : UNCOMMON.sizeOfLlvm5;
  }

  private moduleTable(): Elements {
    return this.tables.elements(HEADER.Modules, MODULE.size, 'modules');
  }

  private readModules(): BitcodeSymbolRange[] {
    const { offset, count } = this.moduleTable();
    const modules: BitcodeSymbolRange[] = [];
    let previousEnd = 0;
    for (let m = 0; m < count; m += 1) {
      const at = offset + m * MODULE.size;
      const begin = this.data.getUint32(at + MODULE.Begin, true);
      const end = this.data.getUint32(at + MODULE.End, true);
      // Overlapping ranges would let a small table cost much.
      if (begin < previousEnd || begin > end || end > this.length) {
        throw this.tables.error(
          'out-of-bounds',
          `module ${m} has the symbols ${begin} to ${end} of ${this.length}`,
          at,
        );
      }
      previousEnd = end;
      modules.push({ begin, end });
    }
    return modules;
  }

  private checkSymbols(): void {
    const { data, length, comdatCount } = this;
    const stringBytes = this.strings.length;
    let at = this.symbols;
    for (let i = 0; i < length; i += 1, at += SYMBOL.size) {
      const size = data.getUint32(at + 4, true);
      if (size > 0 && data.getUint32(at, true) > stringBytes - size)
        this.tables.checkString(at, `the name of symbol ${i}`);
      const comdat = data.getInt32(at + SYMBOL.ComdatIndex, true);
      if (comdat >= comdatCount || comdat < NONE) {
        throw this.tables.error('out-of-bounds', `symbol ${i} is in COMDAT ${comdat} of ${comdatCount}`, at);
      }
    }
  }
}
