// A claim held against what its own numbers imply: the efficiency that its life asks for, the energy of a cell built so, whether lithium or
// electrolyte would have ended it, how its conditions compare with what is practical, where two of its numbers contradict each other, and what
// must be known besides. Nothing here calls a claim impossible: an implied number outside a band is told with what it rests on.

import { log, log10 } from '../numerics/index.ts';
import { electrolyteLimitedCycles, electrolyteRequiredEfficiency, lithiumLimitedCycles } from '../physics/index.ts';
import { areal_charge_C_per_m2_from_thickness, formatQuantity, thickness_m_from_areal_charge } from '../units/index.ts';
import {
  CLAIM_NUMBERS,
  type Claim,
  type ClaimKey,
  type ClaimText,
  readClaim,
  SCHEMA,
  type SchemaItem,
} from './audit-inputs.ts';
import type { Banded } from './banded.ts';
import { type ImpliedEfficiency, impliedEfficiency } from './coin-cells.ts';
import { cellEnergy } from './energy.ts';
import { energyBands } from './energy-answer.ts';
import { type EnergyText, readEnergyCell } from './energy-inputs.ts';
import { USUAL_SPENDING } from './lifetime.ts';
import { excessLithium, USUAL_RETENTION } from './required-efficiency.ts';

/** Papers round a thickness to the next handy charge ("50 µm, 10 mAh/cm2"): less than this is no contradiction. */
export const AUDIT_TOLERANCE = 0.05;
/** Two lives within this ratio are not told apart, as in `lifetime`. */
const TOGETHER_RATIO_MAX = 1.3;
const ELECTROLYTE_DENSITY_kg_per_m3 = 1200;
const ENERGY_DRAWS = 1000;

export interface ImpliedRow {
  readonly counts: 'foil' | 'all';
  /** Lithium beyond what the cathode takes, over the cathode's capacity. */
  readonly excess: number;
  readonly implied: ImpliedEfficiency;
  /** Cycles that this lithium lasts at the efficiency that is claimed; null where none is. */
  readonly cyclesAtClaim: number | null;
}

export interface ImpliedEnergy {
  readonly specificEnergy_J_per_kg: Banded;
  /** What was taken for what the paper does not say. */
  readonly assumptions: readonly string[];
}

export type LightLevel = 'practical' | 'between' | 'laboratory';

/** One condition beside what is practical. */
export interface Light {
  readonly key: ClaimKey;
  readonly label: string;
  readonly text: string;
  readonly level: LightLevel;
  readonly target: string;
  readonly habit: string;
  readonly source: string;
}

export interface Contradiction {
  readonly what: string;
  /** Two texts that should agree. */
  readonly printed: string;
  readonly computed: string;
  /** Printed over computed. */
  readonly ratio: number;
}

export interface ClaimAudit {
  readonly claim: Claim;
  /** What the numbers give by themselves; null where they do not. */
  readonly derived: {
    readonly foilToCathode: number | null;
    readonly electrolyte_kg_per_C: number | null;
    readonly retention: number;
  };
  /** A row for each way to count N that the paper leaves open; empty where the lithium or the cycles are not known. */
  readonly implied: readonly ImpliedRow[];
  /** What ended the cell, as a sentence; null where nothing can be said. */
  readonly verdict: string | null;
  /** Efficiency that the electrolyte alone would ask for, and its cycles at the implied efficiency. */
  readonly byElectrolyte: { readonly efficiency: number; readonly cyclesAtImplied: number | null } | null;
  readonly energy: ImpliedEnergy | null;
  /** Why there is no implied energy. */
  readonly energyNeeds: string | null;
  readonly lights: readonly Light[];
  readonly contradictions: readonly Contradiction[];
  readonly stated: readonly SchemaItem[];
  readonly missing: readonly SchemaItem[];
  readonly remarks: readonly string[];
}

/**
 * Audits a claim from its typed numbers.
 *
 * @throws InputError with every fault.
 */
