// Target triples, as far as they decide what llvm-nm prints (llvm/TargetParser/Triple.h).

// The operating systems of Triple::isOSDarwin; versions follow the names.
const DARWIN = /^(darwin|macos|ios|tvos|watchos|driverkit|xros|visionos|bridgeos)/;

/** Whether the operating system of a triple is one of Apple's. */
export function isDarwin(triple: string): boolean {
  return DARWIN.test(triple.split('-', 3)[2] ?? '');
}
