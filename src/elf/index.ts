export { ElfAddressSignificance, readAddressSignificance } from './address-significance.ts';
export {
  AMDGPU_OS_ABIS,
  ARM_OS_ABIS,
  C6000_OS_ABIS,
  describeOsAbi,
  ELF_CLASSES,
  ELF_DATA_ENCODINGS,
  ELF_TYPES,
  OS_ABIS,
} from './constants/header.ts';
export { MACHINES } from './constants/machine.ts';
export { describeSectionFlags, describeSectionType } from './constants/describe-section.ts';
export {
  AARCH64_SECTION_FLAGS,
  AARCH64_SECTION_TYPES,
  ARM_SECTION_FLAGS,
  ARM_SECTION_TYPES,
  CSKY_SECTION_TYPES,
  HEXAGON_SECTION_FLAGS,
  HEXAGON_SECTION_TYPES,
  MIPS_SECTION_FLAGS,
  MIPS_SECTION_TYPES,
  MSP430_SECTION_TYPES,
  RISCV_SECTION_TYPES,
  X86_64_SECTION_FLAGS,
  X86_64_SECTION_TYPES,
  XCORE_SECTION_FLAGS,
} from './constants/section-machine.ts';
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
export { ElfImplicitAddends, readImplicitAddends } from './implicit-addend.ts';
export { isPackedRelocations } from './packed-relocations.ts';
export { ElfRelocationTable, splitMips64Type } from './relocation.ts';
export type { ElfRelocation, RawElfRelocation, RawMips64Type } from './relocation.ts';
export { ElfRelativeRelocations, isRelativeRelocations, readRelativeRelocations } from './relr.ts';
export { ElfSection, ElfSectionTable } from './section.ts';
export type { RawElfSection } from './section.ts';
export { readAtAddress, readInterpreter, readSegment, sectionsInSegment } from './segment-content.ts';
export { ElfSegmentTable } from './segment.ts';
export type { ElfSegment, RawElfSegment } from './segment.ts';
export { ElfSymbolVersions, readSymbolVersions } from './symbol-version.ts';
export type { ElfSymbolVersion } from './symbol-version.ts';
export { ElfSymbol, ElfSymbolTable } from './symbol.ts';
export type { RawElfSymbol } from './symbol.ts';
export { versionDefinitions, versionNeeds } from './version.ts';
export type { ElfNeededVersion, ElfVersionDefinition, ElfVersionNeed } from './version.ts';
export type { NameTable } from '../names/index.ts';
