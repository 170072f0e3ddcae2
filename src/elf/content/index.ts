export { readLtoContent } from './lto-content.ts';
export type { ElfLtoContent, ElfLtoKind, GccLtoVersion } from './lto-content.ts';
