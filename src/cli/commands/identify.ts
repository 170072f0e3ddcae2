// ltoscope identify: what each file and archive member is.

import { printable } from '../../bytes/index.ts';
import { FaultList, linkerName } from '../../link/index.ts';
import type { Walked } from '../../link/index.ts';
import type { Output } from '../output.ts';
import { damageOf, describeInput } from './describe-input.ts';
import type { Identity } from './describe-input.ts';
import { walkPaths } from './walk-paths.ts';

export function identifyCommand(paths: readonly string[], options: { readonly json?: true }, output: Output): number {
  return walkPaths(paths, (walked) => {
    const faults = new FaultList();
    const identity = identify(walked, faults);
    if (identity !== undefined)
      output.write(options.json === true ? jsonLine(walked, identity) : textLine(walked, identity));
    return damageOf(faults);
  });
}

function identify(walked: Walked, faults: FaultList): Identity | undefined {
  switch (walked.kind) {
    case 'archive':
      return { format: walked.opened.isThin ? 'thin-archive' : 'archive', size: walked.size };
    case 'failure':
      if (walked.archive === undefined || walked.member === undefined) return undefined;
      return { format: walked.failure.kind === 'missing' ? 'missing' : 'unknown', size: walked.member.size };
    case 'input':
      return describeInput(walked, faults);
  }
}

function jsonLine({ path, file, memberOffset }: Walked, identity: Identity): string {
  const { format, size, ...rest } = identity;
  return `${JSON.stringify({ path, file, ...(memberOffset === undefined ? {} : { memberOffset }), format, size, ...rest })}\n`;
}

function textLine({ path }: Walked, identity: Identity): string {
  const { format, size, lto, machine, bits, endian, type, producer, triple, wrapped } = identity;
  const words = [
    wrapped === true ? 'wrapped' : undefined,
    format,
    type,
    lto === 'none' ? undefined : lto,
    machine === undefined ? undefined : `${machine}${bits === undefined ? '' : ` ${bits}-bit`}`,
    endian === undefined ? undefined : `${endian}-endian`,
    producer,
    triple,
  ].filter((word) => word !== undefined);
  return `${printable(linkerName(path))}: ${printable(words.join(', '))}, ${size} bytes\n`;
}
