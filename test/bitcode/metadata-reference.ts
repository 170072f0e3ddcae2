// The metadata of a module beside what llvm-dis prints of it.

import { expect } from 'vitest';
import {
  readCommandLines,
  readDependentLibraries,
  readIdents,
  readLinkerOptions,
  readMetadata,
  readModuleFlags,
  readUsedGlobals,
} from '../../src/bitcode/index.ts';
import type { BitcodeModule, BitcodeModuleFlag } from '../../src/bitcode/index.ts';
import { printedList, printedMetadata, printedString } from '../helpers/llvm-dis.ts';
import type { PrintedMetadata } from '../helpers/llvm-dis.ts';

/** A flag as llvm-dis prints it, without the types of numbers. */
function flagText({ behavior, key, value }: BitcodeModuleFlag): string {
  return `${behavior}, ${key}, ${value ?? 'node'}`;
}

function printedFlags(printed: PrintedMetadata): string[] {
  return printed.named('llvm.module.flags').map((text) => {
    const [, behavior = '', key = '', value = ''] = /^i32 (-?\d+), !"([^"]*)", (.*)$/.exec(text) ?? [];
    const number = /^i\d+ (-?\d+|true|false)$/.exec(value)?.[1];
    const string = /^!"([^"]*)"$/.exec(value)?.[1];
    const shown = number?.replace('true', '1').replace('false', '0') ?? string ?? 'node';
    return `${behavior}, ${printedString(key)}, ${shown}`;
  });
}

/** The strings in a node, as they are. */
const stringsIn = (text: string) => [...text.matchAll(/!"([^"]*)"/g)].map(([, string = '']) => printedString(string));

/**
 * Compares the metadata of a module with what llvm-dis prints.
 *
 * @param upgraded - Whether a newer LLVM printed it than the one that wrote the module.
 */
export function compareMetadata(module: BitcodeModule, text: string, upgraded: boolean): void {
  const printed = printedMetadata(text);
  const metadata = readMetadata(module);
  const flags = readModuleFlags(module, metadata).map(flagText);
  expect(upgraded ? flags.map(upgradedFlag) : flags).toEqual(printedFlags(printed));
  const list = (name: string) => printed.named(name).flatMap(stringsIn);
  expect(readIdents(module, metadata)).toEqual(list('llvm.ident'));
  expect(readCommandLines(module, metadata)).toEqual(list('llvm.commandline'));
  expect(readDependentLibraries(module, metadata)).toEqual(list('llvm.dependent-libraries'));
  expect(readLinkerOptions(module, metadata)).toEqual(printed.named('llvm.linker.options').map(stringsIn));
  const { used, compilerUsed } = readUsedGlobals(module);
  expect(used.map(({ name }) => name)).toEqual(printedList(text, 'llvm.used'));
  expect(compilerUsed.map(({ name }) => name)).toEqual(printedList(text, 'llvm.compiler.used'));
  if (upgraded) return;
  expect([...metadata.named.keys()].sort()).toEqual([...printed.names].sort());
  for (const [name, ids] of metadata.named) expect([name, ids.length]).toEqual([name, printed.named(name).length]);
}

/** What LLVM 22 makes of flags of older versions (UpgradeModuleFlags in llvm/lib/IR/AutoUpgrade.cpp). */
function upgradedFlag(flag: string): string {
  return flag
    .replace(/^7, PIC Level/, '8, PIC Level')
    .replace(/^[18], (branch-target-enforcement|sign-return-address.*|guarded-control-stack), /, '8, $1, ')
    .replace(/^(8, (?:branch-target-enforcement|sign-return-address.*|guarded-control-stack)), 1$/, '$1, 2');
}
