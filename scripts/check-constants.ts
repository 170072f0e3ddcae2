// Compares every table of ELF constants with the headers that it names as its source, in both directions: no value of
// ours differs, and no name of LLVM's is missing. What is left out on purpose, and what no header here has, is listed
// below with the reason. Run it with a Node that takes TypeScript (22.18 or later), or with `npx vitest run
// test/differential/constants.test.ts`.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { pathToFileURL } from 'node:url';
import * as constants from '../src/elf/constants/index.ts';
import * as elf from '../src/elf/index.ts';

/** Where Debian's llvm-22-dev puts the headers of LLVM. */
export const LLVM_HEADERS = '/usr/include/llvm-22/llvm';

/** Second sources, by Debian's libc6-dev and linux-libc-dev: values are compared where they have a name too. */
const SYSTEM_HEADERS = ['/usr/include/elf.h', '/usr/include/linux/elf.h'];

type Definitions = ReadonlyMap<string, number>;

interface Exception {
  readonly names: RegExp;
  readonly reason: string;
}

/** Names of LLVM's that no table of ours holds. */
const LEFT_OUT: readonly Exception[] = [
  { names: /^(SHT|SHN|STB|STT|PT|ET|DT|ELFCOMPRESS)_(LO|HI)(OS|PROC|USER|RESERVE)$/, reason: 'end of a range' },
  { names: /^(SHF|GRP|PF)_MASK(OS|PROC)$/, reason: 'a mask' },
  { names: /^ELFOSABI_(FIRST|LAST)_ARCH$/, reason: 'end of a range' },
  { names: /^EF_AMDGPU_MACH_(R600|AMDGCN)_(FIRST|LAST)$/, reason: 'end of a range' },
  { names: /^EF_AMDGPU_MACH_(R600|AMDGCN)_RESERVED_\w+$/, reason: 'a reserved number' },
  { names: /^EF_AMDGPU_GENERIC_VERSION(_(OFFSET|MIN|MAX))?$/, reason: 'a field without names' },
  { names: /^EF_(AMDGPU|CUDA|HEXAGON)_(MACH|ISA|SM|VIRTUAL_SM|SM_MASK|SM_OFFSET)$/, reason: 'a mask or a shift' },
  { names: /^EF_AMDGPU_FEATURE_(XNACK|SRAMECC)_V4$/, reason: 'a mask' },
  { names: /^EF_(ARC_(MACH|OSABI)_MSK|ARM_EABIMASK|AVR_ARCH_MASK|MIPS_(ABI|ARCH|ARCH_ASE|MACH))$/, reason: 'a mask' },
  { names: /^EF_(LOONGARCH_(ABI_MODIFIER|OBJABI)_MASK|RISCV_FLOAT_ABI|SPARC_EXT_MASK|SPARCV9_MM)$/, reason: 'a mask' },
  { names: /^EF_XTENSA_MACH(_NONE)?$/, reason: 'a field with one value, 0' },
  { names: /^EF_PPC64_ABI$/, reason: 'a field without names' },
  { names: /^STO_PPC64_LOCAL_(BIT|MASK)$/, reason: 'a field without names' },
  { names: /^GNU_PROPERTY_X86_UINT32_OR(_AND)?_LO$/, reason: 'end of a range' },
  { names: /^NT_MEMTAG_LEVEL_MASK$/, reason: 'a mask' },
  { names: /^VERSYM_(VERSION|HIDDEN)$/, reason: 'a mask' },
  { names: /^AARCH64_PAUTH_PLATFORM_LLVM_LINUX_VERSION_LAST$/, reason: 'end of a range' },
  { names: /^DT_ENCODING$/, reason: 'end of a range' },
  { names: /^R_MIPS_NUM$/, reason: 'a count, of which LLVM and glibc say different numbers' },
  { names: /^RHF_NONE$/, reason: 'no bit' },
  { names: /^(EM_ECOG1X|ELFOSABI_LINUX|PT_SUNW_EH_FRAME|PT_ARM_UNWIND)$/, reason: 'a second name' },
  { names: /^(EI_\w+|EV_\w+|VER_(DEF|NEED)_\w+|SYMENTRY_SIZE\d+|PN_XNUM|STN_UNDEF)$/, reason: 'layout of a structure' },
];

