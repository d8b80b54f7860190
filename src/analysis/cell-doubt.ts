// Does a record look like the kind of cell it is said to be? A mistyped kind turns every finding into nonsense with two digits.

import type { CyclingRecord } from '../records/index.ts';
import type { AnalysedCellKind } from './efficiency.ts';

/** Half of the rows of Li|Li or Li|Cu lie below this, unless the cell is none: even dry cells polarise less at half of their rows, V. */
const LITHIUM_V_MAX = 1.2;
/** And of a cell with a cathode above this: no cathode works beside lithium so close to it, V. */
const CATHODE_V_MIN = 0.05;
const ROWS_ASKED_MAX = 4000;

/** Lithium is plated below 0 V and between two lithium electrodes the voltage follows the current: half of the rows above this do neither, V. */
const HOST_V_MIN = 0.03;
/** Currents below this share of the largest are rest. */
const REST_SHARE = 1e-3;
const ROWS_MIN = 5;

/** Medians of the voltage under oxidising and under reducing current, V; null where one of them hardly flows. */
function voltagesByDirection({ voltage_V, current_A }: Pick<CyclingRecord, 'voltage_V' | 'current_A'>): {
  readonly oxidising_V: number;
  readonly reducing_V: number;
} | null {
  const rest_A = REST_SHARE * current_A.reduce((most, value) => Math.max(most, Math.abs(value) || 0), 0);
  const step = Math.max(1, Math.floor(voltage_V.length / ROWS_ASKED_MAX));
  const medianWhere = (direction: 1 | -1): number | null => {
    const values = voltage_V
      .filter((value, row) => row % step === 0 && direction * current_A[row]! > rest_A && !Number.isNaN(value))
      .sort();
    return values.length < ROWS_MIN ? null : values[Math.floor(values.length / 2)]!;
  };
  const oxidising_V = medianWhere(1);
  const reducing_V = medianWhere(-1);
  return oxidising_V === null || reducing_V === null ? null : { oxidising_V, reducing_V };
}

/** Whether the working electrode takes lithium up above 0 V, as graphite and silicon do and copper does not. */
export function takesLithiumAsHost(record: Pick<CyclingRecord, 'voltage_V' | 'current_A'>): boolean {
  const found = voltagesByDirection(record);
  return found !== null && found.reducing_V > HOST_V_MIN && found.oxidising_V > found.reducing_V;
}

/** A sentence where the voltages contradict the kind of cell; null where they do not, or where there are none. */
export function cellDoubt(
  record: Pick<CyclingRecord, 'voltage_V' | 'current_A'>,
  cell: AnalysedCellKind,
): string | null {
  const { voltage_V } = record;
  const step = Math.max(1, Math.floor(voltage_V.length / ROWS_ASKED_MAX));
  const sizes = voltage_V
    .filter((_, row) => row % step === 0)
    .map(Math.abs)
    .filter((value) => !Number.isNaN(value))
    .sort();
  if (sizes.length === 0) return null;
  const middle_V = sizes[Math.floor(sizes.length / 2)]!;
  const found = `Half of the voltages lie above ${Number(middle_V.toPrecision(3))} V`;
  const isMetal = cell === 'Li|Li' || cell === 'Li|Cu';
  if (isMetal && middle_V > LITHIUM_V_MAX)
    return `${found}, which ${cell} does not have: is the kind of cell right? Everything here depends on it.`;
  const signed = voltage_V.filter((value, row) => row % step === 0 && !Number.isNaN(value)).sort();
  const signedMiddle_V = signed[Math.floor(signed.length / 2)]!;
  if (!isMetal && signedMiddle_V < -CATHODE_V_MIN)
    return `Half of the voltages lie below ${Number(signedMiddle_V.toPrecision(3))} V, and a cathode is positive beside lithium: are the leads the other way round, or is the kind of cell another? Everything here depends on it.`;
  if (!isMetal && middle_V < CATHODE_V_MIN)
    return `${found.replace('above', 'below')}, which no cathode has beside lithium: is the kind of cell right? Everything here depends on it.`;
  if (isMetal && takesLithiumAsHost(record)) {
    const at = `${Number(voltagesByDirection(record)!.reducing_V.toPrecision(3))} V`;
    return cell === 'Li|Li'
      ? `The voltage stays above 0 V in both directions of the current (half of the rows that reduce the working electrode above ${at}), which Li|Li does not do: is the kind of cell right? Everything here depends on it.`
      : `Half of the rows said to plate lie above ${at}, and lithium plates below 0 V: the working electrode takes lithium in as a host, or the kind of cell is another.`;
  }
  return null;
}
