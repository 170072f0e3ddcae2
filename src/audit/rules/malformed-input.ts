// malformed-input: bytes that the readers refuse. Damage is local: the rest of the input, and all other inputs, are
// audited all the same.

import { linkerName } from '../../link/index.ts';
import type { LinkInput, LinkSetFailure, MalformedFault } from '../../link/index.ts';
import type { FormatErrorCode } from '../../bytes/index.ts';
import { claimsToBeObject } from '../claims.ts';
import type { Finding } from '../finding.ts';
import type { Linker } from '../../link/index.ts';
import { predict } from '../words.ts';
import { locate } from '../rule.ts';
import type { Rule } from '../rule.ts';

const ID = 'malformed-input';
const ADVICE =
  'Build the file again; a disk that ran full, a build that was interrupted or two jobs that wrote the same file leave such files behind.';

/** What could not be read of an input or of the archive around it. */
export const malformedInput: Rule = {
  id: ID,
  severity: 'error',
  summary: 'A file, archive member, section or block is damaged: cut short, or with fields that point nowhere.',
  *check(set, { linker }) {
    for (const input of set.inputs) {
      for (const fault of input.facts.faults) if (fault.kind === 'malformed') yield ofFault(input, fault, linker);
      if (claimsToBeObject(input)) yield ofClaim(input);
    }
    for (const failure of set.failures) {
      if (failure.failure.kind === 'malformed') yield ofContainer(failure, linker);
    }
  },
};

function ofFault(input: LinkInput, fault: MalformedFault, linker: Linker): Finding {
  const { code, reason, offset, section } = fault;
  const name = linkerName(input.path);
  // Where our readers refuse for the reason that LLVM's have, they use LLVM's words.
  const isLlvmReason = /^section (header table goes past|\[index)/.test(reason);
  return {
    rule: ID,
    severity: 'error',
    certainty: 'certain',
    message: `${name}: ${section === undefined ? '' : `${section}: `}${reason}`,
    advice: ADVICE,
    ...predict(linker, isLlvmReason ? { lld: `error: ${name}: ${reason}` } : {}),
    locations: [locate(input, { offset, ...(section === undefined ? {} : { section }) })],
    data: { code, format: input.facts.format },
  };
}

function ofClaim(input: LinkInput): Finding {
  const { format } = input.facts;
  const name = linkerName(input.path);
  const what = { text: 'is text', empty: 'is empty' }[format as string] ?? 'has an unknown format';
  return {
    rule: ID,
    severity: 'error',
    certainty: 'certain',
    message: `${name}: named like an object or archive, but it ${what}`,
    advice:
      format === 'empty'
        ? `${ADVICE} Linkers take an empty file in silence, and its code will be missing.`
        : `${ADVICE} Linkers take what they do not know for a linker script and complain of its first word.`,
    locations: [locate(input, { offset: 0 })],
    data: { code: 'bad-magic', format },
  };
}

function ofContainer(entry: LinkSetFailure, linker: Linker): Finding {
  const { code = 'bad-value', reason, offset } = entry.failure;
  const name = linkerName(entry.path);
  return {
    rule: ID,
    severity: 'error',
    certainty: 'certain',
    message: `${name}: ${reason}`,
    advice: `${ADVICE} Members behind the damage could not be found and are not audited.`,
    ...predict(linker, wordsOfContainer(code, linkerName(entry.path), offset)),
    locations: [locate(entry, offset === undefined ? {} : { offset })],
    data: { code, format: entry.archive?.isThin === true ? 'thin-archive' : 'archive' },
  };
}

// The magic and the first member header of an archive that is a file of its own.
const FIRST_HEADER_END = 68;

/**
 * The words of LLVM up to its own reason in parentheses. GNU ld takes most damaged archives in silence, for linker scripts
 * or as far as they go.
 */
function wordsOfContainer(code: FormatErrorCode, name: string, offset: number | undefined): { lld?: string } {
  if (code === 'limit-exceeded') return {};
  let what = 'Archive::children failed';
  if (code === 'out-of-bounds') what = 'could not get the buffer for a child of the archive';
  else if (offset !== undefined && offset < FIRST_HEADER_END) what = 'failed to parse archive';
  return { lld: `error: ${name}: ${what}: truncated or malformed archive` };
}
