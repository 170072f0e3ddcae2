// Sources of the objects that generated link lines are made of. A unit is a list of items, each a definition or a
// reference of one name; the same unit becomes C, C++ or assembly, for either target. `grammar.md` has the items.

/** Machines that lines are made for. */
export type Target = 'x64' | 'a64';

export type Language = 'c' | 'cc' | 's';

/** What an item does with its name. */
export type ItemKind =
  /** Definitions: function, weak, hidden, protected, variable, common, thread-local, inline (COMDAT), absolute 1, absolute 2. */
  | 'T'
  | 'W'
  | 'H'
  | 'P'
  | 'D'
  | 'C'
  | 'L'
  | 'I'
  | 'A'
  | 'B'
  /** References: call, weak, hidden, protected, of a variable, of a thread-local one. */
  | 'u'
  | 'w'
  | 'h'
  | 'p'
  | 'd'
  | 'l';

/** One item, as it stands in names of files: `T.alpha`. */
export type Item = `${ItemKind}.${string}`;

export interface Unit {
  readonly items: readonly Item[];
  readonly language: Language;
  /** Whether functions have the names that C++ gives them. */
  readonly isMangled: boolean;
}

const TRIPLES: Readonly<Record<Target, string>> = { x64: 'x86_64-linux-gnu', a64: 'aarch64-linux-gnu' };

/** The triple of a target, or of one that no line is made for: `i386`, `aarch64_be`. */
export function tripleOf(target: string): string {
  if (target === 'x64' || target === 'a64') return TRIPLES[target];
  return target === 'x32' ? 'x86_64-linux-gnux32' : `${target}-linux-gnu`;
}

const VARIABLES: readonly string[] = ['D', 'C', 'L', 'A', 'B', 'd', 'l'];

/** The name of an item's symbol: functions of C++ have mangled ones, variables and `_start` have not. */
export function symbolOf(item: Item, isMangled: boolean): string {
  const [kind, name] = split(item);
  return isMangled && !VARIABLES.includes(kind) && name !== '_start' ? `_Z${name.length}${name}v` : name;
}

function split(item: Item): [kind: ItemKind, name: string] {
  return [item[0] as ItemKind, item.slice(2)];
}

/** A name for the files of a unit. */
export function nameOf(unit: Unit): string {
  const language = unit.language === 'c' ? '' : `.${unit.language}`;
  return `${unit.items.join('-')}${unit.isMangled ? '.m' : ''}${language}`;
}

const ATTRIBUTES: Readonly<Partial<Record<ItemKind, string>>> = {
  W: '__attribute__((weak)) ',
  H: '__attribute__((visibility("hidden"))) ',
  P: '__attribute__((visibility("protected"))) ',
  w: '__attribute__((weak)) ',
  h: '__attribute__((visibility("hidden"))) ',
  p: '__attribute__((visibility("protected"))) ',
};

function isReference(item: Item): boolean {
  return 'uwhpdl'.includes(item[0] as string);
}

