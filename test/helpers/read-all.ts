// Calls every reader of ltoscope/elf and ltoscope/elf/content on a file, each for itself, for tests of damaged files.

import { FormatError } from '../../src/bytes/index.ts';
import * as content from '../../src/elf/content/index.ts';
import * as elfs from '../../src/elf/index.ts';
import type { ElfFile } from '../../src/elf/index.ts';

/** Entries that are looked at of each column. */
const ENTRIES_MAX = 200;

function upTo(count: number, step: (index: number) => unknown): void {
  for (let i = 0; i < Math.min(count, ENTRIES_MAX); i += 1) step(i);
}

/** Goes through an iterable, but not for ever. */
function drain(items: Iterable<unknown>): void {
  let count = 0;
  for (const item of items) {
    deepRead(item, 2);
    count += 1;
    if (count >= 20 * ENTRIES_MAX) return;
  }
}

/** Asks for every property, which may be a getter that reads. */
function deepRead(value: unknown, depth: number): void {
  if (typeof value !== 'object' || value === null || depth === 0 || ArrayBuffer.isView(value)) return;
  if (value instanceof Map) return;
  for (const key of Object.keys(value)) attempt(() => deepRead((value as Record<string, unknown>)[key], depth - 1));
}

/** What a step throws may say that the input is damaged, and nothing else. */
function attempt(step: () => unknown): void {
  try {
    step();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
  }
}

function readSymbols(elf: ElfFile, table: elfs.ElfSymbolTable): void {
  upTo(table.length, (i) => {
    attempt(() => table.name(i));
    attempt(() => table.sectionIndex(i));
    attempt(() => table.at(i).raw);
    attempt(() => elfs.nmLetter(elf, table, i));
    attempt(() => elfs.isFormatSpecific(elf, table, i));
  });
}

function readRelocations(elf: ElfFile, table: elfs.ElfRelocationTable): void {
  upTo(table.length, (i) => attempt(() => table.at(i)));
  attempt(() => {
    const addends = content.readImplicitAddends(elf, table);
    upTo(table.length, (i) => attempt(() => addends.addend(i)));
  });
}

function readRelative(table: elfs.ElfRelativeRelocations): void {
  upTo(table.length, (i) => table.offset(i));
}

function readNotes(elf: ElfFile, notes: Iterable<content.ElfNote>): void {
  let count = 0;
  for (const note of notes) {
    count += 1;
    if (count > ENTRIES_MAX) return;
    attempt(() => content.readNoteContent(elf, note));
    if (!content.isGnuPropertyNote(note)) continue;
    attempt(() => drain(content.gnuProperties(elf, note)));
    attempt(() => content.readGnuFeatures(elf, note));
  }
}

function readSection(elf: ElfFile, i: number, relocations: content.SectionRelocations): void {
  attempt(() => elf.sections.at(i).name);
  attempt(() => elf.sections.rawAt(i));
  attempt(() => elf.sectionView(i));
  attempt(() => readSymbols(elf, elf.symbolTable(i)));
  attempt(() =>
    readRelocations(
      elf,
      elf.relocationTable(i, () => undefined),
    ),
  );
  attempt(() => readRelative(elfs.readRelativeRelocations(elf, i)));
  attempt(() => {
    const group = elfs.readGroup(elf, i);
    upTo(group.length, (member) => group.member(member));
  });
  attempt(() => {
    const indices = content.readAddressSignificance(elf, i);
    for (let count = 0; !indices.atEnd && count < ENTRIES_MAX; count += 1) indices.next();
  });
  attempt(() => readNotes(elf, content.sectionNotes(elf, i)));
  attempt(() => content.readCompressionHeader(elf, i));
  attempt(() => content.readUncompressed(elf, i));
  attempt(() => drain(content.sectionStrings(elf, i)));
  attempt(() => {
    for (const subsection of content.attributeSubsections(elf, i)) attempt(() => drain(subsection.attributes()));
  });
  attempt(() => drain(content.basicBlockMaps(elf, i, relocations)));
  attempt(() => drain(content.stackSizes(elf, i, relocations)));
  attempt(() => drain(content.callGraph(elf, i)));
  attempt(() => drain(content.offloadBinaries(elf, i)));
  attempt(() => drain(content.dependentLibraries(elf, i)));
  attempt(() => drain(content.linkerOptions(elf, i)));
  attempt(() => drain(content.compilerArguments(elf, i)));
  attempt(() => content.readGccLtoHeader(elf, i));
  attempt(() => content.readSymbolPartition(elf, i, relocations));
  attempt(() => {
    const profile = content.readCallGraphProfile(elf, i, relocations);
    upTo(profile.length, (edge) => [profile.fromSymbol(edge), profile.toSymbol(edge), profile.weight(edge)]);
  });
  attempt(() => {
    const sizes = content.readJumpTableSizes(elf, i);
    upTo(sizes.length, (table) => [sizes.address(table), sizes.entryCount(table)]);
  });
}

