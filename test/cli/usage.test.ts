import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { jsonLines, ltoscope, ltoscopeInShell } from '../helpers/cli.ts';
import { FIXTURES_ROOT } from '../helpers/fixtures.ts';
import { temporaryFolder } from '../helpers/temporary.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const COMMANDS = ['audit', 'link', 'identify', 'symbols', 'members', 'rules', 'explain'];
/** V8 compiles them before any command is looked at. */
const COMMAND_BYTES_MAX = 60_000;
const IN_FIXTURES = { cwd: FIXTURES_ROOT };

interface RuleLine {
  readonly rule: string;
  readonly severity: string;
  readonly summary: string;
}

async function ruleLines(): Promise<RuleLine[]> {
  return jsonLines<RuleLine>((await ltoscope(['rules', '--json'])).stdout);
}

describe('help and version', () => {
  it('go to standard output, with status 0', async () => {
    const { status, stdout, stderr } = await ltoscope(['--help']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    for (const command of COMMANDS) expect(stdout).toContain(command);
  });

  it.each(COMMANDS)('tell about %s', async (command) => {
    const { status, stdout, stderr } = await ltoscope([command, '--help']);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toContain(`ltoscope ${command}`);
  });

  it('give the version of the package', async () => {
    const { version } = JSON.parse(readFileSync(`${ROOT}package.json`, 'utf8')) as { version: string };
    const { status, stdout } = await ltoscope(['--version']);
    expect({ status, stdout }).toEqual({ status: 0, stdout: `${version}\n` });
  });

  it('without a command is wrong usage and says what there is', async () => {
    const { status, stdout, stderr } = await ltoscope([]);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toContain('Usage: ltoscope');
  });
});

describe('the file of the command', () => {
  it('loads what a subcommand needs: the listings, which are most of the code, stay on disk in an audit', async () => {
    const script =
      'dist=$(dirname "$LTOSCOPE") && cp "$LTOSCOPE" "$dist/cli-auditing.cjs" "$1" && "$NODE" "$1/cli.cjs" audit "$2"';
    const { status, stderr } = await ltoscopeInShell(script, [temporaryFolder(), 'kernel/vmlinux.a'], IN_FIXTURES);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  });

  it('stays small, for V8 compiles all of it at every start', async () => {
    const { stdout } = await ltoscopeInShell('wc -c < "$LTOSCOPE"');
    expect(Number(stdout)).toBeLessThan(COMMAND_BYTES_MAX);
  });
});

describe('wrong usage', () => {
  it.each([
    ['an unknown command', ['frobnicate'], 'frobnicate'],
    ['an unknown option', ['audit', '--frobnicate', 'kernel/vmlinux.a'], '--frobnicate'],
    ['an unknown option of a listing', ['symbols', '--linker', 'lld', 'kernel/vmlinux.a'], '--linker'],
    ['audit without a path', ['audit'], 'paths'],
    ['identify without a path', ['identify'], 'paths'],
    ['symbols without a path', ['symbols'], 'paths'],
    ['members without a path', ['members'], 'paths'],
    ['explain without a rule', ['explain'], 'rule'],
    ['explain of an unknown rule', ['explain', 'no-such-rule'], 'no-such-rule'],
    ['explain of a path', ['explain', '../glossary'], '../glossary'],
    ['an unknown linker', ['audit', '--linker', 'ld64', 'kernel/vmlinux.a'], 'ld64'],
    ['a linker without its value', ['audit', 'kernel/vmlinux.a', '--linker'], '--linker'],
    ['an unknown severity', ['audit', '--fail-on', 'fatal', 'kernel/vmlinux.a'], 'fatal'],
  ])('%s is told on standard error, with status 2', async (_title, args, named) => {
    const { status, stdout, stderr } = await ltoscope(args, IN_FIXTURES);
    expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
    expect(stderr).toMatch(/^ltoscope: /);
    expect(stderr).toContain(named);
  });
});

describe('rules', () => {
  it('lists every rule that has a page', async () => {
    const pages = readdirSync(`${ROOT}docs/rules`).map((page) => page.replace(/\.md$/, ''));
    expect((await ruleLines()).map(({ rule }) => rule).sort()).toEqual(pages.sort());
  });

  it('lists the same for people', async () => {
    const { status, stdout } = await ltoscope(['rules']);
    expect(status).toBe(0);
    const rows = stdout.trimEnd().split('\n');
    const expected = (await ruleLines()).map(({ rule, severity, summary }) => [rule, severity, summary]);
    expect(rows.map((row) => row.split(/ {2,}/))).toEqual(expected);
  });
});

describe('explain', () => {
  it('prints the page of each rule', async () => {
    for (const { rule } of await ruleLines()) {
      const { status, stdout } = await ltoscope(['explain', rule]);
      expect({ status, stdout }).toEqual({ status: 0, stdout: readFileSync(`${ROOT}docs/rules/${rule}.md`, 'utf8') });
    }
  });
});
