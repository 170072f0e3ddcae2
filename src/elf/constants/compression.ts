// ch_type of compressed sections: gABI "Section Compression", and LLVM 22 (llvm/BinaryFormat/ELF.h), compared with that
// header by scripts/check-constants.ts. Left out: the ends of ranges.

import { defineNames } from '../../names/index.ts';

/** Names of `ch_type`. */
export const COMPRESSION_TYPES = /* @__PURE__ */ defineNames({
  ELFCOMPRESS_ZLIB: 1,
  ELFCOMPRESS_ZSTD: 2,
});
