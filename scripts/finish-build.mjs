// What a build needs behind tsup: the command becomes a program that can be run, and carries the licenses of what it bundles.

import { access, chmod, constants, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { bin } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
const command = join(root, bin.ltoscope);

const firstLine = (await readFile(command, 'utf8')).split('\n', 1)[0];
if (firstLine !== '#!/usr/bin/env node') throw new Error(`${bin.ltoscope} starts with ${JSON.stringify(firstLine)}`);
await chmod(command, 0o755);
await access(command, constants.X_OK);
await writeLicenses();

/** Writes the licenses of the bundled packages, as they ask for, beside the bundle. */
async function writeLicenses() {
  const metafile = join(root, 'dist/metafile-cjs.json');
  const inputs = Object.keys(JSON.parse(await readFile(metafile, 'utf8')).inputs);
  const packages = new Set(inputs.flatMap((input) => /^node_modules\/(?:@[^/]+\/)?[^/]+/.exec(input) ?? []));
  const texts = await Promise.all([...packages].sort().map(licenseOf));
  await writeFile(join(dirname(command), 'cli.licenses.txt'), texts.join('\n'));
  await rm(metafile);
}

async function licenseOf(folder) {
  const { name, version } = JSON.parse(await readFile(join(root, folder, 'package.json'), 'utf8'));
  const file = (await readdir(join(root, folder))).find((entry) => /^licen[sc]e/i.test(entry));
  if (file === undefined) throw new Error(`${name} has no license file`);
  return `${name} ${version}\n\n${await readFile(join(root, folder, file), 'utf8')}`;
}
