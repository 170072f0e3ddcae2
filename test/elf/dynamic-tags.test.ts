// The bare numbers that readers of dynamic tables look for are those of the tables of names.

import { expect, it } from 'vitest';
import { AARCH64_DYNAMIC_TAGS, DYNAMIC_TAGS, MIPS_DYNAMIC_TAGS } from '../../src/elf/constants/index.ts';
import * as tags from '../../src/elf/dynamic-tags.ts';

const TABLES: readonly Readonly<Record<string, number>>[] = [
  DYNAMIC_TAGS.values,
  AARCH64_DYNAMIC_TAGS.values,
  MIPS_DYNAMIC_TAGS.values,
];

it.each(Object.entries(tags))('%s is the number of the table that has the name', (name, number) => {
  expect(TABLES.filter((table) => name in table).map((table) => table[name])).toEqual([number]);
});
