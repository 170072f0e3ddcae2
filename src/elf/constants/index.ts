export { AARCH64_RELOCATIONS } from './relocations/aarch64.ts';
export { relocationNames } from './relocations/index.ts';
