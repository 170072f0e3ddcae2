import { GROUPS_DEFECTS } from './defects/group.ts';
import { describeRefusals } from './refusals.ts';

describeRefusals('groups', GROUPS_DEFECTS);
