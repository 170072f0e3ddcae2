// The bytes of an input again: what a dry run needs only when something is wrong is read then.

import { ByteRange } from '../../bytes/index.ts';
import type { InputHost } from '../walk.ts';
import type { LoadedInput } from './loaded-input.ts';

/** Opens the file of an input and hands its bytes to a step. A file that is gone or shorter by now is passed over. */
export function withInputBytes(host: InputHost, input: LoadedInput, step: (range: ByteRange) => void): void {
  const opened = host.open(input.file);
  if ('kind' in opened) return;
  try {
    const whole = ByteRange.ofSource(opened.source, [input.name]);
    if (input.base <= whole.length && input.size <= whole.length - input.base) {
      step(whole.part(input.base, input.size, 'the input'));
    }
  } finally {
    opened.close();
  }
}
