// Where relocations without an addend of their own (SHT_REL, and CREL without addends) have it: for each type of a machine
// the field of the relocated bytes that holds it. The list is that of lld 22 (ELF/Arch/*.cpp, getImplicitAddend); types that
// are not in it lld refuses, "cannot read addend for relocation". The numbers are those of
// llvm/BinaryFormat/ELFRelocs/*.def. Left out: MIPS, which has them too.

/**
 * A field that holds an addend; what it is made of is told where it is read. `none` is that of types that are defined
 * without an addend: it is 0.
 */
export type AddendField =
  | 'none'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int32At4'
  | 'int64'
  | 'int64At8'
  | 'a64Move'
  | 'a64TestBranch'
  | 'a64Branch19'
  | 'a64Branch26'
  | 'a64Add12'
  | 'a64Adr'
  | 'prel31'
  | 'armBranch'
  | 'armMove'
  | 'armAdd'
  | 'armLoad'
  | 'armLoadSigned'
  | 'thumbJump8'
  | 'thumbJump11'
  | 'thumbJump19'
  | 'thumbBranch'
  | 'thumbMove'
  | 'thumbMove8'
  | 'thumbAdd'
  | 'thumbLoad8'
  | 'thumbLoad12';

type Addends = ReadonlyMap<number, AddendField>;

const AARCH64_ADDENDS: Addends = /* @__PURE__ */ new Map<number, AddendField>([
  [0, 'none'], // R_AARCH64_NONE
  [257, 'int64'], // R_AARCH64_ABS64
  [258, 'int32'], // R_AARCH64_ABS32
  [259, 'int16'], // R_AARCH64_ABS16
  [260, 'int64'], // R_AARCH64_PREL64
  [261, 'int32'], // R_AARCH64_PREL32
  [262, 'int16'], // R_AARCH64_PREL16
  [263, 'a64Move'], // R_AARCH64_MOVW_UABS_G0
  [264, 'a64Move'], // R_AARCH64_MOVW_UABS_G0_NC
  [265, 'a64Move'], // R_AARCH64_MOVW_UABS_G1
  [266, 'a64Move'], // R_AARCH64_MOVW_UABS_G1_NC
  [267, 'a64Move'], // R_AARCH64_MOVW_UABS_G2
  [268, 'a64Move'], // R_AARCH64_MOVW_UABS_G2_NC
  [269, 'a64Move'], // R_AARCH64_MOVW_UABS_G3
  [273, 'a64Branch19'], // R_AARCH64_LD_PREL_LO19
  [274, 'a64Adr'], // R_AARCH64_ADR_PREL_LO21
  [275, 'a64Adr'], // R_AARCH64_ADR_PREL_PG_HI21
  [276, 'a64Adr'], // R_AARCH64_ADR_PREL_PG_HI21_NC
  [277, 'a64Add12'], // R_AARCH64_ADD_ABS_LO12_NC
  [279, 'a64TestBranch'], // R_AARCH64_TSTBR14
  [280, 'a64Branch19'], // R_AARCH64_CONDBR19
  [282, 'a64Branch26'], // R_AARCH64_JUMP26
  [283, 'a64Branch26'], // R_AARCH64_CALL26
  [1025, 'none'], // R_AARCH64_GLOB_DAT
  [1026, 'none'], // R_AARCH64_JUMP_SLOT
  [1027, 'int64'], // R_AARCH64_RELATIVE
  [1030, 'int64'], // R_AARCH64_TLS_TPREL64
  [1031, 'int64At8'], // R_AARCH64_TLSDESC
  [1032, 'int64'], // R_AARCH64_IRELATIVE
  [1042, 'none'], // R_AARCH64_AUTH_GLOB_DAT
]);

