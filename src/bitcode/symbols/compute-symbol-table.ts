// The symbol table that LLVM builds from the modules of a file where the file has none, or one of another LLVM: for each
// module its functions, variables, aliases and ifuncs, then the symbols of its assembly (Builder in
// llvm/lib/Object/IRSymtab.cpp, getSymbolFlags in ModuleSymbolTable.cpp, LLVM 13 to 22).
//
// Which functions of run-time libraries are used (`FB_used`) depends on the LLVM and the target, LLVM after 22 does not tell it:
// the caller may say. Left out: linker options of COFF, dependent libraries. _GLOBAL_OFFSET_TABLE_ of 32-bit x86 is there, as
// since LLVM 17; that of x86-64 modules of a large code model is not. Escapes in quoted names of assembly are read as the LLVM
// that wrote the module reads them.

import { readAttributes } from '../attributes.ts';
import type { BitcodeFile } from '../bitcode-file.ts';
import { BLOCK_IDS } from '../codes/block-ids.ts';
import { IRSYMTAB_FLAGS } from '../codes/irsymtab.ts';
import { readConstants } from '../constants/read-constants.ts';
import type { BitcodeConstants } from '../constants/constants.ts';
import type { BitcodeComdat } from '../globals/comdat.ts';
import { readGlobals } from '../globals/read-globals.ts';
import type { BitcodeGlobals, BitcodeGlobalValue } from '../globals/read-globals.ts';
import { readDependentLibraries } from '../metadata/named-texts.ts';
import type { BitcodeModule } from '../module.ts';
import { readTypes } from '../read-types.ts';
import type { BitcodeSymbolRange, BitcodeUncommon } from '../symbol-table.ts';
import type { BitcodeTypes } from '../types.ts';
import type { AssemblyNote } from './assembly-reader.ts';
import type { ModuleDefinition } from './assembly-recorder.ts';
import { assemblySyntaxOf } from './assembly-syntax.ts';
import type { AssemblyFormat } from './assembly-syntax.ts';
import { ComputedSymbolTable } from './computed-table.ts';
import type { ComputedComdat, ComputedSymbol } from './computed-table.ts';
import { DataLayout } from './data-layout.ts';
import { Mangler } from './mangler.ts';
import { readModuleAssembly } from './module-assembly.ts';

const F = IRSYMTAB_FLAGS;
const NONE = -1;
const { FUNCTION_BLOCK_ID } = BLOCK_IDS.values;

/**
 * Bytes of all names of a file, and of small files how many times as many as the file has. Names may share bytes of the
 * string table, so that a short file may tell long ones.
 */
const NAME_BYTES_MAX = 1 << 28;
const NAME_SHARING_MAX = 16;
const SMALL_FILE = 1 << 16;

const VISIBILITY_FLAGS = { default: 0, hidden: 1, protected: 2 } as const;

/** Variables that list symbols which stay. */
const USED_LISTS: readonly string[] = ['llvm.used', 'llvm.compiler.used'];

/** Options of {@link computeSymbolTable}. */
export interface ComputedSymbolOptions {
  /**
   * Functions of run-time libraries that code generation may call, by their names in modules: they get `FB_used`. None if
   * absent. `ltoscope/bitcode/runtime-calls` knows those of each LLVM: `findWriterLibcalls(file)`.
   */
  readonly libcalls?: ReadonlySet<string> | undefined;
}

/**
 * Computes the symbol table of a bitcode file from its modules: what linkers and llvm-nm do, which read the one in the file
 * only if their own LLVM wrote it. Costs a pass over each MODULE block, its constants where it has aliases or lists of used
 * symbols, and its assembly.
 *
 * @returns Symbols in the order of LLVM, except those of assembly, which LLVM has in an order of its own. `undefined` for a
 *   thin-link file: its records tell names and linkage only, not what is defined.
 * @throws {@link FormatError} if a module is damaged; `limit-exceeded` if its names together have more than 2^28 bytes, or are
 *   16 times as long as the file.
 * @example
 * const symbols = file.symbolTable() ?? computeSymbolTable(file);
 */
