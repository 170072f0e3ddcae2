// Broken objects, their near-misses, and what they prove: the real ld.lld, the newest and an older one, refuses the first
// in the very words that the finding cites, and takes the second, and so does the validation.

import { expect, it } from 'vitest';
import { openElf } from '../../../src/elf/index.ts';
import { validate } from '../../../src/elf/validate/index.ts';
import type { ElfIntegrityFinding } from '../../../src/elf/validate/index.ts';
import type { Defect } from './defect.ts';
import { BrokenObject } from '../../helpers/broken-object.ts';
import { linkObject, objectFile, runAll } from '../../helpers/linker-runs.ts';
import type { LinkOutput } from '../../helpers/linker-runs.ts';
import { soundObject } from '../../helpers/sound-object.ts';
import type { SoundMachine } from '../../helpers/sound-object.ts';
import { describeWithTools } from '../../helpers/tools.ts';

const NEWEST = 22;
const OLDER = 14;

/** Machines of two classes and, over three rows, of both byte orders in each. */
const MACHINE_PAIRS: readonly (readonly [SoundMachine, SoundMachine])[] = [
  ['x86_64', 'powerpc'],
  ['aarch64_be', 'i386'],
  ['aarch64', 'arm'],
];

function damaged(sound: Uint8Array, change: (object: BrokenObject) => unknown): Uint8Array {
  const object = new BrokenObject(sound);
  change(object);
  return object.bytes;
}

function validated(
  bytes: Uint8Array,
  major: number,
  output: LinkOutput,
  { icf = false, ehFrameHeader = false }: Defect,
): ElfIntegrityFinding[] {
  return validate(openElf(bytes), { linker: { name: 'lld', major }, output, icf, ehFrameHeader });
}

/** Defines the tests of a table. */
export function describeRefusals(noun: string, defects: readonly Defect[]): void {
  const tools = ['clang-22', 'ld.lld-13', 'ld.lld-14', 'ld.lld-16', 'ld.lld-19', 'ld.lld-22'] as const;
  describeWithTools(`validate against ld.lld: ${noun}`, tools, ([clang, ...linkers]) => {
    const linkerOf = (version: number) => linkers.find((path) => path.endsWith(`-${version}`)) ?? `ld.lld-${version}`;
    defects.forEach((defect, row) => {
      const { title, versions = [OLDER, NEWEST], output, isWarning = false, says } = defect;
      const outputs: readonly LinkOutput[] = output === undefined ? ['relocatable', 'final'] : [output];
      const options = [
        ...(defect.icf === true ? ['--icf=all'] : []),
        ...(defect.ehFrameHeader === true ? ['--eh-frame-hdr'] : []),
      ];
      const links = versions.flatMap((version) => outputs.map((kind) => ({ version, kind })));
      const answersTo = (bytes: Uint8Array) => {
        const path = objectFile(bytes);
        const runs = links.map(
          ({ version, kind }) =>
            () =>
              linkObject(linkerOf(version), path, kind, options),
        );
        return runAll(runs);
      };
      const machines = defect.machines ?? MACHINE_PAIRS[row % MACHINE_PAIRS.length] ?? [];
      for (const machine of machines) {
        it(`is refused: ${title} (${machine})`, async () => {
          const bytes = damaged(soundObject(clang, machine), defect.damage);
          const answers = await answersTo(bytes);
          links.forEach(({ version, kind }, i) => {
            const answer = answers[i] as (typeof answers)[number];
            const findings = validated(bytes, version, kind, defect);
            const finding = findings.find(({ condition }) => condition === defect.condition);
            const link = `ld.lld ${version}, ${kind}: ${answer.text}`;
            if (isWarning) {
              expect(answer.verdict, link).toBe('accepts');
              expect(finding, link).toMatchObject({ severity: 'warning', verdict: 'warns' });
            } else {
              expect(answer.verdict, link).toBe(says === undefined ? 'crashes' : 'refuses');
              expect(finding, link).toMatchObject({ severity: 'error', verdict: answer.verdict });
            }
            if (says === undefined) return;
            const said = isWarning ? answer.warnings[0] : answer.errors[0];
            expect(said, link).toContain(says);
            expect(finding?.predicts, link).toBe(said);
          });
        });

        it(`near-miss is taken: ${title} (${machine})`, async () => {
          const bytes = damaged(soundObject(clang, machine), defect.nearMiss);
          const answers = await answersTo(bytes);
          links.forEach(({ version, kind }, i) => {
            const { verdict, warnings, text } = answers[i] as (typeof answers)[number];
            expect(verdict, `ld.lld ${version}, ${kind}: ${text}`).toBe('accepts');
            if (isWarning) expect(warnings, text).toEqual([]);
            const errors = validated(bytes, version, kind, defect).filter(
              ({ severity }) => severity === 'error' || (isWarning && severity === 'warning'),
            );
            expect(errors, `ld.lld ${version}, ${kind}`).toEqual([]);
          });
        });
      }
    });
  });
}
