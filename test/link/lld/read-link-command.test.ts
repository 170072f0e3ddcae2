import { describe, expect, it } from 'vitest';
import { readLinkCommand } from '../../../src/link/index.ts';
import type { LinkItem } from '../../../src/link/index.ts';

function read(line: string, linker?: string): ReturnType<typeof readLinkCommand> {
  return readLinkCommand([linker ?? 'ld.lld-22', ...line.split(' ').filter((word) => word !== '')]);
}

function messages(line: string, linker?: string): string[] {
  return read(line, linker).complaints.map(({ severity, message }) => `${severity}: ${message}`);
}

function fileOf(item: LinkItem | undefined): { path: string; wholeArchive: boolean; group: number } | undefined {
  return item?.kind === 'file'
    ? { path: item.path, wholeArchive: item.state.wholeArchive, group: item.state.group }
    : undefined;
}

describe('readLinkCommand', () => {
  it('reads the line of a kernel with a joined emulation', () => {
    const command = read(
      '-EL -maarch64elf -mllvm -import-instr-limit=5 -r -o vmlinux.o -T .tmp_initcalls.lds --whole-archive ' +
        'arch/arm64/kernel/head.o init/built-in.a --no-whole-archive --start-group arch/arm64/lib/lib.a lib/lib.a ' +
        './drivers/firmware/efi/libstub/lib.a --end-group',
      'ld.lld',
    );
    expect(command.complaints).toEqual([]);
    expect(command.linker).toEqual({ family: 'lld' });
    expect(command.options).toMatchObject({
      endian: 'little',
      emulation: 'aarch64elf',
      llvmOptions: ['-import-instr-limit=5'],
      relocatable: true,
      output: 'vmlinux.o',
      isStatic: true,
    });
    expect(command.items[0]).toEqual({ kind: 'script', path: '.tmp_initcalls.lds', isDefault: false });
    expect(command.items.slice(1).map(fileOf)).toEqual([
      { path: 'arch/arm64/kernel/head.o', wholeArchive: true, group: -1 },
      { path: 'init/built-in.a', wholeArchive: true, group: -1 },
      { path: 'arch/arm64/lib/lib.a', wholeArchive: false, group: 0 },
      { path: 'lib/lib.a', wholeArchive: false, group: 0 },
      { path: './drivers/firmware/efi/libstub/lib.a', wholeArchive: false, group: 0 },
    ]);
  });

  it('brings the switches back that --push-state saved, and leaves the others', () => {
    const { items, complaints } = read(
      '--as-needed --push-state --no-as-needed -Bstatic --whole-archive a.a --start-group --pop-state b.a --end-group',
    );
    expect(complaints).toEqual([]);
    expect(items).toMatchObject([
      { path: 'a.a', state: { asNeeded: false, isStatic: true, wholeArchive: true, group: -1 } },
      { path: 'b.a', state: { asNeeded: true, isStatic: false, wholeArchive: false, group: 0 } },
    ]);
  });

  it('says all mistakes of a line and of its order, in the order of the linker', () => {
    expect(
      messages(
        '--nosuch --end-group --gc-section a.o -m what --start-group --start-lib --pop-state --unresolved-symbols=x -T',
      ),
    ).toEqual([
      'error: -T: missing argument',
      "error: unknown argument '--nosuch'",
      "error: unknown argument '--gc-section', did you mean '--gc-sections'",
      'error: unknown --unresolved-symbols value: x',
      'error: unknown emulation: what',
      'error: stray --end-group',
      'error: may not nest --start-lib in --start-group',
      'error: unbalanced --push-state/--pop-state',
    ]);
  });

  it('says what may not be used together, after the inputs', () => {
    const { complaints } = read('-r -shared -pie --gdb-index --icf=all a.o');
    expect(complaints.map(({ stage, message }) => `${stage}: ${message}`)).toEqual([
      'checks: -shared and -pie may not be used together',
      'checks: -r and -shared may not be used together',
      'checks: -r and --gdb-index may not be used together',
      'checks: -r and --icf may not be used together',
      'checks: -r and -pie may not be used together',
      'checks: -r and --export-dynamic may not be used together',
    ]);
  });

  it('misses inputs where there are none, and nothing else was wrong', () => {
    expect(messages('-o a.out')).toEqual(['error: no input files']);
    expect(messages('--nosuch')).toEqual(["error: unknown argument '--nosuch'"]);
  });

  it('notes what another linker may know', () => {
    expect(messages('a.o --no-gc-keep-exported', 'ld.bfd')).toEqual([
      'note: --no-gc-keep-exported: skipped, not known to ltoscope',
    ]);
  });
});
