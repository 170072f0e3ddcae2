// Two real kernels, which are too large for the repository. LTOSCOPE_KERNEL names an unpacked arm64 kernel built with
// ThinLTO by clang 16, LTOSCOPE_KERNEL_FULL one built with full LTO by clang 14; without them these tests are skipped.

import { cpSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { auditJson, jsonLines, ltoscope } from '../helpers/cli.ts';
import type { IdentifyLine, MembersLine, SymbolsLine } from '../helpers/cli.ts';
import { kindOfBytes } from '../helpers/fixtures.ts';
import { nmByObject } from '../helpers/nm.ts';
import { describeInKernel } from '../helpers/kernel.ts';
import { temporaryFolder } from '../helpers/temporary.ts';
import { describeWithTools, run } from '../helpers/tools.ts';

const TIME_LIMIT_MS = 60_000;
const HEAD = 'arch/arm64/kernel/head.o';

interface Kernel {
  readonly variable: string;
  readonly lto: string;
  readonly producer: string;
  readonly bitcode: number;
  readonly elf: number;
}

const KERNELS: readonly Kernel[] = [
  { variable: 'LTOSCOPE_KERNEL', lto: 'llvm-thin', producer: 'LLVM16.0.6', bitcode: 1174, elf: 29 },
  { variable: 'LTOSCOPE_KERNEL_FULL', lto: 'llvm-full', producer: 'LLVM14.0.6', bitcode: 656, elf: 25 },
];

/** The objects and archives under a folder, told by their first bytes, each file once. */
function* objectsUnder(folder: string): Generator<{ path: string; kind: string }> {
  const seen = new Set<number>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || seen.has(statSync(path).ino)) continue;
    seen.add(statSync(path).ino);
    const kind = kindOfBytes(readFileSync(path).subarray(0, 8));
    if (kind !== 'other') yield { path, kind };
  }
}

describe.each(KERNELS)('the kernel that $variable names', ({ variable, lto, producer, bitcode, elf }) => {
  describeInKernel('vmlinux.a', variable, (folder) => {
    const inKernel = { cwd: folder, timeLimitMs: TIME_LIMIT_MS };

    it('has its members counted, and nothing found', async () => {
      const { status, stderr, report, milliseconds } = await auditJson(['vmlinux.a'], inKernel);
      expect({ status, stderr, findings: report.findings }).toEqual({ status: 0, stderr: '', findings: [] });
      expect(report.summary).toMatchObject({
        inputs: bitcode + elf,
        byFormat: { bitcode, elf },
        byLto: { [lto]: bitcode, none: elf },
        byProducer: { [producer]: bitcode },
        byMachine: { aarch64: bitcode + elf },
        byEndian: { little: bitcode + elf },
        errors: 0,
      });
      console.log(`${variable}: audit vmlinux.a took ${Math.round(milliseconds)} ms`);
    });

    it('is listed member by member', async () => {
      const identified = await ltoscope(['identify', '--json', 'vmlinux.a'], inKernel);
      const lines = jsonLines<IdentifyLine>(identified.stdout).slice(1);
      expect(lines).toHaveLength(bitcode + elf);
      expect(lines.every(({ file, size }) => statSync(join(folder, file)).size === size)).toBe(true);
      const members = jsonLines<MembersLine>((await ltoscope(['members', '--json', 'vmlinux.a'], inKernel)).stdout);
      expect(members.map(({ memberOffset }) => memberOffset)).toEqual(lines.map(({ memberOffset }) => memberOffset));
    });

    it(
      'finds nothing in the whole directory, where each archive is a link of its own',
      async () => {
        const { status, stderr, report, milliseconds } = await auditJson(['.'], inKernel);
        expect({ status, stderr, findings: report.findings }).toEqual({ status: 0, stderr: '', findings: [] });
        const expected = { bitcode: 0, elf: 0 };
        for (const { path, kind } of objectsUnder(folder)) {
          if (kind === 'bitcode' || kind === 'elf') expected[kind] += 1;
          else if (kind === 'archive' && statSync(path).size > 8) {
            const inside = jsonLines<MembersLine>((await ltoscope(['members', '--json', path])).stdout);
            for (const { format } of inside) if (format === 'bitcode' || format === 'elf') expected[format] += 1;
          }
        }
        expect(report.summary.byFormat).toEqual(expected);
        console.log(
          `${variable}: audit of the directory, ${report.summary.inputs} inputs, took ${Math.round(milliseconds)} ms`,
        );
      },
      TIME_LIMIT_MS,
    );

    describeWithTools('beside llvm-nm', ['llvm-nm-22'], ([nm]) => {
      it('has the same symbols in each member, those without a name too', async () => {
        const theirs = nmByObject(run(nm, ['vmlinux.a'], { cwd: folder }).stdout);
        const { status, stderr, stdout } = await ltoscope(['symbols', '--json', 'vmlinux.a'], inKernel);
        expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
        const ours = new Map<string, string[]>();
        let unnamed = 0;
        for (const { path, letter, name } of jsonLines<SymbolsLine>(stdout)) {
          const member = path[1] ?? '';
          if (name === '') unnamed += 1;
          const symbols = ours.get(member);
          if (symbols === undefined) ours.set(member, [`${letter} ${name}`]);
          else symbols.push(`${letter} ${name}`);
        }
        expect([...ours.keys()].sort()).toEqual([...theirs.keys()].sort());
        const different = [...ours].filter(
          ([member, symbols]) => symbols.sort().join('\n') !== theirs.get(member)?.join('\n'),
        );
        expect(different.map(([member]) => member)).toEqual([]);
        expect(unnamed).toBeGreaterThan(0);
        console.log(`${variable}: ${[...ours.values()].flat().length} symbols, ${unnamed} of them without a name`);
      });
    });
  });
});

