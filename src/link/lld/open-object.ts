// An object of the link, opened again for what the linker would complain of.

import { openElf } from '../../elf/index.ts';
import type { ElfFile } from '../../elf/index.ts';
import { SECTION_FLAGS } from '../../elf/index.ts';
import { FaultList } from '../fault-list.ts';
import type { NameInterner } from '../name-interner.ts';
import { ObjectLocations } from '../references/locations.ts';
import type { InputLabel } from '../references/locations.ts';
import type { ReferenceScope } from '../references/reference-walk.ts';
import type { Resolver } from '../resolution/resolver.ts';
import { readComdatGroups } from '../symbols/elf-groups.ts';
import type { InputHost } from '../walk.ts';
import { withInputBytes } from './input-bytes.ts';
import type { LoadedInput } from './loaded-input.ts';

const { SHF_EXCLUDE } = SECTION_FLAGS.values;

/** What reading objects again needs. */
export interface ObjectContext {
  readonly host: InputHost;
  readonly names: NameInterner;
  readonly resolver: Resolver;
  readonly major: number;
  readonly options: { readonly relocatable: boolean };
}

/** An object that was opened again. */
export interface OpenedObject {
  readonly elf: ElfFile;
  readonly scope: ReferenceScope;
  readonly locations: ObjectLocations;
}

/** How the linker names an input: the member, and its archive. */
export function labelOf({ archive, memberName, name }: LoadedInput): InputLabel {
  return archive === undefined ? { name } : { name: memberName ?? name, archive };
}

/** Opens an object and hands it to a step; damage of it, and a file that is gone by now, are passed over. */
export function withObject(input: LoadedInput, context: ObjectContext, step: (object: OpenedObject) => void): void {
  const { host, names, resolver, major, options } = context;
  const faults = new FaultList();
  withInputBytes(host, input, (range) => {
    faults.guard(undefined, () => {
      const elf = openElf(range);
      const { number, symbols } = input;
      const { states } = resolver;
      const isOverridden = (symbol: number) => {
        const name = symbols.names[symbol - symbols.first] ?? -1;
        return name >= 0 && states.input[resolver.plain(name)] !== number;
      };
      const locations = new ObjectLocations(elf, labelOf(input), isOverridden);
      const lost = resolver.discardedGroups(number);
      const groups =
        lost === undefined || locations.symbols === undefined
          ? undefined
          : readComdatGroups(elf, locations.symbols, names, faults).groupOfSection;
      const isLeftOut = (section: number) => {
        const group = groups?.[section] ?? -1;
        if (group >= 0 && lost?.[group] === 1) return true;
        return !options.relocatable && (elf.sections.flags(section) & SHF_EXCLUDE) !== 0;
      };
      step({ elf, scope: { isLeftOut, faults, lldVersion: major }, locations });
    });
  });
}
