// Section groups: flags, signature, members, and whether SHF_GROUP and membership agree.

import { FormatError } from '../../../bytes/index.ts';
import { GROUP_FLAGS, SECTION_FLAGS, SECTION_TYPES } from '../../constants/section.ts';
import { readGroup } from '../../group.ts';
import type { ElfGroup } from '../../group.ts';
import type { ElfSymbolTable } from '../../symbol.ts';
import type { ValidationContext } from '../context.ts';
import { BadEntries } from '../finding.ts';

const { SHT_NULL, SHT_SYMTAB, SHT_STRTAB, SHT_GROUP } = SECTION_TYPES.values;
const { SHF_GROUP } = SECTION_FLAGS.values;
const { GRP_COMDAT } = GROUP_FLAGS.values;

const WORD = 4;
/** Section numbers so far behind the last one are read out of memory that a linker has, more likely than not. */
const NEAR = 2048;
/** Signatures that are remembered; a Set has a limit of its own. */
const SIGNATURES_MAX = 2 ** 23;

/** Checks all groups of a file. */
export function checkGroups(context: ValidationContext): void {
  const { survey, sections } = context;
  const groupOf = survey.groups.length === 0 ? undefined : new Uint32Array(sections.length);
  const kept = new Set<number>();
  const symbols = survey.groups.length === 0 ? undefined : readableSymbols(context);
  let isComplete = true;
  for (const index of survey.groups) {
    checkSignature(context, index);
    const size = sections.size(index);
    if (size === 0) reportEmpty(context, index, 'flags');
    else if (size === WORD) reportEmpty(context, index, 'members');
    const isWhole = sections.isInFile(index) && sections.entrySize(index) === WORD && size % WORD === 0 && size > 0;
    if (!isWhole || !context.spend(size, index)) {
      isComplete = false;
      continue;
    }
    context.guard(index, () => {
      const group = readGroup(context.elf, index);
      checkMembers(context, index, group, isDropped(context, symbols, group, kept), groupOf as Uint32Array);
    });
  }
  // A damaged group leaves its members without one, which is told already.
  if (isComplete) checkStrayFlags(context, groupOf);
}

/** The symbols that name the signatures; `undefined` where they cannot be read, which is told where they are checked. */
function readableSymbols({ elf, symbolTable }: ValidationContext): ElfSymbolTable | undefined {
  if (symbolTable === 0) return undefined;
  try {
    return elf.symbolTable(symbolTable);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return undefined;
  }
}

/**
 * Whether a link drops a group, because it has one with the signature already; if not it is kept from now on. Signatures of
 * one file are compared by where their names stand, since string tables hold each once.
 */
function isDropped(
  context: ValidationContext,
  symbols: ElfSymbolTable | undefined,
  group: ElfGroup,
  kept: Set<number>,
): boolean {
  const { sections, report } = context;
  const symbol = group.signatureSymbol;
  if (!group.isComdat || symbols === undefined || symbol >= symbols.length) return false;
  const name = symbols.nameOffset(symbol);
  if (name === 0) return false;
  if (kept.has(name)) return true;
  if (kept.size < SIGNATURES_MAX) kept.add(name);
  // Names may be long: they are read for those findings that are listed.
  const { earlierGroups } = context;
  return (
    earlierGroups.size > 0 &&
    !report.isFull('group-member-index') &&
    hasMissingMember(group, sections.length) &&
    symbols.hasName(symbol) &&
    earlierGroups.has(symbols.name(symbol))
  );
}

function hasMissingMember(group: ElfGroup, sectionCount: number): boolean {
  for (let i = 0; i < group.length; i += 1) if (group.member(i) >= sectionCount) return true;
  return false;
}

function checkSignature(context: ValidationContext, index: number): void {
  const { sections, report, elf, symbolCount } = context;
  const link = sections.link(index);
  if (!context.isSymbolTable(link)) {
    report.add({
      condition: 'group-symbol-table',
      sectionIndex: index,
      offset: context.fieldOffset(index, elf.layout.sh_link),
      found: link,
      reason: `sh_link is ${link}, which is no symbol table`,
    });
  }
  const found = sections.info(index);
  if (found < symbolCount) return;
  report.add({
    condition: 'group-signature',
    sectionIndex: index,
    offset: context.fieldOffset(index, elf.layout.sh_info),
    expected: symbolCount,
    found,
    reason: `the signature (sh_info) is symbol ${found}, but there are ${symbolCount} symbols`,
  });
}

