// Section headers: one pass over them checks what each says of itself, and sorts them by what is to be checked of them.

import { describeSectionType } from '../../constants/describe-section.ts';
import { MACHINES } from '../../constants/machine.ts';
import { SECTION_FLAGS, SECTION_TYPES } from '../../constants/section.ts';
import type { ValidationContext } from '../context.ts';

const { SHT_NULL, SHT_PROGBITS, SHT_SYMTAB, SHT_STRTAB, SHT_RELA, SHT_NOTE, SHT_NOBITS } = SECTION_TYPES.values;
const { SHT_REL, SHT_INIT_ARRAY, SHT_FINI_ARRAY, SHT_PREINIT_ARRAY, SHT_GROUP } = SECTION_TYPES.values;
const { SHT_SYMTAB_SHNDX, SHT_CREL, SHT_LLVM_ADDRSIG, SHT_LLVM_DEPENDENT_LIBRARIES } = SECTION_TYPES.values;
const { SHT_LLVM_CALL_GRAPH_PROFILE } = SECTION_TYPES.values;
const { SHF_ALLOC, SHF_MERGE, SHF_LINK_ORDER, SHF_COMPRESSED, SHF_OS_NONCONFORMING } = SECTION_FLAGS.values;

const { EM_ARM, EM_RISCV } = MACHINES.values;

/** SHT_ARM_ATTRIBUTES and SHT_RISCV_ATTRIBUTES, types of the processor. */
const SHT_ATTRIBUTES = 0x70000003;
const SHT_LOOS = 0x60000000;
const SHT_LOPROC = 0x70000000;
const SHT_LOUSER = 0x80000000;
const SHT_X86_64_UNWIND = 0x70000001;
const ALIGNMENT_MAX = 0xffffffff;
const WORD = 4;

/** Checks every section header, and fills the survey. */
export function checkSectionHeaders(context: ValidationContext): void {
  const { sections, survey, isRelocatable } = context;
  const { length } = sections;
  for (let i = 1; i < length; i += 1) {
    const type = sections.type(i);
    if (type === SHT_NULL) continue;
    if (type !== SHT_NOBITS && !sections.isInFile(i)) reportBounds(context, i);
    if (isRelocatable) {
      const flags = sections.flags(i);
      const alignment = sections.alignment(i);
      if (alignment > 1 && !isPowerOfTwo(alignment)) reportAlignment(context, i, alignment);
      if (sections.nameOffset(i) !== 0 && !sections.hasName(i)) reportName(context, i);
      if ((flags & (SHF_MERGE | SHF_LINK_ORDER | SHF_COMPRESSED)) !== 0) {
        if ((flags & SHF_COMPRESSED) !== 0) survey.compressed.push(i);
        if ((flags & SHF_LINK_ORDER) !== 0) survey.linkOrders.push(i);
        if ((flags & SHF_MERGE) !== 0) survey.merges.push(i);
      }
    }
    sort(context, i, type);
  }
}

function sort(context: ValidationContext, index: number, type: number): void {
  const { survey, sections, isRelocatable } = context;
  const { layout } = context.elf;
  switch (type) {
    case SHT_REL:
    case SHT_RELA:
      survey.relocations.push(index);
      checkEntrySize(context, index, 'relocations', type === SHT_RELA ? layout.relaSize : layout.relSize);
      return;
    case SHT_CREL:
      survey.relocations.push(index);
      return;
    case SHT_SYMTAB:
      survey.symbolTables.push(index);
      checkEntrySize(context, index, 'table', layout.symbolSize);
      return;
    case SHT_SYMTAB_SHNDX:
      survey.extendedIndices.push(index);
      checkEntrySize(context, index, 'table', WORD);
      return;
    case SHT_GROUP:
      survey.groups.push(index);
      if (isRelocatable) checkEntrySize(context, index, 'group', WORD);
      return;
    case SHT_STRTAB:
    case SHT_NOTE:
    case SHT_INIT_ARRAY:
    case SHT_FINI_ARRAY:
    case SHT_PREINIT_ARRAY:
    case SHT_NOBITS:
    case SHT_PROGBITS:
      break;
    case SHT_LLVM_ADDRSIG:
      survey.addressSignificances.push(index);
      return;
    case SHT_LLVM_CALL_GRAPH_PROFILE:
      survey.callGraphs.push(index);
      if (isRelocatable) checkEntrySize(context, index, 'profile', 8);
      return;
    case SHT_LLVM_DEPENDENT_LIBRARIES:
      survey.libraries.push(index);
      return;
    default:
      if (isRelocatable) checkType(context, index, type);
  }
  if (!isRelocatable) return;
  if (type === SHT_STRTAB) return;
  if (type === SHT_PROGBITS || type === SHT_NOBITS || type === SHT_X86_64_UNWIND) {
    // With its NUL the name is compared whole.
    if (sections.nameStartsWith(index, '.eh_frame\0')) {
      survey.frames.push(index);
      context.isFrame[index] = 1;
    }
  }
  if (sections.nameStartsWith(index, '.note.gnu.property\0')) {
    survey.properties.push(index);
  }
  if (sections.nameStartsWith(index, '.note.GNU-')) survey.stackMarkers.push(index);
  const { machine } = context.elf.header;
  if (type === SHT_ATTRIBUTES && (machine === EM_ARM || machine === EM_RISCV)) survey.attributes.push(index);
}