/** Names of ours that none of the headers has, with where they are from. */
const OTHER_SOURCES: readonly Exception[] = [
  {
    names: /^(EF_M68K_|ELF_NOTE_TYPE_|ELF_NOTE_GO|LINUX_ELFNOTE_|XEN_ELFNOTE_)\w+$/,
    reason: 'see the head of the table',
  },
  {
    names:
      /^R_PPC64_(ADDR64_LOCAL|ENTRY|PLT(SEQ|CALL)\w*|REL24_P9NOTOC|D(28|34)\w*|PLT_PCREL34\w*|\w+_HIGH\w*|PCREL28|GOT_DTPREL_PCREL34|REL16DX_HA)$/,
    reason: 'binutils',
  },
  { names: /^DT_X86_64_\w+$/, reason: 'x86-64 psABI' },
  { names: /^SHN_X86_64_LCOMMON$/, reason: 'x86-64 psABI' },
  { names: /^PT_AARCH64_(ARCHEXT|UNWIND)$/, reason: 'AAELF64' },
  { names: /^PT_S390_PGSTE$/, reason: 'binutils' },
  { names: /^SHF_GNU_MBIND$/, reason: 'binutils' },
  { names: /^(NT_OPENBSD_IDENT|NT_STAPSDT)$/, reason: 'see the head of the table' },
  { names: /^NT_FDO_DLOPEN_METADATA$/, reason: 'systemd' },
  { names: /^(SHT_SUNW_\w+|PT_SUNWDTRACE|PT_SUNWCAP)$/, reason: 'illumos' },
];

/** Where a system header and LLVM differ about a number, and LLVM is right. */
const SYSTEM_DIFFERS: readonly Exception[] = [
  { names: /^R_AARCH64_P32_TLS_DTP(MOD|REL)$/, reason: 'AAELF64 lets a platform choose; LLVM has TLS_DTPREL first' },
  { names: /^EM_ALPHA$/, reason: 'glibc has the number that was used before one was assigned' },
  { names: /^R_ARC_TLS_DTPOFF_S9$/, reason: 'glibc gives it the number of R_ARC_TLS_LE_S9' },
];

/** The machines of each of LLVM's lists of relocations. */
const RELOCATION_MACHINES: Readonly<Record<string, readonly (keyof typeof elf.MACHINES.values)[]>> = {
  AArch64: ['EM_AARCH64'],
  AMDGPU: ['EM_AMDGPU'],
  ARC: ['EM_ARC_COMPACT', 'EM_ARC_COMPACT2'],
  ARM: ['EM_ARM'],
  AVR: ['EM_AVR'],
  BPF: ['EM_BPF'],
  CSKY: ['EM_CSKY'],
  Hexagon: ['EM_HEXAGON'],
  Lanai: ['EM_LANAI'],
  LoongArch: ['EM_LOONGARCH'],
  M68k: ['EM_68K'],
  MSP430: ['EM_MSP430'],
  Mips: ['EM_MIPS'],
  PowerPC: ['EM_PPC'],
  PowerPC64: ['EM_PPC64'],
  RISCV: ['EM_RISCV'],
  Sparc: ['EM_SPARC', 'EM_SPARC32PLUS', 'EM_SPARCV9'],
  SystemZ: ['EM_S390'],
  VE: ['EM_VE'],
  Xtensa: ['EM_XTENSA'],
  i386: ['EM_386', 'EM_IAMCU'],
  x86_64: ['EM_X86_64'],
};

interface Enumeration {
  readonly header: string;
  /** Name of the enumeration in the header. */
  readonly name: string;
  readonly table: { readonly values: Readonly<Record<string, number>> };
  /** What the table calls an enumerator; `undefined` for one that is left out. */
  readonly called?: (name: string) => string | undefined;
}

const prefixed = (prefix: string) => (name: string) => prefix + name;

