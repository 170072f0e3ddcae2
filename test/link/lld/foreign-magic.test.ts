// Files of other kinds put to four versions of ld.lld: it refuses those that it knows, and takes the others for scripts.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { isForeignFile } from '../../../src/link/lld/foreign-magic.ts';
import { buildObject } from '../../helpers/object-builder.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { describeWithTools, run } from '../../helpers/tools.ts';

const VERSIONS = [14, 16, 19, 22] as const;
const TOOLS = ['ld.lld-14', 'ld.lld-16', 'ld.lld-19', 'ld.lld-22'] as const;

/** A file that begins with these bytes. */
function file(head: string, length = 200): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0; i < Math.min(head.length, length); i += 1) bytes[i] = head.charCodeAt(i);
  return bytes;
}

function windowsProgram(signature: string): Uint8Array {
  const bytes = file('MZ');
  bytes[0x3c] = 0x80;
  bytes.set(file(signature, 4), 0x80);
  return bytes;
}

const FILES: Readonly<Record<string, Uint8Array>> = {
  wasm: file('\0asm'),
  'zero and others': file('\0\x01\x02\x03'),
  'two zeros': file('\0\0\x01\x02'),
  xcoff: file('\x01\xdfaa'),
  goff: file('\x03\xf0\0a'),
  'no goff': file('\x03\xf0\x01a'),
  offload: file('\x10\xff\x10\xad'),
  cuda: file('\x50\xed\x55\xba'),
  bundle: file('__CLANG_OFFLOAD_BUNDLE__'),
  spirv: file('\x03\x02\x23\x07'),
  header: file('CPCH'),
  directx: file('DXBC'),
  'program database': file('Microsoft C/C++ MSF 7.00\r\n'),
  'part of that': file('Microsoft C/C++'),
  minidump: file('MDMP'),
  stub: file('--- !tapi-tbd'),
  fat: file('\xca\xfe\xba\xbe\0\0\0\x01'),
  java: file('\xca\xfe\xba\xbe\0\0\0\x34'),
  'mach-o': file('\xcf\xfa\xed\xfe\x07\0\0\x01\x03\0\0\0\x01\0\0\0'),
  'big mach-o': file('\xfe\xed\xfa\xce\0\0\0\x07\0\0\0\x03\0\0\0\x0b'),
  'file set': file('\xcf\xfa\xed\xfe\x07\0\0\x01\x03\0\0\0\x0c\0\0\0'),
  'unknown mach-o': file('\xcf\xfa\xed\xfe\x07\0\0\x01\x03\0\0\0\x0d\0\0\0'),
  'mach-o of type 0': file('\xfe\xed\xfa\xce\0\0\0\x07\0\0\0\x03\0\0\0\0'),
  'short mach-o': file('\xcf\xfa\xed\xfe\x07\0\0\x01\x03\0\0\0\x01\0\0\0', 31),
  'x86-64 coff': file('\x64\x86\x01\0'),
  'i386 coff': file('\x4c\x01\x01\0'),
  'arm64ec coff': file('\x41\xa6\x01\0'),
  'no coff': file('\x90\x01\x01\0'),
  'windows program': windowsProgram('PE\0\0'),
  'dos program': windowsProgram('NE\0\0'),
  png: file('\x89PNG\r\n\x1a\n'),
  text: file('int main() {}', 13),
  'three bytes': file('\0\0\0', 3),
};

describeWithTools('a file of another kind', TOOLS, (tools) => {
  const folder = temporaryFolder({ 'a.o': buildObject({ symbols: [{ name: '_start' }] }).bytes });

  it.each(Object.entries(FILES))('is refused or taken for a script as by lld: %s', (_, bytes) => {
    writeFileSync(join(folder, 'x'), bytes);
    for (const [at, version] of VERSIONS.entries()) {
      const { stderr } = run(tools[at] as string, ['a.o', 'x', '-o', 'out'], { cwd: folder });
      expect([version, stderr]).not.toEqual([version, '']);
      expect([version, isForeignFile(bytes, version)]).toEqual([version, stderr.includes('x: unknown file type')]);
    }
  });
});
