// What a Linux module says of itself: `.modinfo`, strings `tag=value` (include/linux/moduleparam.h, MODULE_INFO), in what is
// built in `module.tag=value`; and the checksums of the symbols that it uses (CONFIG_MODVERSIONS): `__versions`, since
// 2.6, entries of 64 bytes with a word for the checksum and the rest for the name (struct modversion_info); and since 6.14
// `__version_ext_crcs` and `__version_ext_names` (CONFIG_EXTENDED_MODVERSIONS), for names of any length.

import { decodeName, endOfString } from '../../../bytes/index.ts';
import type { ByteView } from '../../../bytes/index.ts';
import type { ElfFile } from '../../elf-file.ts';
import { readLowHalf } from '../../layout.ts';
import type { ContentOptions } from '../damage.ts';
import { unlessDamaged } from '../damage.ts';
import { ReadBudget, readShared } from '../read-budget.ts';
import { TerminatedStrings } from '../terminated-strings.ts';

const INFO = '.modinfo\0';
const VERSIONS = '__versions\0';
const EXTENDED_CRCS = '__version_ext_crcs\0';
const EXTENDED_NAMES = '__version_ext_names\0';

const VERSION_SIZE = 64;
const CRC_SIZE = 4;

/** One string of `.modinfo`. */
export interface KernelModuleInfo {
  /** What it is about: `license`, `depends`, `alias`, `parm`, …; the whole string if it has no `=`. */
  readonly tag: string;
  /** What it says. */
  readonly value: string;
  /** The module that is built in; `undefined` in modules, whose tags have no dot. */
  readonly module: string | undefined;
  /** The section. */
  readonly sectionIndex: number;
  /** Where the string stands, from the start of the section. */
  readonly offset: number;
}

/** A symbol that a module uses, with the checksum that it was built against. */
export interface KernelSymbolVersion {
  /** Name of the symbol. */
  readonly name: string;
  /** Its checksum. */
  readonly crc: number;
  /** Whether it comes out of `__version_ext_crcs`; modules may have both tables. */
  readonly isExtended: boolean;
  /** Where the entry, or its checksum, stands, from the start of its section. */
  readonly offset: number;
}

/** The sections of a name that ends with its NUL. */
function* sectionsNamed({ sections }: ElfFile, name: string): Generator<number, void, undefined> {
  for (let i = 1; i < sections.length; i += 1) if (sections.nameStartsWith(i, name)) yield i;
}

/**
 * What `.modinfo` says, of every kernel version, in the order of the file; padding is passed over. Costs a pass over the
 * section names.
 *
 * @param options - `onDamage` is told of sections and of a last string that cannot be read.
 * @throws {@link FormatError} as {@link ElfFile.sections}; without `onDamage` also as {@link ElfFile.sectionView},
 *   `truncated` if the last string is not terminated, and `limit-exceeded` if many sections share the same bytes.
 */
export function* kernelModuleInfo(
  file: ElfFile,
  options: ContentOptions = {},
): Generator<KernelModuleInfo, void, undefined> {
  const budget = new ReadBudget(file.input);
  for (const sectionIndex of sectionsNamed(file, INFO)) {
    const strings = unlessDamaged(options, () => new TerminatedStrings(readShared(budget, file, sectionIndex)));
    if (strings === undefined) continue;
    strings.skipPadding();
    while (!strings.atEnd) {
      const { offset } = strings;
      const text = unlessDamaged(options, () => strings.next('a string of .modinfo'));
      if (text !== undefined) yield { ...parseInfo(text), sectionIndex, offset };
      strings.skipPadding();
    }
  }
}

function parseInfo(text: string): Pick<KernelModuleInfo, 'tag' | 'value' | 'module'> {
  const equals = text.indexOf('=');
  const key = equals === -1 ? text : text.slice(0, equals);
  const value = equals === -1 ? '' : text.slice(equals + 1);
  const dot = key.indexOf('.');
  return dot === -1
    ? { tag: key, value, module: undefined }
    : { tag: key.slice(dot + 1), value, module: key.slice(0, dot) };
}

/**
 * The symbols that a module uses, with their checksums (CONFIG_MODVERSIONS), of Linux 2.6 and later: first those of
 * `__versions`, then those of the extended tables, which are read in parallel. Costs passes over the section names.
 *
 * @param options - `onDamage` is told of tables that cannot be read to their end.
 * @throws {@link FormatError} as {@link ElfFile.sections}; without `onDamage` also as {@link ElfFile.sectionView},
 *   `bad-value` if a table is not made of whole entries or the extended tables do not have as many names as checksums,
 *   `truncated` if a name is not terminated.
 */
export function* kernelSymbolVersions(
  file: ElfFile,
  options: ContentOptions = {},
): Generator<KernelSymbolVersion, void, undefined> {
  const [versions] = sectionsNamed(file, VERSIONS);
  if (versions !== undefined) {
    const view = unlessDamaged(options, () => file.arrayView(versions, VERSION_SIZE));
    for (let offset = 0; offset < (view?.length ?? 0); offset += VERSION_SIZE) {
      const version = unlessDamaged(options, () => readVersion(file, view as ByteView, offset));
      if (version !== undefined) yield version;
    }
  }
  const [crcs] = sectionsNamed(file, EXTENDED_CRCS);
  const [names] = sectionsNamed(file, EXTENDED_NAMES);
  if (crcs === undefined || names === undefined) return;
  const crcView = unlessDamaged(options, () => file.arrayView(crcs, CRC_SIZE));
  const nameView = unlessDamaged(options, () => file.sectionView(names));
  if (crcView === undefined || nameView === undefined) return;
  const strings = new TerminatedStrings(nameView);
  for (let offset = 0; offset < crcView.length; offset += CRC_SIZE) {
    const name = unlessDamaged(options, () =>
      strings.next(`a name of ${crcView.length / CRC_SIZE} in __version_ext_names`),
    );
    if (name === undefined) return;
    yield { name, crc: crcView.data.getUint32(offset, file.encoding.littleEndian), isExtended: true, offset };
  }
  unlessDamaged(options, () => {
    if (strings.atEnd) return;
    const reason = `__version_ext_names has more names than the ${crcView.length / CRC_SIZE} checksums`;
    throw nameView.error('bad-value', reason, strings.offset);
  });
}

function readVersion(file: ElfFile, view: ByteView, offset: number): KernelSymbolVersion {
  const { encoding } = file;
  const entry = view.part(offset, VERSION_SIZE, 'an entry of __versions');
  const start = encoding.layout.bits / 8;
  const end = endOfString(entry.bytes, start);
  if (end === VERSION_SIZE) throw entry.error('truncated', 'a name of __versions is not terminated', start);
  return {
    name: decodeName(entry.bytes, start, end),
    crc: readLowHalf(entry.data, 0, encoding),
    isExtended: false,
    offset,
  };
}
