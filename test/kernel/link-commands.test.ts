// Every link of two real kernels, by what kbuild left of it.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCmdFile } from '../../src/kbuild/index.ts';
import { findLinkCommand, readLinkCommand } from '../../src/link/index.ts';
import { describeInKernel } from '../helpers/kernel.ts';

/** The shell lines of a kernel's `.cmd` files. */
function* commandsUnder(folder: string): Generator<string> {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.name.endsWith('.cmd')) continue;
    const file = readCmdFile(readFileSync(join(entry.parentPath, entry.name), 'utf8'));
    if (file !== undefined) yield file.command;
  }
}

describe.each([
  { variable: 'LTOSCOPE_KERNEL', links: 191 },
  { variable: 'LTOSCOPE_KERNEL_FULL', links: 30 },
])('the kernel that $variable names', ({ variable, links }) => {
  describeInKernel('.cmd files', variable, (folder) => {
    it(`hold ${links} links that are read without a complaint`, () => {
      const found = [...commandsUnder(folder)].flatMap((command) => findLinkCommand(command) ?? []);
      const linkers = found.filter(({ isDriver }) => !isDriver);
      expect(linkers).toHaveLength(links);
      for (const { argv, unexpanded } of linkers) {
        const { complaints, items, linker, options } = readLinkCommand(argv);
        expect({ complaints, unexpanded }).toEqual({ complaints: [], unexpanded: [] });
        expect(linker?.family).toBe('lld');
        expect(options.relocatable || options.output === 'vmlinux').toBe(true);
        expect(items.length).toBeGreaterThan(0);
      }
    });
  });
});
