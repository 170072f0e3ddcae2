// GNU ld and eu-elflint on the same broken objects: they do what the tables of the conditions say.

import { expect, it } from 'vitest';
import { openElf } from '../../../src/elf/index.ts';
import { validate } from '../../../src/elf/validate/index.ts';
import type { ElfIntegrityFinding, IntegrityLinker } from '../../../src/elf/validate/index.ts';
import { BrokenObject } from '../../helpers/broken-object.ts';
import { linkObject, objectFile, runTool } from '../../helpers/linker-runs.ts';
import type { LinkOutput } from '../../helpers/linker-runs.ts';
import { soundObject } from '../../helpers/sound-object.ts';
import type { SoundMachine } from '../../helpers/sound-object.ts';
import { describeWithTools } from '../../helpers/tools.ts';
import type { Defect } from './defect.ts';
import { ALL_DEFECTS } from './defects/index.ts';
import knownDifferences from './known-differences.json' with { type: 'json' };

/** How much worse a verdict is than another, as far as a status tells: nothing, words, refusal. */
const RANKS = { ignores: 0, misbehaves: 0, warns: 1, refuses: 2, crashes: 2 } as const;

function rankOf(findings: readonly ElfIntegrityFinding[]): number {
  return Math.max(0, ...findings.map(({ verdict }) => RANKS[verdict]));
}

/** The lines that a tool prints for the broken object and not for the sound one, without the names of files. */
function newLines(broken: string, brokenPath: string, sound: string, soundPath: string): string[] {
  const known = new Set(sound.replaceAll(soundPath, '').split('\n'));
  const lines = broken.replaceAll(brokenPath, '').split('\n');
  // eu-elflint pads the numbers of sections.
  return lines.filter((line) => line !== '' && !known.has(line)).map((line) => line.replace('[ ', '['));
}

/**
 * Expects that a tool does and says what the findings tell, unless the difference is known: then that it is still there,
 * so that the list of those does not grow old.
 */
function expectClaims(
  title: string,
  findings: readonly ElfIntegrityFinding[],
  defect: Defect,
  rank: number,
  said: string,
) {
  const actual = { rank, words: citedWords(findings, defect).filter((words) => !said.includes(words)) };
  const claimed = { rank: rankOf(findings), words: [] };
  if (Object.hasOwn(knownDifferences, title)) expect(actual, said).not.toEqual(claimed);
  else expect(actual, said).toEqual(claimed);
}

function broken(sound: Uint8Array, { damage }: Defect): Uint8Array {
  const object = new BrokenObject(sound);
  damage(object);
  return object.bytes;
}

/** The words that the findings cite, each of which the tool must print. */
function citedWords(findings: readonly ElfIntegrityFinding[], { condition }: Defect): string[] {
  return findings.flatMap((finding) =>
    finding.condition === condition && finding.predicts !== undefined ? [finding.predicts] : [],
  );
}

function findingsOf(bytes: Uint8Array, linker: IntegrityLinker, output: LinkOutput): ElfIntegrityFinding[] {
  return validate(openElf(bytes), { linker, output });
}

/** Machines that each GNU ld links, with the option for it. */
const BFD_MACHINES: readonly (readonly [SoundMachine, tool: 'ld.bfd' | 'aarch64-linux-gnu-ld', ...string[]])[] = [
  ['x86_64', 'ld.bfd'],
  ['i386', 'ld.bfd', '-m', 'elf_i386'],
  ['aarch64', 'aarch64-linux-gnu-ld'],
];

describeWithTools(
  'validate against GNU ld',
  ['clang-22', 'ld.bfd', 'aarch64-linux-gnu-ld'],
  ([clang, ld, ldOfAarch64]) => {
    ALL_DEFECTS.forEach((defect) => {
      const machines = defect.machines ?? ['x86_64'];
      const found = BFD_MACHINES.find(([machine]) => machines.includes(machine));
      if (found === undefined) return;
      const [machine, tool, ...options] = found;
      const outputs: readonly LinkOutput[] = defect.output === undefined ? ['relocatable', 'final'] : [defect.output];
      for (const output of outputs) {
        it(`does what the table says: ${defect.title} (${machine}, ${output})`, async () => {
          const sound = soundObject(clang, machine);
          const bytes = broken(sound, defect);
          const [path, soundPath] = [objectFile(bytes), objectFile(sound)];
          const linker = tool === 'ld.bfd' ? ld : ldOfAarch64;
          const answer = await linkObject(linker, path, output, options);
          const soundAnswer = await linkObject(linker, soundPath, output, options);
          const said = newLines(answer.text, path, soundAnswer.text, soundPath);
          const findings = findingsOf(bytes, { name: 'bfd' }, output);
          const rank = answer.verdict === 'accepts' ? Math.min(1, said.length) : 2;
          expectClaims(`GNU ld, ${output}: ${defect.title}`, findings, defect, rank, said.join('\n'));
        });
      }
    });
  },
);

describeWithTools('validate against eu-elflint', ['clang-22', 'eu-elflint'], ([clang, elflint]) => {
  ALL_DEFECTS.forEach((defect) => {
    const machine = defect.machines?.[0] ?? 'x86_64';
    it(`does what the table says: ${defect.title} (${machine})`, async () => {
      const sound = soundObject(clang, machine);
      const bytes = broken(sound, defect);
      const [path, soundPath] = [objectFile(bytes), objectFile(sound)];
      const answer = await runTool(elflint, ['--gnu-ld', path]);
      // It does not know LLVM's sections, so that it says something of the sound object, too.
      const soundAnswer = await runTool(elflint, ['--gnu-ld', soundPath]);
      const said = newLines(answer.text, path, soundAnswer.text, soundPath);
      const findings = findingsOf(bytes, { name: 'elflint' }, 'relocatable');
      expectClaims(`eu-elflint: ${defect.title}`, findings, defect, said.length > 0 ? 2 : 0, said.join('\n'));
    });
  });
});
