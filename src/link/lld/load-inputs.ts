// The inputs of a link line, opened in its order: files, libraries that are searched for, members of archives, what scripts
// name. What cannot be opened is told in the linker's words; the rest goes on.

import type { ByteRange } from '../../bytes/index.ts';
import type { InputFormat } from '../detect.ts';
import type { Linker } from '../linker.ts';
import { linkerName } from '../link-input.ts';
import type { InputFailure, LinkArchive } from '../link-input.ts';
import type { NameInterner } from '../name-interner.ts';
import type { LazyIndex } from '../resolution/resolver.ts';
import { NO_SYMBOLS } from '../symbols/input-symbols.ts';
import { walkInputs } from '../walk.ts';
import type { InputHost, Walked, WalkedInput } from '../walk.ts';
import type { CommandComplaint, InputState, LinkCommand, LinkOptions } from './command-line/link-command.ts';
import { tellDamage } from './check-object.ts';
import { isForeignFile } from './foreign-magic.ts';
import { areCompatible, targetOfEmulation } from './link-target.ts';
import type { LoadedInput } from './loaded-input.ts';
import { readArchiveIndex } from './read-archive-index.ts';
import { readBitcodeInput, readElfInput } from './read-input.ts';
import type { ReadInput, ReadOutcome } from './read-input.ts';
import type { LinkScript, ScriptCommand, ScriptInput, ScriptReference } from './script/link-script.ts';
import { parseDefsym, readLinkScript } from './script/read-script.ts';
import { describeAt } from './script/script-place.ts';
import { SearchPaths } from './search-paths.ts';
import { refusalOfBitcode } from './tell-bitcode.ts';
import { STAGES } from './verdict-list.ts';
import type { VerdictDraft, VerdictList } from './verdict-list.ts';
import type { LinkVerdictKind } from './verdict.ts';

/** What loading a link line needs. */
export interface LoadContext {
  readonly host: InputHost;
  readonly names: NameInterner;
  readonly verdicts: VerdictList;
  readonly linker: Linker;
  readonly major: number;
  /** Memory that one input after the other is read into. */
  readonly scratch: Uint8Array;
  /** Reads a file whole; `undefined` if it is not there. */
  readonly readFile: (file: string) => Uint8Array | undefined;
}

/** An archive of the line. */
export interface LoadedArchive {
  readonly name: string;
  readonly hasSymbolIndex: boolean;
  readonly isThin: boolean;
  readonly isLazy: boolean;
  /** Numbers of its first input, and of the one behind its last. */
  readonly first: number;
  end: number;
  /** What the index tells, for a linker that goes by it. */
  index: LazyIndex | undefined;
}

/** All inputs of a link line. */
export interface LoadedLink {
  readonly inputs: readonly LoadedInput[];
  readonly archives: readonly LoadedArchive[];
  /** What scripts and `--defsym` say, in the order of the line. */
  readonly commands: readonly ScriptCommand[];
  /** Symbols that expressions of scripts name. */
  readonly references: readonly ScriptReference[];
}

/** What stands before the name of a library, on the line and in scripts. */
const LIBRARY_PREFIX = '-l';

/** Opens the inputs of a link line. */
export class InputLoader {
  readonly inputs: LoadedInput[] = [];
  readonly archives: LoadedArchive[] = [];
  readonly commands: ScriptCommand[] = [];
  readonly references: ScriptReference[] = [];
  private readonly context: LoadContext;
  private readonly options: LinkOptions;
  private readonly searchPaths: SearchPaths;
  private readonly sonames = new Set<string>();
  /** Scripts that are being read: one may name itself. */
  private readonly scripts: string[] = [];
  private readonly read: LinkScript[] = [];

  constructor(context: LoadContext, options: LinkOptions) {
    this.context = context;
    this.options = options;
    this.searchPaths = new SearchPaths(context.host, options.sysroot, options.searchPaths);
  }

