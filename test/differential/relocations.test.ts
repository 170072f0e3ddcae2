// Relocations in every encoding that LLVM writes, held against llvm-readobj: objects with CREL by clang 19 and 22, shared
// libraries whose dynamic relocations ld.lld packed.

import { join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import { compareWithReadobj } from '../elf/reference-tools.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { describeWithTools, run } from '../helpers/tools.ts';

// Calls, addresses with and without addends, tables of addresses near and far, what is thread-local.
const SOURCE = `
extern int ext1, ext2; extern void fn(void);
int v[400]; static int s[10];
void *table[] = {&v[0], &v[1], &v[2], &v[3], &v[4], &v[5], &v[6], &v[7], &v[8], &ext1, &ext2, &ext1, (void *)fn, &s[3],
                 &s[4], &v[9], &v[11], &v[313], (char *)&v[0] - 77, (char *)&ext2 + 0x7fffff};
static void *far[3000] = {[0] = s, [70] = s + 1, [71] = s, [200] = s, [2900] = far, [2901] = s};
void **get_far(void) { return far; }
int get(void) { fn(); fn(); return ext1 + ext2 + v[17]; }
__thread int t, u[9];
int *get_thread_local(int x) { return x ? &t : &u[4]; }
`;

const COMPILE = ['-x', 'c', '-g', '-O1', '-fPIC', '-c', 'source.c', '-o'];

function target(triple: string): string {
  return `--target=${triple}`;
}

function must(tool: string, args: readonly string[], cwd: string): void {
  const { status, stderr } = run(tool, args, { cwd });
  if (status !== 0) throw new Error(`${tool} ${args.join(' ')}: ${stderr}`);
}

const CREL_TARGETS = [
  'x86_64-linux-gnu',
  'i386-linux-gnu',
  'aarch64-linux-gnu',
  'armv7-linux-gnueabi',
  'powerpc64-linux-gnu',
  'riscv64-linux-gnu',
];

describeWithTools('CREL objects', ['clang-19', 'clang-22', 'llvm-readobj-22'], ([clang19, clang22, readobj]) => {
  const folder = temporaryFolder({ 'source.c': SOURCE });

  it.each(CREL_TARGETS.flatMap((triple) => [19, 22].map((version) => ({ triple, version }))))(
    'by clang $version for $triple',
    ({ triple, version }) => {
      const output = join(folder, `${triple}-${version}.o`);
      const crel = ['-Wa,--crel,--allow-experimental-crel', target(triple)];
      must(version === 19 ? clang19 : clang22, [...crel, ...COMPILE, output], folder);
      const { compared, differences } = compareWithReadobj(readobj, output);
      expect(differences).toEqual([]);
      expect(compared).toBeGreaterThan(200);
    },
  );
});

const PACKED_TARGETS = [
  'x86_64-linux-gnu',
  'i386-linux-gnu',
  'aarch64-linux-gnu',
  'armv7-linux-gnueabi',
  'mips64-linux-gnuabi64',
  'powerpc64-linux-gnu',
  'riscv64-linux-gnu',
];

describeWithTools(
  'packed dynamic relocations',
  ['clang-22', 'ld.lld-22', 'llvm-readobj-22'],
  ([clang, lld, readobj]) => {
    const folder = temporaryFolder({ 'source.c': SOURCE });

    beforeAll(() => {
      for (const triple of [...PACKED_TARGETS, 'mips64el-linux-gnuabi64']) {
        must(clang, [target(triple), ...COMPILE, `${triple}.o`], folder);
      }
    }, 60_000);

    it.each(PACKED_TARGETS.flatMap((triple) => ['android', 'relr', 'android+relr'].map((kind) => ({ triple, kind }))))(
      'in the way of $kind for $triple',
      ({ triple, kind }) => {
        const output = join(folder, `${triple}.${kind}.so`);
        must(lld, ['-shared', `--pack-dyn-relocs=${kind}`, `${triple}.o`, '-o', output], folder);
        const { compared, differences } = compareWithReadobj(readobj, output);
        expect(differences).toEqual([]);
        expect(compared).toBeGreaterThan(100);
      },
    );
  },
);
