// The header and the section header table: what stands in the way of reading anything else.

import { ELF_TYPES } from '../../constants/header.ts';
import { MACHINES } from '../../constants/machine.ts';
import { describeSectionType } from '../../constants/describe-section.ts';
import { SECTION_TYPES, SPECIAL_SECTIONS } from '../../constants/section.ts';
import type { ElfFile } from '../../elf-file.ts';
import { IDENT } from '../../layout.ts';
import type { IntegrityReport } from '../finding.ts';
import type { ValidationContext } from '../context.ts';

const { ET_REL, ET_EXEC, ET_DYN, ET_CORE } = ELF_TYPES.values;
const { SHT_STRTAB, SHT_REL, SHT_RELA } = SECTION_TYPES.values;
const { SHN_UNDEF, SHN_XINDEX } = SPECIAL_SECTIONS.values;
const { EM_PPC64 } = MACHINES.values;

/** The version of the ABI of PowerPC64 that lld links. Objects may leave it open with 0. */
const PPC64_ABI_VERSION = 2;

/** What ld.lld 22 links for; SystemZ and LoongArch since 17. */
const LLD_MACHINES: ReadonlySet<number> = /* @__PURE__ */ new Set([
  MACHINES.values.EM_386,
  MACHINES.values.EM_MIPS,
  MACHINES.values.EM_PPC,
  MACHINES.values.EM_PPC64,
  MACHINES.values.EM_S390,
  MACHINES.values.EM_ARM,
  MACHINES.values.EM_SPARCV9,
  MACHINES.values.EM_X86_64,
  MACHINES.values.EM_AVR,
  MACHINES.values.EM_MSP430,
  MACHINES.values.EM_HEXAGON,
  MACHINES.values.EM_AARCH64,
  MACHINES.values.EM_AMDGPU,
  MACHINES.values.EM_RISCV,
  MACHINES.values.EM_LOONGARCH,
]);

const EV_CURRENT = 1;
const EI_VERSION = 6;

/**
 * Checks the header.
 *
 * @returns Whether the section headers can be read.
 */
export function checkHeader(elf: ElfFile, report: IntegrityReport): boolean {
  const { header, input, layout } = elf;
  const { raw } = header;
  const version = raw.e_ident[EI_VERSION] ?? 0;
  if (version !== EV_CURRENT) {
    report.add({
      condition: 'file-version',
      offset: input.base + EI_VERSION,
      expected: EV_CURRENT,
      found: version,
      reason: `EI_VERSION is ${version}, but ${EV_CURRENT} was expected`,
    });
  }
  if (header.type < ET_REL || header.type > ET_CORE) {
    report.add({
      condition: 'file-type',
      offset: input.base + IDENT.e_type,
      found: header.type,
      reason: `e_type is ${header.type}, which is none of ET_REL, ET_EXEC, ET_DYN and ET_CORE`,
    });
  }
  return checkSectionTable(elf, report, layout.sectionHeaderSize);
}

/** Tells that a file is none that can be linked, though it is sound. */
export function checkInputType(elf: ElfFile, report: IntegrityReport, output: 'relocatable' | 'final'): void {
  const { header, input } = elf;
  const situation = inputSituation(header.type, output);
  if (situation === undefined) return;
  report.add({
    condition: 'input-type',
    situation,
    offset: input.base + IDENT.e_type,
    found: header.type,
    reason: `it is ${INPUT_NOUNS[situation]}`,
    data: { path: input.path.at(-1) ?? '' },
  });
}

const INPUT_NOUNS = {
  program: 'a program (ET_EXEC), which cannot be linked',
  core: 'a core file (ET_CORE), which cannot be linked',
  library: 'a shared library (ET_DYN), which -r cannot link',
} as const;

function inputSituation(type: number, output: 'relocatable' | 'final'): keyof typeof INPUT_NOUNS | undefined {
  if (type === ET_EXEC) return 'program';
  if (type === ET_CORE) return 'core';
  return type === ET_DYN && output === 'relocatable' ? 'library' : undefined;
}

