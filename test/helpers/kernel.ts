// Real kernels that the environment names; tests that need one say so where it is missing.

import { join, resolve } from 'node:path';
import { describe, it } from 'vitest';
import { walkInputs } from '../../src/link/index.ts';
import { fileHost } from '../../src/node/index.ts';

/**
 * A group of tests in the folder of an unpacked kernel.
 *
 * @param variable - The variable of the environment that names the folder.
 * @param define - Defines the tests; it gets the absolute path of the folder.
 */
export function describeInKernel(title: string, variable: string, define: (folder: string) => void): void {
  const folder = process.env[variable];
  describe(title, () => {
    if (folder === undefined || folder === '') it.skip(`needs an unpacked kernel, named by ${variable}`);
    else define(resolve(folder));
  });
}

/** The files of the bitcode members of a kernel's `vmlinux.a`. */
export function bitcodeMembers(kernel: string): string[] {
  const files: string[] = [];
  for (const walked of walkInputs(fileHost, join(kernel, 'vmlinux.a'))) {
    if (walked.kind === 'input' && walked.format === 'bitcode') files.push(resolve(walked.file));
  }
  return files;
}
