// ltoscope dynamic: the entries of the dynamic table, as `readelf -d` lists them.

import { describeDynamicTag, DYNAMIC_FLAGS, DYNAMIC_FLAGS_1, DYNAMIC_TAGS } from '../../../elf/constants/index.ts';
import { readDynamicTable } from '../../../elf/index.ts';
import type { ElfFile } from '../../../elf/index.ts';
import type { NameTable } from '../../../names/index.ts';
import type { Output } from '../../output.ts';
import { hex, listElf } from './listing.ts';
import type { DamageList } from '../damage-list.ts';
import type { ElfListing, ListingOptions } from './listing.ts';

const { DT_NEEDED, DT_SONAME, DT_RPATH, DT_RUNPATH, DT_AUXILIARY, DT_FILTER, DT_FLAGS, DT_FLAGS_1 } =
  DYNAMIC_TAGS.values;

/** Tags whose value is a string. */
const TEXT_TAGS: ReadonlySet<number> = new Set([DT_NEEDED, DT_SONAME, DT_RPATH, DT_RUNPATH, DT_AUXILIARY, DT_FILTER]);
const FLAG_TAGS: ReadonlyMap<number, NameTable<string>> = new Map<number, NameTable<string>>([
  [DT_FLAGS, DYNAMIC_FLAGS],
  [DT_FLAGS_1, DYNAMIC_FLAGS_1],
]);

interface DynamicRow {
  readonly index: number;
  readonly tag: string;
  readonly value: string;
  /** Where the value is a string that can be read. */
  readonly text?: string;
  /** Where the value is a word of flags. */
  readonly flags?: readonly string[];
}

const LISTING: ElfListing<DynamicRow> = {
  heading: '  Nr Tag                  Value',
  *rows(elf: ElfFile, damage: DamageList) {
    const table = readDynamicTable(elf);
    for (let index = 0; index < (table?.length ?? 0); index += 1) {
      if (table === undefined) return;
      const tag = table.tag(index);
      const value = table.value(index);
      const text = TEXT_TAGS.has(tag) ? damage.guard(() => table.text(index)) : undefined;
      const names = FLAG_TAGS.get(tag);
      yield {
        index,
        tag: describeDynamicTag(elf.header.machine, tag),
        value: hex(value),
        ...(text === undefined ? {} : { text }),
        ...(names === undefined ? {} : { flags: flagNames(names, value) }),
      };
    }
  },
  lines({ index, tag, value, text, flags }) {
    const meaning = text ?? flags?.join(' ') ?? '';
    return [
      `${`[${index}]`.padStart(5)} ${tag.replace(/^DT_/, '').padEnd(20)} ${value.padEnd(18)} ${meaning}`.trimEnd(),
    ];
  },
};

function flagNames(names: NameTable<string>, value: bigint): string[] {
  const found: string[] = [];
  for (let bit = 0; bit < 32; bit += 1) {
    const flag = (1 << bit) >>> 0;
    if ((value & BigInt(flag)) !== 0n) found.push(names.describe(flag));
  }
  return found;
}

export function dynamicCommand(paths: readonly string[], options: ListingOptions, output: Output): number {
  return listElf(LISTING, paths, options, output);
}
