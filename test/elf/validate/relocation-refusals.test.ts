import { RELOCATIONS_DEFECTS } from './defects/relocation.ts';
import { describeRefusals } from './refusals.ts';

describeRefusals('relocations', RELOCATIONS_DEFECTS);
