// The layouts of module records that changed since LLVM 3.0. No compiler that can be installed writes the old ones.

import { describe, expect, it } from 'vitest';
import { openBitcode, readAttributes, readGlobals, readTypes, readValueNames } from '../../src/bitcode/index.ts';
import type { BitcodeModule } from '../../src/bitcode/index.ts';
import type { BitWriter, ModuleSpec } from '../helpers/bit-writer.ts';
import { bitcode, moduleBlock } from '../helpers/bit-writer.ts';
import { bounded } from '../helpers/bounded.ts';
import { formatErrorOf } from '../helpers/errors.ts';

const bytesOf = (text: string) => [...new TextEncoder().encode(text)];

/** A module of a version, and the strings behind it. */
function moduleOf(version: number | undefined, items: (w: BitWriter) => void, strings?: string): BitcodeModule {
  const spec: ModuleSpec = { triple: 'x86_64-unknown-linux-gnu', items };
  if (version !== undefined) spec.version = version;
  const file = bitcode((w) => {
    moduleBlock(w, spec);
    if (strings !== undefined) w.blobBlock(23, new TextEncoder().encode(strings));
  });
  return openBitcode(file).modules[0] as BitcodeModule;
}

/** Types of LLVM 3: 0 i32, 1 i32*, 2 i32 (i32), 3 i32 (i32)*. */
function oldTypes(w: BitWriter): void {
  w.block(17, 4, () => {
    w.record(1, [4]).record(7, [32]).record(8, [0, 0]).record(21, [0, 0, 0]).record(8, [2, 0]);
  });
}

describe('global values of LLVM 3.0 to 3.2', () => {
  const module = moduleOf(undefined, (w) => {
    oldTypes(w);
    w.text(5, '.init').text(11, 'shadow-stack');
    // Pointer type, constant, no explicit type; private; aligned to 8; section; visibility.
    w.record(7, [1, 1, 1, 9, 4, 1, 0]);
    w.record(7, [1, 0, 0, 7, 0, 0, 1, 1, 1]);
    w.record(8, [3, 8, 0, 1, 0, 3, 1, 2, 1, 1]);
    w.record(8, [3, 0, 1, 5]);
    w.record(9, [1, 0, 10, 1]);
    w.block(14, 4, () => {
      w.record(1, [0, ...bytesOf('.str')])
        .record(1, [1, ...bytesOf('tls')])
        .record(1, [2, ...bytesOf('weak')]);
      w.record(1, [4, ...bytesOf('alias')]);
    });
  });
  const { values, variables, functions, aliases } = readGlobals(module);

  it('have a pointer type, and names in the value symbol table', () => {
    expect(values.map(({ name }) => name)).toEqual(['.str', 'tls', 'weak', '', 'alias']);
    expect(values.map(({ hasPointerType }) => hasPointerType)).toEqual([true, true, true, true, true]);
    const types = readTypes(module);
    expect(values.map(({ typeId }) => types.describe(typeId))).toEqual([
      'i32*',
      'i32*',
      'i32 (i32)*',
      'i32 (i32)*',
      'i32*',
    ]);
    expect(types.pointee(3)).toBe(2);
  });

  it('have visibility, thread-local mode, alignment and section', () => {
    expect(variables[0]).toMatchObject({
      linkage: 'private',
      visibility: 'default',
      isConstant: true,
      isDeclaration: false,
      initializer: 0,
      alignment: 8,
      section: '.init',
      isDsoLocal: true,
      isLocal: true,
      threadLocalMode: 'none',
      addressSpace: 0,
    });
    expect(variables[1]).toMatchObject({
      linkage: 'extern_weak',
      visibility: 'hidden',
      threadLocalMode: 'general-dynamic',
      unnamedAddress: 'unnamed_addr',
      isDeclaration: true,
      isDsoLocal: false,
      section: undefined,
    });
  });

  it('have no alignment that LLVM would refuse', () => {
    const alignments = [0, 1, 33, 34, 2 ** 40];
    const bytes = bitcode((w) =>
      moduleBlock(w, {
        version: 1,
        items: () => {
          for (const alignment of alignments) w.record(7, [0, 2, 0, 0, alignment, 0]);
        },
      }),
    );
    const { variables: aligned } = readGlobals(openBitcode(bytes).modules[0] as BitcodeModule);
    expect(aligned.map(({ alignment }) => alignment)).toEqual([undefined, 1, 2 ** 32, undefined, undefined]);
  });

  it('are in a COMDAT of their own name if they are weak', () => {
    expect(functions[0]).toMatchObject({
      linkage: 'weak',
      visibility: 'protected',
      callingConvention: 8,
      gc: 'shadow-stack',
      unnamedAddress: 'unnamed_addr',
      alignment: 4,
      comdat: { name: 'weak', kind: 'any', raw: undefined },
    });
    // Of another target whose object files have no COMDATs.
    const darwin = bitcode((w) =>
      moduleBlock(w, { triple: 'x86_64-apple-macosx10.8.0', items: () => w.record(8, [3, 0, 0, 1]) }),
    );
    expect(readGlobals(openBitcode(darwin).modules[0] as BitcodeModule).functions[0]?.comdat).toBeUndefined();
  });

  it('tell the storage class of DLLs by linkage', () => {
    expect(functions[1]).toMatchObject({ linkage: 'external', dllStorage: 'import', isDeclaration: true });
    expect(aliases[0]).toMatchObject({ linkage: 'weak_odr', visibility: 'hidden', aliasee: 0, dllStorage: 'default' });
  });
});

