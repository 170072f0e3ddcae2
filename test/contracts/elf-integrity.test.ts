// docs/elf-integrity.md is made from the registry of conditions. UPDATE_PAGES=1 writes it.

import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { INTEGRITY_CONDITIONS } from '../../src/elf/validate/index.ts';
import type { IntegrityCondition, IntegrityVerdict } from '../../src/elf/validate/index.ts';

const PAGE = fileURLToPath(new URL('../../docs/elf-integrity.md', import.meta.url));

const HEAD = `# What is wrong with an ELF object, and who minds

Every condition that \`validate\` of \`ltoscope/elf/validate\` finds, and what linkers do: ld.lld 13, 14, 15, 16, 19 and 22, GNU
ld 2.40 and eu-elflint 0.188, as runs on broken objects showed. A program that a table does not list ignores the condition. The
first row that fits counts. \`misbehaves\` means that the output is wrong and nothing is said. Words are those behind the
name of the file; \`{…}\` stands for what differs. The page is made from \`src/elf/validate/conditions/\` by
\`UPDATE_PAGES=1 npx vitest run test/contracts/elf-integrity.test.ts\`.
`;

const TOOLS = { lld: 'ld.lld', bfd: 'GNU ld', elflint: 'eu-elflint' } as const;

function versionsOf({ tool, from, to }: IntegrityVerdict): string {
  if (tool !== 'lld' || (from === undefined && to === undefined)) return 'all';
  if (from === undefined) return `up to ${to}`;
  if (to === undefined) return `from ${from}`;
  return from === to ? `${from}` : `${from} to ${to}`;
}

function linkOf({ output, option }: IntegrityVerdict): string {
  const options = { icf: '`--icf`', ehFrameHeader: '`--eh-frame-hdr`' };
  const parts = [
    ...(output === undefined ? [] : [output === 'final' ? 'final' : '`-r`']),
    ...(option === undefined ? [] : [options[option]]),
  ];
  return parts.length === 0 ? 'any' : parts.join(' with ');
}

function section({ id, summary, situations, verdicts, anyFile }: IntegrityCondition): string {
  const lines = [`## ${id}`, '', summary];
  if (anyFile === true) lines.push('', 'The verdicts hold for programs and shared libraries too.');
  if (situations !== undefined) {
    lines.push('', ...Object.entries(situations).map(([situation, text]) => `- *${situation}*: ${text}`));
  }
  lines.push('');
  if (verdicts.length === 0) lines.push('No linker minds.');
  else {
    lines.push('| who | versions | link | when | does | says |', '| --- | --- | --- | --- | --- | --- |');
    for (const row of verdicts) {
      const says = row.words === undefined ? '' : `\`\`${row.words.includes('`') ? ` ${row.words} ` : row.words}\`\``;
      lines.push(
        `| ${TOOLS[row.tool]} | ${versionsOf(row)} | ${linkOf(row)} | ${row.when ?? 'always'} | ${row.does} | ${says} |`,
      );
    }
  }
  return lines.join('\n');
}

const page = `${[HEAD, ...INTEGRITY_CONDITIONS.map(section)]
  .join('\n')
  .replace(/\n## /g, '\n\n## ')
  .replace(/\n{3,}/g, '\n\n')}\n`;

describe('the conditions', () => {
  it('are those of docs/elf-integrity.md', () => {
    if (process.env['UPDATE_PAGES'] === '1') writeFileSync(PAGE, page);
    expect(readFileSync(PAGE, 'utf8')).toBe(page);
  });

  it('have rows for their own situations only', () => {
    for (const { id, situations = {}, verdicts } of INTEGRITY_CONDITIONS) {
      const unknown = verdicts.filter(({ when }) => when !== undefined && !Object.hasOwn(situations, when));
      expect([id, unknown]).toEqual([id, []]);
    }
  });
});
