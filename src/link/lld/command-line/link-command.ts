// A linker's command line as the rest of the dry run sees it: inputs in order, each with the switches that hold where it
// stands, and the options that decide what is linked and what is an error.

import type { Linker } from '../../linker.ts';

/** A command line, read. Plain data; nothing on disk was looked at but response files. */
export interface LinkCommand {
  /** The program as it was called, `argv[0]`. */
  readonly program: string;
  /** The linker and its version as far as the program's name tells: `ld.lld-16` does, `ld.lld` only the family. */
  readonly linker: Linker | undefined;
  /** Inputs and what else has a place among them, in the order of the command line. */
  readonly items: readonly LinkItem[];
  readonly options: LinkOptions;
  /** What the linker says of the line itself, in its words and order, and what was skipped. */
  readonly complaints: readonly CommandComplaint[];
  /** What the linker demands of the target, once it is known by `-m` or by the first input. */
  readonly targetDemands: readonly TargetDemand[];
  /** Why nothing is linked: the linker only answers a question, or it ends before it looks at an input. */
  readonly ends: 'help' | 'version' | 'response-file' | 'too-many-errors' | 'fatal' | undefined;
}

/** An option that some targets only take. */
export interface TargetDemand {
  /** `e_machine` of targets. */
  readonly machines: readonly number[];
  /** Whether these targets take it (`only`), or all others do (`except`). */
  readonly takes: 'only' | 'except';
  /** The linker's words for a target that does not take it. Said at the stage `checks`. */
  readonly message: string;
}

/** The switches that hold where an input stands. */
export interface InputState {
  /** `--whole-archive` */
  readonly wholeArchive: boolean;
  /** `--as-needed` */
  readonly asNeeded: boolean;
  /** `-Bstatic`: `-l` finds no shared library. */
  readonly isStatic: boolean;
  /** Between `--start-lib` and `--end-lib`. */
  readonly inLib: boolean;
  /** Number of the `--start-group` around it, counting from 0; -1 outside. */
  readonly group: number;
  /** `-b`, `--format`. */
  readonly format: 'default' | 'elf' | 'binary';
}

/** One thing on the line that has a place in the order. */
export type LinkItem =
  /** A file, by its path. */
  | { readonly kind: 'file'; readonly path: string; readonly state: InputState }
  /** `-l NAME`, or `-l :FILE`. */
  | { readonly kind: 'library'; readonly name: string; readonly state: InputState }
  /** `-T`; `isDefault`: `--default-script`, read after all inputs unless there was a `-T`. */
  | { readonly kind: 'script'; readonly path: string; readonly isDefault: boolean }
  /** `--defsym=NAME=EXPRESSION`; the expression is not parsed. */
  | { readonly kind: 'defsym'; readonly name: string; readonly expression: string }
  /** `-R`, `--just-symbols`. */
  | { readonly kind: 'just-symbols'; readonly path: string };

/** What `--unresolved-symbols` and its relatives come to. */
export type UnresolvedPolicy = 'report-all' | 'warn' | 'ignore';