function readDynamic(elf: ElfFile): void {
  const table = elfs.readDynamicTable(elf);
  if (table === undefined) return;
  upTo(table.length, (i) => attempt(() => [table.at(i), table.text(i)]));
  attempt(() => drain(table.neededLibraries()));
  attempt(() => table.soname);
  for (const relocations of elfs.dynamicRelocations(elf, table)) {
    attempt(() => elfs.readDynamicRelocationBytes(elf, relocations));
    attempt(() =>
      readRelocations(
        elf,
        elfs.readDynamicRelocations(elf, relocations, () => undefined),
      ),
    );
    attempt(() => readRelative(elfs.readDynamicRelativeRelocations(elf, relocations)));
  }
}

function readDynamicSymbols(elf: ElfFile): void {
  const table = elfs.readDynamicSymbolTable(elf);
  if (table !== undefined) readSymbols(elf, table);
  const symbols = elfs.readDynamicSymbols(elf);
  if (symbols !== undefined) {
    drain(symbols.exported());
    drain(symbols.imported());
    upTo(symbols.table.length, (i) => attempt(() => [symbols.isDefault(i), symbols.fullName(i), symbols.version(i)]));
  }
  attempt(() => {
    const hash = elfs.readHashTable(elf);
    if (hash === undefined || table === undefined) return;
    attempt(() => hash.histogram());
    attempt(() => hash.find('printf', table));
    upTo(hash.bucketCount, (bucket) => attempt(() => drain(hash.symbolsIn(bucket))));
  });
  attempt(() => {
    const hash = elfs.readGnuHashTable(elf);
    if (hash === undefined || table === undefined) return;
    attempt(() => hash.histogram());
    attempt(() => hash.symbolCount());
    attempt(() => hash.find('printf', table));
    upTo(hash.bucketCount, (bucket) => attempt(() => drain(hash.symbolsIn(bucket))));
  });
}

/**
 * Reads everything that there are readers for.
 *
 * @returns How many sections the file has; -1 if it cannot be opened.
 * @throws what a reader throws and is no FormatError.
 */
export function readAll(bytes: Uint8Array): number {
  let length = -1;
  attempt(() => {
    // Mutated counts shall not make every case cost the same as the largest.
    const elf = elfs.openElf(bytes, { limits: { relocations: 1 << 18, uncompressedBytes: 1 << 24 } });
    length = 0;
    attempt(() => {
      length = elf.sections.length;
      const relocations = new content.SectionRelocations(elf);
      upTo(length, (i) => readSection(elf, i, relocations));
    });
    attempt(() => {
      const mapping = elfs.readSectionMapping(elf);
      upTo(elf.segments.length, (i) => {
        attempt(() => elf.segments.at(i));
        attempt(() => elfs.readSegment(elf, i));
        attempt(() => drain(elfs.sectionsInSegment(elf, i)));
        attempt(() => mapping.sectionsIn(i));
        attempt(() => readNotes(elf, content.segmentNotes(elf, i)));
      });
      attempt(() => elfs.readInterpreter(elf));
    });
    attempt(() => readDynamic(elf));
    attempt(() => readDynamicSymbols(elf));
    attempt(() => drain(elfs.versionDefinitions(elf)));
    attempt(() => drain(elfs.versionNeeds(elf)));
    attempt(() => content.readLtoContent(elf));
    attempt(() => {
      for (const unit of content.readGccLtoUnits(elf)) {
        attempt(() => {
          const symbols = content.readGccLtoSymbols(elf, unit);
          upTo(symbols?.length ?? 0, (i) => [symbols?.name(i), symbols?.comdatKey(i), symbols?.letter(i)]);
        });
      }
    });
    const options: content.ContentOptions = { onDamage: () => undefined };
    attempt(() => drain(content.embeddedBitcode(elf, options)));
    attempt(() => drain(content.kernelCrcs(elf, options)));
    attempt(() => drain(content.kernelExportFlags(elf, options)));
    attempt(() => drain(content.kernelExportMarkers(elf, options)));
    attempt(() => drain(content.kernelExports(elf, options)));
    attempt(() => drain(content.kernelInitcalls(elf, options)));
    attempt(() => drain(content.kernelModuleInfo(elf, options)));
    attempt(() => drain(content.kernelSymbolVersions(elf, options)));
    attempt(() => drain(content.kernelParameters(elf, options)));
    attempt(() => content.findKernelThisModule(elf));
  });
  return length;
}
