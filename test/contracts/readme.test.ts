import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import { describe, expect, it } from 'vitest';

const ROOT = resolve(import.meta.dirname, '../..');
const README = readFileSync(join(ROOT, 'README.md'), 'utf8');
const EXAMPLES = [...README.matchAll(/```ts\n([^]*?)```/g)].map(([, code]) => code as string);

describe('library examples of the README', () => {
  it('are there', () => {
    expect(EXAMPLES.length).toBeGreaterThanOrEqual(4);
  });

  it.each(EXAMPLES.map((code) => [code.split('\n')[1] ?? '', code]))('print what they say: %s', async (_line, code) => {
    const folder = mkdtempSync(join(tmpdir(), 'ltoscope-readme-'));
    try {
      const source = join(folder, 'example.ts');
      const program = join(folder, 'example.mjs');
      writeFileSync(source, code);
      await build({
        entryPoints: [source],
        outfile: program,
        bundle: true,
        platform: 'node',
        format: 'esm',
        alias: Object.fromEntries(
          [
            'archive',
            'bitcode/runtime-calls',
            'bitcode',
            'elf/constants',
            'elf/content',
            'elf/validate',
            'elf',
            'node',
          ].map((entry) => [`ltoscope/${entry}`, join(ROOT, `src/${entry}/index.ts`)]),
        ),
      });
      const printed = execFileSync(process.execPath, [program], { cwd: ROOT, encoding: 'utf8' });
      const promised = [...code.matchAll(/^\/\/ prints: (.*)$/gm)].map(([, line]) => line);
      expect(printed.trimEnd().split('\n')).toEqual(promised);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
