// One cell from all its files: what is known of two real Li|Li cells must come back, one that shorts and one that does not, and computed
// cells, which know no shorts, must show none.

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { analyseLabCell, analyseSpectra, findShorts } from '../src/analysis/index.ts';
import { builtInCell, parseProtocol } from '../src/cells/index.ts';
import { readInstrumentFile } from '../src/readers/index.ts';
import { simulate } from '../src/simulation/index.ts';

const FOLDER = process.env.LIMETAL_LAB_FILES ?? '../shared/lab-files';
const THERE = existsSync(`${FOLDER}/README.md`);
if (!THERE) console.warn(`skipped: no real instrument files in ${FOLDER} (LIMETAL_LAB_FILES names another folder)`);

const read = (path: string) => readInstrumentFile(new Uint8Array(readFileSync(`${FOLDER}/${path}`)), { name: path });
const TEGDME = 'biologic/li-li-tegdme/jr862_11_08_23_insitu-impedance-LiLi_1MLiTFSI_TEGDME-1mA';

describe.skipIf(!THERE)('Li|Li in TEGDME, going into a soft short', () => {
  test('is found at spectrum 24 from the spectra alone, and nowhere before', async () => {
    const { spectra } = await read(`${TEGDME}_02_GEIS_C05.mpr`);
    const bare = spectra.map(({ voltage_V, current_A, ...spectrum }) => spectrum);
    for (const series of [spectra, bare]) {
      const { soft, hard, events, evidence } = findShorts(null, series, { cell: 'Li|Li' });
      expect(events).toHaveLength(1);
      expect(hard).toBeNull();
      expect(soft?.onset.spectrum).toBe(24);
      expect(soft!.onset.time_s! / 3600).toBeCloseTo(24.3, 1);
      // The recovery at spectrum 27 is transient.
      expect(soft?.healed).toBeNull();
      const arcs = evidence.find(({ line }) => line === 'b')!;
      expect(arcs.after).toBeCloseTo(10.9, 1);
      expect(arcs.before).toBeCloseTo(49.8, 1);
      expect(arcs.deviations).toBeGreaterThan(10);
    }
    const { evidence } = findShorts(null, spectra, { cell: 'Li|Li' });
    const rest = evidence.find(({ line }) => line === 'c')!;
    expect(rest).toMatchObject({ state: 'present', onset: { spectrum: 24 } });
    expect(rest.after).toBeCloseTo(7.6e-3, 4);
  });

  test('does not depend on where the file begins or ends', async () => {
    const { spectra } = await read(`${TEGDME}_02_GEIS_C05.mpr`);
    for (const from of [0, 5, 12, 18]) {
      for (const to of [27, 32, 45]) {
        const { soft } = findShorts(null, spectra.slice(from, to), { cell: 'Li|Li' });
        expect(soft?.onset.spectrum, `${from} to ${to}`).toBe(24 - from);
      }
    }
    for (const to of [4, 10, 20, 24]) {
      expect(findShorts(null, spectra.slice(0, to), { cell: 'Li|Li' }).events, `the first ${to}`).toEqual([]);
    }
  });

  test('interface resistances end where the short begins, and the verdict says so', async () => {
    const { spectra, records } = await read(`${TEGDME}_02_GEIS_C05.mpr`);
    const findings = analyseLabCell({ records, spectra, cell: 'Li|Li', area_m2: 0.4e-4, electrolyte: 'liquid' });
    expect(findings.verdict).toMatch(
      /^Soft short at 24\.3 h \(spectrum 24 counted from 0\): width of the arcs from 49\.8 to 10\.9 ohm/,
    );
    expect(findings.verdict).toContain('not those of the interfaces');
    for (const { index, interface: found, refused, arcs } of findings.spectra!.spectra) {
      // These frequencies show but the middle of the arcs: a resistance is refused, or says that it reaches beyond them.
      if (found !== null && arcs.some(({ extrapolated }) => extrapolated)) {
        expect(found.convention).toContain('beyond the frequencies measured');
        expect(found.total_ohm_error! / found.total_ohm).toBeGreaterThan(0.1);
      }
      expect(refused?.includes('a soft short since 24.3 h') ?? false, `${index}`).toBe(index >= 24);
      if (index >= 24) expect(found).toBeNull();
    }
    const widths = findings.spectra!.spectra.map(({ features }) => features!.arcWidth_ohm);
    const wanted: Readonly<Record<number, number>> = {
      0: 63.1,
      1: 35.6,
      10: 47.1,
      23: 33.1,
      24: 10.9,
      27: 42.0,
      44: 2.7,
    };
    for (const [k, width] of Object.entries(wanted)) expect(widths[Number(k)]).toBeCloseTo(width, 1);
    const apexes = findings.spectra!.spectra.map(({ features }) => features!.apex_ohm);
    expect([apexes[0], apexes[23], apexes[24]]).toEqual([35, 25.1, 9.2].map((value) => expect.closeTo(value, 1)));
    // 500 Hz is below the summit of these arcs: no R_s can be read, and that is said.
    expect(findings.spectra!.spectra[20]!.features).toMatchObject({
      ohmicReading: 'highest frequency',
      apexAtEdge: true,
    });
    expect(findings.cycling).toBeNull();
  });

  test('the fresh cell: the circuit of the reference and its values', async () => {
    const { spectra } = await read(`${TEGDME.replace('-1mA', '-1mA-prerun')}_C05.mpr`);
    const { circuit, spectra: found } = analyseSpectra(spectra, {
      cell: 'Li|Li',
      area_m2: 0.4e-4,
      electrolyte: 'liquid',
    });
    expect(circuit!.circuit).toBe('R0-p(R1,CPE1)-p(R2,CPE2)');
    const [one] = found;
    const wanted = [38.06, 677.1, 1.441e-6, 0.7716, 92.1, 4.01e-3, 0.686];
    for (const [k, value] of wanted.entries()) expect(one!.fit!.parameters[k]!.value / value).toBeCloseTo(1, 2);
    expect(one!.ohmicFrom).toBe('fit');
    expect(one!.interface!.total_ohm).toBeCloseTo(769.2, 0);
    expect(one!.interface!.perElectrode_ohm).toBeCloseTo(384.6, 0);
    expect(one!.interface!.areaSpecificResistance_ohm_m2).toBeCloseTo(384.6 * 0.4e-4, 4);
    expect(one!.interface!.convention).toContain('R·A/2: two alike interfaces in series, each of 0.4000 cm2');
  });
});

