// Symbols that lld defines itself where something refers to them and nothing defines them (addReservedSymbols and
// addOptionalRegular in lld/ELF/Writer.cpp; targets in lld/ELF/Arch).

/** Names that are there in every link but `-r`. */
const ALWAYS: ReadonlySet<string> = new Set([
  '__ehdr_start',
  '__executable_start',
  '__dso_handle',
  '__bss_start',
  'end',
  '_end',
  'etext',
  '_etext',
  'edata',
  '_edata',
  '__preinit_array_start',
  '__preinit_array_end',
  '__init_array_start',
  '__init_array_end',
  '__fini_array_start',
  '__fini_array_end',
  '_GLOBAL_OFFSET_TABLE_',
  '_DYNAMIC',
  '_TLS_MODULE_BASE_',
  '__rela_iplt_start',
  '__rela_iplt_end',
  '__rel_iplt_start',
  '__rel_iplt_end',
  '__GNU_EH_FRAME_HDR',
]);

const BY_MACHINE: Readonly<Record<string, readonly string[]>> = {
  mips: ['_gp', '_gp_disp', '__gnu_local_gp'],
  ppc: ['_SDA_BASE_'],
  ppc64: ['.TOC.'],
  riscv: ['__global_pointer$'],
  arm: ['__exidx_start', '__exidx_end'],
  i386: ['___tls_get_addr'],
  x86_64: ['__tls_get_addr'],
};

/** Whether the linker defines a name where it is missing. Names of sections' ends are another matter. */
export function isReservedSymbol(name: string, machine: string | undefined): boolean {
  return ALWAYS.has(name) || (BY_MACHINE[machine ?? '']?.includes(name) ?? false);
}

/** The section whose bounds `__start_NAME` and `__stop_NAME` are; `undefined` for other names. */
export function sectionOfBound(name: string): string | undefined {
  return /^__(?:start|stop)_([A-Za-z_]\w*)$/.exec(name)?.[1];
}