export function auditClaim(text: ClaimText): ClaimAudit {
  const claim = readClaim(text);
  const remarks: string[] = [];
  const retention = claim.retention ?? USUAL_RETENTION;
  if (claim.cycles !== null && claim.retention === null)
    remarks.push('The retention at the last cycle is not said; 80 % is taken.');
  const foilToCathode = foilOverCathode(claim);
  const electrolyte_kg_per_C = electrolyteOf(claim, remarks);
  const implied = impliedRows(claim, foilToCathode, retention);
  if (implied.length > 1)
    remarks.push(
      'Whether N counts the foil alone or all lithium is not said: both readings stand here. Ask the authors.',
    );
  const contradictions = contradictionsOf(claim, foilToCathode, implied, retention, remarks);
  const byElectrolyte = electrolyteSide(claim, electrolyte_kg_per_C, implied);
  const energyNeeds = missingForEnergy(claim, foilToCathode, electrolyte_kg_per_C);
  const energy = energyNeeds === null ? impliedEnergy(claim, electrolyte_kg_per_C!, remarks) : null;
  const isStated = ({ key, from }: SchemaItem): boolean =>
    claim.stated.includes(key) ||
    (from ?? []).some((one) => claim[one] !== null) ||
    (key === 'counts' && claim.counts !== 'not said') ||
    (key === 'lithiumThickness' && claim.negative === 'anode-free');
  return {
    claim,
    derived: { foilToCathode, electrolyte_kg_per_C, retention },
    implied,
    verdict: verdictOf(claim, implied, byElectrolyte),
    byElectrolyte,
    energy,
    energyNeeds,
    lights: lightsOf(claim, electrolyte_kg_per_C, foilToCathode),
    contradictions,
    stated: SCHEMA.filter(isStated),
    missing: SCHEMA.filter((one) => !isStated(one)),
    remarks,
  };
}

/** Lithium of the foil over the cathode's capacity, from their own numbers. */
function foilOverCathode({ negative, lithium_m, cathodeCapacity_C_per_m2 }: Claim): number | null {
  if (negative === 'anode-free') return 0;
  if (lithium_m === null || cathodeCapacity_C_per_m2 === null) return null;
  return areal_charge_C_per_m2_from_thickness(lithium_m) / cathodeCapacity_C_per_m2;
}

/** Capacity of the whole cell, from its own number or area times areal capacity. */
const cellCapacity_C = ({ capacity_C, area_m2, cathodeCapacity_C_per_m2 }: Claim): number | null =>
  capacity_C ?? (area_m2 === null || cathodeCapacity_C_per_m2 === null ? null : area_m2 * cathodeCapacity_C_per_m2);

function electrolyteFromAmount_kg_per_C(claim: Claim): number | null {
  const capacity_C = cellCapacity_C(claim);
  const { electrolyteMass_kg, electrolyteVolume_m3, electrolyteDensity_kg_per_m3 } = claim;
  if (capacity_C === null) return null;
  if (electrolyteMass_kg !== null) return electrolyteMass_kg / capacity_C;
  if (electrolyteVolume_m3 === null) return null;
  return (electrolyteVolume_m3 * (electrolyteDensity_kg_per_m3 ?? ELECTROLYTE_DENSITY_kg_per_m3)) / capacity_C;
}

function electrolyteOf(claim: Claim, remarks: string[]): number | null {
  const fromAmount = electrolyteFromAmount_kg_per_C(claim);
  if (claim.electrolyte_kg_per_C !== null) return claim.electrolyte_kg_per_C;
  if (fromAmount !== null && claim.electrolyteMass_kg === null && claim.electrolyteDensity_kg_per_m3 === null)
    remarks.push('E/C is computed with 1.2 g/cm³ for the electrolyte, whose density is not said.');
  return fromAmount;
}

function impliedRows(claim: Claim, foilToCathode: number | null, retention: number): ImpliedRow[] {
  const { cycles, nToP, counts, negative, wasStopped, efficiency } = claim;
  if (cycles === null) return [];
  const row = (reading: 'foil' | 'all', excess: number): ImpliedRow => ({
    counts: reading,
    excess,
    implied: impliedEfficiency(excess, cycles, retention, wasStopped),
    cyclesAtClaim: efficiency === null ? null : lithiumLimitedCycles(excess, efficiency, retention),
  });
  if (negative === 'anode-free') return [row('foil', 0)];
  if (nToP === null) return foilToCathode === null ? [] : [row('foil', foilToCathode)];
  const reading = counts !== 'not said' ? counts : readingOf(nToP, foilToCathode);
  if (reading !== null) return [row(reading, excessLithium(nToP, reading))];
  const rows = [row('foil', nToP)];
  if (nToP >= 1) rows.push(row('all', nToP - 1));
  return rows;
}

