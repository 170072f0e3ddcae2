export { findWriterLibcalls, runtimeLibcalls } from './runtime-libcalls.ts';
export type { LibcallWriter, RuntimeLibcalls } from './runtime-libcalls.ts';
