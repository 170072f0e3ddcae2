// What ld.lld 13 to 22 knows after `-z`. Taken from lld's documentation, compared with the programs of 13, 14, 15, 16, 19
// and 22 by test/link/lld/option-table.test.ts; the versions between are those of the notes.

/** A value of `-z` by itself, and the first version that knows it; absent: 13 does. */
export type ZFlag = readonly [name: string, from?: number];

/** What may stand behind `-z KEY=`. */
export type ZKind = 'number' | 'page-size' | 'report' | 'pattern' | readonly string[];

/** Keys, what they take, and the first version that knows them. */
export type ZKey = readonly [key: string, takes: ZKind, from?: number];

/** Values by themselves. */
export const Z_FLAGS: readonly ZFlag[] = [
  ['combreloc'],
  ['copyreloc'],
  ['defs'],
  ['dynamic-undefined-weak', 21],
  ['execstack'],
  ['force-bti'],
  ['force-ibt'],
  ['global'],
  ['hazardplt'],
  ['ifunc-noplt'],
  ['initfirst'],
  ['interpose'],
  ['keep-data-section-prefix', 22],
  ['keep-text-section-prefix'],
  ['lazy'],
  ['lrodata-after-bss', 19],
  ['muldefs'],
  ['nobtcfi', 20],
  ['nocombreloc'],
  ['nocopyreloc'],
  ['nodefaultlib'],
  ['nodelete'],
  ['nodlopen'],
  ['nodynamic-undefined-weak', 21],
  ['noexecstack'],
  ['nognustack'],
  ['nokeep-data-section-prefix', 22],
  ['nokeep-text-section-prefix'],
  ['nolrodata-after-bss', 19],
  ['nopac-plt', 21],
  ['nopack-relative-relocs', 15],
  ['norelro'],
  ['nosectionheader', 20],
  ['noseparate-code'],
  ['nostart-stop-gc'],
  ['notext'],
  ['now'],
  ['origin'],
  ['pac-plt'],
  ['pack-relative-relocs', 15],
  ['rel'],
  ['rela'],
  ['relro'],
  ['retpolineplt'],
  ['rodynamic'],
  ['sectionheader', 20],
  ['separate-code'],
  ['separate-loadable-segments'],
  ['shstk'],
  ['start-stop-gc'],
  ['text'],
  ['undefs'],
  ['wxneeded'],
];

/** Keys, in the order that lld looks at them. */
export const Z_KEYS: readonly ZKey[] = [
  ['zicfilp', ['unlabeled', 'func-sig', 'never', 'implicit'], 22],
  ['zicfiss', ['always', 'never', 'implicit'], 22],
  ['gcs', ['implicit', 'never', 'always'], 19],
  ['stack-size', 'number'],
  ['start-stop-visibility', ['default', 'internal', 'hidden', 'protected']],
  ['bti-report', 'report', 14],
  ['cet-report', 'report', 14],
  ['execute-only-report', 'report', 21],
  ['gcs-report', 'report', 19],
  ['gcs-report-dynamic', 'report', 21],
  ['pauth-report', 'report', 19],
  ['zicfilp-unlabeled-report', 'report', 22],
  ['zicfilp-func-sig-report', 'report', 22],
  ['zicfiss-report', 'report', 22],
  ['dead-reloc-in-nonalloc', 'pattern'],
  ['max-page-size', 'page-size'],
  ['common-page-size', 'page-size'],
];
