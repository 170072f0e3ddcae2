// The root entry in a real browser: bundled as an application would, opened in headless Chromium, on bytes out of a File.

import { build } from 'esbuild';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readFixture } from '../helpers/fixtures.ts';
import { describeWithTools, run } from '../helpers/tools.ts';
import { factsOf } from './facts.ts';

const FIXTURES = ['versions/clang-16/elf.o', 'versions/clang-16/thin.o', 'versions/clang-22/full.o', 'archives/gnu.a'];

/** The page writes what it found as JSON into an element; text in HTML needs no more than this to be unescaped. */
const RESULT = /<output>([^<]*)<\/output>/;
const unescapeHtml = (text: string): string =>
  text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');

const page = (script: string, files: Readonly<Record<string, string>>): string => `<!doctype html>
<meta charset="utf-8">
<output></output>
<script>${script.replaceAll('</', '<\\/')}</script>
<script type="module">
const answers = {};
try {
  for (const [name, text] of Object.entries(${JSON.stringify(files)})) {
    const file = new File([Uint8Array.from(atob(text), (character) => character.charCodeAt(0))], name);
    answers[name] = application.factsOf(new Uint8Array(await file.arrayBuffer()));
  }
} catch (error) {
  answers.error = String(error);
}
document.querySelector('output').textContent = JSON.stringify(answers);
</script>
`;

async function bundleForBrowser(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('facts.ts', import.meta.url))],
    bundle: true,
    format: 'iife',
    globalName: 'application',
    platform: 'browser',
    target: 'es2022',
    write: false,
  });
  return outputFiles.map(({ text }) => text).join('');
}

describeWithTools('in Chromium', ['chromium'], ([chromium]) => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ltoscope-browser-'));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  });

  it('reads objects, bitcode and archives as in Node', async () => {
    const files = FIXTURES.map((name) => [name, Buffer.from(readFixture(name)).toString('base64')] as const);
    const path = join(folder, 'page.html');
    writeFileSync(path, page(await bundleForBrowser(), Object.fromEntries(files)));

    // On a busy machine Chromium may print the page before its script has run.
    let found: string | undefined;
    let said = '';
    for (let attempt = 0; attempt < 4 && (found === undefined || found === ''); attempt += 1) {
      const { stdout, stderr } = run(chromium, [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        `--user-data-dir=${join(folder, `profile-${attempt}`)}`,
        '--virtual-time-budget=20000',
        '--dump-dom',
        pathToFileURL(path).href,
      ]);
      found = RESULT.exec(stdout)?.[1];
      said = stderr;
    }
    expect(found, said).toBeDefined();
    const expected = Object.fromEntries(FIXTURES.map((name) => [name, factsOf(readFixture(name))]));
    expect(JSON.parse(unescapeHtml(found ?? ''))).toEqual(expected);
  });
});