/** Enumerations whose names mean something only together with the enumeration's. */
const ENUMERATIONS: readonly Enumeration[] = [
  {
    header: 'Support/ARMBuildAttributes.h',
    name: 'AttrType',
    table: constants.ARM_ATTRIBUTE_TAGS,
    called: (name) => (name.startsWith('ABI_align8_') ? undefined : `Tag_${name}`), // the older names of two
  },
  { header: 'Support/ARMBuildAttributes.h', name: 'CPUArch', table: constants.ARM_CPU_ARCHITECTURES },
  { header: 'Support/ARMBuildAttributes.h', name: 'CPUArchProfile', table: constants.ARM_CPU_PROFILES },
  {
    header: 'Support/AArch64BuildAttributes.h',
    name: 'PauthABITags',
    table: constants.AARCH64_PAUTHABI_TAGS,
    called: (name) => ({ TAG_PAUTH_PLATFORM: 'Tag_PAuth_Platform', TAG_PAUTH_SCHEMA: 'Tag_PAuth_Schema' })[name],
  },
  {
    header: 'Support/AArch64BuildAttributes.h',
    name: 'FeatureAndBitsTags',
    table: constants.AARCH64_FEATURE_AND_BITS_TAGS,
    called: (name) => (name.startsWith('TAG_') ? name.replace('TAG_FEATURE_', 'Tag_Feature_') : undefined),
  },
  {
    header: 'Support/AArch64BuildAttributes.h',
    name: 'SubsectionOptional',
    table: constants.AARCH64_SUBSECTION_OPTIONALITIES,
    called: (name) => (name.endsWith('_NOT_FOUND') ? undefined : name),
  },
  {
    header: 'Support/AArch64BuildAttributes.h',
    name: 'SubsectionType',
    table: constants.AARCH64_SUBSECTION_TYPES,
    called: (name) => (name.endsWith('_NOT_FOUND') ? undefined : name),
  },
  {
    header: 'Support/RISCVAttributes.h',
    name: 'AttrType',
    table: constants.RISCV_ATTRIBUTE_TAGS,
    called: (name) => `Tag_RISCV_${name.toLowerCase()}`,
  },
  { header: 'Support/RISCVAttributes.h', name: 'RISCVAtomicAbiTag', table: constants.RISCV_ATOMIC_ABIS },
  {
    header: 'Support/HexagonAttributes.h',
    name: 'AttrType',
    table: constants.HEXAGON_ATTRIBUTE_TAGS,
    called: (name) => `Tag_${name.toLowerCase().replace('hvx', 'hvx_')}`,
  },
  {
    header: 'Support/MSP430Attributes.h',
    name: 'AttrType',
    table: constants.MSP430_ATTRIBUTE_TAGS,
    called: (name) => name.replace(/^Tag/, 'Tag_').replace(/([a-z])([A-Z])/g, '$1_$2'),
  },
  { header: 'Support/MSP430Attributes.h', name: 'ISA', table: constants.MSP430_INSTRUCTION_SETS },
  { header: 'Support/MSP430Attributes.h', name: 'CodeModel', table: constants.MSP430_CODE_MODELS },
  { header: 'Support/MSP430Attributes.h', name: 'DataModel', table: constants.MSP430_DATA_MODELS },
  { header: 'Support/MSP430Attributes.h', name: 'EnumSize', table: constants.MSP430_ENUM_SIZES },
  {
    header: 'Support/CSKYAttributes.h',
    name: 'AttrType',
    table: constants.CSKY_ATTRIBUTE_TAGS,
    called: prefixed('Tag_'),
  },
  { header: 'Support/CSKYAttributes.h', name: 'ISA_FLAGS', table: constants.CSKY_ISA_FLAGS },
  { header: 'Support/CSKYAttributes.h', name: 'ISA_EXT_FLAGS', table: constants.CSKY_ISA_EXTENSION_FLAGS },
  { header: 'Support/CSKYAttributes.h', name: 'DSP_VERSION', table: constants.CSKY_DSP_VERSIONS },
  { header: 'Support/CSKYAttributes.h', name: 'VDSP_VERSION', table: constants.CSKY_VDSP_VERSIONS },
  { header: 'Support/CSKYAttributes.h', name: 'FPU_VERSION', table: constants.CSKY_FPU_VERSIONS },
  { header: 'Support/CSKYAttributes.h', name: 'FPU_ABI', table: constants.CSKY_FPU_ABIS },
  { header: 'Support/CSKYAttributes.h', name: 'FPU_HARDFP', table: constants.CSKY_FPU_HARDFP_FLAGS },
  { header: 'Support/MipsABIFlags.h', name: 'AFL_REG', table: constants.MIPS_REGISTER_SIZES },
  { header: 'Support/MipsABIFlags.h', name: 'AFL_ASE', table: constants.MIPS_ASES },
  { header: 'Support/MipsABIFlags.h', name: 'AFL_EXT', table: constants.MIPS_ISA_EXTENSIONS },
  { header: 'Support/MipsABIFlags.h', name: 'AFL_FLAGS1', table: constants.MIPS_ABI_FLAGS_1 },
  { header: 'Support/MipsABIFlags.h', name: 'Val_GNU_MIPS_ABI_FP', table: constants.MIPS_FP_ABIS },
];

