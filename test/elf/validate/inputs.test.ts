// Files that are sound and yet no input of a link: who says what of programs, core files and shared libraries.

import { expect, it } from 'vitest';
import { openElf } from '../../../src/elf/index.ts';
import { validate } from '../../../src/elf/validate/index.ts';
import { BrokenObject } from '../../helpers/broken-object.ts';
import { linkObject, objectFile } from '../../helpers/linker-runs.ts';
import { soundObject } from '../../helpers/sound-object.ts';
import { describeWithTools } from '../../helpers/tools.ts';

const TYPES = { program: 2, library: 3, core: 4 } as const;
const OUTPUTS = ['relocatable', 'final'] as const;

describeWithTools(
  'validate of files that cannot be linked',
  ['clang-22', 'ld.lld-14', 'ld.lld-22', 'ld.bfd'],
  ([clang, lld14, lld22, bfd]) => {
    const linkers = [
      [{ name: 'lld', major: 14 }, lld14],
      [{ name: 'lld', major: 22 }, lld22],
      [{ name: 'bfd' }, bfd],
    ] as const;
    for (const [kind, type] of Object.entries(TYPES)) {
      const objectOf = () => new BrokenObject(soundObject(clang, 'x86_64')).setHeader('e_type', type).bytes;

      it(`cites the linkers on a ${kind}, if it is said to be an input`, async () => {
        const bytes = objectOf();
        const path = objectFile(bytes);
        for (const output of OUTPUTS) {
          if (kind === 'library' && output === 'final') continue;
          for (const [linker, tool] of linkers) {
            const { verdict, text } = await linkObject(tool, path, output);
            expect(verdict, text).toBe('refuses');
            const findings = validate(openElf(bytes), { linker, output, asInput: true });
            const found = findings.find(({ condition }) => condition === 'input-type');
            expect(found, text).toMatchObject({ severity: 'error', situation: kind });
            // Bytes in memory have no path, which the linker repeats behind its words.
            expect(text.replaceAll(path, '<memory>')).toContain(found?.predicts);
          }
        }
      });

      it(`finds no fault in the type of a ${kind} otherwise`, () => {
        for (const output of OUTPUTS) {
          const findings = validate(openElf(objectOf()), { output });
          expect(findings.filter(({ condition }) => condition === 'input-type')).toEqual([]);
        }
      });
    }

    it('takes objects, and shared libraries for a program', () => {
      const object = soundObject(clang, 'x86_64');
      const library = new BrokenObject(object).setHeader('e_type', TYPES.library).bytes;
      for (const bytes of [object, library]) {
        const findings = validate(openElf(bytes), { asInput: true });
        expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
      }
    });

    it('tells that a missing member is in a group that an earlier input has', async () => {
      const sound = soundObject(clang, 'x86_64');
      const bytes = new BrokenObject(sound).setNumber('.group', 4, 9999).bytes;
      const [earlier, path] = [objectFile(sound), objectFile(bytes)];
      const { errors, text } = await linkObject(lld22, path, 'relocatable', [earlier]);
      const findings = validate(openElf(bytes), { output: 'relocatable', earlierGroups: new Set(['signature']) });
      expect(
        findings.map(({ predicts }) => predicts),
        text,
      ).toContain(errors[0]);
    });
  },
);
