// The index of an archive as lld up to 14 goes by it: which member defines which name.

import { openArchive } from '../../archive/index.ts';
import type { ArchiveSymbolIndex } from '../../archive/index.ts';
import { ByteRange } from '../../bytes/index.ts';
import { FaultList } from '../fault-list.ts';
import type { NameInterner } from '../name-interner.ts';
import type { LazyIndex } from '../resolution/resolver.ts';
import type { InputHost } from '../walk.ts';
import type { LoadedInput } from './loaded-input.ts';

/** An archive whose members have their numbers: the first, and the one behind the last. */
interface NumberedArchive {
  readonly name: string;
  readonly first: number;
  readonly end: number;
}

/**
 * Reads what the index of an archive tells of the members that were met. Opens the archive again; costs a pass over the index.
 *
 * @returns `undefined` where there is no index, or a damaged one.
 */
export function readArchiveIndex(
  archive: NumberedArchive,
  inputs: readonly LoadedInput[],
  { host, names }: { readonly host: InputHost; readonly names: NameInterner },
): LazyIndex | undefined {
  const opened = host.open(archive.name);
  if ('kind' in opened) return undefined;
  try {
    const numbers = new Map<number, number>();
    for (let i = archive.first; i < archive.end; i += 1) {
      const { memberOffset, number } = inputs[i] as LoadedInput;
      if (memberOffset !== undefined) numbers.set(memberOffset, number);
    }
    const range = ByteRange.ofSource(opened.source, [archive.name]);
    return new FaultList().guard(undefined, () => {
      const index = openArchive(range).symbolIndex();
      return index === undefined ? undefined : lazyIndexOf(index, numbers, names);
    });
  } finally {
    opened.close();
  }
}

function lazyIndexOf(index: ArchiveSymbolIndex, numbers: ReadonlyMap<number, number>, names: NameInterner): LazyIndex {
  const ids = new Int32Array(index.length);
  const inputs = new Int32Array(index.length);
  let count = 0;
  for (let entry = 0; entry < index.length; entry += 1) {
    const input = numbers.get(index.memberOffset(entry));
    if (input === undefined) continue;
    ids[count] = names.intern(index.strings.bytes, index.nameStart(entry), index.nameEnd(entry));
    inputs[count] = input;
    count += 1;
  }
  return { names: ids.subarray(0, count), inputs: inputs.subarray(0, count) };
}