describe('attributes of LLVM 3.0 to 3.2', () => {
  it('are masks by place', () => {
    const module = moduleOf(undefined, (w) => {
      const noUnwindUwtable = (1n << 5n) | (1n << 41n);
      w.block(9, 3, () => w.record(1, [0xffffffff, noUnwindUwtable, 1, (1n << 6n) | (16n << 16n)]));
      w.record(8, [0, 0, 1, 0, 1]);
    });
    const [list] = readGlobals(module).functions.map(({ attributeList }) => readAttributes(module).list(attributeList));
    expect(list?.map(({ place, attributes }) => [place, attributes.map(({ name, value }) => [name, value])])).toEqual([
      [
        'function',
        [
          ['ATTR_KIND_NO_UNWIND', undefined],
          ['ATTR_KIND_UW_TABLE', undefined],
        ],
      ],
      [
        0,
        [
          ['ATTR_KIND_NO_ALIAS', undefined],
          ['ATTR_KIND_ALIGNMENT', 16],
        ],
      ],
    ]);
  });
});

describe('global values of LLVM 3.6 to 4', () => {
  it('have COMDATs whose name is in the record', () => {
    const module = moduleOf(1, (w) => {
      w.record(12, [4, 3, ...bytesOf('one')])
        .record(12, [9, 0])
        .record(12, [1, 200, 1]);
      // Explicit type, address space 3, dllexport, COMDAT 1.
      w.record(7, [0, 2 | (3 << 2), 1, 16, 0, 0, 0, 0, 0, 1, 2, 1]);
      w.record(8, [0, 0, 0, 17, 0, 0, 0, 0, 0, 2, 5, 0, 2, 6, 7]);
      w.record(8, [0, 0, 0, 17, 0, 0, 0, 0, 0, 0, 0, 0, 9]);
    });
    const { comdatCount, comdat, variables, functions } = readGlobals(module);
    expect(comdatCount).toBe(3);
    expect([comdat(0), comdat(1), comdat(3)]).toMatchObject([
      { name: 'one', kind: 'nodeduplicate' },
      { name: '', kind: 'unknown' },
      undefined,
    ]);
    expect(formatErrorOf(() => comdat(2)).code).toBe('out-of-bounds');
    expect(variables[0]).toMatchObject({
      hasPointerType: false,
      addressSpace: 3,
      dllStorage: 'export',
      isExternallyInitialized: true,
      linkage: 'weak',
      comdat: { name: 'one' },
    });
    expect(functions[0]).toMatchObject({
      unnamedAddress: 'local_unnamed_addr',
      prologue: 4,
      prefix: 5,
      personality: 6,
    });
    // Damage of one value leaves the others readable.
    const error = formatErrorOf(() => functions[1]?.comdat);
    expect([error.code, error.reason]).toEqual(['out-of-bounds', 'a record refers to COMDAT 9, of which there are 3']);
    expect(error.location.bitOffset).toBe(functions[1]?.raw.bitOffset);
    expect(functions[1]?.linkage).toBe('weak_odr');
  });

  it('have names in the entries of function bodies too', () => {
    const module = moduleOf(1, (w) => {
      w.record(7, [0, 2, 0, 0]).record(8, [0, 0, 0, 0]).record(14, [0, 0, 1, 0]).record(18, [0, 0, 1, 0, 1]);
      w.block(14, 4, () => {
        w.record(1, [0, ...bytesOf('v')])
          .record(3, [1, 77, ...bytesOf('f')])
          .record(1, [2, ...bytesOf('a')]);
        w.record(1, [3, ...bytesOf('i')])
          .record(2, [5, ...bytesOf('entry')])
          .record(9, [1, 2]);
      });
    });
    expect(readGlobals(module).values.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'variable v',
      'function f',
      'alias a',
      'ifunc i',
    ]);
    const content = module.content();
    const [block] = content.blocksOf(14);
    const names = block === undefined ? undefined : readValueNames(content.openBlock(block));
    expect([names?.functionOffsets.get(1), names?.basicBlocks.get(5)]).toEqual([77, 'entry']);
  });

  it('have aliases of two layouts', () => {
    const module = moduleOf(1, (w) => {
      w.record(9, [1, 4, 0, 2, 1, 2, 1]).record(14, [0, 3, 4, 0, 2, 1, 2, 1, 1]);
    });
    const [old, current] = readGlobals(module).aliases;
    const common = { aliasee: 4, visibility: 'protected', dllStorage: 'import', threadLocalMode: 'local-dynamic' };
    expect(old).toMatchObject({ ...common, hasPointerType: true, addressSpace: 0, unnamedAddress: 'unnamed_addr' });
    expect(current).toMatchObject({ ...common, hasPointerType: false, addressSpace: 3, isDsoLocal: true });
  });
});

