import { describe, expect, it } from 'vitest';
import { concat, member, REGULAR_MAGIC } from '../helpers/archive-builder.ts';
import { jsonLines, ltoscope } from '../helpers/cli.ts';
import type { MembersLine } from '../helpers/cli.ts';
import { FIXTURES_ROOT, fixturesOfKind } from '../helpers/fixtures.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { describeWithTools, run } from '../helpers/tools.ts';

const STRONG = ['driver_probe', 'driver_count'];
const BITCODE = ['qrtr_endpoint_register', 'qrtr_endpoint_unregister', 'qrtr_endpoint_post', 'init_module'];
const IN_FIXTURES = { cwd: FIXTURES_ROOT };

async function membersOf(archive: string): Promise<MembersLine[]> {
  const { status, stdout, stderr } = await ltoscope(['members', '--json', archive], IN_FIXTURES);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return jsonLines<MembersLine>(stdout);
}

/** Archives that llvm-ar and this command see alike; the nested ones they see differently on purpose. */
const FLAT = [...fixturesOfKind('archive', 'archives'), ...fixturesOfKind('thin-archive', 'archives')].filter(
  (archive) => !/nested|regular-of-regular/.test(archive),
);

describe('members --json', () => {
  it('tells header, size and kind of each member of a thin archive', async () => {
    const members = await membersOf('kernel/vmlinux.a');
    expect(members).toHaveLength(8);
    expect(members.find(({ name }) => name === 'init/main.o')).toMatchObject({
      path: ['kernel/vmlinux.a', 'init/main.o'],
      file: 'kernel/init/main.o',
      format: 'bitcode',
      size: 3_148,
      external: true,
    });
  });

  it('tells members of a regular archive by their place in it', async () => {
    const members = await membersOf('archives/foreign.a');
    expect(members.map(({ name, format, size, external }) => [name, format, size, external])).toEqual([
      ['strong.o', 'elf', 1_184, false],
      ['note.txt', 'text', 51, false],
      ['empty.o', 'empty', 0, false],
    ]);
    expect(members.every(({ file }) => file === 'archives/foreign.a')).toBe(true);
  });

  it.each(['archives/empty.a', 'archives/empty-thin.a'])('of %s lists nothing', async (archive) => {
    expect(await membersOf(archive)).toEqual([]);
  });

  it('follows an archive inside an archive', async () => {
    const members = await membersOf('archives/regular-of-regular.a');
    expect(members.some(({ path, format }) => path.length === 2 && format === 'archive')).toBe(true);
    expect(members.some(({ path }) => path.length === 3)).toBe(true);
  });

  it('shows the absolute and climbing names that an archive has', async () => {
    const members = await membersOf('archives/thin-climbing/lib.a');
    expect(members.length).toBeGreaterThan(0);
    for (const { name, file, format } of members) {
      expect(name).toMatch(/^\.\.\/members\//);
      expect(file).toBe(`archives/thin-climbing/${name}`);
      expect(format).not.toBe('missing');
    }
  });

  it.each(['gnu', 'gnu64', 'bsd', 'darwin', 'darwin64', 'coff', 'thin-index'])(
    'tells the kind of each member and its names in the index of archives/%s.a',
    async (archive) => {
      const [strong, bitcode] = await membersOf(`archives/${archive}.a`);
      expect(strong).toMatchObject({ format: 'elf', lto: 'none', machine: 'aarch64' });
      expect(bitcode).toMatchObject({
        format: 'bitcode',
        lto: 'llvm-thin',
        machine: 'aarch64',
        producer: 'LLVM16.0.6',
      });
      // COFF has the names in ascending order.
      expect(strong?.indexed?.toSorted()).toEqual(STRONG.toSorted());
      expect(bitcode?.indexed?.toSorted()).toEqual(BITCODE.toSorted());
    },
  );

  it('tells no index where there is none', async () => {
    for (const member of await membersOf('archives/no-index.a')) expect(member).not.toHaveProperty('indexed');
  });

  it('tells of a damaged index, and lists the members', async () => {
    const bytes = concat(REGULAR_MAGIC, member('/', '\0\0\0\x09'), member('a.txt/', 'text'));
    const folder = temporaryFolder({ 'lib.a': bytes });
    const { status, stdout, stderr } = await ltoscope(['members', '--json', 'lib.a'], { cwd: folder });
    expect(jsonLines<MembersLine>(stdout)).toMatchObject([{ name: 'a.txt', format: 'text' }]);
    expect(status).toBe(1);
    expect(stderr).toContain('lib.a: the symbol index has 4 bytes');
  });

  it('of a file that is no archive says so', async () => {
    const { status, stdout, stderr } = await ltoscope(['members', '--json', 'kernel/init/main.o'], IN_FIXTURES);
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toBe('ltoscope: kernel/init/main.o: not an archive\n');
  });
});

describe('members', () => {
  it('prints mode, owner, size, time, kind and name', async () => {
    const { status, stdout } = await ltoscope(['members', 'archives/foreign.a'], IN_FIXTURES);
    expect(status).toBe(0);
    expect(stdout).toMatch(
      /^rw-r--r-- 0\/0 {9}51 1970-01-01 00:00 text {4}archives\/foreign\.a\(note\.txt\): at 0x4e4$/m,
    );
  });

  it('prints what a member is, and how many names the index has for it', async () => {
    const { stdout } = await ltoscope(['members', 'archives/gnu.a'], IN_FIXTURES);
    expect(stdout).toMatch(
      / bitcode archives\/gnu\.a\(bitcode\.o\): at 0x[0-9a-f]+, llvm-thin, LLVM16\.0\.6, 4 in the index$/m,
    );
  });
});

describeWithTools('members beside llvm-ar', ['llvm-ar-22'], ([ar]) => {
  it.each(FLAT)('lists the names and sizes of %s', async (archive) => {
    const theirs = run(ar, ['tv', archive], IN_FIXTURES)
      .stdout.split('\n')
      .filter((line) => line !== '')
      .map((line) => /^\S+ \S+ +(\d+) \S+ +\S+ \S+ \S+ (.*)$/.exec(line)?.slice(1) as [string, string]);
    const folder = archive.slice(0, archive.lastIndexOf('/') + 1);
    const ours = (await membersOf(archive)).map(({ name, size, external }) => [
      String(size),
      external ? `${folder}${name}` : name,
    ]);
    expect(ours).toEqual(theirs);
  });
});
