import { describe, expect, test } from 'vitest';
import { type Additive, builtInCell, type Cell, type Protocol, parseProtocol } from '../cells/index.ts';
import { C_per_m2_from_mAh_per_cm2, thickness_m_from_areal_charge } from '../units/index.ts';
import { ageingOf, ceramic, coatingOf, platingOf, sideAgeing } from './ageing.test-tool.ts';
import { cellOf, copper, foil } from './limits.test-tool.ts';
import { simulate } from './simulate.ts';

const ELECTROLYTE_kg_per_m3 = 1200;

interface CoinCell {
  readonly capacity_mAh_per_cm2: number;
  readonly foil_um: number;
  readonly electrolyte_g_per_Ah: number;
  readonly current_mA_per_cm2: number;
  /** Reported; null where the test was stopped before the cell was. */
  readonly cycles: number | null;
  /** Of lithium, as the reported life implies it, or as that of the other cells in this electrolyte. */
  readonly efficiency: number;
  readonly n_to_p: number;
  readonly cause: 'lithium-exhausted' | 'electrolyte-dry' | 'none';
}

const END_WORDS = {
  'lithium-exhausted': 'the reserve of lithium was gone',
  'electrolyte-dry': 'the electrolyte no longer filled the pores',
  none: 'No end of life within 300 cycles',
} as const;

/** Li||NMC622 coin cells as tabulated by Chen 2019. */
const COIN_CELLS: Readonly<Record<string, CoinCell>> = {
  'thin cathode': {
    capacity_mAh_per_cm2: 0.45,
    foil_um: 250,
    electrolyte_g_per_Ah: 210,
    current_mA_per_cm2: 0.9,
    cycles: null,
    efficiency: 0.8,
    n_to_p: 111,
    cause: 'none',
  },
  'good electrolyte': {
    capacity_mAh_per_cm2: 2.5,
    foil_um: 50,
    electrolyte_g_per_Ah: 35,
    current_mA_per_cm2: 0.5,
    cycles: 73,
    efficiency: 0.94,
    n_to_p: 4,
    cause: 'lithium-exhausted',
  },
  'thick foil': {
    capacity_mAh_per_cm2: 3.8,
    foil_um: 250,
    electrolyte_g_per_Ah: 25,
    current_mA_per_cm2: 0.76,
    cycles: 62,
    efficiency: 0.795,
    n_to_p: 13,
    cause: 'lithium-exhausted',
  },
  'thinner cathode': {
    capacity_mAh_per_cm2: 1.4,
    foil_um: 50,
    electrolyte_g_per_Ah: 60,
    current_mA_per_cm2: 0.28,
    cycles: 37,
    efficiency: 0.8,
    n_to_p: 7.1,
    cause: 'lithium-exhausted',
  },
  'thin foil': {
    capacity_mAh_per_cm2: 3.7,
    foil_um: 50,
    electrolyte_g_per_Ah: 25,
    current_mA_per_cm2: 0.74,
    cycles: 15,
    efficiency: 0.8,
    n_to_p: 2.7,
    cause: 'lithium-exhausted',
  },
  'thick foil, lean': {
    capacity_mAh_per_cm2: 3.8,
    foil_um: 250,
    electrolyte_g_per_Ah: 3,
    current_mA_per_cm2: 0.76,
    cycles: 12,
    efficiency: 0.8,
    n_to_p: 13,
    cause: 'electrolyte-dry',
  },
  'thin foil, lean': {
    capacity_mAh_per_cm2: 3.5,
    foil_um: 50,
    electrolyte_g_per_Ah: 3,
    current_mA_per_cm2: 0.7,
    cycles: 12,
    efficiency: 0.8,
    n_to_p: 2.9,
    cause: 'electrolyte-dry',
  },
};

