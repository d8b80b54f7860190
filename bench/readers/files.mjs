// Large files of instruments, made here: a text as Maccor's and one as Arbin's program export it, and an .mpr of EC-Lab.

/** A cell that plates and strips by the hour, sampled each second: what the rows of every file hold. */
function rowAt(k) {
  const second = k % 3600;
  const cycle = 1 + Math.floor(k / 7200);
  const plates = k % 7200 < 3600;
  const current_A = (plates ? -1 : 1) * 1e-3;
  const noise = ((k * 2654435761) % 4096) / 4096e6;
  return {
    time_s: k,
    second,
    cycle,
    step: plates ? 1 : 2,
    current_A,
    voltage_V: (plates ? -1 : 1) * (0.02 + 0.01 * Math.exp(-second / 90)) + noise,
    capacity_Ah: Math.abs(current_A) * (second / 3600),
  };
}

const two = (value) => String(value).padStart(2, '0');
const clockAt = (k, month = 10) => {
  const day = 1 + Math.floor(k / 86400);
  const rest = k % 86400;
  return `${two(month)}/${two(1 + (day % 28))}/2023 ${two(Math.floor(rest / 3600))}:${two(Math.floor(rest / 60) % 60)}:${two(rest % 60)}`;
};

const MACCOR_HEAD =
  "Today's Date 10/10/2023\tFilename:\tbench.052\r\n" +
  'Rec#\tCyc#\tStep\tTest (Sec)\tStep (Sec)\tAmp-hr\tWatt-hr\tAmps\tVolts\tState\tES\tDPt Time\tACImp/Ohms\tDCIR/Ohms\tTemp 1\r\n';
const maccorRow = (k) => {
  const r = rowAt(k);
  return `${k + 1}\t${r.cycle}\t${r.step}\t${r.time_s.toFixed(4)}\t${r.second.toFixed(4)}\t${r.capacity_Ah.toFixed(10)}\t${(r.capacity_Ah * 0.02).toFixed(10)}\t${Math.abs(r.current_A).toFixed(10)}\t${r.voltage_V.toFixed(8)}\t${r.current_A < 0 ? 'D' : 'C'}\t1\t${clockAt(k)}\t0.00000\t0.00000\t25.0123\r\n`;
};

const ARBIN_HEAD =
  '\ufeffData Point,Date Time,Test Time (s),Step Time (s),Cycle Index,Step Index,Current (A),Voltage (V),Power (W),Charge Capacity (Ah),Discharge Capacity (Ah),dV/dt (V/s),Internal Resistance (Ohm)\n';
const arbinRow = (k) => {
  const r = rowAt(k);
  return `${k + 1},\t${clockAt(k)}.558,${r.time_s.toFixed(4)},${r.second.toFixed(4)},${r.cycle},${r.step},${r.current_A.toPrecision(8)},${r.voltage_V.toFixed(7)},${(r.current_A * r.voltage_V).toPrecision(7)},${r.capacity_Ah.toPrecision(9)},${(r.capacity_Ah * 0.999).toPrecision(9)},1.98217E-05,\n`;
};

/** About `size` bytes of text, in pieces for a file of any length. */
function* text(size, head, row) {
  let piece = head;
  let written = 0;
  for (let k = 0; written + piece.length < size; k++) {
    piece += row(k);
    if (piece.length > 1 << 20) {
      written += piece.length;
      yield piece;
      piece = '';
    }
  }
  yield piece;
}

export const maccorText = (size) => text(size, MACCOR_HEAD, maccorRow);
export const arbinText = (size) => text(size, ARBIN_HEAD, arbinRow);

const WIDTH = { f4: 4, f8: 8, u2: 2, u4: 4 };
/** The columns of a galvanostatic test as EC-Lab 11.36 stores it, 53 bytes a row; flags share the first byte. */
const GCPL = [
  [131, 'u2', (r) => r.step],
  [4, 'f8', (r) => r.time_s],
  [7, 'f8', (r) => r.current_A / 3.6],
  [13, 'f8', (r) => r.capacity_Ah * 1e3],
  [5, 'f4', (r) => r.current_A * 1e3],
  [6, 'f4', (r) => r.voltage_V],
  [39, 'u2', () => 41],
  [467, 'f8', (r) => r.capacity_Ah * 1e3],
  [468, 'u4', (r) => 2 * (r.cycle - 1) + r.step - 1],
  [70, 'f4', (r) => r.current_A * r.voltage_V],
];
const FLAGS = [1, 2, 3, 21, 31, 65];

function part(name, body) {
  const module = Buffer.alloc(57 + body.length);
  module.write('MODULE', 0, 'latin1');
  module.write(name.padEnd(10), 6, 'latin1');
  module.write(name.padEnd(25), 16, 'latin1');
  module.writeUInt32LE(body.length, 41);
  module.writeUInt32LE(name === 'VMP data' ? 2 : 0, 45);
  module.write('01/01/23', 49, 'latin1');
  body.copy(module, 57);
  return module;
}

/** An .mpr of `rows` rows. */
export function mprFile(rows) {
  const size = 1 + GCPL.reduce((sum, [, type]) => sum + WIDTH[type], 0);
  const data = Buffer.alloc(405 + rows * size);
  data.writeUInt32LE(rows, 0);
  const ids = [...FLAGS, ...GCPL.map(([id]) => id)];
  data[4] = ids.length;
  for (const [k, id] of ids.entries()) data.writeUInt16LE(id, 5 + 2 * k);
  let at = 405;
  for (let k = 0; k < rows; k++) {
    const r = rowAt(k);
    data[at++] = 1;
    for (const [, type, value] of GCPL) {
      if (type === 'f4') data.writeFloatLE(value(r), at);
      else if (type === 'f8') data.writeDoubleLE(value(r), at);
      else if (type === 'u2') data.writeUInt16LE(value(r), at);
      else data.writeUInt32LE(value(r), at);
      at += WIDTH[type];
    }
  }
  const magic = Buffer.alloc(52, 0x20);
  magic.write('BIO-LOGIC MODULAR FILE\x1a', 0, 'latin1');
  magic.fill(0, 48);
  const set = Buffer.alloc(0x700);
  set[0] = 4;
  const log = Buffer.alloc(600);
  // The first of January 2023 at six, in days from 30 December 1899.
  log.writeDoubleLE(44927.25, 585);
  return Buffer.concat([magic, part('VMP Set', set), part('VMP data', data), part('VMP LOG', log)]);
}
