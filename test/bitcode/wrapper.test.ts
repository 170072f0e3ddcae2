import { describe, expect, it } from 'vitest';
import { detectBitcode, openBitcode } from '../../src/bitcode/index.ts';
import type { BitcodeAnomaly } from '../../src/bitcode/index.ts';
import { bitcodeFile, wrap } from '../helpers/bit-writer.ts';

const STREAM = bitcodeFile();

function open(file: Uint8Array) {
  const anomalies: BitcodeAnomaly[] = [];
  const opened = openBitcode(file, { onAnomaly: (anomaly) => anomalies.push(anomaly) });
  return { file: opened, codes: anomalies.map(({ code }) => code), anomalies };
}

describe('detectBitcode', () => {
  it('tells both magics from the first four bytes', () => {
    expect(detectBitcode(STREAM.subarray(0, 4))).toBe('raw');
    expect(detectBitcode(wrap(STREAM).subarray(0, 4))).toBe('wrapper');
  });

  it('takes nothing else: too few bytes, other bitstreams', () => {
    expect(detectBitcode(STREAM.subarray(0, 3))).toBeUndefined();
    expect(detectBitcode(new TextEncoder().encode('CPCH'))).toBeUndefined();
    expect(detectBitcode(new Uint8Array())).toBeUndefined();
  });
});

describe('the wrapper', () => {
  it('is read, and the stream in it', () => {
    const { file, codes } = open(wrap(STREAM));
    expect(file.wrapper).toEqual({ version: 0, offset: 20, size: STREAM.length, cpuType: 0x0100000c });
    expect(file.producer).toBe('LLVM16.0.6');
    expect(file.modules[0]?.bitOffset).toBe(openBitcode(STREAM).modules[0]?.bitOffset);
    expect(codes).toEqual([]);
  });

  it('may end before the CPU type, as LLVM takes it', () => {
    const { file, codes } = open(wrap(STREAM, { offset: 16 }));
    expect(file.wrapper?.cpuType).toBeUndefined();
    expect(file.producer).toBe('LLVM16.0.6');
    expect(codes).toEqual(['wrapper-field']);
  });

  it('may have any version, and the stream at any offset', () => {
    const { file, anomalies } = open(wrap(STREAM, { version: 99, offset: 41, trailing: 3 }));
    expect(file.modules[0]?.triple).toBe('aarch64-unknown-linux-gnu');
    expect(anomalies.map(({ code, location }) => [code, location.offset])).toEqual([
      ['wrapper-field', 4],
      ['wrapper-field', 8],
    ]);
  });

  it('may have bytes behind it, which are reported where they are no padding', () => {
    expect(open(wrap(STREAM, { trailing: 12 })).codes).toEqual([]);
    expect(open(wrap(STREAM, { trailing: 16 })).codes).toEqual(['trailing-bytes']);
  });

  it.each([
    ['a stream that reaches beyond the file', wrap(STREAM, { size: STREAM.length + 100 }), 'out-of-bounds'],
    ['a size of all ones', wrap(STREAM, { size: 0xffffffff }), 'out-of-bounds'],
    ['a stream without magic', wrap(new Uint8Array(STREAM.length)), 'bad-magic'],
    ['an empty stream', wrap(STREAM, { size: 0 }), 'bad-magic'],
    ['a header that is cut', wrap(STREAM).subarray(0, 12), 'truncated'],
    ['a size that is no multiple of four', wrap(STREAM, { trailing: 1 }), 'bad-value'],
    ['a wrapper in a wrapper', wrap(wrap(STREAM)), 'bad-magic'],
  ])('is refused with %s', (_, file, code) => {
    expect(() => open(file)).toThrow(expect.objectContaining({ code }) as Error);
  });
});
