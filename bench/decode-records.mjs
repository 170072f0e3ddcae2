/** Decodes all records that a walker meets. */
export function decodeRecords(walker) {
  let records = 0;
  let operands = 0;
  for (let item = walker.next(); item !== 'end'; item = walker.next()) {
    if (item !== 'record') continue;
    records += 1;
    operands += walker.record.length;
  }
  return { records, operands };
}
