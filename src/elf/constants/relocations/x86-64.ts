// r_type of x86-64, ELFCLASS64 and ELFCLASS32 (x32) in one table.
//
// Numbers: LLVM 22, llvm/BinaryFormat/ELFRelocs/x86_64.def, and glibc's elf.h for those marked so (llvm-readobj has no
// name for them); compared with both by scripts/check-constants.ts. Operations: x86-64 psABI 1.0, "Relocation Types",
// in its notation: S symbol, A addend, P place, B load address, G offset of the GOT entry, GOT address of the GOT, L
// address of the PLT entry, Z size of the symbol. A word has 8 bytes, in x32 4.

import { defineNames } from '../../../names/index.ts';

/** Names of the relocation types of x86-64. */
export const X86_64_RELOCATIONS = /* @__PURE__ */ defineNames({
  R_X86_64_NONE: 0,
  R_X86_64_64: 1, // S+A; 8 bytes
  R_X86_64_PC32: 2, // S+A-P; 4 bytes
  R_X86_64_GOT32: 3, // G+A; 4 bytes
  R_X86_64_PLT32: 4, // L+A-P; 4 bytes
  R_X86_64_COPY: 5,
  R_X86_64_GLOB_DAT: 6, // S; a word
  R_X86_64_JUMP_SLOT: 7, // S; a word
  R_X86_64_RELATIVE: 8, // B+A; a word
  R_X86_64_GOTPCREL: 9, // G+GOT+A-P; 4 bytes
  R_X86_64_32: 10, // S+A; 4 bytes, zero-extended
  R_X86_64_32S: 11, // S+A; 4 bytes, sign-extended
  R_X86_64_16: 12, // S+A; 2 bytes
  R_X86_64_PC16: 13, // S+A-P; 2 bytes
  R_X86_64_8: 14, // S+A; 1 byte
  R_X86_64_PC8: 15, // S+A-P; 1 byte
  R_X86_64_DTPMOD64: 16, // module of S; 8 bytes
  R_X86_64_DTPOFF64: 17, // offset in the TLS block; 8 bytes
  R_X86_64_TPOFF64: 18, // offset from the thread pointer; 8 bytes
  R_X86_64_TLSGD: 19, // GOT entries of DTPMOD and DTPOFF, less P; 4 bytes
  R_X86_64_TLSLD: 20, // GOT entry of DTPMOD, less P; 4 bytes
  R_X86_64_DTPOFF32: 21, // offset in the TLS block; 4 bytes
  R_X86_64_GOTTPOFF: 22, // GOT entry of TPOFF, less P; 4 bytes
  R_X86_64_TPOFF32: 23, // offset from the thread pointer; 4 bytes
  R_X86_64_PC64: 24, // S+A-P; 8 bytes
  R_X86_64_GOTOFF64: 25, // S+A-GOT; 8 bytes
  R_X86_64_GOTPC32: 26, // GOT+A-P; 4 bytes
  R_X86_64_GOT64: 27, // G+A; 8 bytes
  R_X86_64_GOTPCREL64: 28, // G+GOT+A-P; 8 bytes
  R_X86_64_GOTPC64: 29, // GOT+A-P; 8 bytes
  R_X86_64_GOTPLT64: 30, // G+A; 8 bytes, and a PLT entry
  R_X86_64_PLTOFF64: 31, // L+A-GOT; 8 bytes
  R_X86_64_SIZE32: 32, // Z+A; 4 bytes
  R_X86_64_SIZE64: 33, // Z+A; 8 bytes
  R_X86_64_GOTPC32_TLSDESC: 34, // GOT entry of the TLS descriptor, less P; 4 bytes
  R_X86_64_TLSDESC_CALL: 35, // marks the call through a TLS descriptor
  R_X86_64_TLSDESC: 36, // a TLS descriptor; 16 bytes
  R_X86_64_IRELATIVE: 37, // what the resolver at B+A returns; a word
  R_X86_64_RELATIVE64: 38, // B+A; 8 bytes, x32 alone; elf.h
  // 39 and 40 were withdrawn by the psABI: R_X86_64_PC32_BND and R_X86_64_PLT32_BND, of MPX.
  R_X86_64_GOTPCRELX: 41, // as GOTPCREL, may be relaxed; no REX prefix
  R_X86_64_REX_GOTPCRELX: 42, // the same with a REX prefix
  R_X86_64_CODE_4_GOTPCRELX: 43, // the same with a prefix of 4 bytes, APX
  R_X86_64_CODE_4_GOTTPOFF: 44, // as GOTTPOFF with a prefix of 4 bytes, APX
  R_X86_64_CODE_4_GOTPC32_TLSDESC: 45, // as GOTPC32_TLSDESC with a prefix of 4 bytes, APX
  // 46 to 49: reserved, or names that neither header carries.
  R_X86_64_CODE_6_GOTTPOFF: 50, // as GOTTPOFF with a prefix of 6 bytes, APX
});
