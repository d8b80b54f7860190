// A printed number in SI. Only for comparing, sorting and checking: the record itself keeps the printed value and unit.

import { type Dimension, tryParseQuantity } from '../units/index.ts';
import type { Quantity, QuantityKind } from './row.ts';

/** What a kind of number measures; null for pure counts, angles and compositions, which are compared as they are. */
export const DIMENSION_OF_KIND: Readonly<Record<QuantityKind, Dimension | null>> = {
  'coulombic-efficiency': 'ratio',
  'current-density': 'current density',
  'areal-capacity': 'areal charge',
  'cycle-count': null,
  duration: 'time',
  'interfacial-resistance': 'areal resistance',
  polarisation: 'voltage',
  'capacity-retention': 'ratio',
  'specific-capacity': 'specific capacity',
  potential: 'voltage',
  'specific-energy': 'specific energy',
  thickness: 'length',
  'thickness-change': 'ratio',
  'contact-angle': null,
  temperature: 'temperature',
  'transference-number': null,
  'critical-current-density': 'current density',
  'formation-energy': 'surface energy',
  composition: null,
  'c-rate': null,
};

export interface QuantityInSI {
  /** In the SI unit of the kind: 1 for a percentage, A/m2, C/m2, s, Ω m2, V, m, K; counts as they are. */
  readonly value_SI: number;
  /** The upper end of a range. */
  readonly value_SI_max?: number;
}

/**
 * The number in SI by its corrected unit, or null where the unit says too little: a resistance in Ω belongs to an area that
 * nobody printed.
 */
export function quantityInSI({ kind, value, value_max, unit, unitCorrected }: Quantity): QuantityInSI | null {
  const dimension = DIMENSION_OF_KIND[kind];
  const convert = (number: number): number | null => {
    if (dimension === null) return number;
    const result = tryParseQuantity(`${number} ${unitCorrected ?? unit}`, dimension);
    return result.ok ? result.value_SI : null;
  };
  const low = convert(value);
  if (low === null) return null;
  const high = value_max === undefined ? null : convert(value_max);
  return { value_SI: low, ...(high === null ? {} : { value_SI_max: high }) };
}
