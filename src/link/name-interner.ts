// Symbol names as integers. A link set compares hundreds of thousands of names, nearly all of which nobody ever reads, so
// names are hashed and compared as the bytes of the string tables and become text only when a finding prints them.

import { decodeName, encodeName } from '../bytes/index.ts';

// Linear probing stops here; a name that finds no slot goes into a Map. Real names need a handful of steps; only names
// made to collide get here, and must not make every later lookup slow.
const PROBE_LIMIT = 128;
const FIRST_SLOTS = 1 << 13;
const FIRST_ARENA = 1 << 18;
const NO_NAME = 0;
const AT_SIGN = 0x40;

/** Gives each distinct name (a sequence of bytes) a number, counting from 0. */
export class NameInterner {
  /** All names one after the other. */
  private arena = new Uint8Array(FIRST_ARENA);
  private arenaEnd = 0;
  /** Where each name begins in the arena; the entry behind the last name is the arena's end. */
  private starts = new Uint32Array(FIRST_SLOTS);
  private hashes = new Int32Array(FIRST_SLOTS);
  private count = 0;
  /** Number of the name plus one; a power of two of them, at most half in use. */
  private slots = new Int32Array(FIRST_SLOTS * 2);
  private overflow: Map<string, number> | undefined;
  private readonly versioned: number[] = [];
  private readonly plains = new Map<number, number>();
  /** Those that are not in {@link plains} yet. */
  private readonly newVersioned: number[] = [];

  /** How many names there are; the numbers are those below it. */
  get size(): number {
    return this.count;
  }

  /**
   * The number of a name that ends in a NUL, as in an ELF string table. A name that the table cuts off ends there.
   *
   * @param bytes - The string table.
   * @param start - First byte of the name; at most `bytes.length`.
   */
  internString(bytes: Uint8Array, start: number): number {
    let end = start;
    const { length } = bytes;
    while (end < length && bytes[end] !== 0) end += 1;
    return this.intern(bytes, start, end);
  }

  /**
   * The number of a name, given as its bytes from `start` up to `end`. The bytes are copied if the name is new.
   */
  intern(bytes: Uint8Array, start: number, end: number): number {
    const hash = hashBytes(bytes, start, end);
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (let step = 0; step < PROBE_LIMIT; step += 1) {
      const entry = this.slots[slot] as number;
      if (entry === NO_NAME) {
        const id = this.append(bytes, start, end, hash);
        this.slots[slot] = id + 1;
        if (this.count * 2 > this.slots.length) this.growSlots();
        return id;
      }
      if (this.hashes[entry - 1] === hash && this.equals(entry - 1, bytes, start, end)) return entry - 1;
      slot = (slot + 1) & mask;
    }
    return this.internInOverflow(bytes, start, end, hash);
  }

  /** The number of a name that is here already. Nothing is added. */
  find(name: string): number | undefined {
    const bytes = encodeName(name);
    const hash = hashBytes(bytes, 0, bytes.length);
    const mask = this.slots.length - 1;
    let slot = hash & mask;
    for (let step = 0; step < PROBE_LIMIT; step += 1) {
      const entry = this.slots[slot] as number;
      if (entry === NO_NAME) return undefined;
      if (this.hashes[entry - 1] === hash && this.equals(entry - 1, bytes, 0, bytes.length)) return entry - 1;
      slot = (slot + 1) & mask;
    }
    return this.overflow?.get(name);
  }

  /** The number of a name that is given as text; it is added if it is new. */
  internText(name: string): number {
    const bytes = encodeName(name);
    return this.intern(bytes, 0, bytes.length);
  }

  /** The names with a version, `name@VERSION` and `name@@VERSION`. */
  versionedNames(): readonly number[] {
    return this.versioned;
  }

  /** The name as text (see `decodeName`). Costs a decoding at each call. */
  text(id: number): string {
    return decodeName(this.arena, this.starts[id], this.starts[id + 1]);
  }

  /** Whether the name is the bytes from `start` up to `end`. */
  isName(id: number, bytes: Uint8Array, start: number, end: number): boolean {
    return this.equals(id, bytes, start, end);
  }