function coinCell(coin: CoinCell): Cell {
  const base = builtInCell('li-nmc811');
  if (base.working.kind !== 'cathode') throw new Error('no cathode');
  const q = 50;
  // A third of what is lost goes into interphase, two thirds die (spec 1.12).
  const skin_m = 2 * thickness_m_from_areal_charge(q);
  const h_m = thickness_m_from_areal_charge(C_per_m2_from_mAh_per_cm2(coin.capacity_mAh_per_cm2));
  // E6 solved for d at the wanted efficiency.
  const lost = 1 - coin.efficiency;
  const film_m = thickness_m_from_areal_charge(q);
  const d = (4 * (film_m + skin_m)) / (lost - film_m / h_m);
  const plating = {
    interphaseCharge_C_per_m2: q,
    depositSize_m: d,
    referenceCurrent_A_per_m2: 10,
    depositSizeExponent: 0,
    unstrippableSkin_m: skin_m,
  };
  const cell: Cell = {
    ...base,
    counter: { ...base.counter, interphase: [], lithiumThickness_m: coin.foil_um * 1e-6 },
    ageing: ageingOf({ counter: sideAgeing({ plating }), working: null }),
  };
  // The cathode that gives the stated capacity at the stated current.
  let { thickness_m } = base.working;
  for (let trial = 0; trial < 6; trial++) {
    const sized = { ...cell, working: { ...base.working, thickness_m }, ageing: null };
    const probe = simulate(sized, cycleOf(coin, 1), { model: 'fast' });
    thickness_m *= coin.capacity_mAh_per_cm2 / probe.cycles[0]!.discharged_mAh_per_cm2;
  }
  const capacity_Ah = coin.capacity_mAh_per_cm2 * 1e-3 * cell.area_m2 * 1e4;
  return {
    ...cell,
    working: { ...base.working, thickness_m },
    electrolyteVolume_m3: (coin.electrolyte_g_per_Ah * 1e-3 * capacity_Ah) / ELECTROLYTE_kg_per_m3,
  };
}

const cycleOf = ({ current_mA_per_cm2 }: CoinCell, times: number) =>
  parseProtocol([
    `Charge at ${current_mA_per_cm2} mA/cm2 until 4.3 V`,
    `Discharge at ${current_mA_per_cm2} mA/cm2 until 2.8 V`,
    `repeat ${times}`,
  ]);

// The second lean cell is short of both: three cycles after it began to dry its lithium was gone too.
describe('seven coin cells: which resource ends them', () => {
  test.each(Object.keys(COIN_CELLS))('%s', (name) => {
    const coin = COIN_CELLS[name]!;
    const cell = coinCell(coin);
    const run = simulate(cell, cycleOf(coin, coin.cycles === null ? 300 : 2 * coin.cycles), {
      model: 'fast',
      detail: 'ends',
    });
    const { end_of_life: end } = run;
    expect(end.cause).toBe(coin.cause);
    if (coin.cycles === null) expect(end.cycle).toBeNull();
    else expect(Math.abs(end.cycle! / coin.cycles - 1)).toBeLessThan(coin.cause === 'electrolyte-dry' ? 0.3 : 0.2);
    expect(end.message).toContain(END_WORDS[coin.cause]);
    expect(Math.abs(end.n_to_p! / coin.n_to_p - 1)).toBeLessThan(0.06);
    expect(end.electrolyte_mL_per_Ah! / (coin.electrolyte_g_per_Ah / 1.2)).toBeCloseTo(1, 1);
  });
});

