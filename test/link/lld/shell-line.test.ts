import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitShellLine } from '../../../src/link/lld/command-line/shell-line.ts';
import { findLinkCommand } from '../../../src/link/index.ts';
import { describeWithTools, run } from '../../helpers/tools.ts';

function words(text: string): (readonly string[])[] {
  return splitShellLine(text).map((command) => command.words);
}

describe('splitShellLine', () => {
  it('undoes quotes and backslashes', () => {
    expect(words(`ld 'a b' "c \\"d\\" \\x" e\\ f 'g'"h"i ''`)).toEqual([['ld', 'a b', 'c "d" \\x', 'e f', 'ghi', '']]);
  });

  it('ends commands at operators and ends of lines, and leaves variables, redirections and comments out', () => {
    expect(
      words('A=1 B="x y" ld a.o 2>&1 >out.txt </dev/null; true && echo x | cat & (cd y; ar r z)\nnm q # no'),
    ).toEqual([['ld', 'a.o'], ['true'], ['echo', 'x'], ['cat'], ['cd', 'y'], ['ar', 'r', 'z'], ['nm', 'q']]);
    expect(words('if test -e x; then ld a.o; fi')).toEqual([
      ['test', '-e', 'x'],
      ['ld', 'a.o'],
    ]);
    expect(words('ld a.o \\\n  b.o12>x')).toEqual([['ld', 'a.o', 'b.o12']]);
  });

  it('keeps what a shell would expand as it is written, and names it', () => {
    expect(splitShellLine(`ld $(cat 'a)' b) "x$y" \${z} *.o '*.a' \`ls\` '$q' \\$r $`)).toEqual([
      {
        words: ['ld', "$(cat 'a)' b)", 'x$y', '${z}', '*.o', '*.a', '`ls`', '$q', '$r', '$'],
        unexpanded: ["$(cat 'a)' b)", 'x$y', '${z}', '*.o', '`ls`'],
      },
    ]);
  });

  it('ends with the text where something is not closed', () => {
    for (const text of [`ld 'a`, 'ld "a', 'ld $(a', 'ld `a', 'ld a\\', 'ld ${a', 'ld >', 'ld "$(']) {
      expect(words(text)[0]?.[0]).toBe('ld');
    }
  });

  it('costs what the text is long', () => {
    const start = performance.now();
    for (const part of ['$', '`', '"', "'", '\\', '$(', '${', '(', '<', '0', 'a ', ';', '&', '#\n', '"$(']) {
      splitShellLine(part.repeat(1_000_000 / part.length));
    }
    expect(performance.now() - start).toBeLessThan(20_000);
  });

  describeWithTools('agrees with', ['sh'], ([sh]) => {
    it('a shell about quotes', () => {
      const piece = fc.constantFrom(
        'a',
        'b c',
        "'",
        '"',
        '\\',
        ' ',
        '""',
        "''",
        "'x y'",
        '"p \\" q"',
        '\\ ',
        '=',
        '-',
        '\t',
      );
      const lines = fc
        .sample(fc.array(piece, { maxLength: 12 }), { numRuns: 150, seed: 7 })
        .map((parts) => parts.join(''));
      // What is not closed is an error of the shell; newlines would end the command.
      const script = lines.map((line) => `printf '<%s>' x ${line}`);
      for (const line of script) {
        const { status, stdout } = run(sh, ['-n', '-c', line]);
        if (status !== 0 || stdout !== '' || line.endsWith('\\')) continue;
        const mine = splitShellLine(line)[0]?.words.slice(2) ?? [];
        expect(run(sh, ['-c', line]).stdout).toBe(mine.map((word) => `<${word}>`).join(''));
      }
    }, 60_000);
  });
});

describe('findLinkCommand', () => {
  it('finds the linker among other commands, behind programs that run it', () => {
    const found = findLinkCommand('echo x; LC_ALL=C ccache ld.lld-16 -r -o a b.o ; ./tools/objtool/objtool --link a');
    expect(found).toEqual({ argv: ['ld.lld-16', '-r', '-o', 'a', 'b.o'], unexpanded: [], isDriver: false });
    expect(findLinkCommand('sh scripts/link-vmlinux.sh "ld.lld" "-EL" "--x"; true')).toBeUndefined();
  });

  it("finds the linker's line in what clang -### prints", () => {
    const text =
      'Debian clang version 16.0.6\nTarget: x86_64-pc-linux-gnu\nThread model: posix\nInstalledDir: /usr/bin\n' +
      ' "/usr/bin/ld.lld-16" "-z" "relro" "-o" "a b" "/lib/crt1.o" "x.o" "-lc"\n';
    expect(findLinkCommand(text)?.argv).toEqual([
      '/usr/bin/ld.lld-16',
      '-z',
      'relro',
      '-o',
      'a b',
      '/lib/crt1.o',
      'x.o',
      '-lc',
    ]);
  });

  it('finds a driver where no linker is called', () => {
    expect(findLinkCommand('gcc -o a $(cat list)')).toEqual({
      argv: ['gcc', '-o', 'a', '$(cat list)'],
      unexpanded: ['$(cat list)'],
      isDriver: true,
    });
    expect(findLinkCommand('rm -f a.a; ar rcs a.a')).toBeUndefined();
    expect(findLinkCommand('')).toBeUndefined();
  });
});
