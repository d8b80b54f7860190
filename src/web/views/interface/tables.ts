// The tables of one interface as columns to be saved, with every digit.

import type { Banded, InterfaceAnswer } from '../../../design/index.ts';
import type { TableColumn } from '../../../records/index.ts';
import { columnsOf } from '../../charts/table-columns.ts';

interface Line {
  readonly name: string;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  readonly unit: string;
}

const line = (name: string, { value, band80 }: Banded, factor: number, unit: string): Line => {
  const ends = band80.map((end) => factor * end).sort((a, b) => a - b);
  return { name, value: factor * value, low: ends[0]!, high: ends[1]!, unit };
};

const PER_CENT = 100;
const OHM_CM2 = 1e4;
const MA_PER_CM2 = 0.1;

/** What the answer comes to, with the middle 80 % of the draws. */
export function answerTable({
  contact,
  resistance_ohm_m2,
  safe_A_per_m2,
  asked,
}: InterfaceAnswer): readonly TableColumn[] {
  const { chargeTransfer, films, constriction, interlayers, total } = resistance_ohm_m2;
  const lines = [
    line('Share of the area that lithium touches', contact, PER_CENT, '%'),
    line('Resistance, charge transfer', chargeTransfer, OHM_CM2, 'Ω cm²'),
    line('Resistance, films', films, OHM_CM2, 'Ω cm²'),
    line('Resistance, constriction', constriction, OHM_CM2, 'Ω cm²'),
    line('Resistance, interlayers', interlayers, OHM_CM2, 'Ω cm²'),
    line('Resistance, total', total, OHM_CM2, 'Ω cm²'),
    line('Safe current', safe_A_per_m2, MA_PER_CM2, 'mA/cm²'),
    ...(asked === null
      ? []
      : [
          {
            name: 'Share of the draws in which the current asked for is safe',
            value: PER_CENT * asked.safeShare,
            low: null,
            high: null,
            unit: '%',
          },
          line('Contact after stripping', asked.contactAfterStripping, PER_CENT, '%'),
          line('Current where lithium touches', asked.localCurrent_A_per_m2, MA_PER_CM2, 'mA/cm²'),
        ]),
  ];
  return columnsOf(lines, {
    Number: ({ name }) => name,
    Value: ({ value }) => value,
    Low: ({ low }) => low,
    High: ({ high }) => high,
    Unit: ({ unit }) => unit,
  });
}

export function boundsTable({
  bounds,
  empirical_A_per_m2,
  reported,
  electrolyte,
}: InterfaceAnswer): readonly TableColumn[] {
  const lines = [
    ...bounds.map(({ criterion, text, current_A_per_m2 }) =>
      line(`${criterion}: ${text}`, current_A_per_m2, MA_PER_CM2, ''),
    ),
    ...(empirical_A_per_m2 === null
      ? []
      : [line('empirical, single crystals of garnet', empirical_A_per_m2, MA_PER_CM2, '')]),
    {
      name: `reported for ${electrolyte.name} (${reported.source})`,
      value: MA_PER_CM2 * reported.value,
      low: reported.range === undefined ? null : MA_PER_CM2 * reported.range[0],
      high: reported.range === undefined ? null : MA_PER_CM2 * reported.range[1],
      unit: '',
    },
  ];
  return columnsOf(lines, {
    Bound: ({ name }) => name,
    'Current / mA/cm2': ({ value }) => value,
    'Current / mA/cm2, low': ({ low }) => low,
    'Current / mA/cm2, high': ({ high }) => high,
  });
}

export const improvementsTable = ({ improvements }: InterfaceAnswer): readonly TableColumn[] =>
  columnsOf(improvements, {
    Change: ({ change }) => change,
    'Resistance / ohm cm2': ({ resistance_ohm_m2 }) => OHM_CM2 * resistance_ohm_m2,
    'Safe current / mA/cm2': ({ safe_A_per_m2 }) => MA_PER_CM2 * safe_A_per_m2,
    'Safe current over now': ({ safeRatio }) => safeRatio,
  });

export const growthTable = ({ growth }: InterfaceAnswer): readonly TableColumn[] =>
  columnsOf(growth, {
    'Time / s': ({ time_s }) => time_s,
    'Thickness / nm': ({ thickness_m }) => 1e9 * thickness_m.value,
    'Thickness / nm, low': ({ thickness_m }) => 1e9 * thickness_m.band80[0],
    'Thickness / nm, high': ({ thickness_m }) => 1e9 * thickness_m.band80[1],
    'Added / ohm cm2': ({ added_ohm_m2 }) => OHM_CM2 * added_ohm_m2.value,
    'Added / ohm cm2, low': ({ added_ohm_m2 }) => OHM_CM2 * added_ohm_m2.band80[0],
    'Added / ohm cm2, high': ({ added_ohm_m2 }) => OHM_CM2 * added_ohm_m2.band80[1],
  });

export const explanationsTable = ({ explanations }: InterfaceAnswer): readonly TableColumn[] =>
  columnsOf(explanations, {
    Explanation: ({ text }) => text,
    'Resistance at four times the pressure / %': ({ pressureRatio }) => PER_CENT * pressureRatio,
    'Capacitance / uF/cm2': ({ capacitance_F_per_m2 }) => 100 * capacitance_F_per_m2,
    'Activation energy / kJ/mol': ({ activationEnergy_J_per_mol }) => activationEnergy_J_per_mol / 1000,
  });
