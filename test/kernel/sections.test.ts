// The kernel's own sections in two real kernels, beside what the build and LLVM's tools say of them. LTOSCOPE_KERNEL names an
// unpacked arm64 kernel built with ThinLTO, LTOSCOPE_KERNEL_FULL one built with full LTO; without them these tests are
// skipped.

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { beforeAll, expect, it } from 'vitest';
import {
  findKernelThisModule,
  kernelCrcs,
  kernelExports,
  kernelInitcalls,
  kernelModuleInfo,
  kernelParameters,
} from '../../src/elf/content/index.ts';
import { openElf } from '../../src/elf/index.ts';
import type { ElfFile } from '../../src/elf/index.ts';
import { describeInKernel } from '../helpers/kernel.ts';
import { describeWithTools, run } from '../helpers/tools.ts';

for (const variable of ['LTOSCOPE_KERNEL', 'LTOSCOPE_KERNEL_FULL']) {
  describeInKernel(`the kernel that ${variable} names`, variable, (folder) => {
    const open = (path: string): ElfFile => openElf(readFileSync(join(folder, path)));
    let kernel: ElfFile;
    let modules: string[];

    beforeAll(() => {
      kernel = open('vmlinux.o');
      modules = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.ko'));
      expect(modules.length).toBeGreaterThan(5);
    });

    it('exports what Module.symvers lists, from the kernel and from each module', () => {
      const listed = new Map<string, string[]>();
      for (const line of readFileSync(join(folder, 'Module.symvers'), 'utf8').trimEnd().split('\n')) {
        const [, name = '', module = '', kind = '', namespace = ''] = line.split('\t');
        const symbols = listed.get(module) ?? [];
        listed.set(module, symbols);
        symbols.push(`${name} ${kind} ${namespace}`);
      }
      const began = performance.now();
      let count = 0;
      for (const path of ['vmlinux.o', ...modules]) {
        const module = path === 'vmlinux.o' ? 'vmlinux' : path.replace(/\.ko$/, '');
        const elf = path === 'vmlinux.o' ? kernel : open(path);
        const ours = [...kernelExports(elf)].map(
          ({ name, suffix, namespace }) => `${name} EXPORT_SYMBOL${suffix.toUpperCase()} ${namespace}`,
        );
        count += ours.length;
        expect(ours.sort()).toEqual((listed.get(module) ?? []).sort());
        expect([...kernelCrcs(elf)]).toEqual([]);
      }
      console.log(`${variable}: ${count} exported symbols in ${Math.round(performance.now() - began)} ms`);
    });

    it('exports the symbols that have these names', () => {
      const symbols = kernel.symbolTable(kernel.symbolTableIndex ?? 0);
      const different = [...kernelExports(kernel)].filter(
        ({ name, symbol }) => symbols.name(symbol.symbolIndex) !== name,
      );
      expect(different).toEqual([]);
    });

    it('starts its initcalls in the order that the build made', () => {
      const script = readFileSync(join(folder, '.tmp_initcalls.lds'), 'utf8');
      const theirs = [...script.matchAll(/\*\(\.(?:initcall(\w+)|(con)_initcall)\.init\.\.(\w+)\)/g)].map(
        ([, level = '', con = '', id = '']) => `${level}${con} ${id}`,
      );
      expect(theirs.length).toBeGreaterThan(100);
      const byLevel = (lines: readonly string[]): Record<string, string[]> => {
        const levels: Record<string, string[]> = {};
        for (const line of lines) (levels[line.split(' ', 1)[0] ?? ''] ??= []).push(line);
        return levels;
      };
      const ours = [...kernelInitcalls(kernel)].map(({ level, identity }) => {
        const { module, counter, line, functionName } = identity ?? {
          module: '?',
          counter: 0,
          line: 0,
          functionName: '?',
        };
        return `${level} kmod_${module}__${counter}_${line}_${functionName}`;
      });
      // The script names all initcalls of the tree; those of levels that stand in the object come in its order.
      expect(byLevel(ours)).toEqual(byLevel(theirs));
    });

    it('has modules that are called as their files are, and say their license', () => {
      for (const path of modules) {
        const elf = open(path);
        const name = basename(path, '.ko').replaceAll('-', '_');
        expect(findKernelThisModule(elf)?.name).toBe(name);
        const info = [...kernelModuleInfo(elf)];
        expect(info.filter(({ tag, value }) => tag === 'name' && value === name)).toHaveLength(1);
        expect(info.some(({ tag }) => tag === 'license')).toBe(true);
        expect(info.every(({ module }) => module === undefined)).toBe(true);
      }
    });

    it('has a parameter for each entry of its size', () => {
      const index = Array.from({ length: kernel.sections.length }, (_, i) => i).find(
        (i) => kernel.sections.name(i) === '__param',
      );
      const parameters = [...kernelParameters(kernel)];
      expect(parameters).toHaveLength(kernel.sections.size(index ?? 0) / 40);
      expect(parameters.find(({ name }) => name === 'initcall_debug')).toMatchObject({
        operations: 'param_ops_bool',
        permissions: 0o644,
        offset: 0,
      });
    });

    describeWithTools('beside readelf and nm', ['readelf', 'llvm-nm-22'], ([readelf, nm]) => {
      it('has the same strings in .modinfo', () => {
        for (const path of ['vmlinux.o', ...modules.slice(0, 10)]) {
          const dump = run(readelf, ['-p', '.modinfo', join(folder, path)]).stdout;
          const theirs = [...dump.matchAll(/^ {2}\[ *([0-9a-f]+)\] {2}(.*)$/gm)].map(([, at = '', text]) => [
            Number.parseInt(at, 16),
            text,
          ]);
          const info = [...kernelModuleInfo(path === 'vmlinux.o' ? kernel : open(path))];
          expect(
            info.map(({ offset, tag, value, module }) => [
              offset,
              `${module === undefined ? '' : `${module}.`}${tag}=${value}`,
            ]),
          ).toEqual(theirs);
        }
      });

      it('has the parameters that symbols stand for', () => {
        for (const path of ['vmlinux.o', ...modules]) {
          const listed = run(nm, ['--defined-only', join(folder, path)]).stdout;
          // Strings, operations and arrays of parameters lie in other sections.
          const theirs = [...listed.matchAll(/^([0-9a-f]+) r __param_(?!str_|string_|ops_|arr_)(\S+)$/gm)].map(
            ([, at = '', name = '']): [number, string] => [Number.parseInt(at, 16), name],
          );
          const parameters = [...kernelParameters(path === 'vmlinux.o' ? kernel : open(path))];
          const ours = parameters.map(({ offset, name }) => [offset, name.replace(/^.*\./, '')]);
          expect(ours).toEqual(theirs.sort(([a], [b]) => a - b));
        }
      });
    });
  });
}
