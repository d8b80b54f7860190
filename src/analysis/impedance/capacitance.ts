// What a resistance, a capacitance or a set of them mean for an interface: areas, constant phases, temperature.

import { InputError, type Issue, R } from '../../units/index.ts';

/** Capacitance of a constant phase whose spread is normal to the surface: Q^(1/α)·R^((1−α)/α) (Hsu, Mansfeld 2001, 10.5006/1.3280607). */
export function hsuMansfeldCapacitance_F(Q: number, alpha: number, resistance_ohm: number): number {
  return Q ** (1 / alpha) * resistance_ohm ** ((1 - alpha) / alpha);
}

/**
 * Capacitance of a constant phase whose spread lies along the surface: Q^(1/α)·(1/Rs + 1/Rct)^((α−1)/α) (Brug 1984,
 * 10.1016/S0022-0728(84)80324-1). Rs is the ohmic resistance before the interface. It may be ten times less than that of Hsu and Mansfeld.
 */
export function brugCapacitance_F(Q: number, alpha: number, series_ohm: number, transfer_ohm: number): number {
  return Q ** (1 / alpha) * (1 / series_ohm + 1 / transfer_ohm) ** ((alpha - 1) / alpha);
}

export interface InterfaceResistance {
  /** Per interface, over the area of one electrode. */
  readonly areaSpecificResistance_ohm_m2: number;
  readonly area_m2: number;
  /** How many alike interfaces the resistance was shared among. */
  readonly interfaces: number;
  /** How it was computed, to be shown beside it. */
  readonly convention: string;
}

/** R·A/n. A Li|Li cell has two alike interfaces in series, so n is 2. Throws InputError where area or resistance is not positive. */
export function interfaceResistance(
  resistance_ohm: number,
  area_m2: number,
  interfaces: 1 | 2 = 2,
): InterfaceResistance {
  const issues: Issue[] = [];
  for (const [where, found] of Object.entries({ resistance_ohm, area_m2 })) {
    if (!(found > 0 && Number.isFinite(found)))
      issues.push({ where, found: String(found), wanted: 'a positive number' });
  }
  if (issues.length > 0) throw new InputError(issues);
  const area = `${(area_m2 * 1e4).toPrecision(4)} cm2`;
  const convention =
    interfaces === 2 ? `R·A/2: two alike interfaces in series, each of ${area}` : `R·A: one interface of ${area}`;
  return { areaSpecificResistance_ohm_m2: (resistance_ohm * area_m2) / interfaces, area_m2, interfaces, convention };
}

export interface ActivationEnergy {
  readonly energy_J_per_mol: number;
  /** Null with two temperatures, which leave no degree of freedom. */
  readonly standardError_J_per_mol: number | null;
  /** ln A of the fitted line. */
  readonly intercept: number;
  readonly form: 'ln(1/R)' | 'ln(T/R)';
  readonly temperatures: number;
  readonly remarks: readonly string[];
}

const TEMPERATURES_WANTED = 4;

/**
 * Slope of ln(1/R), or of ln(T/R), over 1/T by least squares. The first is the custom for interfaces, the second for the bulk of solid
 * electrolytes (ln σT); at room temperature the second is larger by about 2.5 kJ/mol. Throws InputError for fewer than two different
 * temperatures, or values that are not positive.
 */
export function activationEnergy(
  points: readonly { readonly temperature_K: number; readonly resistance_ohm: number }[],
  form: ActivationEnergy['form'] = 'ln(1/R)',
): ActivationEnergy {
  const issues: Issue[] = points.flatMap((point, k) =>
    Object.entries(point)
      .filter(([, value]) => !(value > 0 && Number.isFinite(value)))
      .map(([name, value]) => ({ where: `points[${k}].${name}`, found: String(value), wanted: 'a positive number' })),
  );
  const different = new Set(points.map(({ temperature_K }) => temperature_K)).size;
  if (different < 2) issues.push({ where: 'points', found: `${different} temperatures`, wanted: 'two or more' });
  if (issues.length > 0) throw new InputError(issues);
  const n = points.length;
  const x = points.map(({ temperature_K }) => 1 / (R * temperature_K));
  const y = points.map(({ temperature_K, resistance_ohm }) =>
    Math.log((form === 'ln(T/R)' ? temperature_K : 1) / resistance_ohm),
  );
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / n;
  const [meanX, meanY] = [mean(x), mean(y)];
  const xx = x.reduce((sum, value) => sum + (value - meanX) ** 2, 0);
  const slope = x.reduce((sum, value, k) => sum + (value - meanX) * (y[k]! - meanY), 0) / xx;
  const intercept = meanY - slope * meanX;
  const squares = x.reduce((sum, value, k) => sum + (y[k]! - intercept - slope * value) ** 2, 0);
  return {
    energy_J_per_mol: -slope,
    standardError_J_per_mol: n > 2 ? Math.sqrt(squares / (n - 2) / xx) : null,
    intercept,
    form,
    temperatures: different,
    remarks:
      different < TEMPERATURES_WANTED
        ? [`Only ${different} temperatures; ${TEMPERATURES_WANTED} or more tell a line.`]
        : [],
  };
}
