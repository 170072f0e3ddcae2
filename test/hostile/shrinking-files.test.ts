// A file that becomes shorter, or a disk that fails, while a file is read: in the process, where the moment can be chosen.

import { truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ByteRange, FormatError, memorySource } from '../../src/bytes/index.ts';
import type { ByteSource } from '../../src/bytes/index.ts';
import { openArchive } from '../../src/archive/index.ts';
import { openBitcode } from '../../src/bitcode/index.ts';
import { openElf } from '../../src/elf/index.ts';
import { listSymbols, NameInterner, readFacts, walkInputs } from '../../src/link/index.ts';
import type { InputHost, OpenedFile, Walked } from '../../src/link/index.ts';
import { fileHost } from '../../src/node/index.ts';
import { archive } from '../helpers/archive-builder.ts';
import { readFixture } from '../helpers/fixtures.ts';
import { temporaryFolder } from '../helpers/temporary.ts';

const OBJECT = readFixture('kernel/arch/head.o');
const BITCODE = readFixture('kernel/init/main.o');

/** A source that promises all of `bytes`, and has only the first `available`. */
function shortSource(bytes: Uint8Array, available: number): ByteSource {
  const whole = memorySource(bytes);
  const left = (offset: number, length: number) => Math.max(0, Math.min(length, available - offset));
  return {
    size: bytes.length,
    read: (offset, length) => whole.read(offset, left(offset, length)),
    readInto(offset, target) {
      const part = whole.read(offset, left(offset, target.length));
      target.set(part);
      return part.length;
    },
  };
}

/** A host that cuts each file when it has just been opened. */
function cuttingHost(size: number): InputHost {
  return {
    open(file) {
      const opened = fileHost.open(file);
      if (!('kind' in opened)) truncateSync(file, size);
      return opened;
    },
  };
}

function truncated(run: () => unknown): void {
  let failure: unknown;
  try {
    run();
  } catch (error) {
    failure = error;
  }
  expect(failure).toBeInstanceOf(FormatError);
  expect((failure as FormatError).code).toBe('truncated');
  expect((failure as FormatError).message).toMatch(/^file\.o at 0x[0-9a-f]+: .*became shorter/);
}

function factsAndFaults(source: ByteSource): readonly string[] {
  const { faults } = readFacts(ByteRange.ofSource(source, ['file.o']), new NameInterner());
  return faults.map((fault) => (fault.kind === 'malformed' ? fault.code : fault.kind));
}

describe('a source whose reads come short', () => {
  it.each([
    ['ELF', OBJECT],
    ['bitcode', BITCODE],
  ])('gives only FormatErrors out of the reader of %s, wherever it ends', (format, bytes) => {
    let failures = 0;
    for (let available = 0; available < bytes.length; available += 1) {
      const range = ByteRange.ofSource(shortSource(bytes, available), ['file.o']);
      try {
        for (const symbol of listSymbols(range)) expect(symbol.name).toBeTypeOf('string');
      } catch (error) {
        if (!(error instanceof FormatError)) throw new Error(`${format} cut at ${available}`, { cause: error });
        failures += 1;
      }
    }
    expect(failures).toBeGreaterThan(bytes.length / 2);
  });

  it.each([
    ['openElf', () => openElf(ByteRange.ofSource(shortSource(OBJECT, 20), ['file.o']))],
    ['openBitcode', () => openBitcode(ByteRange.ofSource(shortSource(BITCODE, 2), ['file.o']))],
    [
      'openArchive',
      () => {
        const bytes = archive([{ name: 'a.o', data: OBJECT }]);
        return [...openArchive(ByteRange.ofSource(shortSource(bytes, 30), ['file.o'])).members()];
      },
    ],
  ])('makes %s say that the file became shorter', (_name, open) => {
    truncated(open);
  });

  it.each([
    ['ELF', OBJECT],
    ['bitcode', BITCODE],
  ])('makes faults, and no errors, in the facts of %s', (_format, bytes) => {
    for (let available = 0; available < bytes.length; available += 7) {
      for (const code of factsAndFaults(shortSource(bytes, available))) expect(code).toBe('truncated');
    }
    expect(factsAndFaults(shortSource(bytes, 40))).toEqual(['truncated']);
    expect(factsAndFaults(shortSource(bytes, bytes.length))).toEqual([]);
  });
});

describe('a file that is cut between opening and reading', () => {
  const SCRATCH = new Uint8Array(1 << 16);

  function walk(file: string, host: InputHost, scratch?: Uint8Array): Walked[] {
    return [...walkInputs(host, file, scratch === undefined ? {} : { scratch })];
  }

  it.each([
    ['read whole', SCRATCH],
    ['read by range', undefined],
  ])('is a failure of the walk or a fault of the input (%s)', (_title, scratch) => {
    const folder = temporaryFolder({ 'file.o': OBJECT });
    const file = join(folder, 'file.o');
    const found: string[] = [];
    for (const walked of walkInputs(cuttingHost(100), file, scratch === undefined ? {} : { scratch })) {
      if (walked.kind === 'failure') found.push(walked.failure.reason);
      if (walked.kind !== 'input' || walked.range === undefined) continue;
      const { faults } = readFacts(walked.range, new NameInterner());
      for (const fault of faults) found.push(fault.kind === 'malformed' ? fault.reason : fault.kind);
    }
    expect(found).toEqual([expect.stringContaining('became shorter')]);
  });

  it('to nothing is a failure as well', () => {
    const folder = temporaryFolder({ 'file.o': OBJECT });
    const [walked] = walk(join(folder, 'file.o'), cuttingHost(0), SCRATCH);
    expect(walked).toMatchObject({ kind: 'failure', failure: { kind: 'malformed', code: 'truncated' } });
  });

  it('as an archive gives the members in front of the cut', () => {
    const bytes = archive([
      { name: 'a.o', data: OBJECT },
      { name: 'b.o', data: OBJECT },
    ]);
    const folder = temporaryFolder({ 'lib.a': bytes });
    const walked = walk(join(folder, 'lib.a'), cuttingHost(8 + 60 + OBJECT.length + 10));
    expect(walked.map(({ kind, path }) => [kind, path.at(-1)])).toEqual([
      ['archive', join(folder, 'lib.a')],
      ['input', 'a.o'],
      ['failure', join(folder, 'lib.a')],
    ]);
  });

  it('and given its bytes back is read', () => {
    const folder = temporaryFolder({ 'file.o': OBJECT });
    const file = join(folder, 'file.o');
    walk(file, cuttingHost(10), SCRATCH);
    writeFileSync(file, OBJECT);
    expect(walk(file, fileHost, SCRATCH).map(({ kind }) => kind)).toEqual(['input']);
  });
});

describe('a file whose descriptor fails', () => {
  it('reads as one that became shorter', () => {
    const folder = temporaryFolder({ 'file.o': OBJECT });
    const opened = fileHost.open(join(folder, 'file.o')) as OpenedFile;
    opened.close();
    expect(opened.source.read(0, 16)).toHaveLength(0);
    truncated(() => openElf(ByteRange.ofSource(opened.source, ['file.o'])));
  });
});
