// The relocation types that ld.lld applies in a final link, by machine: what ld.lld 13, 14, 15, 16, 19 and 22 did not call
// `unknown relocation` when given an object with every number. Between 16 and 19, and between 19 and 22, the older version is
// not known to refuse, so a type counts from the first version that was not measured. Machines that are left out are not
// checked.

import { MACHINES } from '../constants/machine.ts';

const { EM_386, EM_PPC, EM_PPC64, EM_ARM, EM_X86_64, EM_AARCH64, EM_RISCV } = MACHINES.values;

/** Ranges of numbers, both ends included, with the versions that know them. */
export interface KnownRelocationTypes {
  /** First version; absent: all. */
  readonly from?: number;
  /** Last version; absent: all. */
  readonly to?: number;
  readonly ranges: readonly (readonly [number, number])[];
}

/** What lld knows of a machine. Numbers of other classes of the machine (AArch64 ILP32) are not listed. */
export const LLD_RELOCATION_TYPES: ReadonlyMap<number, readonly KnownRelocationTypes[]> = /* @__PURE__ */ new Map<
  number,
  readonly KnownRelocationTypes[]
>([
  [
    EM_X86_64,
    [
      {
        ranges: [
          [0, 4],
          [9, 15],
          [17, 17],
          [19, 27],
          [29, 29],
          [32, 35],
          [41, 42],
        ],
      },
      { from: 14, ranges: [[31, 31]] },
      { from: 17, ranges: [[18, 18]] },
      {
        from: 20,
        ranges: [
          [43, 45],
          [50, 50],
        ],
      },
    ],
  ],
  [
    EM_386,
    [
      {
        ranges: [
          [0, 4],
          [9, 10],
          [15, 23],
          [32, 32],
          [34, 34],
          [43, 43],
        ],
      },
      { from: 14, ranges: [[39, 40]] },
    ],
  ],
  [
    EM_AARCH64,
    [
      {
        ranges: [
          [0, 0],
          [257, 280],
          [282, 293],
          [299, 299],
          [311, 314],
          [541, 542],
          [544, 549],
          [551, 551],
        ],
      },
      {
        ranges: [
          [553, 553],
          [555, 555],
          [557, 557],
          [559, 559],
          [562, 564],
          [569, 569],
          [571, 571],
        ],
      },
      {
        from: 17,
        ranges: [
          [309, 309],
          [315, 315],
          [580, 580],
        ],
      },
      {
        from: 20,
        ranges: [
          [316, 317],
          [588, 588],
          [590, 591],
          [593, 597],
        ],
      },
    ],
  ],
  [
    EM_ARM,
    [
      {
        ranges: [
          [0, 4],
          [9, 11],
          [24, 30],
          [38, 38],
          [40, 51],
          [53, 54],
          [57, 66],
          [84, 89],
          [96, 96],
          [102, 108],
        ],
      },
      { from: 17, ranges: [[132, 135]] },
    ],
  ],
  [
    EM_RISCV,
    [
      {
        ranges: [
          [0, 2],
          [16, 40],
          [43, 45],
          [51, 57],
        ],
      },
      { to: 21, ranges: [[46, 46]] },
      {
        from: 17,
        ranges: [
          [41, 41],
          [59, 65],
        ],
      },
      { from: 20, ranges: [[191, 192]] },
    ],
  ],
  [
    EM_PPC64,
    [
      {
        ranges: [
          [0, 1],
          [3, 6],
          [10, 11],
          [14, 17],
          [26, 26],
          [38, 42],
          [44, 44],
          [47, 51],
          [56, 59],
          [63, 64],
        ],
      },
      {
        ranges: [
          [67, 67],
          [69, 72],
          [74, 108],
          [110, 110],
          [116, 116],
          [123, 123],
          [132, 133],
          [146, 150],
          [250, 252],
        ],
      },
    ],
  ],
  [
    EM_PPC,
    [
      {
        ranges: [
          [0, 2],
          [4, 6],
          [10, 11],
          [14, 14],
          [18, 18],
          [23, 23],
          [26, 26],
          [67, 67],
          [69, 72],
          [74, 79],
        ],
      },
      {
        ranges: [
          [83, 83],
          [87, 87],
          [95, 96],
          [250, 252],
        ],
      },
    ],
  ],
]);
