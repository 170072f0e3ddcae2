// What the commands print as JSON has the shapes of schema/, and the schemas ask for enough to tell a wrong one.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ValidateFunction } from 'ajv/dist/2020.js';
import { describe, expect, it, vi } from 'vitest';
import { audit, RULES } from '../../src/audit/index.ts';
import type { Finding } from '../../src/audit/index.ts';
import { identifyCommand } from '../../src/cli/commands/identify.ts';
import { membersCommand } from '../../src/cli/commands/members.ts';
import { rulesCommand } from '../../src/cli/commands/rules.ts';
import { symbolsCommand } from '../../src/cli/commands/symbols.ts';
import { Output } from '../../src/cli/output.ts';
import { auditFixtures, auditLink } from '../helpers/audit-fixtures.ts';
import { FIXTURES_ROOT, manifest, recordedLinks } from '../helpers/fixtures.ts';
import { linkSet } from '../helpers/link-set.ts';

// What is broken in fixtures is told on standard error too, which is of no interest here.
vi.mock('../../src/cli/output.ts', async (importOriginal) => ({
  ...(await importOriginal<object>()),
  warn: () => undefined,
}));

const SCHEMA = fileURLToPath(new URL('../../schema/', import.meta.url));

interface Schema {
  readonly $id: string;
  readonly $schema: string;
  readonly title?: string;
  readonly description?: string;
  readonly [keyword: string]: unknown;
}

function schemasIn(folder: string): (readonly [name: string, schema: Schema])[] {
  const names = readdirSync(join(SCHEMA, folder)).filter((name) => name.endsWith('.json'));
  return names.map((name) => [
    `${folder}${name}`,
    JSON.parse(readFileSync(join(SCHEMA, folder, name), 'utf8')) as Schema,
  ]);
}

const schemas = [...schemasIn(''), ...schemasIn('findings/')];
const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true });
for (const [, schema] of schemas) ajv.addSchema(schema);

function validator(name: string): ValidateFunction {
  const validate = ajv.getSchema(`ltoscope:${name}`);
  if (validate === undefined) throw new Error(`there is no schema ${name}`);
  return validate;
}

/** What is wrong with a value, as text. */
function errorsOf(name: string, value: unknown): string {
  const validate = validator(name);
  return validate(value) ? '' : `${ajv.errorsText(validate.errors)} in ${JSON.stringify(value).slice(0, 500)}`;
}

/** A copy of an object that lacks a property. */
function without(object: object, key: string): object {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

/** Runs a listing in this process; the lines that it prints. */
function listed(command: (output: Output) => unknown): unknown[] {
  const pieces: string[] = [];
  const output = new (class extends Output {
    override write(text: string): void {
      pieces.push(text);
    }
  })();
  command(output);
  return pieces
    .join('')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): unknown => JSON.parse(line));
}

const groups = [...new Set(manifest.files.map(({ path }) => path.split('/')[0] as string))];

describe('a schema', () => {
  it.each(schemas)('%s is named after its file and says what it is', (name, schema) => {
    expect(schema.$id).toBe(`ltoscope:${name}`);
    expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
    expect(schema.title).toBeTruthy();
    expect(schema.description).toBeTruthy();
  });

  it.each(schemas)('%s is valid and its references lead somewhere', (name) => {
    expect(() => validator(name)).not.toThrow();
  });

  it.each(schemas)('%s refuses what is no object, and an empty one', (name) => {
    for (const value of [{}, [], null, 'text', 1]) expect(validator(name)(value)).toBe(false);
  });

  it.each(schemas)('%s may grow: it takes properties that it does not know', (_, schema) => {
    expect(JSON.stringify(schema)).not.toMatch(/"(additional|unevaluated)Properties":false/);
  });

  it('there is one for each rule and none else', () => {
    const names = schemasIn('findings/').map(([name]) => name.replace(/^findings\/|\.json$/g, ''));
    expect(names.sort()).toEqual(RULES.map(({ id }) => id).sort());
  });
});

