// The inputs of a line in order, each with the switches that hold where it stands, and what lld says about the order: the
// rules of lld's driver (lld/ELF/Driver.cpp, createFiles).

import type { CommandComplaint, InputState, LinkItem } from './link-command.ts';
import type { OptionList } from './option-list.ts';

/** Items, and what is said of them while the linker opens one after the other. */
export interface ReadItems {
  readonly items: readonly LinkItem[];
  readonly complaints: readonly CommandComplaint[];
}

const FORMATS: ReadonlySet<string> = new Set(['default', 'elf', 'binary']);

/** The last version that takes `--defsym` for a name and an expression without looking closer, and says what is none. */
const DEFSYM_SYNTAX_LAST = 19;

/** Goes through a line from left to right. */
export function readItems(list: OptionList, version: number): ReadItems {
  const items: LinkItem[] = [];
  const complaints: CommandComplaint[] = [];
  const complain = (kind: CommandComplaint['kind'], message: string, argument: string, isOfParser = false): void => {
    const place = { stage: 'inputs', position: items.length, ...(isOfParser ? { isOfParser } : {}) } as const;
    complaints.push({ severity: 'error', kind, ...place, message, argument });
  };
  const relocatable = list.has('relocatable');
  let state: InputState = {
    wholeArchive: false,
    asNeeded: false,
    isStatic: relocatable,
    inLib: false,
    group: -1,
    format: 'default',
  };
  let groups = 0;
  // `--start-lib` counts as a group too: neither may stand in the other.
  let isInGroup = false;
  const saved: InputState[] = [];
  for (const { kind, id, value, argument } of list.options) {
    if (kind === 'input') {
      items.push({ kind: 'file', path: value, state });
      continue;
    }
    switch (id) {
      case 'library':
        items.push({ kind: 'library', name: value, state });
        break;
      case 'script':
      case 'default-script':
        items.push({ kind: 'script', path: value, isDefault: id === 'default-script' });
        break;
      case 'just-symbols':
        items.push({ kind: 'just-symbols', path: value });
        break;
      case 'defsym': {
        const equals = value.indexOf('=');
        const name = equals === -1 ? value : value.slice(0, equals);
        const expression = equals === -1 ? '' : value.slice(equals + 1);
        if (version <= DEFSYM_SYNTAX_LAST && (name === '' || expression === '')) {
          complain('bad-value', `${version < 14 ? '-' : '--'}defsym: syntax error: ${value}`, argument);
        } else if (equals === -1) complain('bad-value', '--defsym:1: unexpected EOF', argument, true);
        else items.push({ kind: 'defsym', name, expression });
        break;
      }
      case 'as-needed':
      case 'no-as-needed':
        state = { ...state, asNeeded: id === 'as-needed' };
        break;
      case 'whole-archive':
      case 'no-whole-archive':
        state = { ...state, wholeArchive: id === 'whole-archive' };
        break;
      case 'Bstatic':
      case 'omagic':
      case 'nmagic':
        state = { ...state, isStatic: true };
        break;
      case 'Bdynamic':
        // -r keeps shared libraries out whatever follows.
        if (!relocatable) state = { ...state, isStatic: false };
        break;
      case 'format':
        if (!FORMATS.has(value)) {
          const option = version < 14 ? '-format' : '--format';
          complain(
            'bad-value',
            `unknown ${option} value: ${value} (supported formats: elf, default, binary)`,
            argument,
          );
        }
        state = { ...state, format: value === 'binary' ? 'binary' : value === 'elf' ? 'elf' : 'default' };
        break;
      case 'start-group':
        if (isInGroup) complain('unbalanced', 'nested --start-group', argument);
        isInGroup = true;
        state = { ...state, group: groups++ };
        break;
      case 'end-group':
        if (!isInGroup) complain('unbalanced', 'stray --end-group', argument);
        isInGroup = false;
        state = { ...state, group: -1 };
        break;
      case 'start-lib':
        if (state.inLib) complain('unbalanced', 'nested --start-lib', argument);
        if (isInGroup) complain('unbalanced', 'may not nest --start-lib in --start-group', argument);
        isInGroup = true;
        state = { ...state, inLib: true };
        break;
      case 'end-lib':
        if (!state.inLib) complain('unbalanced', 'stray --end-lib', argument);
        isInGroup = false;
        state = { ...state, inLib: false };
        break;
      case 'push-state':
        saved.push(state);
        break;
      case 'pop-state': {
        const back = saved.pop();
        if (back === undefined) complain('unbalanced', 'unbalanced --push-state/--pop-state', argument);
        else {
          // What was saved of the rest stays as it is now.
          const { asNeeded, isStatic, wholeArchive } = back;
          state = { ...state, asNeeded, isStatic, wholeArchive };
        }
        break;
      }
    }
  }
  return { items, complaints };
}
