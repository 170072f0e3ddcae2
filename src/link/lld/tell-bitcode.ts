// Bitcode that the linker's LLVM cannot read. What a later writer made is read as long as nothing new stands in it; that is
// certain to fail where the version of its summary is beyond the range of the reader, or where its pointers have no types.

import { openBitcode } from '../../bitcode/index.ts';
import type { ByteRange } from '../../bytes/index.ts';
import { FaultList } from '../fault-list.ts';
import type { LoadedInput } from './loaded-input.ts';
import { STAGES } from './verdict-list.ts';
import type { VerdictDraft } from './verdict-list.ts';

/** The first LLVM whose bitcode has pointers without types unless asked, and the last that refuses them. */
const OPAQUE_POINTERS_SINCE = 15;
const TYPED_POINTERS_ONLY = 14;

/** The highest summary version that an LLVM reads (ModuleSummaryIndex::BitcodeSummaryVersion). */
function summaryVersionMax(major: number): number {
  if (major < 19) return 9;
  if (major < 20) return 10;
  return major < 21 ? 11 : 12;
}

/** Major version of a writer, such as 16 of `LLVM16.0.6`. */
export function producerMajor(producer: string | undefined): number | undefined {
  const major = /^(?:LLVM|APPLE_\d_)(\d+)\./.exec(producer ?? '')?.[1];
  return major === undefined ? undefined : Number(major);
}

/** What a linker says as soon as it opens a bitcode file; `undefined`: nothing. */
export function refusalOfBitcode(name: string, producer: string | undefined, major: number): VerdictDraft | undefined {
  const writer = producerMajor(producer);
  if (writer === undefined || writer < OPAQUE_POINTERS_SINCE || major > TYPED_POINTERS_ONLY) return undefined;
  const versions = `(Producer: '${producer ?? ''}' Reader: 'LLVM ${major}.0.6')`;
  return {
    stage: STAGES.OPEN,
    kind: 'unreadable-bitcode',
    severity: 'error',
    message: `${name}: Opaque pointers are only supported in -opaque-pointers mode ${versions}`,
    files: [name],
    isFatal: true,
  };
}

/** What a linker says of a bitcode file when its code is generated; `undefined`: nothing. */
export function ltoRefusal(input: LoadedInput, range: ByteRange, major: number): VerdictDraft | undefined {
  const writer = producerMajor(input.producer);
  if (writer === undefined || writer <= major) return undefined;
  const highest = summaryVersionMax(major);
  const version = new FaultList().guard(undefined, () => openBitcode(range).modules[0]?.summary()?.version);
  const isBeyond = version !== undefined && version > highest;
  return {
    stage: STAGES.LTO,
    kind: 'unreadable-bitcode',
    severity: 'error',
    certainty: isBeyond ? 'certain' : 'possible',
    message: isBeyond
      ? `Invalid summary version ${version}. Version should be in the range [1-${highest}].`
      : `${input.name}: bitcode of LLVM ${writer}, newer than the linker's LLVM ${major}`,
    files: [input.name],
    isFatal: true,
  };
}
