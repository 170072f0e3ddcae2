// Symbol versions, SHT_GNU_versym, SHT_GNU_verdef and SHT_GNU_verneed (DT_VERSYM, DT_VERDEF, DT_VERNEED): Linux Standard
// Base, "Symbol Versioning". A number for each dynamic symbol; chains of definitions and of needs give the numbers names.
// All structures are the same in both classes. Checked as LLVM 22 does it (llvm/Object/ELF.h), in its words, with one
// difference: a chain whose next offset is 0 has ended, where LLVM takes the same entry again until the count is reached.

import type { ByteView, FormatErrorCode } from '../bytes/index.ts';
import type { FormatError } from '../bytes/index.ts';
import { SECTION_TYPES } from './constants/section.ts';
import { firstSectionOfType, orUndefined, readDynamicTable } from './dynamic.ts';
import type { ElfDynamicTable } from './dynamic.ts';
import { DT_VERDEF, DT_VERDEFNUM, DT_VERNEED, DT_VERNEEDNUM } from './dynamic-tags.ts';
import type { ElfFile } from './elf-file.ts';
import { ElfStringTable } from './string-table.ts';

const { SHT_GNU_verdef, SHT_GNU_verneed } = SECTION_TYPES.values;

/** The version number out of the entry of a symbol, a definition or a need; the other bit is VERSYM_HIDDEN. */
const VERSYM_VERSION = 0x7fff;

/** `vd_version` and `vn_version`. */
const CURRENT = 1;
const VERDEF = { size: 20, flags: 2, index: 4, count: 6, hash: 8, aux: 12, next: 16 } as const;
const VERDAUX = { size: 8, name: 0, next: 4 } as const;
const VERNEED = { size: 16, count: 2, file: 4, aux: 8, next: 12 } as const;
const VERNAUX = { size: 16, hash: 0, flags: 4, other: 6, name: 8, next: 12 } as const;

/** A version that the file defines. */
export interface ElfVersionDefinition {
  /** `vd_ndx` without VERSYM_HIDDEN: the number that symbols refer to it by. */
  readonly versionIndex: number;
  /** `vd_flags`: 1 (VER_FLG_BASE) for the file itself, whose name is that of the library; 2 (VER_FLG_WEAK). */
  readonly flags: number;
  /** `vd_hash`: the SysV hash of the name. Not checked. */
  readonly hash: number;
  /** The name. @throws {@link FormatError} if the string table is damaged or too short for it. */
  readonly name: string;
  /** The versions that it follows on. @throws as `name`. */
  readonly parents: readonly string[];
  /** Where it stands, from the start of its section. */
  readonly offset: number;
}

/** A library that the file needs versions of. */
export interface ElfVersionNeed {
  /** The name of the library, one of those of DT_NEEDED. @throws as {@link ElfVersionDefinition.name}. */
  readonly file: string;
  /** The versions. */
  readonly versions: readonly ElfNeededVersion[];
  /** Where it stands, from the start of its section. */
  readonly offset: number;
}

/** A version that the file needs of a library. */
export interface ElfNeededVersion {
  /** `vna_other` without VERSYM_HIDDEN: the number that symbols refer to it by. */
  readonly versionIndex: number;
  /** `vna_flags`: 2 (VER_FLG_WEAK) if the library may lack it. */
  readonly flags: number;
  /** `vna_hash`: the SysV hash of the name. Not checked. */
  readonly hash: number;
  /** The name. @throws as {@link ElfVersionDefinition.name}. */
  readonly name: string;
  /** Where it stands, from the start of its section. */
  readonly offset: number;
}

/**
 * The versions that a file defines, one after the other: those of the first SHT_GNU_verdef section, or in files without
 * section headers those at DT_VERDEF. None if there is neither.
 *
 * @param dynamic - The dynamic table of the file, if the caller has it already.
 * @throws {@link FormatError} as {@link ElfFile.sectionView}; `out-of-bounds` if an entry goes past the end of the section,
 *   `bad-value` if one is misaligned or so many overlap that they come to more bytes than there are, `unsupported` if one
 *   is of another version of the format.
 * @see Linux Standard Base, "Version Definitions".
 */