describe('what ran out before explains the end', () => {
  const enough = { electrolyteVolume_m3: 1e-6 };
  const thick = { ...foil, lithiumThickness_m: 5e-3 };
  const good = platingOf('ether + LiNO3');
  const bad = platingOf('ether');
  const copperCycle = parseProtocol(['Plate at 1 mA/cm2 for 1 mAh/cm2', 'Strip at 1 mA/cm2 until 1 V', 'repeat 150']);
  const foilCycle = parseProtocol(['Plate at 1 mA/cm2 for 1 mAh/cm2', 'Strip at 1 mA/cm2 for 1 mAh/cm2', 'repeat 400']);
  const nitrate: Additive = {
    name: 'LiNO3',
    concentration_mol_per_m3: 10,
    reserve_mol_per_m3: 0,
    electrons: 8,
    interphaseShare: 0.5,
  };
  const end = (cell: Cell, protocol: Protocol) =>
    simulate(cell, protocol, { model: 'fast', detail: 'ends' }).end_of_life;

  test('an additive that is used up: Li|Cu loses efficiency from then on', () => {
    const side = sideAgeing({ plating: good, platingWithoutAdditives: { ...bad, depositSize_m: 1.2e-6 } });
    const ageing = ageingOf({ counter: side, working: side, additives: [nitrate] });
    const found = end(
      cellOf({ kind: 'Li|Cu', counter: thick, working: copper, ageing, electrolyteVolume_m3: 4e-8 }),
      copperCycle,
    );
    expect(found).toMatchObject({ criterion: 'efficiency', cause: 'additive-gone' });
    expect(found.events[0]).toMatchObject({ kind: 'additive-gone' });
    expect(found.cycle! - found.events[0]!.cycle).toBeLessThan(3);
  });

  test('a coating that wears: the bare surface costs what it always did', () => {
    const plating = { ...bad, depositSize_m: 1e-6 };
    const coating = coatingOf({ depositSizeFactor: 4, unstrippableSkinFactor: 0.5, pinholeFraction: 0 });
    const brittle = {
      ...coating,
      layers: [{ ...ceramic, thickness_m: 1e-6, conductivity_S_per_m: 1e-3, unrepairedFraction: 0.05 }],
    };
    const side = sideAgeing({ plating, coating: brittle });
    const found = end(
      cellOf({
        kind: 'Li|Cu',
        counter: thick,
        working: copper,
        ageing: ageingOf({ counter: side, working: side }),
        ...enough,
      }),
      copperCycle,
    );
    expect(found).toMatchObject({ criterion: 'efficiency', cause: 'coating-worn' });
  });

  test('thin foils: lithium', () => {
    const thin = { ...foil, lithiumThickness_m: 30e-6 };
    const side = sideAgeing({ plating: bad });
    const cell = cellOf({
      counter: thin,
      working: thin,
      ageing: ageingOf({ counter: side, working: side }),
      ...enough,
    });
    expect(end(cell, foilCycle)).toMatchObject({ cause: 'lithium-exhausted' });
  });

  test('thick foils and much electrolyte: dead lithium piles up, the resistance grows', () => {
    const side = sideAgeing({ plating: platingOf('carbonate') });
    const cell = cellOf({
      counter: thick,
      working: thick,
      ageing: ageingOf({ counter: side, working: side }),
      ...enough,
    });
    const found = end(cell, foilCycle);
    expect(found).toMatchObject({ criterion: 'polarisation', cause: 'resistance', events: [] });
  });

  test('little electrolyte: it runs dry', () => {
    const side = sideAgeing({ plating: platingOf('carbonate') });
    const cell = cellOf({
      counter: thick,
      working: thick,
      ageing: ageingOf({ counter: side, working: side }),
      electrolyteVolume_m3: 3e-9,
    });
    expect(end(cell, foilCycle)).toMatchObject({ cause: 'electrolyte-dry' });
  });

  test('a cell that lives has no end', () => {
    const side = sideAgeing({ plating: platingOf('LHCE') });
    const cell = cellOf({
      kind: 'Li|Cu',
      counter: thick,
      working: copper,
      ageing: ageingOf({ counter: side, working: side }),
      ...enough,
    });
    const found = end(cell, copperCycle);
    expect(found).toMatchObject({ cycle: null, criterion: null, cause: 'none', events: [] });
    expect(found.message).toBe('No end of life within 150 cycles.');
  });
});

test('a run that ends in its first cycle, with nothing used up, blames nothing', () => {
  const cell = { ...builtInCell('li-lfp'), voltage_V_max: 3.6 };
  const run = simulate(cell, parseProtocol(['Charge at 1C until 4.2 V', 'repeat 3']), { model: 'fast' });
  expect(run.stop.kind).toBe('voltage-limit');
  expect(run.end_of_life).toMatchObject({ cycle: 1, criterion: 'stopped', cause: 'none', events: [] });
  expect(run.end_of_life.message).toContain('nothing that is followed here had run out');
});
