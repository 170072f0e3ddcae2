// Whose verdict is asked for. Linkers differ in what they refuse and in their words.

/** A linker, by family and version. */
export interface Linker {
  readonly family: 'lld' | 'bfd' | 'gold' | 'mold';
  /** Absent: the newest. */
  readonly version?: string;
}

/** The linker whose verdict is given unless another is asked for: the newest lld. */
export const DEFAULT_LINKER: Linker = { family: 'lld' };

/** The newest lld whose behaviour is known: the verdicts of later ones are taken to be the same. */
export const NEWEST_LLD = 22;

/** The major version of lld whose rules hold; the newest for a linker that tells none, and for one that is no lld. */
export function lldMajorOf({ family, version }: Linker): number {
  const major = family === 'lld' ? Number.parseInt(version ?? '', 10) : Number.NaN;
  return Number.isNaN(major) ? NEWEST_LLD : major;
}

/**
 * Reads the name of a linker: `lld`, `lld-16`, `bfd-2.40`, `gold`, `mold`, or that of its program, `ld.lld-16`.
 *
 * @returns `undefined` if it is none.
 */
export function parseLinker(text: string): Linker | undefined {
  const match = /^(?:ld\.)?(lld|bfd|gold|mold)(?:-(\d+(?:\.\d+)*))?$/.exec(text);
  if (match === null) return undefined;
  const family = match[1] as Linker['family'];
  return match[2] === undefined ? { family } : { family, version: match[2] };
}
