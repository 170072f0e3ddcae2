// What ld.lld printed, as facts: severity, kind, and the symbol or file that it is about. The words of lld 14 to 22.

import type { LinkVerdict, LinkVerdictKind } from '../../../src/link/lld/verdict.ts';

/** One thing that the linker said. */
export interface LinkerStatement {
  readonly severity: 'error' | 'warning';
  readonly kind: LinkVerdictKind;
  /** The symbol or else the file that it is about; the first line where it names neither. */
  readonly subject: string;
  /** Its lines, without the linker's name and the severity. */
  readonly message: string;
}

export interface LinkerOutput {
  readonly statements: readonly LinkerStatement[];
  readonly crashed: boolean;
  /** The exit status was 0. */
  readonly links: boolean;
}

/** Patterns of first lines. The first group is the subject; a pattern without groups has the line itself. */
const PATTERNS: readonly (readonly [kind: LinkVerdictKind, pattern: RegExp])[] = [
  // Symbols
  ['duplicate-symbol', /^duplicate symbol: (.+)$/],
  ['undefined-in-shared-library', /^.+: undefined reference to (.+) \[--no-allow-shlib-undefined\]$/],
  ['undefined-in-shared-library', /^undefined reference(?: due to --no-allow-shlib-undefined)?: (.+)$/],
  ['undefined-in-shared-library', /^non-exported symbol '(.+)' in .+ is referenced by DSO/],
  ['undefined-symbol', /^undefined (?:hidden |protected |internal )?symbol: (.+)$/],
  ['discarded-section', /^relocation refers to a (?:symbol in a )?discarded section: (.+)$/],
  ['tls-mismatch', /^TLS attribute mismatch: (.+)$/],
  ['version', /^version script assignment of '.*' to symbol '(.+)' failed: symbol not defined$/],
  ['version', /^attempt to reassign symbol '(.+?)' of /],
  ['version', /^(?:.+: )?symbol (.+) has undefined version /],
  ['version', /^duplicate symbol '(.+)' in (?:version script|dynamic list)/],
  ['other', /^cannot find entry symbol (.+?); not setting start address$/],
  ['other', /^common (.+) is overridden$/],
  ['other', /^multiple common of (.+)$/],
  // Inputs
  ['missing-library', /^unable to find library (-l.+)$/],
  ['missing-input', /^cannot open (.+?): No such file or directory$/],
  ['missing-input', /^cannot find (?:linker|version) script (.+)$/],
  ['missing-input', /^(?:.+): unable to find ([^-].*)$/],
  ['missing-input', /^(?:.+): cannot find linker script (.+)$/],
  ['missing-member', /^(.+?): could not get the buffer for /],
  ['damaged-archive', /^(.+?): (?:failed to parse archive|Archive::children failed): /],
  ['incompatible', /^(.+?) is incompatible(?: with .+)?$/],
  ['incompatible', /^attempted static link of dynamic object (.+)$/],
  ['unknown-file-type', /^(.+?): unknown file type$/],
  ['unknown-file-type', /^(.+?): not an ELF file$/],
  ['unknown-file-type', /^(.+?): archive member '.*' is neither ET_REL nor LLVM bitcode$/],
  ['damaged-input', /^(.+?): section (?:header )?table goes past the end of (?:the )?file/],
  ['damaged-input', /^(.+?): corrupted ELF file: /],
  ['damaged-input', /^(.+?): section header string table index \d+ does not exist$/],
  ['damaged-input', /^(.+?): invalid (?:symbol index|relocation|sh_info)/],
  ['damaged-input', /^(.+?): relocation section \(index \d+\) has invalid sh_info/],
  ['damaged-input', /^(.+?):\(.*\): unknown relocation /],
  ['damaged-input', /^(unsupported e_machine value: \d+)$/],
  // Bitcode
  ['unreadable-bitcode', /^Invalid summary version \d+\. Version should be in the range \[\d+-\d+\]\.$/],
  [
    'unreadable-bitcode',
    /^(.+?): (?:can't skip to bit|Bitcode file does not contain any modules|Opaque pointers are only)/,
  ],
  ['unreadable-bitcode', /^(.+?): .*(?:Producer: '.*' Reader: '.*')/],
  ['unreadable-bitcode', /\(Producer: '.*' Reader: '.*'\)$/],
  [
    'unreadable-bitcode',
    /^(.+?): (?:Unexpected end of file|Invalid (?:bitcode|record|value|abbrev)|file too small|Corrupted bitcode|Malformed block)/i,
  ],
  // What people write
  ['unknown-emulation', /^unknown emulation: (.+)$/],
  ['script-error', /^(.+?):\d+: symbol not found: .+$/],
  ['script-error', /^(--defsym): syntax error: /],
  ['script-error', /^([^ ]+?):\d+: /],
  [
    'bad-argument',
    /^(?:unknown argument |unknown -|unknown option|.*: missing argument|no input files|target emulation unknown|nested |stray |may not nest|unbalanced |-r and |-shared and |invalid optimization level|-mllvm: |--?plugin-opt=|--undefined-glob: |--?[\w-]+(?:=\S+|: \S+|\S+)?: (?:number|invalid|expected|unknown)|.* may not be used together)/,
  ],
];

function statementOf(severity: string, message: string): LinkerStatement {
  const first = message.split('\n', 1)[0] as string;
  for (const [kind, pattern] of PATTERNS) {
    const match = pattern.exec(first);
    if (match !== null) return { severity: severity as 'error' | 'warning', kind, subject: match[1] ?? first, message };
  }
  return { severity: severity as 'error' | 'warning', kind: 'other', subject: first, message };
}

/**
 * Reads what a linker printed.
 *
 * @param text - Its output of both streams.
 * @param status - Its exit status; `null` after a signal.
 */
export function readLinkerOutput(text: string, status: number | null): LinkerOutput {
  const statements: LinkerStatement[] = [];
  let severity: string | undefined;
  let lines: string[] = [];
  const finish = () => {
    if (severity !== undefined) statements.push(statementOf(severity, lines.join('\n').trimEnd()));
    severity = undefined;
  };
  for (const line of text.split('\n')) {
    const [, begun, said] = /^[^ ]*ld(?:\.lld)?[^ ]*: (error|warning): (.*)$/.exec(line) ?? [];
    if (begun === undefined) lines.push(line);
    else {
      finish();
      severity = begun;
      lines = [said as string];
    }
  }
  finish();
  const crashed = status === null || status > 1 || /PLEASE submit a bug report|LLVM ERROR/.test(text);
  return { statements, crashed, links: status === 0 };
}

/** The first line, without the exact versions of who wrote bitcode and who reads it. */
function firstWords(message: string): string {
  return (message.split('\n', 1)[0] as string).replace(/ \(Producer: .*\)$/, '');
}

/** Whether a verdict of ours is what the linker states: the same words, or the same kind about the same symbol or file. */
export function isSame(verdict: LinkVerdict, { kind, subject, message }: LinkerStatement): boolean {
  if (firstWords(verdict.message) === firstWords(message)) return true;
  return verdict.kind === kind && (verdict.symbol === subject || verdict.files.includes(subject));
}
