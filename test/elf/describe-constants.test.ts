import { describe, expect, it } from 'vitest';
import * as constants from '../../src/elf/constants/index.ts';

describe('names whose numbers machines and systems share', () => {
  const { EM_386, EM_AARCH64, EM_AMDGPU, EM_ARM, EM_IA_64, EM_MIPS, EM_PPC64, EM_RISCV, EM_SPARCV9, EM_VE, EM_X86_64 } =
    constants.MACHINES.values;
  const { ELFOSABI_NONE, ELFOSABI_SOLARIS, ELFOSABI_HPUX } = constants.OS_ABIS.values;

  it('operating system ABIs', () => {
    expect(constants.describeOsAbi(EM_AMDGPU, 65)).toBe('ELFOSABI_AMDGPU_PAL');
    expect(constants.describeOsAbi(EM_ARM, 65)).toBe('ELFOSABI_ARM_FDPIC');
    expect(constants.describeOsAbi(EM_X86_64, 65)).toBe('unknown (0x41)');
    expect(constants.describeOsAbi(EM_X86_64, 3)).toBe('ELFOSABI_GNU');
  });

  it('section types of Solaris where the file says Solaris, and elsewhere where GNU has none', () => {
    expect(constants.describeSectionType(EM_X86_64, 0x6ffffff6)).toBe('SHT_GNU_HASH');
    expect(constants.describeSectionType(EM_X86_64, 0x6ffffff6, ELFOSABI_SOLARIS)).toBe('SHT_SUNW_SIGNATURE');
    expect(constants.describeSectionType(EM_X86_64, 0x6ffffffc)).toBe('SHT_SUNW_syminfo');
    expect(constants.describeSectionType(EM_VE, 0x70000001)).toBe('unknown (0x70000001)');
  });

  it('section flags of Solaris', () => {
    expect(constants.describeSectionFlags(EM_X86_64, 0x40100000, ELFOSABI_SOLARIS)).toEqual([
      'SHF_SUNW_NODISCARD',
      'SHF_ORDERED',
    ]);
    expect(constants.describeSectionFlags(EM_X86_64, 0x40100000)).toEqual([
      'unknown (0x100000)',
      'unknown (0x40000000)',
    ]);
  });

  it('reserved section numbers', () => {
    const describeIn = (machine: number, osAbi: number, index: number) =>
      constants.describeSpecialSection({ machine, osAbi }, index);
    expect(describeIn(EM_X86_64, ELFOSABI_NONE, 0xff02)).toBe('SHN_X86_64_LCOMMON');
    expect(describeIn(EM_MIPS, ELFOSABI_NONE, 0xff02)).toBe('SHN_MIPS_DATA');
    expect(describeIn(EM_AMDGPU, ELFOSABI_NONE, 0xff00)).toBe('SHN_AMDGPU_LDS');
    expect(describeIn(EM_X86_64, ELFOSABI_SOLARIS, 0xff00)).toBe('SHN_BEFORE');
    expect(describeIn(EM_X86_64, ELFOSABI_NONE, 0xff00)).toBe('unknown (0xff00)');
    expect(describeIn(EM_X86_64, ELFOSABI_NONE, 0xfff1)).toBe('SHN_ABS');
  });

  it('segment types and flags', () => {
    const describeIn = (machine: number, osAbi: number, type: number) =>
      constants.describeSegmentType({ machine, osAbi }, type);
    expect(describeIn(EM_ARM, ELFOSABI_NONE, 0x70000001)).toBe('PT_ARM_EXIDX');
    expect(describeIn(EM_MIPS, ELFOSABI_NONE, 0x70000001)).toBe('PT_MIPS_RTPROC');
    expect(describeIn(EM_AARCH64, ELFOSABI_NONE, 0x70000002)).toBe('PT_AARCH64_MEMTAG_MTE');
    expect(describeIn(EM_X86_64, ELFOSABI_HPUX, 0x60000012)).toBe('PT_HP_OPT_ANNOT');
    expect(describeIn(EM_IA_64, ELFOSABI_NONE, 0x60000012)).toBe('PT_HP_OPT_ANNOT');
    expect(describeIn(EM_X86_64, ELFOSABI_NONE, 0x60000012)).toBe('unknown (0x60000012)');
    expect(constants.describeSegmentFlags(EM_ARM, 0x20000005)).toEqual(['PF_X', 'PF_R', 'PF_ARM_PI']);
    expect(constants.describeSegmentFlags(EM_X86_64, 0x20000006)).toEqual(['PF_W', 'PF_R', 'unknown (0x20000000)']);
  });

  it('symbol types and bindings', () => {
    expect(constants.describeSymbolType(EM_AMDGPU, 10)).toBe('STT_AMDGPU_HSA_KERNEL');
    expect(constants.describeSymbolType(EM_X86_64, 10)).toBe('STT_GNU_IFUNC');
    expect(constants.describeSymbolType(EM_SPARCV9, 13)).toBe('STT_SPARC_REGISTER');
    expect(constants.describeSymbolType(EM_X86_64, 13)).toBe('unknown (0xd)');
    expect(constants.describeSymbolBinding(EM_MIPS, 13)).toBe('STB_MIPS_SPLIT_COMMON');
    expect(constants.describeSymbolBinding(EM_X86_64, 2)).toBe('STB_WEAK');
  });

  it('st_other, with fields of several bits as one thing', () => {
    expect(constants.describeSymbolOther(EM_AARCH64, 0x82)).toEqual(['STV_HIDDEN', 'STO_AARCH64_VARIANT_PCS']);
    expect(constants.describeSymbolOther(EM_RISCV, 0x80)).toEqual(['STO_RISCV_VARIANT_CC']);
    expect(constants.describeSymbolOther(EM_MIPS, 0xf4)).toEqual(['STO_MIPS_OPTIONAL', 'STO_MIPS_MIPS16']);
    expect(constants.describeSymbolOther(EM_MIPS, 0xa3)).toEqual([
      'STV_PROTECTED',
      'STO_MIPS_PIC',
      'STO_MIPS_MICROMIPS',
    ]);
    expect(constants.describeSymbolOther(EM_PPC64, 0x60)).toEqual(['localentry: 8']);
    expect(constants.describeSymbolOther(EM_PPC64, 0x20)).toEqual(['localentry: 1']);
    expect(constants.describeSymbolOther(EM_PPC64, 0xe0)).toEqual(['unknown (0xe0)']);
    expect(constants.describeSymbolOther(EM_X86_64, 0)).toEqual([]);
    // Alpha's files have a number that is not the registered one.
    for (const alpha of [constants.MACHINES.values.EM_ALPHA, 0x9026]) {
      expect(constants.describeSymbolOther(alpha, 0x88)).toEqual(['STO_ALPHA_STD_GPLOAD']);
      expect(constants.describeSectionFlags(alpha, 0x10000003)).toContain('SHF_ALPHA_GPREL');
      expect(constants.describeSectionType(alpha, 0x70000001)).toBe('SHT_ALPHA_DEBUG');
      expect(constants.describeDynamicTag(alpha, 0x70000000)).toBe('DT_ALPHA_PLTRO');
    }
    expect([0, 1, 2, 3, 4, 5, 6, 7].map((field) => constants.ppc64LocalEntryOffset(field << 5))).toEqual([
      0,
      0,
      4,
      8,
      16,
      32,
      64,
      undefined,
    ]);
  });

  it('dynamic tags, those beyond 32 bits included', () => {
    expect(constants.describeDynamicTag(EM_AARCH64, 0x70000001)).toBe('DT_AARCH64_BTI_PLT');
    expect(constants.describeDynamicTag(EM_MIPS, 0x70000001n)).toBe('DT_MIPS_RLD_VERSION');
    expect(constants.describeDynamicTag(EM_ARM, 0x70000001)).toBe('unknown (0x70000001)');
    expect(constants.describeDynamicTag(EM_ARM, 0x1_0000_0001n)).toBe('unknown (0x100000001)');
    expect(constants.describeDynamicTag(EM_ARM, -1)).toBe('unknown (0xffffffffffffffff)');
  });

  it('note types, by owner and kind of file', () => {
    const { ET_CORE, ET_DYN } = constants.ELF_TYPES.values;
    expect(constants.describeNoteType('GNU', 3, ET_DYN)).toBe('NT_GNU_BUILD_ID');
    expect(constants.describeNoteType('Go', 4, ET_DYN)).toBe('ELF_NOTE_GOBUILDID_TAG');
    expect(constants.describeNoteType('FreeBSD', 1, ET_DYN)).toBe('NT_FREEBSD_ABI_TAG');
    expect(constants.describeNoteType('FreeBSD', 7, ET_CORE)).toBe('NT_FREEBSD_THRMISC');
    expect(constants.describeNoteType('FreeBSD', 1, ET_CORE)).toBe('NT_PRSTATUS');
    expect(constants.describeNoteType('CORE', 1, ET_CORE)).toBe('NT_PRSTATUS');
    expect(constants.describeNoteType('LINUX', 0x405, ET_CORE)).toBe('NT_ARM_SVE');
    expect(constants.describeNoteType('NetBSD-CORE@7', 24, ET_CORE)).toBe('NT_NETBSDCORE_LWPSTATUS');
    expect(constants.describeNoteType('GA$', 0x100, ET_DYN)).toBe('NT_GNU_BUILD_ATTRIBUTE_OPEN');
    expect(constants.describeNoteType('nobody', 1, ET_DYN)).toBe('NT_VERSION');
    expect(constants.describeNoteType('nobody', 77, ET_DYN)).toBe('unknown (0x4d)');
  });

  it('GNU properties and their bits', () => {
    expect(constants.describeGnuProperty(EM_AARCH64, 0xc0000000)).toBe('GNU_PROPERTY_AARCH64_FEATURE_1_AND');
    expect(constants.describeGnuProperty(EM_RISCV, 0xc0000000)).toBe('GNU_PROPERTY_RISCV_FEATURE_1_AND');
    expect(constants.describeGnuProperty(EM_386, 0xc0000002)).toBe('GNU_PROPERTY_X86_FEATURE_1_AND');
    expect(constants.describeGnuProperty(EM_X86_64, 0xc0000000)).toBe('unknown (0xc0000000)');
    expect(constants.gnuPropertyBitNames(EM_X86_64, 0xc0008002)).toBe(constants.X86_ISA_1);
    expect(constants.gnuPropertyBitNames(EM_X86_64, 1)).toBeUndefined();
  });

  it('attribute tags, in the subsection of the ABI alone', () => {
    expect(constants.attributeTagNames(EM_ARM, 'aeabi')?.nameOf(6)).toBe('Tag_CPU_arch');
    expect(constants.attributeTagNames(EM_ARM, 'gnu')).toBeUndefined();
    expect(constants.attributeTagNames(EM_RISCV, 'riscv')?.nameOf(5)).toBe('Tag_RISCV_arch');
    expect(constants.attributeTagNames(EM_AARCH64, 'aeabi_feature_and_bits')?.nameOf(0)).toBe('Tag_Feature_BTI');
    expect(constants.attributeTagNames(EM_AARCH64, 'aeabi_pauthabi')?.nameOf(1)).toBe('Tag_PAuth_Platform');
    expect(constants.attributeTagNames(EM_X86_64, 'gnu')).toBeUndefined();
  });
});

