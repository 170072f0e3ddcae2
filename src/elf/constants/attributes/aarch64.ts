// Build attributes of AArch64, SHT_AARCH64_ATTRIBUTES: "Build Attributes for the Arm 64-bit Architecture (AArch64)"
// 2024Q1. Each subsection has tags of its own. Values: LLVM 22, llvm/Support/AArch64BuildAttributes.h, compared with it
// by scripts/check-constants.ts; it writes the tags in capitals. Left out: the 404 by which LLVM says that it found
// nothing.

import { defineNames } from '../../../names/index.ts';

/** Names of the tags of the subsection `aeabi_pauthabi`. */
export const AARCH64_PAUTHABI_TAGS = /* @__PURE__ */ defineNames({
  Tag_PAuth_Platform: 1,
  Tag_PAuth_Schema: 2,
});

/** Names of the tags of the subsection `aeabi_feature_and_bits`. */
export const AARCH64_FEATURE_AND_BITS_TAGS = /* @__PURE__ */ defineNames({
  Tag_Feature_BTI: 0,
  Tag_Feature_PAC: 1,
  Tag_Feature_GCS: 2,
});

/** Names of the byte behind the name of a subsection: whether who does not know it may pass it over. */
export const AARCH64_SUBSECTION_OPTIONALITIES = /* @__PURE__ */ defineNames({
  REQUIRED: 0,
  OPTIONAL: 1,
});

/** Names of the second byte behind the name of a subsection: what its values are. */
export const AARCH64_SUBSECTION_TYPES = /* @__PURE__ */ defineNames({
  ULEB128: 0,
  NTBS: 1,
});
