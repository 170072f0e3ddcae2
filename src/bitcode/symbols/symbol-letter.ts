// The letters of llvm-nm for symbols of bitcode (getSymbolNMTypeChar and its callers in llvm/tools/llvm-nm/llvm-nm.cpp).

import { IRSYMTAB_FLAGS } from '../codes/irsymtab.ts';

const F = IRSYMTAB_FLAGS;

/**
 * The letter for the flags of a symbol.
 *
 * @param isDarwinConstant - Asked only for data; whether the symbol is a constant of a Darwin module.
 */
export function letterOfFlags(flags: number, isDarwinConstant: () => boolean): string {
  if ((flags & F.FB_undefined) !== 0) return (flags & F.FB_weak) !== 0 ? 'w' : 'U';
  if ((flags & F.FB_weak) !== 0) return 'W';
  if ((flags & F.FB_common) !== 0) return 'C';
  const isGlobal = (flags & F.FB_global) !== 0;
  if ((flags & F.FB_executable) !== 0) return isGlobal ? 'T' : 't';
  if (isDarwinConstant()) return isGlobal ? 'S' : 's';
  return isGlobal ? 'D' : 'd';
}
