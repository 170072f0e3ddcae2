// r_type of 32-bit x86: EM_386 and EM_IAMCU share them.
//
// Numbers: LLVM 22, llvm/BinaryFormat/ELFRelocs/i386.def, and glibc's elf.h for those marked so (llvm-readobj has no
// name for them); compared with both by scripts/check-constants.ts. Operations: "System V ABI, Intel386 Architecture
// Processor Supplement" 1.1, in its notation: S symbol, A addend, P place, B load address, G offset of the GOT entry,
// GOT address of the GOT, L address of the PLT entry, Z size of the symbol. Without a size the field has 4 bytes.
//
// Left out: R_386_JMP_SLOT, glibc's name of R_386_JUMP_SLOT.

import { defineNames } from '../../../names/index.ts';

/** Names of the relocation types of 32-bit x86. */
export const I386_RELOCATIONS = /* @__PURE__ */ defineNames({
  R_386_NONE: 0,
  R_386_32: 1, // S+A
  R_386_PC32: 2, // S+A-P
  R_386_GOT32: 3, // G+A
  R_386_PLT32: 4, // L+A-P
  R_386_COPY: 5,
  R_386_GLOB_DAT: 6, // S
  R_386_JUMP_SLOT: 7, // S
  R_386_RELATIVE: 8, // B+A
  R_386_GOTOFF: 9, // S+A-GOT
  R_386_GOTPC: 10, // GOT+A-P
  R_386_32PLT: 11, // L+A
  // 12 and 13: reserved, or names that neither header carries.
  R_386_TLS_TPOFF: 14, // negative offset from the thread pointer
  R_386_TLS_IE: 15, // address of the GOT entry of TPOFF
  R_386_TLS_GOTIE: 16, // GOT entry of TPOFF, less GOT
  R_386_TLS_LE: 17, // offset from the thread pointer
  R_386_TLS_GD: 18,
  R_386_TLS_LDM: 19,
  R_386_16: 20, // S+A; 2 bytes
  R_386_PC16: 21, // S+A-P; 2 bytes
  R_386_8: 22, // S+A; 1 byte
  R_386_PC8: 23, // S+A-P; 1 byte
  R_386_TLS_GD_32: 24,
  R_386_TLS_GD_PUSH: 25,
  R_386_TLS_GD_CALL: 26,
  R_386_TLS_GD_POP: 27,
  R_386_TLS_LDM_32: 28,
  R_386_TLS_LDM_PUSH: 29,
  R_386_TLS_LDM_CALL: 30,
  R_386_TLS_LDM_POP: 31,
  R_386_TLS_LDO_32: 32,
  R_386_TLS_IE_32: 33,
  R_386_TLS_LE_32: 34,
  R_386_TLS_DTPMOD32: 35,
  R_386_TLS_DTPOFF32: 36,
  R_386_TLS_TPOFF32: 37,
  R_386_SIZE32: 38, // Z+A; elf.h
  R_386_TLS_GOTDESC: 39,
  R_386_TLS_DESC_CALL: 40,
  R_386_TLS_DESC: 41,
  R_386_IRELATIVE: 42, // what the resolver at B+A returns
  R_386_GOT32X: 43, // as GOT32, may be relaxed
});
