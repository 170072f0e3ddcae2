export { defineNames } from './name-table.ts';
export type { NameTable } from './name-table.ts';
