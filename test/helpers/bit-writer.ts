// Writes bitstreams and bitcode files, right and wrong ones: a writer of bits, and on top of it files with the blocks of
// LLVM. Independent of src/bitcode on purpose.

/** An operand of an abbreviation: a literal, a field of a width, or an encoding without width. */
export type AbbreviationField = number | bigint | { fixed: number } | { vbr: number } | 'array' | 'char6' | 'blob';

const CHAR6 = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._';

/** Writes bits, the least significant of each byte first. */
export class BitWriter {
  private readonly out: number[] = [];
  private bitCount = 0;
  /** Width of abbreviation ids, of the innermost block last. */
  private readonly widths = [2];

  get bitOffset(): number {
    return this.bitCount;
  }

  fixed(value: number | bigint, width: number): this {
    for (let i = 0; i < width; i += 1, this.bitCount += 1) {
      if (this.bitCount % 8 === 0) this.out.push(0);
      const bit = Number((BigInt(value) >> BigInt(i)) & 1n);
      this.out[this.out.length - 1] = (this.out.at(-1) ?? 0) | (bit << (this.bitCount % 8));
    }
    return this;
  }

  vbr(value: number | bigint, width: number): this {
    let rest = BigInt(value);
    const payload = BigInt(width - 1);
    while (rest >> payload > 0n) {
      this.fixed((rest & ((1n << payload) - 1n)) | (1n << payload), width);
      rest >>= payload;
    }
    return this.fixed(rest, width);
  }

  char6(text: string): this {
    for (const character of text) this.fixed(CHAR6.indexOf(character), 6);
    return this;
  }

  align(): this {
    return this.fixed(0, (32 - (this.bitCount % 32)) % 32);
  }

  /** An abbreviation id of the current width. */
  id(id: number): this {
    return this.fixed(id, this.widths.at(-1) ?? 2);
  }

  bytes(bytes: Uint8Array): this {
    for (const byte of bytes) this.fixed(byte, 8);
    return this;
  }

  /** A block. `words` overrides its length, and `end` tells whether it has an END_BLOCK. */
  block(id: number, width: number, body: (w: this) => void, options: { words?: number; end?: boolean } = {}): this {
    this.id(1).vbr(id, 8).vbr(width, 4).align();
    const lengthAt = this.bitCount / 8;
    this.fixed(0, 32);
    this.widths.push(width);
    body(this);
    if (options.end !== false) this.id(0);
    this.align();
    this.widths.pop();
    const words = options.words ?? (this.bitCount / 8 - lengthAt - 4) / 4;
    for (let i = 0; i < 4; i += 1) this.out[lengthAt + i] = (words >>> (8 * i)) & 0xff;
    return this;
  }

  record(code: number, operands: readonly (number | bigint)[]): this {
    this.id(3).vbr(code, 6).vbr(operands.length, 6);
    for (const operand of operands) this.vbr(operand, 6);
    return this;
  }

  text(code: number, text: string): this {
    return this.record(code, [...new TextEncoder().encode(text)]);
  }

  define(fields: readonly AbbreviationField[]): this {
    this.id(2).vbr(fields.length, 5);
    for (const field of fields) {
      if (typeof field === 'number' || typeof field === 'bigint') this.fixed(1, 1).vbr(field, 8);
      else if (typeof field === 'string') this.fixed(0, 1).fixed({ array: 3, char6: 4, blob: 5 }[field], 3);
      else if ('fixed' in field) this.fixed(0, 1).fixed(1, 3).vbr(field.fixed, 5);
      else this.fixed(0, 1).fixed(2, 3).vbr(field.vbr, 5);
    }
    return this;
  }

  /** A block whose one record is a blob, as STRTAB and SYMTAB. */
  blobBlock(id: number, blob: Uint8Array): this {
    return this.block(id, 3, (w) => {
      w.define([1, 'blob']).id(4).vbr(blob.length, 6).align().bytes(blob).align();
    });
  }

  toBytes(): Uint8Array {
    return Uint8Array.from(this.out);
  }
}

/** Writes a stream that begins with the magic of bitcode. */
export function bitcode(body: (w: BitWriter) => void): Uint8Array {
  const w = new BitWriter().bytes(Uint8Array.of(0x42, 0x43, 0xc0, 0xde));
  body(w);
  return w.toBytes();
}

/** What a module shall hold; records that are absent are not written. */
export interface ModuleSpec {
  version?: number;
  triple?: string;
  dataLayout?: string;
  sourceFileName?: string;
  summary?: 'thin' | 'full';
  /** Further items, behind the texts and before the summary. */
  items?: (w: BitWriter) => void;
}

export function identificationBlock(w: BitWriter, producer: string, epoch = 0): void {
  w.block(13, 5, () => {
    w.define([1, 'array', 'char6']).define([2, { vbr: 6 }]);
    w.id(4).vbr(producer.length, 6).char6(producer).id(5).vbr(epoch, 6);
  });
}

