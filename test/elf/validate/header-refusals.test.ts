import { HEADER_DEFECTS } from './defects/header.ts';
import { describeRefusals } from './refusals.ts';

describeRefusals('header', HEADER_DEFECTS);
