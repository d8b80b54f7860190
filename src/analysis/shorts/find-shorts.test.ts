import { describe, expect, test } from 'vitest';
import type { ShortEvidence, ShortFindings, ShortLine } from './contract.ts';
import { findShorts } from './find-shorts.ts';
import { normalStream, recordOfCell, SPECTRUM_SPACING_S, seriesOf } from './generated.test-tool.ts';

const constant = (halfCycles: number, current_A = 1e-3): number[] =>
  Array.from({ length: halfCycles }, () => current_A);
const lineOf = ({ evidence }: ShortFindings, line: ShortLine): readonly ShortEvidence[] =>
  evidence.filter((item) => item.line === line);

describe('shorts from spectra alone', () => {
  const arcs = (seed: number, factor: (k: number) => number, scatter = 0.08): number[] => {
    const normal = normalStream(seed);
    return Array.from({ length: 40 }, (_, k) => 60 * factor(k) * Math.exp(scatter * normal()));
  };

  test('are found at their spectrum, wherever they are and however deep', () => {
    for (const at of [4, 9, 17, 26, 35]) {
      for (const depth of [0.35, 0.2, 0.05]) {
        const { soft, hard, words } = findShorts(
          null,
          seriesOf(
            arcs(at, (k) => (k >= at ? depth : 1)),
            { noise: 0.005, seed: at },
          ),
          { cell: 'Li|Li' },
        );
        expect(soft?.onset, `${at}, ${depth}`).toMatchObject({ spectrum: at, time_s: at * SPECTRUM_SPACING_S });
        expect(soft?.healed).toBeNull();
        expect(hard).toBeNull();
        expect(words).toContain(`Soft short at ${at}.0 h (spectrum ${at} counted from 0)`);
        expect(words).toContain('a spectrum every 1.00 h');
      }
    }
  });

  test('are not seen in healthy series: falling, rising, scattered, 40 of each', () => {
    const kinds: Readonly<Record<string, (k: number) => number>> = {
      even: () => 1,
      falling: (k) => 0.15 + 3 * Math.exp(-k / 5),
      'falling without end': (k) => 0.88 ** k,
      rising: (k) => 1 + 0.1 * k,
    };
    for (const [kind, factor] of Object.entries(kinds)) {
      let alarms = 0;
      for (let seed = 1; seed <= 40; seed++) {
        if (findShorts(null, seriesOf(arcs(seed, factor, 0.1), { seed }), { cell: 'Li|Li' }).events.length > 0)
          alarms++;
      }
      expect(alarms, kind).toBe(0);
    }
  });

  test('lost contact narrows arcs as well, but raises the ohmic resistance: no short', () => {
    const spectra = seriesOf(
      arcs(3, (k) => (k >= 15 ? 0.3 : 1)),
      { ohmic_ohm: (k) => (k >= 15 ? 45 : 20) },
    );
    const findings = findShorts(null, spectra, { cell: 'Li|Li' });
    expect(findings.events).toEqual([]);
    expect(lineOf(findings, 'b')[0]).toMatchObject({ state: 'absent', onset: { spectrum: 15 } });
    expect(lineOf(findings, 'b')[0]!.words).toContain('lost contact');
  });

  test('that heal are told with both times; a moment needs a second line', () => {
    const dip = (from: number, to: number) => (k: number) => (k >= from && k < to ? 0.2 : 1);
    const long = findShorts(null, seriesOf(arcs(5, dip(10, 18))), { cell: 'Li|Li' });
    expect(long.soft).toMatchObject({ onset: { spectrum: 10 }, healed: { spectrum: 18 } });
    expect(long.words).toContain('It healed at 18.0 h');
    const brief = findShorts(null, seriesOf(arcs(6, dip(10, 13))), { cell: 'Li|Li' });
    expect(brief.soft).toMatchObject({ onset: { spectrum: 10 }, healed: { spectrum: 13 } });
    const momentary = findShorts(null, seriesOf(arcs(5, dip(10, 11))), { cell: 'Li|Li' });
    expect(momentary.soft).toBeNull();
    expect(momentary.suspicion).toContain('it did not last');
    const rest_V = (k: number): number => 0.02 * (k === 10 ? 0.1 : 1);
    const both = findShorts(null, seriesOf(arcs(5, dip(10, 11)), { rest_V }), { cell: 'Li|Li' });
    expect(both.soft).toMatchObject({ onset: { spectrum: 10 }, healed: { spectrum: 11 }, lines: ['b', 'c'] });
  });

  test('the last spectrum alone is a suspicion, and three are too few', () => {
    const last = findShorts(null, seriesOf(arcs(2, (k) => (k === 39 ? 0.2 : 1))), { cell: 'Li|Li' });
    expect(last.soft).toBeNull();
    expect(last.suspicion).toContain('nothing was measured after it');
    const few = findShorts(null, seriesOf([60, 61, 10]), { cell: 'Li|Li' });
    expect(few.words).toContain('Too little data');
  });

  test('without times are told by the number of the spectrum', () => {
    const spectra = seriesOf(arcs(4, (k) => (k >= 12 ? 0.2 : 1))).map(({ time_s, ...spectrum }) => spectrum);
    const { soft, sampling } = findShorts(null, spectra, { cell: 'Li|Li' });
    expect(soft?.onset).toEqual({ time_s: null, spectrum: 12, halfCycle: null, cycle: null });
    expect(sampling.spectra_s).toBeNull();
  });
});

