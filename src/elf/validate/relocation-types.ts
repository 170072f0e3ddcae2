// The relocation types that ld.lld applies in a final link, by machine: what ld.lld 13, 14, 15, 16, 19 and 22 did not call
// unknown when given an object with every number; test/elf/validate/relocation-types.test.ts measures it again. Between 16
// and 19, and between 19 and 22, the older version is not known to refuse, so a type counts from the first version that was
// not measured. SystemZ and LoongArch were measured from 19 on: older versions do not link for them.

import { MACHINES } from '../constants/machine.ts';

const { EM_386, EM_MIPS, EM_PPC, EM_PPC64, EM_S390, EM_ARM, EM_SPARCV9, EM_X86_64 } = MACHINES.values;
const { EM_AVR, EM_MSP430, EM_HEXAGON, EM_AARCH64, EM_AMDGPU, EM_RISCV, EM_LOONGARCH } = MACHINES.values;

/** Types, ascending, with the versions that know them. */
export interface KnownRelocationTypes {
  /** First version; absent: all. */
  readonly from?: number;
  /** Last version; absent: all. */
  readonly to?: number;
  readonly types: readonly number[];
}

/**
 * What lld knows of a machine, the same for both classes. Of MIPS64 it is each of the types that an entry packs. Numbers of
 * AArch64 ILP32 are not listed.
 */
export const LLD_RELOCATION_TYPES: ReadonlyMap<number, readonly KnownRelocationTypes[]> = /* @__PURE__ */ new Map<
  number,
  readonly KnownRelocationTypes[]
>([
  [
    EM_386,
    [{ types: [0, 1, 2, 3, 4, 9, 10, 15, 16, 17, 18, 19, 20, 21, 22, 23, 32, 34, 43] }, { from: 14, types: [39, 40] }],
  ],
  [
    EM_MIPS,
    [
      {
        types: [
          0, 2, 4, 5, 6, 7, 9, 10, 11, 12, 18, 19, 20, 21, 22, 23, 24, 28, 29, 30, 31, 37, 39, 41, 42, 43, 44, 45, 46,
          47, 48, 49, 50, 60, 61, 63, 64, 65, 133, 134, 135, 136, 138, 139, 140, 141, 142, 148, 149, 153, 154, 156, 162,
          163, 164, 165, 166, 169, 170, 172, 173, 174, 175, 176, 177, 248,
        ],
      },
    ],
  ],
  [
    EM_PPC,
    [
      {
        types: [
          0, 1, 2, 4, 5, 6, 10, 11, 14, 18, 23, 26, 67, 69, 70, 71, 72, 74, 75, 76, 77, 78, 79, 83, 87, 95, 96, 250,
          251, 252,
        ],
      },
    ],
  ],
  [
    EM_PPC64,
    [
      {
        types: [
          0, 1, 3, 4, 5, 6, 10, 11, 14, 15, 16, 17, 26, 38, 39, 40, 41, 42, 44, 47, 48, 49, 50, 51, 56, 57, 58, 59, 63,
          64, 67, 69, 70, 71, 72, 74, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94,
          95, 96, 97, 98, 99, 100, 101, 102, 103, 104, 105, 106, 107, 108, 110, 116, 123, 132, 133, 146, 147, 148, 149,
          150, 250, 251, 252,
        ],
      },
    ],
  ],
  [
    EM_S390,
    [
      {
        types: [
          0, 1, 2, 3, 4, 5, 6, 7, 8, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33,
          34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 57, 58, 59, 60, 62, 63, 64,
          65,
        ],
      },
    ],
  ],
  [
    EM_ARM,
    [
      { to: 13, types: [18, 19, 23] },
      {
        types: [
          0, 1, 2, 3, 4, 9, 10, 11, 24, 25, 26, 27, 28, 29, 30, 38, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 50, 51, 53,
          54, 58, 84, 85, 86, 87, 88, 89, 96, 102, 104, 105, 106, 107, 108,
        ],
      },
      { from: 14, types: [57, 59, 60, 61, 62, 63, 64, 65, 66, 103] },
      { from: 17, types: [132, 133, 134, 135] },
    ],
  ],
  [EM_SPARCV9, [{ types: [0, 3, 6, 7, 9, 12, 13, 15, 16, 17, 18, 23, 32, 34, 35, 36, 50, 51, 52, 54, 72, 73] }]],
  [
    EM_X86_64,
    [
      {
        types: [
          0, 1, 2, 3, 4, 9, 10, 11, 12, 13, 14, 15, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 29, 32, 33, 34, 35, 41, 42,
        ],
      },
      { from: 14, types: [31] },
      { from: 17, types: [18] },
      { from: 20, types: [43, 44, 45, 50] },
    ],
  ],
  [
    EM_AVR,
    [
      { types: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 26, 34, 35] },
      { from: 16, types: [33] },
      { from: 17, types: [24, 25, 27, 28, 29] },
    ],
  ],
  [EM_MSP430, [{ types: [1, 2, 3, 4, 5, 6, 9] }]],
  [
    EM_HEXAGON,
    [
      {
        types: [
          0, 1, 2, 4, 5, 6, 14, 15, 16, 17, 18, 19, 21, 23, 24, 25, 26, 27, 28, 30, 31, 36, 37, 38, 47, 49, 54, 55, 57,
          58, 61, 62, 64, 65, 66, 67, 68, 69, 70, 71, 75, 76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 95, 96,
        ],
      },
    ],
  ],
  [
    EM_AARCH64,
    [
      {
        types: [
          0, 257, 258, 259, 260, 261, 262, 263, 264, 265, 266, 267, 268, 269, 270, 271, 272, 273, 274, 275, 276, 277,
          278, 279, 280, 282, 283, 284, 285, 286, 287, 288, 289, 290, 291, 292, 293, 299, 311, 312, 313, 314, 541, 542,
          544, 545, 546, 547, 548, 549, 551, 553, 555, 557, 559, 562, 563, 564, 569, 571,
        ],
      },
      { from: 17, types: [309, 315, 580] },
      { from: 20, types: [316, 317, 588, 590, 591, 593, 594, 595, 596, 597] },
    ],
  ],
  [EM_AMDGPU, [{ types: [3, 4, 5, 6, 7, 8, 9, 10, 11, 14] }]],
  [
    EM_RISCV,
    [
      { to: 21, types: [46] },
      {
        types: [
          0, 1, 2, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40,
          43, 44, 45, 51, 52, 53, 54, 55, 56, 57,
        ],
      },
      { from: 17, types: [41, 59, 60, 61, 62, 63, 64, 65] },
      { from: 20, types: [191, 192] },
    ],
  ],
  [
    EM_LOONGARCH,
    [
      {
        types: [
          0, 1, 2, 8, 9, 10, 11, 20, 21, 47, 48, 50, 51, 52, 53, 55, 56, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73, 74, 75,
          76, 77, 78, 79, 80, 81, 82, 83, 84, 85, 86, 87, 88, 89, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99, 100, 102, 103,
          105, 106, 107, 108, 109, 110, 111, 112, 113, 114, 115, 116, 117, 118, 119, 120, 121, 122, 123, 124, 125, 126,
        ],
      },
      { from: 20, types: [127, 128, 129, 130, 131, 132, 133, 134, 135, 136, 137, 138, 139] },
    ],
  ],
]);