export function* versionDefinitions(elf: ElfFile, dynamic?: ElfDynamicTable): Generator<ElfVersionDefinition, void> {
  const chains = openChains(elf, dynamic, SHT_GNU_verdef, DT_VERDEF, DT_VERDEFNUM);
  if (chains === undefined) return;
  const kind = 'version definition';
  for (const { offset, number } of chains.entries(VERDEF, kind)) {
    const names: number[] = [];
    for (const aux of chains.auxiliaries(offset, VERDEF, VERDAUX, `${kind} ${number}`)) {
      names.push(chains.word(aux + VERDAUX.name));
    }
    yield {
      versionIndex: chains.half(offset + VERDEF.index) & VERSYM_VERSION,
      flags: chains.half(offset + VERDEF.flags),
      hash: chains.word(offset + VERDEF.hash),
      // As in LLVM, a definition without names has the empty one.
      get name() {
        return names[0] === undefined ? '' : chains.text(names[0], 'vda_name', offset);
      },
      get parents() {
        return names.slice(1).map((name) => chains.text(name, 'vda_name', offset));
      },
      offset,
    };
  }
}

/**
 * The libraries that a file needs versions of, one after the other: those of the first SHT_GNU_verneed section, or in files
 * without section headers those at DT_VERNEED. None if there is neither.
 *
 * @param dynamic - The dynamic table of the file, if the caller has it already.
 * @throws {@link FormatError} as {@link versionDefinitions}.
 * @see Linux Standard Base, "Version Requirements".
 */
export function* versionNeeds(elf: ElfFile, dynamic?: ElfDynamicTable): Generator<ElfVersionNeed, void> {
  const chains = openChains(elf, dynamic, SHT_GNU_verneed, DT_VERNEED, DT_VERNEEDNUM);
  if (chains === undefined) return;
  const kind = 'version dependency';
  for (const { offset, number } of chains.entries(VERNEED, kind)) {
    const versions: ElfNeededVersion[] = [];
    for (const aux of chains.auxiliaries(offset, VERNEED, VERNAUX, `${kind} ${number}`)) {
      versions.push({
        versionIndex: chains.half(aux + VERNAUX.other) & VERSYM_VERSION,
        flags: chains.half(aux + VERNAUX.flags),
        hash: chains.word(aux + VERNAUX.hash),
        get name() {
          return chains.text(chains.word(aux + VERNAUX.name), 'vna_name', aux);
        },
        offset: aux,
      });
    }
    yield {
      get file() {
        return chains.text(chains.word(offset + VERNEED.file), 'vn_file', offset);
      },
      versions,
      offset,
    };
  }
}

function openChains(
  elf: ElfFile,
  dynamic: ElfDynamicTable | undefined,
  type: number,
  addressTag: number,
  countTag: number,
): VersionChains | undefined {
  const isDefinitions = type === SHT_GNU_verdef;
  const name = isDefinitions ? 'SHT_GNU_verdef' : 'SHT_GNU_verneed';
  const section = firstSectionOfType(elf, type);
  if (section !== undefined) {
    const { sections } = elf;
    const names = new ElfStringTable(() => elf.readStringTable(sections.link(section)));
    const what = `${name} section with index ${section}`;
    return new VersionChains(elf, elf.sectionView(section), sections.info(section), names, what);
  }
  const table = dynamic ?? orUndefined(() => readDynamicTable(elf));
  const place = table?.locate(addressTag, isDefinitions ? 'DT_VERDEF' : 'DT_VERNEED');
  if (table === undefined || place === undefined) return undefined;
  // The table does not tell its length; the rest of the segment bounds it.
  const length = Math.min(place.length, elf.limits.blockBytes);
  const view = elf.input.view(place.offset, length, name);
  return new VersionChains(elf, view, table.findNumber(countTag) ?? 0, table.stringTable, `${name} table`);
}

