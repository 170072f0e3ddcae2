// Module assembly with every directive that matters to symbols, by target. Compiled by the tests; the answers are those of
// the compilers.

export const X86_ASSEMBLY = `
foo: .long bar - .
.Lx: .quad .Ly
.Ly:
1: jmp 1b
jmp 2f
2: call ext@PLT
.globl g1
.globl g2
g2 = foo + 4
.set c1, 5
.equ c2, c1+1
.weak w1
.weak w2
w2:
.comm cm, 8, 4
.lcomm lcm, 4
.local loc1
.hidden hid1
.type t1,@function
.size t2, .-foo
.uleb128 u1 - foo
.sleb128 u2
mov $imm, %eax
mov mem(%rip), %eax
lea mem2(,%rax,8), %rax
.symver foo, foo2@@V1
.symver und, und2@V1
.symver und3, und3@@@V1
.pushsection .discard, "a"; .popsection
.macro mm a, b=3
\\a\\()_x\\@: .long \\b
.endm
mm q
mm r, zz
.irp p, i1,i2
\\p: nop
.endr
.rept 2
nop
.endr
.if c1 == 5
yes:
.else
no:
.endif
.ifdef foo
fd:
.endif
.fill f1-foo, 1, 0
.org .+4
.skip 4
.reloc ., R_X86_64_NONE, rel1
.cfi_startproc
.cfi_personality 0, pers
.cfi_lsda 0, lsda
.cfi_endproc
"quoted name": .long "q2 x"
.ascii "a: b; # c"
/* comm: */ aft: # com:
.string ";x:"
.dc.l dcl
.value val
.byte 1,2,b1-b2
.addrsig
.addrsig_sym as1
.weakref wr1, wr2
.protected pr
.internal inr
.global g3, g4
.set dotv, .
.equiv eqv, foo
jmp *%rax
jmp *tbl(,%rax,8)
mov %fs:tlsv@tpoff, %rax
mov $foo - bar9 + (4*5), %rax
prefetcht0 pre(%rip)
.cg_profile cga, cgb, 3
.symver foo, foo@V3, remove
rep; movsb
lock incl lk(%rip)
.octa 0x1
.long 'a', "zz"
.text
.bss
.previous
.p2align 4, , 10
.balign 8
.align 8
`;

export const ARM_ASSEMBLY = `
ldr r0, =sym1
bl sym3(PLT)
movw r0, :lower16:sym4
ldr r0, [r1, #4]
.word sym6(GOT)
.thumb_set ts1, sym7
.thumb_func
.code 32
fn2: bx lr
beq 1f
1: push {r4, lr}
ldr r2, =0x12345678
mrs r0, cpsr
dmb ish
.ltorg
.hword sym9
@ comment
.fnstart
.personality pers
.fnend
.equ q, 3
mov r0, #q
`;

export const AARCH64_ASSEMBLY = `
adrp x0, sym1
add x0, x0, :lo12:sym2
ldr x1, [x0, #:lo12:sym3]
bl sym4
b.eq sym5
beq sym5b
cbz x0, 1f
1: mrs x0, sctlr_el1
dmb ish
ldr x2, =sym6
ldr x2, sym7
msr daifset, #2
.xword sym8
.word sym9 - .
tbz x0, #3, sym10
adr x4, sym11
.inst 0
csel x0, x1, x2, eq
movz x0, #:abs_g3:sym12
prfm pldl1keep, sym13
.tlsdesccall sym14
ldr x3, =0x1234567812345678
sys #0, c7, c5, #0, x1
`;

export const RISCV_ASSEMBLY = `
la a0, sym1
lla a1, sym2
call sym3
tail sym4@plt
lw a0, sym5
sw a0, sym6, t0
1: auipc a0, %pcrel_hi(sym7)
addi a0, a0, %pcrel_lo(1b)
beqz a0, 1b
li a0, 5
j sym8
fence rw, rw
csrr a0, mstatus
.half 3
.dword sym9-sym10
lui a0, %hi(sym11)
la.tls.gd a0, sym12
.option push
.insn r 0x33, 0, 0, a0, a1, a2
`;

/** As rustc writes the assembly of a crate. */
export const INTEL_ASSEMBLY = `
.intel_syntax
.globl fn
fn:
mov eax, dword ptr [rip + var]
lea rdx, table[rip]
mov rbx, offset address
mov rax, qword ptr fs:[0]
cmp byte ptr [rax + 4*rcx + disp], 3
call ext@PLT
2: jne 2b
vaddps zmm0{k1}, zmm1, zmm2
mov r10d, r11d
shl rax, cl
fld st(1)
rep movsb
mov rax, cr0
jmp fn
.att_syntax
movl eax, %eax
`;

export const POWERPC_ASSEMBLY = `
addis 3, 2, sym1@toc@ha
addi 3, 3, sym1@toc@l
bl sym2
nop
ld 4, sym3@got(2)
lis 5, sym4@ha
beq cr0, sym5
bdnz 1f
1: mtlr 0
.llong sym6
.tc sym7[TC], sym8

.localentry fnx, .-fnx
crand eq, lt, gt
li %r3, 4
`;

export const MACHO_ASSEMBLY = `
.globl _a
_a: .quad _b
1: jmp 1b
Lx: .long Lx-.
.zerofill __DATA,__bss,_z,8,3
.lcomm _lc,4
.comm _cm,4,2
.private_extern _pe
.weak_definition _wd
_wd: .long 1
.lazy_reference _lz
.weak_reference _wr
.no_dead_strip _nd
.reference _rf
.macro m0
.long $0, $1
.endmacro
m0 _x, _y
.tbss _tb, 4
.set _s, _a
`;

export const COFF_ASSEMBLY = `
.globl a
a: .quad b
.weak w
.weak w2
w2: .long d@IMGREL
.secrel32 s
.secidx s2
.rva r
.long "?f@@YAXXZ"
.long f@4
1: jmp 1b
.lcomm lc,4
.comm cm,4
.def zz; .scl 2; .type 32; .endef
`;
