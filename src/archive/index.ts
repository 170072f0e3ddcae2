export { isArchiveMagic, openArchive } from './archive-file.ts';
export type { ArchiveFile } from './archive-file.ts';
export type { ArchiveAnomaly, ArchiveAnomalyCode, ArchiveDialect, ArchiveOptions } from './archive-reader.ts';
export type { ArchiveMember } from './member.ts';
export type { ArchiveSymbolIndex } from './symbol-index.ts';
