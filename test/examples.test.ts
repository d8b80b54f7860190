// The cells in examples/ run, and what examples/README.md says of them is what they give.

import { describe, expect, test } from 'vitest';
import { type Cell, parseCell, readCellOrBpx } from '../src/cells/index.ts';
import { type CycleSummary, type SimulateOptions, type SimulationResult, simulate } from '../src/simulation/index.ts';
import { filesIn } from './source-files.ts';

const CONSERVATION_MAX = 1e-9;
const ENDING = '.cell.json';

/** A number that a run gave when the example was written: its name, how it is found, its value, and how far it may stray. */
type Answer = readonly [
  name: string,
  of: (cycles: readonly CycleSummary[]) => number,
  value: number,
  tolerance: number,
];

const first = (cycles: readonly CycleSummary[]): CycleSummary => cycles[0]!;
const last = (cycles: readonly CycleSummary[]): CycleSummary => cycles.at(-1)!;

const files = filesIn('examples', '.json');
const nameOf = (path: string): string => path.slice('examples/'.length, -ENDING.length);
const readExample = (name: string) => JSON.parse(files.find(({ path }) => nameOf(path) === name)!.text) as object;

/** Of whatever cause, at the lithium-metal side of a cell with a cathode. */
const lostAtCounter = (losses_mAh_per_cm2: Readonly<Record<string, number>>): number =>
  Object.entries(losses_mAh_per_cm2).reduce((sum, [cause, lost]) => sum + (cause.endsWith('_counter') ? lost : 0), 0);

const ANSWERS: Readonly<Record<string, readonly Answer[]>> = {
  'anode-free-lfp': [
    ['first discharge, mAh/cm2', (cycles) => first(cycles).discharged_mAh_per_cm2, 1.91, 0.02],
    [
      'capacity lost per lithium lost after the first cycle',
      (cycles) =>
        (first(cycles).discharged_mAh_per_cm2 - last(cycles).discharged_mAh_per_cm2) /
        cycles.slice(1).reduce((sum, { losses_mAh_per_cm2 }) => sum + lostAtCounter(losses_mAh_per_cm2), 0),
      1,
      0.05,
    ],
    ['first film, mAh/cm2', (cycles) => first(cycles).losses_mAh_per_cm2.first_film_counter!, 0.05, 1e-6],
    [
      'dead lithium in what is lost in the last cycle',
      (cycles) => {
        const { losses_mAh_per_cm2 } = last(cycles);
        return losses_mAh_per_cm2.dead_counter! / lostAtCounter(losses_mAh_per_cm2);
      },
      0.64,
      0.1,
    ],
    ['efficiency of the last cycle', (cycles) => last(cycles).coulombic_efficiency!, 0.98, 0.005],
  ],
  'li-cu-two-layer-interphase': [
    ['interphase overpotential, mV', (cycles) => first(cycles).overpotential_mV.interphase!, 60.1, 0.3],
    [
      'of it by the nitride, mV',
      (cycles) => {
        const file = { ...readExample('li-cu-two-layer-interphase'), interphase: [{ material: 'native' }] };
        const native = run(parseCell(file), { model: 'fast', cycles: 1 });
        return first(cycles).overpotential_mV.interphase! - first(native.cycles).overpotential_mV.interphase!;
      },
      // 10 A/m2 through 200 nm of 0.0502 S/m, on both sides.
      0.0797,
      0.001,
    ],
  ],
  'li-li-temperature-ramp': [
    ['mean voltage at 0 °C, V', (cycles) => first(cycles).mean_voltage_plating_V!, -0.77, 0.005],
    ['mean voltage at 45 °C, V', (cycles) => last(cycles).mean_voltage_plating_V!, -0.0189, 0.0003],
    ['resistance at 0 °C, Ohm cm2', (cycles) => first(cycles).interfacial_resistance_ohm_cm2, 3836, 20],
  ],
  'li-nmc811-lean': [
    ['discharge at C/3, mAh/cm2', (cycles) => first(cycles).discharged_mAh_per_cm2, 4.48, 0.01],
    ['discharge at 1C, mAh/cm2', (cycles) => last(cycles).discharged_mAh_per_cm2, 4.14, 0.03],
    ['overpotential of concentration at 1C, mV', (cycles) => last(cycles).overpotential_mV.concentration!, 120, 5],
    ['overpotential of the film at 1C, mV', (cycles) => last(cycles).overpotential_mV.interphase!, 9.5, 2],
    ['lithium lost, mAh/cm2', (cycles) => lostAtCounter(last(cycles).losses_mAh_per_cm2), 0.53, 0.1],
  ],
  'marcus-kinetics': [1, 5, 15].map(
    (current_mA_per_cm2, k): Answer => [
      `Marcus over Butler-Volmer at ${current_mA_per_cm2} mA/cm2, mV`,
      (cycles) =>
        cycles[k]!.overpotential_mV.charge_transfer_working! - cycles[k]!.overpotential_mV.charge_transfer_counter!,
      [1.19, 22.2, 92.4][k]!,
      [0.05, 0.3, 1][k]!,
    ],
  ),
};

function run(cell: Cell, options: SimulateOptions): SimulationResult {
  return simulate(cell, cell.protocol!, options);
}

test('every example has recorded answers and a command in the README beside it', () => {
  const { text } = filesIn('examples', '.md')[0]!;
  const commands = [...text.matchAll(/^npx limetal run examples\/(\S+)\.cell\.json/gm)].map(([, name]) => name!);
  const names = files.map(({ path }) => nameOf(path));
  expect([...new Set(commands)].sort()).toEqual(names);
  expect(Object.keys(ANSWERS)).toEqual(names);
});

describe.each(files)('$path', ({ path, text }) => {
  const file = JSON.parse(text) as { id: string; notes: readonly string[] };
  const { cell } = readCellOrBpx(file, { where: path });
  const fast = run(cell, { model: 'fast' });
  const full = run(cell, { model: 'full', cycles: 1 });

  test('says which question it answers', () => {
    expect(file.id).toBe(nameOf(path));
    expect(file.notes[0]).toMatch(/\?/);
  });

  test.each([fast, full])('the $model model completes it and loses nothing', ({ stop, conservation }) => {
    expect(stop.kind).toBe('completed');
    for (const drift of Object.values(conservation)) expect(drift).toBeLessThanOrEqual(CONSERVATION_MAX);
  });

  test('both models charge and discharge the same in the first cycle', () => {
    const [ofFast, ofFull] = [fast, full].map(({ cycles }) => first(cycles)) as [CycleSummary, CycleSummary];
    expect(ofFast.charged_mAh_per_cm2 / ofFull.charged_mAh_per_cm2).toBeCloseTo(1, 2);
    expect(ofFast.discharged_mAh_per_cm2 / ofFull.discharged_mAh_per_cm2).toBeCloseTo(1, 2);
  });

  test.each(ANSWERS[nameOf(path)] ?? [])('%s', (_, of, value, tolerance) => {
    expect(Math.abs(of(fast.cycles) - value)).toBeLessThanOrEqual(tolerance);
  });
});
