// A linker script as far as a dry run needs it: the inputs and symbols it names. The language is that of GNU ld's manual,
// "Linker Scripts"; what is accepted, and the words of errors, are those of ld.lld.

import type { ScriptPlace } from './script-place.ts';

/** A script, read. Plain data. */
export interface LinkScript {
  /** As the caller named it. */
  readonly name: string;
  /** What it says, in order; up to the first error. */
  readonly commands: readonly ScriptCommand[];
  /**
   * Symbols that expressions name, which the linker looks for as if they were undefined, each at its first place. Those of
   * `PROVIDE` are among them for an lld before 19; a newer one looks for them only where the provided symbol is needed.
   */
  readonly references: readonly ScriptReference[];
  /** Whether there is a SECTIONS command (one with INSERT only adds to the linker's own). */
  readonly hasSections: boolean;
  /** Memory regions and their aliases, in order. */
  readonly regions: readonly ScriptRegion[];
  /** The errors of a linker that parses it: at most one, in its words, with its place (`x.lds:3: unexpected EOF`). */
  readonly errors: readonly string[];
  /** The same of warnings. */
  readonly warnings: readonly string[];
}

/** A region of MEMORY, or another name of one. */
export interface ScriptRegion {
  readonly name: string;
  /** Absent where it is no constant. */
  readonly origin: bigint | undefined;
  /** Absent where it is no constant. */
  readonly length: bigint | undefined;
}

/** A symbol that an expression names. */
export interface ScriptReference {
  readonly name: string;
  /** `x.lds:3`, as in `x.lds:3: symbol not found: foo`. */
  readonly place: string;
}

/** One command that matters to resolution. */
export type ScriptCommand =
  | ScriptInput
  | ScriptAssignment
  | ScriptAssertion
  | ScriptSection
  | { readonly kind: 'entry'; readonly name: string }
  /** `EXTERN` */
  | { readonly kind: 'extern'; readonly names: readonly string[] }
  | { readonly kind: 'search-dir'; readonly path: string }
  /** `OUTPUT`, in force if the command line names no output. */
  | { readonly kind: 'output'; readonly path: string }
  | ScriptOutputFormat
  /** `TARGET`: the format of the inputs behind it. */
  | { readonly kind: 'target'; readonly format: 'elf' | 'binary' }
  | { readonly kind: 'version'; readonly nodes: readonly VersionNode[] };

/** An entry of `INPUT` or `GROUP`. */
export interface ScriptInput {
  readonly kind: 'input';
  /** As written, without quotes; `-lfoo` is a library, `=path` is relative to the system root. */
  readonly name: string;
  readonly asNeeded: boolean;
  /** Number of the `GROUP` around it, counting from 0; -1 in `INPUT`. */
  readonly group: number;
  /** Where it stands, for `unable to find …`. */
  readonly place: ScriptPlace;
}

/** An assignment, at top level or within SECTIONS. Those to `.` are left out. */
export interface ScriptAssignment {
  readonly kind: 'assign';
  readonly name: string;
  readonly provide: boolean;
  readonly hidden: boolean;
  /** `+=` and its like: the old value is used, so that the symbol has to be defined before. */
  readonly isCompound: boolean;
  /** Symbols that its expression names, those in `DEFINED` left out. */
  readonly references: readonly ScriptReference[];
  /** The value where the expression is a constant. */
  readonly value: bigint | undefined;
  /** Whether it stands in the description of an output section, where constants are relative to the section. */
  readonly inSection: boolean;
  /** `x.lds:3` */
  readonly place: string;
  /** What the linker says when it computes the value, if the text alone tells: `x.lds:3: division by zero`. */
  readonly problem: string | undefined;
}

/** `ASSERT`, as a command. */
export interface ScriptAssertion {
  readonly kind: 'assert';
  readonly message: string;
  readonly references: readonly ScriptReference[];
  /** The value where the expression is a constant; 0 fails the link. */
  readonly value: bigint | undefined;
}

/** An output section. `/DISCARD/` drops what it takes. */
export interface ScriptSection {
  readonly kind: 'section';
  readonly name: string;
  readonly inputs: readonly SectionInput[];
}

/** Which input sections an output section takes. */
export interface SectionInput {
  /** Pattern of the file; empty for a class. */
  readonly file: string;
  readonly keep: boolean;
  /** Patterns of sections, those of all files in their order. */
  readonly patterns: readonly string[];
}

/** `OUTPUT_FORMAT`. */
export interface ScriptOutputFormat {
  readonly kind: 'output-format';
  /** Of the three names the one in force. */
  readonly name: string;
  /** What the name stands for; absent for `binary`. */
  readonly target: OutputTarget | undefined;
}

/** What the name of an output format stands for. */
export interface OutputTarget {
  /** `e_machine` */
  readonly machine: number;
  readonly elfClass: 32 | 64;
  readonly isBigEndian: boolean;
}

/** A node of a version script; the anonymous one has the name ''. */
export interface VersionNode {
  readonly name: string;
  /** Nodes that it names behind its brace; at most one, which lld ignores. */
  readonly parents: readonly string[];
  readonly global: readonly VersionPattern[];
  readonly local: readonly VersionPattern[];
}

/** A name or pattern of a version script or dynamic list. */
export interface VersionPattern {
  readonly pattern: string;
  readonly isGlob: boolean;
  /** In `extern "C++"`: compared with the demangled name. */
  readonly isCxx: boolean;
}
