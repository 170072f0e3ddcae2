// The names of e_flags, against those that llvm-readobj prints for the same header: for each machine whose flags it
// knows, every value of every field, every single bit, and seeded random words.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { describeHeaderFlags, MACHINES } from '../../src/elf/constants/index.ts';
import { openElf } from '../../src/elf/index.ts';
import { buildElf } from '../helpers/elf-builder.ts';
import { describeWithTools, run } from '../helpers/tools.ts';

type Machine = keyof typeof MACHINES.values;

interface Variant {
  readonly machine: Machine;
  readonly osAbi?: number;
  readonly abiVersion?: number;
  /** The fields, whose values are all tried. */
  readonly fields: readonly number[];
  /** What llvm-readobj prints of which nothing is true; see src/elf/constants/header-flags/index.ts. */
  readonly wrong?: (name: string, flags: number) => boolean;
}

const VARIANTS: readonly Variant[] = [
  { machine: 'EM_MIPS', fields: [0xf000, 0xff0000, 0xf0000000] },
  { machine: 'EM_AMDGPU', osAbi: 64, abiVersion: 1, fields: [0xff] },
  { machine: 'EM_AMDGPU', osAbi: 65, abiVersion: 0, fields: [0xff] },
  { machine: 'EM_AMDGPU', osAbi: 64, abiVersion: 2, fields: [0xff, 0x300, 0xc00] },
  { machine: 'EM_AMDGPU', osAbi: 64, abiVersion: 3, fields: [0xff, 0x300, 0xc00] },
  { machine: 'EM_AMDGPU', osAbi: 64, abiVersion: 4, fields: [0xff, 0x300, 0xc00, 0xff000000] },
  {
    machine: 'EM_RISCV',
    fields: [0x6],
    wrong: (name, flags) => (flags & 0x6) === 0x6 && /_(SINGLE|DOUBLE)$/.test(name),
  },
  { machine: 'EM_SPARC32PLUS', fields: [0x3] },
  { machine: 'EM_SPARCV9', fields: [0x3] },
  { machine: 'EM_AVR', fields: [0x7f] },
  { machine: 'EM_LOONGARCH', fields: [0x7, 0xc0] },
  { machine: 'EM_XTENSA', fields: [0xf] },
  { machine: 'EM_CUDA', osAbi: 51, abiVersion: 7, fields: [0xff], wrong: (name) => name.includes('<<') },
];

/** Names that llvm-readobj does not have, though it knows the machine. */
const OURS_ALONE = /^(unknown \(|EF_MIPS_(XGOT|64BIT_WHIRL|ABI_ON32)$|EF_SPARC_LEDATA$|EF_CUDA_(?!SM))/;

/** Every value of each field, each bit, and random words, always the same. */
function flagWords(fields: readonly number[]): number[] {
  const words = [0, 0xffffffff, ...Array.from({ length: 32 }, (_, bit) => 2 ** bit)];
  for (const mask of fields) {
    const unit = mask & -mask;
    for (let value = 0; value <= mask >>> (31 - Math.clz32(unit)); value += 1) words.push((value * (unit >>> 0)) >>> 0);
  }
  let state = 1;
  for (let count = 0; count < 100; count += 1) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    words.push(state);
  }
  return words;
}

interface Dump {
  ElfHeader: { Flags: { Value: number; Flags: { Name: string }[] } };
}

describeWithTools('header flags, against llvm-readobj', ['llvm-readobj-22'], ([readobj]) => {
  const folder = mkdtempSync(join(tmpdir(), 'ltoscope-flags-'));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it.each(VARIANTS)('$machine, OS/ABI $osAbi, version $abiVersion', (variant) => {
    const { machine, osAbi = 0, abiVersion = 0, fields, wrong } = variant;
    const words = flagWords(fields);
    const headers = words.map((flags, index) => {
      const { bytes } = buildElf({ machine: MACHINES.values[machine], osAbi, flags, sections: [] });
      bytes[8] = abiVersion;
      writeFileSync(join(folder, String(index)), bytes);
      return openElf(bytes).header;
    });
    const files = words.map((_, index) => join(folder, String(index)));
    const dumps = JSON.parse(run(readobj, ['--elf-output-style=JSON', '-h', ...files]).stdout) as Dump[];
    expect(dumps.length).toBe(words.length);

    const differences: string[] = [];
    for (const [index, header] of headers.entries()) {
      const { Flags } = (dumps[index] as Dump).ElfHeader;
      expect(Flags.Value).toBe(header.flags);
      const theirs = Flags.Flags.map(({ Name }) => Name).filter((name) => wrong?.(name, header.flags) !== true);
      const ours = describeHeaderFlags(header).filter((name) => !OURS_ALONE.test(name));
      if (ours.sort().join() !== theirs.sort().join()) {
        differences.push(`0x${header.flags.toString(16)}: ${ours.join()}, but ${theirs.join()}`);
      }
    }
    expect(differences).toEqual([]);
  });
});