function isPowerOfTwo(number: number): boolean {
  return number <= ALIGNMENT_MAX && (number & (number - 1)) === 0;
}

function reportBounds(context: ValidationContext, index: number): void {
  const { elf, sections, report } = context;
  const [offset, size, fileSize] = [sections.offset(index), sections.size(index), elf.input.length];
  const use = context.useOf(index);
  const { sh_offset, sh_size } = sections.rawAt(index);
  const isRead = use === 'input' || use === 'table';
  const overflows = isRead && sh_offset + sh_size >= 1n << BigInt(elf.layout.bits);
  report.add({
    condition: 'section-bounds',
    situation: overflows ? 'overflow' : use,
    sectionIndex: index,
    offset: context.fieldOffset(index, elf.layout.sh_offset),
    expected: fileSize,
    found: overflows ? `0x${sh_offset.toString(16)}` : offset,
    reason:
      `sh_offset 0x${sh_offset.toString(16)} and sh_size 0x${sh_size.toString(16)} ` +
      `go past the end of the file (0x${fileSize.toString(16)})`,
    data: {
      offset: Number.isSafeInteger(offset) ? offset : `0x${sh_offset.toString(16)}`,
      size: Number.isSafeInteger(size) ? size : `0x${sh_size.toString(16)}`,
      fileSize,
    },
  });
}

function reportAlignment(context: ValidationContext, index: number, alignment: number): void {
  const use = context.useOf(index);
  const isLarge = alignment > ALIGNMENT_MAX;
  const situation = use === 'kept' || use === 'relocations' ? 'kept-large' : `${use}-large`;
  context.report.add({
    condition: 'section-alignment',
    situation: isLarge ? situation : use,
    sectionIndex: index,
    offset: context.fieldOffset(index, context.elf.layout.sh_addralign),
    found: alignment,
    reason: isLarge
      ? `sh_addralign is 0x${alignment.toString(16)}, which is 2^32 or more`
      : `sh_addralign is ${alignment}, which is no power of two`,
  });
}

function reportName(context: ValidationContext, index: number): void {
  const { sections, report, elf } = context;
  // Where no section has a name because their table is damaged, that is told once.
  if (!sections.hasNames) return;
  const found = sections.nameOffset(index);
  report.add({
    condition: 'section-name-offset',
    situation: context.useOf(index),
    sectionIndex: index,
    offset: elf.input.base + sections.headerOffset(index),
    found,
    reason: `sh_name is 0x${found.toString(16)}, which is past the end of the section name string table`,
  });
}

function checkEntrySize(context: ValidationContext, index: number, situation: string, expected: number): void {
  const { sections, report, elf } = context;
  const found = sections.entrySize(index);
  const size = sections.size(index);
  if (found !== expected) {
    report.add({
      condition: 'section-entry-size',
      situation,
      sectionIndex: index,
      offset: context.fieldOffset(index, elf.layout.sh_entsize),
      expected,
      found,
      reason: `sh_entsize is ${found}, but ${expected} was expected`,
    });
  } else if (size % expected !== 0) {
    report.add({
      condition: 'section-size',
      situation,
      sectionIndex: index,
      offset: context.fieldOffset(index, elf.layout.sh_size),
      expected,
      found: size,
      reason: `sh_size is ${size}, which is no multiple of the size of an entry (${expected})`,
    });
  }
}

/** The types that lld lets through: those of operating systems, processors and users, and those that it reads. */
function checkType(context: ValidationContext, index: number, type: number): void {
  const { sections, report, elf } = context;
  const flags = sections.flags(index);
  const isUser = type >= SHT_LOUSER;
  if (isUser ? (flags & SHF_ALLOC) === 0 : type >= SHT_LOOS && (flags & SHF_OS_NONCONFORMING) === 0) return;
  if (!isUser && type >= SHT_LOPROC) return;
  const use = context.useOf(index);
  if (use === 'kept' && context.link.output === 'final') return;
  report.add({
    condition: 'section-type',
    situation: use === 'marker' ? 'marker' : 'input',
    sectionIndex: index,
    offset: context.fieldOffset(index, 4),
    found: type,
    reason: `sh_type is ${describeSectionType(elf.header.machine, type)}, which no relocatable object has`,
  });
}
