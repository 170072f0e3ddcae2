// What bench/scenarios/bitcode.mjs runs as a whole process: node bench/bitcode-walk.mjs statistics|records FILE

import { readFileSync } from 'node:fs';
import { openBitcode, readStatistics } from '../dist/bitcode/index.js';
import { decodeRecords } from './decode-records.mjs';

const [, , what, path] = process.argv;
const file = openBitcode(readFileSync(path));
const result = what === 'statistics' ? readStatistics(file.walk()) : decodeRecords(file.walk());
console.log(JSON.stringify(result));
