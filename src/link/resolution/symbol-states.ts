// What each name stands for while inputs are resolved and afterwards: columns by the number of the name.

/** What a name stands for. */
export const STATES = {
  /** Nobody has named it. */
  NONE: 0,
  UNDEFINED: 1,
  /** Defined by an object, bitcode or a script. */
  DEFINED: 2,
  COMMON: 3,
  /** Defined by a shared library. */
  SHARED: 4,
  /** Defined by an archive member, or an input of `--start-lib`, that is not taken yet. */
  LAZY: 5,
} as const;

/** How a name is bound: by its definition, else by its references. */
export const BINDINGS = { GLOBAL: 0, WEAK: 1, UNIQUE: 2 } as const;

/** Who named a symbol, as bits. */
export const REFERENCES = {
  /** A native object, undefined. */
  OBJECT: 1,
  /** Bitcode, undefined. */
  BITCODE: 2,
  /** A shared library, undefined. */
  SHARED: 4,
  /** The command line or a script. */
  COMMAND: 8,
} as const;

/** No input: what the command line or a script names. */
export const NO_INPUT = -1;

const { UNDEFINED, NONE } = STATES;

/** The states of all names of a link. Reading a name that came later than the last {@link grow} gives zeros. */
export class SymbolStates {
  /** Values of {@link STATES}. */
  state = new Uint8Array(0);
  /** Values of {@link BINDINGS}. */
  binding = new Uint8Array(0);
  /** ELF's numbers, merged over objects and bitcode: the most constraining counts. */
  visibility = new Uint8Array(0);
  /** Bits of {@link REFERENCES}. */
  references = new Uint8Array(0);
  /** The input that defines it or, while it is undefined, the first that named it. */
  input = new Int32Array(0);
  /** The row in that input's symbols. */
  row = new Int32Array(0);
  /** The input that brought the COMDAT group of this name first, or -1. */
  groupOwner = new Int32Array(0);

  /** Makes room for names up to a number. */
  grow(count: number): void {
    if (count <= this.state.length) return;
    const length = Math.max(count, this.state.length * 2);
    this.state = copied(this.state, new Uint8Array(length));
    this.binding = copied(this.binding, new Uint8Array(length));
    this.visibility = copied(this.visibility, new Uint8Array(length));
    this.references = copied(this.references, new Uint8Array(length));
    this.input = copied(this.input, new Int32Array(length).fill(NO_INPUT));
    this.row = copied(this.row, new Int32Array(length).fill(-1));
    this.groupOwner = copied(this.groupOwner, new Int32Array(length).fill(NO_INPUT));
  }

  /** Whether a name is used and nothing defines it, weak references included. */
  isUndefined(name: number): boolean {
    const state = this.state[name] ?? NONE;
    return state === UNDEFINED || (state === STATES.LAZY && this.references[name] !== 0);
  }
}

function copied<T extends Uint8Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
