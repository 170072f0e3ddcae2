import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { openElf } from '../../../src/elf/index.ts';
import {
  describeDefinition,
  describeDiscardedReference,
  FaultList,
  findDiscardedReferences,
  NameInterner,
  ObjectLocations,
  readComdatGroups,
} from '../../../src/link/index.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { describeWithTools, run } from '../../helpers/tools.ts';

const FIRST = `
  .section .text.foo,"axG",@progbits,foo,comdat
  .globl foo
foo:
  nop
  .size foo, .-foo
`;

const SECOND = `
  .file "second.c"
  .section .text.foo,"axG",@progbits,foo,comdat
  .globl foo, extra
foo:
  .cfi_startproc
  nop
  .cfi_endproc
extra:
  nop
named:
  nop
  .section .rodata.foo,"aG",@progbits,foo,comdat
  .quad 0
  .text
  .globl caller
  .type caller,@function
caller:
  .quad named
  .quad foo
  .size caller, .-caller
  .data
  .quad named, .text.foo, .rodata.foo, extra
  .section .gcc_except_table,"a",@progbits
  .quad named
  .section .debug_own,"",@progbits
  .quad named
  .section .toc,"aw",@progbits
  .quad named
`;

describeWithTools(
  'references to what a link leaves out',
  ['clang-22', 'ld.lld-14', 'ld.lld-15', 'ld.lld-16', 'ld.lld-19', 'ld.lld-22'],
  ([clang, ...lldPaths]) => {
    const folder = temporaryFolder({ 'first.s': FIRST, 'second.s': SECOND });
    const assemble = (name: string, ...options: string[]) => {
      const args = ['--target=x86_64-linux-gnu', ...options, '-c', `${name}.s`, '-o', `${name}.o`];
      expect(run(clang, args, { cwd: folder })).toMatchObject({ status: 0 });
      return openElf(Uint8Array.from(readFileSync(join(folder, `${name}.o`))));
    };

    it('are told as ld.lld tells them', () => {
      assemble('first');
      const elf = assemble('second');
      const symbols = elf.symbolTable(elf.symbolTableIndex ?? 0);
      const faults = new FaultList();
      const groups = readComdatGroups(elf, symbols, new NameInterner(), faults);
      const isLeftOut = (section: number) => groups.groupOfSection?.[section] === 0;
      const isFoundElsewhere = (symbol: number) => symbols.name(symbol) === 'foo';
      const found = findDiscardedReferences(elf, { isLeftOut, faults }, isFoundElsewhere);
      expect(found).toHaveLength(3);
      const locations = new ObjectLocations(elf, { name: 'second.o' });
      for (const [i, lldVersion] of [14, 15, 16, 19, 22].entries()) {
        const context = { findPrevailing: () => ({ name: 'first.o' }), lldVersion };
        const ours = found.map((reference) => describeDiscardedReference(locations, reference, context).join('\n'));
        const args = ['--error-limit=0', '-e', 'foo', 'first.o', 'second.o', '-o', '/dev/null'];
        const { stderr } = run(lldPaths[i] ?? '', args, { cwd: folder });
        const theirs = stderr
          .trim()
          .split(/\n(?!>>>)/)
          .map((block) => block.replace(/^ld\.lld[-0-9]*: error: /, ''))
          .filter((block) => block !== '');
        expect([lldVersion, ...ours.sort()]).toEqual([lldVersion, ...theirs.sort()]);
      }
    });

    it('in duplicates are the places of both, in the words of ld.lld', () => {
      const elf = assemble('second');
      const symbols = elf.symbolTable(elf.symbolTableIndex ?? 0);
      const section =
        Array.from({ length: symbols.length }, (_, i) => i).find((i) => symbols.name(i) === 'caller') ?? 0;
      const label = { name: 'second.o', archive: 'x.a' };
      const kept = new ObjectLocations(elf, label).at(symbols.sectionIndex(section), 0);
      expect(describeDefinition(label, kept)).toEqual([
        '>>> defined at second.c',
        '>>>            second.o:(caller) in archive x.a',
      ]);
      const other = new ObjectLocations(elf, label, (symbol) => symbols.name(symbol) === 'caller');
      expect(describeDefinition(label, other.at(symbols.sectionIndex(section), 0))).toEqual([
        '>>> defined at second.c',
        '>>>            second.o:(.text+0x0) in archive x.a',
      ]);
      expect(describeDefinition(label, undefined)).toEqual(['>>> defined in x.a(second.o)']);
    });
  },
);