describe('global values since LLVM 5', () => {
  it('have names, COMDATs and partitions in the string table', () => {
    const module = moduleOf(
      2,
      (w) => {
        w.record(12, [0, 3, 5]);
        w.record(7, [0, 3, 0, 2, 0, 0, 4, 0, 0, 0, 2, 0, 0, 1, 0, 0, 3, 4, 9, 3]);
        w.record(8, [3, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 7, 7, 0]);
        w.record(18, [7, 5, 0, 0, 1, 0, 1, 0, 7, 5]);
      },
      'onefourifunc',
    );
    const { values, comdat } = readGlobals(module);
    expect(comdat(0)).toMatchObject({ name: 'one', kind: 'samesize' });
    expect(values).toMatchObject([
      {
        name: 'one',
        partition: 'four',
        sanitizerFlags: 9,
        codeModel: 'kernel',
        comdat: { name: 'one' },
        isDsoLocal: false,
      },
      { name: 'four', partition: undefined, isDsoLocal: true, addressSpace: 7 },
      { name: 'ifunc', resolver: 1, visibility: 'hidden', partition: 'ifunc' },
    ]);
  });

  it('refuse a name outside of the string table, and keep the rest', () => {
    const module = moduleOf(2, (w) => w.record(8, [3, 4, 0, 0, 1, 7]).record(8, [0, 0, 0, 0, 1, 3]), 'short');
    const [named, unnamed] = readGlobals(module).functions;
    expect(formatErrorOf(() => named?.name).code).toBe('out-of-bounds');
    expect(named?.linkage).toBe('extern_weak');
    expect(unnamed?.name).toBe('');
    const without = moduleOf(2, (w) => w.record(8, [3, 4, 0, 0, 1, 7]));
    expect(formatErrorOf(() => readGlobals(without).functions[0]?.name).code).toBe('out-of-bounds');
    const cut = moduleOf(2, (w) => w.record(8, [3]));
    expect(formatErrorOf(() => readGlobals(cut)).code).toBe('bad-value');
  });

  it('take numbers that nobody knows for what LLVM takes them, and keep them', () => {
    const module = moduleOf(2, (w) => w.record(7, [0, 0, 0, 2, 0, 99, 0, 0, 9, 9, 9, 0, 9, 0, 0, 9, 0, 0, 0, 99]));
    const [variable] = readGlobals(module).variables;
    expect(variable).toMatchObject({
      linkage: 'external',
      visibility: 'default',
      threadLocalMode: 'general-dynamic',
      unnamedAddress: 'none',
      dllStorage: 'default',
      isDsoLocal: false,
      codeModel: 'default',
    });
    expect(variable?.raw.operands[3]).toBe(99);
  });

  it('share a string table with the modules before them', () => {
    const file = bitcode((w) => {
      moduleBlock(w, { version: 2, items: () => w.record(8, [0, 1, 0, 0, 1, 0]) });
      moduleBlock(w, { version: 2, items: () => w.record(8, [1, 1, 0, 0, 1, 0]) });
      w.blobBlock(23, new TextEncoder().encode('ab'));
      moduleBlock(w, { version: 2, items: () => w.record(8, [1, 1, 0, 0, 1, 0]) });
      w.blobBlock(23, new TextEncoder().encode('xy'));
    });
    const names = openBitcode(file).modules.map((module) => readGlobals(module).functions[0]?.name);
    expect(names).toEqual(['a', 'b', 'y']);
  });
});