/** What definitions and needs have in common: a chain of entries, each with a chain of auxiliary entries. */
class VersionChains {
  private readonly elf: ElfFile;
  private readonly view: ByteView;
  private readonly count: number;
  private readonly names: ElfStringTable;
  private readonly what: string;
  /**
   * Bytes of entries, and of auxiliary ones, that may still be read. Entries that share bytes would else take a time that
   * grows as the square. The two are apart, as in use there are definitions that share an auxiliary entry: libcudart.so.13
   * gives its base and its version the same name.
   */
  private readonly unread: { entries: number; auxiliaries: number };

  constructor(elf: ElfFile, view: ByteView, count: number, names: ElfStringTable, what: string) {
    this.elf = elf;
    this.view = view;
    this.count = count;
    this.names = names;
    this.what = what;
    this.unread = { entries: view.length, auxiliaries: view.length };
  }

  half(offset: number): number {
    return this.view.data.getUint16(offset, this.elf.encoding.littleEndian);
  }

  word(offset: number): number {
    return this.view.data.getUint32(offset, this.elf.encoding.littleEndian);
  }

  /** The entries, numbered from 1. A chain may end before the count is reached, and ends when it is. */
  *entries(
    layout: { readonly size: number; readonly next: number },
    kind: string,
  ): Generator<{ offset: number; number: number }, void> {
    let offset = 0;
    for (let number = 1; number <= this.count; number += 1) {
      this.check('entries', offset, layout.size, `${kind} ${number} goes past`, `${kind} entry`);
      const version = this.half(offset);
      if (version !== CURRENT) {
        const reason = `unable to dump ${this.what}: version ${version} is not yet supported`;
        throw this.view.error('unsupported', reason, offset);
      }
      yield { offset, number };
      const next = this.word(offset + layout.next);
      if (next === 0) return;
      offset += next;
    }
  }

  /** The auxiliary entries of an entry. */
  *auxiliaries(
    offset: number,
    layout: { readonly count: number; readonly aux: number },
    auxLayout: { readonly size: number; readonly next: number },
    owner: string,
  ): Generator<number, void> {
    const count = this.half(offset + layout.count);
    let at = offset + this.word(offset + layout.aux);
    for (let i = 0; i < count; i += 1) {
      const problem = `${owner} refers to an auxiliary entry that goes past`;
      this.check('auxiliaries', at, auxLayout.size, problem, 'auxiliary entry');
      yield at;
      const next = this.word(at + auxLayout.next);
      if (next === 0) return;
      at += next;
    }
  }

  private check(part: 'entries' | 'auxiliaries', offset: number, size: number, problem: string, kind: string): void {
    const { view, what, unread } = this;
    const fail = (code: FormatErrorCode, reason: string): FormatError =>
      view.error(code, `invalid ${what}: ${reason}`, Math.min(offset, view.length));
    if (offset > view.length || size > view.length - offset) {
      throw fail('out-of-bounds', `${problem} the end of the section`);
    }
    // LLVM looks at the address in memory, where the file starts at that of a page.
    if ((view.base - this.elf.input.base + offset) % 4 !== 0) {
      throw fail('bad-value', `found a misaligned ${kind} at offset 0x${offset.toString(16)}`);
    }
    if (size > unread[part]) throw fail('bad-value', `entries overlap at offset 0x${offset.toString(16)}`);
    unread[part] -= size;
  }

  text(nameOffset: number, field: string, offset: number): string {
    if (nameOffset < this.names.view.length) return this.names.text(nameOffset);
    throw this.view.error('out-of-bounds', `invalid ${field}: ${nameOffset}`, offset);
  }
}
