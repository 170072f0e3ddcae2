// The folders that a linker searches for libraries and scripts: those of `-L`, then those that scripts add.

import type { InputHost } from '../walk.ts';

/** Folders in their order, and what is in them. */
export class SearchPaths {
  private readonly host: InputHost;
  private readonly sysroot: string;
  private readonly folders: string[];

  /** @param folders - As written: `=` in front stands for the system root. */
  constructor(host: InputHost, sysroot: string, folders: readonly string[]) {
    this.host = host;
    this.sysroot = sysroot;
    this.folders = folders.map((folder) => this.withSysroot(folder));
  }

  /** Adds a folder behind the others (`SEARCH_DIR`). */
  add(folder: string): void {
    this.folders.push(this.withSysroot(folder));
  }

  /** The file of `-l NAME` or `-l :FILE`; `undefined` if no folder has it. */
  findLibrary(name: string, isStatic: boolean): string | undefined {
    if (name.startsWith(':')) return this.find(name.slice(1));
    for (const folder of this.folders) {
      const files = isStatic ? [`lib${name}.a`] : [`lib${name}.so`, `lib${name}.a`];
      const found = files.map((file) => `${folder}/${file}`).find((file) => this.exists(file));
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** A file of this name in the first folder that has one. */
  find(file: string): string | undefined {
    return this.folders.map((folder) => `${folder}/${file}`).find((path) => this.exists(path));
  }

  /** Whether there is such a file, readable or not. */
  exists(file: string): boolean {
    const opened = this.host.open(file);
    if ('kind' in opened) return opened.kind !== 'missing';
    opened.close();
    return true;
  }

  private withSysroot(folder: string): string {
    return folder.startsWith('=') ? this.sysroot + folder.slice(1) : folder;
  }
}
