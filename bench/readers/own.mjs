// One file read by limetal in a process of its own: times, rows and the peak of its memory, as JSON.

import { readFileSync } from 'node:fs';
import { readInstrumentFile } from '../../dist/readers/index.js';

const [path, repeats] = process.argv.slice(2);
const bytes = new Uint8Array(readFileSync(path));
const times_s = [];
let answer;
for (let k = 0; k < Number(repeats); k++) {
  const start = performance.now();
  const { rows, records } = await readInstrumentFile(bytes, { name: path });
  times_s.push((performance.now() - start) / 1e3);
  const voltage = records[0].voltage_V;
  answer = { rows, last_V: voltage[voltage.length - 1] };
}
process.stdout.write(JSON.stringify({ times_s, ...answer, peak_MB: process.resourceUsage().maxRSS / 1024 }));
