// The dynamic tags that readers look for: gABI "Dynamic Section"; llvm/BinaryFormat/DynamicTags.def of LLVM 22 for those of
// GNU, Android, AArch64 and MIPS. The names of all tags stand in constants/; here are bare numbers, so that a bundle which
// reads dynamic tables need not hold the names.

export const DT_NULL = 0;
export const DT_NEEDED = 1;
export const DT_PLTRELSZ = 2;
export const DT_HASH = 4;
export const DT_STRTAB = 5;
export const DT_SYMTAB = 6;
export const DT_RELA = 7;
export const DT_RELASZ = 8;
export const DT_RELAENT = 9;
export const DT_STRSZ = 10;
export const DT_SONAME = 14;
export const DT_REL = 17;
export const DT_RELSZ = 18;
export const DT_RELENT = 19;
export const DT_PLTREL = 20;
export const DT_JMPREL = 23;
export const DT_SYMTAB_SHNDX = 34;
export const DT_RELRSZ = 35;
export const DT_RELR = 36;
export const DT_RELRENT = 37;
export const DT_CREL = 0x40000026;
export const DT_ANDROID_REL = 0x6000000f;
export const DT_ANDROID_RELSZ = 0x60000010;
export const DT_ANDROID_RELA = 0x60000011;
export const DT_ANDROID_RELASZ = 0x60000012;
export const DT_ANDROID_RELR = 0x6fffe000;
export const DT_ANDROID_RELRSZ = 0x6fffe001;
export const DT_ANDROID_RELRENT = 0x6fffe003;
export const DT_GNU_HASH = 0x6ffffef5;
export const DT_VERSYM = 0x6ffffff0;
export const DT_VERDEF = 0x6ffffffc;
export const DT_VERDEFNUM = 0x6ffffffd;
export const DT_VERNEED = 0x6ffffffe;
export const DT_VERNEEDNUM = 0x6fffffff;
/** Of AArch64. */
export const DT_AARCH64_AUTH_RELRSZ = 0x70000011;
/** Of AArch64. */
export const DT_AARCH64_AUTH_RELR = 0x70000012;
/** Of AArch64. */
export const DT_AARCH64_AUTH_RELRENT = 0x70000013;
/** Of MIPS: the number of dynamic symbols. */
export const DT_MIPS_SYMTABNO = 0x70000011;
