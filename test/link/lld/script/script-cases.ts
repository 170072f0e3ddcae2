// Linker scripts for ld.lld, valid ones and one of each mistake. Without a line feed at the end, as most are cut short.

/** What may stand outside of SECTIONS. */
const COMMANDS: readonly string[] = [
  // Nothing, and words that begin nothing.
  ...['', '   \n', ';', ';;', 'foo', 'foo bar', '}', '(', ')', 'FOO(bar)', 'a b c d\n e', '\0', 'x\0 = 5;'],
  ...['Hello, world!', '#!/bin/sh\necho hi', '<?xml version="1.0"?>', '{"a": 1}', '// comment', '-lfoo', '%PDF-1.4'],
  ...['int main() { return 0; }', '/usr/lib/libfoo.so', 'prefix=/usr\nlibs=-lfoo', 'PK\x03\x04', '!<arch', '\x7fEL'],
  ...['CREATE_OBJECT_SYMBOLS', 'INHIBIT_COMMON_ALLOCATION', 'LD_FEATURE("SANE_EXPR")', 'STARTUP(a.o)', 'HLL(foo)'],
  // Comments, quotes and lines.
  ...['/* c */ x = 5;', '# comment\nx = 5;', '# comment', 'x = /* c */ 5;', '/**/', '#', '"a\nb" = 5;\ny = ;'],
  ...['x = 5; /* unclosed', '/*', 'x = "abc;', '"abc', 'x = 5; "', 'x /* \n\n */ = ;', 'x\n=\n5\n;\ny\n=\n;'],
  ...['x = 5;\r\ny = ;\r\n', 'x = 5;\r y = ;', '\tx = ;', 'x = é;', '\ufeffx = 5;', 'INCLUDE open.lds'],
  // Assignments.
  ...['x = 5;', 'x = 5', 'x', 'x = ;', 'x = 5; y = x + 1;', 'x *= 2;', 'x /= 2;', 'x <<= 1;', 'x >>= 1;', 'x &= 1;'],
  ...[
    'x |= 1;',
    'x ^= 1;',
    'x += 1;',
    'x %= 1;',
    'x &&= 1;',
    'x+=1;',
    'x=1;',
    'x=1',
    'x =5;',
    'x =5',
    'x=5 ;',
    'x =a-b;',
  ],
  ...['x= 5;', 'x +=5;', 'x+= 5;', 'x -=5;', 'x=+5;', 'x =-5;', 'x =a==b;', 'x =a<<=b;', 'x =a+=b;', '"x" = 5;'],
  ...[
    'x = = 5;',
    'x = 5 5;',
    'x := 5;',
    'a$b = 1;',
    'a-b = 1;',
    'a:b = 1;',
    'a=b=1;',
    '.=5;',
    '. = 5;',
    '/DISCARD/ = 5;',
  ],
  ...['PROVIDE(x = 5);', 'PROVIDE(x = 5)', 'PROVIDE(x)', 'PROVIDE(x', 'PROVIDE(', 'PROVIDE', 'PROVIDE(x += 1);'],
  ...['HIDDEN(x = 5);', 'HIDDEN(x);', 'PROVIDE_HIDDEN(x = 5);', 'PROVIDE(x = );', 'PROVIDE("x" = 5);', 'PROVIDE(x=5);'],
  ...['PROVIDE(foo = bar);', 'PROVIDE(zzz = bar);', 'PROVIDE(a-b = 1);', 'PROVIDE (x = 1) ;', 'HIDDEN (x = 1'],
  ...['PROVIDE(x =5);', 'PROVIDE(x-y =5);', 'HIDDEN(x =a:b);', 'PROVIDE_HIDDEN(x = 1 ; )', 'PROVIDE ( x ? 1 );'],
  // Numbers.
  ...[
    '10K',
    '10k',
    '10M',
    '0ffH',
    '0x',
    '0xg',
    '12z',
    '0X10',
    '0b11',
    '1.5',
    '0h',
    'h',
    'k',
    'abch',
    '010',
    '0x10K',
  ].map((number) => `x = ${number};`),
  ...['99999999999999999999', '0xffffffffffffffffff', '18446744073709551615', '1-2'].map((number) => `x = ${number};`),
  // Expressions.
  ...[
    '1 + ',
    '(1',
    '1)',
    '"y"',
    '1 ? 2 : 3',
    '1 ? 2 ',
    'a+b',
    '+5',
    '-5',
    '~5',
    '!5',
    '1 ^ 2',
    '1^2',
    '2<<1',
    'a^b',
  ].map((expression) => `x = ${expression};`),
  ...[
    '5 > 3',
    '5>3',
    '5 >= 3 && 1 || 0',
    '1&&0',
    '1||0',
    '1|2&3',
    'a:b',
    'a::b',
    'a!b',
    'foo@V1',
    'a,b',
    'a*b',
    'a%b',
  ].map((expression) => `x = ${expression};`),
  ...[
    'DEFINED(foo) ? foo : 5',
    'MAX(1, 2) + MIN(1, 2) + LOG2CEIL(5)',
    'MAX(1)',
    'ALIGN(5, 16)',
    'CONSTANT(MAXPAGESIZE)',
  ].map((expression) => `x = ${expression};`),
  ...[
    'CONSTANT(FOO)',
    'SEGMENT_START("text-segment", 4)',
    'SEGMENT_START(a)',
    'ABSOLUTE(5)',
    'NEXT(5)',
    'ADDR .text',
  ].map((expression) => `x = ${expression};`),
  ...[
    'DATA_SEGMENT_END(x)',
    'ORIGIN(nope)',
    'LENGTH(nope)',
    'ASSERT(1, "m")',
    'SIZEOF(.text',
    'ALIGN(',
    'SIZEOF_HEADERS',
  ].map((expression) => `x = ${expression};`),
  `x = ${'('.repeat(300)}1${')'.repeat(300)};`,
  `x = ${'-'.repeat(300)}1;`,
  `x = ${'1 ? 2 : '.repeat(100)}3;`,
  `x = ${'1+'.repeat(1000)}1;`,
  ...['1 ? 2', '(1', ''].map((expression) => `y = 1; x = ${expression}`),
  // Commands with names.
  ...['ENTRY', 'ENTRY(', 'ENTRY(foo', 'ENTRY(foo)', 'ENTRY foo', 'ENTRY(foo bar)', 'ENTRY("foo")', 'ENTRY(foo);'],
  ...['EXTERN', 'EXTERN(', 'EXTERN(foo', 'EXTERN(foo foo)', 'EXTERN()', 'OUTPUT(foo)', 'OUTPUT', 'OUTPUT(a b)'],
  ...[
    'OUTPUT_ARCH(i386:x86-64)',
    'OUTPUT_ARCH(',
    'OUTPUT_ARCH',
    'SEARCH_DIR(/foo)',
    'SEARCH_DIR("=/foo")',
    'SEARCH_DIR(',
  ],
  ...['TARGET(elf64-x86-64)', 'TARGET(binary)', 'TARGET(foo)', 'TARGET(', 'INPUT(', 'INPUT', 'INPUT(AS_NEEDED('],
  ...['INPUT(AS_NEEDED())', 'INPUT(AS_NEEDED)', 'INPUT()', 'GROUP()', 'GROUP', 'GROUP(', 'GROUP ( AS_NEEDED ( ) )'],
  ...['OUTPUT_FORMAT(elf64-x86-64)', 'OUTPUT_FORMAT("elf64-x86-64", "a", "b")', 'OUTPUT_FORMAT(foo)', 'OUTPUT_FORMAT('],
  ...['OUTPUT_FORMAT(elf64-x86-64, a)', 'OUTPUT_FORMAT(elf64-x86-64, a, b', 'OUTPUT_FORMAT(elf64-x86-64, a, b;'],
  ...['OUTPUT_FORMAT', 'OUTPUT_FORMAT(elf64-x86-64) OUTPUT_FORMAT(foo)', 'OUTPUT_FORMAT(elf64-x86-64 foo)'],
  ...['INCLUDE nothere', 'INCLUDE', 'INCLUDE "self.lds"', 'INCLUDE x.lds', 'INCLUDE inc.lds', 'INCLUDE cyc.lds'],
  ...['INCLUDE inc.lds INCLUDE inc.lds', 'INCLUDE bad.lds', 'INCLUDE inc.lds x = ;', 'INCLUDE empty.lds x = ;'],
  ...['ASSERT(1, "m");', 'ASSERT(1, "m")', 'ASSERT(1)', 'ASSERT(', 'ASSERT', 'ASSERT(1,', 'ASSERT(1, m'],
  ...[
    'VERSION { }',
    'VERSION { { foo; }; }',
    'VERSION { V1 { foo; }; }',
    'VERSION { V1 { foo; } }',
    'VERSION {',
    'VERSION',
  ],
  ...[
    'VERSION { V1 { foo }; }',
    'VERSION { V1 { foo; }; { bar; }; }',
    'VERSION { V1 ; }',
    'VERSION { V1 { global:foo; local:*; }; } x=1:2;',
    'VERSION { {foo;} }',
  ],
  ...['NOCROSSREFS(.a .b)', 'NOCROSSREFS(.a)', 'NOCROSSREFS_TO(.a .b)', 'NOCROSSREFS_TO()', 'REGION_ALIAS(a, b)'],
  // Regions and program headers.
  ...['MEMORY', 'MEMORY {', 'MEMORY { r', 'MEMORY { r : }', 'MEMORY { r : foo = 1 }', 'MEMORY { r : ORIGIN 1 }'],
  ...[
    'r : ORIGIN = 1 LENGTH = 2',
    'r (rwx!a) : org = 1, len = 100M',
    'r (q) : org = 1, len = 2',
    'r (rw : org = 1',
  ].map((region) => `MEMORY { ${region} }`),
  ...['r (rwx) : o = 1, l = 100M r : o = 1, l = 2', 'INCLUDE mem.inc', 'r (q:org=1,len=2'].map(
    (region) => `MEMORY { ${region} }`,
  ),
  ...['REGION_ALIAS("a", r)', 'REGION_ALIAS(r, r)', 'REGION_ALIAS(a, r) x = ORIGIN(a) + LENGTH(r);'].map(
    (command) => `MEMORY { r (rwx) : ORIGIN = 0x10000, LENGTH = 0x10000000 } ${command}`,
  ),
  ...[
    't PT_LOAD;',
    't PT_FOO;',
    't PT_LOAD',
    't PT_LOAD FILEHDR PHDRS AT(0x1000) FLAGS(5);',
    't PT_LOAD FLAGS(x);',
  ].map((header) => `PHDRS { ${header} }`),
  ...['t 1;', 't PT_LOAD FOO;', 't PT_OPENBSD_MUTABLE;', 't PT_OPENBSD_SYSCALLS;', 't PT_LOAD FLAGS(1/0);'].map(
    (header) => `PHDRS { ${header} }`,
  ),
  ...['PHDRS', 'PHDRS {', 'PHDRS { t', 'PHDRS { t PT_LOAD', 'OVERWRITE_SECTIONS { .foo : { *(.foo) } }'],
  ...['OVERWRITE_SECTIONS {', 'OVERWRITE_SECTIONS'],
];