  /** Loads all items of a line; complaints about the order of its options come where they stand. */
  load({ items, complaints }: Pick<LinkCommand, 'items' | 'complaints'>): void {
    const { verdicts } = this.context;
    const misplaced = complaints.filter(({ stage }) => stage === 'inputs');
    let told = 0;
    for (let i = 0; i <= items.length; i += 1) {
      for (; told < misplaced.length && (misplaced[told]?.position ?? 0) <= i; told += 1) {
        verdicts.complain(misplaced[told] as CommandComplaint);
      }
      const item = items[i];
      if (item === undefined) break;
      if (item.kind === 'file') this.addFile(item.path, item.state);
      else if (item.kind === 'library') this.addLibrary(item.name, item.state);
      else if (item.kind === 'script') this.addScript(item.path);
      else if (item.kind === 'defsym') this.addDefsym(item.name, item.expression);
      else this.addFile(item.path, PLAIN_STATE, true);
    }
  }

  private addLibrary(name: string, state: InputState, isUnsaid = false): void {
    const path = this.searchPaths.findLibrary(name, state.isStatic);
    if (path !== undefined) this.addFile(path, state);
    else {
      const message = `unable to find library ${LIBRARY_PREFIX}${name}`;
      this.context.verdicts.error(STAGES.OPEN, 'missing-library', message, {
        files: [LIBRARY_PREFIX + name],
        isUnsaid,
      });
    }
  }

  private addScript(path: string): void {
    const found = this.searchPaths.exists(path) ? path : this.searchPaths.find(path);
    const content = found === undefined ? undefined : this.context.readFile(found);
    if (found === undefined || content === undefined) {
      const message = `cannot find linker script ${path}`;
      this.context.verdicts.error(STAGES.OPEN, 'missing-input', message, { files: [path] });
    } else this.runScript(found, content, PLAIN_STATE);
  }

  private addDefsym(name: string, expression: string): void {
    const { verdicts, linker } = this.context;
    const defined = parseDefsym(name, expression, { linker });
    const { references, value, problem } = defined;
    const isUnsaid = verdicts.hasError(STAGES.OPEN);
    for (const error of defined.errors) verdicts.error(STAGES.OPEN, 'script-error', error, { isUnsaid });
    if (defined.name === undefined) return;
    this.references.push(...references);
    this.commands.push({ ...ASSIGNMENT, name: defined.name, references, value, place: '--defsym:1', problem });
  }

  private runScript(file: string, content: Uint8Array, state: InputState): void {
    const { verdicts, linker, readFile } = this.context;
    const readInclude = (name: string) => {
      const path = this.searchPaths.exists(name) ? name : this.searchPaths.find(name);
      const included = path === undefined ? undefined : readFile(path);
      return path === undefined || included === undefined ? undefined : { path, content: included };
    };
    const { endian } = this.options;
    // After an error no script is read; here it is, for what comes behind, and what it says of itself is not said.
    let isUnsaid = verdicts.hasError(STAGES.OPEN);
    const script = readLinkScript(content, { name: file, linker, readInclude, endian, earlier: this.read });
    this.read.push(script);
    this.references.push(...script.references);
    this.scripts.push(file);
    for (const command of script.commands) {
      if (command.kind === 'input') {
        const isFound = this.addScriptInput(command, file, state, isUnsaid);
        // The linker reads no further.
        if (!isFound) isUnsaid = true;
      } else if (command.kind === 'search-dir') this.searchPaths.add(command.path);
      else this.commands.push(command);
    }
    this.scripts.pop();
    const more = { files: [file], isUnsaid };
    for (const error of script.errors) verdicts.error(STAGES.OPEN, 'script-error', error, more);
    for (const message of script.warnings) {
      verdicts.add({ stage: STAGES.OPEN, kind: 'script-error', severity: 'warning', message, ...more });
    }
  }