function checkSectionTable(elf: ElfFile, report: IntegrityReport, span: number): boolean {
  const { header, input, layout } = elf;
  const { e_shentsize, e_shnum, e_shstrndx } = header.raw;
  const start = header.sectionHeaderOffset;
  if (start === 0) {
    if (header.type === ET_REL) {
      report.add({
        condition: 'section-table-bounds',
        situation: 'none',
        offset: input.base + layout.e_shoff,
        found: 0,
        reason: 'e_shoff is 0: a relocatable object without section headers',
        data: { names: e_shstrndx },
      });
    }
    return false;
  }
  if (e_shentsize !== span) {
    report.add({
      condition: 'section-header-size',
      offset: input.base + layout.e_shentsize,
      expected: span,
      found: e_shentsize,
      reason: `e_shentsize is ${e_shentsize}, but section headers of the class have ${span} bytes`,
    });
    return false;
  }
  const remaining = input.length - start;
  if (remaining < span) {
    report.add({
      condition: 'section-table-bounds',
      situation: 'start',
      offset: input.base + layout.e_shoff,
      found: start,
      reason: `e_shoff is 0x${start.toString(16)}, but the file has ${input.length} bytes`,
    });
    return false;
  }
  if (e_shnum > Math.floor(remaining / span)) {
    report.add({
      condition: 'section-table-bounds',
      situation: 'end',
      offset: input.base + layout.e_shnum,
      expected: Math.floor(remaining / span),
      found: e_shnum,
      reason: `e_shnum is ${e_shnum}, but only ${Math.floor(remaining / span)} headers fit behind e_shoff`,
    });
    return false;
  }
  return true;
}

/** Tells what is wrong with a count of sections that stands in section 0. */
export function reportExtendedCount(elf: ElfFile, report: IntegrityReport, reason: string): void {
  report.add({
    condition: 'section-table-bounds',
    situation: 'end',
    offset: elf.input.base + elf.header.sectionHeaderOffset,
    reason,
  });
}

/** Other linkers than lld are built for one machine or for all; which is not known here. */
function isKnownMachine({ elf, link }: ValidationContext): boolean {
  const { machine } = elf.header;
  return link.linker.name === 'lld' ? LLD_MACHINES.has(machine) : machine !== 0;
}

/** Checks the machine, and the table of section names. */
export function checkNamesAndMachine(context: ValidationContext): void {
  const { elf, sections, report } = context;
  const { header, input, layout } = elf;
  if (context.isRelocatable && !isKnownMachine(context)) {
    let hasRelocations = false;
    for (let i = 1; i < sections.length && !hasRelocations; i += 1) {
      hasRelocations = sections.type(i) === SHT_REL || sections.type(i) === SHT_RELA;
    }
    report.add({
      condition: 'machine-unknown',
      situation: hasRelocations ? 'relocations' : 'plain',
      offset: input.base + IDENT.e_machine,
      found: header.machine,
      reason: `e_machine is ${MACHINES.nameOf(header.machine) ?? header.machine}, for which lld does not link`,
    });
  }
  if (context.isRelocatable && header.machine === EM_PPC64) checkMachineFlags(context);
  if (sections.length === 0) {
    report.add({
      condition: 'section-table-bounds',
      situation: 'none',
      offset: input.base + layout.e_shnum,
      reason: 'e_shnum and the sh_size of section 0 are 0: there are no section headers',
      data: { names: header.raw.e_shstrndx },
    });
    return;
  }
  const names = sectionNamesIndex(context);
  const offset = input.base + layout.e_shstrndx;
  if (names === SHN_UNDEF) {
    report.add({
      condition: 'section-names-index',
      situation: 'zero',
      offset,
      found: names,
      reason: 'there is no section name string table (e_shstrndx is 0)',
    });
  } else if (names >= sections.length) {
    report.add({
      condition: 'section-names-index',
      situation: 'missing',
      offset,
      expected: sections.length,
      found: names,
      reason: `e_shstrndx is ${names}, but there are ${sections.length} sections`,
    });
  } else if (sections.type(names) !== SHT_STRTAB) {
    const type = describeSectionType(header.machine, sections.type(names));
    report.add({
      condition: 'section-names-index',
      situation: 'type',
      offset,
      expected: 'SHT_STRTAB',
      found: names,
      reason: `e_shstrndx names section ${names}, which is ${type}`,
      data: { type },
    });
  }
}

/** The number of the section name string table; it may be none. */
export function sectionNamesIndex({ elf, sections }: ValidationContext): number {
  const { e_shstrndx } = elf.header.raw;
  return e_shstrndx === SHN_XINDEX && sections.length > 0 ? sections.link(0) : e_shstrndx;
}

function checkMachineFlags({ elf, report }: ValidationContext): void {
  const { header, input, layout } = elf;
  if (header.flags === 0 || header.flags === PPC64_ABI_VERSION) return;
  report.add({
    condition: 'machine-flags',
    situation: header.flags < PPC64_ABI_VERSION ? 'first' : 'unknown',
    offset: input.base + layout.e_flags,
    expected: PPC64_ABI_VERSION,
    found: header.flags,
    reason: `e_flags is 0x${header.flags.toString(16)}, but 0 or the version of the ABI, ${PPC64_ABI_VERSION}, was expected`,
  });
}