/** What may stand in the description of an output section. */
const ITEMS: readonly string[] = [
  ...['*(SORT(.text))', '*(SORT_BY_NAME(SORT_BY_ALIGNMENT(.text)))', '*(SORT_BY_INIT_PRIORITY(.text.*))'],
  ...['*(SORT_NONE(.text))', '*(REVERSE(.text))', '*(REVERSE(SORT(.text)))', '*(SORT(SORT(SORT(.text))))'],
  ...['*(SORT .text)', '*(SORT(.text)', '*(SORT(.a) .b SORT(.c))', '*(.a SORT(.b))', '*(EXCLUDE_FILE(a.o) .text)'],
  ...[
    '*(EXCLUDE_FILE(a.o))',
    '*(EXCLUDE_FILE() .text)',
    '*(EXCLUDE_FILE a.o .text)',
    '*(EXCLUDE_FILE(a.o) SORT(.text))',
  ],
  ...['*(.text EXCLUDE_FILE(b.o c.o) .data .rodata)', '*(SORT(EXCLUDE_FILE(a.o) .text))', '*()', '*(())', '*({})'],
  ...['*(.a{.b)', '*(.a}.b)', '*(.a (.b))', 'a.o', 'a.o b.o', '*.o(.text)', '(.text)', ')', '}', 'SORT(CONSTRUCTORS)'],
  ...['SORT(foo)', 'CONSTRUCTORS', 'BYTE(1)', 'SHORT(1) LONG(2) QUAD(3);', 'BYTE(', 'BYTE(foo)', 'FILL(0x90)'],
  ...['FILL 0x90', 'FILL(0x1ffffffff)', 'FILL(foo)', 'FILL', 'INCLUDE nothere', 'INCLUDE sec.inc', 'ASSERT(1, "m")'],
  ...['PROVIDE(x = .);', 'HIDDEN(x = .);', 'x = .', 'x = 5;', 'x =5;', 'x -=5;', 'INPUT_SECTION_FLAGS SHF'],
  ...['INPUT_SECTION_FLAGS(SHF_ALLOC) *(.text)', 'INPUT_SECTION_FLAGS(SHF_ALLOC & !SHF_WRITE) *(.text)'],
  ...['INPUT_SECTION_FLAGS(FOO) *(.text)', 'INPUT_SECTION_FLAGS(SHF_ALLOC | SHF_WRITE) *(.text)'],
  ...['INPUT_SECTION_FLAGS(2) *(.text)', 'KEEP(INPUT_SECTION_FLAGS(SHF_ALLOC) *(.text))'],
  ...['INPUT_SECTION_FLAGS(SHF_AARCH64_PURECODE) *(.text)', 'INPUT_SECTION_FLAGS(SHF_ARM_PURECODE) *(.text)'],
  ...[
    'INPUT_SECTION_FLAGS(SHF_ALLOC *(.text)',
    '*(.te[xt)',
    '*(.te[z-a]xt)',
    '[a.o(.text)',
    '*(EXCLUDE_FILE([a.o) .text)',
  ],
  ...['*(.text\\)', '"a.o"(.text)', '*(".text")', '*(.text,.data)', ';', ';;', 'CLASS(a)', '*(.text) = 5;', ','],
  ...['foo bar baz(.text)', '*(COMMON)', 'KEEP(*(.text))', 'KEEP(*(.text)', 'KEEP(*)', 'KEEP *(.text)', 'KEEP'],
];

