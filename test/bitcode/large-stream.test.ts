// A bitstream in which places are further than 2^32 bits from the start: half a gigabyte that nobody reads lies before the
// module.

import { describe, expect, it } from 'vitest';
import {
  IRSYMTAB_FLAGS,
  openBitcode,
  readFunctionBodies,
  readGlobals,
  readModuleFlags,
} from '../../src/bitcode/index.ts';
import { ByteRange } from '../../src/bytes/index.ts';
import type { ByteSource } from '../../src/bytes/index.ts';
import { bitcodeFile } from '../helpers/bit-writer.ts';
import { formatErrorOf } from '../helpers/errors.ts';
import { fixturesOfKind, readFixture } from '../helpers/fixtures.ts';

const MAGIC_BYTES = 4;
const HEADER_BYTES = 8;
const FILLER_WORDS = 2 ** 27 + 3;
const READ_MAX = 1 << 20;

/** A block of an id that LLVM does not have, whose content is never looked at. */
function fillerHeader(): Uint8Array {
  const header = new Uint8Array(HEADER_BYTES);
  const data = new DataView(header.buffer);
  // ENTER_SUBBLOCK in two bits, the id as VBR8, the width of abbreviation ids as VBR4; padding; the length.
  data.setUint32(0, 1 | (99 << 2) | (2 << 10), true);
  data.setUint32(4, FILLER_WORDS, true);
  return header;
}

/** The file with the filler behind its magic, as a source that refuses to be read as a whole. */
function withFiller(file: Uint8Array): ByteSource {
  const start = MAGIC_BYTES + HEADER_BYTES;
  const end = start + FILLER_WORDS * 4;
  const head = new Uint8Array(start);
  head.set(file.subarray(0, MAGIC_BYTES));
  head.set(fillerHeader(), MAGIC_BYTES);
  const tail = file.subarray(MAGIC_BYTES);
  return {
    size: end + tail.length,
    read(offset, length) {
      if (length > READ_MAX) throw new Error(`${length} bytes are read at once`);
      const bytes = new Uint8Array(length);
      if (offset < start) bytes.set(head.subarray(offset, offset + length));
      const from = Math.max(offset, end);
      if (from < offset + length) bytes.set(tail.subarray(from - end, offset + length - end), from - offset);
      return bytes;
    },
  };
}

describe('bitcode beyond 2^32 bits', () => {
  it('has its places there, and the same symbols', () => {
    const file = bitcodeFile({
      modules: [{ version: 2, triple: 'x86_64-linux-gnu', summary: 'thin' }],
      symbols: { triple: 'x86_64-linux-gnu', symbols: [{ name: 'far', flags: IRSYMTAB_FLAGS.FB_global }] },
    });
    const large = openBitcode(ByteRange.ofSource(withFiller(file), ['large.bc']));
    const [module] = large.modules;
    expect(module?.bitOffset).toBe(
      (openBitcode(file).modules[0]?.bitOffset ?? 0) + (HEADER_BYTES + FILLER_WORDS * 4) * 8,
    );
    expect(module?.bitOffset).toBeGreaterThan(2 ** 32);
    expect([module?.triple, module?.summaryKind, large.symbolTable()?.name(0)]).toEqual([
      'x86_64-linux-gnu',
      'thin',
      'far',
    ]);
  });

  it('says where damage is', () => {
    const file = bitcodeFile({ modules: [{ version: 2, triple: 'x', items: (w) => w.id(7) }] });
    const [module] = openBitcode(ByteRange.ofSource(withFiller(file), ['large.bc'])).modules;
    const { code, location } = formatErrorOf(() => module?.triple);
    expect(code).toBe('bad-value');
    expect(location.offset).toBeGreaterThan(2 ** 29);
  });

  it.each(fixturesOfKind('bitcode', 'versions'))('gives the same answers: %s', (name) => {
    const bytes = readFixture(name);
    const [near] = openBitcode(bytes).modules;
    const [far] = openBitcode(ByteRange.ofSource(withFiller(bytes), ['large.bc'])).modules;
    if (near === undefined || far === undefined) throw new Error('no module');
    const answers = (module: typeof near) => ({
      names: readGlobals(module).values.map((value) => [value.name, value.linkage]),
      flags: readModuleFlags(module).map(({ key, value }) => [key, value]),
      bodies: readFunctionBodies(module).map(({ instructionCount, basicBlockCount }) => [
        instructionCount,
        basicBlockCount,
      ]),
    });
    expect(answers(far)).toEqual(answers(near));
  });
});
