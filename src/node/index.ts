export { auditPaths } from './audit-paths.ts';
export type { AuditPathsOptions, PathsAudit } from './audit-paths.ts';
export { fileHost, openFile } from './file-source.ts';
export { findInputs } from './find-inputs.ts';
export type { FoundFile, FoundInputs, UnreadablePath } from './find-inputs.ts';
export { fromTypedPath, systemReason, toSystemPath } from './paths.ts';
export { dryRunLine, readCmdLink, readTypedLink } from './dry-run.ts';
export type { CmdLink, DryRunLineOptions, TypedLink } from './dry-run.ts';
