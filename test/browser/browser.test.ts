// The library in a real browser: bundled as an application would, opened in headless Chromium, on bytes out of a File; and
// ltoscope/elf alone in a worker, which reads a File by range.

import { build } from 'esbuild';
import { mkdtempSync, rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readFixture } from '../helpers/fixtures.ts';
import { describeWithTools, run } from '../helpers/tools.ts';
import { memorySource } from '../../src/bytes/index.ts';
import { elfFactsOf } from './elf-facts.ts';
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

/** The page posts a File to a worker, which reads it by range, as a ByteSource does a file on disk. */
const workerPage = (script: string, name: string, content: string): string => `<!doctype html>
<meta charset="utf-8">
<output></output>
<script type="text/worker" id="worker">${script.replaceAll('</', '<\\/')}
onmessage = ({ data: file }) => {
  const reader = new FileReaderSync();
  let bytesRead = 0;
  const read = (offset, length) => {
    bytesRead += length;
    return new Uint8Array(reader.readAsArrayBuffer(file.slice(offset, offset + length)));
  };
  try {
    postMessage({ facts: application.elfFactsOf({ size: file.size, read }), isRead: bytesRead > 0 });
  } catch (error) {
    postMessage({ error: String(error) });
  }
};
</script>
<script type="module">
const bytes = Uint8Array.from(atob('${content}'), (character) => character.charCodeAt(0));
const program = new Blob([document.querySelector('#worker').textContent], { type: 'text/javascript' });
const worker = new Worker(URL.createObjectURL(program));
worker.onmessage = ({ data }) => {
  document.querySelector('output').textContent = JSON.stringify(data);
};
worker.postMessage(new File([bytes], '${name}'));
// The time that Chromium grants a page leaps over waiting, and a worker is no reason to wait; so the page works meanwhile.
let spun = 0;
const output = document.querySelector('output');
while (output.textContent === '') {
  for (let i = 0; i < 1e6; i += 1) spun += i % 7;
  await new Promise((resolve) => setTimeout(resolve, 10));
}
</script>
`;

async function bundleForBrowser(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(entry, import.meta.url))],
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
    const found = await answerOf(page(await bundleForBrowser('facts.ts'), Object.fromEntries(files)));
    const expected = Object.fromEntries(FIXTURES.map((name) => [name, factsOf(readFixture(name))]));
    expect(found).toEqual(expected);
  });

  it('reads an object out of a File by range, in a worker, with ltoscope/elf alone', async () => {
    const name = 'versions/clang-16/elf.o';
    const bytes = readFixture(name);
    const script = await bundleForBrowser('elf-facts.ts');
    const found = await answerOf(workerPage(script, 'elf.o', Buffer.from(bytes).toString('base64')));
    const facts = elfFactsOf(memorySource(bytes));
    expect(facts.length).toBeGreaterThan(40);
    expect(found).toEqual({ facts, isRead: true });
  });

  /** Loads a page and gives what it writes into its output. */
  async function answerOf(html: string): Promise<unknown> {
    const path = join(await mkdtemp(join(folder, 'page-')), 'page.html');
    await writeFile(path, html);
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
    return JSON.parse(unescapeHtml(found ?? ''));
  }
});
