import { describe, expect, it } from 'vitest';
import { linkerOfProgram, readLinkCommand } from '../../../src/link/index.ts';

describe('linkerOfProgram', () => {
  it.each([
    ['ld.lld', 'lld', undefined],
    ['ld.lld-16', 'lld', '16'],
    ['/usr/bin/ld.lld-16', 'lld', '16'],
    ['/usr/lib/llvm-16/bin/ld.lld', 'lld', '16'],
    ['/usr/lib/llvm/17/bin/ld.lld', 'lld', '17'],
    ['/opt/LLVM-19.1.7-Linux-X64/bin/ld.lld', 'lld', '19.1.7'],
    ['/x/llvm-16/bin/ld.lld-14', 'lld', '14'],
    ['aarch64-linux-gnu-ld.lld', 'lld', undefined],
    ['lld', 'lld', undefined],
    ['C:\\LLVM\\bin\\ld.lld.exe', 'lld', undefined],
    ['ld', 'bfd', undefined],
    ['ld.bfd', 'bfd', undefined],
    ['aarch64-linux-gnu-ld', 'bfd', undefined],
    ['aarch64-linux-gnu-ld.bfd', 'bfd', undefined],
    ['/usr/lib/gcc/x86_64-linux-gnu/12/collect2', 'bfd', undefined],
    ['ld.gold', 'gold', undefined],
    ['gold', 'gold', undefined],
    ['mold', 'mold', undefined],
    ['/usr/bin/ld.mold', 'mold', undefined],
  ])('takes %s for %s', (program, family, version) => {
    expect(linkerOfProgram(program)).toEqual(version === undefined ? { family } : { family, version });
  });

  it.each(['', 'ar', 'clang', 'ldd', 'ld64.lld', 'lld-link', 'wasm-ld', 'ld.so', 'build', 'old', '/ld/x', 'world'])(
    'takes %j for none',
    (program) => {
      expect(linkerOfProgram(program)).toBeUndefined();
    },
  );

  it("is told by GCC's helper which linker it calls", () => {
    const command = readLinkCommand(['/usr/lib/gcc/x/12/collect2', '-fuse-ld=lld', 'a.o', '--nosuch']);
    expect(command.linker).toEqual({ family: 'lld' });
    expect(command.complaints.map(({ message }) => message)).toEqual(["unknown argument '--nosuch'"]);
  });
});
