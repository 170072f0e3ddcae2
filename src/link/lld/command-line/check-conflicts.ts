// Options that lld refuses together, and options that it takes for some targets only: lld/ELF/Driver.cpp, checkOptions.
// lld looks at these after it has opened all inputs without an error.

import type { CommandComplaint, LinkOptions, TargetDemand } from './link-command.ts';
import type { OptionList } from './option-list.ts';
import { Z_KEYS } from './z-values.ts';

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
    [
      // Up to 14 -shared does not imply it.
      relocatable && (version < 15 ? has('export-dynamic') : options.exportDynamic),
      '-r and --export-dynamic may not be used together',
    ],
    [relocatable && has('debug-names'), '-r and --debug-names may not be used together'],
    [
      relocatable && version >= 20 && !list.zFlag('sectionheader', 'nosectionheader', true),
      '-r and -z nosectionheader may not be used together',
    ],
    [
      // With a script that lays out sections it is taken, which is not known here.
      has('execute-only') && !list.flag('rosegment', 'no-rosegment', true) && !list.has('script'),
      version < 14
        ? '-execute-only and -no-rosegment cannot be used together'
        : '--execute-only and --no-rosegment cannot be used together',
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
const EM_MIPS = 8;
const EM_PPC64 = 21;
const EM_ARM = 40;
const EM_X86_64 = 62;
const EM_AARCH64 = 183;
const EM_RISCV = 243;

/** What the options demand of the target. */
export function readTargetDemands(list: OptionList, options: LinkOptions, version: number): TargetDemand[] {
  const { relocatable, z } = options;
  const has = (id: string): boolean => list.flag(id, `no-${id}`, false);
  const names = new Set<string>();
  for (const [key, , from = 0] of Z_KEYS) if (version >= from) names.add(key);
  const isSet = (key: string, byDefault: string): boolean =>
    names.has(key) && (list.zValue(key) ?? byDefault) !== byDefault;
  const reports = (key: string): boolean => isSet(key, 'none');
  const hash = list.last('hash-style')?.value;
  const dash = version < 14 ? '-' : '--';
  // Dynamic reports follow the others where nothing is said of them.
  const reportsDynamic =
    names.has('gcs-report-dynamic') &&
    (list.zValue('gcs-report-dynamic') === undefined ? reports('gcs-report') : reports('gcs-report-dynamic'));
  const demands: readonly (readonly [isGiven: boolean, machines: readonly number[], message: string])[] = [
    [has('cmse-implib'), [EM_ARM], '--cmse-implib is only supported on ARM targets'],
    [list.has('in-implib'), [EM_ARM], '--in-implib is only supported on ARM targets'],
    [list.has('out-implib'), [EM_ARM], '--out-implib is only supported on ARM targets'],
    [list.has('fix-cortex-a8') && !relocatable, [EM_ARM], '--fix-cortex-a8 is only supported on ARM targets'],
    [list.has('be8'), [EM_ARM], '--be8 is only supported on ARM targets'],
    [has('execute-only'), [EM_AARCH64], `${dash}execute-only is only supported on AArch64 targets`],
    [
      list.has('fix-cortex-a53-843419') && !relocatable,
      [EM_AARCH64],
      `--fix-cortex-a53-843419 is only supported on AArch64${version < 20 ? ' targets' : ''}`,
    ],
    [list.zFlag('pac-plt', 'nopac-plt', false), [EM_AARCH64], '-z pac-plt only supported on AArch64'],
    [z.includes('force-bti'), [EM_AARCH64], '-z force-bti only supported on AArch64'],
    [reports('bti-report'), [EM_AARCH64], '-z bti-report only supported on AArch64'],
    [reports('pauth-report'), [EM_AARCH64], '-z pauth-report only supported on AArch64'],
    [reports('gcs-report'), [EM_AARCH64], '-z gcs-report only supported on AArch64'],
    [reportsDynamic, [EM_AARCH64], '-z gcs-report-dynamic only supported on AArch64'],
    [isSet('gcs', 'implicit'), [EM_AARCH64], '-z gcs only supported on AArch64'],
    [reports('execute-only-report'), [EM_AARCH64, EM_ARM], '-z execute-only-report only supported on AArch64 and ARM'],
    [has('toc-optimize'), [EM_PPC64], '--toc-optimize is only supported on PowerPC64 targets'],
    [has('pcrel-optimize'), [EM_PPC64], '--pcrel-optimize is only supported on PowerPC64 targets'],
    [has('relax-gp'), [EM_RISCV], '--relax-gp is only supported on RISC-V targets'],
    // The words of the linker, with its slip.
    [
      reports('zicfilp-unlabeled-report'),
      [EM_RISCV],
      '-z zicfilip-unlabeled-report is only supported on RISC-V targets',
    ],
    [reports('zicfilp-func-sig-report'), [EM_RISCV], '-z zicfilip-func-sig-report is only supported on RISC-V targets'],
    [reports('zicfiss-report'), [EM_RISCV], '-z zicfiss-report is only supported on RISC-V targets'],
    [isSet('zicfilp', 'implicit'), [EM_RISCV], '-z zicfilp is only supported on RISC-V targets'],
    [isSet('zicfiss', 'implicit'), [EM_RISCV], '-z zicfiss is only supported on RISC-V targets'],
    [reports('cet-report'), [EM_386, EM_X86_64], '-z cet-report only supported on X86 and X86_64'],
  ];
  const gnuHash: TargetDemand = {
    machines: [EM_MIPS],
    takes: 'except',
    message: 'the .gnu.hash section is not compatible with the MIPS target',
  };
  return [
    ...(hash === 'gnu' || hash === 'both' ? [gnuHash] : []),
    ...demands.flatMap(([isGiven, machines, message]): TargetDemand[] =>
      isGiven ? [{ machines, takes: 'only', message }] : [],
    ),
  ];
}
