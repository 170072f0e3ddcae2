// ltoscope versions: the symbol versions that a file defines and those that it needs, as `readelf -V` lists them.

import { VERSION_FLAGS } from '../../../elf/constants/index.ts';
import { versionDefinitions, versionNeeds } from '../../../elf/index.ts';
import type { ElfFile } from '../../../elf/index.ts';
import type { Output } from '../../output.ts';
import { listElf } from './listing.ts';
import type { DamageList } from '../damage-list.ts';
import type { ElfListing, ListingOptions } from './listing.ts';

interface VersionRow {
  readonly kind: 'defined' | 'needed';
  readonly versionIndex: number;
  /** Absent where it cannot be read. */
  readonly name?: string;
  readonly flags: readonly string[];
  /** The versions that a defined one follows on. */
  readonly parents?: readonly string[];
  /** The library that a needed one is of. */
  readonly library?: string;
}

const LISTING: ElfListing<VersionRow> = {
  heading: '  Nr Kind     Version',
  *rows(elf: ElfFile, damage: DamageList) {
    for (const definition of damage.guarded(() => versionDefinitions(elf))) {
      const { versionIndex, flags } = definition;
      const name = damage.guard(() => definition.name);
      const parents = damage.guard(() => definition.parents);
      yield {
        kind: 'defined',
        versionIndex,
        ...(name === undefined ? {} : { name }),
        flags: flagNames(flags),
        ...(parents === undefined ? {} : { parents }),
      };
    }
    for (const need of damage.guarded(() => versionNeeds(elf))) {
      const library = damage.guard(() => need.file);
      for (const version of need.versions) {
        const { versionIndex, flags } = version;
        const name = damage.guard(() => version.name);
        yield {
          kind: 'needed',
          versionIndex,
          ...(name === undefined ? {} : { name }),
          flags: flagNames(flags),
          ...(library === undefined ? {} : { library }),
        };
      }
    }
  },
  lines({ kind, versionIndex, name, flags, parents = [], library }) {
    const notes = [
      library === undefined ? '' : `of ${library}`,
      parents.length === 0 ? '' : `follows ${parents.join(' ')}`,
      ...flags,
    ].filter((note) => note !== '');
    return [`${`[${versionIndex}]`.padStart(5)} ${kind.padEnd(8)} ${[name ?? '?', ...notes].join('  ')}`];
  },
};

function flagNames(flags: number): string[] {
  const found: string[] = [];
  for (let flag = 1; flag <= flags; flag *= 2) if ((flags & flag) !== 0) found.push(VERSION_FLAGS.describe(flag));
  return found;
}

export function versionsCommand(paths: readonly string[], options: ListingOptions, output: Output): number {
  return listElf(LISTING, paths, options, output);
}
