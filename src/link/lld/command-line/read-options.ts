// From the options of a line to what they come to, by the rules of lld's driver (lld/ELF/Driver.cpp, readConfigs): of
// options that contradict each other the last one holds.

import type { LinkOptions, UnresolvedPolicy } from './link-command.ts';
import { parseInteger } from './numbers.ts';
import type { OptionList } from './option-list.ts';

const ERROR_LIMIT = 20;

/** Brings the options of a line together. */
export function readOptions(list: OptionList, version: number): LinkOptions {
  const value = (id: string): string | undefined => list.last(id)?.value;
  const zValues = list.zValues();
  const shared = list.has('shared');
  const unresolved = unresolvedPolicies(list, shared);
  const endian = list.last('EB', 'EL')?.id;
  return {
    output: value('output') ?? 'a.out',
    relocatable: list.has('relocatable'),
    shared,
    pie: list.flag('pie', 'no-pie', false),
    entry: value('entry'),
    init: value('init') ?? '_init',
    fini: value('fini') ?? '_fini',
    emulation: value('m'),
    endian: endian === undefined ? undefined : endian === 'EB' ? 'big' : 'little',
    sysroot: value('sysroot') ?? '',
    chroot: value('chroot') ?? '',
    searchPaths: list.values('library-path'),
    undefined: list.values('undefined'),
    undefinedGlob: list.values('undefined-glob'),
    requireDefined: [],
    wrap: list.values('wrap'),
    gcSections: list.flag('gc-sections', 'no-gc-sections', false),
    startStopGc: list.zFlag('start-stop-gc', 'nostart-stop-gc', true),
    noUndefined: list.has('no-undefined') || zValues.includes('defs'),
    allowMultipleDefinition:
      zValues.includes('muldefs') || list.flag('allow-multiple-definition', 'no-allow-multiple-definition', false),
    allowShlibUndefined: allowShlibUndefined(list),
    ...unresolved,
    noinhibitExec: list.has('noinhibit-exec'),
    fatalWarnings: list.flag('fatal-warnings', 'no-fatal-warnings', false) && !list.has('no-warnings'),
    noWarnings: list.has('no-warnings'),
    errorLimit: Number(parseInteger(value('error-limit') ?? '') ?? ERROR_LIMIT),
    excludeLibs: list.values('exclude-libs').flatMap((names) => names.split(/[,:]/)),
    versionScripts: list.values('version-script'),
    dynamicLists: list.values('dynamic-list'),
    exportDynamicSymbolLists: list.values('export-dynamic-symbol-list'),
    exportDynamic: list.flag('export-dynamic', 'no-export-dynamic', false) || shared,
    exportDynamicSymbols: list.values('export-dynamic-symbol'),
    retainSymbolsFile: value('retain-symbols-file'),
    bsymbolic: bsymbolic(list),
    isSymbolic: bsymbolic(list) === 'all' || list.has('dynamic-list'),
    // Up to 15 a version script may name what there is not; 16 warns, later ones refuse it.
    undefinedVersion: list.flag('undefined-version', 'no-undefined-version', version < 16),
    warnCommon: list.flag('warn-common', 'no-warn-common', false),
    warnBackrefs: list.flag('warn-backrefs', 'no-warn-backrefs', false),
    warnBackrefsExclude: list.values('warn-backrefs-exclude'),
    fortranCommon: list.flag('fortran-common', 'no-fortran-common', version < 15),
    fatLtoObjects: list.flag('fat-lto-objects', 'no-fat-lto-objects', false),
    thinLto: {
      indexOnly: list.has('thinlto-index-only'),
      emitIndexFiles: list.has('thinlto-emit-index-files') || list.has('thinlto-index-only'),
      singleModules: list.values('thinlto-single-module'),
    },
    lto: value('lto'),
    z: zValues,
    llvmOptions: list.options
      .filter(({ id }) => id === 'mllvm' || id.startsWith('plugin-opt'))
      .map((option) => (option.id === 'plugin-opt=-' ? `-${option.value}` : option.value)),
    icf: icf(list),
    ehFrameHeader: list.flag('eh-frame-hdr', 'no-eh-frame-hdr', false),
    noDynamicLinker: list.last('dynamic-linker', 'no-dynamic-linker')?.id === 'no-dynamic-linker',
    isStatic: isStatic(list),
    traceSymbols: list.values('trace-symbol'),
    trace: list.has('trace'),
    whyExtract: value('why-extract'),
    warnMismatch: !list.has('no-warn-mismatch'),
    nostdlib: list.has('nostdlib'),
    demangle: list.flag('demangle', 'no-demangle', true),
    emitRelocs: list.has('emit-relocs'),
    strip: strip(list),
    dependentLibraries: list.flag('dependent-libraries', 'no-dependent-libraries', true),
    remapInputs: list.values('remap-inputs'),
    remapInputsFiles: list.values('remap-inputs-file'),
  };
}

