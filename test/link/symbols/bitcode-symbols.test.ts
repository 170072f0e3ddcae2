import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { describeWithTools, run } from '../../helpers/tools.ts';
import { groupsOf, readSymbols, rowsOf } from './input-symbols.ts';
import type { Read } from './input-symbols.ts';

const SOURCE = `
extern "C" {
int strong() { return 1; }
__attribute__((weak)) int weak() { return 2; }
__attribute__((visibility("hidden"))) int hidden_data = 3;
__attribute__((visibility("protected"))) int protected_data = 4;
thread_local int tls = 5;
static int local = 6;
extern int elsewhere;
extern __attribute__((weak)) int weakly_elsewhere;
__attribute__((used)) int used = 7;
int *take() { return &elsewhere + (&weakly_elsewhere != 0) + local++; }
}
template <class T> struct Box { T value; __attribute__((noinline)) T get() { return value; } };
int open(Box<int> *box) { return box->get(); }
asm(".globl assembled\\nassembled: .quad strong\\n.quad only_in_assembly\\n");
`;

const C_SOURCE = 'int common_variable[3]; _Thread_local int t; int f(void) { return common_variable[0] + t; }';

describeWithTools('symbols of bitcode', ['clang-22', 'clang-14', 'llvm-lto2-22'], ([clang, clang14, lto2]) => {
  const folder = temporaryFolder({ 'a.cc': SOURCE, 'a.c': C_SOURCE });
  const compile = (compiler: string, source: string, output: string, ...options: string[]): Uint8Array => {
    const args = ['--target=x86_64-linux-gnu', '-O1', '-c', ...options, '-o', output, source];
    expect(run(compiler, args, { cwd: folder })).toMatchObject({ status: 0 });
    return Uint8Array.from(readFileSync(join(folder, output)));
  };

  it.each([
    ['full', '-flto'],
    ['thin', '-flto=thin'],
  ])('are those that linkers see: %s', (_, option) => {
    const read = readSymbols(compile(clang, 'a.cc', 'a.o', option));
    expect(read).toMatchObject({ kind: 'bitcode', isUntold: false, faults: [] });
    expect(
      rowsOf(read)
        .filter((row) => row !== '-' && !row.startsWith('- '))
        .sort(),
    ).toEqual([
      '_Z4openP3BoxIiE DEFINED FUNCTION',
      '_ZN3BoxIiE3getEv DEFINED WEAK FUNCTION MAY_OMIT in _ZN3BoxIiE3getEv',
      '_ZTW3tls DEFINED WEAK FUNCTION HIDDEN in _ZTW3tls',
      'assembled DEFINED FUNCTION',
      'elsewhere',
      'hidden_data DEFINED HIDDEN',
      'only_in_assembly FUNCTION USED',
      'protected_data DEFINED PROTECTED',
      'strong DEFINED FUNCTION',
      'strong FUNCTION USED',
      'take DEFINED FUNCTION',
      'tls DEFINED TLS',
      'used DEFINED USED',
      'weak DEFINED WEAK FUNCTION',
      'weakly_elsewhere WEAK',
    ]);
    expect(groupsOf(read)).toEqual(['_ZN3BoxIiE3getEv', '_ZTW3tls']);
  });

  it.each([
    ['a.cc', 22],
    ['a.c', 22],
    ['a.cc', 14],
    ['a.c', 14],
  ] as const)('have the names and flags that llvm-lto2 tells: %s by clang %i', (source, version) => {
    const output = `${source}.${version}.o`;
    const read = readSymbols(compile(version === 22 ? clang : clang14, source, output, '-flto', '-fcommon'));
    const { stdout } = run(lto2, ['dump-symtab', join(folder, output)]);
    const seen = rowsOf(read).filter((row) => !row.startsWith('-'));
    expect(seen.map(withoutKind).sort()).toEqual(dumped(stdout).sort());
  });

  it('of common variables have size and alignment', () => {
    const read = readSymbols(compile(clang, 'a.c', 'c.o', '-flto', '-fcommon'));
    expect(rowsOf(read)).toContain('common_variable DEFINED COMMON 12 at 4');
  });

  it('come from the modules where the file has no table', () => {
    const bytes = compile(clang, 'a.cc', 'b.o', '-flto');
    const stripped = readSymbols(withoutSymbolTable(bytes));
    const rows = (read: Read) =>
      rowsOf(read)
        .filter((row) => !row.startsWith('-'))
        .sort();
    expect(rows(stripped)).toEqual(rows(readSymbols(bytes)));
  });

  it('are not told by bitcode for thin linking alone without a table', () => {
    run(clang, ['-flto=thin', '-O1', '-c', '-o', 'd.o', '-Xclang', '-fthin-link-bitcode=d.thin', 'a.cc'], {
      cwd: folder,
    });
    const thin = Uint8Array.from(readFileSync(join(folder, 'd.thin')));
    expect(readSymbols(thin)).toMatchObject({ kind: 'bitcode', isUntold: false });
    const untold = { kind: 'bitcode', isUntold: true, symbols: { length: 0 }, faults: [] };
    expect(readSymbols(withoutSymbolTable(thin))).toMatchObject(untold);
  });

  it('of a fat object are those of its bitcode if the linker takes it', () => {
    const bytes = compile(clang, 'a.c', 'fat.o', '-flto', '-ffat-lto-objects', '-fcommon');
    expect(readSymbols(bytes).kind).toBe('object');
    const read = readSymbols(bytes, { takesFatLto: true });
    expect(read.kind).toBe('bitcode');
    expect(rowsOf(read)).toContain('common_variable DEFINED COMMON 12 at 4');
  });

  it('that are damaged are a fault and never an error', () => {
    const bytes = compile(clang, 'a.c', 'e.o', '-flto');
    for (let at = 0; at < bytes.length; at += 7) {
      const changed = bytes.slice();
      changed[at] = 0xff;
      readSymbols(changed);
      readSymbols(bytes.subarray(0, at));
    }
  });
});