describe('audit --json', () => {
  const reports = recordedLinks.map((link) => [link.name, auditLink(link)] as const);
  const findings = reports.flatMap(([, report]) => report.findings);

  it.each(reports)('of %s has its shape', (_, report) => {
    expect(errorsOf('audit.json', report)).toBe('');
  });

  it.each(groups)('of the folder %s has its shape', (group) => {
    expect(errorsOf('audit.json', auditFixtures([group]))).toBe('');
  });

  it('of nothing has its shape', () => {
    expect(errorsOf('audit.json', audit([]))).toBe('');
  });

  it('of names that are keys of every object has its shape', () => {
    const facts = { producer: '__proto__', machine: 'constructor' };
    const report = audit([linkSet([{ path: 'a.o', format: 'bitcode', facts }])]);
    expect(JSON.stringify(report.summary.byProducer)).toBe('{"__proto__":1}');
    expect(errorsOf('audit.json', JSON.parse(JSON.stringify(report)))).toBe('');
  });

  it('is the same after a way through JSON', () => {
    const [, report] = reports.find(([name]) => name === 'twins-kbuild') ?? [];
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  describe.each(RULES.map(({ id }) => id))('the data of %s', (id) => {
    const samples = findings.filter(({ rule }) => rule === id);
    const schema = `findings/${id}.json`;

    it('has its shape', () => {
      expect(samples).not.toEqual([]);
      for (const { data } of samples) expect(errorsOf(schema, data)).toBe('');
    });

    it('is refused without any of what a script relies on', () => {
      for (const { data } of samples) {
        // Names the cause of some only.
        for (const key of Object.keys(data).filter((name) => name !== 'cause')) {
          expect(errorsOf(schema, without(data, key)), `without ${key}`).not.toBe('');
        }
      }
    });

    it('is refused where a value is of another type', () => {
      for (const { data } of samples) {
        for (const key of Object.keys(data)) expect(errorsOf(schema, { ...data, [key]: {} }), key).not.toBe('');
      }
    });

    it('is checked as a part of the report too', () => {
      const [sample] = samples as [Finding];
      const [, report] = reports[0] as (typeof reports)[0];
      expect(errorsOf('audit.json', { ...report, findings: [sample] })).toBe('');
      expect(errorsOf('audit.json', { ...report, findings: [{ ...sample, data: {} }] })).not.toBe('');
    });
  });

  it('is refused without any part of a finding but the prediction', () => {
    const [, report] = reports[0] as (typeof reports)[0];
    const sample = findings.find(({ predicts }) => predicts !== undefined) as Finding;
    for (const key of Object.keys(sample)) {
      const errors = errorsOf('audit.json', { ...report, findings: [without(sample, key)] });
      if (key === 'predicts') expect(errors).toBe('');
      else expect(errors, key).not.toBe('');
    }
  });

  it('knows every format, LTO kind and error code that the types know', () => {
    for (const code of ['truncated', 'bad-magic', 'out-of-bounds', 'bad-value', 'unsupported', 'limit-exceeded']) {
      expect(errorsOf('findings/malformed-input.json', { code, format: 'elf' })).toBe('');
    }
    expect(errorsOf('findings/malformed-input.json', { code: 'other', format: 'elf' })).not.toBe('');
  });
});

describe('the listings', () => {
  const commands = {
    identify: identifyCommand,
    symbols: symbolsCommand,
    members: membersCommand,
  } as const;

  describe.each(Object.entries(commands))('%s --json', (name, command) => {
    it.each(groups)('has its shape for each line about %s', (group) => {
      const lines = listed((output) => command([join(FIXTURES_ROOT, group)], { json: true }, output));
      for (const line of lines) expect(errorsOf(`${name}.json`, line)).toBe('');
    });

    it('has lines, and they are refused without any required part', () => {
      const [line] = listed((output) =>
        command([join(FIXTURES_ROOT, 'kernel/vmlinux.a')], { json: true }, output),
      ).slice(-1);
      expect(errorsOf(`${name}.json`, line)).toBe('');
      const { required } = schemas.find(([file]) => file === `${name}.json`)?.[1] as { required: string[] } & Schema;
      for (const key of required) {
        expect(errorsOf(`${name}.json`, without(line as object, key)), `without ${key}`).not.toBe('');
      }
    });
  });

  it('identify --json tells of bitcode, ELF, archives and wrappers all that the schema knows', () => {
    const lines = listed((output) => identifyCommand([FIXTURES_ROOT], { json: true }, output)) as Record<
      string,
      unknown
    >[];
    const { properties } = schemas.find(([file]) => file === 'identify.json')?.[1] as {
      properties: Record<string, unknown>;
    } & Schema;
    const used = new Set(lines.flatMap((line) => Object.keys(line)));
    expect(Object.keys(properties).filter((key) => !used.has(key))).toEqual([]);
    expect([...used].filter((key) => !(key in properties))).toEqual([]);
  });

  it('rules --json lists every rule', () => {
    const lines = listed((output) => {
      rulesCommand({ json: true }, output);
    });
    for (const line of lines) expect(errorsOf('rules.json', line)).toBe('');
    expect(lines.map((line) => (line as { rule: string }).rule)).toEqual(RULES.map(({ id }) => id));
  });
});
