import { describe, expect, it } from 'vitest';
import { archive } from '../helpers/archive-builder.ts';
import { auditJson, ltoscope } from '../helpers/cli.ts';
import { FIXTURES_ROOT, readFixture } from '../helpers/fixtures.ts';
import { temporaryFolder } from '../helpers/temporary.ts';

const IN_FIXTURES = { cwd: FIXTURES_ROOT };

describe('audit', () => {
  it('takes a healthy kernel archive without a finding', async () => {
    const { status, stderr, report } = await auditJson(['kernel/vmlinux.a'], IN_FIXTURES);
    expect({ status, stderr, findings: report.findings }).toEqual({ status: 0, stderr: '', findings: [] });
    expect(report.summary).toMatchObject({
      inputs: 8,
      byFormat: { bitcode: 6, elf: 2 },
      byLto: { 'llvm-thin': 6, none: 2 },
      byProducer: { 'LLVM16.0.6': 6 },
      byMachine: { aarch64: 8 },
      byEndian: { little: 8 },
      bytes: { total: 25_992, byFormat: { bitcode: 21_480, elf: 4_512 } },
      errors: 0,
      warnings: 0,
      notes: 0,
    });
  });

  it('tells people the same as scripts', async () => {
    const { status, stdout, stderr } = await ltoscope(['audit', 'kernel/vmlinux.a'], IN_FIXTURES);
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^8 inputs, 26\.0 kB$/m);
    expect(stdout).toMatch(/6 bitcode \(21\.5 kB\), 2 elf \(4\.5 kB\)$/m);
    expect(stdout).toMatch(/^0 errors, 0 warnings, 0 notes\n$/m);
  });

  it('names path, section, entry, index and offset of an invalid symbol index', async () => {
    const { status, report } = await auditJson(['broken/symbol-index/vmlinux.a'], IN_FIXTURES);
    expect(status).toBe(1);
    expect(report.findings).toHaveLength(1);
    expect(report.findings[0]).toMatchObject({
      rule: 'invalid-symbol-index',
      severity: 'error',
      predicts: 'ld.lld: error: broken/symbol-index/vmlinux.a(arch/head.o): invalid symbol index',
      locations: [
        {
          path: ['broken/symbol-index/vmlinux.a', 'arch/head.o'],
          file: 'broken/symbol-index/arch/head.o',
          section: '.rela.head.text',
          entry: 0,
        },
      ],
      data: { symbolIndex: 87, symbolCount: 15 },
    });
    // The offset is that of r_info: what stands there is the index, in the upper half.
    const offset = report.findings[0]?.locations[0]?.offset ?? 0;
    const { buffer, byteOffset } = readFixture('broken/symbol-index/arch/head.o');
    expect(new DataView(buffer, byteOffset).getBigUint64(offset, true) >> 32n).toBe(87n);
  });

  it('shows a finding to people with its place, the words of the linker and what to do', async () => {
    const { status, stdout } = await ltoscope(['audit', 'broken/symbol-index/vmlinux.a'], IN_FIXTURES);
    expect(status).toBe(1);
    expect(stdout).toMatch(/^error: .*vmlinux\.a\(arch\/head\.o\).* 87.* 15 symbols.*\[invalid-symbol-index\]$/m);
    expect(stdout).toMatch(
      /^ {2}at {6}broken\/symbol-index\/arch\/head\.o, offset 0x[0-9a-f]+ \(\d+\), \.rela\.head\.text, entry 0$/m,
    );
    expect(stdout).toMatch(/^ {2}linker {2}ld\.lld: error: .*: invalid symbol index$/m);
    expect(stdout).toMatch(/^ {2}to do {3}\S/m);
    expect(stdout).toMatch(/^1 error, 0 warnings, 0 notes$/m);
  });
});

describe('--fail-on', () => {
  const NOTES = ['archives/foreign.a'];
  const WARNINGS = ['--whole-archive', 'archives/foreign.a'];
  const ERRORS = ['broken/symbol-index/vmlinux.a'];

  it.each([
    ['error', ERRORS, 1],
    ['error', WARNINGS, 0],
    ['error', NOTES, 0],
    ['warning', ERRORS, 1],
    ['warning', WARNINGS, 1],
    ['warning', NOTES, 0],
    ['note', ERRORS, 1],
    ['note', WARNINGS, 1],
    ['note', NOTES, 1],
    ['note', ['kernel/vmlinux.a'], 0],
    ['never', ERRORS, 0],
    ['never', WARNINGS, 0],
  ])('%s with %j is status %i', async (severity, args, expected) => {
    const { status, stdout } = await ltoscope(['audit', '--fail-on', severity, ...args], IN_FIXTURES);
    expect(status).toBe(expected);
    expect(stdout).toMatch(/^\d+ errors?, \d+ warnings?, \d+ notes?$/m);
  });

  it('never hides a path that cannot be read', async () => {
    const { status } = await ltoscope(['audit', '--fail-on', 'never', 'no-such-file.o'], IN_FIXTURES);
    expect(status).toBe(2);
  });
});

describe('--whole-archive', () => {
  it('makes a duplicate in a lazy archive, which is a note otherwise, an error', async () => {
    const args = ['duplicates/lazy/a.o', 'duplicates/lazy/lib.a'];
    const lazy = await auditJson(args, IN_FIXTURES);
    expect(lazy.status).toBe(0);
    expect(lazy.report.findings.map(({ rule, severity }) => [rule, severity])).toEqual([['duplicate-symbol', 'note']]);
    const whole = await auditJson(['--whole-archive', ...args], IN_FIXTURES);
    expect(whole.status).toBe(1);
    expect(whole.report.findings).toContainEqual(
      expect.objectContaining({ rule: 'duplicate-symbol', severity: 'error' }),
    );
  });

  it('is how thin archives without an index are taken without it', async () => {
    const members = [{ name: 'note.txt', data: 'a note\n' }];
    const cwd = temporaryFolder({
      'note.txt': 'a note\n',
      'thin.a': archive(members, { thin: true }),
      'regular.a': archive(members),
    });
    const severityIn = async (file: string) =>
      (await auditJson([file], { cwd })).report.findings.map(({ severity }) => severity);
    expect(await severityIn('thin.a')).toEqual(['warning']);
    expect(await severityIn('regular.a')).toEqual(['note']);
  });
});

describe('--linker', () => {
  it.each([
    ['lld', /^ld\.lld: error: .*invalid symbol index$/],
    ['lld-16', /^ld\.lld: error: .*invalid symbol index$/],
    ['bfd', /^ld\.bfd: .*bad reloc symbol index \(0x57 >= 0xf\)$/],
    ['bfd-2.40', /^ld\.bfd: .*bad reloc symbol index \(0x57 >= 0xf\)$/],
  ])('%s speaks in the words of that linker', async (linker, words) => {
    const { status, report } = await auditJson(['--linker', linker, 'broken/symbol-index/vmlinux.a'], IN_FIXTURES);
    expect(status).toBe(1);
    expect(report.findings[0]?.predicts).toMatch(words);
  });

  it.each(['gold', 'mold'])('%s puts no words into the mouth of a linker that was not asked', async (linker) => {
    const { status, report } = await auditJson(['--linker', linker, 'broken/symbol-index/vmlinux.a'], IN_FIXTURES);
    expect(status).toBe(1);
    expect(report.findings[0]).not.toHaveProperty('predicts');
  });
});
