// Build attributes of Hexagon, the subsection `hexagon` of SHT_HEXAGON_ATTRIBUTES. Values: LLVM 22,
// llvm/Support/HexagonAttributes.h, compared with it by scripts/check-constants.ts; there the tags are in capitals
// without their Tag_.

import { defineNames } from '../../../names/index.ts';

/** Names of the tags, as llvm-readobj prints them. */
export const HEXAGON_ATTRIBUTE_TAGS = /* @__PURE__ */ defineNames({
  Tag_arch: 4,
  Tag_hvx_arch: 5,
  Tag_hvx_ieeefp: 6,
  Tag_hvx_qfloat: 7,
  Tag_zreg: 8,
  Tag_audio: 9,
  Tag_cabac: 10,
});