/** What may stand in SECTIONS. */
const SECTIONS: readonly string[] = [
  ...ITEMS.map((item) => `.text : { ${item} }`),
  ...['', '.text { *(.text) }', '.text : *(.text)', '.text', '. = 0x10000; .text : { *(.text) } x = .;'],
  ...['. = 0x10000 .text : { *(.text) }', '. += 5;', '.+=5;', '. -= 5;', 'x =5;', '"y z" = 6;', '.text:{*(.text)}'],
  ...['0x10000', '(NOLOAD)', '(COPY)', '(INFO)', '(OVERLAY)', '(TYPE=SHT_PROGBITS)', '(TYPE=SHT_FOO)', '(TYPE=x)'].map(
    (address) => `.text ${address} : { *(.text) }`,
  ),
  ...['(BAR)', '0x10000 (NOLOAD)', '0x10000 (BAR)', '(0x10000)', '(0x10000) (NOLOAD)', '(NOLOAD', 'ALIGN(16)', '.'].map(
    (address) => `.text ${address} : { *(.text) }`,
  ),
  ...['AT(0x1000)', 'AT 0x1000', 'ALIGN(16)', 'SUBALIGN(16)', 'ONLY_IF_RO', 'ALIGN(16) AT(0)', 'BLOCK(16)'].map(
    (attribute) => `.text : ${attribute} { *(.text) }`,
  ),
  ...['> r', '>r AT>r', 'AT r', ':t', ': t :u', '=0x90', '= 0x90', '=0x90909090 .data : {}', '=(1+2)', '=foo', '>'].map(
    (phrase) => `.text : { *(.text) } ${phrase}`,
  ),
  ...['=0x1ffffffff', ',', ',.data:{*(.data)}', ';', 'INCLUDE nothere', '}', '} }', ':', '=', 'AT'].map(
    (phrase) => `.text : { *(.text) } ${phrase}`,
  ),
  '.text : AT(0) { *(.text) } AT> r',
  ...[
    'OVERLAY 0x10000 : AT(0x20000) { .a { *(.a) } .b { *(.b) } }',
    'OVERLAY 0x10000 : { .a { *(.a) } }',
    'OVERLAY { }',
  ],
  ...['OVERLAY : { .a { *(.a) } }', 'OVERLAY : NOCROSSREFS AT(0) { .a { *(.a) } } >r'],
  ...['OVERLAY 0x10000 : AT(0x20000) { .a { *(.a) } } >r', 'OVERLAY 0x10000 : AT(0x20000) { .a : { *(.a) } }'],
  ...['OVERLAY 0x10000 : AT(0x20000) { .a { KEEP(*(.a)) } }', 'CLASS(a) { *(.text) } .text : { CLASS(a) }'],
  ...[
    'CLASS(a) { *(.text) } CLASS(a) { *(.b) }',
    'CLASS(a) { CLASS(b) }',
    'CLASS(a) { ( }',
    'CLASS { }',
    'CLASS(a) { foo }',
  ],
  ...['/DISCARD/ : { *(.comment) }', 'ASSERT(1, "m")', 'ASSERT(1, "m");', 'PROVIDE(a = .); b = .;'],
  ...[
    'x = ADDR(.text); .text : { *(.text) }',
    'x = SIZEOF(.text) + LOADADDR(.text) + ALIGNOF(.text); .text : { *(.text) }',
  ],
  'x = DATA_SEGMENT_ALIGN(4096, 4096); y = DATA_SEGMENT_RELRO_END(0, .); z = DATA_SEGMENT_END(.);',
];

