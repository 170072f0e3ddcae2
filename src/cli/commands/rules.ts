// ltoscope rules: the rules of the audit.

import { RULES } from '../../audit/index.ts';
import type { Output } from '../output.ts';

export function rulesCommand(options: { readonly json?: true }, output: Output): void {
  const width = Math.max(...RULES.map(({ id }) => id.length));
  for (const { id, severity, summary } of RULES) {
    output.write(
      options.json === true
        ? `${JSON.stringify({ rule: id, severity, summary })}\n`
        : `${id.padEnd(width)}  ${severity.padEnd(7)}  ${summary}\n`,
    );
  }
}
