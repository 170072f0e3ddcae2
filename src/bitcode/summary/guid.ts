// GUIDs: what summaries call global values by across modules (GlobalValue::getGUID in llvm/lib/IR/Globals.cpp).
//
//   GUID       = the first eight bytes of the MD5 of the identifier, little endian
//   identifier = name, without a leading byte 1, or of a value that only its module sees: source file, delimiter, name

import { md5 } from '@noble/hashes/legacy.js';
import { encodeName } from '../../bytes/index.ts';

/**
 * What stands between source file and name in the identifier of a local value: `;` since LLVM 18, `:` before. A summary of
 * a module does not store GUIDs of its own values, so that the linker which reads it decides.
 */
export type IdentifierDelimiter = ';' | ':';

const UNKNOWN_SOURCE = '<unknown>';

/**
 * Works out the GUID of an identifier; for a value that other modules see that is its name.
 *
 * @param identifier - As the readers of this library give names; other bytes than UTF-8 are escaped.
 * @example
 * guidOf('main'); // 15822663052811949562n
 */
export function guidOf(identifier: string): bigint {
  const [first = 0, second = 0, third = 0, fourth = 0, fifth = 0, sixth = 0, seventh = 0, eighth = 0] = md5(
    encodeName(identifier),
  );
  const lower = first | (second << 8) | (third << 16) | (fourth << 24);
  const upper = fifth | (sixth << 8) | (seventh << 16) | (eighth << 24);
  return (BigInt(upper >>> 0) << 32n) | BigInt(lower >>> 0);
}

/**
 * Makes the identifier whose GUID stands for a value.
 *
 * @param name - Name in LLVM's assembly.
 * @param isLocal - Whether only its module sees it.
 * @param sourceFileName - As the module states it.
 */
export function globalIdentifier(
  name: string,
  isLocal: boolean,
  sourceFileName: string | undefined,
  delimiter: IdentifierDelimiter = ';',
): string {
  const plain = name.startsWith('\x01') ? name.slice(1) : name;
  if (!isLocal) return plain;
  return `${sourceFileName === undefined || sourceFileName === '' ? UNKNOWN_SOURCE : sourceFileName}${delimiter}${plain}`;
}
