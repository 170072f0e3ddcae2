// What a browser has to load for an entry and all it needs.

const entry = (name, limit) => ({
  name: `ltoscope${name}`,
  path: `dist${name}/index.js`,
  limit,
  gzip: true,
  // esbuild warns of each import that "sideEffects": false lets it drop, outside of node_modules.
  modifyEsbuildConfig: (config) => ({ ...config, logLevel: 'error' }),
});

export default [entry('/archive', '9 kB'), entry('/elf', '20 kB'), entry('/bitcode', '16 kB'), entry('', '48 kB')];
