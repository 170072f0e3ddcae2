// What llvm-dis prints, as facts about each function: to compare with, and independent of src/bitcode on purpose.

/** A function with a body. */
export interface DisassembledFunction {
  /** Labels of its blocks in order; that of an entry without label is empty. */
  readonly blocks: string[];
  instructionCount: number;
  /** Lines such as `#dbg_value(…)`. */
  debugRecordCount: number;
  /** Names of what is called directly, one for each call. */
  readonly callees: string[];
  callCount: number;
  /** Calls of inline assembly: template and constraints. */
  readonly assembly: string[];
  /** `@function %block` of each address of a basic block. */
  readonly blockAddresses: Set<string>;
}

/** What a module says. */
export interface Disassembly {
  readonly functions: Map<string, DisassembledFunction>;
  /** `@global @function %block` of each address of a basic block in an initializer. */
  readonly blockAddresses: string[];
}

const NAME = String.raw`"[^"]*"|[-\w.$]+`;
const DEFINITION = new RegExp(`^define .*?@(${NAME})\\(`);
const GLOBAL = new RegExp(`^@(${NAME}) = `);
const LABEL = new RegExp(`^(${NAME}):`);
const CALL = /^ {2}(?:%(?:"[^"]*"|[-\w.$]+) = )?(?:(?:tail|musttail|notail) )?(?:call|invoke|callbr) /;
const CALLEE = new RegExp(`([@%])(${NAME})\\(`);
const CAST_CALLEE = new RegExp(`(?:bitcast|addrspacecast) \\(.*? @(${NAME}) to .*?\\)\\(`);
const ASSEMBLY = / asm (?:[a-z]+ )*"([^"]*)", "([^"]*)"/;
const BLOCK_ADDRESS = new RegExp(`blockaddress\\(@(${NAME}), %(${NAME})\\)`, 'g');

/** Takes a name or string out of its quotes, and its escapes out of it, which give bytes of UTF-8. */
function unquoted(name: string): string {
  if (!name.startsWith('"')) return name;
  return unescaped(name.slice(1, -1));
}

function unescaped(text: string): string {
  if (!text.includes('\\')) return text;
  const bytes: number[] = [];
  const source = Buffer.from(text);
  for (let i = 0; i < source.length; i += 1) {
    const byte = source[i] as number;
    if (byte !== 0x5c) bytes.push(byte);
    else if (source[i + 1] === 0x5c) {
      bytes.push(0x5c);
      i += 1;
    } else {
      bytes.push(Number.parseInt(source.subarray(i + 1, i + 3).toString(), 16));
      i += 2;
    }
  }
  return Buffer.from(bytes).toString();
}

function blockAddressesOf(line: string): string[] {
  return [...line.matchAll(BLOCK_ADDRESS)].map(
    ([, owner = '', block = '']) => `@${unquoted(owner)} %${unquoted(block)}`,
  );
}

function takeCall(line: string, into: DisassembledFunction): void {
  into.callCount += 1;
  // Arguments may be constants that look like calls; the callee comes first.
  const assembly = ASSEMBLY.exec(line);
  const callee = CALLEE.exec(line);
  const cast = CAST_CALLEE.exec(line);
  if (assembly !== null && (callee === null || assembly.index < callee.index)) {
    into.assembly.push(`${unescaped(assembly[1] ?? '')} ${unescaped(assembly[2] ?? '')}`);
  } else if (cast !== null && (callee === null || cast.index < callee.index))
    into.callees.push(unquoted(cast[1] ?? ''));
  else if (callee?.[1] === '@') into.callees.push(unquoted(callee[2] ?? ''));
}

/** Reads the output of llvm-dis. */
export function readDisassembly(text: string): Disassembly {
  const functions = new Map<string, DisassembledFunction>();
  const blockAddresses: string[] = [];
  let current: DisassembledFunction | undefined;
  for (const line of text.split('\n')) {
    if (current === undefined) {
      const name = DEFINITION.exec(line)?.[1];
      if (name !== undefined) {
        const empty = { instructionCount: 0, debugRecordCount: 0, callCount: 0 };
        current = { ...empty, blocks: [], callees: [], assembly: [], blockAddresses: new Set() };
        functions.set(unquoted(name), current);
      }
      const global = GLOBAL.exec(line)?.[1];
      if (global !== undefined) blockAddresses.push(...blockAddressesOf(line).map((a) => `@${unquoted(global)} ${a}`));
      continue;
    }
    if (line === '}') {
      current = undefined;
      continue;
    }
    const label = LABEL.exec(line)?.[1];
    if (label !== undefined) current.blocks.push(unquoted(label));
    else if (line.trim() !== '' && current.blocks.length === 0) current.blocks.push('');
    if (line.startsWith('    #dbg_') || line.startsWith('  #dbg_')) current.debugRecordCount += 1;
    // What goes on in further lines is indented more, or ends in a bracket.
    else if (/^ {2}[^ \];]/.test(line)) {
      current.instructionCount += 1;
      if (CALL.test(line)) takeCall(line, current);
    }
    for (const address of blockAddressesOf(line)) current.blockAddresses.add(address);
  }
  return { functions, blockAddresses };
}
