// Reported and computed numbers in the words of the table that lays them side by side.

import type { TaskOutput } from '../../../worker/index.ts';
import { numberText } from '../../charts/number-text.ts';

type ReproducedQuantity = TaskOutput<'reproduceResults'>['systems'][number]['quantities'][number];

export const QUANTITY_NAMES: Readonly<Record<ReproducedQuantity['quantity'], string>> = {
  coulombic_efficiency: 'Coulombic efficiency',
  interfacial_resistance_before: 'Resistance before',
  interfacial_resistance_after: 'Resistance after',
  interfacial_resistance_without_interlayer: 'Resistance without interlayer',
  interfacial_resistance_with_interlayer: 'Resistance with interlayer',
  polarisation_initial: 'Polarisation, initial',
  polarisation: 'Polarisation',
  capacity_retention: 'Capacity kept',
  critical_current: 'Critical current',
  life: 'Life',
};

/** By which equation a computed number comes about. */
export const EQUATIONS: Readonly<Record<ReproducedQuantity['quantity'], string>> = {
  coulombic_efficiency: 'CE = 1 − loss/Q, the losses of a cycle as they are booked (E6)',
  interfacial_resistance_before: 'Σ L_k/σ_k + R·T/(F·j0) at small signal (E4, E1)',
  interfacial_resistance_after: 'Σ L_k/σ_k + R·T/(F·j0) at small signal, after the test (E4, E1)',
  interfacial_resistance_without_interlayer: '(1/θ)(R_ct + Σ L/σ) + constriction (E8)',
  interfacial_resistance_with_interlayer: '(1/θ)(R_ct + Σ L/σ) + constriction + Σ L_i/σ_i (E8)',
  polarisation_initial: 'mean |E|, outside Li|Li half the hysteresis, in the first cycles (E7)',
  polarisation: 'mean |E|, outside Li|Li half the hysteresis (E7)',
  capacity_retention: 'Q_n over Q of the reference cycle',
  critical_current: 'the least of the bounds of plating, stripping and salt (E10)',
  life: 'the cycle in which the criterion of the row is first met',
};

const BOUND_SIGNS = { value: '', 'at-least': '≥ ', 'at-most': '≤ ' } as const;

/** The number as it was printed where it stands alone, otherwise the number out of the words, with its bound. */
export const boundText = ({ bound, reported, printed }: ReproducedQuantity): string =>
  /^[\d.]+$/.test(printed) ? `${BOUND_SIGNS[bound]}${printed}` : `${BOUND_SIGNS[bound]}${reported}`;

/** As many digits as the reported number is worth comparing with. */
export const computedText = ({ quantity }: ReproducedQuantity, value: number): string =>
  quantity === 'coulombic_efficiency' ? value.toFixed(2) : numberText(value, 3);

export const bandText = (of: ReproducedQuantity): string =>
  of.band === null ? '' : `${computedText(of, of.band[0])} to ${computedText(of, of.band[1])}`;

/** 'open' where there is nothing to judge yet, or ever. */
export function verdictOf({ computed, inside, scored_as }: ReproducedQuantity): {
  readonly text: string;
  readonly kind: 'good' | 'bad' | 'open';
} {
  if (inside === null) {
    return { text: computed === null ? 'not computed' : 'no band', kind: 'open' };
  }
  const kind = inside ? 'good' : 'bad';
  if (scored_as === 'life') return { text: inside ? 'reached' : 'died before', kind };
  return { text: inside ? 'inside' : 'outside', kind };
}

/** Distance from reported to computed on the scale of the scores: a loss ten times larger or smaller is one step. */
export function stepsBetween({ quantity }: ReproducedQuantity, reported: number, computed: number): number | null {
  if (quantity === 'coulombic_efficiency') {
    const loss = (percent: number): number => Math.log10(Math.max(1 - percent / 100, 1e-5));
    return loss(reported) - loss(computed);
  }
  return reported > 0 && computed > 0 ? Math.log10(computed / reported) : null;
}