describe('relocation types', () => {
  const EM = constants.MACHINES.values;

  it('machines of a family share a table', () => {
    expect(constants.relocationNames(EM.EM_IAMCU)).toBe(constants.relocationNames(EM.EM_386));
    expect(constants.relocationNames(EM.EM_SPARC)).toBe(constants.relocationNames(EM.EM_SPARCV9));
    expect(constants.relocationNames(EM.EM_NONE)).toBeUndefined();
  });

  it('of MIPS64 all three are named, of other files one', () => {
    const type = 0x00_00_18_0c;
    expect(constants.describeRelocationType({ machine: EM.EM_MIPS, bits: 64 }, type)).toBe(
      'R_MIPS_GPREL32/R_MIPS_SUB/R_MIPS_NONE',
    );
    expect(constants.describeRelocationType({ machine: EM.EM_MIPS, bits: 64 }, 0xff000012)).toBe(
      'R_MIPS_64/R_MIPS_NONE/R_MIPS_NONE',
    );
    expect(constants.describeRelocationType({ machine: EM.EM_MIPS, bits: 32 }, 12)).toBe('R_MIPS_GPREL32');
    expect(constants.describeRelocationType({ machine: EM.EM_MIPS, bits: 64 }, 0xfe)).toBe(
      'unknown (0xfe)/R_MIPS_NONE/R_MIPS_NONE',
    );
  });

  it('of 64-bit SPARC the lowest byte is the type', () => {
    expect(constants.describeRelocationType({ machine: EM.EM_SPARCV9, bits: 64 }, 0x1021)).toBe('R_SPARC_OLO10');
  });

  it('of a machine without a table stays a number', () => {
    expect(constants.describeRelocationType({ machine: EM.EM_NONE, bits: 64 }, 5)).toBe('unknown (0x5)');
  });

  it('vendors of RISC-V name theirs', () => {
    expect(constants.riscvVendorRelocationNames('QUALCOMM')?.nameOf(192)).toBe('R_RISCV_QC_ABS20_U');
    expect(constants.riscvVendorRelocationNames('ANDES')?.nameOf(241)).toBe('R_RISCV_NDS_BRANCH_10');
    expect(constants.riscvVendorRelocationNames('CHERIOT1')?.nameOf(223)).toBe('R_RISCV_CHERIOT1_COMPARTMENT_SIZE');
    expect(constants.riscvVendorRelocationNames('ACME')).toBeUndefined();
  });
});

