// What numbers in the records of global values mean (getDecodedLinkage and its neighbours in
// llvm/lib/Bitcode/Reader/BitcodeReader.cpp, LLVM 22). As there, a number that is not listed means the first entry of its
// table, except that an unknown thread-local mode is general dynamic.

/** Linkage, in the words of LLVM assembly. */
export type BitcodeLinkage =
  | 'external'
  | 'available_externally'
  | 'linkonce'
  | 'linkonce_odr'
  | 'weak'
  | 'weak_odr'
  | 'appending'
  | 'internal'
  | 'private'
  | 'extern_weak'
  | 'common';

/** Linkage by number. */
export const LINKAGES: readonly BitcodeLinkage[] = [
  'external',
  'weak', // 1: old, implies a COMDAT
  'appending',
  'internal',
  'linkonce', // 4: old, implies a COMDAT
  'external', // 5: was dllimport
  'external', // 6: was dllexport
  'extern_weak',
  'common',
  'private',
  'weak_odr', // 10: old, implies a COMDAT
  'linkonce_odr', // 11: old, implies a COMDAT
  'available_externally',
  'private', // 13: was linker_private
  'private', // 14: was linker_private_weak
  'external', // 15: was linkonce_odr_auto_hide
  'weak',
  'weak_odr',
  'linkonce',
  'linkonce_odr',
];

/** Old linkages that meant a storage class of DLLs too. */
export const LINKAGE_DLLIMPORT = 5;
export const LINKAGE_DLLEXPORT = 6;

/** Old linkages of symbols that are in a COMDAT of their own name, if their record has no place for a COMDAT. */
export const LINKAGES_WITH_COMDAT: readonly number[] = [1, 4, 10, 11];

/** Visibility by number. */
export const VISIBILITIES = ['default', 'hidden', 'protected'] as const;

/** Storage class of DLLs by number. */
export const DLL_STORAGE_CLASSES = ['default', 'import', 'export'] as const;

/** Thread-local mode by number. */
export const THREAD_LOCAL_MODES = ['none', 'general-dynamic', 'local-dynamic', 'initial-exec', 'local-exec'] as const;

/** Whether the address matters, by number. Up to LLVM 3.8 a truth value. */
export const UNNAMED_ADDRESSES = ['none', 'unnamed_addr', 'local_unnamed_addr'] as const;

/** Code model by number. */
export const CODE_MODELS = ['default', 'tiny', 'small', 'kernel', 'medium', 'large'] as const;

/** Bits of the sanitizer operand of a variable. */
export const SANITIZER_FLAGS = {
  no_sanitize_address: 0x1,
  no_sanitize_hwaddress: 0x2,
  sanitize_memtag: 0x4,
  sanitize_address_dyninit: 0x8,
} as const;