const isNear = (ratio: number): boolean => Math.abs(log(ratio)) <= log(1 + AUDIT_TOLERANCE);

/** How N must have been counted, from the thickness of the foil; null where it does not tell. */
function readingOf(nToP: number, foilToCathode: number | null): 'foil' | 'all' | null {
  if (foilToCathode === null) return null;
  const asFoil = isNear(nToP / foilToCathode);
  const asAll = isNear(nToP / (foilToCathode + 1));
  return asFoil === asAll ? null : asFoil ? 'foil' : 'all';
}

function contradictionsOf(
  claim: Claim,
  foilToCathode: number | null,
  implied: readonly ImpliedRow[],
  retention: number,
  remarks: string[],
): Contradiction[] {
  const found: Contradiction[] = [];
  const hold = (
    what: string,
    key: ClaimKey,
    printed: number | null,
    computed: number | null,
    from: string,
    isSame: (ratio: number) => boolean = isNear,
  ): void => {
    if (printed === null || computed === null || !(computed > 0)) return;
    const ratio = printed / computed;
    if (!isSame(ratio))
      found.push({ what, printed: shownAs(key, printed), computed: `${shownAs(key, computed)} ${from}`, ratio });
  };
  const { nToP, counts } = claim;
  if (nToP !== null && foilToCathode !== null && foilToCathode > 0) {
    if (counts === 'not said') {
      const reading = readingOf(nToP, foilToCathode);
      if (reading !== null)
        remarks.push(
          `N/P fits the thickness of lithium where N counts ${reading === 'foil' ? 'the foil alone' : 'all lithium'}; so it is read.`,
        );
      else if (!isNear(nToP / foilToCathode) && !isNear(nToP / (foilToCathode + 1)))
        hold(
          'N/P and the thickness of lithium',
          'nToP',
          nToP,
          foilToCathode,
          'from thickness and capacity, the foil alone',
        );
    } else {
      const computed = counts === 'foil' ? foilToCathode : foilToCathode + 1;
      hold('N/P and the thickness of lithium', 'nToP', nToP, computed, 'from thickness and capacity');
    }
  }
  hold(
    'E/C and the amount of electrolyte',
    'electrolyte_kg_per_C',
    claim.electrolyte_kg_per_C,
    electrolyteFromAmount_kg_per_C(claim),
    'from the amount over the capacity',
  );
  hold(
    'Areal capacity and loading',
    'cathodeCapacity_C_per_m2',
    claim.cathodeCapacity_C_per_m2,
    product(claim.loading_kg_per_m2, claim.cathodeSpecificCapacity_C_per_kg),
    'from loading times capacity of the material',
  );
  hold(
    'Capacity of the cell and its area',
    'capacity_C',
    claim.capacity_C,
    product(claim.area_m2, claim.cathodeCapacity_C_per_m2),
    'from area times areal capacity (one face)',
    // A pouch has many layers: only a cell of less than one face contradicts itself.
    (ratio) => ratio >= 1 / (1 + AUDIT_TOLERANCE),
  );
  hold(
    'Energy and capacity',
    'energy_J',
    claim.energy_J,
    product(claim.capacity_C, claim.voltage_V),
    'from capacity times mean voltage',
  );
  hold(
    'Energy per mass and the mass',
    'specificEnergy_J_per_kg',
    claim.specificEnergy_J_per_kg,
    quotient(claim.energy_J ?? product(claim.capacity_C, claim.voltage_V), claim.mass_kg),
    'from energy over mass',
  );
  hold(
    'Current density and C-rate',
    'j_A_per_m2',
    claim.j_A_per_m2,
    product(claim.rate_per_h, quotient(claim.cathodeCapacity_C_per_m2, 3600)),
    'from rate times areal capacity',
  );
  const best = implied.reduce<ImpliedRow | null>(
    (most, one) => (most === null || one.excess > most.excess ? one : most),
    null,
  );
  const { efficiency, cycles } = claim;
  if (best !== null && efficiency !== null && cycles !== null && best.implied.kind !== 'not lithium') {
    const required = best.implied.efficiency;
    if (1 - efficiency > (1 + AUDIT_TOLERANCE) * (1 - required))
      found.push({
        what: 'Efficiency and cycles',
        printed: `${percentText(efficiency)}, with which lithium lasts ${Math.floor(best.cyclesAtClaim!)} cycles to ${percentText(retention)}`,
        computed: `${percentText(required)} for the ${cycles} cycles that were reached`,
        ratio: (1 - efficiency) / (1 - required),
      });
    else if (best.cyclesAtClaim !== null && best.cyclesAtClaim > TOGETHER_RATIO_MAX * cycles && !claim.wasStopped)
      remarks.push(
        `At the efficiency claimed lithium lasts ${Number.isFinite(best.cyclesAtClaim) ? `${Math.floor(best.cyclesAtClaim)} cycles` : 'for ever'}; something else ended the cell at ${cycles}.`,
      );
  }
  return found;
}