describe('a module', () => {
  it('has assembly and a hash', () => {
    const module = moduleOf(2, (w) => w.text(4, '.globl x\nx:\n').record(17, [1, 2, 3, 4, 0xffffffff]));
    expect(module.assembly).toBe('.globl x\nx:\n');
    expect(module.hash).toEqual([1, 2, 3, 4, 0xffffffff]);
    expect(moduleOf(2, () => undefined).assembly).toBeUndefined();
  });

  it('without types and attributes has none', () => {
    const module = moduleOf(2, () => undefined);
    expect(readTypes(module).length).toBe(0);
    expect(readAttributes(module).length).toBe(0);
    expect(readGlobals(module).values).toEqual([]);
  });
});

describe('types', () => {
  const typesOf = (items: (w: BitWriter) => void) => readTypes(moduleOf(2, (w) => w.block(17, 4, () => items(w))));

  it('have the text of LLVM assembly', () => {
    const types = typesOf((w) => {
      w.record(1, [20]).record(2, []).record(7, [8]).record(25, [0]).record(25, [5]);
      w.record(21, [1, 0, 1, 2]).record(11, [4, 1]).record(12, [4, 1]).record(12, [2, 1, 1]);
      w.record(18, [0, 1, 2]).record(18, [1, 1]).record(18, [0]);
      w.text(19, 'struct.a').record(20, [0, 1, 2]).text(19, 'with space').record(6, [0]).record(20, [0]);
      w.text(19, 'spirv.Image').record(26, [1, 0, 7, 8]).record(8, [1, 3]).record(99, [1]);
      for (const code of [3, 4, 5, 10, 13, 14, 15, 16, 17, 22, 23, 24]) w.record(code, []);
    });
    expect(Array.from({ length: types.length }, (_, id) => types.describe(id))).toEqual([
      ...['void', 'i8', 'ptr', 'ptr addrspace(5)', 'void (i8, ptr, ...)', '[4 x i8]', '<4 x i8>', '<vscale x 2 x i8>'],
      ...['{ i8, ptr }', '<{ i8 }>', '{}', '%struct.a', '%"with space"', '%0'],
      ...['target("spirv.Image", void, 7, 8)', 'i8 addrspace(3)*', '<type of unknown code 99>'],
      ...[
        'float',
        'double',
        'label',
        'half',
        'x86_fp80',
        'fp128',
        'ppc_fp128',
        'metadata',
        'x86_mmx',
        'token',
        'bfloat',
      ],
      'x86_amx',
    ]);
    expect([types.describeBody(11), types.describeBody(12), types.describeBody(0)]).toEqual([
      '{ i8, ptr }',
      'opaque',
      undefined,
    ]);
    expect(types.describe(77)).toBe('<type 77, which there is not>');
  });

  it('that hold themselves, or grow without bound, are cut short', () => {
    const types = typesOf((w) => {
      w.record(8, [0, 0]);
      w.record(18, [0, 1, 1]);
      for (let i = 2; i < 64; i += 1) w.record(18, [0, ...new Array<number>(40).fill(i - 1)]);
    });
    expect(types.describe(0)).toContain('…');
    expect(bounded(() => types.describe(63)).length).toBeLessThan(100_000);
  });
});