export function computeSymbolTable(
  file: BitcodeFile,
  { libcalls }: ComputedSymbolOptions = {},
): ComputedSymbolTable | undefined {
  const symbols: ComputedSymbol[] = [];
  const comdats: ComputedComdat[] = [];
  const modules: BitcodeSymbolRange[] = [];
  const assemblyNotes: AssemblyNote[] = [];
  let nameBytesLeft = Math.min(NAME_BYTES_MAX, NAME_SHARING_MAX * Math.max(SMALL_FILE, file.input.length));
  const format = assemblySyntaxOf(file.modules[0]?.triple ?? '').format;
  for (const module of file.modules) {
    if (isForThinLink(module)) return undefined;
    nameBytesLeft = spendNames(module, nameBytesLeft);
    const begin = symbols.length;
    const builder = new ModuleSymbols(module, format, comdats, libcalls);
    builder.addTo(symbols, assemblyNotes);
    modules.push({ begin, end: symbols.length });
  }
  const [first] = file.modules;
  const triple = first?.triple ?? '';
  return new ComputedSymbolTable({
    symbols,
    comdats,
    modules,
    triple,
    sourceFileName: first?.sourceFileName ?? '',
    assemblyNotes,
    libraries: () => (format === 'elf' ? librariesOf(file) : []),
  });
}

/** As LLVM's writer takes them, for ELF only. */
function* librariesOf(file: BitcodeFile): Generator<string> {
  for (const module of file.modules) yield* readDependentLibraries(module);
}

/**
 * Whether a module is what `-fthin-link-bitcode` writes: functions that say that they are defined, as every operand behind
 * their linkage is 0, and no body.
 */
function isForThinLink(module: BitcodeModule): boolean {
  const content = module.content();
  if (content.blocks.some(({ header }) => header.id === FUNCTION_BLOCK_ID)) return false;
  return readGlobals(module).functions.some(({ isDeclaration }) => !isDeclaration);
}

/** The symbols of one module. */
class ModuleSymbols {
  private readonly module: BitcodeModule;
  private readonly format: AssemblyFormat;
  private readonly globals: BitcodeGlobals;
  private readonly layout: DataLayout;
  private readonly mangler: Mangler;
  private readonly comdats: ComputedComdat[];
  private readonly libcalls: ReadonlySet<string> | undefined;
  private readonly comdatIndexes = new Map<BitcodeComdat | string, number>();
  private readonly used: ReadonlySet<BitcodeGlobalValue>;
  private knownConstants: BitcodeConstants | undefined;
  private knownTypes: BitcodeTypes | undefined;
  private knownNames: Map<string, BitcodeGlobalValue> | undefined;
  private knownMangledNames: Map<string, BitcodeGlobalValue> | undefined;

  constructor(
    module: BitcodeModule,
    format: AssemblyFormat,
    comdats: ComputedComdat[],
    libcalls: ReadonlySet<string> | undefined,
  ) {
    this.module = module;
    this.format = format;
    this.comdats = comdats;
    this.libcalls = libcalls;
    this.globals = readGlobals(module);
    this.layout = new DataLayout(module.dataLayout ?? '');
    let attributes: ReturnType<typeof readAttributes> | undefined;
    this.mangler = new Mangler(this.layout, {
      types: () => this.types(),
      attributes: () => (attributes ??= readAttributes(module)),
    });
    this.used = this.readUsed();
  }

  addTo(symbols: ComputedSymbol[], notes: AssemblyNote[]): void {
    const { functions, variables, aliases, ifuncs } = this.globals;
    for (const list of [functions, variables, aliases, ifuncs]) {
      for (const value of list) symbols.push(this.symbolOf(value));
    }
    const { assembly, triple = '' } = this.module;
    const plain = { irName: '', comdatIndex: NONE, isConstant: false, uncommon: undefined };
    if (assembly !== undefined) {
      const hasEscapesInNames = hasEscapedNames(this.module.identification?.producer);
      const find = (name: string) => this.definitionOf(name);
      const found = readModuleAssembly(assembly, triple, { find, hasEscapesInNames });
      for (const { name, flags } of found.symbols) symbols.push({ ...plain, name, flags });
      for (const note of found.notes) notes.push(note);
    }
    if (this.format === 'elf' && /^i[3-9]86/.test(triple)) {
      symbols.push({ ...plain, name: '_GLOBAL_OFFSET_TABLE_', flags: F.FB_undefined | F.FB_global | F.FB_used });
    }
  }