const product = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a * b);
const quotient = (a: number | null, b: number | null): number | null => (a === null || b === null ? null : a / b);

/** Percent, with decimals enough that 99.96 % is not read as 100 %. */
function percentText(share: number): string {
  const loss = 1 - share;
  const decimals = loss <= 0 ? 1 : Math.min(4, Math.max(1, 1 - Math.floor(log10(100 * loss))));
  return `${Number((100 * share).toFixed(decimals))} %`;
}

function shownAs(key: ClaimKey, value: number): string {
  const { unit, dimension } = CLAIM_NUMBERS.find((row) => row.key === key)!;
  if (dimension === 'fraction') return percentText(value);
  return formatQuantity(value, unit, 4, dimension).trim();
}

function electrolyteSide(
  { cycles }: Claim,
  electrolyte_kg_per_C: number | null,
  implied: readonly ImpliedRow[],
): ClaimAudit['byElectrolyte'] {
  if (cycles === null || electrolyte_kg_per_C === null) return null;
  const supply = { ...USUAL_SPENDING, electrolyte_kg_per_C };
  const efficiency = implied[0]?.implied.efficiency ?? null;
  return {
    efficiency: electrolyteRequiredEfficiency(supply, cycles),
    cyclesAtImplied: efficiency === null ? null : electrolyteLimitedCycles(supply, efficiency),
  };
}

function verdictOf(
  { cycles, wasStopped }: Claim,
  implied: readonly ImpliedRow[],
  byElectrolyte: ClaimAudit['byElectrolyte'],
): string | null {
  const [first] = implied;
  if (first === undefined || cycles === null) return null;
  const dry =
    byElectrolyte === null
      ? ''
      : ` If a third of the loss makes interphase, the electrolyte asks for ${percentText(byElectrolyte.efficiency)}.`;
  if (first.implied.kind === 'not lithium')
    return `Lithium did not end this cell: ${significant(first.excess)} cathode capacities in excess outlast ${cycles} cycles whatever the efficiency. Electrolyte, resistance or a short did.${dry}`;
  const efficiency = percentText(first.implied.efficiency);
  if (first.implied.kind === 'proves nothing')
    return `${cycles} cycles prove nothing here: with so much lithium ${wasStopped ? 'a test that was stopped says only that the efficiency is above' : 'it needs no more than'} ${efficiency}.`;
  if (wasStopped) return `The cell had not ended: its efficiency is at least ${efficiency}.`;
  const lasts = byElectrolyte?.cyclesAtImplied ?? Number.POSITIVE_INFINITY;
  if (lasts * TOGETHER_RATIO_MAX < cycles)
    return `Lithium alone would imply ${efficiency}, but the electrolyte would have been gone after ${Math.floor(lasts)} cycles at that efficiency: it was probably higher, and the electrolyte ended the cell.${dry}`;
  if (lasts < TOGETHER_RATIO_MAX * cycles)
    return `Lithium implies ${efficiency}, and at that efficiency the electrolyte is gone at about the same cycle: both.`;
  return `If lithium ended the cell, its efficiency was ${efficiency}.`;
}

const significant = (value: number): string => String(Number(value.toPrecision(3)));

