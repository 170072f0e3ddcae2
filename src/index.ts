// The platform-neutral whole: every entry but ltoscope/node.

export * from './archive/index.ts';
export * from './audit/index.ts';
export * from './bitcode/index.ts';
export * from './bitcode/runtime-calls/index.ts';
export * from './bytes/index.ts';
export * from './elf/constants/index.ts';
export * from './elf/content/index.ts';
export * from './elf/index.ts';
export * from './elf/validate/index.ts';
export * from './kbuild/index.ts';
export * from './link/index.ts';