export function moduleBlock(w: BitWriter, module: ModuleSpec): void {
  w.block(8, 3, () => {
    if (module.version !== undefined) w.record(1, [module.version]);
    if (module.triple !== undefined) w.text(2, module.triple);
    if (module.dataLayout !== undefined) w.text(3, module.dataLayout);
    if (module.sourceFileName !== undefined) {
      w.define([16, 'array', { fixed: 7 }])
        .id(4)
        .vbr(module.sourceFileName.length, 6);
      for (const byte of new TextEncoder().encode(module.sourceFileName)) w.fixed(byte, 7);
    }
    module.items?.(w);
    if (module.summary !== undefined) {
      w.block(module.summary === 'thin' ? 20 : 24, 4, () => w.record(10, [9]).record(20, [8]).record(1, [0, 0, 7]));
    }
  });
}

export interface SymbolSpec {
  name: string;
  flags: number;
  comdat?: number;
  uncommon?: { commonSize?: number; commonAlign?: number; sectionName?: string };
}

export interface SymbolTableSpec {
  version?: number;
  producer?: string;
  triple?: string;
  sourceFileName?: string;
  symbols: SymbolSpec[];
  comdats?: { name: string; kind: number }[];
  /** Symbol ranges of the modules; one with all symbols unless given. */
  modules?: [begin: number, end: number][];
  libraries?: string[];
  /** LLVM 5 wrote uncommons of version 0 without section names. */
  shortUncommons?: boolean;
}

/** Writes an irsymtab and its string table. */
export function symbolTable(spec: SymbolTableSpec): { blob: Uint8Array; strings: Uint8Array } {
  const version = spec.version ?? 3;
  let text = '';
  const string = (value: string) => {
    const offset = text.length;
    text += value;
    return [offset, value.length];
  };
  const uncommons = spec.symbols.flatMap(({ uncommon }) => (uncommon === undefined ? [] : [uncommon]));
  const modules = (spec.modules ?? [[0, spec.symbols.length]]).map(([begin, end]) => [
    begin,
    end,
    spec.symbols.slice(0, begin).filter(({ uncommon }) => uncommon !== undefined).length,
  ]);
  const tables = [
    modules,
    (spec.comdats ?? []).map(({ name, kind }) => [...string(name), ...(version >= 3 ? [kind] : [])]),
    spec.symbols.map(({ name, flags, comdat }) => [...string(name), ...string(name), comdat ?? -1, flags]),
    uncommons.map(({ commonSize = 0, commonAlign = 0, sectionName = '' }) => [
      commonSize,
      ...(version >= 4 ? [0] : []),
      commonAlign,
      ...[0, 0],
      ...(spec.shortUncommons === true ? [] : string(sectionName)),
    ]),
    ...(version >= 2 ? [(spec.libraries ?? []).map(string)] : []),
  ];
  const headerWords = version >= 2 ? 19 : 17;
  let end = headerWords;
  const ranges = tables.map((table) => {
    const range = [end * 4, table.length];
    end += table.flat().length;
    return range;
  });
  const words = [
    version,
    ...string(spec.producer ?? '16.0.6'),
    ...ranges.slice(0, 4).flat(),
    ...string(spec.triple ?? 'aarch64-unknown-linux-gnu'),
    ...string(spec.sourceFileName ?? 'a.c'),
    ...[0, 0],
    ...ranges.slice(4).flat(),
    ...tables.flat(2),
  ];
  const blob = new Uint8Array(words.length * 4);
  const view = new DataView(blob.buffer);
  words.forEach((word, i) => {
    view.setUint32(i * 4, word, true);
  });
  return { blob, strings: new TextEncoder().encode(text) };
}

export interface FileSpec {
  /** `undefined`: no IDENTIFICATION block, as before LLVM 3.8. */
  producer?: string | undefined;
  modules?: ModuleSpec[];
  symbols?: SymbolTableSpec;
}

/** Writes a file in the order of clang: each module with its identification, SYMTAB, STRTAB. */
export function bitcodeFile(spec: FileSpec = {}): Uint8Array {
  const { producer = 'LLVM16.0.6' } = spec;
  const modules = spec.modules ?? [{ version: 2, triple: 'aarch64-unknown-linux-gnu', sourceFileName: 'a.c' }];
  return bitcode((w) => {
    for (const module of modules) {
      if (!('producer' in spec) || spec.producer !== undefined) identificationBlock(w, producer);
      moduleBlock(w, module);
    }
    if (spec.symbols === undefined) return;
    const { blob, strings } = symbolTable(spec.symbols);
    w.blobBlock(25, blob).blobBlock(23, strings);
  });
}

/** Fields of a wrapper header, and the padding behind the stream. */
export interface WrapperSpec {
  version?: number;
  offset?: number;
  size?: number;
  cpuType?: number;
  trailing?: number;
}

/** Puts a stream into a wrapper. */
export function wrap(stream: Uint8Array, spec: WrapperSpec = {}): Uint8Array {
  const offset = spec.offset ?? 20;
  const trailing = spec.trailing ?? (16 - ((offset + stream.length) % 16)) % 16;
  const file = new Uint8Array(offset + stream.length + trailing);
  const header = new DataView(file.buffer);
  const words = [0x0b17c0de, spec.version ?? 0, offset, spec.size ?? stream.length, spec.cpuType ?? 0x0100000c];
  words.slice(0, Math.floor(offset / 4)).forEach((word, i) => {
    header.setUint32(i * 4, word, true);
  });
  file.set(stream, offset);
  return file;
}
