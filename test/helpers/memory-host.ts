// A disk in memory, for walks: paths to bytes, or to why there are none.

import { memorySource } from '../../src/bytes/index.ts';
import type { InputFailure, InputHost } from '../../src/link/index.ts';
import { latin1 } from './archive-builder.ts';

export interface MemoryHost extends InputHost {
  /** The files that were opened, in order. */
  readonly opened: readonly string[];
  /** How many files are open now. */
  readonly openCount: () => number;
  /** How many files were open at one time at most. */
  readonly openMaximum: () => number;
}

/** Makes a disk. The identity of a file is its path; a path that is not there is missing. */
export function memoryHost(files: Readonly<Record<string, Uint8Array | string | InputFailure>>): MemoryHost {
  const contents = new Map(Object.entries(files));
  const opened: string[] = [];
  let openNow = 0;
  let maximum = 0;
  return {
    opened,
    openCount: () => openNow,
    openMaximum: () => maximum,
    open(file) {
      const content = contents.get(file);
      if (content === undefined) return { kind: 'missing', reason: 'No such file or directory' };
      if (!(content instanceof Uint8Array) && typeof content !== 'string') return content;
      opened.push(file);
      openNow += 1;
      maximum = Math.max(maximum, openNow);
      const source = memorySource(typeof content === 'string' ? latin1(content) : content);
      return {
        identity: file,
        source,
        close: () => {
          openNow -= 1;
        },
      };
    },
  };
}
