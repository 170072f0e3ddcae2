import { defineConfig } from 'tsup';

const folders = [
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

/** Modules of the command that are loaded when they are asked for, each a file beside that of the command. */
const ON_DEMAND = ['auditing', 'link', 'listings'];

export default defineConfig([
  {
    name: 'library',
    entry: {
      index: 'src/index.ts',
      // A file of its own, so that entries which read no LEB128 leave its package (4 kB gzip) out of a page: that package does
      // not say that it has no side effects, so whoever imports it in vain carries it all the same.
      'bytes/leb128': 'src/bytes/leb128.ts',
      ...Object.fromEntries(folders.map((folder) => [`${folder}/index`, `src/${folder}/index.ts`])),
    },
    format: 'esm',
    target: 'node20',
    platform: 'node',
    splitting: true,
    removeNodeProtocol: false,
    // tsup sets `baseUrl`, which TypeScript 6 reports as deprecated.
    dts: { compilerOptions: { ignoreDeprecations: '6.0' } },
  },
  {
    name: 'command',
    // A file for the command line, and one for each group of subcommands: V8 compiles a file whole before it runs (484 kB, all
    // of them, 17 ms), and code of modules that are evaluated on demand a second time (15 ms more). Each holds all that it
    // needs, dependencies included. CommonJS, because Node 20 starts such a file 6 ms sooner than the same as an ES module
    // (median of 100 pairs of whole processes, 160 kB: 86.5 against 93.0 ms, CPU time the same), a tenth of the whole start.
    entry: {
      cli: 'src/cli/main.ts',
      ...Object.fromEntries(ON_DEMAND.map((name) => [`cli-${name}`, `src/cli/commands/${name}.ts`])),
    },
    format: 'cjs',
    target: 'node20',
    platform: 'node',
    splitting: false,
    banner: {
      js: `'use strict';const importMetaUrl=require('node:url').pathToFileURL(__filename).href;`,
    },
    define: { 'import.meta.url': 'importMetaUrl' },
    minify: true,
    removeNodeProtocol: false,
    noExternal: [/.*/],
    metafile: true, // scripts/finish-build.mjs learns from it whose licenses to add, and deletes it
    esbuildOptions: (options) => {
      // ES modules bundle without the wrappers of CommonJS: 2 ms of the start for @webassemblyjs/leb128.
      options.mainFields = ['module', 'main'];
      // `import()` becomes `require()`: CommonJS that is imported passes through the loader of ES modules first.
      options.supported = { ...options.supported, 'dynamic-import': false };
    },
    esbuildPlugins: [
      {
        name: 'files-on-demand',
        setup: (build) => {
          build.onResolve({ filter: /\/commands\/\w+\.ts$/ }, ({ kind, path }) => {
            const name = /(\w+)\.ts$/.exec(path)?.[1] ?? '';
            if (kind !== 'dynamic-import' || !ON_DEMAND.includes(name)) return undefined;
            return { path: `./cli-${name}.cjs`, external: true };
          });
        },
      },
      {
        // commander loads node:child_process (4 ms) for subcommands that are programs of their own. There are none.
        name: 'commander-without-child-process',
        setup: (build) => {
          build.onResolve({ filter: /^node:child_process$/ }, ({ importer }) =>
            /[\\/]commander[\\/]/.test(importer) ? { path: 'child_process', namespace: 'empty' } : undefined,
          );
          build.onLoad({ filter: /.*/, namespace: 'empty' }, () => ({ contents: 'module.exports = {};' }));
        },
      },
    ],
  },
]);
