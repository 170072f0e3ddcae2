import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCmdLink } from '../../src/node/index.ts';
import { temporaryFolder } from '../helpers/temporary.ts';

function read(command: string): ReturnType<typeof readCmdLink> {
  return readCmdLink(join(temporaryFolder({ 'lib/.x.o.cmd': `savedcmd_lib/x.o := ${command}\n` }), 'lib/.x.o.cmd'));
}

describe('readCmdLink', () => {
  it("finds the linker's words among the other commands of the line", () => {
    expect(read(`ld.lld-16 -r -o lib/x.o "a b.o" ; ./tools/objtool/objtool --link lib/x.o`)).toMatchObject({
      argv: ['ld.lld-16', '-r', '-o', 'lib/x.o', 'a b.o'],
      target: 'lib/x.o',
    });
    expect(read('echo x && gcc -nostdlib -o x a.o -Wl,--gc-sections')).toMatchObject({
      argv: ['ld', '-o', 'x', 'a.o', '--gc-sections'],
    });
  });

  it('says why it is no link', () => {
    expect(read('rm -f lib/x.o')).toMatchObject({ reason: 'no link line of kbuild stands in it' });
    expect(read('gcc -c -o lib/x.o lib/x.c')).toMatchObject({ reason: 'it holds no link: -c: nothing is linked' });
    expect(read('ld -r -o lib/x.o $$(cat list)')).toMatchObject({
      reason: 'its link line holds what only a shell expands: $(cat list)',
    });
  });
});
