import {
  SECTIONS_DEFECTS,
  STRING_TABLES_DEFECTS,
  MERGEABLE_SECTIONS_DEFECTS,
  COMPRESSED_SECTIONS_DEFECTS,
} from './defects/section.ts';
import { describeRefusals } from './refusals.ts';

describeRefusals('sections', SECTIONS_DEFECTS);
describeRefusals('string tables', STRING_TABLES_DEFECTS);
describeRefusals('mergeable sections', MERGEABLE_SECTIONS_DEFECTS);
describeRefusals('compressed sections', COMPRESSED_SECTIONS_DEFECTS);