function reportEmpty(context: ValidationContext, index: number, situation: 'flags' | 'members'): void {
  context.report.add({
    condition: 'group-empty',
    situation,
    sectionIndex: index,
    offset: context.fieldOffset(index, context.elf.layout.sh_size),
    found: context.sections.size(index),
    reason: situation === 'flags' ? 'the group has no flags and no members' : 'the group has no members',
  });
}

function checkMembers(
  context: ValidationContext,
  index: number,
  group: ElfGroup,
  isGroupDropped: boolean,
  groupOf: Uint32Array,
): void {
  const { sections, report, elf } = context;
  const start = elf.input.base + sections.offset(index);
  if (group.flags !== 0 && group.flags !== GRP_COMDAT) {
    report.add({
      condition: 'group-flags',
      sectionIndex: index,
      offset: start,
      expected: GRP_COMDAT,
      found: group.flags,
      reason: `the flags are 0x${group.flags.toString(16)}, but 0 or 1 (GRP_COMDAT) was expected`,
    });
  }
  const unusable = {
    dropped: new BadEntries(),
    missing: new BadEntries(),
    far: new BadEntries(),
    table: new BadEntries(),
    group: new BadEntries(),
  };
  const twice = new BadEntries();
  const unmarked = new BadEntries();
  for (let i = 0; i < group.length; i += 1) {
    const member = group.member(i);
    const offset = start + (i + 1) * WORD;
    const kind = kindOfMember(context, member);
    if (kind !== undefined) {
      unusable[isGroupDropped && member >= sections.length ? 'dropped' : kind].add(i, offset, member);
      continue;
    }
    if (groupOf[member] === 0) groupOf[member] = index;
    else twice.add(i, offset, member);
    if ((sections.flags(member) & SHF_GROUP) === 0) unmarked.add(i, offset, member);
  }
  for (const [situation, bad] of Object.entries(unusable)) {
    reportMembers(context, index, 'group-member-index', bad, situation, (member) =>
      member >= sections.length
        ? `a member is section ${member}, but there are ${sections.length} sections`
        : `a member is section ${member} (${context.sectionName(member)}), which cannot be in a group`,
    );
  }
  reportMembers(context, index, 'group-member-twice', twice, undefined, (member) => {
    const other = groupOf[member] as number;
    return other === index
      ? `section ${member} is a member twice`
      : `section ${member} is a member of the group ${other} already`;
  });
  reportMembers(context, index, 'group-member-flag', unmarked, undefined, (member) => {
    return `the member ${member} (${context.sectionName(member)}) has no SHF_GROUP`;
  });
}

function kindOfMember(
  { sections }: ValidationContext,
  member: number,
): 'missing' | 'far' | 'table' | 'group' | undefined {
  if (member >= sections.length) return member - sections.length < NEAR ? 'missing' : 'far';
  const type = sections.type(member);
  if (type === SHT_GROUP) return 'group';
  return type === SHT_NULL || type === SHT_SYMTAB || type === SHT_STRTAB ? 'table' : undefined;
}

function reportMembers(
  context: ValidationContext,
  index: number,
  condition: 'group-member-index' | 'group-member-twice' | 'group-member-flag',
  bad: BadEntries,
  situation: string | undefined,
  reason: (member: number) => string,
): void {
  const first = bad.entries[0];
  if (first === undefined) return;
  context.report.add({ condition, situation, sectionIndex: index, bad, reason: () => reason(Number(first.found)) });
}

function checkStrayFlags(context: ValidationContext, groupOf: Uint32Array | undefined): void {
  const { sections, report, elf } = context;
  for (let i = 1; i < sections.length; i += 1) {
    if ((sections.flags(i) & SHF_GROUP) === 0 || (groupOf !== undefined && groupOf[i] !== 0)) continue;
    report.add({
      condition: 'group-flag-stray',
      sectionIndex: i,
      offset: context.fieldOffset(i, elf.layout.sh_flags),
      reason: 'it has SHF_GROUP, but no group has it for a member',
    });
  }
}
