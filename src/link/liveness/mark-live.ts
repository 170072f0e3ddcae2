// Which sections stay under `--gc-sections`: those that can be reached from the roots. By the rules of ld.lld 14 to 22
// (MarkLive.cpp). Bitcode becomes objects before; what it refers to is no root here, for that is not known: mark once with the
// symbols that bitcode names as roots for what may stay, and once without for what is sure to.

import { GRAPH_FLAGS } from './section-graph.ts';
import type { SectionGraph } from './section-graph.ts';

const { PRESENT, ROOT, STANDING, BOUND } = GRAPH_FLAGS;

/** What marking needs to know of a link. Symbols have the numbers that the link gives them. */
export interface LivenessLink {
  /** How many inputs there are. */
  readonly inputCount: number;
  /** The graph of an input, asked for once; `undefined` for inputs without sections: bitcode, shared libraries. */
  readonly graphOf: (input: number) => SectionGraph | undefined;
  /** The symbol that a row of an input stands for; -1 for none. */
  readonly symbolOf: (input: number, row: number) => number;
  /** The input whose definition of a symbol is in the link; -1 if no object defines it. */
  readonly inputOf: (symbol: number) => number;
  /** The row of that definition. */
  readonly rowOf: (symbol: number) => number;
  /** The symbol of a name; -1 if the link has none of it. */
  readonly symbolNamed: (name: string) => number;
  /**
   * Symbols that stay whatever refers to them: the entry, `_init` and `_fini` (or `-init`, `-fini`), those of `-u`, of the
   * expressions of scripts, and those that the output exports.
   */
  readonly roots: Iterable<number>;
}

/**
 * Finds the sections that stay.
 *
 * @returns By input, and in it by section number, 1 for those that stay; `undefined` for inputs without a graph. `.eh_frame` always
 *   stays; the entries in it stay with their functions.
 */
export function markLive(link: LivenessLink): (Uint8Array | undefined)[] {
  return new Marker(link).run();
}

class Marker {
  private readonly link: LivenessLink;
  private readonly graphs: (SectionGraph | undefined)[];
  private readonly live: (Uint8Array | undefined)[];
  /** Sections to visit: the input, then the section. */
  private readonly queue: number[] = [];
  /** By symbol `__start_NAME` or `__stop_NAME` the sections NAME: the input, then the section. */
  private readonly bounded = new Map<number, number[]>();

  constructor(link: LivenessLink) {
    this.link = link;
    this.graphs = Array.from({ length: link.inputCount }, (_, input) => link.graphOf(input));
    this.live = this.graphs.map((graph) => graph && new Uint8Array(graph.flags.length));
  }

  run(): (Uint8Array | undefined)[] {
    const { link, graphs, queue } = this;
    for (const [input, graph] of graphs.entries()) if (graph !== undefined) this.noteBounded(input, graph);
    for (const symbol of link.roots) this.markSymbol(symbol, false);
    for (const [input, graph] of graphs.entries()) if (graph !== undefined) this.markRoots(input, graph);
    while (queue.length > 0) {
      const section = queue.pop() as number;
      const input = queue.pop() as number;
      const { edges, edgeStarts } = graphs[input] as SectionGraph;
      const end = edgeStarts[section + 1] as number;
      for (let i = edgeStarts[section] as number; i < end; i += 1) this.follow(input, edges[i] as number, false);
    }
    return this.live;
  }

  private noteBounded(input: number, { bounded }: SectionGraph): void {
    for (const { section, name } of bounded) {
      for (const bound of [`__start_${name}`, `__stop_${name}`]) {
        const symbol = this.link.symbolNamed(bound);
        if (symbol === -1) continue;
        const known = this.bounded.get(symbol);
        if (known === undefined) this.bounded.set(symbol, [input, section]);
        else known.push(input, section);
      }
    }
  }

  private markRoots(input: number, graph: SectionGraph): void {
    const { flags, frameEdges, unwoundEdges } = graph;
    const live = this.live[input] as Uint8Array;
    for (let section = 1; section < flags.length; section += 1) {
      const sectionFlags = flags[section] as number;
      if ((sectionFlags & ROOT) !== 0) this.enqueue(input, section, false);
      else if ((sectionFlags & STANDING) !== 0) live[section] = 1;
    }
    for (const edge of frameEdges) this.follow(input, edge, false);
    for (const edge of unwoundEdges) this.follow(input, edge, true);
  }

  private follow(input: number, edge: number, isUnwinding: boolean): void {
    if (edge < 0) this.enqueue(input, ~edge, isUnwinding);
    else this.markSymbol(this.link.symbolOf(input, edge), isUnwinding);
  }

  private markSymbol(symbol: number, isUnwinding: boolean): void {
    if (symbol === -1) return;
    const input = this.link.inputOf(symbol);
    const section = this.graphs[input]?.sectionOfRow[this.link.rowOf(symbol)] ?? 0;
    if (section !== 0) this.enqueue(input, section, isUnwinding);
    if (input !== -1) return;
    const bounded = this.bounded.get(symbol) ?? [];
    for (let i = 0; i < bounded.length; i += 2) this.enqueue(bounded[i] as number, bounded[i + 1] as number, false);
  }

  private enqueue(input: number, section: number, isUnwinding: boolean): void {
    const live = this.live[input];
    const flags = this.graphs[input]?.flags[section] ?? 0;
    if (live === undefined || live[section] === 1 || (flags & PRESENT) === 0) return;
    if (isUnwinding && (flags & BOUND) !== 0) return;
    live[section] = 1;
    this.queue.push(input, section);
  }
}
