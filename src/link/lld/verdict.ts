// What the linker would say, as data.

/** What a verdict is about. */
export type LinkVerdictKind =
  | 'bad-argument'
  | 'missing-input'
  | 'missing-library'
  | 'unknown-emulation'
  | 'script-error'
  | 'unknown-file-type'
  | 'damaged-input'
  | 'damaged-archive'
  | 'missing-member'
  | 'incompatible'
  | 'unreadable-bitcode'
  | 'duplicate-symbol'
  | 'undefined-symbol'
  | 'undefined-in-shared-library'
  | 'discarded-section'
  | 'tls-mismatch'
  | 'version'
  | 'lto'
  | 'other';

/** One thing that the linker says, or would say if it came so far. */
export interface LinkVerdict {
  readonly kind: LinkVerdictKind;
  readonly severity: 'error' | 'warning' | 'note';
  /** `possible`: only code generation or section garbage collection could tell. */
  readonly certainty: 'certain' | 'possible';
  /** Whether the linker comes so far: an error of an earlier stage ends the link before. */
  readonly isReached: boolean;
  /** The linker's words: its lines without the program's name and `error: `, as the linker that was asked about says them. */
  readonly message: string;
  /** The symbol it is about, not demangled. */
  readonly symbol?: string;
  /** Files it is about, as the linker writes their names. */
  readonly files: readonly string[];
}
