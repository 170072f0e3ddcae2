// How the files of generated link lines are made, by real tools: objects, archives, shared libraries, texts, damaged
// copies. A file's recipe tells all of it, so lines that need the same file share it.

import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { archive } from '../../helpers/archive-builder.ts';
import { BrokenObject } from '../../helpers/broken-object.ts';
import { runTool } from '../../helpers/linker-runs.ts';
import { nameOf, sourceOf, tripleOf } from './units.ts';
import type { Target, Unit } from './units.ts';

/** What a compiler writes: an object, or bitcode of a version of LLVM. */
export type Form = 'elf' | `${'full' | 'thin'}-${14 | 16 | 19 | 22}`;

/** What is wrong with a damaged copy. */
export type Damage =
  | 'cut-header'
  | 'cut-sections'
  | 'bad-class'
  | 'bad-encoding'
  | 'bad-type'
  | 'bad-machine'
  | 'bad-shstrndx'
  | 'bad-symbol-index'
  | 'bad-relocation-type'
  | 'bad-info'
  | 'cut-bitcode'
  | 'only-magic'
  | 'cut-archive';

export type Recipe =
  | {
      readonly kind: 'object';
      readonly path: string;
      readonly unit: Unit;
      readonly form: Form;
      readonly target: string;
    }
  | {
      readonly kind: 'source';
      readonly path: string;
      readonly source: string;
      readonly target: Target;
      readonly options: readonly string[];
    }
  | {
      readonly kind: 'archive';
      readonly path: string;
      readonly members: readonly string[];
      readonly hasIndex: boolean;
      readonly isThin: boolean;
      /** Members that are removed from disk afterwards. */
      readonly removed: readonly string[];
    }
  | {
      readonly kind: 'shared';
      readonly path: string;
      readonly inputs: readonly string[];
      readonly options: readonly string[];
    }
  | { readonly kind: 'text'; readonly path: string; readonly text: string }
  | { readonly kind: 'copy'; readonly path: string; readonly from: string }
  | { readonly kind: 'damaged'; readonly path: string; readonly from: string; readonly damage: Damage };

/** The recipes of a set of lines by the paths of their files. */
export class Pool {
  private readonly recipes = new Map<string, Recipe>();

  get size(): number {
    return this.recipes.size;
  }

  /** The object of a unit. */
  object(unit: Unit, form: Form, target: string): string {
    const bitcode = form === 'elf' ? '' : `.${form.replace('-', '')}`;
    return this.add({ kind: 'object', path: `${nameOf(unit)}.${target}${bitcode}.o`, unit, form, target });
  }

  /** The object of a source of its own, by a name that no unit has. */
  source(name: string, source: string, target: Target, options: readonly string[] = ['-x', 'assembler']): string {
    return this.add({ kind: 'source', path: `${name}.${target}.o`, source, target, options });
  }

  archive(
    name: string,
    members: readonly string[],
    { hasIndex = true, isThin = false, removed = [] as readonly string[] } = {},
  ): string {
    const path = `${folderFor([members, hasIndex, isThin, removed])}/${name}`;
    return this.add({ kind: 'archive', path, members, hasIndex, isThin, removed });
  }

  shared(name: string, inputs: readonly string[], options: readonly string[]): string {
    return this.add({ kind: 'shared', path: `${folderFor([inputs, options])}/${name}`, inputs, options });
  }

  text(name: string, text: string): string {
    return this.add({ kind: 'text', path: `${folderFor([text])}/${name}`, text });
  }

  copy(name: string, from: string): string {
    return this.add({ kind: 'copy', path: `${folderFor([from, name])}/${name}`, from });
  }

  damaged(from: string, damage: Damage): string {
    const name = from.slice(from.lastIndexOf('/') + 1);
    return this.add({ kind: 'damaged', path: `${folderFor([from])}/${damage}.${name}`, from, damage });
  }

  find(path: string): Recipe | undefined {
    return this.recipes.get(path);
  }

  private add(recipe: Recipe): string {
    this.recipes.set(recipe.path, recipe);
    return recipe.path;
  }
}

/** A folder for files of equal names and different contents. */
function folderFor(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 6);
}

const COMPILER_OPTIONS = ['-O1', '-fPIC', '-fcommon', '-ffunction-sections', '-fdata-sections', '-w', '-c'];

/** The programs that make files. */
export interface PoolTools {
  /** clang by version. */
  readonly clang: ReadonlyMap<number, string>;
  readonly ar: string;
  readonly linker: string;
}

/** Makes files in one folder, each once. */
export class PoolBuilder {
  private readonly made = new Map<string, Promise<void>>();
  private readonly folder: string;
  private readonly pool: Pool;
  private readonly tools: PoolTools;
  private free = 2;
  private readonly waiting: (() => void)[] = [];

  constructor(folder: string, pool: Pool, tools: PoolTools) {
    this.folder = folder;
    this.pool = pool;
    this.tools = tools;
  }

  /** Makes the files of some paths and what they are made of; paths without a recipe are to be missing. */
  async make(paths: Iterable<string>): Promise<void> {
    await Promise.all([...paths].map((path) => this.makeOne(path)));
  }

