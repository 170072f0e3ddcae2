// @webassemblyjs/leb128 1.14.1 brings no types; these are the parts that leb128.ts uses.
declare module '@webassemblyjs/leb128' {
  /** A `Long` of @xtuc/long. */
  interface Long {
    readonly low: number;
    readonly high: number;
    readonly unsigned: boolean;
  }
  export const MAX_NUMBER_OF_BYTE_U64: 10;
  export function decodeUInt64(encodedBuffer: Uint8Array, index: number): { value: Long; nextIndex: number };
}
