import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { checkConstants, LLVM_HEADERS } from '../../scripts/check-constants.ts';

describe.skipIf(!existsSync(LLVM_HEADERS))('constants, against the headers of llvm-22-dev', () => {
  it('are those of the headers, and all of them', () => {
    const { compared, differences } = checkConstants();
    expect(differences).toEqual([]);
    expect(compared).toBeGreaterThan(3000);
  });
});
