import { SYMBOLS_DEFECTS, EXTENDED_SECTION_INDICES_DEFECTS } from './defects/symbol.ts';
import { describeRefusals } from './refusals.ts';

describeRefusals('symbols', SYMBOLS_DEFECTS);
describeRefusals('extended section indices', EXTENDED_SECTION_INDICES_DEFECTS);
