// Build attributes of MSP430, the subsection `mspabi` of SHT_MSP430_ATTRIBUTES: "MSP430 Embedded Application Binary
// Interface" (SLAA534). Values: LLVM 22, llvm/Support/MSP430Attributes.h, compared with it by
// scripts/check-constants.ts; there TagCodeModel is the tag of Tag_Code_Model, and so on.

import { defineNames } from '../../../names/index.ts';

/** Names of the tags, as llvm-readobj prints them. */
export const MSP430_ATTRIBUTE_TAGS = /* @__PURE__ */ defineNames({
  Tag_ISA: 4,
  Tag_Code_Model: 6,
  Tag_Data_Model: 8,
  Tag_Enum_Size: 10,
});

/** Names of the values of Tag_ISA. */
export const MSP430_INSTRUCTION_SETS = /* @__PURE__ */ defineNames({
  ISAMSP430: 1,
  ISAMSP430X: 2,
});

/** Names of the values of Tag_Code_Model. */
export const MSP430_CODE_MODELS = /* @__PURE__ */ defineNames({
  CMSmall: 1,
  CMLarge: 2,
});

/** Names of the values of Tag_Data_Model. */
export const MSP430_DATA_MODELS = /* @__PURE__ */ defineNames({
  DMSmall: 1,
  DMLarge: 2,
  DMRestricted: 3,
});

/** Names of the values of Tag_Enum_Size. */
export const MSP430_ENUM_SIZES = /* @__PURE__ */ defineNames({
  ESSmall: 1,
  ESInteger: 2,
  ESDontCare: 3,
});