/** Structures of bit fields, whose order is the order of the bits. */
const BIT_FIELDS: readonly Enumeration[] = [
  { header: 'Object/ELFTypes.h', name: 'Features', table: constants.BB_ADDRESS_MAP_FEATURES },
  { header: 'Object/ELFTypes.h', name: 'Metadata', table: constants.BB_ADDRESS_MAP_BLOCK_FLAGS },
];

/** What was compared, and each difference as a sentence. */
export interface ConstantsReport {
  /** Names that were found in a header. */
  readonly compared: number;
  /** Tables looked at. */
  readonly tables: number;
  /** Names that no header here has. */
  readonly unchecked: number;
  readonly differences: readonly string[];
}

/** Compares all tables with the headers of LLVM under `directory`, and with those of the system where they are installed. */
export function checkConstants(directory = LLVM_HEADERS): ConstantsReport {
  const differences: string[] = [];
  const llvm = llvmDefinitions(directory);
  const system = SYSTEM_HEADERS.filter((path) => existsSync(path)).map(
    (path) => [basename(path), defines(readFileSync(path, 'utf8'))] as const,
  );
  const tables = allTables();
  const apart = new Set<unknown>([...ENUMERATIONS, ...BIT_FIELDS].map(({ table }) => table));
  const ours = new Map<string, number>();
  for (const [table, values] of tables) {
    if (apart.has(table)) continue;
    for (const [name, value] of Object.entries(values)) {
      if (ours.has(name)) differences.push(`${name} stands in two tables`);
      ours.set(name, value);
    }
  }

  let compared = 0;
  let unchecked = 0;
  const used = new Set<Exception>();
  const excused = (list: readonly Exception[], name: string) => {
    const found = list.find(({ names }) => names.test(name));
    if (found !== undefined) used.add(found);
    return found !== undefined;
  };
  for (const [name, value] of ours) {
    const official = llvm.get(name);
    let known = official !== undefined;
    if (known && official !== value) differences.push(`${name} is ${value}, but ${official} in LLVM`);
    for (const [header, definitions] of system) {
      const found = definitions.get(name);
      if (found === undefined) continue;
      known = true;
      if (found === value) continue;
      if (official === value && excused(SYSTEM_DIFFERS, name)) continue;
      differences.push(`${name} is ${value}, but ${found} in ${header}`);
    }
    if (known) compared += 1;
    else if (excused(OTHER_SOURCES, name) || system.length < SYSTEM_HEADERS.length) unchecked += 1;
    else differences.push(`${name} = ${value} is in no header`);
  }
  for (const [name, value] of llvm) {
    if (ours.has(name) || excused(LEFT_OUT, name)) continue;
    differences.push(`${name} = ${value} of LLVM is missing`);
  }
  if (system.length === SYSTEM_HEADERS.length) {
    for (const exception of [...LEFT_OUT, ...OTHER_SOURCES, ...SYSTEM_DIFFERS]) {
      if (!used.has(exception)) differences.push(`the exception ${exception.names.source} is not needed`);
    }
  }

  differences.push(...checkRelocationTables(directory));
  for (const enumeration of ENUMERATIONS) {
    const { header, name } = enumeration;
    const theirs = new Map(enumerations(readFileSync(`${directory}/${header}`, 'utf8')).get(name));
    differences.push(...compareApart(enumeration, theirs));
    compared += Object.keys(enumeration.table.values).length;
  }
  for (const structure of BIT_FIELDS) {
    const text = readFileSync(`${directory}/${structure.header}`, 'utf8');
    differences.push(...compareApart(structure, bitFields(text, structure.name)));
    compared += Object.keys(structure.table.values).length;
  }
  return { compared, tables: tables.size, unchecked, differences };
}

