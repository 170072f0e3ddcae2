// The report for people. Names out of files are made printable here, at the door to the terminal.

import { printable } from '../../bytes/index.ts';
import { linkerName } from '../../link/index.ts';
import type { AuditReport } from '../audit.ts';
import type { Finding, FindingLocation, Severity } from '../finding.ts';
import { SEVERITIES } from '../finding.ts';
import { counted, grouped } from '../words.ts';
import type { AuditSummary } from '../summary.ts';

/** Options of {@link reportText}. */
export interface ReportTextOptions {
  /** Colours a word by the severity it stands for; plain text unless given. */
  readonly colour?: (severity: Severity, text: string) => string;
}

// So many places of one finding are listed; JSON has all.
const PLACES_SHOWN = 6;

/** Writes a report as text: the findings, then the inventory, then the count of findings. Ends with a line feed. */
export function reportText(report: AuditReport, options: ReportTextOptions = {}): string {
  const { colour = (_severity: Severity, text: string) => text } = options;
  const blocks = report.findings.map((finding) => findingText(finding, colour));
  return [...blocks, summaryText(report.summary)].join('\n');
}

function findingText(finding: Finding, colour: (severity: Severity, text: string) => string): string {
  const { rule, severity, message, locations, predicts, advice } = finding;
  const lines = [`${colour(severity, `${severity}:`)} ${printable(message)} [${rule}]`];
  for (const location of locations.slice(0, PLACES_SHOWN)) lines.push(`  at      ${placeText(location)}`);
  if (locations.length > PLACES_SHOWN) lines.push(`          and ${locations.length - PLACES_SHOWN} places more`);
  if (predicts !== undefined) {
    // Of the predictions only those that are made of several lines have line feeds of their own; names are escaped.
    lines.push(`  linker  ${predicts.split('\n').map(printable).join('\n          ')}`);
  }
  lines.push(`  to do   ${printable(advice)}`, '');
  return lines.join('\n');
}

function placeText({ path, file, memberOffset, offset, section, entry }: FindingLocation): string {
  const parts = [printable(file)];
  const isInArchiveFile = path.length > 1 && path[0] === file && offset !== undefined;
  if (isInArchiveFile) parts.push(`member ${printable(path.at(-1) ?? '')}`);
  if (offset !== undefined) parts.push(`offset 0x${offset.toString(16)} (${offset})`);
  else if (memberOffset !== undefined) {
    const archive = linkerName(path.slice(0, -1));
    parts.push(`header at 0x${memberOffset.toString(16)}${archive === file ? '' : ` of ${printable(archive)}`}`);
  }
  if (section !== undefined) parts.push(printable(section));
  if (entry !== undefined) parts.push(`entry ${entry}`);
  return parts.join(', ');
}

function summaryText(summary: AuditSummary): string {
  const lines = [`${counted(summary.inputs, 'input')}, ${bytesText(summary.bytes.total)}`];
  for (const [title, column] of [
    ['format', 'byFormat'],
    ['LTO', 'byLto'],
    ['producer', 'byProducer'],
    ['machine', 'byMachine'],
    ['byte order', 'byEndian'],
  ] as const) {
    const rows = Object.entries(summary[column]);
    if (rows.length === 0) continue;
    const cells = rows.map(([name, count]) => {
      const bytes = summary.bytes[column][name];
      return `${grouped(count)} ${printable(name)}${bytes === undefined ? '' : ` (${bytesText(bytes)})`}`;
    });
    lines.push(`  ${title.padEnd(10)}  ${cells.join(', ')}`);
  }
  const counts = SEVERITIES.map((severity) => counted(summary[`${severity}s`], severity));
  return `${lines.join('\n')}\n${counts.join(', ')}\n`;
}

function bytesText(bytes: number): string {
  if (bytes < 1000) return counted(bytes, 'byte');
  const [unit, scale] =
    bytes < 1e6 ? (['kB', 1e3] as const) : bytes < 1e9 ? (['MB', 1e6] as const) : (['GB', 1e9] as const);
  return `${(bytes / scale).toFixed(1)} ${unit}`;
}