const ARM_ADDENDS: Addends = /* @__PURE__ */ new Map<number, AddendField>([
  [0, 'none'], // R_ARM_NONE
  [1, 'armBranch'], // R_ARM_PC24
  [2, 'int32'], // R_ARM_ABS32
  [3, 'int32'], // R_ARM_REL32
  [4, 'armLoad'], // R_ARM_LDR_PC_G0
  [9, 'int32'], // R_ARM_SBREL32
  [10, 'thumbBranch'], // R_ARM_THM_CALL
  [11, 'thumbLoad8'], // R_ARM_THM_PC8
  [17, 'int32'], // R_ARM_TLS_DTPMOD32
  [18, 'int32'], // R_ARM_TLS_DTPOFF32
  [19, 'int32'], // R_ARM_TLS_TPOFF32
  [21, 'int32'], // R_ARM_GLOB_DAT
  [22, 'none'], // R_ARM_JUMP_SLOT
  [23, 'int32'], // R_ARM_RELATIVE
  [24, 'int32'], // R_ARM_GOTOFF32
  [25, 'int32'], // R_ARM_BASE_PREL
  [26, 'int32'], // R_ARM_GOT_BREL
  [27, 'armBranch'], // R_ARM_PLT32
  [28, 'armBranch'], // R_ARM_CALL
  [29, 'armBranch'], // R_ARM_JUMP24
  [30, 'thumbBranch'], // R_ARM_THM_JUMP24
  [38, 'int32'], // R_ARM_TARGET1
  [40, 'none'], // R_ARM_V4BX
  [41, 'int32'], // R_ARM_TARGET2
  [42, 'prel31'], // R_ARM_PREL31
  [43, 'armMove'], // R_ARM_MOVW_ABS_NC
  [44, 'armMove'], // R_ARM_MOVT_ABS
  [45, 'armMove'], // R_ARM_MOVW_PREL_NC
  [46, 'armMove'], // R_ARM_MOVT_PREL
  [47, 'thumbMove'], // R_ARM_THM_MOVW_ABS_NC
  [48, 'thumbMove'], // R_ARM_THM_MOVT_ABS
  [49, 'thumbMove'], // R_ARM_THM_MOVW_PREL_NC
  [50, 'thumbMove'], // R_ARM_THM_MOVT_PREL
  [51, 'thumbJump19'], // R_ARM_THM_JUMP19
  [53, 'thumbAdd'], // R_ARM_THM_ALU_PREL_11_0
  [54, 'thumbLoad12'], // R_ARM_THM_PC12
  [57, 'armAdd'], // R_ARM_ALU_PC_G0_NC
  [58, 'armAdd'], // R_ARM_ALU_PC_G0
  [59, 'armAdd'], // R_ARM_ALU_PC_G1_NC
  [60, 'armAdd'], // R_ARM_ALU_PC_G1
  [61, 'armAdd'], // R_ARM_ALU_PC_G2
  [62, 'armLoad'], // R_ARM_LDR_PC_G1
  [63, 'armLoad'], // R_ARM_LDR_PC_G2
  [64, 'armLoadSigned'], // R_ARM_LDRS_PC_G0
  [65, 'armLoadSigned'], // R_ARM_LDRS_PC_G1
  [66, 'armLoadSigned'], // R_ARM_LDRS_PC_G2
  [84, 'armMove'], // R_ARM_MOVW_BREL_NC
  [85, 'armMove'], // R_ARM_MOVT_BREL
  [87, 'thumbMove'], // R_ARM_THM_MOVW_BREL_NC
  [88, 'thumbMove'], // R_ARM_THM_MOVT_BREL
  [96, 'int32'], // R_ARM_GOT_PREL
  [102, 'thumbJump11'], // R_ARM_THM_JUMP11
  [103, 'thumbJump8'], // R_ARM_THM_JUMP8
  [104, 'int32'], // R_ARM_TLS_GD32
  [105, 'int32'], // R_ARM_TLS_LDM32
  [106, 'int32'], // R_ARM_TLS_LDO32
  [107, 'int32'], // R_ARM_TLS_IE32
  [108, 'int32'], // R_ARM_TLS_LE32
  [132, 'thumbMove8'], // R_ARM_THM_ALU_ABS_G0_NC
  [133, 'thumbMove8'], // R_ARM_THM_ALU_ABS_G1_NC
  [134, 'thumbMove8'], // R_ARM_THM_ALU_ABS_G2_NC
  [135, 'thumbMove8'], // R_ARM_THM_ALU_ABS_G3
  [160, 'int32'], // R_ARM_IRELATIVE
]);

