// Documents name files; these tests hold the names true.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../src/audit/index.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  ...namesIn('docs', '.md', 'docs/'),
  ...namesIn('docs/rules', '.md', 'docs/rules/'),
];

/** Names of the files in a folder that end in `suffix`, which is left out unless a prefix asks for whole paths. */
function namesIn(folder: string, suffix: string, prefix?: string): string[] {
  const names = readdirSync(join(ROOT, folder)).filter((name) => name.endsWith(suffix));
  return names.map((name) => (prefix === undefined ? name.slice(0, -suffix.length) : `${prefix}${name}`)).sort();
}

const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Code spans of table rows that are paths of this repository. */
function pathsInTables(text: string): string[] {
  const rows = text.split('\n').filter((line) => line.trimStart().startsWith('|'));
  const spans = rows.flatMap((row) => Array.from(row.matchAll(/`([^`]+)`/g), ([, span]) => span as string));
  return spans.filter((span) => /^(?:src|test|docs|schema|fixtures|bench|scripts|\.ci)\//.test(span));
}

/** Targets of links to files. */
function linkTargets(text: string): string[] {
  const targets = Array.from(text.matchAll(/\]\(([^)\s]+)\)/g), ([, target]) => target as string);
  return targets.filter((target) => !/^(?:https?:|mailto:|#)/.test(target)).map((target) => target.replace(/#.*/, ''));
}

/** Whether a path is there. A placeholder such as `<id>` stands for any text without a slash. */
function exists(path: string): boolean {
  if (!/[<*]/.test(path)) return existsSync(join(ROOT, path));
  const parts = path.split('/');
  const at = parts.findIndex((part) => /[<*]/.test(part));
  const folder = join(ROOT, ...parts.slice(0, at));
  const literal = (parts[at] as string).split(/<[^>]*>|\*/).map((text) => text.replace(/[.+]/g, '\\$&'));
  const pattern = new RegExp(`^${literal.join('.+')}$`);
  return existsSync(folder) && readdirSync(folder).some((name) => pattern.test(name));
}

describe.each(documents)('%s', (document) => {
  it('names in its tables only paths that exist', () => {
    expect(pathsInTables(read(document)).filter((path) => !exists(path))).toEqual([]);
  });

  it('links only to files that exist', () => {
    const targets = linkTargets(read(document)).map((target) => join(dirname(document), target));
    expect(targets.filter((target) => !exists(target))).toEqual([]);
  });
});

describe('docs/architecture.md', () => {
  it('starts with a table of what to open for which change', () => {
    // The rows up to the line behind the table.
    const table = /^\|[^]*?\n(?!\|)/m.exec(read('docs/architecture.md'))?.[0] ?? '';
    const [heading, , ...rows] = table.trimEnd().split('\n');
    expect(heading).toMatch(/^\| to change +\| open +\|$/);
    expect(rows.length).toBeGreaterThan(10);
    expect(rows.filter((row) => pathsInTables(row).length === 0)).toEqual([]);
  });
});

describe('a rule', () => {
  const ids = RULES.map(({ id }) => id).sort();

  it('has a file of its own', () => {
    expect(namesIn('src/audit/rules', '.ts')).toEqual(ids);
  });

  it('has a page', () => {
    expect(namesIn('docs/rules', '.md')).toEqual(ids);
  });

  it('has a schema of its data', () => {
    expect(namesIn('schema/findings', '.json')).toEqual(ids);
  });
});
