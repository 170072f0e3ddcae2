// Build attributes of Arm and RISC-V as ld.lld reads them: "Addenda to, and Errata in, the ABI for the Arm Architecture",
// section 3.2. What values mean, and which tags below 32 a vendor has, is not looked at.

import { decodeName, endOfString } from '../../../bytes/index.ts';
import type { ByteView } from '../../../bytes/index.ts';
import { MACHINES } from '../../constants/machine.ts';
import type { ValidationContext } from '../context.ts';

const { EM_ARM } = MACHINES.values;

const FORMAT_VERSION = 0x41;
const WORD = 4;
const SCOPE_HEADER = 5;
const [TAG_FILE, TAG_SYMBOL] = [1, 3];
const TAG_COMPATIBILITY = 32;
/** Tags below stand for scopes. */
const FIRST_TAG = 4;
/** From here on even tags are numbers and odd ones texts. */
const FIRST_RULED_TAG = 32;
/** Texts by vendor, where the rule does not say so. */
const TEXTS: ReadonlyMap<string, ReadonlySet<number>> = /* @__PURE__ */ new Map([
  ['aeabi', new Set([4, 5])],
  ['riscv', new Set([5])],
]);

type AttributeSituation = 'version' | 'length' | 'vendor' | 'size' | 'scope' | 'tag' | 'cut';

/** Checks all sections of the type. */
export function checkAttributes(context: ValidationContext): void {
  const { survey, sections, elf } = context;
  for (const index of survey.attributes) {
    const size = sections.size(index);
    if (size === 0 || !sections.isInFile(index) || context.useOf(index) !== 'input') continue;
    if (!context.spend(size, index)) return;
    context.guard(index, () => {
      new AttributesCheck(context, index, elf.sectionView(index)).run();
    });
  }
}

/** A pass over the attributes of one section; it ends at the first that is damaged, as a linker does. */
class AttributesCheck {
  private readonly context: ValidationContext;
  private readonly index: number;
  private readonly view: ByteView;
  private readonly vendor: string;
  private at = 0;

  constructor(context: ValidationContext, index: number, view: ByteView) {
    this.context = context;
    this.index = index;
    this.view = view;
    this.vendor = context.elf.header.machine === EM_ARM ? 'aeabi' : 'riscv';
  }

  run(): void {
    const { view } = this;
    const version = view.bytes[0] ?? 0;
    if (version !== FORMAT_VERSION) {
      this.add('version', 0, version, `the format is 0x${version.toString(16)}, but 0x41 ("A") was expected`);
      return;
    }
    this.at = 1;
    while (this.at < view.length) {
      const start = this.at;
      const left = view.length - start;
      if (left < WORD) {
        this.cut();
        return;
      }
      const length = this.word();
      if (length < WORD || length > left) {
        this.add('length', start, length, `a subsection has a length of ${length} bytes, but ${left} are left`);
        return;
      }
      if (!this.checkSubsection(start, start + length)) return;
    }
  }

  private word(): number {
    const value = this.view.data.getUint32(this.at, this.context.elf.encoding.littleEndian);
    this.at += WORD;
    return value;
  }

  /** Whether the next subsection is to be read. */
  private checkSubsection(start: number, end: number): boolean {
    const { view, vendor, context } = this;
    const nameEnd = endOfString(view.bytes, this.at);
    if (nameEnd >= view.length) return this.cut();
    const name = decodeName(view.bytes, this.at, nameEnd);
    this.at = nameEnd + 1;
    if (name.toLowerCase() !== vendor) {
      const { name: linker, major = Number.POSITIVE_INFINITY } = context.link.linker;
      // Others than old versions skip it, as the format asks for.
      if (linker === 'lld' && major <= 16) {
        this.add('vendor', start + WORD, name, `a subsection is of the vendor "${name}"`);
        return false;
      }
      this.at = end;
      return true;
    }
    while (this.at < end) if (!this.checkScope()) return false;
    return true;
  }

  private checkScope(): boolean {
    const { view } = this;
    const start = this.at;
    if (view.length - start < SCOPE_HEADER) return this.cut();
    const scope = view.bytes[start] ?? 0;
    this.at += 1;
    const size = this.word();
    if (size < SCOPE_HEADER) {
      this.add('size', start, size, `the attributes of a scope have ${size} bytes, fewer than its header`);
      return false;
    }
    if (scope < TAG_FILE || scope > TAG_SYMBOL) {
      this.add('scope', start, scope, `the scope ${scope} is none of file, section and symbol`);
      return false;
    }
    // Sections and symbols are listed, up to a 0.
    if (scope !== TAG_FILE) {
      for (;;) {
        const number = this.number();
        if (number === undefined) return this.cut();
        if (number === 0) break;
      }
    }
    const end = this.at + size - SCOPE_HEADER;
    while (this.at < end) if (!this.checkAttribute()) return false;
    return true;
  }

  private checkAttribute(): boolean {
    const start = this.at;
    const tag = this.number();
    if (tag === undefined) return this.cut();
    if (tag < FIRST_TAG) {
      this.add('tag', start, tag, `an attribute has the tag ${tag}`);
      return false;
    }
    const isText = tag < FIRST_RULED_TAG ? (TEXTS.get(this.vendor)?.has(tag) ?? false) : tag % 2 === 1;
    const isWhole = isText
      ? this.skipText()
      : this.number() !== undefined && (tag !== TAG_COMPATIBILITY || this.skipText());
    return isWhole || this.cut();
  }

  /** The next LEB128 number, rounded above 2^53; `undefined` where it is cut off. */
  private number(): number | undefined {
    const { bytes } = this.view;
    let value = 0;
    for (let scale = 1; this.at < bytes.length; scale *= 128) {
      const byte = bytes[this.at] ?? 0;
      this.at += 1;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    return undefined;
  }

  private skipText(): boolean {
    const { view } = this;
    const end = endOfString(view.bytes, this.at);
    this.at = end + 1;
    return end < view.length;
  }

  private cut(): false {
    this.add('cut', this.view.length, this.view.length, 'the attributes end within one');
    return false;
  }

  private add(situation: AttributeSituation, at: number, found: number | string, reason: string): void {
    this.context.report.add({
      condition: 'attributes-encoding',
      situation,
      sectionIndex: this.index,
      offset: this.view.base + at,
      found,
      reason,
      data: {
        at: at.toString(16),
        upper: at.toString(16).toUpperCase(),
        hex: typeof found === 'number' ? found.toString(16) : '',
        version: typeof found === 'number' ? found.toString(16).toUpperCase() : '',
      },
    });
  }
}
