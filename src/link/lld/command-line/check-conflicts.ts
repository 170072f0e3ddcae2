// Options that lld refuses together, and options that it takes for some targets only: lld/ELF/Driver.cpp, checkOptions.
// lld looks at these after it has opened all inputs without an error.

import type { CommandComplaint, LinkOptions, TargetDemand } from './link-command.ts';
import type { OptionList } from './option-list.ts';

/** The conflicts among the options, in lld's words and order. */
export function checkConflicts(list: OptionList, options: LinkOptions, version: number): CommandComplaint[] {
  const { relocatable, shared, pie } = options;
  const has = (id: string): boolean => list.flag(id, `no-${id}`, false);
  const conflicts: readonly (readonly [boolean, string])[] = [
    [
      version < 15 && !relocatable && list.last('define-common', 'no-define-common')?.id === 'no-define-common',
      '-no-define-common not supported in non relocatable output',
    ],
    [pie && shared, '-shared and -pie may not be used together'],
    [!shared && list.has('filter'), '-F may not be used without -shared'],
    [!shared && list.has('auxiliary'), '-f may not be used without -shared'],
    [options.strip === 'all' && options.emitRelocs, '--strip-all and --emit-relocs may not be used together'],
    [
      list.zFlag('text', 'notext', true) && options.z.includes('ifunc-noplt'),
      '-z text and -z ifunc-noplt may not be used together',
    ],
    [relocatable && shared, '-r and -shared may not be used together'],
    [relocatable && has('gdb-index'), '-r and --gdb-index may not be used together'],
    [relocatable && options.icf !== 'none', '-r and --icf may not be used together'],
    [relocatable && pie, '-r and -pie may not be used together'],
    [relocatable && options.exportDynamic, '-r and --export-dynamic may not be used together'],
    [relocatable && has('debug-names'), '-r and --debug-names may not be used together'],
    [
      relocatable && version >= 19 && !list.zFlag('sectionheader', 'nosectionheader', true),
      '-r and -z nosectionheader may not be used together',
    ],
    [
      options.z.includes('retpolineplt') && options.z.includes('force-ibt'),
      '-z force-ibt may not be used with -z retpolineplt',
    ],
  ];
  return conflicts
    .filter(([isGiven]) => isGiven)
    .map(([, message]) => ({ severity: 'error', kind: 'conflict', stage: 'checks', message }));
}

const EM_386 = 3;
const EM_PPC64 = 21;
const EM_ARM = 40;
const EM_X86_64 = 62;
const EM_AARCH64 = 183;
const EM_RISCV = 243;

/** What the options demand of the target, in lld's order. */
export function readTargetDemands(list: OptionList, options: LinkOptions, version: number): TargetDemand[] {
  const has = (id: string): boolean => list.flag(id, `no-${id}`, false);
  const reports = (key: string): boolean => (list.zValue(key) ?? 'none') !== 'none';
  const only = (isGiven: boolean, machines: readonly number[], message: string): TargetDemand[] =>
    isGiven ? [{ machines, message }] : [];
  return [
    ...only(has('cmse-implib'), [EM_ARM], '--cmse-implib is only supported on ARM targets'),
    ...only(list.has('in-implib'), [EM_ARM], '--in-implib is only supported on ARM targets'),
    ...only(list.has('out-implib'), [EM_ARM], '--out-implib is only supported on ARM targets'),
    ...only(
      list.has('fix-cortex-a8') && !options.relocatable,
      [EM_ARM],
      '--fix-cortex-a8 is only supported on ARM targets',
    ),
    ...only(list.has('be8'), [EM_ARM], '--be8 is only supported on ARM targets'),
    ...only(has('execute-only'), [EM_AARCH64], '--execute-only is only supported on AArch64 targets'),
    ...only(
      list.has('fix-cortex-a53-843419') && !options.relocatable,
      [EM_AARCH64],
      '--fix-cortex-a53-843419 is only supported on AArch64',
    ),
    ...only(list.zFlag('pac-plt', 'nopac-plt', false), [EM_AARCH64], '-z pac-plt only supported on AArch64'),
    ...only(options.z.includes('force-bti'), [EM_AARCH64], '-z force-bti only supported on AArch64'),
    ...only(reports('bti-report'), [EM_AARCH64], '-z bti-report only supported on AArch64'),
    ...only(version >= 19 && reports('pauth-report'), [EM_AARCH64], '-z pauth-report only supported on AArch64'),
    ...only(version >= 20 && reports('gcs-report'), [EM_AARCH64], '-z gcs-report only supported on AArch64'),
    ...only(has('toc-optimize'), [EM_PPC64], '--toc-optimize is only supported on PowerPC64 targets'),
    ...only(has('pcrel-optimize'), [EM_PPC64], '--pcrel-optimize is only supported on PowerPC64 targets'),
    ...only(has('relax-gp'), [EM_RISCV], '--relax-gp is only supported on RISC-V targets'),
    ...only(reports('cet-report'), [EM_386, EM_X86_64], '-z cet-report only supported on X86 and X86_64'),
  ];
}
