// The bytes of an input again: what a dry run needs only when something is wrong is read then.

import { ByteRange } from '../../bytes/index.ts';
import type { InputHost } from '../walk.ts';
import type { LoadedInput } from './loaded-input.ts';

// One input is read at a time, and a read for each table would cost more than the bytes.
let scratch: Uint8Array | undefined;
const SCRATCH_BYTES = 1 << 20;

/**
 * Opens the file of an input and hands its bytes to a step, which must not keep them. A file that is gone or shorter by now is
 * passed over.
 */
export function withInputBytes(host: InputHost, input: LoadedInput, step: (range: ByteRange) => void): void {
  const opened = host.open(input.file);
  if ('kind' in opened) return;
  try {
    const whole = ByteRange.ofSource(opened.source, [input.name]);
    if (input.base <= whole.length && input.size <= whole.length - input.base) {
      scratch ??= new Uint8Array(SCRATCH_BYTES);
      step(whole.part(input.base, input.size, 'the input').loadInto(scratch));
    }
  } finally {
    opened.close();
  }
}
