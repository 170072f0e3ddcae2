// How assembly is written for a target: comments, separators, names of temporary labels. Taken from the MCAsmInfo of LLVM's
// targets (13 to 22) by what they answer; targets that are not listed have the default of LLVM, which is that of ELF.

import { isDarwin } from '../target-triple.ts';

/** How operands of instructions tell registers from symbols. */
export type OperandStyle = 'x86' | 'arm' | 'aarch64' | 'riscv' | 'ppc' | 'marked' | 'unknown';

/** Object format, as far as it matters to names. */
export type AssemblyFormat = 'elf' | 'macho' | 'coff';

/** The assembly language of a target. */
export interface AssemblySyntax {
  readonly style: OperandStyle;
  readonly format: AssemblyFormat;
  /** What begins a comment up to the end of the line, beside `//` and, at the beginning of a statement, `#`. */
  readonly comment: string;
  /** What separates statements in a line. */
  readonly separator: string;
  /** What the names of temporary labels begin with. */
  readonly temporaryPrefix: string;
  /** Whether `@` may stand in a name; where it is a comment it may not. */
  readonly hasAtInNames: boolean;
  /** Whether an x86 target is one of 64 bits. */
  readonly is64Bit: boolean;
}

/** Architectures by the first word of a triple. */
const STYLES: readonly (readonly [RegExp, OperandStyle])[] = [
  [/^(x86_64|amd64|i[3-9]86)/, 'x86'],
  [/^(aarch64|arm64)/, 'aarch64'],
  [/^(arm|thumb)/, 'arm'],
  [/^riscv/, 'riscv'],
  [/^(powerpc|ppc)/, 'ppc'],
  // Registers begin with % or $, so that a word is a symbol.
  [/^(mips|loongarch|sparc|s390x|systemz)/, 'marked'],
];

/** Tells how module assembly of a triple is written. */
export function assemblySyntaxOf(triple: string): AssemblySyntax {
  const [architecture = '', , system = '', environment = ''] = triple.split('-', 4);
  const style = STYLES.find(([pattern]) => pattern.test(architecture))?.[1] ?? 'unknown';
  const format = formatOf(triple, system, environment);
  const is64Bit = architecture.includes('64');
  const comment = commentOf(architecture, style, format);
  return {
    style,
    format,
    comment,
    separator: style === 'aarch64' && format === 'macho' ? '%%' : ';',
    temporaryPrefix: temporaryPrefixOf(architecture, style, format, is64Bit),
    hasAtInNames: comment !== '@',
    is64Bit,
  };
}

function formatOf(triple: string, system: string, environment: string): AssemblyFormat {
  if (environment.endsWith('elf')) return 'elf';
  if (environment.endsWith('macho')) return 'macho';
  if (environment.endsWith('coff')) return 'coff';
  if (isDarwin(triple)) return 'macho';
  return /^(windows|win32|cygwin|mingw|uefi)/.test(system) ? 'coff' : 'elf';
}

function commentOf(architecture: string, style: OperandStyle, format: AssemblyFormat): string {
  if (style === 'arm') return '@';
  if (style === 'aarch64') return format === 'macho' ? ';' : '//';
  if (/^(avr|msp430|amdgcn|r600|m68k)/.test(architecture)) return ';';
  if (/^(sparc|lanai)/.test(architecture)) return '!';
  return /^(hexagon|nvptx)/.test(architecture) ? '//' : '#';
}

function temporaryPrefixOf(
  architecture: string,
  style: OperandStyle,
  format: AssemblyFormat,
  is64Bit: boolean,
): string {
  if (format === 'macho') return 'L';
  if (format === 'coff') return style === 'arm' ? '$M' : style === 'x86' && !is64Bit ? 'L' : '.L';
  return /^mips(el)?$/.test(architecture) ? '$' : '.L';
}
