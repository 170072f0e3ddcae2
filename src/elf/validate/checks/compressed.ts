// The header of compressed sections (SHF_COMPRESSED): gABI "Section Compression". The compressed bytes are not looked at.

import { SECTION_TYPES } from '../../constants/section.ts';
import type { ValidationContext } from '../context.ts';

const { SHT_NOBITS } = SECTION_TYPES.values;

const [ELFCOMPRESS_ZLIB, ELFCOMPRESS_ZSTD] = [1, 2];
const WORD = 4;

/** Checks the headers of all compressed sections. */
export function checkCompressed(context: ValidationContext): void {
  const { survey, sections, report, elf } = context;
  const headerSize = elf.layout.bits === 64 ? 24 : 12;
  for (const index of survey.compressed) {
    const use = context.useOf(index);
    if (use === 'table' || use === 'marker') continue;
    if (use !== 'input' && context.link.output === 'final') continue;
    if (sections.type(index) === SHT_NOBITS) {
      report.add({
        condition: 'compression-nobits',
        sectionIndex: index,
        offset: context.fieldOffset(index, WORD),
        reason: 'it has SHF_COMPRESSED, but no bytes in the file (SHT_NOBITS)',
      });
      continue;
    }
    if (!sections.isInFile(index)) continue;
    const size = sections.size(index);
    if (size < headerSize) {
      report.add({
        condition: 'compression-header',
        sectionIndex: index,
        offset: context.fieldOffset(index, elf.layout.sh_size),
        expected: headerSize,
        found: size,
        reason: `it has ${size} bytes, fewer than the header of compressed sections (${headerSize})`,
      });
      continue;
    }
    context.guard(index, () => {
      const { data, base } = elf.input.view(sections.offset(index), WORD, 'the header of a compressed section');
      const type = data.getUint32(0, elf.encoding.littleEndian);
      if (type === ELFCOMPRESS_ZLIB) return;
      report.add({
        condition: 'compression-type',
        situation: type === ELFCOMPRESS_ZSTD ? 'zstd' : 'unknown',
        sectionIndex: index,
        offset: base,
        found: type,
        reason:
          type === ELFCOMPRESS_ZSTD
            ? 'it is compressed with zstd, which lld reads since 16'
            : `its compression type is ${type}, which is neither zlib nor zstd`,
      });
    });
  }
}