/** Who reports undefined symbols: options before and after each other count, as they stand. */
function unresolvedPolicies(
  list: OptionList,
  shared: boolean,
): Pick<LinkOptions, 'unresolvedSymbols' | 'unresolvedSymbolsInShlib'> {
  const reported: UnresolvedPolicy = list.flag('error-unresolved-symbols', 'warn-unresolved-symbols', true)
    ? 'report-all'
    : 'warn';
  let inObjects = !shared;
  let inLibraries = !shared;
  for (const { id, value } of list.options) {
    if (id === 'unresolved-symbols') {
      // A value that there is not changes nothing.
      if (value === 'ignore-all' || value === 'ignore-in-object-files') inObjects = false;
      else if (value === 'report-all' || value === 'ignore-in-shared-libs') inObjects = true;
      if (value === 'ignore-all' || value === 'ignore-in-shared-libs') inLibraries = false;
      else if (value === 'report-all' || value === 'ignore-in-object-files') inLibraries = true;
    } else if (id === 'no-undefined' || (id === 'z' && value === 'defs')) inObjects = true;
    else if (id === 'z' && value === 'undefs') inObjects = false;
    else if (id === 'allow-shlib-undefined') inLibraries = false;
    else if (id === 'no-allow-shlib-undefined') inLibraries = true;
  }
  return {
    unresolvedSymbols: inObjects ? reported : 'ignore',
    unresolvedSymbolsInShlib: inLibraries ? reported : 'ignore',
  };
}

function allowShlibUndefined(list: OptionList): boolean | undefined {
  const last = list.last('allow-shlib-undefined', 'no-allow-shlib-undefined');
  return last === undefined ? undefined : last.id === 'allow-shlib-undefined';
}

function bsymbolic(list: OptionList): LinkOptions['bsymbolic'] {
  switch (
    list.last('Bno-symbolic', 'Bsymbolic-non-weak-functions', 'Bsymbolic-functions', 'Bsymbolic-non-weak', 'Bsymbolic')
      ?.id
  ) {
    case 'Bsymbolic':
      return 'all';
    case 'Bsymbolic-functions':
      return 'functions';
    case 'Bsymbolic-non-weak':
      return 'non-weak';
    case 'Bsymbolic-non-weak-functions':
      return 'non-weak-functions';
    default:
      return 'none';
  }
}

function icf(list: OptionList): LinkOptions['icf'] {
  switch (list.last('icf=none', 'icf=safe', 'icf=all')?.id) {
    case 'icf=safe':
      return 'safe';
    case 'icf=all':
      return 'all';
    default:
      return 'none';
  }
}

function strip(list: OptionList): LinkOptions['strip'] {
  if (list.has('relocatable')) return 'none';
  if (!list.zFlag('sectionheader', 'nosectionheader', true)) return 'all';
  const last = list.last('strip-all', 'strip-debug')?.id;
  return last === undefined ? 'none' : last === 'strip-all' ? 'all' : 'debug';
}

/** Whether shared libraries are refused at the end of the line; `-r` does so throughout. */
function isStatic(list: OptionList): boolean {
  if (list.has('relocatable')) return true;
  const last = list.last('Bstatic', 'omagic', 'nmagic', 'Bdynamic');
  return last !== undefined && last.id !== 'Bdynamic';
}
