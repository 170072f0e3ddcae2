// ltoscope explain: the page of a rule, as the package ships it in docs/rules.

import { readFileSync } from 'node:fs';
import { RULES } from '../../audit/index.ts';
import { EXIT } from '../exit-code.ts';
import type { Output } from '../output.ts';
import { warn } from '../output.ts';

export function explainCommand(rule: string, output: Output): number {
  if (!RULES.some(({ id }) => id === rule)) {
    warn(`there is no rule ${JSON.stringify(rule)}; known are ${RULES.map(({ id }) => id).join(', ')}`);
    return EXIT.usage;
  }
  // From dist/cli.cjs, which this is a part of.
  output.write(readFileSync(new URL(`../docs/rules/${rule}.md`, import.meta.url), 'utf8'));
  return EXIT.clean;
}
