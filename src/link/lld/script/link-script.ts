// A linker script as far as a dry run needs it: the inputs and symbols it names.

/** A script, read. */
export interface LinkScript {
  /** What it says, in order. */
  readonly commands: readonly ScriptCommand[];
  /** The errors of a linker that parses it, in its words, with the place: `x.lds:3: unexpected EOF`. */
  readonly errors: readonly string[];
}

/** One command that matters to resolution. */
export type ScriptCommand =
  /** An entry of `INPUT` or `GROUP`. Names that begin with `-l` are libraries. */
  | { readonly kind: 'input'; readonly name: string; readonly asNeeded: boolean; readonly group: number }
  | { readonly kind: 'entry'; readonly name: string }
  /** `EXTERN` */
  | { readonly kind: 'extern'; readonly names: readonly string[] }
  | { readonly kind: 'search-dir'; readonly path: string }
  | { readonly kind: 'output-format'; readonly names: readonly string[] }
  | { readonly kind: 'output-arch'; readonly name: string }
  /** An assignment, at top level or within SECTIONS. `.` is left out. */
  | {
      readonly kind: 'assign';
      readonly name: string;
      readonly provide: boolean;
      readonly hidden: boolean;
      /** Symbols that its expression names, `DEFINED(x)` left out. */
      readonly references: readonly string[];
      /** The value where the expression is a constant. */
      readonly value: bigint | undefined;
      /** Whether it stands in an output section, where it is no absolute symbol. */
      readonly inSection: boolean;
      readonly line: number;
    }
  /** An output section, by its name and the patterns of its input sections. `/DISCARD/` drops what it takes. */
  | {
      readonly kind: 'section';
      readonly name: string;
      readonly keep: readonly string[];
      readonly patterns: readonly string[];
    }
  | { readonly kind: 'version'; readonly nodes: readonly VersionNode[] };

/** A node of a version script; the anonymous one has the name ''. */
export interface VersionNode {
  readonly name: string;
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
