// The main job: paths to a report. Which inputs one link takes together is decided here: what is named on the command
// line is one set; in a directory each archive is a set, and each loose object is one.

import { audit } from '../audit/index.ts';
import type { AuditOptions, AuditReport } from '../audit/index.ts';
import { ByteRange, InternalError } from '../bytes/index.ts';
import { isLazyMember, NameInterner, readComdatSignatures, readFacts, walkInputs } from '../link/index.ts';
import type { InputFacts, LinkInput, LinkSet, LinkSetFailure, Walked, WalkedInput } from '../link/index.ts';
import { ArchiveChecks } from './archive-checks.ts';
import { fileHost } from './file-source.ts';
import { findInputs } from './find-inputs.ts';
import type { UnreadablePath } from './find-inputs.ts';

/** Options of {@link auditPaths}. */
export interface AuditPathsOptions extends AuditOptions {
  /** Takes every archive whole, as under `--whole-archive`. */
  readonly wholeArchive?: boolean;
}

/** A report, and what of the paths could not be read at all. */
export interface PathsAudit {
  readonly report: AuditReport;
  readonly unreadable: readonly UnreadablePath[];
}

// What one input is read into: used again for the next, so that a thousand inputs cost one allocation.
const SCRATCH_BYTES = 2 << 20;

/**
 * Audits files, archives and directories.
 *
 * Each file is read once, however many sets it is in, and one at a time.
 *
 * @param paths - Files, directories and `@response` files, in the text form of `fromTypedPath`.
 */
export function auditPaths(paths: readonly string[], options: AuditPathsOptions = {}): PathsAudit {
  const { files, unreadable } = findInputs(paths);
  const builder = new SetBuilder(options.wholeArchive ?? false);
  const named = files.filter(({ foundIn }) => foundIn === undefined).map(({ file }) => file);
  const sets = named.length === 0 ? [] : [builder.build(named, true)];
  for (const { file, foundIn } of files) if (foundIn !== undefined) sets.push(builder.build([file], false));
  const report = audit(sets, options);
  return { report, unreadable: [...unreadable, ...builder.unreadable] };
}

class SetBuilder {
  readonly unreadable: UnreadablePath[] = [];
  private readonly wholeArchive: boolean;
  private readonly names = new NameInterner();
  private readonly known = new Map<string, KnownInput>();
  private readonly scratch = new Uint8Array(SCRATCH_BYTES);

  constructor(wholeArchive: boolean) {
    this.wholeArchive = wholeArchive;
  }

  /** @param areArguments - Whether the files were named themselves: one that cannot be read is then no finding. */
  build(files: readonly string[], areArguments: boolean): LinkSet {
    const inputs: LinkInput[] = [];
    const failures: LinkSetFailure[] = [];
    const seen = new Set<string>();
    const archives = new ArchiveChecks(this.names, this.wholeArchive);
    let order = 0;
    for (const file of files) {
      for (const walked of this.walk(file, archives)) {
        if (walked.kind === 'archive') {
          archives.enter(walked, order);
          continue;
        }
        const { path, file: holder, memberOffset, archive } = walked;
        const isLazy = isLazyMember(archive, this.wholeArchive);
        const place = { path, file: holder, memberOffset, archive, order, isLazy };
        order += 1;
        if (walked.kind === 'failure') {
          archives.fail(walked);
          if (areArguments && archive === undefined && walked.failure.kind !== 'malformed') {
            this.unreadable.push({ path: holder, reason: walked.failure.reason });
          } else failures.push({ ...place, failure: walked.failure });
        } else {
          const input = this.inputOf(walked, place);
          archives.add(walked, input.facts);
          if (seen.has(walked.identity)) continue;
          seen.add(walked.identity);
          inputs.push(input);
        }
      }
      archives.leave();
    }
    return { inputs, failures, archives: archives.facts, names: this.names };
  }

  private walk(file: string, archives: ArchiveChecks): Iterable<Walked> {
    return walkInputs(fileHost, file, {
      scratch: this.scratch,
      isKnown: (identity, archive) => this.known.has(identity) && !archives.needContent(archive),
    });
  }

  private inputOf(
    walked: WalkedInput,
    place: Omit<LinkInput, 'identity' | 'facts' | 'readComdatSignatures'>,
  ): LinkInput {
    const { identity, range, format } = walked;
    let known = this.known.get(identity);
    if (known === undefined) {
      if (range === undefined) throw new InternalError(`the input ${identity} was never read`);
      known = { facts: readFacts(range, this.names, format), base: range.base, length: range.length };
      this.known.set(identity, known);
    }
    const { facts, base, length } = known;
    const readComdats = () => this.comdatSignaturesOf(place.file, base, length);
    return { ...place, identity, facts, readComdatSignatures: readComdats };
  }

  /** Opens the file of an input again; the file may be another by now, which at worst finds no groups. */
  private comdatSignaturesOf(file: string, base: number, length: number): readonly number[] {
    const opened = fileHost.open(file);
    if ('kind' in opened) return [];
    try {
      const whole = ByteRange.ofSource(opened.source, [file]);
      if (base > whole.length || length > whole.length - base) return [];
      return readComdatSignatures(whole.part(base, length, 'the input').loadInto(this.scratch), this.names);
    } finally {
      opened.close();
    }
  }
}

/** Facts, and where in the file the bytes lie. */
interface KnownInput {
  readonly facts: InputFacts;
  readonly base: number;
  readonly length: number;
}
