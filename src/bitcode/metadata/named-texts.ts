// Texts for the linker and for people in named metadata: who compiled a module and how, libraries and options that it asks
// the linker for (llvm/docs/LangRef.rst, "Automatic Linker Flags Named Metadata", "Dependent Libraries Named Metadata").

import type { BitcodeModule } from '../module.ts';
import { readMetadata } from './metadata.ts';
import type { BitcodeMetadata, BitcodeMetadataOperand } from './metadata.ts';
import { readModuleFlags } from './module-flags.ts';

const IDENT = 'llvm.ident';
const COMMAND_LINE = 'llvm.commandline';
const LIBRARIES = 'llvm.dependent-libraries';
const OPTIONS = 'llvm.linker.options';
/** The flag that held the options up to LLVM 4. */
const OPTIONS_FLAG = 'Linker Options';

/**
 * Reads who compiled a module: `llvm.ident`. A module that was linked from several has the text of each.
 *
 * @param metadata - The metadata of the module, if it was read already.
 * @throws {@link FormatError} as {@link readMetadata}, and if a string is damaged.
 */
export function readIdents(module: BitcodeModule, metadata = readMetadata(module)): string[] {
  return firstTexts(metadata, IDENT);
}

/** Reads the command lines that compilers were told to keep: `llvm.commandline`. Otherwise as {@link readIdents}. */
export function readCommandLines(module: BitcodeModule, metadata = readMetadata(module)): string[] {
  return firstTexts(metadata, COMMAND_LINE);
}

/**
 * Reads the libraries that a module asks the linker for: those of the obsolete DEPLIB records (LLVM 3.0 to 3.2), then
 * `llvm.dependent-libraries` (since LLVM 9). Otherwise as {@link readIdents}.
 */
export function readDependentLibraries(module: BitcodeModule, metadata = readMetadata(module)): string[] {
  return [...module.content().libraries, ...firstTexts(metadata, LIBRARIES)];
}

/**
 * Reads the options that a module asks the linker to take: `llvm.linker.options`, up to LLVM 4 the flag `Linker Options`.
 * Each is a list of words, such as `-framework`, `Cocoa`. What is no string is left out.
 *
 * @param metadata - The metadata of the module, if it was read already.
 * @throws {@link FormatError} as {@link readMetadata}, and if an option is damaged; `limit-exceeded` for more words
 *   than `Limits.bitcodeEntries`.
 */
export function readLinkerOptions(module: BitcodeModule, metadata = readMetadata(module)): string[][] {
  const lists: BitcodeMetadataOperand[] = [];
  for (const { key, operand } of readModuleFlags(module, metadata)) {
    const node = key === OPTIONS_FLAG ? metadata.resolve(operand) : undefined;
    if (node?.kind !== 'node') continue;
    metadata.checkEntries(lists.length + node.operands.length, 'linker options');
    for (const list of node.operands) lists.push(list);
  }
  for (const id of metadata.named.get(OPTIONS) ?? []) lists.push(id);
  let wordCount = 0;
  return lists.map((list) => {
    const node = metadata.resolve(list);
    if (node?.kind !== 'node') return [];
    // Each list may be the node of many others.
    wordCount += node.operands.length;
    metadata.checkEntries(wordCount, 'words of linker options');
    return node.operands.map((word) => metadata.text(word)).filter((word) => word !== undefined);
  });
}

/** The first operand of each node of a list, where it is a string. */
function firstTexts(metadata: BitcodeMetadata, name: string): string[] {
  const texts: string[] = [];
  for (const id of metadata.named.get(name) ?? []) {
    const node = metadata.item(id, 1);
    const text = node?.kind === 'node' ? metadata.text(node.operands[0]) : undefined;
    if (text !== undefined) texts.push(text);
  }
  return texts;
}