/** Each table that the entries export, once. */
function allTables(): Map<unknown, Readonly<Record<string, number>>> {
  const tables = new Map<unknown, Readonly<Record<string, number>>>();
  for (const exported of [...Object.values(elf), ...Object.values(constants)] as unknown[]) {
    if (typeof exported !== 'object' || exported === null || !('nameOf' in exported) || !('values' in exported))
      continue;
    tables.set(exported, exported.values as Readonly<Record<string, number>>);
  }
  return tables;
}

/** That each machine's table has all of its list's names, and no name of another list. */
function checkRelocationTables(directory: string): string[] {
  const differences: string[] = [];
  const lists = new Map<string, Definitions>();
  const folder = `${directory}/BinaryFormat/ELFRelocs`;
  for (const file of readdirSync(folder)) {
    const name = file.replace(/\.def$/, '');
    lists.set(name, macroCalls(readFileSync(`${folder}/${file}`, 'utf8'), 'ELF_RELOC'));
  }
  lists.delete('RISCV_nonstandard');
  for (const [list, theirs] of lists) {
    const machines = RELOCATION_MACHINES[list];
    if (machines === undefined) {
      differences.push(`nothing is known of the relocations in ${list}.def`);
      continue;
    }
    for (const machine of machines) {
      const names = constants.relocationNames(elf.MACHINES.values[machine]);
      for (const name of Object.keys(names?.values ?? {})) {
        const owner = [...lists].find(([, definitions]) => definitions.has(name))?.[0];
        if (owner !== undefined && owner !== list)
          differences.push(`${name} of ${owner} is in the table of ${machine}`);
      }
      for (const [name, value] of theirs) {
        if (name !== 'R_MIPS_NUM' && names?.nameOf(value) !== name) {
          differences.push(`${machine}: ${value} is ${names?.nameOf(value) ?? 'nothing'}, but ${name} in ${list}.def`);
        }
      }
    }
  }
  return differences;
}

function compareApart({ name, table, called }: Enumeration, theirs: Definitions): string[] {
  const differences: string[] = [];
  const expected = new Map<string, number>();
  for (const [enumerator, value] of theirs) {
    const ourName = called === undefined ? enumerator : called(enumerator);
    if (ourName !== undefined) expected.set(ourName, value);
  }
  for (const [entry, value] of Object.entries(table.values)) {
    if (expected.get(entry) !== value) {
      differences.push(`${entry} is ${value}, but ${expected.get(entry) ?? 'not there'} in ${name}`);
    }
  }
  for (const [entry, value] of expected) {
    if (table.values[entry] === undefined) differences.push(`${entry} = ${value} of ${name} is missing`);
  }
  return differences;
}

/** Everything that LLVM's ELF.h defines, the lists included that it takes in. */
function llvmDefinitions(directory: string): Definitions {
  const all = new Map<string, number>();
  const take = (definitions: Iterable<readonly [string, number]>) => {
    for (const [name, value] of definitions) all.set(name, value);
  };
  const read = (path: string) => readFileSync(`${directory}/BinaryFormat/${path}`, 'utf8');
  for (const definitions of enumerations(read('ELF.h')).values()) take(definitions);
  for (const file of readdirSync(`${directory}/BinaryFormat/ELFRelocs`)) {
    take(macroCalls(read(`ELFRelocs/${file}`), '(?:ELF_RELOC|ELF_RISCV_NONSTANDARD_RELOC)'));
  }
  for (const [name, value] of macroCalls(read('DynamicTags.def'), '(?:\\w+_)?DYNAMIC_TAG(?:_MARKER)?')) {
    all.set(`DT_${name}`, value);
  }
  return all;
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[^]*?\*\//g, '').replace(/\/\/.*/g, '');
}

