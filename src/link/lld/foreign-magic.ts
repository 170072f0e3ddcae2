// Files that ld.lld knows to be of another kind, and refuses as `unknown file type`; what it does not know is a linker script to
// it. After LLVM's `identify_magic` (llvm/lib/BinaryFormat/Magic.cpp), with the kinds left out that lld links. Versions are those
// of ld.lld 13, 14, 15, 16, 19 and 22 as they behave; 17 and 18 are taken for 16.

/** First bytes of files, one character for each, with the first version of lld that knows them. */
const MAGICS: readonly (readonly [magic: string, since: number])[] = [
  ['\0asm', 0],
  // XCOFF, GOFF
  ['\x01\xdf', 0],
  ['\x01\xf7', 0],
  ['\x03\xf0\0', 0],
  // LLVM's device code, CUDA, a bundle of clang, compressed and not
  ['\x10\xff\x10\xad', 15],
  ['\x50\xed\x55\xba', 15],
  ['CCOB', 19],
  ['__CLANG_OFFLOAD_BUNDLE__', 19],
  // SPIR-V in both byte orders
  ['\x03\x02\x23\x07', 19],
  ['\x07\x23\x02\x03', 19],
  // A precompiled header of clang, DirectX, a program database, a minidump, text stubs of libraries
  ['CPCH', 19],
  ['DXBC', 15],
  ['Microsoft C/C++ MSF 7.00\r\n', 0],
  ['MDMP', 0],
  ['--- !tapi', 0],
  ['---\narchs:', 0],
];

/** Machines of COFF, little-endian: `\0\0` is any, and begins import libraries, large objects and resources too. */
const COFF_MAGICS: readonly (readonly [magic: string, since: number])[] = [
  ['\0\0', 0],
  ...Array.from('\xf0\x83\x84\x66\x50\x4c\xc4', (low) => [`${low}\x01`, 0] as const),
  ...Array.from('\xf0\x83\x84\x66\x50\x4c\xc4\x90\x68', (low) => [`${low}\x02`, 0] as const),
  ['\x64\x86', 0],
  ['\x64\xaa', 0],
  ['\x41\xa6', 16],
];

const MAGIC_BYTES_MAX = 26;
const MAGIC_BYTES_MIN = 4;
/** A fat Mach-O counts its architectures where a Java class has its version. */
const FAT_COUNT_END = 43;
const MACH_O_TYPE_LAST = 11;
/** `MH_FILESET`, which is known since lld 16. */
const MACH_O_FILE_SET = 12;
/** Where a program for DOS names the place of its header for Windows. */
const PE_OFFSET = 0x3c;

/**
 * Whether lld refuses a file because it knows what it is. ELF files, archives and bitcode are not for this function.
 *
 * @param bytes - All of the file.
 * @param major - The version of lld.
 */
export function isForeignFile(bytes: Uint8Array, major: number): boolean {
  if (bytes.length < MAGIC_BYTES_MIN) return false;
  const head = String.fromCharCode(...bytes.subarray(0, MAGIC_BYTES_MAX));
  const isKnown = ([magic, since]: readonly [string, number]): boolean => major >= since && head.startsWith(magic);
  return (
    MAGICS.some(isKnown) || COFF_MAGICS.some(isKnown) || isMachO(bytes, head, major) || isWindowsProgram(bytes, head)
  );
}

function isMachO(bytes: Uint8Array, head: string, major: number): boolean {
  if (head.startsWith('\xca\xfe\xba\xbe') || head.startsWith('\xca\xfe\xba\xbf')) {
    return bytes.length >= 8 && (bytes[7] as number) < FAT_COUNT_END;
  }
  const isBig = head.startsWith('\xfe\xed\xfa');
  const kind = isBig ? head[3] : head.slice(1).startsWith('\xfa\xed\xfe') ? head[0] : undefined;
  if (kind !== '\xce' && kind !== '\xcf') return false;
  if (bytes.length < (kind === '\xce' ? 28 : 32)) return false;
  const [first, second, third] = isBig ? [15, 14, 13] : [12, 13, 14];
  // LLVM shifts the third byte by 12 and keeps 16 bits of all.
  const type =
    ((bytes[first] as number) | ((bytes[second] as number) << 8) | ((bytes[third] as number) << 12)) & 0xffff;
  return (type >= 1 && type <= MACH_O_TYPE_LAST) || (type === MACH_O_FILE_SET && major >= 16);
}

function isWindowsProgram(bytes: Uint8Array, head: string): boolean {
  if (!head.startsWith('MZ') || bytes.length < PE_OFFSET + 4) return false;
  let offset = 0;
  for (let i = 3; i >= 0; i -= 1) offset = offset * 256 + (bytes[PE_OFFSET + i] as number);
  const signature = bytes.subarray(offset, offset + 4);
  return String.fromCharCode(...signature) === 'PE\0\0';
}
