export { readCmdFile } from './cmd-file.ts';
export type { CmdFile } from './cmd-file.ts';
export { readDotConfig } from './dot-config.ts';
export type { ConfigValue } from './dot-config.ts';