  private addScriptInput(command: ScriptInput, script: string, outer: InputState, isUnsaid: boolean): boolean {
    const { name } = command;
    const state = { ...outer, asNeeded: outer.asNeeded || command.asNeeded };
    if (name.startsWith(LIBRARY_PREFIX)) {
      this.addLibrary(name.slice(LIBRARY_PREFIX.length), state, isUnsaid);
      return true;
    }
    const { path } = command.place;
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    const { sysroot } = this.options;
    const isInSysroot = sysroot !== '' && script.startsWith(sysroot);
    const candidates = name.startsWith('/')
      ? [...(isInSysroot ? [sysroot + name] : []), name]
      : name.startsWith('=')
        ? [sysroot + name.slice(1)]
        : [folder + name, name];
    const found = candidates.find((file) => this.searchPaths.exists(file)) ?? this.searchPaths.find(name);
    if (found !== undefined) this.addFile(found, state);
    else if (name.startsWith('/')) this.addFile(name, state);
    else {
      const message = describeAt(command.place, `unable to find ${name}`);
      this.context.verdicts.error(STAGES.OPEN, 'missing-input', message, { files: [name], isUnsaid });
      return false;
    }
    return true;
  }

  private addFile(path: string, state: InputState, isJustSymbols = false): void {
    if (state.format === 'binary') {
      this.addBinary(path);
      return;
    }
    const { host, scratch } = this.context;
    let archive: LoadedArchive | undefined;
    for (const walked of walkInputs(host, path, { scratch })) {
      if (walked.kind === 'archive') {
        // What an archive inside an archive holds is nothing to the linker.
        if (walked.archive === undefined) archive = this.enterArchive(path, walked.opened, state);
        else if (walked.archive.parent === undefined) this.refuseMember(walked, archive);
      } else if (walked.archive?.parent === undefined) this.addWalked(walked, archive, state, isJustSymbols);
    }
    if (archive === undefined) return;
    archive.end = this.inputs.length;
    if (this.isByIndex(archive)) archive.index = readArchiveIndex(archive, this.inputs, this.context);
  }

  /** Whether the linker knows the members of an archive by its index only, until it takes one. */
  private isByIndex(archive: LoadedArchive | undefined): boolean {
    return archive?.isLazy === true && archive.hasSymbolIndex && this.context.major < INDEX_UNUSED_SINCE;
  }

  private enterArchive(path: string, opened: LinkArchive, state: InputState): LoadedArchive {
    const archive: LoadedArchive = {
      name: path,
      hasSymbolIndex: opened.hasSymbolIndex,
      isThin: opened.isThin,
      isLazy: !state.wholeArchive,
      first: this.inputs.length,
      end: this.inputs.length,
      index: undefined,
    };
    this.archives.push(archive);
    return archive;
  }

  private addBinary(path: string): void {
    const opened = this.context.host.open(path);
    if ('kind' in opened) {
      this.tellUnopened(path, opened);
      return;
    }
    const size = opened.source.size;
    opened.close();
    const stem = path.replace(/[^0-9A-Za-z]/g, '_');
    for (const end of ['start', 'end', 'size']) {
      const isSize = end === 'size';
      const value = isSize ? BigInt(size) : undefined;
      this.commands.push({ ...ASSIGNMENT, name: `_binary_${stem}_${end}`, value, inSection: !isSize, place: path });
    }
  }

  private addWalked(
    walked: Exclude<Walked, { kind: 'archive' }>,
    archive: LoadedArchive | undefined,
    state: InputState,
    isJustSymbols: boolean,
  ): void {
    if (walked.kind === 'failure') {
      if (walked.archive === undefined) this.tellUnopened(walked.file, walked.failure);
      else this.tellBadMember(walked, archive, walked.failure);
      return;
    }
    const { range, format } = walked;
    if (range === undefined || format === undefined) return;
    const outcome = this.readInput(range, format);
    if (outcome?.kind === 'input') this.addInput(walked, range, outcome.input, archive, state, isJustSymbols);
    else if (archive !== undefined) this.refuseMember(walked, archive, outcome);
    else this.addForeign(walked, outcome, state);
  }

  private readInput(range: ByteRange, format: InputFormat): ReadOutcome | undefined {
    const { names } = this.context;
    if (format === 'elf') return readElfInput(range, names);
    return format === 'bitcode' ? readBitcodeInput(range, names) : undefined;
  }