/** The block of the symbol table gets a number that no reader knows. */
function withoutSymbolTable(bytes: Uint8Array): Uint8Array {
  const copy = bytes.slice();
  const view = new DataView(copy.buffer);
  const SYMTAB_BLOCK = 25;
  // ENTER_SUBBLOCK at the outermost level: abbreviation 1 of 2 bits, then the number of the block in 8 bits.
  for (let at = 4; at + 8 <= copy.length;) {
    const word = view.getUint32(at, true);
    const words = view.getUint32(at + 4, true);
    if (((word >> 2) & 0xff) === SYMTAB_BLOCK) view.setUint32(at, (word & ~(0xff << 2)) | (60 << 2), true);
    at += 8 + words * 4;
  }
  return copy;
}

function withoutKind(row: string): string {
  const words = row.split(' ').filter((word) => !['FUNCTION', 'USED', 'MAY_OMIT'].includes(word));
  return words.join(' ').replace(/ \d+ at \d+$/, '');
}

/**
 * Rows in our words of what llvm-lto2 dumps: a letter or dash for visibility, undefined, common, weak, indirect, may omit,
 * thread-local and executable each, then the name; the COMDAT in a line of its own.
 */
function dumped(text: string): string[] {
  const rows: string[] = [];
  for (const line of text.split('\n')) {
    const comdat = /^ +comdat \w+ (\S+)/.exec(line)?.[1];
    if (comdat !== undefined) rows.push(`${rows.pop() ?? ''} in ${comdat}`);
    const [, visibility, undefinedMark, common, weak, tls, name] =
      /^([DHP])([-U])([-C])([-W])[-I][-O]([-T])[-X] (\S+)$/.exec(line) ?? [];
    if (name === undefined) continue;
    const words = [
      name,
      undefinedMark === 'U' ? '' : 'DEFINED',
      weak === 'W' ? 'WEAK' : '',
      common === 'C' ? 'COMMON' : '',
      tls === 'T' ? 'TLS' : '',
      visibility === 'H' ? 'HIDDEN' : visibility === 'P' ? 'PROTECTED' : '',
    ];
    rows.push(words.filter((word) => word !== '').join(' '));
  }
  return rows;
}