  /** Bytes of the name. */
  byteLength(id: number): number {
    return (this.starts[id + 1] ?? 0) - (this.starts[id] ?? 0);
  }

  /**
   * The names whose first `@` is doubled, `name@@VERSION`, which lld files under `name`: from the number of the whole to
   * that of `name`. Hardly any input has one.
   */
  plainNames(): ReadonlyMap<number, number> {
    for (const id of this.newVersioned.splice(0)) {
      const start = this.starts[id] as number;
      this.plains.set(id, this.intern(this.arena, start, this.arena.indexOf(AT_SIGN, start)));
    }
    return this.plains;
  }

  private equals(id: number, bytes: Uint8Array, start: number, end: number): boolean {
    const from = this.starts[id] as number;
    const length = (this.starts[id + 1] as number) - from;
    if (length !== end - start) return false;
    const { arena } = this;
    for (let i = 0; i < length; i += 1) if (arena[from + i] !== bytes[start + i]) return false;
    return true;
  }

  private append(bytes: Uint8Array, start: number, end: number, hash: number): number {
    const length = end - start;
    if (length > this.arena.length - this.arenaEnd) this.growArena(length);
    if (this.count + 2 > this.starts.length) this.growColumns();
    const { arena, arenaEnd } = this;
    const id = this.count;
    let firstAt = -1;
    for (let i = 0; i < length; i += 1) {
      const byte = bytes[start + i] as number;
      arena[arenaEnd + i] = byte;
      if (byte === AT_SIGN && firstAt === -1) firstAt = i;
    }
    if (firstAt > 0) this.versioned.push(id);
    if (firstAt > 0 && firstAt + 1 < length && bytes[start + firstAt + 1] === AT_SIGN) this.newVersioned.push(id);
    this.arenaEnd = arenaEnd + length;
    this.hashes[id] = hash;
    this.starts[id + 1] = this.arenaEnd;
    this.count = id + 1;
    return id;
  }

  private growArena(needed: number): void {
    const larger = new Uint8Array(Math.max(this.arena.length * 2, this.arenaEnd + needed));
    larger.set(this.arena.subarray(0, this.arenaEnd));
    this.arena = larger;
  }

  private growColumns(): void {
    const starts = new Uint32Array(this.starts.length * 2);
    starts.set(this.starts);
    this.starts = starts;
    const hashes = new Int32Array(this.hashes.length * 2);
    hashes.set(this.hashes);
    this.hashes = hashes;
  }

  private growSlots(): void {
    const slots = new Int32Array(this.slots.length * 2);
    const mask = slots.length - 1;
    this.slots = slots;
    this.overflow = undefined;
    for (let id = 0; id < this.count; id += 1) {
      let slot = (this.hashes[id] as number) & mask;
      let step = 0;
      while (slots[slot] !== NO_NAME && step < PROBE_LIMIT) {
        slot = (slot + 1) & mask;
        step += 1;
      }
      if (step < PROBE_LIMIT) slots[slot] = id + 1;
      else (this.overflow ??= new Map()).set(this.text(id), id);
    }
  }

  private internInOverflow(bytes: Uint8Array, start: number, end: number, hash: number): number {
    this.overflow ??= new Map();
    const text = decodeName(bytes, start, end);
    const known = this.overflow.get(text);
    if (known !== undefined) return known;
    const id = this.append(bytes, start, end, hash);
    this.overflow.set(text, id);
    return id;
  }
}

/** The mixing of MurmurHash3, a byte at a time where four are not left. */
function hashBytes(bytes: Uint8Array, start: number, end: number): number {
  let hash = end - start;
  let i = start;
  for (; i <= end - 4; i += 4) {
    const word =
      (bytes[i] as number) |
      ((bytes[i + 1] as number) << 8) |
      ((bytes[i + 2] as number) << 16) |
      ((bytes[i + 3] as number) << 24);
    hash = mix(hash, word);
  }
  let rest = 0;
  for (; i < end; i += 1) rest = (rest << 8) | (bytes[i] as number);
  hash = mix(hash, rest);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

function mix(hash: number, word: number): number {
  let key = Math.imul(word, 0xcc9e2d51);
  key = Math.imul((key << 15) | (key >>> 17), 0x1b873593);
  const mixed = hash ^ key;
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}
