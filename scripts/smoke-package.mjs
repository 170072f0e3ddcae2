// Installs the packed tarball into an empty folder, as a user would, and tries on each supported Node: `import` and
// `require()` of every entry, the types, the command. Needs a build and the npm registry.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE_VERSIONS = [20, 22, 24];

const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ltoscope-smoke-'));
try {
  installPackage();
  const exported = JSON.parse(readFileSync(join(root, 'test/contracts/exports.json'), 'utf8'));
  const scripts = writeScripts(exported);
  for (const version of NODE_VERSIONS) tryOnNode(version, scripts);
  tryTypes(exported);
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** Runs a program to its end and returns what it printed; throws if it fails. */
function run(program, args, cwd = folder) {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    maxBuffer: 2 ** 26,
  });
  if (error) throw error;
  if (status !== 0) throw new Error(`${program} ${args.join(' ')} exited with ${status}\n${stdout}${stderr}`);
  // Our own code has nothing to complain of here, on any version of Node.
  if (program.includes(folder) && stderr !== '') throw new Error(`${args.join(' ')} complained:\n${stderr}`);
  return stdout;
}

function installPackage() {
  const [{ filename, files }] = JSON.parse(
    run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], root),
  );
  const strangers = files.map(({ path }) => path).filter((path) => /^(?:src|test|fixtures)\/|metafile/.test(path));
  if (strangers.length > 0) throw new Error(`does not belong into the package: ${strangers.join(', ')}`);
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const nodes = NODE_VERSIONS.map((version) => `n${version}@npm:node-${process.platform}-${process.arch}@${version}`);
  run('npm', ['install', '--no-audit', '--no-fund', `./${filename}`, ...nodes]);
}

/** Writes scripts that hold each entry to its checked-in list of exports. Returns their names. */
function writeScripts(exported) {
  const values = Object.fromEntries(
    Object.entries(exported).map(([entry, names]) => [
      entry.replace(/^\./, 'ltoscope'),
      names.filter((name) => !name.startsWith('type ')),
    ]),
  );
  const check = (load) => `
    for (const [entry, names] of Object.entries(${JSON.stringify(values)})) {
      const found = Object.keys(${load}(entry)).filter((name) => name !== '__esModule');
      const differing = [...found.filter((name) => !names.includes(name)), ...names.filter((name) => !found.includes(name))];
      if (differing.length > 0) throw new Error(entry + ' and exports.json differ in ' + differing.join(', '));
    }`;
  writeFileSync(join(folder, 'import.mjs'), check('await import'));
  writeFileSync(join(folder, 'require.cjs'), check('require'));
  return ['import.mjs', 'require.cjs'];
}

function tryOnNode(version, scripts) {
  const node = join(folder, `node_modules/n${version}/bin/node`);
  for (const script of scripts) run(node, [script]);

  const command = join(folder, 'node_modules/.bin/ltoscope');
  const archive = join(root, 'fixtures/kernel/vmlinux.a');
  const report = JSON.parse(run(node, [command, 'audit', '--json', archive]));
  if (report.schema !== 'ltoscope/audit/1' || report.summary.inputs === 0) throw new Error('the audit has no inputs');
  for (const { rule } of run(node, [command, 'rules', '--json']).trim().split('\n').map(JSON.parse)) {
    if (!run(node, [command, 'explain', rule]).includes(rule)) throw new Error(`the page of ${rule} is missing`);
  }
  // By its first line: that the installed file may be executed.
  if (!/^\d+\.\d+\.\d+/.test(run(command, ['--version']))) throw new Error('the command does not say its version');
  console.log(`Node ${run(node, ['--version']).trim()}: import, require() and the command work`);
}

/** Compiles a user's files against the declarations, which are checked too. Only ltoscope/node may need Node's types. */
function tryTypes(exported) {
  const importsOf = (entries) => {
    const lines = entries.map(([entry, names], index) => {
      const list = names.map((name) => `${name} as ${name.replace(/^type /, '')}${index}`);
      return `import { ${list.join(', ')} } from '${entry.replace(/^\./, 'ltoscope')}';\n`;
    });
    return lines.join('');
  };
  const entries = Object.entries(exported);
  const isForNode = ([entry]) => entry === './node';
  writeFileSync(join(folder, 'anywhere.ts'), importsOf(entries.filter((entry) => !isForNode(entry))));
  writeFileSync(join(folder, 'node.ts'), importsOf(entries.filter(isForNode)));
  for (const [module, moduleResolution] of Object.entries({ nodenext: 'nodenext', esnext: 'bundler' })) {
    const options = { module, moduleResolution, target: 'es2023', lib: ['es2023'], strict: true, noEmit: true };
    compile({ ...options, types: [] }, 'anywhere.ts');
    compile({ ...options, types: ['node'], typeRoots: [join(root, 'node_modules/@types')] }, 'node.ts');
    console.log(`types: ${moduleResolution} resolution works`);
  }
}

function compile(compilerOptions, file) {
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }));
  run(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', folder]);
}
