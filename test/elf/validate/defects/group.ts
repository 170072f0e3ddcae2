// Section groups.

import type { BrokenObject } from '../../../helpers/broken-object.ts';
import type { Defect } from '../defect.ts';

const GRP_COMDAT = 1;

/** Adds a group with the signature of the first one and no members of its own; returns its number. */
function secondGroup(object: BrokenObject): number {
  const second = object.copySection('.group');
  object.setData(second, object.words(GRP_COMDAT, object.sectionIndex('.note.GNU-stack')));
  return second;
}

export const GROUPS_DEFECTS: readonly Defect[] = [
  {
    title: 'an empty group',
    condition: 'group-empty',
    damage: (object) => object.setSection('.group', 'sh_size', 0),
    says: 'empty SHT_GROUP',
    nearMiss: (object) => object.setSection('.group', 'sh_size', 4),
  },
  {
    title: 'a group of an unknown kind',
    condition: 'group-flags',
    damage: (object) => object.setNumber('.group', 0, 2),
    says: 'unsupported SHT_GROUP format',
    nearMiss: (object) => object.setNumber('.group', 0, 0),
  },
  {
    title: 'a group with flags of the operating system',
    condition: 'group-flags',
    damage: (object) => object.setNumber('.group', 0, 0x0010_0001),
    says: 'unsupported SHT_GROUP format',
    nearMiss: (object) => object.setNumber('.group', 0, GRP_COMDAT),
  },
  {
    title: 'a signature behind the last symbol',
    condition: 'group-signature',
    damage: (object) => object.setSection('.group', 'sh_info', object.symbolCount),
    says: 'invalid symbol index',
    nearMiss: (object) => object.setSection('.group', 'sh_info', object.symbolIndex('.text')),
  },
  {
    title: 'the null section as a member',
    condition: 'group-member-index',
    damage: (object) => object.setNumber('.group', 4, 0),
    nearMiss: (object) => object.setNumber('.group', 4, object.sectionIndex('.text')),
    output: 'relocatable',
  },
  {
    title: 'a group that ends within a word',
    condition: 'section-size',
    damage: (object) => object.setSection('.group', 'sh_size', 15),
    says: 'has an invalid sh_size (15) which is not a multiple of its sh_entsize (4)',
    nearMiss: (object) => object.setSection('.group', 'sh_size', 12),
  },
  {
    title: 'a group with words of another size',
    condition: 'section-entry-size',
    damage: (object) => object.setSection('.group', 'sh_entsize', 8),
    says: 'has invalid sh_entsize: expected 4, but got 8',
    nearMiss: (object) => object.setSection('.group', 'sh_addralign', 8),
  },
  {
    title: 'a missing member of a group that stands twice',
    condition: 'group-member-index',
    damage: (object) => object.setNumber(secondGroup(object), 4, 9999),
    says: 'invalid section index in group: 9999',
    nearMiss: (object) => secondGroup(object),
  },
];