describe('attribute groups', () => {
  it('hold flags, numbers, strings, types and ranges', () => {
    const module = moduleOf(2, (w) => {
      const key = [...bytesOf('key'), 0];
      w.block(10, 3, () => {
        w.record(3, [1, 0xffffffff, 0, 18, 1, 25, 16, 3, ...key, 4, ...key, ...bytesOf('value'), 0]);
        w.record(3, [2, 0, 5, 3, 6, 29, 4, 7, 92, 32, 0, 10, 0, 18]);
        w.record(3, [3, 2, 8, 94, 2, 64, 0, 4, 8, 12, 7, 92, 128, (2n << 32n) | 1n, 5, 6, 7, 0, 999, 77, 1, 2, 3]);
      });
      w.block(9, 3, () => w.record(2, [1, 2, 3, 9]));
    });
    const attributes = readAttributes(module);
    const list = attributes.list(1);
    expect(list.map(({ place }) => place)).toEqual(['function', 'result', 1]);
    expect(list[0]?.attributes).toMatchObject([
      { name: 'ATTR_KIND_NO_UNWIND', kind: 18, value: undefined },
      { name: 'ATTR_KIND_STACK_ALIGNMENT', value: 16 },
      { name: 'key', kind: undefined, value: '' },
      { name: 'key', kind: undefined, value: 'value' },
    ]);
    expect(list[1]?.attributes).toMatchObject([
      { name: 'ATTR_KIND_BY_VAL', typeId: undefined },
      { name: 'ATTR_KIND_STRUCT_RET', typeId: 4 },
      { name: 'ATTR_KIND_RANGE', more: [32, 0, 10] },
      { name: 'ATTR_KIND_NO_UNWIND' },
    ]);
    expect(list[2]?.attributes).toMatchObject([
      { name: 'ATTR_KIND_INITIALIZES', more: [2, 64, 0, 4, 8, 12] },
      { name: 'ATTR_KIND_RANGE', more: [128, (2n << 32n) | 1n, 5, 6, 7] },
      { name: undefined, kind: 999 },
      // A form that nobody knows: the rest is kept.
      { name: 'ATTR_KIND_ALIGNMENT', kind: 1, more: [2, 3] },
    ]);
    expect(attributes.find(1, 18)?.name).toBe('ATTR_KIND_NO_UNWIND');
    expect(attributes.find(1, 'key')?.value).toBe('');
    expect(attributes.find(0, 18)).toBeUndefined();
  });

  it('that end within an attribute are refused', () => {
    const module = moduleOf(2, (w) => w.block(10, 3, () => w.record(3, [1, 0, 3, 0x61])));
    expect(formatErrorOf(() => readAttributes(module)).code).toBe('truncated');
    const ranges = moduleOf(2, (w) => w.block(10, 3, () => w.record(3, [1, 0, 8, 94, 2 ** 50, 64, 1])));
    expect(formatErrorOf(() => readAttributes(ranges)).code).toBe('truncated');
  });
});

describe('lists of a module', () => {
  it('longer than the limit are refused', () => {
    const file = bitcode((w) => {
      moduleBlock(w, {
        items: () => {
          for (let i = 0; i < 9; i += 1) w.record(8, []).block(99, 3, () => undefined);
          w.block(17, 3, () => w.record(2, []).record(2, []).record(2, []));
        },
      });
    });
    const moduleWith = (bitcodeEntries: number) =>
      openBitcode(file, { limits: { bitcodeEntries } }).modules[0] as BitcodeModule;
    expect(formatErrorOf(() => readGlobals(moduleWith(8)))).toMatchObject({ code: 'limit-exceeded' });
    expect(readGlobals(moduleWith(10)).values.length).toBe(9);
  });
});

describe('numbers that nobody knows', () => {
  /** A module with one of everything; `number` may give any of its blocks and records another number. */
  const renumbered = (number: (what: string, known: number) => number) =>
    moduleOf(
      2,
      (w) => {
        w.block(number('block', 17), 4, () => w.record(number('type', 7), [32]).record(21, [0, 0]));
        w.block(number('block', 10), 3, () =>
          w.record(number('group', 3), [1, 0xffffffff, 0, number('attribute', 18)]),
        );
        w.block(number('block', 9), 3, () => w.record(number('list', 2), [1]));
        w.record(number('record', 5), bytesOf('section')).record(number('record', 7), [
          0,
          1,
          0,
          2,
          0,
          number('linkage', 3),
        ]);
        w.record(number('record', 8), [1, 1, 1, number('convention', 0), 0, 0, 1]).record(number('record', 17), [1]);
      },
      'vf',
    );
  const kinds = ['block', 'type', 'group', 'attribute', 'list', 'record', 'linkage', 'convention'];

  it.each(kinds)('are no error: %s', (kind) => {
    for (const unknown of [27, 63, 1000, 2 ** 31]) {
      const module = renumbered((what, known) => (what === kind ? unknown : known));
      const values = readGlobals(module).values.map(({ kind: type, name, linkage }) => [type, name, linkage]);
      expect(values.length).toBe(kind === 'record' ? 0 : 2);
      expect(readTypes(module).length).toBe(kind === 'block' ? 0 : 2);
      const group = readAttributes(module).list(1)[0];
      if (kind === 'attribute') expect(group?.attributes).toMatchObject([{ kind: unknown }]);
    }
  });
});
