// What the command prints with --json is what schema/ tells, no less and no more.

import { Ajv2020 } from 'ajv/dist/2020.js';
import type { AnySchemaObject, ValidateFunction } from 'ajv/dist/2020.js';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { RULES } from '../../src/audit/index.ts';
import { archive } from '../helpers/archive-builder.ts';
import { auditJson, jsonLines, ltoscope } from '../helpers/cli.ts';
import { FIXTURES_ROOT } from '../helpers/fixtures.ts';
import { temporaryFolder } from '../helpers/temporary.ts';

const SCHEMA = fileURLToPath(new URL('../../schema/', import.meta.url));
const IN_FIXTURES = { cwd: FIXTURES_ROOT };

/**
 * Forbids what the schema does not name: readers must take properties that they do not know, but the command shall not
 * print any that is not told. Conditions only look at a property, so they stay open.
 */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map((item: unknown) => closed(item));
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema as Record<string, unknown>).map(([key, value]) => [
    key,
    key === 'if' || key === 'then' ? value : closed(value),
  ]);
  const result = Object.fromEntries(entries) as Record<string, unknown>;
  const isOpen = typeof result['properties'] === 'object' && !('additionalProperties' in result);
  return isOpen ? { ...result, unevaluatedProperties: false } : result;
}

function schemas(folder: string): AnySchemaObject[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as AnySchemaObject);
}

const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false });
ajv.addSchema(
  [...schemas(SCHEMA), ...schemas(join(SCHEMA, 'findings'))].map((schema) => closed(schema) as AnySchemaObject),
);

function validator(name: string): ValidateFunction {
  const validate = ajv.getSchema(`ltoscope:${name}`);
  if (validate === undefined) throw new Error(`schema/ has no ${name}`);
  return validate as ValidateFunction;
}

function expectValid(name: string, document: unknown): void {
  const validate = validator(name);
  validate(document);
  expect(validate.errors ?? []).toEqual([]);
}

describe('schema/', () => {
  it('has the data of each rule, and of no other', () => {
    const names = readdirSync(join(SCHEMA, 'findings')).map((name) => name.replace(/\.json$/, ''));
    expect(names.sort()).toEqual(RULES.map(({ id }) => id).sort());
  });

  it('refuses what is no report', () => {
    expect(validator('audit.json')({ schema: 'ltoscope/audit/1', summary: {}, findings: [{}] })).toBe(false);
  });
});

describe('audit --json', () => {
  const unreadable = () =>
    temporaryFolder({
      'thin.a': archive(
        [
          { name: '/dev/null', data: '' },
          { name: 'thin.a', data: '' },
        ],
        { thin: true },
      ),
    });
  const CASES: readonly (readonly [string, string[], string[]])[] = [
    ['broken/symbol-index', ['broken/symbol-index'], ['invalid-symbol-index']],
    ['broken/section-link', ['broken/section-link'], ['invalid-symbol-index', 'malformed-input']],
    ['broken/addrsig', ['broken/addrsig'], ['invalid-symbol-index', 'malformed-input']],
    ['broken/cut', ['broken/cut'], ['malformed-input']],
    ['broken/archive', ['broken/archive'], ['malformed-input', 'missing-member', 'unreadable-member']],
    ['twins by name', ['twins/kbuild/qrtr.o', 'twins/kbuild/qrtr.lto.o'], ['duplicate-symbol', 'lto-native-twin']],
    ['twins by definitions', ['twins/unnamed/a.o', 'twins/unnamed/b.o'], ['duplicate-symbol', 'lto-native-twin']],
    ['duplicates', ['duplicates/three/a.o', 'duplicates/three/b.o', 'duplicates/three/c.o'], ['duplicate-symbol']],
    ['lazy duplicates', ['duplicates/lazy/a.o', 'duplicates/lazy/lib.a'], ['duplicate-symbol']],
    ['foreign members', ['archives/foreign.a'], ['foreign-member']],
    ['foreign members, whole', ['--whole-archive', 'archives/foreign.a'], ['foreign-member']],
    ['all fixtures', ['.'], ['invalid-symbol-index', 'missing-member', 'malformed-input', 'foreign-member']],
  ];

  it.each(CASES)('is as told for %s', async (_title, args, rules) => {
    const { report } = await auditJson(args, IN_FIXTURES);
    expectValid('audit.json', report);
    expect([...new Set(report.findings.map(({ rule }) => rule))]).toEqual(expect.arrayContaining(rules));
  });

  it('is as told for members that cannot be read', async () => {
    const { report } = await auditJson(['thin.a'], { cwd: unreadable() });
    expectValid('audit.json', report);
    expect(report.findings).toHaveLength(2);
  });

  it('counts its findings', async () => {
    const { report } = await auditJson(['.'], IN_FIXTURES);
    const count = (wanted: string) => report.findings.filter(({ severity }) => severity === wanted).length;
    const { errors, warnings, notes } = report.summary;
    expect({ errors, warnings, notes }).toEqual({
      errors: count('error'),
      warnings: count('warning'),
      notes: count('note'),
    });
  });
});

describe('link --json', () => {
  const line = ['link', '--json', '--', 'ld.lld-16', '-r', '--whole-archive', 'kernel/vmlinux.a', 'absent.o'];

  it('is as told, with verdicts, archives and answers', async () => {
    const { stdout, status } = await ltoscope(
      [...line.slice(0, 2), '--why-extract', 'start', '--trace-symbol', 'start', ...line.slice(2)],
      IN_FIXTURES,
    );
    const document = JSON.parse(stdout) as { verdicts: unknown[]; archives: unknown[] };
    expectValid('link.json', document);
    expect(status).toBe(1);
    expect(document.verdicts).toHaveLength(1);
    expect(document.archives).toHaveLength(1);
  });
});

describe.each(['identify', 'symbols', 'members', 'rules'])('%s --json', (command) => {
  it('is as told, line by line', async () => {
    const { stdout } = await ltoscope([command, '--json', ...(command === 'rules' ? [] : ['.'])], IN_FIXTURES);
    const lines = jsonLines<unknown>(stdout);
    expect(lines.length).toBeGreaterThan(0);
    for (const line of lines) expectValid(`${command}.json`, line);
  });
});