/** Calls of a macro at the start of a line; the last two arguments are a name and its number. */
function macroCalls(text: string, macro: string): Definitions {
  const pattern = new RegExp(`^\\s*${macro}\\((?:\\w+\\s*,\\s*)??(\\w+)\\s*,\\s*(0[xX][0-9a-fA-F]+|\\d+)\\s*\\)`, 'gm');
  const calls = new Map<string, number>();
  for (const [, name, value] of withoutComments(text).matchAll(pattern)) calls.set(name as string, Number(value));
  return calls;
}

/** The enumerators of each enumeration; those without a name are one. */
function enumerations(text: string): Map<string, Map<string, number>> {
  const all = new Map<string, Map<string, number>>();
  const known = new Map<string, number>();
  const plain = withoutComments(text).replace(/^#.*/gm, '');
  for (const [, name, body] of plain.matchAll(/\benum\b(?:\s+class)?\s*(\w*)[^{;]*\{([^}]*)\}/g)) {
    const entries = all.get(name as string) ?? new Map<string, number>();
    all.set(name as string, entries);
    for (const [, entry, expression] of (body as string).matchAll(/(\w+)\s*=\s*([^,]+)/g)) {
      const value = evaluate(expression as string, known);
      if (value === undefined) throw new Error(`the value of ${entry} is not understood: ${expression}`);
      entries.set(entry as string, value);
      known.set(entry as string, value);
    }
  }
  return all;
}

/** The macros that stand for numbers. */
function defines(text: string): Definitions {
  const known = new Map<string, number>();
  for (const [, name, expression] of withoutComments(text).matchAll(/^#\s*define\s+(\w+)[ \t]+(\S.*)$/gm)) {
    const value = evaluate(expression as string, known);
    if (value !== undefined) known.set(name as string, value);
  }
  return known;
}

/** The one-bit fields of a structure, each with its bit. */
function bitFields(text: string, structure: string): Definitions {
  // Behind the fields come functions.
  const body = new RegExp(`\\bstruct ${structure} \\{([^(]*)`).exec(withoutComments(text))?.[1] ?? '';
  const fields = [...body.matchAll(/\bbool (\w+) : 1;/g)];
  return new Map(fields.map(([, name], bit) => [name as string, 2 ** bit]));
}

/** The value of an expression out of numbers, known names, parentheses, `<<`, `+` and `|`; `undefined` for any other. */
function evaluate(expression: string, known: Definitions): number | undefined {
  const tokens = expression.match(/0[xX][0-9a-fA-F]+|\d+|\w+|<<|\S/g) ?? [];
  let at = 0;
  const primary = (): number => {
    const token = tokens[at++] ?? '';
    if (token === '(') {
      const value = either();
      return tokens[at++] === ')' ? value : NaN;
    }
    if (!/^\d/.test(token)) return known.get(token) ?? NaN;
    if (/^[uUlL]+$/.test(tokens[at] ?? '')) at += 1;
    return Number(token);
  };
  const binary = (operator: string, operand: () => number, apply: (left: number, right: number) => number) => () => {
    let value = operand();
    while (tokens[at] === operator) {
      at += 1;
      value = apply(value, operand());
    }
    return value;
  };
  const sum = binary('+', primary, (left, right) => left + right);
  const shift = binary('<<', sum, (left, right) => left * 2 ** right);
  const either = binary('|', shift, (left, right) => (Number.isNaN(left + right) ? NaN : (left | right) >>> 0));
  const value = either();
  return at === tokens.length && !Number.isNaN(value) ? value : undefined;
}

function main(): void {
  if (!existsSync(LLVM_HEADERS)) {
    console.log(`skipped: ${LLVM_HEADERS} is not there (Debian package llvm-22-dev)`);
    return;
  }
  const { compared, tables, unchecked, differences } = checkConstants();
  for (const difference of differences) console.error(difference);
  console.log(
    `${compared} constants in ${tables} tables compared, ${unchecked} in no header, ${differences.length} differences`,
  );
  if (differences.length > 0) process.exitCode = 1;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) main();
