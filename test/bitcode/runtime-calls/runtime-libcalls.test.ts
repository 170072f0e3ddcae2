import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { IRSYMTAB_FLAGS, openBitcode } from '../../../src/bitcode/index.ts';
import { findWriterLibcalls, runtimeLibcalls } from '../../../src/bitcode/runtime-calls/index.ts';
import { LIBCALL_ROWS, MEASURED_VERSIONS } from '../../../src/bitcode/runtime-calls/libcall-names.ts';
import { readFixture } from '../../helpers/fixtures.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { describeWithTools, run } from '../../helpers/tools.ts';

const LINUX = 'x86_64-unknown-linux-gnu';
const NAMES = LIBCALL_ROWS.flatMap(({ names }) => names.trim().split(/\s+/));

describe('the list of run-time functions', () => {
  it('has each name once', () => {
    expect(new Set(NAMES).size).toBe(NAMES.length);
    expect(NAMES.length).toBe(909);
    expect(NAMES.filter((name) => !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))).toEqual([]);
  });

  it('changes at versions that were asked for, in ascending order', () => {
    for (const { since } of LIBCALL_ROWS) {
      const versions = since.map(([version]) => version);
      expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
      expect(MEASURED_VERSIONS).toEqual(expect.arrayContaining(versions));
    }
  });

  it('has what code generation calls most, in every version', () => {
    for (const version of MEASURED_VERSIONS) {
      const { names, isExact } = runtimeLibcalls({ version, triple: LINUX });
      expect(isExact).toBe(true);
      for (const name of [
        'memcpy',
        'memmove',
        'memset',
        '__stack_chk_fail',
        '_Unwind_Resume',
        'sqrt',
        'pow',
        '__udivti3',
      ]) {
        expect(names.has(name)).toBe(true);
      }
      for (const name of ['memcmp', 'strlen', 'bcmp', 'printf']) expect(names.has(name)).toBe(false);
    }
  });

  it('is that of the next version below where its own is not known', () => {
    expect(runtimeLibcalls({ version: 18, triple: LINUX })).toMatchObject({ version: 16, isExact: false });
    expect(runtimeLibcalls({ version: 3, triple: LINUX })).toMatchObject({ version: 13, isExact: false });
    expect(runtimeLibcalls({ version: 99, triple: LINUX })).toMatchObject({ version: 22, isExact: false });
  });

  it('is that of the LLVM that wrote a file', () => {
    const file = openBitcode(readFixture('versions/clang-16/thin.o'));
    expect(findWriterLibcalls(file)).toEqual(runtimeLibcalls({ version: 16, triple: LINUX }).names);
  });

  it('differs by target from LLVM 19 on', () => {
    const at = (version: number, triple: string) => runtimeLibcalls({ version, triple }).names;
    expect(at(16, 'nvptx64-nvidia-cuda')).toEqual(at(16, LINUX));
    expect(at(19, 'nvptx64-nvidia-cuda').has('memcpy')).toBe(false);
    expect(at(22, 'aarch64-linux-gnu').has('__aarch64_cas4_acq_rel')).toBe(true);
    expect(at(22, LINUX).has('__aarch64_cas4_acq_rel')).toBe(false);
    expect(at(22, 'armv7-unknown-linux-gnueabihf').has('__aeabi_dadd')).toBe(true);
    expect(at(22, 'arm64ec-pc-windows-msvc').has('#memcpy')).toBe(true);
  });
});

/** Triples that the conditions of the list tell apart. */
const TRIPLES = `
  aarch64-pc-windows-gnu aarch64-pc-windows-msvc aarch64-unknown-linux-android21 aarch64-unknown-linux-gnu
  aarch64-unknown-linux-gnu_ilp32 aarch64-unknown-linux-musl aarch64-unknown-none-elf amdgcn-amd-amdhsa arm-none-elf
  arm64-apple-ios6.0.0 arm64-apple-macosx11.0.0 arm64_32-apple-watchos7.0 arm64ec-pc-windows-msvc armv7-apple-ios9.0
  armv7-unknown-fuchsia armv7-unknown-linux-androideabi armv7-unknown-linux-gnueabihf armv7-unknown-netbsd-eabihf
  armv7-unknown-none-eabi armv7-unknown-openbsd-gnueabi armv7k-apple-watchos3.0 avr bpfel csky-unknown-linux-gnu
  hexagon-unknown-elf i386-apple-macosx10.8.0 i386-unknown-freebsd i686-pc-windows-gnu i686-pc-windows-msvc
  i686-unknown-linux-android i686-unknown-linux-gnu lanai loongarch64-unknown-linux-gnu m68k-unknown-linux-gnu
  mips-unknown-linux-gnu mips64-unknown-linux-gnuabi64 msp430 nvptx64-nvidia-cuda powerpc-ibm-aix powerpc64-ibm-aix
  powerpc64le-unknown-linux-gnu riscv32-unknown-elf riscv64-unknown-linux-gnu s390x-ibm-linux-gnu s390x-ibm-zos
  sparc-unknown-linux-gnu sparcv9-unknown-linux-gnu thumbv7-pc-windows-msvc thumbv7m-none-eabi ve-unknown-linux-gnu
  wasm32-unknown-emscripten wasm32-wasi x86_64-apple-macosx10.5.0 x86_64-apple-macosx11.0.0 x86_64-pc-windows-cygnus
  x86_64-pc-windows-gnu x86_64-pc-windows-msvc x86_64-scei-ps4 x86_64-unknown-fuchsia x86_64-unknown-linux-gnu
  x86_64-unknown-linux-gnux32 x86_64-unknown-linux-musl x86_64-unknown-openbsd x86_64-unknown-uefi xcore
`
  .trim()
  .split(/\s+/);

/** What does not exist in any list. */
const OTHERS = ['memcmp', 'strlen', 'printf', '__aarch64_cas32_acq', '#printf', 'main'];

for (const version of MEASURED_VERSIONS) {
  describeWithTools(`run-time functions of LLVM ${version}`, [`opt-${version}`], ([opt]) => {
    // Up to LLVM 18 the list is one for all targets.
    const triples = version < 19 ? [LINUX, 'armv7-unknown-linux-gnueabihf', 'msp430'] : TRIPLES;
    const names = [...NAMES, ...NAMES.map((name) => `#${name}`), ...OTHERS, '#__chkstk_arm64ec'];
    names.push('#__security_check_cookie_arm64ec');
    const declarations = names.map((name) => `declare void @"${name}"()`).join('\n');

    it('are those that its symbol tables have as used', () => {
      for (const triple of triples) {
        const text = `target datalayout = "e"\ntarget triple = "${triple}"\n${declarations}\n`;
        const folder = temporaryFolder({ 'all.ll': text });
        expect(run(opt, ['-disable-verify', 'all.ll', '-o', 'all.bc'], { cwd: folder })).toMatchObject({ status: 0 });
        const table = openBitcode(readFileSync(join(folder, 'all.bc'))).symbolTable();
        const used: string[] = [];
        for (let i = 0; i < (table?.length ?? 0); i += 1) {
          const irName = table?.irName(i) ?? '';
          if (irName !== '' && ((table?.flags(i) ?? 0) & IRSYMTAB_FLAGS.FB_used) !== 0) used.push(irName);
        }
        const expected = [...runtimeLibcalls({ version, triple }).names].sort();
        expect([triple, ...expected]).toEqual([triple, ...used.sort()]);
      }
    }, 60_000);
  });
}
