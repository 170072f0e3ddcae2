export { isArchiveMagic, openArchive } from './archive-file.ts';
export type { ArchiveAnomaly, ArchiveAnomalyCode, ArchiveFile, ArchiveOptions } from './archive-file.ts';
export type { ArchiveMember } from './member.ts';
export type { ArchiveSymbolIndex } from './symbol-index.ts';