  private symbolOf(value: BitcodeGlobalValue): ComputedSymbol {
    const object = this.objectOf(value);
    const irName = value.name;
    const name = this.mangler.nameOf(value, object);
    const flags = this.flagsOf(value, object, irName);
    const uncommon = this.uncommonOf(value, object, flags);
    return {
      name: value.dllStorage === 'import' ? `__imp_${name}` : name,
      irName,
      flags: uncommon === undefined ? flags : flags | F.FB_has_uncommon,
      comdatIndex: this.comdatOf(object),
      isConstant: value.kind === 'variable' && value.isConstant,
      uncommon,
    };
  }

  private flagsOf(value: BitcodeGlobalValue, object: BitcodeGlobalValue | undefined, name: string): number {
    const { linkage } = value;
    let flags: number = VISIBILITY_FLAGS[value.visibility];
    if (value.isDeclaration || linkage === 'available_externally') flags |= F.FB_undefined;
    if (isWeakLinkage(linkage)) flags |= F.FB_weak;
    if (linkage === 'common') flags |= F.FB_common;
    if (value.kind === 'alias') flags |= F.FB_indirect;
    if (this.used.has(value) || this.libcalls?.has(name) === true) flags |= F.FB_used;
    if (value.threadLocalMode !== 'none') flags |= F.FB_tls;
    if (canBeOmitted(value)) flags |= F.FB_may_omit;
    if (!value.isLocal) flags |= F.FB_global;
    const isOwn = value.kind === 'variable' && value.section === 'llvm.metadata';
    if (linkage === 'private' || name.startsWith('llvm.') || isOwn) flags |= F.FB_format_specific;
    if (value.unnamedAddress === 'unnamed_addr') flags |= F.FB_unnamed_addr;
    if (object?.kind === 'function' || object?.kind === 'ifunc') flags |= F.FB_executable;
    return flags;
  }

  private uncommonOf(
    value: BitcodeGlobalValue,
    object: BitcodeGlobalValue | undefined,
    flags: number,
  ): BitcodeUncommon | undefined {
    const isCommon = value.kind === 'variable' && value.linkage === 'common';
    const sectionName = object?.section ?? '';
    const isWeakAlias = this.format === 'coff' && value.kind === 'alias' && (flags & F.FB_weak) !== 0;
    if (!isCommon && !isWeakAlias && sectionName === '') return undefined;
    return {
      commonSize: isCommon ? this.sizeOf(value.typeId, value.hasPointerType) : 0,
      commonAlignment: isCommon ? (value.alignment ?? 0) : 0,
      coffWeakExternalFallback: isWeakAlias ? this.fallbackOf(value.aliasee) : '',
      sectionName,
    };
  }

  /** The name of what a weak alias of COFF falls back to. */
  private fallbackOf(aliasee: number): string {
    const fallback = this.constants().globalOf(aliasee);
    return fallback === undefined ? '' : this.mangler.nameOf(fallback, this.objectOf(fallback));
  }

  private sizeOf(typeId: number, isPointer: boolean): number {
    const types = this.types();
    const type = isPointer ? (types.pointee(typeId) ?? typeId) : typeId;
    return this.layout.allocatedSize(type, types) ?? 0;
  }

  private comdatOf(object: BitcodeGlobalValue | undefined): number {
    const comdat = object?.comdat;
    if (comdat === undefined) return NONE;
    // One that an old linkage implies has no record: its name stands for it.
    const key = comdat.raw === undefined ? comdat.name : comdat;
    const known = this.comdatIndexes.get(key);
    if (known !== undefined) return known;
    const { name, kind } = comdat;
    const leader = this.format === 'coff' ? this.names().get(name) : undefined;
    // A local leader does not matter to the linker.
    const index = leader?.isLocal === true ? NONE : this.comdats.length;
    this.comdatIndexes.set(key, index);
    // LLVM takes a kind that it does not know for this one.
    const knownKind = kind === 'unknown' ? 'any' : kind;
    const leaderName = leader === undefined ? name : this.mangler.nameOf(leader, this.objectOf(leader));
    if (index !== NONE) this.comdats.push({ name: leaderName, kind: knownKind });
    return index;
  }