/** Options that decide what is linked and what is an error. Absent options have the linker's default. */
export interface LinkOptions {
  /** `-o` */
  readonly output: string;
  /** `-r` */
  readonly relocatable: boolean;
  readonly shared: boolean;
  readonly pie: boolean;
  /** `-e`; absent: `_start`, which may be missing. */
  readonly entry: string | undefined;
  readonly init: string;
  readonly fini: string;
  /** `-m`, as written: the emulation. */
  readonly emulation: string | undefined;
  /** `-EL`, `-EB` */
  readonly endian: 'little' | 'big' | undefined;
  readonly sysroot: string;
  /** `--chroot`: the folder that absolute paths begin at. */
  readonly chroot: string;
  /** `-L`, in order, `=` and `$SYSROOT` not replaced yet. */
  readonly searchPaths: readonly string[];
  /** `-u`, in order. */
  readonly undefined: readonly string[];
  readonly undefinedGlob: readonly string[];
  /** `--require-defined` */
  readonly requireDefined: readonly string[];
  readonly wrap: readonly string[];
  readonly gcSections: boolean;
  /** `-z start-stop-gc` */
  readonly startStopGc: boolean;
  /** `-z defs`, `--no-undefined` */
  readonly noUndefined: boolean;
  readonly allowMultipleDefinition: boolean;
  /** `--allow-shlib-undefined`; absent: the linker's default for the kind of output. */
  readonly allowShlibUndefined: boolean | undefined;
  /** `--unresolved-symbols`, `--warn-unresolved-symbols`, `-z undefs` for references of objects. */
  readonly unresolvedSymbols: UnresolvedPolicy;
  /** The same for references of shared libraries. */
  readonly unresolvedSymbolsInShlib: UnresolvedPolicy;
  readonly noinhibitExec: boolean;
  readonly fatalWarnings: boolean;
  readonly noWarnings: boolean;
  /** 0: no limit. */
  readonly errorLimit: number;
  /** `--exclude-libs`, names; `ALL` among them. */
  readonly excludeLibs: readonly string[];
  /** Paths of `--version-script`, in order. */
  readonly versionScripts: readonly string[];
  readonly dynamicLists: readonly string[];
  /** `--export-dynamic-symbol-list`, paths. */
  readonly exportDynamicSymbolLists: readonly string[];
  readonly exportDynamic: boolean;
  readonly exportDynamicSymbols: readonly string[];
  readonly retainSymbolsFile: string | undefined;
  /** `-Bsymbolic` and its relatives. */
  readonly bsymbolic: 'none' | 'functions' | 'non-weak' | 'non-weak-functions' | 'all';
  /** `-Bsymbolic`, or a `--dynamic-list` that implies it. */
  readonly isSymbolic: boolean;
  /** `--undefined-version`: a version script may name what there is not. */
  readonly undefinedVersion: boolean;
  readonly warnCommon: boolean;
  readonly warnBackrefs: boolean;
  readonly warnBackrefsExclude: readonly string[];
  /** `--fortran-common`: archives are searched for a definition of a common symbol. */
  readonly fortranCommon: boolean;
  readonly fatLtoObjects: boolean;
  readonly thinLto: {
    /** `--thinlto-index-only`, with its list file if one is named. */
    readonly indexOnly: boolean;
    readonly emitIndexFiles: boolean;
    /** `--thinlto-single-module=`, patterns. */
    readonly singleModules: readonly string[];
  };
  /** `--lto=` */
  readonly lto: string | undefined;
  /** All that was given after `-z`, in order. */
  readonly z: readonly string[];
  /** `-mllvm` and `-plugin-opt`, as written. */
  readonly llvmOptions: readonly string[];
  /** `--icf` */
  readonly icf: 'none' | 'safe' | 'all';
  readonly ehFrameHeader: boolean;
  readonly noDynamicLinker: boolean;
  /** `-static` was given and no dynamic linking is done. */
  readonly isStatic: boolean;
  /** `--trace-symbol`, `-y`. */
  readonly traceSymbols: readonly string[];
  /** `--trace`, `-t` */
  readonly trace: boolean;
  /** `--why-extract=`, the file to write to. */
  readonly whyExtract: string | undefined;
  /** Not `--no-warn-mismatch`. */
  readonly warnMismatch: boolean;
  /** `-nostdlib`: only folders of `-L` are searched; those that scripts name are not. */
  readonly nostdlib: boolean;
  readonly demangle: boolean;
  readonly emitRelocs: boolean;
  readonly strip: 'none' | 'debug' | 'all';
  /** Not `--no-dependent-libraries`: `.deplibs` sections are followed. */
  readonly dependentLibraries: boolean;
  /** `--remap-inputs=FROM=TO`, as written, and the files of `--remap-inputs-file=`. */
  readonly remapInputs: readonly string[];
  readonly remapInputsFiles: readonly string[];
}

/** What a linker says of its command line. */
export interface CommandComplaint {
  /** `note`: we say it, not the linker. */
  readonly severity: 'error' | 'warning' | 'note';
  /**
   * What it is about: an option that the linker does not know, or one without its argument; a value; options that exclude
   * each other; the order of options; no inputs.
   */
  readonly kind:
    | 'unknown-argument'
    | 'missing-argument'
    | 'bad-value'
    | 'unknown-emulation'
    | 'response-file'
    | 'unbalanced'
    | 'conflict'
    | 'no-input'
    | 'skipped';
  /**
   * When the linker says it: while it reads the line (`line`), while it opens the inputs one by one (`inputs`; errors of
   * both are all said), after that, if nothing was wrong before (`checks`), or when the output is laid out (`late`).
   */
  readonly stage: 'line' | 'inputs' | 'checks' | 'late';
  /** The linker's script parser says it: after any other error it does not. */
  readonly isOfParser?: boolean;
  /** How many of the items stand before it; at the stage `inputs` only. */
  readonly position?: number;
  /** The linker's words, without its name in front. */
  readonly message: string;
  /** The argument it is about. */
  readonly argument?: string;
}