function missingForEnergy(
  claim: Claim,
  foilToCathode: number | null,
  electrolyte_kg_per_C: number | null,
): string | null {
  const missing = [
    ...(claim.cathodeCapacity_C_per_m2 === null ? ['the areal capacity of the cathode'] : []),
    ...(foilToCathode === null && (claim.nToP === null || claim.cathodeCapacity_C_per_m2 === null)
      ? ['the thickness of lithium or N/P']
      : []),
    ...(electrolyte_kg_per_C === null ? ['E/C or the amount of electrolyte'] : []),
  ];
  return missing.length === 0 ? null : missing.join(', ');
}

/** What stands for a cathode of which only the areal capacity is known. */
const ASSUMED_POTENTIAL_V = 3.8;

function impliedEnergy(claim: Claim, electrolyte_kg_per_C: number, remarks: string[]): ImpliedEnergy {
  const cathode_C_per_m2 = claim.cathodeCapacity_C_per_m2!;
  const foil_C_per_m2 = claim.nToP === null ? 0 : foilRatio(claim) * cathode_C_per_m2;
  const lithium_m = claim.lithium_m ?? thickness_m_from_areal_charge(foil_C_per_m2);
  const isAnodeFree = claim.negative === 'anode-free' || lithium_m === 0;
  const text: EnergyText = {
    negative: isAnodeFree ? 'anode-free' : 'lithium',
    volumeAt: 'charged',
    cathodeCapacity: `${cathode_C_per_m2 / 36000} mAh/cm2`,
    ...(isAnodeFree ? {} : { lithium: `${1e6 * lithium_m} µm` }),
    electrolyte: `${electrolyte_kg_per_C * 3.6e6} g/Ah`,
    cathodePotential: `${claim.voltage_V ?? ASSUMED_POTENTIAL_V} V`,
    ...(claim.cathodeSpecificCapacity_C_per_kg === null
      ? { cathodeSpecificCapacity: '195 ± 10 mAh/g' }
      : { cathodeSpecificCapacity: `${claim.cathodeSpecificCapacity_C_per_kg / 3600} mAh/g` }),
  };
  const cell = readEnergyCell(text);
  const { specificEnergy_J_per_kg } = energyBands(cell, { samples: ENERGY_DRAWS }).outputs;
  const claimed = claim.specificEnergy_J_per_kg;
  const assumptions = [
    'a large pouch cell: 35 double-sided cathodes of 30 × 10 cm, 14 µm Al, 8 µm Cu, 12 µm separator, 113 µm pouch foil, 93 % of the capacity after the first cycle',
    ...(claim.cathodeSpecificCapacity_C_per_kg === null ? ['195 mAh/g of active material'] : []),
    ...(claim.voltage_V === null ? [`${ASSUMED_POTENTIAL_V} V mean`] : []),
    '95 % active material in the cathode',
    ...(claim.lithium_m === null && !isAnodeFree
      ? ['lithium from N/P, which is read as the foil alone unless told otherwise']
      : []),
  ];
  if (claimed !== null) {
    const [low, high] = specificEnergy_J_per_kg.band80;
    const nominal = cellEnergy(cell.inputs).specificEnergy_J_per_kg;
    if (claimed < low || claimed > high)
      remarks.push(
        `The claimed ${shownAs('specificEnergy_J_per_kg', claimed)} lies ${claimed > nominal ? 'above' : 'below'} what a large pouch cell with these electrodes would have (${shownAs('specificEnergy_J_per_kg', low)} to ${shownAs('specificEnergy_J_per_kg', high)}): ask which components were weighed.`,
      );
  }
  return { specificEnergy_J_per_kg, assumptions };
}

/** Foil over cathode from N/P. */
const foilRatio = ({ nToP, counts }: Claim): number => (counts === 'all' ? Math.max(0, nToP! - 1) : nToP!);

interface LightRow {
  readonly key: ClaimKey;
  readonly label: string;
  /** Practical on the better side of the first, laboratory beyond the second. */
  readonly practical: number;
  readonly laboratory: number;
  readonly isMoreBetter: boolean;
  readonly target: string;
  readonly habit: string;
  readonly source: string;
}

const TABULATED =
  'Chen 2019 (10.1016/j.joule.2019.02.004) and Liu 2019 (10.1038/s41560-019-0338-x), as tabulated in donghee1025/Battery-Park';
const G_PER_AH = 1e-3 / 3600;