test.skipIf(!THERE)('Li|LLZO|Li: no short, resistances at 0.1 Hz and from constant current', async () => {
  const { spectra, records } = await read('biologic/eclab-pairs/mb.mpr');
  const findings = analyseLabCell({ records, spectra, cell: 'Li|Li', area_m2: 0.283e-4, electrolyte: 'solid' });
  expect(findings.shorts.events).toEqual([]);
  expect(findings.shorts.suspicion).toBeNull();
  expect(findings.verdict).toContain('No sign of a short');
  const low = findings.spectra!.spectra.map(({ features }) => features!.lowFrequency_ohm);
  const wanted = [1108.82, 1145.3, 1146.21, 1141.56, 1141.63, 1138.25, 1139.5, 1137.94];
  expect(low).toEqual(wanted.map((value) => expect.closeTo(value, 2)));
  const direct = findings.directCurrent!;
  expect(direct.halfCycles).toBe(8);
  expect(direct.resistance_ohm).toBeGreaterThan(1339 * 0.995);
  expect(direct.resistance_ohm).toBeLessThan(1339 * 1.005);
  expect(direct.ratio).toBeCloseTo(1.174, 2);
  expect(direct.impedance_Hz).toBeCloseTo(0.0999, 3);
  // The large arc is the electrolyte's grain boundaries, which are no interface with lithium.
  for (const { arcs, interface: found } of findings.spectra!.spectra) {
    expect(arcs[0]).toMatchObject({ suggestion: 'grain boundaries', interfacial: false });
    expect(found!.total_ohm).toBeGreaterThan(150);
    expect(found!.total_ohm).toBeLessThan(250);
  }
  expect(findings.area_m2).toBe(0.283e-4);
});

test.skipIf(!THERE)('a cathode half-cell that cycles well shows no short', async () => {
  const { spectra, records } = await read('biologic/jdb11-1_c3_gcpl_5cycles_2V-3p8V_C-24_data_C09.mpr');
  expect(findShorts(records[0]!, spectra, { cell: 'Li|cathode' }).events).toEqual([]);
});

const CYCLING = [
  'Plate at 0.2 mA/cm2 for 0.2 mAh/cm2',
  'Rest for 5 minutes',
  'Strip at 0.2 mA/cm2 for 0.2 mAh/cm2',
  'Rest for 5 minutes',
  'repeat 12',
];

const STRIPPING = [
  'Plate at 0.5 mA/cm2 for 1 mAh/cm2',
  'Rest for 5 minutes',
  'Strip at 0.5 mA/cm2 until 1 V',
  'repeat 12',
];

describe('computed cells know no shorts', () => {
  test.each([
    ['li-li-carbonate', 'Li|Li', 'liquid'],
    ['li-li-ether-nitrate', 'Li|Li', 'liquid'],
    ['li-li-llzto', 'Li|Li', 'solid'],
    ['li-cu-ether-nitrate', 'Li|Cu', 'liquid'],
    ['li-cu-carbonate', 'Li|Cu', 'liquid'],
  ] as const)('%s', (id, cell, electrolyte) => {
    const { record } = simulate(builtInCell(id), parseProtocol(cell === 'Li|Cu' ? STRIPPING : CYCLING));
    const { events } = findShorts(record, [], { cell, electrolyte });
    expect(events).toEqual([]);
  });
});
