export { readRuntimeCalls } from './read-runtime-calls.ts';
export type { RuntimeCall } from './read-runtime-calls.ts';
export { findWriterLibcalls, runtimeLibcalls } from './runtime-libcalls.ts';
export type { LibcallWriter, RuntimeLibcalls } from './runtime-libcalls.ts';
