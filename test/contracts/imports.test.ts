// The layers of docs/architecture.md, held by the import lines of src.

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path/posix';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import packageJson from '../../package.json' with { type: 'json' };

const SRC = fileURLToPath(new URL('../../src/', import.meta.url));

/** A folder may import those in a later row. */
const LAYERS = [['cli'], ['node'], ['kbuild'], ['audit'], ['link'], ['archive', 'elf', 'bitcode'], ['bytes', 'names']];

/** The folders of src that package.json publishes, and those that only the rest of src uses. */
const entries = new Set([...Object.keys(packageJson.exports).map((entry) => entry.slice(2)), 'bytes', 'names', 'cli']);

const NODE_FOLDERS = new Set(['node', 'cli']);
const PACKAGE_IMPORTERS: Readonly<Record<string, (file: string) => boolean>> = {
  '@noble/hashes/legacy.js': (file) => file === 'bitcode/summary/guid.ts',
  '@webassemblyjs/leb128': (file) => file === 'bytes/leb128.ts',
  commander: (file) => folderOf(file) === 'cli',
  fflate: (file) => file === 'elf/content/inflate.ts',
  fzstd: (file) => file === 'elf/content/inflate.ts',
};

/** The folder of a file named from src; the root entry belongs to none. */
function folderOf(file: string): string {
  return dirname(file).split('/', 1)[0] as string;
}

function layerOf(folder: string): number {
  return LAYERS.findIndex((layer) => layer.includes(folder));
}

/** Whether a file is what a folder publishes: its index.ts, or that of a part of it which is an entry of its own. */
function isBarrel(file: string): boolean {
  return entries.has(dirname(file)) && file.endsWith('/index.ts');
}

/** Says what is wrong with one import, `undefined` where nothing is. */
function complaint(file: string, specifier: string): string | undefined {
  const folder = folderOf(file);
  if (specifier.startsWith('node:')) return NODE_FOLDERS.has(folder) ? undefined : 'only node and cli import node:*';
  if (!specifier.startsWith('.')) {
    return PACKAGE_IMPORTERS[specifier]?.(file) === true ? undefined : 'this file may not import this package';
  }
  const target = join(dirname(file), specifier);
  if (target === '../package.json') return folder === 'cli' ? undefined : 'only cli reads package.json';
  if (!existsSync(join(SRC, target))) return 'there is no such file';
  const targetFolder = folderOf(target);
  if (targetFolder === folder) return undefined;
  if (!isBarrel(target)) return 'of another folder only its index.ts is imported';
  if (folder === '.') return NODE_FOLDERS.has(targetFolder) ? 'the root entry runs in a browser' : undefined;
  return layerOf(folder) < layerOf(targetFolder) ? undefined : `${folder} may not import ${targetFolder}`;
}

function complaintsAbout(file: string, text: string): string[] {
  return ts.preProcessFile(text, true, true).importedFiles.flatMap(({ fileName, pos }) => {
    const reason = complaint(file, fileName);
    const line = text.slice(0, pos).split('\n').length;
    return reason === undefined ? [] : [`src/${file}:${line} imports ${fileName}: ${reason}`];
  });
}

const files = readdirSync(SRC, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
  .map((entry) => relative(SRC, join(entry.parentPath, entry.name)))
  .sort();

describe('the layers', () => {
  it('hold every folder of src', () => {
    const folders = new Set(files.map(folderOf).filter((folder) => folder !== '.'));
    expect([...folders].sort()).toEqual(LAYERS.flat().sort());
  });

  it('are kept by every import', () => {
    expect(files.flatMap((file) => complaintsAbout(file, readFileSync(join(SRC, file), 'utf8')))).toEqual([]);
  });
});

describe('the check', () => {
  it.each([
    ['elf/header.ts', "import { ByteView } from '../bytes/index.ts';"],
    ['elf/header.ts', "import type { ElfFile } from './index.ts';"],
    ['bytes/leb128.ts', "import { decodeUInt64 } from '@webassemblyjs/leb128';"],
    ['cli/main.ts', "const { audit } = await import('../audit/index.ts');"],
    ['node/index.ts', "import { openSync } from 'node:fs';"],
    ['index.ts', "export * from './elf/index.ts';"],
    ['link/from-elf.ts', "import { readLtoContent } from '../elf/content/index.ts';"],
  ])('lets %s say %s', (file, text) => {
    expect(complaintsAbout(file, text)).toEqual([]);
  });

  it.each([
    ['bytes/text.ts', "import { ElfFile } from '../elf/index.ts';"],
    ['elf/header.ts', "import { openArchive } from '../archive/index.ts';"],
    ['elf/header.ts', "import type { ByteView } from '../bytes/byte-view.ts';"],
    ['elf/header.ts', "export { readFileSync } from 'node:fs';"],
    ['elf/header.ts', "import { readFileSync } from 'fs';"],
    ['elf/header.ts', "import { decodeUInt64 } from '@webassemblyjs/leb128';"],
    ['link/walk.ts', "const audit = await import('../audit/index.ts');"],
    ['link/walk.ts', "import { version } from '../../package.json' with { type: 'json' };"],
    ['link/walk.ts', "import { openElf } from '../elf';"],
    ['link/walk.ts', "import { MACHINES } from '../elf/constants/machine.ts';"],
    ['link/walk.ts', "import { RELOCATIONS } from '../elf/constants/relocations/index.ts';"],
    ['index.ts', "export * from './node/index.ts';"],
  ])('does not let %s say %s', (file, text) => {
    expect(complaintsAbout(file, text)).toHaveLength(1);
  });
});
