export { ELF_CLASSES, ELF_DATA_ENCODINGS, ELF_TYPES } from './constants/header.ts';
export { MACHINES } from './constants/machine.ts';
export { GROUP_FLAGS, SECTION_FLAGS, SECTION_TYPES, SHN_LORESERVE, SPECIAL_SECTIONS } from './constants/section.ts';
export { SYMBOL_BINDINGS, SYMBOL_TYPES, SYMBOL_VISIBILITIES } from './constants/symbol.ts';
export {
  dynamicRelocations,
  readDynamicRelativeRelocations,
  readDynamicRelocationBytes,
  readDynamicRelocations,
} from './dynamic-relocations.ts';
export type { ElfDynamicRelocations } from './dynamic-relocations.ts';
export { ElfDynamicSymbols, readDynamicSymbols, readDynamicSymbolTable } from './dynamic-symbols.ts';
export { ElfDynamicTable, readDynamicTable } from './dynamic.ts';
export type { ElfDynamicEntry, RawElfDynamicEntry } from './dynamic.ts';
export { ElfFile, openElf } from './elf-file.ts';
export type { OpenElfOptions } from './elf-file.ts';
export { ElfGnuHashTable, readGnuHashTable } from './gnu-hash.ts';
export { ElfGroup, readGroup } from './group.ts';
export { ElfHashTable, readHashTable } from './hash.ts';
export type { ElfHashHistogram } from './hash.ts';
export { isElfMagic } from './header.ts';
export type { ElfHeader, RawElfHeader } from './header.ts';
export type { ElfEncoding, ElfLayout } from './layout.ts';
export { isMappingSymbol } from './mapping-symbol.ts';
export { isFormatSpecific, nmLetter } from './nm-letter.ts';
export { isPackedRelocations } from './packed-relocations.ts';
export { ElfRelocationTable, splitMips64Type } from './relocation.ts';
export type { ElfRelocation, RawElfRelocation, RawMips64Type } from './relocation.ts';
export { ElfRelativeRelocations, isRelativeRelocations, readRelativeRelocations } from './relr.ts';
export { ElfSectionMapping, readSectionMapping, sectionsInSegment } from './section-mapping.ts';
export { ElfSection, ElfSectionTable } from './section.ts';
export type { RawElfSection } from './section.ts';
export { readAtAddress, readInterpreter, readSegment } from './segment-content.ts';
export { ElfSegmentTable } from './segment.ts';
export type { ElfSegment, RawElfSegment } from './segment.ts';
export { ElfSymbolVersions, readSymbolVersions } from './symbol-version.ts';
export type { ElfSymbolVersion } from './symbol-version.ts';
export { ElfSymbol, ElfSymbolTable } from './symbol.ts';
export type { RawElfSymbol } from './symbol.ts';
export { versionDefinitions, versionNeeds } from './version.ts';
export type { ElfNeededVersion, ElfVersionDefinition, ElfVersionNeed } from './version.ts';
export type { NameTable } from '../names/index.ts';