const I386_ADDENDS: Addends = /* @__PURE__ */ new Map<number, AddendField>([
  [0, 'none'], // R_386_NONE
  [1, 'int32'], // R_386_32
  [2, 'int32'], // R_386_PC32
  [3, 'int32'], // R_386_GOT32
  [4, 'int32'], // R_386_PLT32
  [6, 'int32'], // R_386_GLOB_DAT
  [7, 'none'], // R_386_JUMP_SLOT
  [8, 'int32'], // R_386_RELATIVE
  [9, 'int32'], // R_386_GOTOFF
  [10, 'int32'], // R_386_GOTPC
  [14, 'int32'], // R_386_TLS_TPOFF
  [15, 'int32'], // R_386_TLS_IE
  [16, 'int32'], // R_386_TLS_GOTIE
  [17, 'int32'], // R_386_TLS_LE
  [18, 'int32'], // R_386_TLS_GD
  [19, 'int32'], // R_386_TLS_LDM
  [20, 'int16'], // R_386_16
  [21, 'int16'], // R_386_PC16
  [22, 'int8'], // R_386_8
  [23, 'int8'], // R_386_PC8
  [24, 'int32'], // R_386_TLS_GD_32
  [32, 'int32'], // R_386_TLS_LDO_32
  [33, 'int32'], // R_386_TLS_IE_32
  [34, 'int32'], // R_386_TLS_LE_32
  [35, 'int32'], // R_386_TLS_DTPMOD32
  [36, 'int32'], // R_386_TLS_DTPOFF32
  [37, 'int32'], // R_386_TLS_TPOFF32
  [39, 'int32'], // R_386_TLS_GOTDESC
  [40, 'int32'], // R_386_TLS_DESC_CALL
  [41, 'int32At4'], // R_386_TLS_DESC
  [42, 'int32'], // R_386_IRELATIVE
  [43, 'int32'], // R_386_GOT32X
]);

const X86_64_ADDENDS: Addends = /* @__PURE__ */ new Map<number, AddendField>([
  [0, 'none'], // R_X86_64_NONE
  [1, 'int64'], // R_X86_64_64
  [2, 'int32'], // R_X86_64_PC32
  [3, 'int32'], // R_X86_64_GOT32
  [4, 'int32'], // R_X86_64_PLT32
  [6, 'int64'], // R_X86_64_GLOB_DAT
  [7, 'none'], // R_X86_64_JUMP_SLOT
  [8, 'int64'], // R_X86_64_RELATIVE
  [9, 'int32'], // R_X86_64_GOTPCREL
  [10, 'int32'], // R_X86_64_32
  [11, 'int32'], // R_X86_64_32S
  [12, 'int16'], // R_X86_64_16
  [13, 'int16'], // R_X86_64_PC16
  [14, 'int8'], // R_X86_64_8
  [15, 'int8'], // R_X86_64_PC8
  [16, 'int64'], // R_X86_64_DTPMOD64
  [17, 'int64'], // R_X86_64_DTPOFF64
  [18, 'int64'], // R_X86_64_TPOFF64
  [19, 'int32'], // R_X86_64_TLSGD
  [20, 'int32'], // R_X86_64_TLSLD
  [21, 'int32'], // R_X86_64_DTPOFF32
  [22, 'int32'], // R_X86_64_GOTTPOFF
  [23, 'int32'], // R_X86_64_TPOFF32
  [24, 'int64'], // R_X86_64_PC64
  [25, 'int64'], // R_X86_64_GOTOFF64
  [26, 'int32'], // R_X86_64_GOTPC32
  [27, 'int64'], // R_X86_64_GOT64
  [29, 'int64'], // R_X86_64_GOTPC64
  [31, 'int64'], // R_X86_64_PLTOFF64
  [32, 'int32'], // R_X86_64_SIZE32
  [33, 'int64'], // R_X86_64_SIZE64
  [34, 'int32'], // R_X86_64_GOTPC32_TLSDESC
  [36, 'int64At8'], // R_X86_64_TLSDESC
  [37, 'int64'], // R_X86_64_IRELATIVE
  [41, 'int32'], // R_X86_64_GOTPCRELX
  [42, 'int32'], // R_X86_64_REX_GOTPCRELX
  [43, 'int32'], // R_X86_64_CODE_4_GOTPCRELX
  [44, 'int32'], // R_X86_64_CODE_4_GOTTPOFF
  [45, 'int32'], // R_X86_64_CODE_4_GOTPC32_TLSDESC
  [50, 'int32'], // R_X86_64_CODE_6_GOTTPOFF
]);

/** The fields by machine (`e_machine`). */
export const IMPLICIT_ADDENDS: ReadonlyMap<number, Addends> = /* @__PURE__ */ new Map([
  [3, I386_ADDENDS], // EM_386
  [40, ARM_ADDENDS], // EM_ARM
  [62, X86_64_ADDENDS], // EM_X86_64
  [183, AARCH64_ADDENDS], // EM_AARCH64
]);
