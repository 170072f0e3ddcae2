// Which symbol stands at a place, of all symbols of a table. Arrays instead of a Map by place: a table may have more symbols
// than a Map takes, and V8 hashes a bigint by its low 64 bits, so that one number made of section and value is no key.

import { SPECIAL_SECTIONS } from '../constants/section.ts';
import { SYMBOL_BINDINGS, SYMBOL_TYPES } from '../constants/symbol.ts';
import type { ElfSymbolTable } from '../symbol.ts';

const { SHN_UNDEF, SHN_XINDEX } = SPECIAL_SECTIONS.values;
const { STB_LOCAL } = SYMBOL_BINDINGS.values;
const { STT_NOTYPE, STT_SECTION, STT_FILE } = SYMBOL_TYPES.values;

/** What makes a place, and which of several symbols there speaks for it. By symbol. */
interface Keys {
  /** Empty where the value alone makes the place. */
  readonly sections: Float64Array;
  readonly values: BigUint64Array;
  readonly ranks: Uint8Array;
}

/** Defined symbols with a name, by place. Making it costs a pass over the symbol table, and sorting. */
export class SymbolPlaces {
  private readonly keys: Keys;
  /** By section, value, and rank. */
  private readonly order: Uint32Array;

  /** @param hasSections - Whether the section belongs to the place: values are offsets in sections, not addresses. */
  constructor(symbols: ElfSymbolTable, hasSections: boolean) {
    const { length } = symbols;
    const sections = new Float64Array(hasSections ? length : 0);
    const values = new BigUint64Array(length);
    const ranks = new Uint8Array(length);
    const order = new Uint32Array(length);
    let count = 0;
    for (let i = 1; i < length; i += 1) {
      if (!isMark(symbols, i)) continue;
      if (hasSections) sections[i] = symbols.sectionIndex(i);
      values[i] = symbols.value(i);
      ranks[i] = rankOf(symbols, i);
      order[count++] = i;
    }
    this.keys = { sections, values, ranks };
    this.order = order.slice(0, count).sort((a, b) => compare(this.keys, a, b));
  }

  /**
   * The symbol at a place: of several a global one, then a function or an object, then the first.
   *
   * @param section - Not looked at where sections do not belong to places.
   */
  find(section: number, value: bigint): number | undefined {
    const { order, keys } = this;
    const hasSections = keys.sections.length > 0;
    const isBefore = (symbol: number): boolean => {
      const distance = hasSections ? (keys.sections[symbol] as number) - section : 0;
      return distance < 0 || (distance === 0 && (keys.values[symbol] as bigint) < value);
    };
    let low = 0;
    let high = order.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isBefore(order[middle] as number)) low = middle + 1;
      else high = middle;
    }
    const symbol = order[low];
    if (symbol === undefined || keys.values[symbol] !== value) return undefined;
    return hasSections && keys.sections[symbol] !== section ? undefined : symbol;
  }
}

/** Whether a symbol can stand for a place: `$x` and the like say what kind of bytes follow. */
function isMark(symbols: ElfSymbolTable, index: number): boolean {
  const type = symbols.type(index);
  const section = symbols.rawSectionIndex(index);
  if (type === STT_SECTION || type === STT_FILE || section === SHN_UNDEF) return false;
  // Without the table of such numbers nobody knows where it stands, which is no fault of the others.
  if (section === SHN_XINDEX && !symbols.hasExtendedIndices) return false;
  return symbols.hasName(index) && !symbols.nameStartsWith(index, '$');
}

/** Of several symbols in one place global ones speak for it, and functions and objects before labels. */
function rankOf(symbols: ElfSymbolTable, index: number): number {
  return (symbols.binding(index) === STB_LOCAL ? 0 : 2) + (symbols.type(index) === STT_NOTYPE ? 0 : 1);
}

function compare({ sections, values, ranks }: Keys, a: number, b: number): number {
  const bySection = sections.length === 0 ? 0 : (sections[a] as number) - (sections[b] as number);
  if (bySection !== 0) return bySection;
  const [first, second] = [values[a] as bigint, values[b] as bigint];
  if (first !== second) return first < second ? -1 : 1;
  return (ranks[b] as number) - (ranks[a] as number) || a - b;
}
