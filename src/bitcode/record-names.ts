// Which table of codes belongs to which block.

import type { NameTable } from '../names/index.ts';
import { PARAMATTR_CODES } from './codes/attribute.ts';
import { BLOCK_IDS } from './codes/block-ids.ts';
import { CONSTANTS_CODES } from './codes/constants.ts';
import { FUNCTION_CODES } from './codes/function.ts';
import { IDENTIFICATION_CODES } from './codes/identification.ts';
import { METADATA_CODES } from './codes/metadata.ts';
import { MODULE_STRTAB_CODES } from './codes/module-strtab.ts';
import { MODULE_CODES } from './codes/module.ts';
import { STRTAB_CODES, SYMTAB_CODES } from './codes/string-table.ts';
import { SUMMARY_CODES } from './codes/summary.ts';
import { OPERAND_BUNDLE_TAG_CODES, SYNC_SCOPE_NAME_CODES } from './codes/tags.ts';
import { TYPE_CODES } from './codes/type.ts';
import { USELIST_CODES } from './codes/uselist.ts';
import { VALUE_SYMTAB_CODES } from './codes/value-symtab.ts';
import { BLOCKINFO_CODES } from './bitstream/index.ts';
import type { BlockInfo } from './bitstream/index.ts';

const B = BLOCK_IDS.values;

const TABLES: ReadonlyMap<number, NameTable<string>> = /* @__PURE__ */ new Map<number, NameTable<string>>([
  [B.BLOCKINFO_BLOCK_ID, BLOCKINFO_CODES],
  [B.MODULE_BLOCK_ID, MODULE_CODES],
  [B.PARAMATTR_BLOCK_ID, PARAMATTR_CODES],
  [B.PARAMATTR_GROUP_BLOCK_ID, PARAMATTR_CODES],
  [B.CONSTANTS_BLOCK_ID, CONSTANTS_CODES],
  [B.FUNCTION_BLOCK_ID, FUNCTION_CODES],
  [B.IDENTIFICATION_BLOCK_ID, IDENTIFICATION_CODES],
  [B.VALUE_SYMTAB_BLOCK_ID, VALUE_SYMTAB_CODES],
  [B.METADATA_BLOCK_ID, METADATA_CODES],
  [B.METADATA_ATTACHMENT_ID, METADATA_CODES],
  [B.TYPE_BLOCK_ID_NEW, TYPE_CODES],
  [B.USELIST_BLOCK_ID, USELIST_CODES],
  [B.MODULE_STRTAB_BLOCK_ID, MODULE_STRTAB_CODES],
  [B.GLOBALVAL_SUMMARY_BLOCK_ID, SUMMARY_CODES],
  [B.OPERAND_BUNDLE_TAGS_BLOCK_ID, OPERAND_BUNDLE_TAG_CODES],
  [B.METADATA_KIND_BLOCK_ID, METADATA_CODES],
  [B.STRTAB_BLOCK_ID, STRTAB_CODES],
  [B.FULL_LTO_GLOBALVAL_SUMMARY_BLOCK_ID, SUMMARY_CODES],
  [B.SYMTAB_BLOCK_ID, SYMTAB_CODES],
  [B.SYNC_SCOPE_NAMES_BLOCK_ID, SYNC_SCOPE_NAME_CODES],
]);

/**
 * The name of blocks of an id: that of LLVMBitCodes.h (`MODULE_BLOCK_ID`), else the one that the file gives.
 *
 * @param info - The BLOCKINFO in force, where names of the file are wanted.
 * @returns `undefined` where neither has one.
 */
export function blockNameOf(blockId: number, info?: BlockInfo): string | undefined {
  return BLOCK_IDS.nameOf(blockId) ?? info?.blockName(blockId);
}

/**
 * The name of records of a code in blocks of an id: that of LLVMBitCodes.h (`MODULE_CODE_TRIPLE`), else the one that the
 * file gives.
 *
 * @param info - The BLOCKINFO in force, where names of the file are wanted.
 * @returns `undefined` where neither has one.
 */
export function recordNameOf(blockId: number, code: number, info?: BlockInfo): string | undefined {
  return TABLES.get(blockId)?.nameOf(code) ?? info?.recordName(blockId, code);
}
