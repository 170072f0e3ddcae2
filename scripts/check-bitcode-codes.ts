// Compares the tables of bitcode codes with LLVM's headers, enum by enum and in both directions: no value of ours differs,
// and no name of an enum is missing. Run it with a Node that takes TypeScript (22.18 or later), or with
// `npx vitest run test/differential/bitcode-codes.test.ts`.

import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { BLOCKINFO_CODES } from '../src/bitcode/bitstream/index.ts';
import { ATTRIBUTE_KINDS, PARAMATTR_CODES } from '../src/bitcode/codes/attribute.ts';
import { BLOCK_IDS } from '../src/bitcode/codes/block-ids.ts';
import { COMDAT_SELECTION_KINDS } from '../src/bitcode/codes/comdat.ts';
import { BINARY_OPCODES, CAST_OPCODES, CONSTANTS_CODES } from '../src/bitcode/codes/constants.ts';
import { FUNCTION_CODES } from '../src/bitcode/codes/function.ts';
import { IDENTIFICATION_CODES } from '../src/bitcode/codes/identification.ts';
import { METADATA_CODES } from '../src/bitcode/codes/metadata.ts';
import { MODULE_STRTAB_CODES } from '../src/bitcode/codes/module-strtab.ts';
import { MODULE_CODES } from '../src/bitcode/codes/module.ts';
import { STRTAB_CODES, SYMTAB_CODES } from '../src/bitcode/codes/string-table.ts';
import { SUMMARY_CODES } from '../src/bitcode/codes/summary.ts';
import { OPERAND_BUNDLE_TAG_CODES, SYNC_SCOPE_NAME_CODES } from '../src/bitcode/codes/tags.ts';
import { TYPE_CODES } from '../src/bitcode/codes/type.ts';
import { USELIST_CODES } from '../src/bitcode/codes/uselist.ts';
import { VALUE_SYMTAB_CODES } from '../src/bitcode/codes/value-symtab.ts';

/** Where Debian's llvm-22-dev puts the headers of LLVM. */
export const BITCODE_HEADERS = '/usr/include/llvm-22/llvm';

/** The enums of LLVMBitCodes.h. Those that number operands of instructions are left out: no body is decoded so far. */
const ENUMS: Readonly<Record<string, { readonly values: Readonly<Record<string, number>> }>> = {
  BlockIDs: BLOCK_IDS,
  IdentificationCodes: IDENTIFICATION_CODES,
  ModuleCodes: MODULE_CODES,
  AttributeCodes: PARAMATTR_CODES,
  TypeCodes: TYPE_CODES,
  OperandBundleTagCode: OPERAND_BUNDLE_TAG_CODES,
  SyncScopeNameCode: SYNC_SCOPE_NAME_CODES,
  ValueSymtabCodes: VALUE_SYMTAB_CODES,
  ModulePathSymtabCodes: MODULE_STRTAB_CODES,
  GlobalValueSummarySymtabCodes: SUMMARY_CODES,
  MetadataCodes: METADATA_CODES,
  ConstantsCodes: CONSTANTS_CODES,
  CastOpcodes: CAST_OPCODES,
  BinaryOpcodes: BINARY_OPCODES,
  FunctionCodes: FUNCTION_CODES,
  UseListCodes: USELIST_CODES,
  AttributeKindCodes: ATTRIBUTE_KINDS,
  ComdatSelectionKindCodes: COMDAT_SELECTION_KINDS,
  StrtabCodes: STRTAB_CODES,
  SymtabCodes: SYMTAB_CODES,
  BlockInfoCodes: BLOCKINFO_CODES,
};

/** What was compared, and each difference as a sentence. */
export interface CodesReport {
  readonly compared: number;
  readonly differences: readonly string[];
}

/** The enumerators of an enum; one without value is one more than that before it. */
function enumerators(text: string, name: string): Map<string, number> {
  const body = new RegExp(`enum ${name}[^{]*\\{([^}]*)\\}`).exec(text)?.[1] ?? '';
  const values = new Map<string, number>();
  let next = 0;
  for (const [, enumerator, value] of body.matchAll(/(\w+)(?:\s*=\s*(\w+))?\s*(?:,|$)/g)) {
    if (value !== undefined) next = value === 'FIRST_APPLICATION_BLOCKID' ? 8 : Number(value);
    values.set(enumerator as string, next);
    next += 1;
  }
  return values;
}

/** Compares all tables with the headers under `directory`. */
export function checkBitcodeCodes(directory = BITCODE_HEADERS): CodesReport {
  const headers = ['Bitcode/LLVMBitCodes.h', 'Bitstream/BitCodeEnums.h'];
  const text = headers
    .map((header) => readFileSync(`${directory}/${header}`, 'utf8').replace(/\/\/.*/g, ''))
    .join('\n');
  const differences: string[] = [];
  let compared = 0;
  for (const [name, table] of Object.entries(ENUMS)) {
    const theirs = enumerators(text, name);
    // The only block that the bitstream format itself defines.
    if (name === 'BlockIDs') theirs.set('BLOCKINFO_BLOCK_ID', 0);
    for (const [code, value] of Object.entries(table.values)) {
      compared += 1;
      const expected = theirs.get(code);
      if (expected !== value) differences.push(`${code} is ${value}, but ${expected ?? 'not there'} in enum ${name}`);
    }
    for (const [code, value] of theirs) {
      if (!(code in table.values)) differences.push(`${code} = ${value} of enum ${name} is missing`);
    }
  }
  return { compared, differences };
}

function main(): void {
  if (!existsSync(BITCODE_HEADERS)) {
    console.log(`skipped: ${BITCODE_HEADERS} is not there (Debian package llvm-22-dev)`);
    return;
  }
  const { compared, differences } = checkBitcodeCodes();
  for (const difference of differences) console.error(difference);
  console.log(`${compared} codes compared, ${differences.length} differences`);
  if (differences.length > 0) process.exitCode = 1;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) main();
