// Bitcode that the linker's LLVM cannot read. What a later writer made is read as long as nothing new stands in it; that is
// certain to fail where the version of its summary is beyond the range of the reader, or where its pointers have no types.

import { ATTRIBUTE_FORMS, openBitcode, readAttributes, readBlockAddresses } from '../../bitcode/index.ts';
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
function producerMajor(producer: string | undefined): number | undefined {
  const major = /^(?:LLVM|APPLE_\d_)(\d+)\./.exec(producer ?? '')?.[1];
  return major === undefined ? undefined : Number(major);
}

/** The highest number of an attribute that an LLVM knows (ATTR_KIND_… in llvm/Bitcode/LLVMBitCodes.h of each version). */
const HIGHEST_ATTRIBUTES: readonly (readonly [major: number, kind: number])[] = [
  [22, 105],
  [21, 103],
  [20, 102],
  [19, 95],
  [18, 91],
  [17, 87],
  [16, 86],
  [15, 84],
];

/** Attributes that are ranges are not known before LLVM 19; before 15 nothing asked what attributes are. */
const RANGES_SINCE = 19;
const ATTRIBUTES_CHECKED_SINCE = 15;

/**
 * What a linker says as soon as it opens a bitcode file, lazy ones included; `undefined`: nothing. It reads what stands outside
 * of functions then, because another version made the symbol table.
 */
export function refusalOfBitcode(
  { name, producer }: { readonly name: string; readonly producer: string | undefined },
  range: ByteRange,
  major: number,
): VerdictDraft | undefined {
  const writer = producerMajor(producer);
  if (writer === undefined || writer <= major) return undefined;
  const reason =
    writer >= OPAQUE_POINTERS_SINCE && major <= TYPED_POINTERS_ONLY
      ? 'Opaque pointers are only supported in -opaque-pointers mode'
      : unknownAttribute(range, major);
  if (reason === undefined) return undefined;
  return {
    stage: STAGES.OPEN,
    kind: 'unreadable-bitcode',
    severity: 'error',
    message: `${name}: ${reason} ${describeVersions(producer, major)}`,
    files: [name],
    isFatal: true,
  };
}

/** Who wrote and who reads, as LLVM puts it behind its errors. Of the reader no more than the major version is known. */
function describeVersions(producer: string | undefined, major: number): string {
  return `(Producer: '${producer ?? ''}' Reader: 'LLVM ${major}.${major < 18 ? '0' : '1'}.x')`;
}

/** What a reader says of the first attribute that it does not know. */
function unknownAttribute(range: ByteRange, major: number): string | undefined {
  if (major < ATTRIBUTES_CHECKED_SINCE) return undefined;
  const highest = HIGHEST_ATTRIBUTES.find(([version]) => version <= major)?.[1] ?? 0;
  return new FaultList().guard<string | undefined>(undefined, () => {
    const [module] = openBitcode(range).modules;
    if (module === undefined) return undefined;
    for (const { attributes } of readAttributes(module).all()) {
      for (const { kind, form } of attributes) {
        const isRange = form === ATTRIBUTE_FORMS.range || form === ATTRIBUTE_FORMS.rangeList;
        if (isRange && major < RANGES_SINCE) return 'Invalid attribute group entry';
        if (kind !== undefined && kind > highest) return `Unknown attribute kind (${kind})`;
      }
    }
    return undefined;
  });
}

/** What the linker's code generator depends on. */
export interface LtoContext {
  readonly major: number;
  /** Every function that other files may call is kept: the output is a shared library or an object. */
  readonly keepsAll: boolean;
}

/** Whether {@link ltoRefusal} has anything to look for in an input, which has to be read again for it. */
export function mayBeRefused({ kind, producer }: LoadedInput, { major }: LtoContext): boolean {
  const writer = producerMajor(producer);
  if (kind !== 'bitcode' || writer === undefined) return false;
  return writer > major || writer < BLOCK_USERS_LISTED_SINCE;
}

/** What a linker says of a bitcode file when its code is generated; `undefined`: nothing. */
export function ltoRefusal(input: LoadedInput, range: ByteRange, context: LtoContext): VerdictDraft | undefined {
  const writer = producerMajor(input.producer) ?? 0;
  return writer > context.major
    ? refusalOfNewer(input, range, writer, context.major)
    : refusalOfBlockAddress(input, range, context);
}

function refusalOfNewer(input: LoadedInput, range: ByteRange, writer: number, major: number): VerdictDraft {
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

/** The LLVM since which a function lists who else uses addresses of its blocks, so that both are read together. */
const BLOCK_USERS_LISTED_SINCE = 15;

/**
 * The address of a label that found its way into another function: by the time it is looked for, the function that it belongs
 * to was moved into the merged module. That the user is moved at all is certain only where every function is kept.
 */
function refusalOfBlockAddress(
  input: LoadedInput,
  range: ByteRange,
  { major, keepsAll }: LtoContext,
): VerdictDraft | undefined {
  const crosses = new FaultList().guard(undefined, () => {
    const [module] = openBitcode(range).modules;
    if (module === undefined || module.summaryKind === 'thin') return false;
    return readBlockAddresses(module).some((use) => use.crossesFunctions && !use.isListed);
  });
  if (!crosses) return undefined;
  return {
    stage: STAGES.LTO,
    kind: 'unreadable-bitcode',
    severity: 'error',
    certainty: keepsAll ? 'certain' : 'possible',
    message: `Never resolved function from blockaddress ${describeVersions(input.producer, major)}`,
    files: [input.name],
    isFatal: true,
  };
}
