import { existsSync } from 'node:fs';
import { basename, delimiter, join } from 'node:path';
import { build } from 'esbuild';

/** The path of a program, `undefined` where there is none. */
export function findProgram(name) {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}

/** What a comparison measured, for people. */
export function pairLines({ wall, cpu, memory }) {
  const seconds = ({ median, low, high }) => `${median.toFixed(3)} s (${low.toFixed(3)} to ${high.toFixed(3)})`;
  const times = Object.entries({ 'wall time': wall, 'CPU time': cpu }).map(
    ([name, { ours, reference, ratio }]) =>
      `${name}: ${seconds(ours)} against ${seconds(reference)}, ` +
      `ratio ${ratio.median.toFixed(3)} (${ratio.low.toFixed(3)} to ${ratio.high.toFixed(3)})`,
  );
  const megabytes = (bytes) => (bytes === undefined ? 'not measured' : `${(bytes / 1e6).toFixed(0)} MB`);
  return [...times, `peak memory: ${megabytes(memory.ours)} against ${megabytes(memory.reference)}`];
}

/** Bundles a program into one file, as an application is: the loader of modules takes longer than many programs here. */
export async function bundled(path, folder) {
  const outfile = join(folder, `${basename(path, '.mjs')}.cjs`);
  const options = { bundle: true, minify: true, platform: 'node', format: 'cjs', logLevel: 'error' };
  await build({ ...options, entryPoints: [path], outfile });
  return outfile;
}
