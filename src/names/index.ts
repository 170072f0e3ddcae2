export { describeFlags } from './flags.ts';
export type { FlagField, NumberNames } from './flags.ts';
export { defineNames } from './name-table.ts';
export type { NameTable } from './name-table.ts';