/** What is practical, what papers do, and where both are from. */
const LIGHTS: readonly LightRow[] = [
  {
    key: 'cathodeCapacity_C_per_m2',
    label: 'Areal capacity of the cathode',
    practical: 3.5 * 36000,
    laboratory: 2 * 36000,
    isMoreBetter: true,
    target: '≥ 3.5 to 4 mAh/cm²',
    habit: '< 1 to 2 mAh/cm²',
    source: `${TABULATED}; Frith 2023 (10.1038/s41467-023-35933-2)`,
  },
  {
    key: 'lithium_m',
    label: 'Thickness of lithium',
    practical: 50e-6,
    laboratory: 250e-6,
    isMoreBetter: false,
    target: '≤ 50 µm, towards 20 µm; ≤ 30 µm in tests',
    habit: '250 µm and more',
    source: `${TABULATED}; Albertus 2018 (10.1038/s41560-017-0047-2)`,
  },
  {
    key: 'nToP',
    label: 'N/P',
    practical: 3,
    laboratory: 10,
    isMoreBetter: false,
    target: '1 to 2.9',
    habit: '> 10 to 50',
    source: `${TABULATED}; Niu 2021 (10.1038/s41560-021-00852-3)`,
  },
  {
    key: 'electrolyte_kg_per_C',
    label: 'E/C',
    practical: 3 * G_PER_AH,
    laboratory: 30 * G_PER_AH,
    isMoreBetter: false,
    target: '≤ 3 g/Ah',
    habit: '> 30 g/Ah (100 µL on 4 mAh is 30)',
    source: TABULATED,
  },
  {
    key: 'efficiency',
    label: 'Coulombic efficiency',
    practical: 0.996,
    laboratory: 0.99,
    isMoreBetter: true,
    target: '99.6 to 99.9 % for 300 to 1000 cycles at N/P 1; 99.93 to 99.98 % anode-free',
    habit: 'tables of published ones end at 99.5 %',
    source: 'computed here from cycles = x/(1 − CE) + ln R/ln CE',
  },
  {
    key: 'j_A_per_m2',
    label: 'Current density',
    practical: 8,
    laboratory: 5,
    isMoreBetter: true,
    target: '0.8 to 1.3 mA/cm² (C/5 to C/3 at 4 mAh/cm²); ≥ 3 is wanted of solid electrolytes',
    habit: '0.1 to 0.9 mA/cm²',
    source: 'computed here; Flatscher 2020 (10.1039/c9ta14177d) for solid electrolytes',
  },
  {
    key: 'specificEnergy_J_per_kg',
    label: 'Energy per mass of the cell',
    practical: 350 * 3600,
    laboratory: 300 * 3600,
    isMoreBetter: true,
    target: '300, then 350, then 500 Wh/kg',
    habit: 'not given',
    source: 'Battery500 (Green Car Congress, 28 May 2020); Niu 2021 (10.1038/s41560-021-00852-3)',
  },
  {
    key: 'cycles',
    label: 'Cycles',
    practical: 600,
    laboratory: 300,
    isMoreBetter: true,
    target: '600 at 350 Wh/kg (2021); 1000 in the end',
    habit: 'not given',
    source: 'Battery500; Niu 2021 (10.1038/s41560-021-00852-3)',
  },
];

function lightsOf(claim: Claim, electrolyte_kg_per_C: number | null, foilToCathode: number | null): Light[] {
  const values: Readonly<Partial<Record<ClaimKey, number | null>>> = {
    ...claim,
    electrolyte_kg_per_C,
    nToP: claim.nToP ?? (claim.negative === 'anode-free' ? null : foilToCathode),
  };
  return LIGHTS.flatMap(({ practical, laboratory, isMoreBetter, ...row }): Light[] => {
    const value = values[row.key];
    if (value === null || value === undefined) return [];
    const isBetter = (limit: number): boolean =>
      isMoreBetter ? value >= limit * (1 - 1e-9) : value <= limit * (1 + 1e-9);
    const isWorse = isMoreBetter ? value < laboratory * (1 - 1e-9) : value >= laboratory * (1 - 1e-9);
    const level = isBetter(practical) ? 'practical' : isWorse ? 'laboratory' : 'between';
    return [{ ...row, text: shownAs(row.key, value), level }];
  });
}
