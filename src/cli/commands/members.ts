// ltoscope members: the members of archives, as `ar tv` lists them, with what each is.

import { printable } from '../../bytes/index.ts';
import { linkerName } from '../../link/index.ts';
import type { Walked } from '../../link/index.ts';
import type { Output } from '../output.ts';
import { walkPaths } from './walk-paths.ts';

export function membersCommand(paths: readonly string[], options: { readonly json?: true }, output: Output): number {
  return walkPaths(paths, (walked, foundIn) => {
    if (walked.member === undefined) return walked.kind === 'input' && foundIn === undefined ? ['not an archive'] : [];
    output.write(options.json === true ? jsonLine(walked) : textLine(walked));
    return [];
  });
}

/** What `identify` calls the member. */
function formatOf(walked: Walked): string {
  if (walked.kind === 'archive') return walked.opened.isThin ? 'thin-archive' : 'archive';
  if (walked.kind === 'failure') return walked.failure.kind === 'missing' ? 'missing' : 'unknown';
  return walked.format ?? 'unknown';
}

function jsonLine(walked: Walked): string {
  const { path, file, memberOffset, member } = walked;
  if (member === undefined) return '';
  const { name, size, external, mtime, uid, gid, mode } = member;
  const format = formatOf(walked);
  return `${JSON.stringify({ path, file, memberOffset, name, format, size, external, mtime, uid, gid, mode })}\n`;
}

function textLine(walked: Walked): string {
  const { path, member } = walked;
  if (member === undefined) return '';
  const { size, uid, gid, mode, mtime } = member;
  const columns = [
    modeText(mode),
    `${uid ?? '?'}/${gid ?? '?'}`,
    String(size).padStart(10),
    timeText(mtime),
    formatOf(walked).padEnd('bitcode'.length),
  ];
  return `${columns.join(' ')} ${printable(linkerName(path))}\n`;
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
