// The assembly of a module (record ASM of its MODULE block): the symbols in it, as LLVM's ModuleSymbolTable collects them by
// running its assembler with a streamer that writes down names (RecordStreamer, LLVM 13 to 22). What it writes down:
//
//   defined    labels, values given by `=` and `.set`, `.comm`, `.zerofill`, and the temporary labels that come with them
//   global     `.globl`; weak: `.weak`
//   referred   symbols in data, in values, and in operands of instructions
//   versions   `.symver`
//
// It takes no notice of visibility, types, sizes and sections, of `.local`, `.lcomm` and `.weakref`, and of symbols in
// directives that only place code (`.org`, `.fill`), describe it (`.cfi_…`) or encode numbers (`.uleb128`).
// Left out: `.include` and `.incbin`, `.altmacro`, structures of Intel syntax, and instructions of targets that
// assembly-syntax.ts does not list. What is not understood is told, and the rest is read.

import { byteText, decodeName, encodeText } from '../../bytes/index.ts';
import { AssemblyRecorder, flagsOfState } from './assembly-recorder.ts';
import type { ModuleDefinition } from './assembly-recorder.ts';
import { AssemblyReader } from './assembly-reader.ts';
import type { AssemblyNote } from './assembly-reader.ts';
import { assemblySyntaxOf } from './assembly-syntax.ts';

/** A symbol of module assembly. */
export interface AssemblySymbol {
  /** As names in symbol tables, escaped. May be empty: a label that the assembler made to know where it is. */
  readonly name: string;
  /** As in symbol tables, masks in {@link IRSYMTAB_FLAGS}. */
  readonly flags: number;
}

/** What {@link readModuleAssembly} finds. */
export interface ModuleAssembly {
  /** The symbols, each once, in the order in which they are met. Tables have them in an order of their own. */
  readonly symbols: readonly AssemblySymbol[];
  /** What was not understood; a hundred at most. Empty: the symbols are those that LLVM finds. */
  readonly notes: readonly AssemblyNote[];
}

/** Options of {@link readModuleAssembly}. */
export interface ModuleAssemblyOptions {
  /** Looks a name up among the values of the module, for the binding of `.symver`. */
  readonly find?: (name: string) => ModuleDefinition | undefined;
  /**
   * Whether `\\` and `\"` in the quotes of a name stand for one character, as LLVM reads them since version 21; up to 20 both
   * belong to the name.
   *
   * @defaultValue true
   */
  readonly hasEscapesInNames?: boolean;
}

/**
 * Reads the symbols of module assembly: one pass, with macros and repetitions expanded as far as a bound for their text.
 *
 * @param assembly - The text, as {@link BitcodeModule.assembly} gives it.
 * @param triple - Target triple of the module, which tells comments, separators and registers.
 * @returns Never throws: text that is no assembly gives few symbols, and notes.
 * @see llvm/lib/Object/ModuleSymbolTable.cpp, RecordStreamer.cpp.
 */
export function readModuleAssembly(
  assembly: string,
  triple: string,
  { find = () => undefined, hasEscapesInNames = true }: ModuleAssemblyOptions = {},
): ModuleAssembly {
  const recorder = new AssemblyRecorder(hasEscapesInNames);
  const reader = new AssemblyReader(assemblySyntaxOf(triple), recorder);
  // By bytes, as the assembler reads it: the bytes of a character may come out of different places.
  reader.read(isAscii(assembly) ? assembly : byteText(encodeText(assembly)));
  recorder.addVersions((name) => find(escaped(name)));
  const symbols: AssemblySymbol[] = [];
  for (const [name, state] of recorder.states) symbols.push({ name: escaped(name), flags: flagsOfState(state) });
  return { symbols, notes: reader.notes };
}

const isAscii = (text: string) => /^[\0-\x7f]*$/.test(text);

/** A name of characters that are bytes, as symbol tables have it. */
function escaped(name: string): string {
  return decodeName(Uint8Array.from(name, (character) => character.charCodeAt(0)));
}
