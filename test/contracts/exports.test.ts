// What each published entry exports is API; exports.json is the list that a review sees change. UPDATE_EXPORTS=1 writes it.

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const LIST = fileURLToPath(new URL('exports.json', import.meta.url));

/** `./elf` and the source of what it publishes. */
const entries = Object.entries(packageJson.exports).flatMap(([entry, target]) =>
  typeof target === 'string'
    ? []
    : [[entry, target.default.replace('./dist/', `${ROOT}src/`).replace(/js$/, 'ts')] as const],
);

/** The names that each entry exports; those that exist in types only are marked so. */
async function exportedNames(): Promise<Record<string, string[]>> {
  const { config } = ts.readConfigFile(`${ROOT}tsconfig.json`, (path) => ts.sys.readFile(path)) as { config: unknown };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, ROOT);
  const program = ts.createProgram(
    entries.map(([, source]) => source),
    options,
  );
  const checker = program.getTypeChecker();
  const names: Record<string, string[]> = {};
  for (const [entry, source] of entries) {
    const file = program.getSourceFile(source);
    const module = file && checker.getSymbolAtLocation(file);
    if (module === undefined) throw new Error(`${source} is no module`);
    const values = (await import(source)) as object;
    const all = checker.getExportsOfModule(module).map(({ name }) => (name in values ? name : `type ${name}`));
    names[entry] = all.sort();
  }
  return names;
}

it('the entries export what exports.json lists', async () => {
  const names = await exportedNames();
  if (process.env['UPDATE_EXPORTS'] === '1') writeFileSync(LIST, `${JSON.stringify(names, null, 2)}\n`);
  expect(names).toEqual(JSON.parse(readFileSync(LIST, 'utf8')));
});
