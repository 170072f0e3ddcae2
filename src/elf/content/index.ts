export { ElfAddressSignificance, readAddressSignificance } from './address-significance.ts';
export { attributeSubsections } from './attributes.ts';
export type { ElfAttribute, ElfAttributeScope, ElfAttributeSubsection } from './attributes.ts';
export { ElfCallGraphProfile, readCallGraphProfile } from './call-graph-profile.ts';
export { callGraph } from './call-graph.ts';
export type { ElfCallGraphAddress, ElfCallGraphEntry } from './call-graph.ts';
export { readCompressionHeader, readUncompressed } from './compression.ts';
export type { ElfCompressionHeader, RawElfCompressionHeader } from './compression.ts';
export type { ContentOptions } from './damage.ts';
export { compilerArguments, embeddedBitcode } from './embedded-bitcode.ts';
export type { ElfEmbeddedBitcode } from './embedded-bitcode.ts';
export { GCC_SYMBOL_KINDS, GCC_SYMBOL_VISIBILITIES, GccLtoSymbolTable, readGccLtoSymbols } from './gcc-lto-symbols.ts';
export { gccLtoSections, readGccLtoHeader, readGccLtoUnits } from './gcc-lto.ts';
export type { GccLtoHeader, GccLtoSection, GccLtoUnit, RawGccLtoHeader } from './gcc-lto.ts';
export { gnuProperties, isGnuPropertyNote, readGnuFeatures } from './gnu-property.ts';
export type { ElfFeatures, ElfGnuProperty, ElfPauthSchema } from './gnu-property.ts';
export { ElfImplicitAddends, readImplicitAddends } from './implicit-addend.ts';
export { ElfJumpTableSizes, readJumpTableSizes } from './jump-table-sizes.ts';
export { kernelCrcs, kernelExportFlags } from './kernel/export-columns.ts';
export type { KernelCrc, KernelExportFlags } from './kernel/export-columns.ts';
export { kernelExportMarkers } from './kernel/export-markers.ts';
export type { KernelExportMarker } from './kernel/export-markers.ts';
export { kernelExports } from './kernel/exports.ts';
export type { KernelExport, KernelExportForm } from './kernel/exports.ts';
export { kernelInitcalls, parseInitcallName } from './kernel/initcalls.ts';
export type { KernelInitcall, KernelInitcallIdentity } from './kernel/initcalls.ts';
export { kernelModuleInfo, kernelSymbolVersions } from './kernel/module-strings.ts';
export type { KernelModuleInfo, KernelSymbolVersion } from './kernel/module-strings.ts';
export { kernelParameters } from './kernel/parameters.ts';
export type { KernelParameter } from './kernel/parameters.ts';
export { findKernelThisModule } from './kernel/this-module.ts';
export type { KernelThisModule } from './kernel/this-module.ts';
export type { KernelWordForm } from './kernel/word-form.ts';
export { dependentLibraries, linkerOptions } from './linker-directives.ts';
export type { ElfLinkerOption } from './linker-directives.ts';
export { readLtoContent } from './lto-content.ts';
export type { ElfLtoContent, ElfLtoKind, GccLtoVersion } from './lto-content.ts';
export { readNoteContent } from './note-content.ts';
export type { ElfNoteContent } from './note-content.ts';
export { sectionNotes, segmentNotes } from './note.ts';
export type { ElfNote, RawElfNote } from './note.ts';
export { OFFLOAD_IMAGE_KINDS, offloadBinaries } from './offloading.ts';
export type { ElfOffloadBinary } from './offloading.ts';
export { ElfReferences, ElfWords } from './references.ts';
export type { ElfReference } from './references.ts';
export { SectionRelocations } from './section-relocations.ts';
export { sectionStrings } from './strings.ts';
export type { ElfSectionString } from './strings.ts';
export { readSymbolPartition } from './symbol-partition.ts';
export type { ElfSymbolPartition } from './symbol-partition.ts';
export { basicBlockMaps } from './bb-address-map.ts';
export type {
  ElfBasicBlock,
  ElfBasicBlockMap,
  ElfBasicBlockRange,
  ElfBlockProfile,
  ElfBlockSuccessor,
} from './bb-address-map.ts';
export { stackSizes } from './stack-sizes.ts';
export type { ElfStackSize } from './stack-sizes.ts';
