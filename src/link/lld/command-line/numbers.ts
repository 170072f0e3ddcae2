// How lld reads numbers of its command line: LLVM's to_integer.

/**
 * Reads a decimal number of 64 bits with a sign, and nothing around it.
 *
 * @returns `undefined` if it is none.
 */
export function parseInteger(text: string): bigint | undefined {
  if (!/^-?[0-9]{1,40}$/.test(text)) return undefined;
  const number = BigInt(text);
  return BigInt.asIntN(64, number) === number ? number : undefined;
}

const FORMS: readonly (readonly [RegExp, string])[] = [
  [/^0[xX]([0-9a-fA-F]+)$/, '0x'],
  [/^0[bB]([01]+)$/, '0b'],
  [/^0o([0-7]+)$/, '0o'],
  [/^0([0-7]+)$/, '0o'],
  [/^((?:0|[1-9][0-9]*))$/, ''],
];

/**
 * Reads a number without sign of 64 bits whose base its beginning tells: `0x`, `0b`, `0o` or `0`.
 *
 * @returns `undefined` if it is none.
 */
export function parseUnsigned(text: string): bigint | undefined {
  if (text.length > 100) return undefined;
  for (const [form, prefix] of FORMS) {
    const digits = form.exec(text)?.[1];
    if (digits === undefined) continue;
    const number = BigInt(prefix + digits);
    return BigInt.asUintN(64, number) === number ? number : undefined;
  }
  return undefined;
}
