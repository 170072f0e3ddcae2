// A member of an archive: the header's facts, with the name looked up and the data located.

import { encodeName } from '../bytes/index.ts';
import type { ByteRange } from '../bytes/index.ts';

/** What {@link ArchiveMember} is made of. */
export interface MemberFacts {
  readonly name: string;
  readonly headerOffset: number;
  readonly offset: number;
  readonly size: number;
  readonly nestedOffset: number | undefined;
  readonly data: ByteRange | undefined;
  readonly mtime: number | undefined;
  readonly uid: number | undefined;
  readonly gid: number | undefined;
  readonly mode: number | undefined;
}

/**
 * An ordinary member of an archive. Names may repeat; what identifies a member is {@link headerOffset}.
 *
 * Keeps no bytes of the archive in memory.
 */
export class ArchiveMember {
  /**
   * The name as text that differs where the bytes differ (`decodeName`). In a thin archive it is the path of a file,
   * from the folder of the archive unless absolute; it may be any path, `../` included.
   */
  readonly name: string;
  /** Of the header, in bytes from the start of the archive. */
  readonly headerOffset: number;
  /** Of the header, in bytes from the start of the file that holds the archive. */
  readonly offset: number;
  /**
   * Bytes of the data: `ar_size`, less those of a name that BSD and Darwin put in front of the data. Darwin's tools count
   * up to 7 bytes of padding as well. Of an external member it is what its file had when it was added; often stale, and
   * nothing to trust.
   */
  readonly size: number;
  /**
   * Whether the data is that of another file, which {@link name} names: so it is in thin archives.
   */
  readonly external: boolean;
  /**
   * Set if the member of a thin archive is itself a member of the archive that {@link name} names: then it is the
   * offset of its header there (`ArchiveFile.memberAt`). GNU ar writes this; LLVM refuses such archives.
   */
  readonly nestedOffset: number | undefined;
  /** The data without its pad byte, not read yet; its path ends with {@link name}. `undefined` if external. */
  readonly data: ByteRange | undefined;
  /** `ar_date`: seconds since 1970. This and the next ones are `undefined` where the field is no number, 0 if blank. */
  readonly mtime: number | undefined;
  /** `ar_uid` */
  readonly uid: number | undefined;
  /** `ar_gid` */
  readonly gid: number | undefined;
  /** `ar_mode`: file type and permissions as in `st_mode`. */
  readonly mode: number | undefined;

  /** @internal */
  constructor(facts: MemberFacts) {
    this.name = facts.name;
    this.headerOffset = facts.headerOffset;
    this.offset = facts.offset;
    this.size = facts.size;
    this.external = facts.data === undefined;
    this.nestedOffset = facts.nestedOffset;
    this.data = facts.data;
    this.mtime = facts.mtime;
    this.uid = facts.uid;
    this.gid = facts.gid;
    this.mode = facts.mode;
  }

  /** The bytes of the name: a copy, made when asked for. */
  get nameBytes(): Uint8Array {
    return encodeName(this.name);
  }
}