/** All scripts. */
export const SCRIPT_CASES: readonly string[] = [
  ...COMMANDS,
  ...SECTIONS.map((section) => `MEMORY { r (rwx) : o = 0, l = 100M } SECTIONS { ${section} }`),
  ...[
    'SECTIONS',
    'SECTIONS {',
    'SECTIONS { .text : { *(.text) }',
    'SECTIONS { .text : { *(.text }',
    'SECTIONS { .text',
  ],
  ...[
    'SECTIONS { .text : { *(.text) } } foo',
    'SECTIONS { .text : { x = 5 } }',
    'SECTIONS { OVERLAY 0 : AT(0) { .a { *(.a)',
  ],
  ...['INSERT AFTER .text;', 'INSERT BEFORE .text', 'INSERT .text', 'INSERT'].map(
    (insert) => `SECTIONS { .foo : { *(.foo) } } ${insert}`,
  ),
];

/** Scripts that others include, by name. */
export const INCLUDED: Readonly<Record<string, string>> = {
  'inc.lds': 'inc_sym = 7;\n',
  'cyc.lds': 'INCLUDE cyc2.lds\n',
  'cyc2.lds': 'INCLUDE cyc.lds\n',
  'bad.lds': '\nbad = ;\n',
  'empty.lds': '\n',
  'open.lds': 'a = 1;\n /* b',
  'mem.inc': 'r : o = 0, l = 100M',
  'sec.inc': '*(.text)',
  'self.lds': 'INCLUDE self.lds\n',
};

