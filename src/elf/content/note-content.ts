// What the descriptors of notes hold: GNU's (glibc, "ABI Note"; elf.h), FreeBSD's, NetBSD's, OpenBSD's, Android's, the
// Linux kernel's (include/linux/build-salt.h, elfnote-lto.h), SystemTap's probes, OpenMP's and package metadata. Left out:
// program properties (gnu-property.ts), core files, AMDGPU's metadata (MessagePack), GNU build attributes.

import { decodeName, endOfString } from '../../bytes/index.ts';
import type { ByteView } from '../../bytes/index.ts';
import type { ElfFile } from '../elf-file.ts';
import { readWord } from '../layout.ts';
import type { ElfNote } from './note.ts';

/** What a note says, by kind. Texts are as {@link decodeName} makes them. */
export type ElfNoteContent =
  /** Oldest kernel that the program runs on: 0 Linux, 1 Hurd, 2 Solaris, 3 FreeBSD. */
  | { readonly kind: 'gnu-abi-tag'; readonly system: number; readonly version: readonly [number, number, number] }
  /** The bytes of the build id, a window. */
  | { readonly kind: 'gnu-build-id'; readonly id: Uint8Array }
  /** The linker, for gold alone. */
  | { readonly kind: 'gnu-gold-version'; readonly version: string }
  /** `__FreeBSD_version`, of whole words that follow each other the first. */
  | { readonly kind: 'freebsd-abi-tag'; readonly version: number }
  /** The C startup code calls no initialisation functions. */
  | { readonly kind: 'freebsd-noinit-tag' }
  /** Name of the machine. */
  | { readonly kind: 'freebsd-arch-tag'; readonly machine: string }
  /** Bits of mitigations to be switched off. */
  | { readonly kind: 'freebsd-feature-control'; readonly flags: number }
  /** `__NetBSD_Version__`. */
  | { readonly kind: 'netbsd-ident'; readonly version: number }
  /** Bits of PaX. */
  | { readonly kind: 'netbsd-pax'; readonly flags: number }
  /** Name of the machine. */
  | { readonly kind: 'netbsd-march'; readonly machine: string }
  /** Marks a program of OpenBSD. */
  | { readonly kind: 'openbsd-ident'; readonly version: number }
  /** Lowest API level; release and build of the NDK, empty where they are absent. */
  | {
      readonly kind: 'android-ident';
      readonly apiLevel: number;
      readonly ndkVersion: string;
      readonly ndkBuild: string;
    }
  /** Bits of memory tagging. */
  | { readonly kind: 'android-memtag'; readonly flags: number }
  /** Version of the kernel that a vDSO belongs to. */
  | { readonly kind: 'linux-version'; readonly version: number }
  /** CONFIG_BUILD_SALT. */
  | { readonly kind: 'linux-build-salt'; readonly salt: string }
  /** Whether the kernel was built with CONFIG_LTO. */
  | { readonly kind: 'linux-build-lto'; readonly isLto: boolean }
  /** A probe: addresses of the probe, of `.stapsdt.base` and of the semaphore (0: none); then its names and arguments. */
  | {
      readonly kind: 'systemtap-probe';
      readonly location: bigint;
      readonly base: bigint;
      readonly semaphore: bigint;
      readonly provider: string;
      readonly probe: string;
      readonly arguments: string;
    }
  /** Text about OpenMP's offload image. */
  | { readonly kind: 'openmp-version' | 'openmp-producer' | 'openmp-producer-version'; readonly text: string }
  /** JSON about the package that the file is from, see systemd's ELF_PACKAGE_METADATA. */
  | { readonly kind: 'package-metadata'; readonly json: string };

type Decode = (view: ByteView, elf: ElfFile) => ElfNoteContent;