describe('shorts from voltages alone', () => {
  test('100 healthy cells with falling polarisation, peaks and noise: no short', () => {
    let alarms = 0;
    for (let seed = 1; seed <= 100; seed++) {
      const normal = normalStream(seed + 77);
      const level = constant(40).map((_, h) => 100 * (1 + 2 * Math.exp(-h / 6)) * Math.exp(0.05 * normal()));
      const record = recordOfCell({
        currents_A: constant(40),
        seed,
        noise_V: 1e-3,
        row_s: 60,
        rest_V: 3e-3,
        voltage_V: (current_A, h) => current_A * level[h]!,
      });
      if (findShorts(record, [], { cell: 'Li|Li', electrolyte: 'liquid' }).events.length > 0) alarms++;
    }
    expect(alarms).toBe(0);
  });

  test('a drop within a half-cycle is dated to the row, by voltage and rest', () => {
    for (const at_s of [30_500, 60_090, 94_500, 120_000]) {
      const short = (time_s: number): number => (time_s > at_s ? 0.4 : 1);
      const record = recordOfCell({ currents_A: constant(40), rest_V: 8e-3, short });
      const { soft, sampling, words } = findShorts(record, [], { cell: 'Li|Li' });
      expect(soft?.lines, `${at_s}`).toEqual(expect.arrayContaining(['a', 'c']));
      expect(soft!.onset.time_s! - at_s).toBeGreaterThanOrEqual(0);
      expect(soft!.onset.time_s! - at_s).toBeLessThanOrEqual(30);
      expect(soft!.onset.cycle).toBe(Math.floor(at_s / 7800) + 1);
      expect(sampling).toMatchObject({ record_s: 30, record_s_max: 30 });
      expect(words).toContain('a row every 30 s');
    }
  });

  test('voltage alone is one line: a suspicion, not a short', () => {
    const record = recordOfCell({ currents_A: constant(30), rest_s: 0, short: (t) => (t > 50_000 ? 0.5 : 1) });
    const { soft, suspicion } = findShorts(record, [], { cell: 'Li|Li' });
    expect(soft).toBeNull();
    expect(suspicion).toContain('|E| dropped from');
  });

  test('a hard short: no voltage at full current, dated to the row, healed or not', () => {
    const short = (time_s: number): number => (time_s > 40_020 ? 0.01 : 1);
    const lasting = findShorts(recordOfCell({ currents_A: constant(20), short }), [], { cell: 'Li|Li' });
    expect(lasting.hard?.onset).toMatchObject({ time_s: 40_050, cycle: 6 });
    expect(lasting.hard?.healed).toBeNull();
    expect(lasting.words).toContain('Hard short');
    const healing = (time_s: number): number => (time_s > 40_020 && time_s < 42_000 ? 0.01 : 1);
    const healed = findShorts(recordOfCell({ currents_A: constant(20), short: healing }), [], { cell: 'Li|Li' });
    expect(healed.hard?.healed?.time_s).toBeGreaterThan(42_000);
    expect(healed.hard?.healed?.time_s).toBeLessThan(47_000);
  });

  test('a small current through a healthy cell is no hard short, and says so', () => {
    const quiet = recordOfCell({
      currents_A: constant(10, 2.8e-6),
      voltage_V: (i) => 1340 * i,
      noise_V: 2e-5,
      peak: 0,
    });
    expect(findShorts(quiet, [], { cell: 'Li|Li', electrolyte: 'solid' }).hard).toBeNull();
    const silent = recordOfCell({ currents_A: constant(10, 1e-6), voltage_V: (i) => 100 * i, noise_V: 1e-5 });
    const findings = findShorts(silent, [], { cell: 'Li|Li' });
    expect(findings.hard).toBeNull();
    expect(lineOf(findings, 'h')[0]!.words).toContain('a current too small to be felt looks the same');
  });

  test('a staircase: ohmic or bent, its rising currents hide no short and make none', () => {
    const currents = Array.from({ length: 16 }, (_, h) => 2e-4 * (1 + Math.floor(h / 2)));
    const laws: Readonly<Record<string, (current_A: number) => number>> = {
      ohmic: (current_A) => 200 * current_A,
      bent: (current_A) => 0.05 * Math.asinh(current_A / 2e-4),
    };
    for (const [name, voltage_V] of Object.entries(laws)) {
      const healthy = recordOfCell({ currents_A: currents, voltage_V, rest_V: 5e-3 });
      const electrolyte = name === 'ohmic' ? ('solid' as const) : ('liquid' as const);
      expect(findShorts(healthy, [], { cell: 'Li|Li', electrolyte }).events, name).toEqual([]);
      const short = (t: number): number => (t > 41_000 ? 0.4 : 1);
      const shorted = recordOfCell({ currents_A: currents, voltage_V, rest_V: 5e-3, short });
      const { soft } = findShorts(shorted, [], { cell: 'Li|Li', electrolyte });
      expect(soft?.onset.time_s, name).toBeGreaterThanOrEqual(41_000);
      expect(soft?.onset.time_s, name).toBeLessThanOrEqual(41_030);
    }
  });

  test('jumps down and up are a line; spikes upwards are a disturbance', () => {
    const flicker = (t: number): number => (t > 60_000 && Math.floor(t / 240) % 3 === 0 ? 0.6 : 1);
    const jumping = findShorts(recordOfCell({ currents_A: constant(24), short: flicker }), [], { cell: 'Li|Li' });
    expect(lineOf(jumping, 'f')[0]).toMatchObject({ state: 'present' });
    expect(lineOf(jumping, 'f')[0]!.onset!.time_s).toBeGreaterThan(60_000);
    expect(lineOf(jumping, 'f')[0]!.onset!.time_s).toBeLessThan(64_000);
    const spikes = (t: number): number => (t % 900 === 0 ? 1.8 : 1);
    const spiked = findShorts(recordOfCell({ currents_A: constant(24), short: spikes }), [], { cell: 'Li|Li' });
    expect(lineOf(spiked, 'f')[0]).toMatchObject({ state: 'absent' });
  });

  test('a rectangular voltage is a caution in a liquid, and nothing in a solid', () => {
    const flat = recordOfCell({ currents_A: constant(12), peak: 0, rest_s: 0 });
    const liquid = findShorts(flat, [], { cell: 'Li|Li', electrolyte: 'liquid' });
    expect(liquid.events).toEqual([]);
    expect(lineOf(liquid, 'd')[0]).toMatchObject({ state: 'suggestive' });
    expect(liquid.words).toContain('ideal rectangular voltage');
    const solid = findShorts(flat, [], { cell: 'Li|Li', electrolyte: 'solid' });
    expect(lineOf(solid, 'd')[0]!.state).toBe('not applicable');
    expect(solid.words).toContain('No sign of a short');
  });

  test('peaks that vanish together with the rest voltage are a soft short', () => {
    const peaked = recordOfCell({ currents_A: constant(12), rest_V: 6e-3 });
    const after = recordOfCell({ currents_A: constant(12), peak: 0, rest_V: 0.5e-3 });
    const shift = peaked.time_s.at(-1)! + 30;
    const joined = {
      ...peaked,
      time_s: Float64Array.of(...peaked.time_s, ...after.time_s.map((t) => t + shift)),
      voltage_V: Float64Array.of(...peaked.voltage_V, ...after.voltage_V),
      current_A: Float64Array.of(...peaked.current_A, ...after.current_A),
      cycle: Int32Array.of(...peaked.cycle, ...after.cycle.map((c) => c + 6)),
      step: Int32Array.of(...peaked.step, ...after.step),
    };
    const { soft } = findShorts(joined, [], { cell: 'Li|Li', electrolyte: 'liquid' });
    expect(soft?.lines).toEqual(['c', 'd']);
    expect(soft?.onset.halfCycle).toBe(12);
  });

  test('from some current on ohmic in a liquid is a line; below RT/F it says nothing', () => {
    const currents = Array.from({ length: 24 }, (_, h) => 2e-4 * 1.3 ** Math.floor(h / 2));
    const voltage_V = (i: number, h: number): number => (h < 12 ? 0.15 * Math.asinh(i / 5e-4) : 40 * i);
    const found = findShorts(recordOfCell({ currents_A: currents, voltage_V }), [], {
      cell: 'Li|Li',
      electrolyte: 'liquid',
    });
    expect(lineOf(found, 'e')[0]).toMatchObject({ state: 'present', onset: { halfCycle: 12 } });
    const small = recordOfCell({ currents_A: currents, voltage_V: (i) => 1 * i, noise_V: 1e-5 });
    expect(lineOf(findShorts(small, [], { cell: 'Li|Li' }), 'e')[0]!.words).toContain('below RT/F');
  });

  test('empty cells of an instrument change nothing', () => {
    const record = recordOfCell({ currents_A: constant(40), rest_V: 8e-3, short: (t) => (t > 60_090 ? 0.4 : 1) });
    const holes = { ...record, voltage_V: record.voltage_V.map((V, row) => (row % 17 === 3 ? Number.NaN : V)) };
    const wanted = findShorts(record, [], { cell: 'Li|Li' }).soft!.onset.time_s!;
    expect(Math.abs(findShorts(holes, [], { cell: 'Li|Li' }).soft!.onset.time_s! - wanted)).toBeLessThanOrEqual(30);
  });

  test('a cathode, a record without current and nothing at all', () => {
    const record = recordOfCell({ currents_A: constant(8) });
    const cathode = findShorts(record, [], { cell: 'Li|cathode' });
    expect(cathode.evidence.map(({ line }) => line)).toEqual(['f']);
    const blind = { ...record, current_A: record.current_A.map(() => Number.NaN) };
    expect(findShorts(blind, [], { cell: 'Li|Li' })).toMatchObject({ events: [], evidence: [] });
    expect(findShorts(null, [], { cell: 'Li|Li' }).words).toContain('Too little data');
  });
});

test('voltage and spectra on one clock make one event', () => {
  const at_s = 20 * SPECTRUM_SPACING_S;
  const record = recordOfCell({ currents_A: constant(30), rest_s: 0, short: (t) => (t > at_s + 100 ? 0.4 : 1) });
  const spectra = seriesOf(Array.from({ length: 30 }, (_, k) => (k > 20 ? 15 : 60)));
  const { events, soft } = findShorts(record, spectra, { cell: 'Li|Li' });
  expect(events).toHaveLength(1);
  expect(soft?.lines).toEqual(['a', 'b']);
  expect(soft?.onset.spectrum).toBe(21);
  expect(soft!.onset.time_s! - at_s).toBeLessThanOrEqual(130);
});
