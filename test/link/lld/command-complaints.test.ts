// What is said of the order of a line and of options together, against the programs: lines with one sound object.

import { describe, expect, it } from 'vitest';
import { readLinkCommand } from '../../../src/link/index.ts';
import { soundObject } from '../../helpers/sound-object.ts';
import { temporaryFolder } from '../../helpers/temporary.ts';
import { describeWithTools, run } from '../../helpers/tools.ts';

const VERSIONS = ['13', '14', '16', '19', '22'] as const;
const EM_X86_64 = 62;

const LINES = [
  '--end-group a.o',
  '--start-group --start-group a.o',
  '--start-group a.o',
  '--start-group a.o --end-group --end-group',
  '-( a.o -)',
  '--start-lib a.o --start-lib --end-lib --end-lib',
  '--start-group --start-lib a.o --end-lib --end-group',
  '--start-lib --start-group a.o --end-group --end-lib',
  '--start-lib --end-group a.o --end-lib',
  '--pop-state --push-state --pop-state --pop-state a.o',
  '-b foo a.o --format=binary --format default',
  '--nosuch --end-group -z foo a.o -shared -pie',
  '-r -shared -pie --gdb-index --icf=all a.o',
  '-r --export-dynamic a.o',
  '-r -E --no-export-dynamic a.o',
  '-r --gc-sections a.o -e 0',
  '-pie -no-pie -shared a.o',
  '-shared -pie a.o',
  '-F x a.o',
  '-f x a.o --no-such-option',
  '-shared -F x -f y a.o',
  '-s -q a.o',
  '-r -s -q a.o',
  '-S -q a.o',
  '-z ifunc-noplt a.o',
  '-z ifunc-noplt -z notext a.o',
  '-z retpolineplt -z force-ibt a.o',
  '-r -z nosectionheader a.o',
  '-r --debug-names a.o',
  '-r --no-define-common a.o',
  '--no-define-common a.o',
  '--be8 --fix-cortex-a8 --fix-cortex-a53-843419 --execute-only a.o',
  '-r --fix-cortex-a8 --fix-cortex-a53-843419 a.o',
  '-z pac-plt -z force-bti -z bti-report=error -z pauth-report=warning -z gcs-report=error -z cet-report=none a.o',
  '-z gcs=always -z execute-only-report=error -z gcs-report-dynamic=error a.o',
  '-z zicfilp=never -z zicfiss=never -z zicfiss-report=error -z zicfilp-unlabeled-report=error a.o',
  '-z zicfilp-func-sig-report=error -z gcs-report=none -z bti-report=none a.o',
  '--toc-optimize --pcrel-optimize --relax-gp a.o',
  '--cmse-implib --in-implib=a.o --out-implib=y a.o',
  '--execute-only --no-rosegment a.o',
  '',
  '-o out',
  '--defsym=a=1',
  '-v',
  '--version a.o --nosuch --end-group',
  '--help --nosuch -m nosuch a.o',
  '-v --end-group a.o',
  '--end-group -v',
  '--defsym=a --defsym==1 --defsym=b= a.o',
  '--fatal-warnings -z nosuch a.o',
  '--fatal-warnings --no-fatal-warnings -z nosuch a.o',
  '-w -z nosuch a.o',
  '-T',
  'a.o --defsym',
  '--whole-archive a.o --entry',
  '-- a.o',
  '- --nosuch=',
  '---shared a.o',
  '-dn -dy -static a.o -Bdynamic -non_shared',
  '-plugin-opt a.o',
  'a.o -plugin-opt',
  '-m elf64btsmip a.o --end-group --hash-style=both',
  '-m elf_x86_64 --hash-style=both a.o',
  '-z max-page-size=3 a.o',
  '-z max-page-size=q a.o',
];

describe.each(VERSIONS)('what lld %s says', (version) => {
  describeWithTools('of the order of a line', [`ld.lld-${version}`, 'clang-22'], ([lld, clang]) => {
    const object = soundObject(clang, 'x86_64');
    it.each(LINES)('%s', (text) => {
      const folder = temporaryFolder({ 'a.o': object });
      const line = text.split(' ').filter((word) => word !== '');
      // Undefined symbols are none of this.
      const tail = line.length > 1 || text === 'a.o' ? ['--unresolved-symbols=ignore-all', '-e0'] : [];
      const { complaints, targetDemands, ends } = readLinkCommand([`ld.lld-${version}`, ...tail, ...line]);
      const said = run(lld, [...tail, ...line], { cwd: folder })
        .stderr.split('\n')
        .filter((words) => /^\S+: (?:error|warning): /.test(words))
        .map((words) => words.replace(/^\S+: /, ''))
        // Files, defined symbols and relocations are none of it either.
        .filter(
          (words) =>
            !/cannot open|relocation R_|-r and --unresolved|target emulation unknown|unexpected EOF/.test(words),
        )
        .filter((words) => !/malformed number|cannot find entry symbol|not supported: recompile/.test(words));
      const demands =
        ends === undefined
          ? targetDemands
              .filter(({ machines, takes }) => machines.includes(EM_X86_64) === (takes === 'except'))
              .map(({ message }) => `error: ${message}`)
          : [];
      const early = complaints.filter(({ stage }) => stage === 'line' || stage === 'inputs');
      const isEnded = early.some(({ severity }) => severity === 'error');
      const words = (stages: readonly string[]): string[] =>
        complaints
          .filter(({ stage, severity }) => stages.includes(stage) && severity !== 'note')
          .filter(({ isOfParser }) => isOfParser !== true)
          .map(({ severity, message }) => `${severity}: ${message}`);
      const checks = [...demands, ...words(['checks'])];
      const late = checks.length === 0 ? words(['late']) : [];
      const order = [...words(['line', 'inputs']), ...(isEnded ? [] : [...checks, ...late])];
      // Checks of the target and others change places from version to version.
      const sorted = (all: readonly string[]): readonly string[] => (isEnded ? all : all.toSorted());
      expect(sorted(said)).toEqual(sorted(order));
    });
  });
});
