// r_type of RISC-V, both widths.
//
// Numbers: LLVM 22, llvm/BinaryFormat/ELFRelocs/RISCV.def, compared with it by scripts/check-constants.ts. Operations:
// "RISC-V ABIs Specification" 1.1, in its notation: S symbol, A addend, P place, B load address, G offset of the GOT
// entry, GOT address of the GOT, V value in place.
//
// The names of vendors for 192 to 255 are in riscv-vendor.ts. Left out: what older versions assigned to 41, 42 and 46
// to 50, R_RISCV_GNU_VTINHERIT to R_RISCV_TPREL_S, which glibc still lists: they were for linkers alone.

import { defineNames } from '../../../names/index.ts';

/** Names of the relocation types of RISC-V. */
export const RISCV_RELOCATIONS = /* @__PURE__ */ defineNames({
  R_RISCV_NONE: 0,
  R_RISCV_32: 1, // S+A; 4 bytes
  R_RISCV_64: 2, // S+A; 8 bytes
  R_RISCV_RELATIVE: 3, // B+A; a word
  R_RISCV_COPY: 4,
  R_RISCV_JUMP_SLOT: 5, // S; a word
  R_RISCV_TLS_DTPMOD32: 6,
  R_RISCV_TLS_DTPMOD64: 7,
  R_RISCV_TLS_DTPREL32: 8,
  R_RISCV_TLS_DTPREL64: 9,
  R_RISCV_TLS_TPREL32: 10,
  R_RISCV_TLS_TPREL64: 11,
  R_RISCV_TLSDESC: 12,
  // 13 to 15: reserved, or names that LLVM does not carry.
  R_RISCV_BRANCH: 16, // S+A-P; B-type
  R_RISCV_JAL: 17, // S+A-P; J-type
  R_RISCV_CALL: 18, // S+A-P; auipc and jalr, deprecated
  R_RISCV_CALL_PLT: 19, // S+A-P; auipc and jalr
  R_RISCV_GOT_HI20: 20, // G+GOT+A-P; U-type
  R_RISCV_TLS_GOT_HI20: 21,
  R_RISCV_TLS_GD_HI20: 22,
  R_RISCV_PCREL_HI20: 23, // S+A-P; U-type
  R_RISCV_PCREL_LO12_I: 24, // low part of the HI20 at S; I-type
  R_RISCV_PCREL_LO12_S: 25, // low part of the HI20 at S; S-type
  R_RISCV_HI20: 26, // S+A; U-type
  R_RISCV_LO12_I: 27, // S+A; I-type
  R_RISCV_LO12_S: 28, // S+A; S-type
  R_RISCV_TPREL_HI20: 29,
  R_RISCV_TPREL_LO12_I: 30,
  R_RISCV_TPREL_LO12_S: 31,
  R_RISCV_TPREL_ADD: 32, // marks the addition of the thread pointer
  R_RISCV_ADD8: 33, // V+S+A; 1 byte
  R_RISCV_ADD16: 34, // V+S+A; 2 bytes
  R_RISCV_ADD32: 35, // V+S+A; 4 bytes
  R_RISCV_ADD64: 36, // V+S+A; 8 bytes
  R_RISCV_SUB8: 37, // V-S-A; 1 byte
  R_RISCV_SUB16: 38, // V-S-A; 2 bytes
  R_RISCV_SUB32: 39, // V-S-A; 4 bytes
  R_RISCV_SUB64: 40, // V-S-A; 8 bytes
  R_RISCV_GOT32_PCREL: 41, // G+GOT+A-P; 4 bytes
  // 42: reserved, or a name that LLVM does not carry.
  R_RISCV_ALIGN: 43, // A bytes of padding that keep an alignment
  R_RISCV_RVC_BRANCH: 44, // S+A-P; CB-type
  R_RISCV_RVC_JUMP: 45, // S+A-P; CJ-type
  // 46 to 50: reserved, or names that LLVM does not carry.
  R_RISCV_RELAX: 51, // the relocation before it may be relaxed
  R_RISCV_SUB6: 52, // V-S-A; 6 bits
  R_RISCV_SET6: 53, // S+A; 6 bits
  R_RISCV_SET8: 54, // S+A; 1 byte
  R_RISCV_SET16: 55, // S+A; 2 bytes
  R_RISCV_SET32: 56, // S+A; 4 bytes
  R_RISCV_32_PCREL: 57, // S+A-P; 4 bytes
  R_RISCV_IRELATIVE: 58, // what the resolver at B+A returns; a word
  R_RISCV_PLT32: 59, // S+A-P (branch target); 4 bytes
  R_RISCV_SET_ULEB128: 60, // S+A; ULEB128
  R_RISCV_SUB_ULEB128: 61, // V-S-A; ULEB128
  R_RISCV_TLSDESC_HI20: 62,
  R_RISCV_TLSDESC_LOAD_LO12: 63,
  R_RISCV_TLSDESC_ADD_LO12: 64,
  R_RISCV_TLSDESC_CALL: 65,
  // 66 to 190: reserved, or names that LLVM does not carry.
  R_RISCV_VENDOR: 191, // its symbol names the vendor of the next relocation

  // For vendors: the relocation before it at the same place, R_RISCV_VENDOR, tells whose.
  R_RISCV_CUSTOM192: 192,
  R_RISCV_CUSTOM193: 193,
  R_RISCV_CUSTOM194: 194,
  R_RISCV_CUSTOM195: 195,
  R_RISCV_CUSTOM196: 196,
  R_RISCV_CUSTOM197: 197,
  R_RISCV_CUSTOM198: 198,
  R_RISCV_CUSTOM199: 199,
  R_RISCV_CUSTOM200: 200,
  R_RISCV_CUSTOM201: 201,
  R_RISCV_CUSTOM202: 202,
  R_RISCV_CUSTOM203: 203,
  R_RISCV_CUSTOM204: 204,
  R_RISCV_CUSTOM205: 205,
  R_RISCV_CUSTOM206: 206,
  R_RISCV_CUSTOM207: 207,
  R_RISCV_CUSTOM208: 208,
  R_RISCV_CUSTOM209: 209,
  R_RISCV_CUSTOM210: 210,
  R_RISCV_CUSTOM211: 211,
  R_RISCV_CUSTOM212: 212,
  R_RISCV_CUSTOM213: 213,
  R_RISCV_CUSTOM214: 214,
  R_RISCV_CUSTOM215: 215,
  R_RISCV_CUSTOM216: 216,
  R_RISCV_CUSTOM217: 217,
  R_RISCV_CUSTOM218: 218,
  R_RISCV_CUSTOM219: 219,
  R_RISCV_CUSTOM220: 220,
  R_RISCV_CUSTOM221: 221,
  R_RISCV_CUSTOM222: 222,
  R_RISCV_CUSTOM223: 223,
  R_RISCV_CUSTOM224: 224,
  R_RISCV_CUSTOM225: 225,
  R_RISCV_CUSTOM226: 226,
  R_RISCV_CUSTOM227: 227,
  R_RISCV_CUSTOM228: 228,
  R_RISCV_CUSTOM229: 229,
  R_RISCV_CUSTOM230: 230,
  R_RISCV_CUSTOM231: 231,
  R_RISCV_CUSTOM232: 232,
  R_RISCV_CUSTOM233: 233,
  R_RISCV_CUSTOM234: 234,
  R_RISCV_CUSTOM235: 235,
  R_RISCV_CUSTOM236: 236,
  R_RISCV_CUSTOM237: 237,
  R_RISCV_CUSTOM238: 238,
  R_RISCV_CUSTOM239: 239,
  R_RISCV_CUSTOM240: 240,
  R_RISCV_CUSTOM241: 241,
  R_RISCV_CUSTOM242: 242,
  R_RISCV_CUSTOM243: 243,
  R_RISCV_CUSTOM244: 244,
  R_RISCV_CUSTOM245: 245,
  R_RISCV_CUSTOM246: 246,
  R_RISCV_CUSTOM247: 247,
  R_RISCV_CUSTOM248: 248,
  R_RISCV_CUSTOM249: 249,
  R_RISCV_CUSTOM250: 250,
  R_RISCV_CUSTOM251: 251,
  R_RISCV_CUSTOM252: 252,
  R_RISCV_CUSTOM253: 253,
  R_RISCV_CUSTOM254: 254,
  R_RISCV_CUSTOM255: 255,
});
