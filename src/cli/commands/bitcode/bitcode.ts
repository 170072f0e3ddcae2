// ltoscope bitcode: facts of bitcode files, or with options one or more of their parts, in the order of the help.

import type { ListingFlags } from '../../listings.ts';
import type { Output } from '../../output.ts';
import { BLOCKS } from './blocks.ts';
import { DUMP } from './dump.ts';
import { FACTS } from './facts.ts';
import { FLAGS } from './flags.ts';
import { FUNCTIONS } from './functions.ts';
import { listBitcode, printerOf } from './listing.ts';
import { SUMMARY } from './summary.ts';

export function bitcodeCommand(paths: readonly string[], options: ListingFlags, output: Output): number {
  const asked = [
    ...(options.blocks === true ? [printerOf(BLOCKS)] : []),
    ...(options.flags === true ? [printerOf(FLAGS)] : []),
    ...(options.functions === true ? [printerOf(FUNCTIONS)] : []),
    ...(options.summary === true ? [printerOf(SUMMARY)] : []),
    ...(options.dump === true ? [printerOf(DUMP)] : []),
  ];
  return listBitcode(asked.length === 0 ? [printerOf(FACTS)] : asked, paths, options.json === true, output);
}
