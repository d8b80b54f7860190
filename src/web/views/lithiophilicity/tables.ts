// The answers of this part as columns to be saved, with every digit.

import type { Banded, ElectrolyteWettingAnswer, Reaction, WettingAnswer } from '../../../design/index.ts';
import type { TableColumn } from '../../../records/index.ts';
import { columnsOf } from '../../charts/table-columns.ts';

interface Line {
  readonly name: string;
  readonly value: number | string;
  readonly low: number | null;
  readonly high: number | null;
  readonly unit: string;
}

const line = (name: string, { value, band80 }: Banded, factor: number, unit: string): Line => {
  const ends = band80.map((end) => factor * end).sort((a, b) => a - b);
  return { name, value: factor * value, low: ends[0]!, high: ends[1]!, unit };
};

const plain = (name: string, value: number, unit: string): Line => ({ name, value, low: null, high: null, unit });

const numbersOf = (lines: readonly Line[]): readonly TableColumn[] =>
  columnsOf(lines, {
    Number: ({ name }) => name,
    Value: ({ value }) => value,
    Low: ({ low }) => low,
    High: ({ high }) => high,
    Unit: ({ unit }) => unit,
  });

const DEGREES = 180 / Math.PI;

export function wettingTable(answer: WettingAnswer): readonly TableColumn[] {
  const { angle_rad, apparentAngle_rad, adhesion_J_per_m2, wettingShare, melt, infusion, composite, gate } = answer;
  return numbersOf([
    line('Contact angle on the smooth surface', angle_rad, DEGREES, '°'),
    line('Apparent contact angle', apparentAngle_rad, DEGREES, '°'),
    plain('Share of the draws below 90°', 100 * wettingShare, '%'),
    line('Work of adhesion', adhesion_J_per_m2, 1, 'J/m²'),
    line('Surface tension of the melt', melt.surfaceTension_N_per_m, 1, 'N/m'),
    plain('Viscosity of the melt', melt.viscosity_Pa_s, 'Pa s'),
    plain('Density of the melt', melt.density_kg_per_m3, 'kg/m³'),
    ...(gate === null ? [] : [plain(`Gibbs energy of ${gate.equation}`, gate.gibbsEnergy_J_per_mol / 1000, 'kJ/mol')]),
    ...(infusion === null
      ? []
      : [
          line('Pressure to press lithium in, negative for suction', infusion.entryPressure_Pa, 1e-6, 'MPa'),
          line('Time until it begins', infusion.waiting_s, 1, 's'),
          line('Time that the flow takes', infusion.capillary_s, 1, 's'),
          line('Time to fill', infusion.time_s, 1, 's'),
        ]),
    ...(composite === null
      ? []
      : [
          line('Filled by itself', composite.filled, 100, '%'),
          line('Areal capacity', composite.capacity_C_per_m2, 1 / 36000, 'mAh/cm²'),
          line('Specific capacity', composite.specificCapacity_C_per_kg, 1 / 3600, 'mAh/g'),
          plain('Bound by the coating', 100 * composite.boundShare, '%'),
        ]),
  ]);
}

export const electrolyteTable = (answer: ElectrolyteWettingAnswer): readonly TableColumn[] =>
  numbersOf([
    line('Spreading coefficient', answer.spreading_J_per_m2, 1000, 'mN/m'),
    plain('Share of the draws in which it spreads', 100 * answer.spreadingShare, '%'),
    line('Time to soak the separator', answer.time_s, 1, 's'),
    plain('Way along the separator', 1000 * answer.distance_m, 'mm'),
    line('Surface tension', answer.surfaceTension_N_per_m, 1000, 'mN/m'),
    line('Viscosity', answer.viscosity_Pa_s, 1000, 'mPa s'),
  ]);

/** Its substances, and under them the reaction itself. */
export function reactionTable({ equation, substances, ...reaction }: Reaction): readonly TableColumn[] {
  const own = substances.map(({ coefficient, formula, phase, formation_J_per_mol, tag, source }) => ({
    coefficient,
    formula,
    phase,
    gibbs_J_per_mol: formation_J_per_mol,
    enthalpy_J_per_mol: null as number | null,
    tag: tag as string,
    source,
  }));
  const { gibbs_J_per_mol, enthalpy_J_per_mol } = reaction;
  const whole = { formula: equation, phase: '', gibbs_J_per_mol, enthalpy_J_per_mol, tag: 'computed', source: '' };
  return columnsOf([...own, { ...whole, coefficient: 1 }], {
    Coefficient: ({ coefficient }) => coefficient,
    Substance: ({ formula }) => formula,
    Phase: ({ phase }) => phase,
    'Gibbs energy / kJ/mol': (one) => (one.gibbs_J_per_mol === null ? null : one.gibbs_J_per_mol / 1000),
    'Enthalpy / kJ/mol': (one) => (one.enthalpy_J_per_mol === null ? null : one.enthalpy_J_per_mol / 1000),
    Kind: ({ tag }) => tag,
    Source: ({ source }) => source,
  });
}