describe('header flags that llvm-readobj has no names for', () => {
  const EM = constants.MACHINES.values;
  const describeFor = (machine: number, flags: number, osAbi = 0, abiVersion = 0) =>
    constants.describeHeaderFlags({ machine, flags, osAbi, abiVersion });

  it.each([
    ['ARM, EABI 5', EM.EM_ARM, 0x05800400, ['EF_ARM_ABI_FLOAT_HARD', 'EF_ARM_BE8', 'EF_ARM_EABI_VER5']],
    ['ARM, EABI 2', EM.EM_ARM, 0x02000004, ['EF_ARM_SYMSARESORTED', 'EF_ARM_EABI_VER2']],
    ['ARM, EABI 4', EM.EM_ARM, 0x04000400, ['unknown (0x400)', 'EF_ARM_EABI_VER4']],
    ['ARM before EABI', EM.EM_ARM, 0x00000404, ['EF_ARM_INTERWORK', 'EF_ARM_VFP_FLOAT']],
    ['64-bit PowerPC', EM.EM_PPC64, 2, ['EF_PPC64_ABI=2']],
    ['PowerPC', EM.EM_PPC, 0x80008000, ['EF_PPC_RELOCATABLE_LIB', 'EF_PPC_EMB']],
    ['Hexagon', EM.EM_HEXAGON, 0x8067, ['EF_HEXAGON_MACH_V67T']],
    ['C-SKY', EM.EM_CSKY, 0x21006009, ['EF_CSKY_803', 'EF_CSKY_FLOAT', 'EF_CSKY_DSP', 'EF_CSKY_EFV1', 'EF_CSKY_ABIV2']],
    ['MSP430', EM.EM_MSP430, 45, ['EF_MSP430_MACH_MSP430X']],
    ['ARC', EM.EM_ARC_COMPACT2, 0x406, ['EF_ARC_CPU_ARCV2HS', 'E_ARC_OSABI_V4']],
    ['BPF', EM.EM_BPF, 3, ['EF_BPF_CPUVER=3']],
    ['ColdFire', EM.EM_68K, 0x65, ['EF_M68K_CF_ISA_B', 'EF_M68K_CF_EMAC', 'EF_M68K_CF_FLOAT']],
    ['68000', EM.EM_68K, 0x01000000, ['EF_M68K_M68000']],
    ['CPU32', EM.EM_68K, 0x00810000, ['EF_M68K_CPU32']],
    ['S/390', EM.EM_S390, 1, ['EF_S390_HIGH_GPRS']],
    ['Alpha', EM.EM_ALPHA, 2, ['EF_ALPHA_CANRELAX']],
    ['Alpha by the number in use', 0x9026, 2, ['EF_ALPHA_CANRELAX']],
    ['IA-64', EM.EM_IA_64, 0x10, ['EF_IA_64_ABI64']],
    ['PA-RISC', EM.EM_PARISC, 0x00080214, ['EFA_PARISC_2_0', 'EF_PARISC_WIDE']],
    ['SuperH', EM.EM_SH, 0x9, ['EF_SH4']],
    ['AArch64, which has none', EM.EM_AARCH64, 0x80000001, ['unknown (0x1)', 'unknown (0x80000000)']],
  ])('%s', (_, machine, flags, names) => {
    expect(describeFor(machine, flags)).toEqual(names);
  });

  it('RISC-V with the quad ABI has that alone', () => {
    expect(describeFor(EM.EM_RISCV, 0x7)).toEqual(['EF_RISCV_RVC', 'EF_RISCV_FLOAT_ABI_QUAD']);
  });

  it('NVIDIA GPUs, old and new layout', () => {
    expect(describeFor(EM.EM_CUDA, 0x00500550, 51, 7)).toEqual([
      'EF_CUDA_SM80',
      'EF_CUDA_TEXMODE_UNIFIED',
      'EF_CUDA_64BIT_ADDRESS',
      'EF_CUDA_VIRTUAL_SM=EF_CUDA_SM80',
    ]);
    expect(describeFor(EM.EM_CUDA, 0x6408, 65, 8)).toEqual(['EF_CUDA_ACCELERATORS', 'EF_CUDA_SM100']);
  });

  it('code objects of AMD GPUs of version 2, and of versions to come', () => {
    expect(describeFor(EM.EM_AMDGPU, 0x3, 64, 0)).toEqual([
      'EF_AMDGPU_FEATURE_XNACK_V2',
      'EF_AMDGPU_FEATURE_TRAP_HANDLER_V2',
    ]);
    expect(describeFor(EM.EM_AMDGPU, 0x20, 64, 9)).toEqual(['unknown (0x20)']);
  });
});
