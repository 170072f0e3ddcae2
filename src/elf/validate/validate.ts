// Validation of an ELF file: every integrity condition under which ld.lld, GNU ld or eu-elflint refuses, warns, crashes or
// misbehaves, found without linking. The tables are read in few reads and checked as columns; of code and data nothing is
// read. What a linker finds wrong between inputs, such as duplicate symbols, is not looked at, nor what it finds wrong with
// the instructions or values that a relocation meets.

import { FormatError } from '../../bytes/index.ts';
import type { ElfFile } from '../elf-file.ts';
import { checkAttributes } from './checks/attributes.ts';
import { checkCompressed } from './checks/compressed.ts';
import { checkFrames } from './checks/eh-frame.ts';
import { checkGroups } from './checks/groups.ts';
import {
  checkHeader,
  checkInputType,
  checkNamesAndMachine,
  reportExtendedCount,
  sectionNamesIndex,
} from './checks/header.ts';
import { checkLinkOrder } from './checks/link-order.ts';
import { checkAddressSignificance, checkCallGraphs } from './checks/llvm.ts';
import { checkMergeSections } from './checks/merge.ts';
import { checkProperties } from './checks/notes.ts';
import { checkRelocationEntries, checkRelocationLinks } from './checks/relocations.ts';
import { checkSectionHeaders } from './checks/sections.ts';
import { checkStackMarkers } from './checks/stack-markers.ts';
import { checkLibraries, checkStringTable } from './checks/strings.ts';
import { checkSymbolTables } from './checks/symbols.ts';
import { ValidationContext } from './context.ts';
import { IntegrityReport } from './finding.ts';
import type { ElfIntegrityFinding } from './finding.ts';
import type { IntegrityLinker, LinkSituation } from './verdict.ts';

/** For which link {@link validate} gives its verdicts. */
export interface ValidateOptions {
  /** Whose verdict is asked for; the newest lld unless given. */
  readonly linker?: IntegrityLinker;
  /** `relocatable` for `-r`; `final`, a program or shared library, unless given. */
  readonly output?: 'relocatable' | 'final';
  /** Whether lld folds identical code (`--icf=safe` or `--icf=all`), for which it reads `.llvm_addrsig`. */
  readonly icf?: boolean;
  /** Whether an index of `.eh_frame` is made (`--eh-frame-hdr`), as compilers ask for. */
  readonly ehFrameHeader?: boolean;
  /**
   * Whether the file is given to the linker by itself: then it is told that programs and core files cannot be linked, nor
   * shared libraries with `-r`, which is no fault of theirs. False unless given.
   */
  readonly asInput?: boolean;
  /** Signatures of the COMDAT groups of inputs before this one: those that it has in common with them are dropped. */
  readonly earlierGroups?: ReadonlySet<string>;
}

/**
 * Finds what is wrong with an ELF file, and what the linker in question makes of it. Damage stays local: a broken table does
 * not stop the checks of the others. The linkers link relocatable objects (ET_REL); of programs and shared libraries they
 * read little, so what is found there is a note.
 *
 * Costs a pass over the section headers, and over symbols, relocations, groups and unwind tables; no more bytes than the file
 * has, wherever its sections claim to lie.
 *
 * @param elf - The file. A header that cannot be opened is the error of {@link openElf}.
 * @returns One finding for a section and condition, with its first bad entries and how many there are; at most 64 of one
 *   condition, of which the last one counts the others. Empty if nothing is wrong. In the order of the checks.
 * @example
 * for (const { severity, message, predicts } of validate(openElf(bytes), { linker: { name: 'lld', major: 16 } })) {
 *   console.log(severity, message, predicts);
 * }
 */
export function validate(elf: ElfFile, options: ValidateOptions = {}): ElfIntegrityFinding[] {
  const { linker = { name: 'lld' }, output = 'final', icf = false, ehFrameHeader = false } = options;
  const link: LinkSituation = { linker, output, icf, ehFrameHeader };
  const report = new IntegrityReport(elf, link);
  if (options.asInput === true) checkInputType(elf, report, output);
  if (!checkHeader(elf, report)) return report.findings;
  const context = openContext(elf, report, link, options.earlierGroups);
  if (context !== undefined) checkAll(context);
  return report.findings;
}

/** The header does not tell whether its section headers can be read where their number stands in section 0. */
function openContext(
  elf: ElfFile,
  report: IntegrityReport,
  link: LinkSituation,
  earlierGroups: ReadonlySet<string> | undefined,
): ValidationContext | undefined {
  try {
    return new ValidationContext(elf, report, link, earlierGroups);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    reportExtendedCount(elf, report, error.reason);
    return undefined;
  }
}

function checkAll(context: ValidationContext): void {
  const { elf, sections, survey, isRelocatable } = context;
  checkNamesAndMachine(context);
  const names = sectionNamesIndex(context);
  checkSectionHeaders(context);
  context.symbolTable = survey.symbolTables[0] ?? 0;
  if (context.symbolTable !== 0) {
    // Of a table that is not in the file, which is told, no index is wrong.
    context.symbolCount = sections.isInFile(context.symbolTable)
      ? Math.floor(sections.size(context.symbolTable) / elf.layout.symbolSize)
      : Number.POSITIVE_INFINITY;
  }
  loadTables(context, names);
  checkStringTable(context, names);
  if (isRelocatable) {
    checkRelocationLinks(context);
    checkMergeSections(context);
    checkGroups(context);
    checkLinkOrder(context);
    checkCompressed(context);
    checkLibraries(context);
  }
  if (context.mergeSizes !== undefined && Number.isFinite(context.symbolCount)) {
    context.mergeSymbols = new Uint32Array(context.symbolCount);
  }
  checkSymbolTables(context);
  checkRelocationEntries(context);
  if (!isRelocatable) return;
  checkFrames(context);
  checkProperties(context);
  checkStackMarkers(context);
  checkAttributes(context);
  checkAddressSignificance(context);
  checkCallGraphs(context);
}

/** Reads the tables that are checked, in few reads. */
function loadTables({ elf, sections, survey, symbolTable, isRelocatable }: ValidationContext, names: number): void {
  const { groups, frames, properties, attributes, addressSignificances } = survey;
  const always = [survey.relocations, survey.symbolTables, survey.extendedIndices];
  const lists = isRelocatable ? [...always, groups, frames, properties, attributes, addressSignificances] : always;
  const tables = [names, ...lists.flat()];
  if (symbolTable !== 0) tables.push(sections.link(symbolTable));
  elf.load(tables);
}
