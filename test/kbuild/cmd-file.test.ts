import { describe, expect, it } from 'vitest';
import { readCmdFile } from '../../src/kbuild/index.ts';

describe('readCmdFile', () => {
  it('reads the variable of kernels up to 6.1', () => {
    expect(readCmdFile('cmd_vmlinux.o := ld.lld -r -o vmlinux.o --whole-archive vmlinux.a\n')).toEqual({
      target: 'vmlinux.o',
      command: 'ld.lld -r -o vmlinux.o --whole-archive vmlinux.a',
      source: undefined,
    });
  });

  it('reads the variable of later kernels, and the source that fixdep names', () => {
    const text =
      'savedcmd_arch/arm64/kernel/head.o := clang -c -o arch/arm64/kernel/head.o arch/arm64/kernel/head.S\n\n' +
      'source_arch/arm64/kernel/head.o := arch/arm64/kernel/head.S\n\n' +
      'deps_arch/arm64/kernel/head.o := \\\n  include/a.h \\\n  include/b.h \\\n';
    expect(readCmdFile(text)).toEqual({
      target: 'arch/arm64/kernel/head.o',
      command: 'clang -c -o arch/arm64/kernel/head.o arch/arm64/kernel/head.S',
      source: 'arch/arm64/kernel/head.S',
    });
  });

  it("undoes make's escapes of the dollar and number signs", () => {
    expect(readCmdFile("cmd_a.o := sed 's/$$/$(pound)/' $$(x)\n")?.command).toBe("sed 's/$/#/' $(x)");
  });

  it('says that a file without a command is none', () => {
    expect(readCmdFile('deps_a.o := x.h\n')).toBeUndefined();
  });
});
