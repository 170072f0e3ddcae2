// The files in fixtures/, by the names that fixtures/manifest.json gives them.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that fixture names and the arguments of {@link LinkRecord} are relative to. */
export const FIXTURES_ROOT = fileURLToPath(new URL('../../fixtures', import.meta.url));

export interface FixtureFile {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  readonly purpose: string;
  /** Run in {@link FIXTURES_ROOT}, it makes the file. */
  readonly command: string;
}

export interface FixtureManifest {
  /** First line of each tool's `--version`. */
  readonly tools: Readonly<Record<string, string>>;
  readonly files: readonly FixtureFile[];
}

/** What one linker said. */
export interface LinkerAnswer {
  readonly outcome: 'links' | 'refuses' | 'crash';
  readonly messages: readonly string[];
  /** The set of names in its `duplicate symbol` messages, sorted. */
  readonly duplicateSymbols: readonly string[];
}

/** A link that fixtures/build.sh tried. */
export interface LinkRecord {
  readonly name: string;
  readonly purpose: string;
  readonly arguments: readonly string[];
  readonly answers: Readonly<Record<'ld.lld-16' | 'ld.lld-22', LinkerAnswer>>;
}

export type FixtureKind = 'elf' | 'bitcode' | 'archive' | 'thin-archive' | 'other';

function readJson(name: string): unknown {
  return JSON.parse(readFileSync(join(FIXTURES_ROOT, name), 'utf8'));
}

export const manifest = readJson('manifest.json') as FixtureManifest;
/** Every link that was tried, in the order of fixtures/build.sh. */
export const recordedLinks = (readJson('expected.json') as { readonly links: readonly LinkRecord[] }).links;

const filesByPath = new Map(manifest.files.map((file) => [file.path, file]));

/** The path on disk of a fixture; throws if the manifest has no such file. */
export function fixturePath(name: string): string {
  if (!filesByPath.has(name)) throw new Error(`fixtures/manifest.json has no ${name}`);
  return join(FIXTURES_ROOT, name);
}

/** The content of a fixture, a plain `Uint8Array` of its own memory. */
export function readFixture(name: string): Uint8Array {
  return new Uint8Array(readFileSync(fixturePath(name)));
}

/** What the linkers said about a link; throws if there is no such link in fixtures/expected.json. */
export function recordedLink(name: string): LinkRecord {
  const link = recordedLinks.find((candidate) => candidate.name === name);
  if (link === undefined) throw new Error(`fixtures/expected.json has no link ${name}`);
  return link;
}

const MAGICS: readonly (readonly [string, FixtureKind])[] = [
  ['\x7fELF', 'elf'],
  ['BC\xc0\xde', 'bitcode'],
  ['\xde\xc0\x17\x0b', 'bitcode'],
  ['!<arch>\n', 'archive'],
  ['!<thin>\n', 'thin-archive'],
];

/** The kind that the first bytes tell; a bitcode wrapper is bitcode. */
export function kindOfBytes(bytes: Uint8Array): FixtureKind {
  const start = String.fromCharCode(...bytes.subarray(0, 8));
  return MAGICS.find(([magic]) => start.startsWith(magic))?.[1] ?? 'other';
}

/**
 * Names of fixtures of one kind, sorted.
 *
 * @param under - Folder they shall lie in, such as `versions`. Without it those in `broken` are left out.
 */
export function fixturesOfKind(kind: FixtureKind, under?: string): string[] {
  return manifest.files
    .map((file) => file.path)
    .filter((path) => (under === undefined ? !path.startsWith('broken/') : path.startsWith(`${under}/`)))
    .filter((path) => kindOfBytes(readFixture(path)) === kind);
}