  private makeOne(path: string): Promise<void> {
    const recipe = this.pool.find(path);
    if (recipe === undefined) return Promise.resolve();
    const making = this.made.get(path) ?? this.build(recipe);
    this.made.set(path, making);
    return making;
  }

  private async build(recipe: Recipe): Promise<void> {
    const path = join(this.folder, recipe.path);
    // In a folder that an earlier run left.
    if (existsSync(path)) return;
    mkdirSync(dirname(path), { recursive: true });
    if (recipe.kind === 'text') {
      writeFileSync(path, recipe.text);
    } else if (recipe.kind === 'object') {
      await this.compile(recipe);
    } else if (recipe.kind === 'source') {
      const source = `${path}.source`;
      writeFileSync(source, recipe.source);
      const target = `--target=${tripleOf(recipe.target)}`;
      await this.run(this.clang(16), [target, '-w', '-c', ...recipe.options, source, '-o', path]);
    } else if (recipe.kind === 'copy') {
      await this.makeOne(recipe.from);
      copyFileSync(join(this.folder, recipe.from), path);
    } else if (recipe.kind === 'damaged') {
      await this.makeOne(recipe.from);
      writeFileSync(path, damage(readFileSync(join(this.folder, recipe.from)), recipe.damage));
    } else if (recipe.kind === 'shared') {
      await this.make(recipe.inputs);
      const inputs = recipe.inputs.map((input) => join(this.folder, input));
      await this.run(this.tools.linker, ['-shared', '-o', path, ...recipe.options, ...inputs]);
    } else if (!recipe.hasIndex) {
      await this.make(recipe.members);
      writeFileSync(path, this.plainArchive(recipe));
    } else {
      await this.make(recipe.members);
      const options = `rcDs${recipe.isThin ? 'T' : ''}`;
      await this.run(this.tools.ar, [options, recipe.path, ...recipe.members]);
      for (const member of recipe.removed) rmSync(join(this.folder, member));
    }
  }

  /** An archive without an index: archivers read members, and refuse some that linkers are to see. */
  private plainArchive({ members, isThin, removed }: Recipe & { kind: 'archive' }): Uint8Array {
    const entries = members.map((member) => ({
      // Thin archives name members by the way from their own folder.
      name: isThin ? `../${member}` : member.slice(member.lastIndexOf('/') + 1),
      data: Uint8Array.from(readFileSync(join(this.folder, member))),
    }));
    for (const member of removed) rmSync(join(this.folder, member));
    return archive(entries, { thin: isThin });
  }

  private async compile({ path, unit, form, target }: Recipe & { kind: 'object' }): Promise<void> {
    const version = form === 'elf' ? 22 : Number(form.slice(5));
    const source = `${nameOf(unit)}.${target}.${unit.language}`;
    if (!existsSync(join(this.folder, source))) {
      writeFileSync(join(this.folder, source), sourceOf(unit, target as Target));
    }
    const lto = form === 'elf' ? [] : [form.startsWith('thin') ? '-flto=thin' : '-flto'];
    const language = unit.language === 'cc' ? ['-fno-exceptions'] : [];
    const options = unit.language === 's' ? ['-c'] : [...COMPILER_OPTIONS, ...language, ...lto];
    await this.run(this.clang(version), [`--target=${tripleOf(target)}`, ...options, source, '-o', path]);
  }

  private clang(version: number): string {
    return this.tools.clang.get(version) as string;
  }

  /** Runs a tool, two at a time. */
  private async run(tool: string, args: readonly string[]): Promise<void> {
    if (this.free === 0) await new Promise<void>((resolve) => this.waiting.push(resolve));
    else this.free -= 1;
    try {
      const { status, text } = await runTool(tool, args, this.folder);
      if (status !== 0) throw new Error(`${tool} ${args.join(' ')}: ${text}`);
    } finally {
      const next = this.waiting.shift();
      if (next === undefined) this.free += 1;
      else next();
    }
  }
}

const SHT_RELA = 4;

function damage(sound: Uint8Array, kind: Damage): Uint8Array {
  if (kind === 'cut-header') return sound.subarray(0, 40);
  if (kind === 'cut-sections') return sound.subarray(0, 300);
  if (kind === 'only-magic') return sound.subarray(0, 4);
  if (kind === 'cut-bitcode') return sound.subarray(0, sound.length >> 1);
  if (kind === 'cut-archive') return sound.subarray(0, 100);
  if (kind === 'bad-class' || kind === 'bad-encoding') {
    const bytes = Uint8Array.from(sound);
    bytes[kind === 'bad-class' ? 4 : 5] = 9;
    return bytes;
  }
  const object = new BrokenObject(Uint8Array.from(sound));
  const table = object.sectionNames.findIndex((_, index) => object.section(index, 'sh_type') === SHT_RELA);
  if (kind === 'bad-type') object.setHeader('e_type', 77);
  else if (kind === 'bad-machine') object.setHeader('e_machine', 0x1234);
  else if (kind === 'bad-shstrndx') object.setHeader('e_shstrndx', 99);
  else if (kind === 'bad-symbol-index') object.setRelocationSymbol(table, 0, 87);
  else if (kind === 'bad-relocation-type') object.setRelocationType(table, 0, 250);
  else object.setSection(table, 'sh_info', 99);
  return object.bytes;
}
