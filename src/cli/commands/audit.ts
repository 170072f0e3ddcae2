// ltoscope audit: the report of the audit, for people or as one JSON document.

import { reportText } from '../../audit/index.ts';
import type { Linker } from '../../audit/index.ts';
import { printable } from '../../bytes/index.ts';
import { auditPaths } from '../../node/index.ts';
import { exitCodeOf } from '../exit-code.ts';
import type { FailOn } from '../exit-code.ts';
import type { Output } from '../output.ts';
import { warn } from '../output.ts';
import { colour, wantsColour } from '../colour.ts';

interface AuditCommandOptions {
  readonly json?: true;
  readonly wholeArchive?: true;
  readonly linker?: Linker;
  readonly failOn: FailOn;
}

export function auditCommand(paths: readonly string[], options: AuditCommandOptions, output: Output): number {
  const { json, wholeArchive = false, linker, failOn } = options;
  const { report, unreadable } = auditPaths(paths, { wholeArchive, ...(linker === undefined ? {} : { linker }) });
  for (const { path, reason } of unreadable) warn(`${printable(path)}: ${reason}`);
  if (report.summary.inputs === 0 && unreadable.length === 0) warn('there is nothing to audit in these paths');
  if (json === true) output.write(`${JSON.stringify({ ...report, unreadable })}\n`);
  else output.write(reportText(report, wantsColour() ? { colour } : {}));
  return exitCodeOf(report.summary, failOn, unreadable.length);
}