  private addInput(
    walked: WalkedInput,
    range: ByteRange,
    read: ReadInput,
    archive: LoadedArchive | undefined,
    state: InputState,
    isJustSymbols: boolean,
  ): void {
    const { verdicts, major } = this.context;
    const { path, file } = walked;
    const refusal =
      read.kind === 'bitcode'
        ? refusalOfBitcode({ name: linkerName(path), producer: read.producer }, range, major)
        : undefined;
    const isByIndex = this.isByIndex(archive);
    if (refusal !== undefined && !isByIndex) verdicts.add(refusal);
    if (read.kind === 'shared-library') {
      if (this.options.relocatable || state.isStatic) {
        const message = `attempted static link of dynamic object ${file}`;
        verdicts.error(STAGES.OPEN, 'incompatible', message, { files: [file] });
        return;
      }
      // The second library of one name is not read.
      const soname = read.library?.soname ?? file.slice(file.lastIndexOf('/') + 1);
      if (this.sonames.has(soname)) return;
      this.sonames.add(soname);
    }
    const isLazy = read.kind !== 'shared-library' && (archive === undefined ? state.inLib : archive.isLazy);
    const { kind, symbols, machine, bits, endian, producer, triple, library } = read;
    // Written out: copying the properties of another object takes V8 tens of microseconds, a thousand times.
    const input: LoadedInput = {
      kind,
      symbols,
      machine,
      bits,
      endian,
      producer,
      triple,
      library,
      number: this.inputs.length,
      name: linkerName(path),
      file,
      base: range.base,
      size: range.length,
      archive: archive?.name,
      memberName: archive === undefined ? undefined : path.at(-1),
      isLazy,
      memberOffset: walked.memberOffset,
      isJustSymbols,
      asNeeded: state.asNeeded,
      group: state.group,
      refusal: refusal !== undefined && isByIndex ? () => refusal : undefined,
    };
    this.inputs.push(input);
    if (!isLazy && !isJustSymbols && input.kind === 'object' && this.isForMachine(input))
      this.checkObject(input, range);
  }

  /** What is for another machine is not looked at any further. */
  private isForMachine(input: LoadedInput): boolean {
    const { emulation } = this.options;
    const target = emulation === undefined ? undefined : targetOfEmulation(emulation, this.context.major);
    return areCompatible(input, target ?? this.inputs[0] ?? input);
  }

  /** A member that cannot be read stands in the index of its archive: the linker finds out when it takes it. */
  private addRefused(walked: Walked, archive: LoadedArchive, refusal: (symbol: string) => VerdictDraft): void {
    const { path, file, memberOffset } = walked;
    this.inputs.push({
      kind: 'object',
      symbols: NO_SYMBOLS,
      number: this.inputs.length,
      name: linkerName(path),
      file,
      base: 0,
      size: 0,
      archive: archive.name,
      memberName: path.at(-1),
      machine: undefined,
      bits: undefined,
      endian: undefined,
      producer: undefined,
      triple: undefined,
      library: undefined,
      isLazy: true,
      memberOffset,
      isJustSymbols: false,
      asNeeded: false,
      group: -1,
      refusal,
    });
  }

  /** Tells what is wrong with an object that is linked; of a lazy one nothing is known to the linker but its symbols. */
  checkObject(input: LoadedInput, range: ByteRange): void {
    const { verdicts, major } = this.context;
    tellDamage(input, range, { verdicts, major, options: this.options });
  }

  private addForeign(
    walked: WalkedInput,
    outcome: Exclude<ReadOutcome, { kind: 'input' }> | undefined,
    state: InputState,
  ): void {
    const { verdicts, readFile, major } = this.context;
    const { file, format } = walked;
    if (outcome?.kind === 'refused') {
      const message = `${file}: ${outcome.message}`;
      verdicts.error(STAGES.OPEN, kindOfDamage(walked), message, { files: [file], isFatal: true });
      return;
    }
    const isLinked = format === 'elf' || format === 'bitcode' || format === 'archive' || format === 'thin-archive';
    const content = isLinked ? undefined : (readFile(file) ?? new Uint8Array(0));
    if (content === undefined || isForeignFile(content, major)) {
      verdicts.error(STAGES.OPEN, 'unknown-file-type', `${file}: unknown file type`, { files: [file] });
    } else if (!this.scripts.includes(file)) this.runScript(file, content, state);
  }

