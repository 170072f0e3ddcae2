// What the Linux kernel makes of a module when it loads it: `.gnu.linkonce.this_module`, `struct module` of
// include/linux/module.h, which modpost writes (2.6 and later). Of its members those that always stand in one place are
// read: the name, behind a word for the state and two addresses; and the functions that relocations name. Where the
// compiler shuffles structures (CONFIG_RANDSTRUCT) the name stands elsewhere and is not read.

import { decodeName, endOfString } from '../../../bytes/index.ts';
import { ELF_TYPES } from '../../constants/header.ts';
import type { ElfFile } from '../../elf-file.ts';
import { ElfReferences } from '../references.ts';

const { ET_REL } = ELF_TYPES.values;

const SECTION_NAME = '.gnu.linkonce.this_module\0';
/** MODULE_NAME_LEN is 64 less the size of an address; `state` takes a whole word. */
const NAME_END = 64;
const MODULE_NAME = /^[\w\-.]+$/;

/** What a module is called and does when it is loaded. */
export interface KernelThisModule {
  /** Its name; `undefined` where none stands in the usual place. */
  readonly name: string | undefined;
  /** Whether something is called when it is loaded (`init_module`). */
  readonly hasInit: boolean;
  /** Whether something is called when it is removed (`cleanup_module`). */
  readonly hasExit: boolean;
  /** The section. */
  readonly sectionIndex: number;
}

/**
 * Finds what the kernel makes of a module (2.6 and later). Costs a pass over the section names, and one over the relocations
 * of the section.
 *
 * @returns `undefined` if the file is no module that modpost is done with.
 * @throws {@link FormatError} as {@link ElfFile.sections} and {@link ElfReferences.wordsOf}.
 */
export function findKernelThisModule(file: ElfFile): KernelThisModule | undefined {
  const { sections, header } = file;
  if (header.type !== ET_REL) return undefined;
  let sectionIndex = 1;
  while (sectionIndex < sections.length && !sections.nameStartsWith(sectionIndex, SECTION_NAME)) sectionIndex += 1;
  if (sectionIndex >= sections.length) return undefined;
  const words = new ElfReferences(file).wordsOf(sectionIndex);
  const { bytes } = words.view;
  const width = header.bits / 8;
  const start = 3 * width;
  const end = endOfString(bytes, start);
  const name = end < bytes.length && end - start < NAME_END - width ? decodeName(bytes, start, end) : '';
  return {
    name: MODULE_NAME.test(name) ? name : undefined,
    hasInit: words.refersTo('init_module'),
    hasExit: words.refersTo('cleanup_module'),
    sectionIndex,
  };
}
