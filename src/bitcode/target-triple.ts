// Target triples, as far as they decide what llvm-nm prints (llvm/TargetParser/Triple.h).

// The operating systems of Triple::isOSDarwin; versions follow the names.
const DARWIN = /^(darwin|macos|ios|tvos|watchos|driverkit|xros|visionos|bridgeos)/;

/** Whether the operating system of a triple is one of Apple's. */
export function isDarwin(triple: string): boolean {
  return DARWIN.test(triple.split('-', 3)[2] ?? '');
}

/** Whether object files of the target cannot have COMDATs: Mach-O and XCOFF. */
export function hasNoComdats(triple: string): boolean {
  const [, , system = '', environment = ''] = triple.split('-', 4);
  if (environment.endsWith('macho')) return true;
  if (/(elf|coff)$/.test(environment)) return false;
  return DARWIN.test(system) || system.startsWith('aix');
}
