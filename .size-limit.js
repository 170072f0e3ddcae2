// What a browser has to load for an entry and all it needs.

const entry = (name, limit) => ({
  name: `ltoscope${name}`,
  path: `dist${name}/index.js`,
  limit,
  gzip: true,
  // esbuild warns of each import that "sideEffects": false lets it drop, outside of node_modules.
  modifyEsbuildConfig: (config) => ({ ...config, logLevel: 'error' }),
});

// The ELF reader as a page takes it: everything in its entry, and the relocation names of one machine.
const elfWithOneMachine = {
  ...entry('/elf', '25 kB'),
  name: 'ltoscope/elf with the relocation names of AArch64',
  path: ['dist/elf/index.js', 'dist/elf/constants/index.js'],
  import: { 'dist/elf/index.js': '*', 'dist/elf/constants/index.js': '{ AARCH64_RELOCATIONS }' },
};

export default [
  // Six layouts of headers and symbol indexes.
  entry('/archive', '9 kB'),
  elfWithOneMachine,
  entry('/elf/content', '35 kB'),
  entry('/elf/constants', '27 kB'),
  // A third of it are the conditions with their words, and the relocation types of 15 machines.
  entry('/elf/validate', '36 kB'),
  // Half a kilobyte of it is the loop that lists records of global values without reading them.
  entry('/bitcode', '61 kB'),
  // The names of run-time functions, and the readers of modules that it needs.
  entry('/bitcode/runtime-calls', '22 kB'),
  // With the names of all machines, the readers of bitcode and the dry run, 40 kB with lld's options and words; an
  // application bundles what it imports of it.
  entry('', '260 kB'),
];