  private objectOf(value: BitcodeGlobalValue): BitcodeGlobalValue | undefined {
    return value.kind === 'alias' ? this.constants().objectOf(value.valueId) : value;
  }

  /** What the module tells of a name that its assembly gives a version. */
  private definitionOf(name: string): ModuleDefinition | undefined {
    const value = this.names().get(name) ?? this.mangledNames().get(name);
    if (value === undefined) return undefined;
    const { linkage } = value;
    const isWeak = isWeakLinkage(linkage) || linkage === 'common';
    const binding = linkage === 'external' ? 'global' : value.isLocal ? 'local' : isWeak ? 'weak' : undefined;
    return { binding, isDefined: !value.isDeclaration && linkage !== 'available_externally' };
  }

  private names(): ReadonlyMap<string, BitcodeGlobalValue> {
    this.knownNames ??= new Map(this.globals.values.map((value) => [value.name, value]));
    return this.knownNames;
  }

  private mangledNames(): ReadonlyMap<string, BitcodeGlobalValue> {
    if (this.knownMangledNames === undefined) {
      const named = this.globals.values.filter(({ name }) => name !== '');
      this.knownMangledNames = new Map(named.map((value) => [this.mangler.nameOf(value, this.objectOf(value)), value]));
    }
    return this.knownMangledNames;
  }

  private readUsed(): ReadonlySet<BitcodeGlobalValue> {
    const used = new Set<BitcodeGlobalValue>();
    const lists = new Set(USED_LISTS);
    for (const variable of this.globals.variables) {
      // Names are unique in a module; another one of the name is not read, as all might share one long list.
      if (!lists.delete(variable.name) || variable.initializer === undefined) continue;
      const constants = this.constants();
      for (const element of constants.elements(variable.initializer) ?? []) {
        const value = constants.globalOf(element);
        if (value !== undefined) used.add(value);
      }
    }
    return used;
  }

  private constants(): BitcodeConstants {
    this.knownConstants ??= readConstants(this.module, this.globals);
    return this.knownConstants;
  }

  private types(): BitcodeTypes {
    this.knownTypes ??= readTypes(this.module);
    return this.knownTypes;
  }
}

/** Counts the names of a module, and gives how many bytes are left for those of the next ones. */
function spendNames(module: BitcodeModule, bytesLeft: number): number {
  const content = module.content();
  let left = bytesLeft;
  for (const records of [content.globals, content.comdats]) {
    for (const { string, bitOffset } of records) {
      left -= string?.size ?? 0;
      if (left >= 0) continue;
      const reason = 'the names of the file overlap so much, or are so long together, that they are not read';
      throw content.error('limit-exceeded', reason, bitOffset);
    }
  }
  return left;
}

/** LLVM reads escapes in quoted names of assembly since version 21; earlier ones wrote tables with the names as they stand. */
function hasEscapedNames(producer: string | undefined): boolean {
  const major = /^LLVM(\d+)/.exec(producer ?? '')?.[1];
  return major === undefined || Number(major) >= 21;
}

function isWeakLinkage(linkage: BitcodeGlobalValue['linkage']): boolean {
  return linkage === 'extern_weak' || linkage.startsWith('weak') || linkage.startsWith('linkonce');
}

/** Whether nothing can tell if a symbol is there: GlobalValue::canBeOmittedFromSymbolTable. */
function canBeOmitted(value: BitcodeGlobalValue): boolean {
  if (value.linkage !== 'linkonce_odr') return false;
  if (value.unnamedAddress === 'unnamed_addr') return true;
  if (value.kind === 'variable' && !value.isConstant) return false;
  return value.unnamedAddress !== 'none';
}
