// Link sets by hand: what each input defines, without any bytes.

import { ByteRange } from '../../src/bytes/index.ts';
import { NameInterner, NO_DEFINITIONS, readComdatSignatures, readFacts } from '../../src/link/index.ts';
import type {
  InputFacts,
  InputFailure,
  InputFault,
  LinkArchive,
  LinkInput,
  LinkSet,
  LinkSetFailure,
  StrongDefinitions,
} from '../../src/link/index.ts';

/** A strong definition: its name, or with what else matters. */
export type DefinitionSpec = string | { readonly name: string; readonly comdat?: string; readonly absolute?: bigint };

export interface InputSpec {
  /** Through the containers: `a.o`, `lib.a > a.o`. */
  readonly path: string;
  /** ELF unless given. */
  readonly format?: InputFacts['format'];
  readonly defines?: readonly DefinitionSpec[];
  /** Signatures of COMDAT groups that hold no strong definition. */
  readonly groups?: readonly string[];
  /** What the archive around it is; lazy if it is not thin without an index. */
  readonly archive?: Partial<Pick<LinkArchive, 'isThin' | 'hasSymbolIndex'>>;
  /** The file that holds the bytes; unless given that of the archive, for a thin one the member beside it. */
  readonly file?: string;
  readonly isLazy?: boolean;
  readonly faults?: readonly InputFault[];
  readonly facts?: Partial<InputFacts>;
  /** Instead of facts: why there are none. */
  readonly failure?: InputFailure;
}

/** Makes a link set of inputs, in their order. */
export function linkSet(specs: readonly InputSpec[], names = new NameInterner()): LinkSet {
  const inputs: LinkInput[] = [];
  const failures: LinkSetFailure[] = [];
  for (const [order, spec] of specs.entries()) {
    const path = spec.path.split(' > ');
    const [outer] = path as [string];
    const archive = path.length === 1 ? undefined : archiveOf(path, spec);
    const isThinMember = archive?.isThin === true;
    const folder = outer.slice(0, outer.lastIndexOf('/') + 1);
    const place = {
      path,
      file: spec.file ?? (isThinMember ? folder + (path.at(-1) as string) : outer),
      memberOffset: archive === undefined ? undefined : 8 + order * 100,
      archive,
      order,
      isLazy: spec.isLazy ?? false,
    };
    if (spec.failure !== undefined) {
      failures.push({ ...place, failure: spec.failure });
      continue;
    }
    const { format = 'elf', defines = [], groups = [], faults = [] } = spec;
    const facts: InputFacts = { format, size: 100, definitions: definitionsOf(defines, names), faults, ...spec.facts };
    const signatures = defines.flatMap((entry) =>
      typeof entry === 'string' || entry.comdat === undefined ? [] : [entry.comdat],
    );
    inputs.push({
      ...place,
      identity: archive === undefined || isThinMember ? place.file : `${place.file}@${place.memberOffset}`,
      facts,
      readComdatSignatures: () => [...groups, ...signatures].map((signature) => internText(names, signature)),
    });
  }
  return { inputs, failures, names };
}

function archiveOf(path: readonly string[], { archive }: InputSpec): LinkArchive {
  const outer = path.slice(0, -1);
  const { isThin = false, hasSymbolIndex = true } = archive ?? {};
  return { path: outer, file: outer[0] as string, isThin, hasSymbolIndex, parent: undefined };
}

function definitionsOf(defines: readonly DefinitionSpec[], names: NameInterner): StrongDefinitions {
  if (defines.length === 0) return NO_DEFINITIONS;
  const specs = defines.map((entry) => (typeof entry === 'string' ? { name: entry } : entry));
  const absolutes = new Map(
    specs.flatMap(({ absolute }, index) => (absolute === undefined ? [] : [[index, absolute] as const])),
  );
  const comdats = specs.map(({ comdat }) => (comdat === undefined ? -1 : internText(names, comdat)));
  return {
    names: Int32Array.from(specs, ({ name }) => internText(names, name)),
    comdats: comdats.every((comdat) => comdat === -1) ? undefined : Int32Array.from(comdats),
    absolutes: absolutes.size === 0 ? undefined : absolutes,
  };
}

/** The number of a name that is given as text. */
export function internText(names: NameInterner, text: string): number {
  const bytes = new TextEncoder().encode(text);
  return names.intern(bytes, 0, bytes.length);
}

/** Makes a link set of loose files, by their bytes. */
export function linkSetOfFiles(files: Readonly<Record<string, Uint8Array>>): LinkSet {
  const names = new NameInterner();
  const inputs = Object.entries(files).map(([file, bytes], order): LinkInput => {
    const range = ByteRange.from(bytes, file);
    return {
      path: [file],
      file,
      memberOffset: undefined,
      archive: undefined,
      order,
      identity: file,
      isLazy: false,
      facts: readFacts(range, names),
      readComdatSignatures: () => readComdatSignatures(range, names),
    };
  });
  return { inputs, failures: [], names };
}
