import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { BITCODE_HEADERS, checkBitcodeCodes } from '../../scripts/check-bitcode-codes.ts';

describe.skipIf(!existsSync(BITCODE_HEADERS))('codes of bitcode, against the headers of llvm-22-dev', () => {
  it('are those of the headers, and all of them', () => {
    const { compared, differences } = checkBitcodeCodes();
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(350);
  });
});