/** C or C++. */
function compiledSource(unit: Unit): string {
  const inC = unit.language === 'cc' && !unit.isMangled;
  const references = unit.items.filter(isReference).map(split);
  const declared = references.map(([kind, name]) => {
    if (kind === 'l') return `extern __thread int ${name};`;
    if (kind === 'd') return `extern int ${name};`;
    return `${ATTRIBUTES[kind] ?? ''}extern int ${name}(void);`;
  });
  const used = references.map(([kind, name]) => {
    if (kind === 'l' || kind === 'd') return ` + ${name}`;
    return kind === 'w' ? ` + (${name} ? ${name}() : 0)` : ` + ${name}()`;
  });
  const uses = used.join('');
  let rest = uses;
  // The first function does all that the unit does.
  const takeUses = () => {
    const taken = rest;
    rest = '';
    return taken;
  };
  const defined = unit.items
    .filter((item) => !isReference(item))
    .map(split)
    .map(([kind, name]) => {
      if (kind === 'D') return `int ${name} = 1;`;
      if (kind === 'C') return `int ${name};`;
      if (kind === 'L') return `__thread int ${name} = 1;`;
      if (kind === 'A' || kind === 'B') return `__asm__(".globl ${name}\\n.set ${name}, ${kind === 'A' ? 1 : 2}");`;
      const used = kind === 'I' ? `\nint user_${name}(void) { return ${name}(); }` : '';
      const inline = kind === 'I' ? '__attribute__((noinline)) inline ' : '';
      return `${ATTRIBUTES[kind] ?? ''}${inline}int ${name}(void) { return ${name.length}${takeUses()}; }${used}`;
    });
  // A unit without a function uses names in one of its own.
  if (rest !== '') defined.push(`int table_${unit.items.join('_').replaceAll('.', '')}(void) { return 0${rest}; }`);
  // Where a program begins has its name in C++ too.
  const lines = [...declared, ...defined].map((line) =>
    unit.language === 'cc' && line.includes('int _start(void)') ? `extern "C" ${line}` : line,
  );
  return inC ? `extern "C" {\n${lines.join('\n')}\n}\n` : `${lines.join('\n')}\n`;
}

const CALLS: Readonly<Record<Target, string>> = { x64: 'call', a64: 'bl' };

/** Assembly. Inline functions are groups, as compilers write them. */
function assemblySource(unit: Unit, target: Target): string {
  const lines: string[] = [];
  const references = unit.items.filter(isReference);
  let isUsed = references.length === 0;
  const use = () => {
    if (isUsed) return;
    isUsed = true;
    for (const item of references) {
      const name = symbolOf(item, unit.isMangled);
      const [kind] = split(item);
      const directive = { w: 'weak', h: 'hidden', p: 'protected' }[kind as string];
      if (directive !== undefined) lines.push(`.${directive} ${name}`);
      if (kind === 'd') lines.push('.pushsection .data.refs,"aw",%progbits', `.quad ${name}`, '.popsection');
      else if (kind === 'l' && target === 'x64') lines.push(`movq ${name}@gottpoff(%rip), %rax`);
      else if (kind === 'l') lines.push(`adrp x0, :gottprel:${name}`, `ldr x0, [x0, :gottprel_lo12:${name}]`);
      else lines.push(`${CALLS[target]} ${name}`);
    }
  };
  for (const item of unit.items) {
    if (isReference(item)) continue;
    const [kind] = split(item);
    const name = symbolOf(item, unit.isMangled);
    if (kind === 'C') lines.push(`.comm ${name},4,4`);
    else if (kind === 'A' || kind === 'B') lines.push(`.globl ${name}`, `.set ${name}, ${kind === 'A' ? 1 : 2}`);
    else if (kind === 'L') {
      lines.push(
        `.section .tdata.${name},"awT",%progbits`,
        `.globl ${name}`,
        `.type ${name},%object`,
        `${name}: .long 1`,
      );
    } else if (kind === 'D') {
      lines.push(`.section .data.${name},"aw",%progbits`, `.globl ${name}`, `${name}: .long 1`);
    } else {
      const group = kind === 'I' ? `,${name},comdat` : '';
      lines.push(`.section .text.${name},"ax${kind === 'I' ? 'G' : ''}",%progbits${group}`);
      lines.push(`.${kind === 'W' || kind === 'I' ? 'weak' : 'globl'} ${name}`, `.type ${name},%function`);
      if (kind === 'H' || kind === 'P') lines.push(`.${kind === 'H' ? 'hidden' : 'protected'} ${name}`);
      lines.push(`${name}:`, '.long 0');
      use();
    }
  }
  if (!isUsed) {
    lines.push('.text');
    use();
  }
  return `${lines.join('\n')}\n`;
}

/** The source of a unit. */
export function sourceOf(unit: Unit, target: Target): string {
  return unit.language === 's' ? assemblySource(unit, target) : compiledSource(unit);
}
