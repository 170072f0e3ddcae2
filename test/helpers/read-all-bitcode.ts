// Calls every reader of ltoscope/bitcode on a file, each for itself, for tests of damaged files.

import * as bitcodes from '../../src/bitcode/index.ts';
import type { BitcodeFile, BitcodeModule } from '../../src/bitcode/index.ts';
import { findWriterLibcalls, readRuntimeCalls } from '../../src/bitcode/runtime-calls/index.ts';
import { FormatError } from '../../src/bytes/index.ts';
import type { ByteInput } from '../../src/bytes/index.ts';

/** Items that are looked at of each list. */
const ITEMS_MAX = 200;

/** What a step throws may say that the input is damaged, and nothing else. */
function attempt(step: () => unknown): void {
  try {
    step();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
  }
}

function drain<T>(items: () => Iterable<T>, look: (item: T) => unknown = () => undefined): void {
  attempt(() => {
    let count = 0;
    for (const item of items()) {
      attempt(() => look(item));
      count += 1;
      if (count >= ITEMS_MAX) return;
    }
  });
}

/** Asks for every property that a class computes, and for what its methods without arguments give. */
function askAll(value: object): void {
  for (let of = value; of !== Object.prototype; of = Object.getPrototypeOf(of) as object) {
    for (const key of Object.getOwnPropertyNames(of)) {
      if (key === 'constructor') continue;
      attempt(() => {
        const answer = (value as Record<string, unknown>)[key];
        if (typeof answer !== 'function' || answer.length > 0) return;
        const result: unknown = (answer as () => unknown).call(value);
        if (typeof result === 'object' && result !== null && Symbol.iterator in result)
          drain(() => result as Iterable<unknown>);
      });
    }
  }
}

function readSymbols(table: bitcodes.BitcodeSymbols): void {
  const indexes = Array.from({ length: Math.min(table.length, ITEMS_MAX) }, (_, i) => i);
  for (const i of indexes) {
    attempt(() => [table.name(i), table.irName(i), table.flags(i)]);
    attempt(() => table.letter(i));
    attempt(() => table.uncommon(i));
  }
  for (let i = 0; i < Math.min(table.comdatCount, ITEMS_MAX); i += 1)
    attempt(() => [table.comdatName(i), table.comdatKind(i)]);
}

function readModule(module: BitcodeModule): void {
  askAll(module);
  attempt(() => {
    const globals = bitcodes.readGlobals(module);
    drain(() => globals.values, askAll);
    drain(
      () => bitcodes.readFunctionBodies(module, globals),
      (body) => {
        askAll(body);
        const { calls } = body;
        for (let i = 0; i < Math.min(calls.length, ITEMS_MAX); i += 1)
          attempt(() => [calls.callee(i), calls.inlineAssembly(i)]);
      },
    );
    drain(() => bitcodes.readFunctionHeads(module, globals), askAll);
    drain(() => bitcodes.readBlockAddresses(module, globals));
  });
  attempt(() => {
    const types = bitcodes.readTypes(module);
    for (let id = 0; id < Math.min(types.length, ITEMS_MAX); id += 1)
      attempt(() => [types.describe(id), types.describeBody(id)]);
  });
  attempt(() => {
    const attributes = bitcodes.readAttributes(module);
    for (let i = 1; i <= Math.min(attributes.length, ITEMS_MAX); i += 1) attempt(() => attributes.list(i));
  });
  attempt(() => {
    const constants = bitcodes.readConstants(module);
    for (let i = 0; i < Math.min(constants.length, ITEMS_MAX); i += 1) {
      const id = constants.firstValueId + i;
      attempt(() => [constants.typeId(id), constants.operands(id), constants.integer(id)]);
      attempt(() => [constants.text(id), constants.elements(id), constants.globalOf(id), constants.objectOf(id)]);
      attempt(() => [constants.blockAddress(id), constants.inlineAssembly(id)]);
    }
  });
  attempt(() => {
    const metadata = bitcodes.readMetadata(module);
    for (let id = 0; id < Math.min(metadata.length, ITEMS_MAX); id += 1)
      attempt(() => bitcodes.describeMetadata(metadata, id));
    attempt(() => bitcodes.ltoFlagsOf(bitcodes.readModuleFlags(module, metadata)));
    for (const read of [
      bitcodes.readIdents,
      bitcodes.readCommandLines,
      bitcodes.readDependentLibraries,
      bitcodes.readLinkerOptions,
    ]) {
      attempt(() => read(module, metadata));
    }
  });
  attempt(() => bitcodes.readMetadataKinds(module));
  attempt(() => bitcodes.readUsedGlobals(module));
  attempt(() => readRuntimeCalls(module));
  attempt(() => {
    const summary = bitcodes.readSummary(module);
    if (summary === undefined) return;
    askAll(summary);
    drain(() => summary.globals(), askAll);
  });
}

/** Reads all of a bitcode file, as far as it can be read; throws only what no reader may throw. */
export function readAllBitcode(input: ByteInput): void {
  let file: BitcodeFile | undefined;
  attempt(() => (file = bitcodes.openBitcode(input)));
  if (file === undefined) return;
  const opened: BitcodeFile = file;
  attempt(() => [opened.producer, opened.epoch]);
  for (const module of opened.modules) readModule(module);
  attempt(() => bitcodes.readStatistics(opened.walk()));
  drain(() => bitcodes.dumpItems(opened.walk()));
  attempt(() => {
    const table = opened.symbolTable();
    if (table === undefined) return;
    askAll(table);
    readSymbols(table);
    drain(() => bitcodes.compareSymbolTables(opened, table));
  });
  attempt(() => {
    const computed = bitcodes.computeSymbolTable(opened);
    if (computed !== undefined) {
      readSymbols(computed);
      drain(() => computed.dependentLibraries());
    }
  });
  attempt(() => findWriterLibcalls(opened));
  attempt(() => bitcodes.readIndexFile(opened));
}