  private refuseMember(
    walked: Walked,
    archive: LoadedArchive | undefined,
    outcome?: Exclude<ReadOutcome, { kind: 'input' }>,
  ): void {
    const { verdicts, major } = this.context;
    const isByIndex = this.isByIndex(archive);
    const kind = kindOfDamage(walked);
    const whole = linkerName(walked.path);
    // Up to lld 14 objects are read before they know their archive, but for their first bytes.
    const isAlone = major < INDEX_UNUSED_SINCE && kind === 'damaged-input' && outcome?.kind === 'refused';
    const name = isAlone ? (walked.path.at(-1) ?? '') : whole;
    const files = isAlone ? [name, whole] : [whole];
    if (outcome?.kind === 'refused') {
      const message = `${name}: ${outcome.message}`;
      const refusal = { stage: STAGES.OPEN, kind, severity: 'error', message, files, isFatal: true } as const;
      if (isByIndex && archive !== undefined) this.addRefused(walked, archive, () => refusal);
      else verdicts.add(refusal);
    } else if (isByIndex) {
      // Nothing in the index leads to it.
      return;
    } else if (archive?.isLazy === false) {
      verdicts.error(STAGES.OPEN, 'unknown-file-type', `${name}: not an ELF file`, { files, isFatal: true });
    } else {
      const member = walked.path.at(-1) ?? '';
      const message = `${archive?.name ?? ''}: archive member '${member}' is neither ET_REL nor LLVM bitcode`;
      // Up to lld 14 an error.
      const severity = major < INDEX_UNUSED_SINCE ? 'error' : 'warning';
      verdicts.add({
        stage: STAGES.OPEN,
        kind: 'unknown-file-type',
        severity,
        message,
        files: [archive?.name ?? name],
      });
    }
  }

  private tellUnopened(file: string, failure: InputFailure): void {
    const { verdicts } = this.context;
    const files = [file];
    if (failure.kind === 'malformed') {
      const message = `${file}: failed to parse archive: ${failure.reason}`;
      verdicts.error(STAGES.OPEN, 'damaged-archive', message, { files, isFatal: true });
    } else {
      const reason = failure.kind === 'missing' ? 'No such file or directory' : failure.reason;
      verdicts.error(STAGES.OPEN, 'missing-input', `cannot open ${file}: ${reason}`, { files });
    }
  }

  private tellBadMember(walked: Walked, within: LoadedArchive | undefined, failure: InputFailure): void {
    const { verdicts } = this.context;
    const archive = walked.archive?.path[0] ?? walked.file;
    if (failure.kind === 'malformed') {
      const message = `${archive}: could not get the buffer for a child of the archive: ${failure.reason}`;
      verdicts.error(STAGES.OPEN, 'damaged-archive', message, { files: [archive], isFatal: true });
    } else {
      // The name as the archive has it, not the way to the file.
      const member = walked.path.at(-1) ?? '';
      const refusal = (what: string): VerdictDraft => ({
        stage: STAGES.OPEN,
        kind: 'missing-member',
        severity: 'error',
        message: `${archive}: could not get the buffer for ${what}: '${member}': ${failure.reason}`,
        files: [archive, walked.file],
        isFatal: true,
      });
      if (within !== undefined && this.isByIndex(within)) {
        this.addRefused(walked, within, (symbol) => refusal(`the member defining symbol ${symbol}`));
      } else verdicts.add(refusal('a child of the archive'));
    }
  }
}

function kindOfDamage(walked: Walked): LinkVerdictKind {
  return walked.kind === 'input' && walked.format === 'bitcode' ? 'unreadable-bitcode' : 'damaged-input';
}

/** From this version of lld on the index of an archive is not looked at. */
const INDEX_UNUSED_SINCE = 15;

/** What assignments have in common that no script makes. */
const ASSIGNMENT = {
  kind: 'assign',
  provide: false,
  hidden: false,
  isCompound: false,
  references: [],
  inSection: false,
  problem: undefined,
} as const;

const PLAIN_STATE: InputState = {
  wholeArchive: false,
  asNeeded: false,
  isStatic: false,
  inLib: false,
  group: -1,
  format: 'default',
};