/** By owner and type. */
const DECODERS: ReadonlyMap<string, ReadonlyMap<number, Decode>> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ Object.entries<Record<number, Decode>>({
    GNU: { 1: readAbiTag, 3: (view) => ({ kind: 'gnu-build-id', id: view.bytes }), 4: readGoldVersion },
    FreeBSD: {
      1: (view, elf) => ({ kind: 'freebsd-abi-tag', version: word(view, elf) }),
      2: () => ({ kind: 'freebsd-noinit-tag' }),
      3: (view) => ({ kind: 'freebsd-arch-tag', machine: text(view, 0) }),
      4: (view, elf) => ({ kind: 'freebsd-feature-control', flags: word(view, elf) }),
    },
    NetBSD: {
      1: (view, elf) => ({ kind: 'netbsd-ident', version: word(view, elf) }),
      5: (view) => ({ kind: 'netbsd-march', machine: text(view, 0) }),
    },
    PaX: { 3: (view, elf) => ({ kind: 'netbsd-pax', flags: word(view, elf) }) },
    OpenBSD: { 1: (view, elf) => ({ kind: 'openbsd-ident', version: word(view, elf) }) },
    Android: {
      1: readAndroidIdent,
      4: (view, elf) => ({ kind: 'android-memtag', flags: word(view, elf) }),
    },
    Linux: {
      0: (view, elf) => ({ kind: 'linux-version', version: word(view, elf) }),
      0x100: (view) => ({ kind: 'linux-build-salt', salt: text(view, 0) }),
      0x101: (view, elf) => ({ kind: 'linux-build-lto', isLto: word(view, elf) !== 0 }),
    },
    stapsdt: { 3: readProbe },
    LLVMOMPOFFLOAD: {
      1: (view) => ({ kind: 'openmp-version', text: text(view, 0) }),
      2: (view) => ({ kind: 'openmp-producer', text: text(view, 0) }),
      3: (view) => ({ kind: 'openmp-producer-version', text: text(view, 0) }),
    },
    FDO: { 0xcafe1a7e: (view) => ({ kind: 'package-metadata', json: text(view, 0) }) },
  }).map(([owner, types]) => [owner, new Map(Object.entries(types).map(([type, decode]) => [Number(type), decode]))]),
);

/**
 * Reads what a note says.
 *
 * @param elf - The file of the note.
 * @param note - Any note.
 * @returns `undefined` for notes that are not known here, which is no fault; their descriptor tells.
 * @throws {@link FormatError} `out-of-bounds` if the descriptor is too short for its kind.
 * @see llvm-readelf -n.
 */
export function readNoteContent(elf: ElfFile, note: ElfNote): ElfNoteContent | undefined {
  return DECODERS.get(note.name)?.get(note.type)?.(note.description, elf);
}

function word(view: ByteView, elf: ElfFile, offset = 0): number {
  return view.uint32(offset, elf.encoding.littleEndian, 'the descriptor of a note');
}

/** What stands before the first NUL behind `start`, or before the end. */
function text({ bytes }: ByteView, start: number, end = bytes.length): string {
  return decodeName(bytes, start, Math.min(end, endOfString(bytes, start)));
}

function readAbiTag(view: ByteView, elf: ElfFile): ElfNoteContent {
  const [system, major, minor, patch] = [word(view, elf), word(view, elf, 4), word(view, elf, 8), word(view, elf, 12)];
  return { kind: 'gnu-abi-tag', system, version: [major, minor, patch] };
}

function readGoldVersion(view: ByteView): ElfNoteContent {
  return { kind: 'gnu-gold-version', version: text(view, 0) };
}

/** The texts have 64 bytes each; both came later. */
function readAndroidIdent(view: ByteView, elf: ElfFile): ElfNoteContent {
  const at = (start: number): string => (start < view.length ? text(view, start, start + 64) : '');
  return { kind: 'android-ident', apiLevel: word(view, elf), ndkVersion: at(4), ndkBuild: at(68) };
}

function readProbe(view: ByteView, { encoding }: ElfFile): ElfNoteContent {
  const width = encoding.layout.bits / 8;
  const addresses = view.part(0, 3 * width, 'the addresses of a probe').data;
  const strings: string[] = [];
  let start = 3 * width;
  for (let i = 0; i < 3; i += 1) {
    strings.push(start < view.length ? text(view, start) : '');
    start = endOfString(view.bytes, start) + 1;
  }
  const [provider = '', probe = '', args = ''] = strings;
  return {
    kind: 'systemtap-probe',
    location: readWord(addresses, 0, encoding),
    base: readWord(addresses, width, encoding),
    semaphore: readWord(addresses, 2 * width, encoding),
    provider,
    probe,
    arguments: args,
  };
}