/** Version scripts. */
export const VERSION_CASES: readonly string[] = [
  ...[
    '',
    '{ }',
    '{ };',
    '{ foo; };',
    '{ foo; bar };',
    '{ global: foo; local: *; };',
    '{ foo; local: *; } V0;',
    '}',
    '/* x',
  ],
  ...['V1 { foo; };', 'V1 { foo; }; V2 { foo; } V1;', 'V1 { foo; }; V2 { foo; } V1 V0;', 'V1 { foo; }; { bar; };'],
  ...[
    '{ foo; }; V1 { bar; };',
    'V1 foo;',
    'V1 {',
    'V1 { foo',
    'V1 { foo;',
    'V1 { foo; }',
    'V1 { foo; } x',
    'V1 { foo; }; }',
  ],
  ...['V1 { extern "C++" { ns::*; "f*(int)" }; };', 'V1 { extern "C" { foo; }; };', 'V1 { extern "D" { foo; }; };'],
  ...['V1 { extern C { foo; }; };', 'V1 { extern "C++" { foo', 'V1 { local : *; global : foo; };', 'V1 { local: };'],
  ...[
    'V1 { local',
    'V1 { global',
    '# c\nV1 { foo; };',
    'V1 { "foo*"; };',
    'V1 { foo;; };',
    'V1 { extern "C++" { a* };\n };',
  ],
  ...[
    'V1 { extern "C++" { foo; }\n };',
    'V1 { global:foo; local:*; };',
    '{ local:*;global:[f]oo; };',
    'V1 { ns::b*; };',
    'V1 { a*:b; };',
    'V1 { a::b:c; };',
    'V1 { :a; };',
    'V1 { a:::b; };',
    'V1: { foo; };',
    'V1 { foo; } V:0;',
    '{ a << b; };',
    '{ f&=g; };',
    '{ f==g*; };',
    '{ +=?; };',
    'V1 { "foo',
    'V1 { foo: };',
    'V1 { foo } ; V2',
    '{ extern "C" { foo }; };',
  ],
];

/** Dynamic lists. */
export const DYNAMIC_CASES: readonly string[] = [
  ...['', '{ foo; };', '{ foo; }', '{ foo };', '{ local: foo; };', '{ global: foo; };', '{ foo; }; x', 'foo;', '{ };'],
  ...['{ extern "C++" { foo; }; };', '{ "a*"; b?; };', '{ global:foo; };', '{ a:b; };', '{ foo; } ; ;', '{ {', '/* {'],
];

/** Arguments of `--defsym`. */
export const DEFSYM_CASES: readonly string[] = [
  ...['x=', 'x=5', 'x=foo', 'x=1+', 'x=(1', 'x=1 2', 'x=1;', '=5', 'x=0xg', '"x"=5', 'x y=5', 'x-y=5', 'x=y=5', 'x=/*'],
  ...['x="', 'x==5', 'x=.', 'x=SIZEOF(.text)', '1=5', 'x=foo+4*2', 'x=ORIGIN(r)', 'x= ', 'x=\n5\n+', 'x=~5', 'x=a b'],
];
