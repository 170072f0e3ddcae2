// Lines that nobody writes: whatever stands in them is read in a time that grows with their length.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LLD_OPTIONS } from '../../../src/link/lld/command-line/lld-options.ts';
import { findLinkCommand, readDriverLine, readLinkCommand } from '../../../src/link/index.ts';

const COUNT = 100_000;
const TIME_LIMIT_MS = 20_000;

describe('hostile command lines', () => {
  it.each([
    ['unknown options', (at: number) => `--unknown-option-${at}`],
    ['near misses', (at: number) => `--gc-section${at % 7}`],
    ['options that may be joined', (at: number) => `-L${at}`],
    ['groups', () => '--start-group'],
    ['saved states', (at: number) => (at % 3 === 0 ? '--pop-state' : '--push-state')],
    ['values of -z', (at: number) => `-zmax-page-size=${at}`],
    ['reports', () => '-zbti-report=q'],
    ['definitions', (at: number) => `--defsym=a${at}=b`],
    ['expressions', () => '--shuffle-sections=[a=1'],
    ['unresolved', () => '--unresolved-symbols=x'],
    ['plugin options', () => '-plugin-opt'],
  ])('of %s cost what they are long', (_name, argument) => {
    const line = Array.from({ length: COUNT }, (_, at) => argument(at));
    const start = performance.now();
    for (const linker of ['ld.lld-13', 'ld.lld-22']) {
      expect(readLinkCommand([linker, ...line]).items.length).toBeLessThanOrEqual(COUNT);
    }
    expect(performance.now() - start).toBeLessThan(TIME_LIMIT_MS);
  });

  it.each(['--', '--defsym=', '-z', '--build-id=0x', '--thinlto-jobs=', '--section-start=.a=0x', '--undefined-glob='])(
    'with %s and a value of ten million characters cost what they are long',
    (option) => {
      const start = performance.now();
      for (const char of ['a', '0', '[', '%', '=', ';', ',']) {
        readLinkCommand(['ld.lld', option + char.repeat(10_000_000)]);
      }
      expect(performance.now() - start).toBeLessThan(TIME_LIMIT_MS);
    },
  );

  it('never throw', () => {
    const option = fc
      .constantFrom(...LLD_OPTIONS)
      .chain(([, name]) => fc.constantFrom(`-${name}`, `--${name}`, `--no-${name}`));
    const value = fc.constantFrom('', '=', '=x', '=0x1', 'x', '@y', '=[', '=a=b', '=a;b', '=-1');
    const argument = fc.oneof(
      fc.tuple(option, value).map((parts) => parts.join('')),
      fc.string(),
      fc.constantFrom('a.o', '@y', '-', '--'),
    );
    const program = fc.constantFrom('ld.lld-13', 'ld.lld', 'ld.lld-99', 'ld.bfd', 'x', '');
    fc.assert(
      fc.property(program, fc.array(argument, { maxLength: 20 }), fc.string(), (name, line, file) => {
        const readFile = (): string => file;
        const command = readLinkCommand([name, ...line], { readFile });
        expect(JSON.parse(JSON.stringify(command))).toBeTypeOf('object');
        readDriverLine(['gcc', ...line], { readFile });
        findLinkCommand(line.join(' '));
      }),
      { numRuns: 500 },
    );
    expect(readLinkCommand([]).complaints.map(({ message }) => message)).toEqual(['no input files']);
  });
});
