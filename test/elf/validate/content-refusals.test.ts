import {
  ADDRESS_SIGNIFICANCE_DEFECTS,
  BUILD_ATTRIBUTES_DEFECTS,
  CALL_GRAPH_PROFILES_DEFECTS,
  GNU_PROPERTIES_DEFECTS,
  POINTER_AUTHENTICATION_DEFECTS,
  STACK_MARKERS_DEFECTS,
  UNWIND_TABLES_DEFECTS,
} from './defects/content.ts';
import { describeRefusals } from './refusals.ts';

describeRefusals('address significance', ADDRESS_SIGNIFICANCE_DEFECTS);
describeRefusals('build attributes', BUILD_ATTRIBUTES_DEFECTS);
describeRefusals('call-graph profiles', CALL_GRAPH_PROFILES_DEFECTS);
describeRefusals('GNU properties', GNU_PROPERTIES_DEFECTS);
describeRefusals('pointer authentication', POINTER_AUTHENTICATION_DEFECTS);
describeRefusals('stack markers', STACK_MARKERS_DEFECTS);
describeRefusals('unwind tables', UNWIND_TABLES_DEFECTS);
