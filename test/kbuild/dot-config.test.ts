import { describe, expect, it } from 'vitest';
import { readDotConfig } from '../../src/kbuild/index.ts';

describe('readDotConfig', () => {
  it('tells set, unset and absent options apart', () => {
    const config = readDotConfig(
      '# Linux/arm64 6.1\nCONFIG_LTO_CLANG_THIN=y\n# CONFIG_CFI_CLANG is not set\nCONFIG_X=m\n',
    );
    expect(config.get('CONFIG_LTO_CLANG_THIN')).toBe('y');
    expect(config.get('CONFIG_CFI_CLANG')).toBe('n');
    expect(config.get('CONFIG_X')).toBe('m');
    expect(config.get('CONFIG_ABSENT')).toBeUndefined();
  });

  it('keeps numbers in their spelling and takes the quotes off strings', () => {
    const config = readDotConfig('CONFIG_BASE=0x1000\nCONFIG_CC="clang \\"16\\" \\\\ x"\nCONFIG_EMPTY=""\n');
    expect([...config.values()]).toEqual(['0x1000', 'clang "16" \\ x', '']);
  });

  it('is safe with option names that objects have', () => {
    expect(readDotConfig('CONFIG___proto__=y\n').get('CONFIG___proto__')).toBe('y');
  });
});
