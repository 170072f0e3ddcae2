// A relocatable object with every kind of section that linkers check, for many machines: assembled by clang when a test
// asks for it, out of directives that all machines have, so that the same sections and symbols can be broken in each.

import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from './temporary.ts';
import { run } from './tools.ts';

/** What clang calls a machine, the bytes of its addresses, and options that it needs. */
const MACHINES = {
  aarch64: { addressSize: 8, options: [] },
  aarch64_be: { addressSize: 8, options: [] },
  arm: { addressSize: 4, options: [] },
  i386: { addressSize: 4, options: [] },
  powerpc: { addressSize: 4, options: [] },
  // lld does not link the first version of this ABI.
  powerpc64: { addressSize: 8, options: ['-mabi=elfv2'] },
  riscv64: { addressSize: 8, options: [] },
  x86_64: { addressSize: 8, options: [] },
} as const satisfies Record<string, { addressSize: 4 | 8; options: readonly string[] }>;

/** A machine that every ld.lld from 13 on links. */
export type SoundMachine = keyof typeof MACHINES;

/** The options with which clang compiles for a machine. */
function targetOptions(machine: SoundMachine): readonly string[] {
  return [`--target=${machine}-linux-gnu`, ...MACHINES[machine].options];
}

function assemblyText(addressSize: 4 | 8): string {
  const address = addressSize === 8 ? '.quad' : '.long';
  return `
	.text
	.globl	start
	.type	start,%function
start:
	.zero	16
	.size	start, .-start
	.type	local_function,%function
local_function:
	.long	0
	.size	local_function, .-local_function

	.data
	.globl	data
	.type	data,%object
	.p2align 3
data:
	${address}	start
	${address}	undefined
	${address}	local_function
	${address}	weak
	${address}	string
	${address}	common
	.size	data, .-data
	.weak	weak

	.bss
	.hidden	hidden
	.globl	hidden
	.type	hidden,%object
hidden:
	.zero	16
	.size	hidden, 16

	.globl	absolute
	.set	absolute, 42
	.comm	common,8,8

	.section	.rodata.strings,"aMS",%progbits,1
string:
	.asciz	"one"
	.asciz	"two"

	.section	.rodata.constants,"aM",%progbits,8
	.p2align 3
	.zero	8
	.zero	8,1

	.section	.tdata,"awT",%progbits
	.globl	thread_local
	.type	thread_local,%object
thread_local:
	.long	1
	.size	thread_local, 4

	.section	.text.signature,"axG",%progbits,signature,comdat
	.weak	signature
	.type	signature,%function
signature:
	.zero	8
	.size	signature, .-signature
	.section	.data.signature,"awG",%progbits,signature,comdat
	${address}	signature

	.section	.ordered,"ao",%progbits,.text
	.long	7

	.section	.eh_frame,"a",%progbits
	.p2align 2
	.long	16
	.long	0
	.byte	1
	.asciz	"zR"
	.byte	1, 0x7c, 16, 1, 0x1b, 12, 7, 8
	.long	16
	.long	24
	.long	local_function-.
	.long	4
	.long	0
	.long	0

	.section	.init_array,"aw",%init_array
	.p2align 3
	${address}	start

	.section	.note.gnu.property,"a",%note
	.p2align ${addressSize === 8 ? 3 : 2}
	.long	4
	.long	${addressSize === 8 ? 16 : 12}
	.long	5
	.asciz	"GNU"
	.long	0xc0000000
	.long	4
	.long	0
	.zero	${addressSize === 8 ? 4 : 0}

	.section	.note.GNU-stack,"",%progbits
	.section	.metadata,"",%progbits
	${address}	start
	.section	.debug_str,"MS",%progbits,1
	.asciz	"text"
	.section	.deplibs,"MS",%llvm_dependent_libraries,1
	.section	.linker-options,"e",%llvm_linker_options

	.addrsig
	.addrsig_sym start
	.addrsig_sym data
	.cg_profile start, undefined, 10
	.cg_profile start, data, 20
`;
}

const assembled = new Map<SoundMachine, Uint8Array>();

/**
 * Assembles the object for a machine, once.
 *
 * @param clang - The path of clang 22.
 */
export function soundObject(clang: string, machine: SoundMachine): Uint8Array {
  const known = assembled.get(machine);
  if (known !== undefined) return known;
  const folder = temporaryFolder({ 'sound.s': assemblyText(MACHINES[machine].addressSize) });
  const output = join(folder, 'sound.o');
  const { status, stderr } = run(clang, [...targetOptions(machine), '-c', '-o', output, join(folder, 'sound.s')]);
  if (status !== 0) throw new Error(`clang cannot assemble for ${machine}: ${stderr}`);
  const bytes = Uint8Array.from(readFileSync(output));
  rmSync(output);
  assembled.set(machine, bytes);
  return bytes;
}
