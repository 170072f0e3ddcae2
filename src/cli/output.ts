// Standard output, written synchronously and in large pieces: a listing has hundreds of thousands of lines, and what was
// printed must have arrived before the process exits.

import { fstatSync, writeSync } from 'node:fs';
import { systemReason } from '../node/index.ts';

const STDOUT = 1;
const STDERR = 2;
const PIECE = 1 << 16;
const WAIT_MS = 2;

/** The reader of the output has gone: nothing more needs to be done. */
export class ClosedPipe extends Error {
  override readonly name = 'ClosedPipe';
}

/** What was printed did not arrive: a disk is full, a device failed. */
export class OutputFailure extends Error {
  override readonly name = 'OutputFailure';
}

/** Collects text and writes it in pieces. */
export class Output {
  private pending: string[] = [];
  private pendingLength = 0;

  /** @throws {@link ClosedPipe} when nobody reads any more. */
  write(text: string): void {
    this.pending.push(text);
    this.pendingLength += text.length;
    if (this.pendingLength >= PIECE) this.flush();
  }

  /** Writes what is left. */
  flush(): void {
    const text = this.pending.join('');
    this.pending = [];
    this.pendingLength = 0;
    writeAll(STDOUT, Buffer.from(text));
  }
}

/** Writes a diagnostic for people; a closed standard error is no reason to stop. */
export function warn(text: string): void {
  warnRaw(`ltoscope: ${text}\n`);
}

/** Writes text to standard error as it is. */
export function warnRaw(text: string): void {
  try {
    writeAll(STDERR, Buffer.from(text));
  } catch (error) {
    if (!(error instanceof ClosedPipe) && !(error instanceof OutputFailure)) throw error;
  }
}

/** Whether standard output is a terminal. */
export function isTerminal(): boolean {
  // Of what is no device that is known without the streams of Node, which take 2 to 4 ms to load.
  try {
    if (!fstatSync(STDOUT).isCharacterDevice()) return false;
  } catch {
    return false;
  }
  return process.stdout.isTTY;
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  let done = 0;
  while (done < bytes.length) {
    try {
      done += writeSync(descriptor, bytes, done);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') throw new ClosedPipe();
      if (code !== 'EAGAIN')
        throw new OutputFailure(`cannot write the output: ${systemReason(error)}`, { cause: error });
      // A pipe that another process made non-blocking is full.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, WAIT_MS);
    }
  }
}
