// `.note.gnu.property` as a linker reads it: notes, and in those of GNU type 5 properties of a type, a size and data. Linux
// Extensions to gABI, "Program Property".

import { MACHINES } from '../../constants/machine.ts';
import type { ByteView } from '../../../bytes/index.ts';
import type { ValidationContext } from '../context.ts';

const { EM_386, EM_X86_64, EM_AARCH64 } = MACHINES.values;

const NOTE_HEADER = 12;
const PROPERTY_HEADER = 8;
const NT_GNU_PROPERTY_TYPE_0 = 5;
const GNU_PROPERTY_AARCH64_FEATURE_1_AND = 0xc0000000;
const GNU_PROPERTY_X86_FEATURE_1_AND = 0xc0000002;
const GNU_PROPERTY_AARCH64_FEATURE_PAUTH = 0xc0000001;
const PAUTH_SIZE = 16;

type PropertyCondition = `gnu-property-${'note' | 'size' | 'feature' | 'padding'}`;

/** Checks all sections of that name. */
export function checkProperties(context: ValidationContext): void {
  const { survey, sections, elf } = context;
  for (const index of survey.properties) {
    const size = sections.size(index);
    if (size === 0 || !sections.hasContent(index) || !sections.isInFile(index) || !context.spend(size, index)) continue;
    context.guard(index, () => {
      const alignment = sections.alignment(index);
      new PropertyCheck(context, index, elf.sectionView(index), alignment === 8 ? 8 : 4).run();
    });
  }
}

function alignUp(number: number, alignment: number): number {
  return Math.ceil(number / alignment) * alignment;
}

/** A pass over the notes of one section. It ends at the first that is damaged, as a linker does. */
class PropertyCheck {
  private readonly context: ValidationContext;
  private readonly index: number;
  private readonly view: ByteView;
  private readonly alignment: number;
  private hasPauth = false;

  constructor(context: ValidationContext, index: number, view: ByteView, alignment: number) {
    this.context = context;
    this.index = index;
    this.view = view;
    this.alignment = alignment;
  }

  run(): void {
    const { view, alignment } = this;
    const { littleEndian } = this.context.elf.encoding;
    let offset = 0;
    while (offset < view.length) {
      const left = view.length - offset;
      if (left < NOTE_HEADER) {
        this.add('gnu-property-note', offset, `${left} bytes are left, too few for a note`);
        return;
      }
      const nameSize = view.data.getUint32(offset, littleEndian);
      const descriptionSize = view.data.getUint32(offset + 4, littleEndian);
      const type = view.data.getUint32(offset + 8, littleEndian);
      const descriptionAt = alignUp(NOTE_HEADER + nameSize, alignment);
      const span = alignUp(descriptionAt + descriptionSize, alignment);
      if (span > left) {
        this.add('gnu-property-note', offset, `a note of ${span} bytes, but ${left} are left`);
        return;
      }
      const isGnu = nameSize === 4 && type === NT_GNU_PROPERTY_TYPE_0 && this.isNameGnu(offset + NOTE_HEADER);
      if (isGnu && !this.checkNote(offset, offset + descriptionAt, descriptionSize)) return;
      offset += span;
    }
  }

  private isNameGnu(offset: number): boolean {
    const { bytes } = this.view;
    return (
      bytes[offset] === 0x47 && bytes[offset + 1] === 0x4e && bytes[offset + 2] === 0x55 && bytes[offset + 3] === 0
    );
  }

  private checkNote(note: number, start: number, size: number): boolean {
    const { view, context } = this;
    const { littleEndian, layout } = context.elf.encoding;
    const padding = layout.bits === 64 ? 8 : 4;
    const isAArch64 = context.elf.header.machine === EM_AARCH64;
    const featureType = isAArch64 ? GNU_PROPERTY_AARCH64_FEATURE_1_AND : GNU_PROPERTY_X86_FEATURE_1_AND;
    let at = 0;
    while (at < size) {
      const left = size - at;
      if (left < PROPERTY_HEADER) {
        return this.add('gnu-property-size', start + at, `${left} bytes are left in the note, too few for a property`);
      }
      const type = view.data.getUint32(start + at, littleEndian);
      const dataSize = view.data.getUint32(start + at + 4, littleEndian);
      if (dataSize > left - PROPERTY_HEADER) {
        const reason = `a property with ${dataSize} bytes of data, but the note has ${left - PROPERTY_HEADER} left`;
        return this.add('gnu-property-size', start + at, reason);
      }
      if (type === featureType && dataSize < 4) {
        return this.add(
          'gnu-property-feature',
          start + at,
          `the feature bits have ${dataSize} bytes, but 4 were expected`,
        );
      }
      if (isAArch64 && type === GNU_PROPERTY_AARCH64_FEATURE_PAUTH && !this.checkPauth(note, start + at, dataSize)) {
        return false;
      }
      const span = PROPERTY_HEADER + alignUp(dataSize, padding);
      if (span > left) {
        const reason = `a property with ${dataSize} bytes of data is not padded to ${padding} within its note`;
        return this.add('gnu-property-padding', start + at, reason);
      }
      at += span;
    }
    return true;
  }

  /** lld ends the check of the section at a property that it refuses; versions that do not know it go on. */
  private checkPauth(note: number, at: number, dataSize: number): boolean {
    const { context, index, view } = this;
    const isTwice = this.hasPauth;
    this.hasPauth = true;
    if (dataSize === PAUTH_SIZE && !isTwice) return true;
    context.report.add({
      condition: 'gnu-property-pauth',
      situation: isTwice ? 'twice' : 'size',
      sectionIndex: index,
      offset: view.base + at,
      expected: PAUTH_SIZE,
      found: dataSize,
      reason: isTwice
        ? 'the pointer authentication ABI (GNU_PROPERTY_AARCH64_FEATURE_PAUTH) is told twice'
        : `the pointer authentication ABI (GNU_PROPERTY_AARCH64_FEATURE_PAUTH) has ${dataSize} bytes, but 16 were expected`,
      data: { note: note.toString(16) },
    });
    return false;
  }

  private add(condition: PropertyCondition, at: number, reason: string): false {
    const { context, index, view } = this;
    const { machine } = context.elf.header;
    const isRead = machine === EM_AARCH64 || machine === EM_X86_64 || machine === EM_386;
    context.report.add({
      condition,
      situation: isRead ? 'machine' : 'other',
      sectionIndex: index,
      offset: view.base + at,
      reason,
      data: { at: at.toString(16) },
    });
    return false;
  }
}
