// An input of a dry run: where it stands, what it is, and what it brings to resolution.

import type { ResolvableInput } from '../resolution/resolver.ts';
import type { SharedLibraryFacts } from '../symbols/input-symbols.ts';
import type { VerdictDraft } from './verdict-list.ts';

/** One input of a link line: a file, or a member of an archive. */
export interface LoadedInput extends ResolvableInput {
  /** Position among all inputs, in the order of the line. */
  readonly number: number;
  /** The name that the linker writes: members in parentheses behind their archive. */
  readonly name: string;
  /** The file on disk that holds the bytes, where in it they begin, and how many they are. */
  readonly file: string;
  readonly base: number;
  readonly size: number;
  /** The archive that it is a member of, as on the line. */
  readonly archive: string | undefined;
  /** The name of the member in it. */
  readonly memberName: string | undefined;
  readonly machine: string | undefined;
  readonly bits: 32 | 64 | undefined;
  readonly endian: 'little' | 'big' | undefined;
  /** Bitcode: the target triple. */
  readonly triple: string | undefined;
  /** Bitcode: the writer, such as `LLVM16.0.6`. */
  readonly producer: string | undefined;
  /** A shared library's own name and those that it needs. */
  readonly library: SharedLibraryFacts | undefined;
  /** Position of its header in the archive, in bytes; `undefined` for a file. */
  readonly memberOffset: number | undefined;
  /** `--just-symbols`: what it defines is taken as addresses, and nothing of it is linked. */
  readonly isJustSymbols: boolean;
  /** `--as-needed` holds for it. */
  readonly asNeeded: boolean;
  /** Number of the `--start-group` around it, or -1. */
  readonly group: number;
  /** What the linker says when it takes this input for a symbol; `undefined`: nothing. */
  readonly refusal: ((symbol: string) => VerdictDraft) | undefined;
}