describeInKernel('a kernel with a bad relocation', 'LTOSCOPE_KERNEL', (kernel) => {
  let folder: string;
  let symbolIndexOffset: number;

  beforeAll(async () => {
    folder = temporaryFolder();
    // A copy of the archive, whose members are links to the real ones but for one.
    cpSync(join(kernel, 'vmlinux.a'), join(folder, 'vmlinux.a'));
    const members = await ltoscope(['members', '--json', 'vmlinux.a'], { cwd: kernel });
    for (const { name } of jsonLines<MembersLine>(members.stdout)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      if (name !== HEAD) symlinkSync(join(kernel, name), join(folder, name));
    }
    const bytes = Uint8Array.from(readFileSync(join(kernel, HEAD)));
    const view = new DataView(bytes.buffer);
    const sectionHeaders = Number(view.getBigUint64(0x28, true));
    const count = view.getUint16(0x3c, true);
    const first = Array.from({ length: count }, (_, i) => sectionHeaders + 64 * i).find(
      (header) => view.getUint32(header + 4, true) === 4,
    );
    if (first === undefined) throw new Error(`${HEAD} has no SHT_RELA section`);
    // r_info follows r_offset; the index of the symbol is its upper half.
    symbolIndexOffset = Number(view.getBigUint64(first + 24, true)) + 8;
    view.setUint32(symbolIndexOffset + 4, 87, true);
    writeFileSync(join(folder, HEAD), bytes);
  });

  it('has one error, at that r_info', async () => {
    const { status, stderr, report } = await auditJson(['vmlinux.a'], { cwd: folder, timeLimitMs: TIME_LIMIT_MS });
    expect({ status, stderr }).toEqual({ status: 1, stderr: '' });
    expect(report.summary).toMatchObject({ inputs: 1203, errors: 1, warnings: 0, notes: 0 });
    expect(report.findings).toHaveLength(1);
    expect(report.findings[0]).toMatchObject({
      rule: 'invalid-symbol-index',
      severity: 'error',
      certainty: 'certain',
      predicts: `ld.lld: error: vmlinux.a(${HEAD}): invalid symbol index`,
      locations: [
        { path: ['vmlinux.a', HEAD], file: HEAD, offset: symbolIndexOffset, section: '.rela.head.text', entry: 0 },
      ],
      data: { symbolIndex: 87, symbolCount: 82 },
    });
  });
});

describeInKernel('a kernel with twins', 'LTOSCOPE_KERNEL', (kernel) => {
  describeWithTools('as ld.lld makes and sees them', ['llvm-ar-16', 'ld.lld-16'], ([ar, lld]) => {
    const PARTS = ['net/qrtr/af_qrtr.o', 'net/qrtr/ns.o'];
    let folder: string;

    beforeAll(() => {
      folder = temporaryFolder();
      for (const part of PARTS) cpSync(join(kernel, part), join(folder, part));
      const made = [
        run(ar, ['cDPrST', 'qrtr.o', ...PARTS], { cwd: folder }),
        run(lld, ['-r', '-maarch64elf', '-o', 'qrtr.lto.o', '--whole-archive', 'qrtr.o'], { cwd: folder }),
      ];
      for (const { status, stderr } of made) expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    }, TIME_LIMIT_MS);

    it('has the pair, and the symbols that the linker names', async () => {
      const args = ['-r', '-maarch64elf', '--error-limit=0', '--threads=1', '-o', '/dev/null', '--whole-archive'];
      const link = run(lld, [...args, 'qrtr.o', 'qrtr.lto.o'], { cwd: folder });
      const named = [...link.stderr.matchAll(/error: duplicate symbol: (.*)/g)].map(([, name]) => name as string);
      expect(new Set(named).size).toBeGreaterThan(3);

      const { status, report } = await auditJson(['qrtr.o', 'qrtr.lto.o'], { cwd: folder });
      expect(status).toBe(1);
      const twins = report.findings.filter(({ rule }) => rule === 'lto-native-twin');
      expect(twins).toHaveLength(1);
      expect(twins[0]).toMatchObject({
        severity: 'error',
        data: { bitcode: PARTS.map((part) => `qrtr.o(${part})`), native: ['qrtr.lto.o'], by: 'name' },
      });
      const duplicates = report.findings.filter(({ rule }) => rule === 'duplicate-symbol');
      expect(duplicates.every(({ severity }) => severity === 'error')).toBe(true);
      const ours = duplicates.flatMap(({ data }) => data['symbols'] as string[]);
      expect(ours.toSorted()).toEqual([...new Set(named)].sort());
      console.log(`twins: ${duplicates.length} finding of ${ours.length} duplicate symbols`);
    });

    it('has them in either order', async () => {
      const { report } = await auditJson(['qrtr.lto.o', 'qrtr.o'], { cwd: folder });
      expect(new Set(report.findings.map(({ rule }) => rule))).toEqual(
        new Set(['lto-native-twin', 'duplicate-symbol']),
      );
    });
  });
});
