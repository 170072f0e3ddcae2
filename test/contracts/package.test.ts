// Promises of package.json to those who install the package.

import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

const ENTRIES = [
  'archive',
  'elf',
  'elf/constants',
  'elf/content',
  'elf/validate',
  'bitcode',
  'bitcode/runtime-calls',
  'link',
  'audit',
  'kbuild',
  'node',
];

describe('package.json', () => {
  it('names the runtime dependencies that were agreed on, in exact versions', () => {
    expect(packageJson.dependencies).toEqual({
      '@noble/hashes': '2.4.0',
      '@webassemblyjs/leb128': '1.14.1',
      commander: '14.0.3',
      fflate: '0.8.3',
      fzstd: '0.1.1',
    });
    expect(packageJson).not.toHaveProperty('peerDependencies');
    expect(packageJson).not.toHaveProperty('optionalDependencies');
  });

  it('runs nothing at installation', () => {
    expect(Object.keys(packageJson.scripts)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(pre|post)?install$/)]),
    );
  });

  it('publishes ES modules only, types first', () => {
    expect(packageJson.type).toBe('module');
    const entries = Object.entries(packageJson.exports).filter(([, target]) => typeof target !== 'string');
    expect(entries.map(([entry]) => entry)).toEqual(['.', ...ENTRIES.map((folder) => `./${folder}`)]);
    for (const [entry, target] of entries) {
      const base = `./dist/${entry === '.' ? '' : entry.slice(2).concat('/')}index`;
      expect(Object.entries(target)).toEqual([
        ['types', `${base}.d.ts`],
        ['default', `${base}.js`],
      ]);
    }
  });

  it('tells bundlers that modules have no side effects', () => {
    expect(packageJson.sideEffects).toBe(false);
  });

  it('asks for the first Node 20 that can require() an ES module', () => {
    expect(packageJson.engines).toEqual({ node: '>=20.19' });
  });

  it('packs the build, the schemas and the pages of the rules, and no sources', () => {
    expect(packageJson.files).toEqual(['dist', 'schema', 'docs/rules', 'CHANGELOG.md']);
  });
});
