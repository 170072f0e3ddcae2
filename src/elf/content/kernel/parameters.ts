// Parameters of Linux modules and of what is built in: `__param`, an array of `struct kernel_param` of
// include/linux/moduleparam.h. Since 4.2 it is: addresses of name, module (0 where it is built in) and operations; two bytes
// for the permissions of the file in sysfs, a byte each for level and flags; the address of the variable. From 2.6.36 to
// 4.1 there was no module. Left out: older layouts.

import type { ElfFile } from '../../elf-file.ts';
import type { ContentOptions } from '../damage.ts';
import { unlessDamaged } from '../damage.ts';
import { ElfReferences } from '../references.ts';
import type { ElfReference, ElfWords } from '../references.ts';
import { bestForm } from './word-form.ts';

const NAME = '__param\0';
const MAX_PERMISSIONS = 0o777;

/** A parameter. */
export interface KernelParameter {
  /** Its name, in what is built in with the module's before it: `printk.time`. */
  readonly name: string;
  /** Name of the operations that read and write it, such as `param_ops_int`; `undefined` where no symbol stands. */
  readonly operations: string | undefined;
  /** Permissions of its file in sysfs; 0 for no file. */
  readonly permissions: number;
  /** What it points at: the variable, or a description of it; `undefined` for none. */
  readonly argument: ElfReference | undefined;
  /** The section. */
  readonly sectionIndex: number;
  /** Where the entry stands, from the start of the section. */
  readonly offset: number;
}

/** Where fields stand in an entry. */
interface Form {
  readonly width: number;
  readonly operations: number;
  readonly permissions: number;
  readonly argument: number;
  readonly span: number;
}

function formsOf(width: number): readonly Form[] {
  return [3, 2].map((words) => ({
    width,
    operations: (words - 1) * width,
    permissions: words * width,
    argument: (words + 1) * width,
    span: (words + 2) * width,
  }));
}

/**
 * The parameters of a module, or of an object of the kernel (2.6.36 and later), in the order of the file. Costs a pass over
 * the section names.
 *
 * @param options - `onDamage` is told of sections and entries that cannot be read.
 * @throws {@link FormatError} as {@link ElfFile.sections}; without `onDamage` also `bad-value` if a section has no layout that
 *   is known or an entry no name, and as {@link ElfReferences.wordsOf} and {@link ElfReferences.stringAt}.
 */
export function* kernelParameters(
  file: ElfFile,
  options: ContentOptions = {},
): Generator<KernelParameter, void, undefined> {
  const { sections } = file;
  const indices: number[] = [];
  for (let i = 1; i < sections.length; i += 1) {
    if (sections.nameStartsWith(i, NAME) && sections.size(i) > 0) indices.push(i);
  }
  if (indices.length === 0) return;
  const known = new ElfReferences(file);
  known.load(indices);
  for (const index of indices) {
    const table = unlessDamaged(options, () => openTable(known, index));
    if (table === undefined) continue;
    const { words, form } = table;
    for (let offset = 0; words.view.length - offset >= form.span; offset += form.span) {
      const parameter = unlessDamaged(options, () => readParameter(known, words, form, offset));
      if (parameter !== undefined) yield parameter;
    }
  }
}

function openTable(references: ElfReferences, index: number): { readonly words: ElfWords; readonly form: Form } {
  const { file } = references;
  const words = references.wordsOf(index);
  const form = bestForm(formsOf(file.header.bits / 8), (candidate) =>
    scoreOf(words, candidate, file.encoding.littleEndian),
  );
  if (form !== undefined) return { words, form };
  throw file.sectionError('bad-value', 'section __param is no table of parameters', index);
}

/** In the right form there are addresses where they shall be, and a number where permissions shall be. */
function scoreOf(words: ElfWords, form: Form, littleEndian: boolean): number {
  const { length } = words.view;
  let good = 0;
  for (let offset = 0; length - offset >= form.span; offset += form.span) {
    const isAddress = (at: number): boolean =>
      words.isReadable(offset + at) && words.at(offset + at, form.width, false) !== undefined;
    if (!isAddress(0) || !isAddress(form.operations) || words.hasRelocation(offset + form.permissions)) continue;
    const permissions = words.view.uint16(offset + form.permissions, littleEndian, 'permissions of a parameter');
    if (permissions <= MAX_PERMISSIONS) good += 1;
  }
  return (good * form.span) / length;
}

function readParameter(references: ElfReferences, words: ElfWords, form: Form, offset: number): KernelParameter {
  const { littleEndian } = references.file.encoding;
  const name = words.at(offset, form.width, false);
  if (name === undefined) throw words.view.error('bad-value', 'a parameter has no name', offset);
  const operations = words.at(offset + form.operations, form.width, false);
  return {
    name: references.stringAt(name, 'the name of a parameter'),
    operations: operations === undefined ? undefined : references.nameAt(operations),
    permissions: words.view.uint16(offset + form.permissions, littleEndian, 'permissions of a parameter'),
    argument: words.at(offset + form.argument, form.width, false),
    sectionIndex: words.section,
    offset,
  };
}
