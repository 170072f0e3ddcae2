// ltoscope members: the members of archives, as `ar tv` lists them, with what each is and what the symbol index says of it.

import type { ArchiveMember, ArchiveSymbolIndex } from '../../archive/index.ts';
import { printable } from '../../bytes/index.ts';
import { FaultList, linkerName } from '../../link/index.ts';
import type { LinkArchive, Walked, WalkedArchive } from '../../link/index.ts';
import type { Output } from '../output.ts';
import { damageOf, describeInput } from './describe-input.ts';
import type { Identity } from './describe-input.ts';
import { walkPaths } from './walk-paths.ts';

/** The index of each archive that the walk is inside of. */
type Indexes = Map<LinkArchive, ArchiveSymbolIndex>;

export function membersCommand(paths: readonly string[], options: { readonly json?: true }, output: Output): number {
  const indexes: Indexes = new Map();
  return walkPaths(paths, (walked, foundIn) => {
    const { member, archive } = walked;
    const faults = new FaultList();
    if (walked.kind === 'archive') faults.guard(undefined, () => openIndex(walked, indexes));
    if (member === undefined) {
      if (walked.kind === 'input' && foundIn === undefined) return ['not an archive'];
      return damageOf(faults);
    }
    // What is wrong inside of members other listings tell.
    const identity = identify(walked, new FaultList());
    // Members of archives inside thin ones are named by the place in theirs, of which the index outside tells nothing.
    const index = archive === undefined ? undefined : indexes.get(archive);
    const line = { walked, member, identity, index };
    output.write(options.json === true ? jsonLine(line) : textLine(line));
    return damageOf(faults);
  });
}

/** Keeps the index of an archive until the walk has left it. */
function openIndex({ opened, content }: WalkedArchive, indexes: Indexes): void {
  for (const archive of indexes.keys()) if (!isInside(opened, archive)) indexes.delete(archive);
  const index = content.symbolIndex();
  if (index !== undefined) indexes.set(opened, index);
}

function isInside(archive: LinkArchive, outer: LinkArchive): boolean {
  for (let at: LinkArchive | undefined = archive; at !== undefined; at = at.parent) if (at === outer) return true;
  return false;
}

interface MemberLine {
  readonly walked: Walked;
  readonly member: ArchiveMember;
  readonly identity: Partial<Identity> & { readonly format: string };
  readonly index: ArchiveSymbolIndex | undefined;
}

/** What `identify` calls the member, and what it says of it. */
function identify(walked: Walked, faults: FaultList): MemberLine['identity'] {
  switch (walked.kind) {
    case 'archive':
      return { format: walked.opened.isThin ? 'thin-archive' : 'archive' };
    case 'failure':
      return { format: walked.failure.kind === 'missing' ? 'missing' : 'unknown' };
    case 'input':
      return describeInput(walked, faults);
  }
}

function jsonLine({ walked, member, identity, index }: MemberLine): string {
  const { path, file, memberOffset } = walked;
  const { name, size, external, mtime, uid, gid, mode, headerOffset } = member;
  const { format, lto, machine, producer } = identity;
  const header = { path, file, memberOffset, name, format, size, external, mtime, uid, gid, mode };
  const indexed =
    index === undefined ? undefined : Array.from(index.entriesOfMember(headerOffset), (i) => index.name(i));
  return `${JSON.stringify({ ...header, lto, machine, producer, indexed })}\n`;
}

function textLine({ walked, member, identity, index }: MemberLine): string {
  const { size, uid, gid, mode, mtime, headerOffset } = member;
  const { format, lto, producer } = identity;
  const columns = [
    modeText(mode),
    `${uid ?? '?'}/${gid ?? '?'}`,
    String(size).padStart(10),
    timeText(mtime),
    format.padEnd('bitcode'.length),
  ];
  const facts = [
    `at 0x${(walked.memberOffset ?? member.offset).toString(16)}`,
    lto === 'none' ? undefined : lto,
    producer,
    index === undefined ? undefined : `${index.entriesOfMember(headerOffset).length} in the index`,
  ].filter((fact) => fact !== undefined);
  return `${columns.join(' ')} ${printable(`${linkerName(walked.path)}: ${facts.join(', ')}`)}\n`;
}

function timeText(mtime: number | undefined): string {
  const date = new Date((mtime ?? Number.NaN) * 1000);
  return Number.isNaN(date.getTime()) ? '?'.padEnd(16) : date.toISOString().slice(0, 16).replace('T', ' ');
}

function modeText(mode: number | undefined): string {
  if (mode === undefined) return '?'.padEnd(9);
  return [6, 3, 0]
    .map((shift) => ['r', 'w', 'x'].map((letter, bit) => ((mode >> (shift + 2 - bit)) & 1 ? letter : '-')).join(''))
    .join('');
}
