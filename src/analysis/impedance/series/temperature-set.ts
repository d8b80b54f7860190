// Activation energies from spectra at several temperatures: of the ohmic resistance, of the interfaces, and of each arc by its place in
// the order of time constants.

import { type ActivationEnergy, activationEnergy } from '../capacitance.ts';
import type { SpectrumFindings } from './analyse-spectra.ts';

export interface TemperatureFindings {
  /** Lowest first. */
  readonly temperatures_K: readonly number[];
  /** Convention of all of them. */
  readonly form: ActivationEnergy['form'];
  readonly ohmic: ActivationEnergy | null;
  readonly interface: ActivationEnergy | null;
  /** By time constant, shortest first; null where an arc is not there at two temperatures. */
  readonly arcs: readonly (ActivationEnergy | null)[];
  readonly words: string;
}

/** Temperatures closer than this are one. */
const SAME_K = 0.5;
/** Spread of temperatures from which an energy is worth telling. */
const SPREAD_K = 4;

/** Null where the spectra are of one temperature, or of unknown ones. */
export function temperatureFindings(
  spectra: readonly Pick<SpectrumFindings, 'temperature_K' | 'ohmic_ohm' | 'ohmicFrom' | 'interface' | 'arcs'>[],
  form: ActivationEnergy['form'],
): TemperatureFindings | null {
  const known = spectra.filter(({ temperature_K }) => temperature_K !== null);
  const temperatures_K = known
    .map(({ temperature_K }) => temperature_K!)
    .sort((a, b) => a - b)
    .filter((T, k, all) => k === 0 || T - all[k - 1]! > SAME_K);
  if (temperatures_K.length < 2 || temperatures_K.at(-1)! - temperatures_K[0]! < SPREAD_K) return null;
  const energy = (resistance: (one: (typeof known)[number]) => number | null): ActivationEnergy | null => {
    const points = known.flatMap((one) => {
      const resistance_ohm = resistance(one);
      return resistance_ohm !== null && resistance_ohm > 0
        ? [{ temperature_K: one.temperature_K!, resistance_ohm }]
        : [];
    });
    return new Set(points.map(({ temperature_K }) => temperature_K)).size < 2 ? null : activationEnergy(points, form);
  };
  const arcs = Math.max(0, ...known.map((one) => one.arcs.length));
  // An upper bound that is the real part at the highest frequency has no temperature dependence worth a fit.
  const ohmic = energy(({ ohmic_ohm, ohmicFrom }) => (ohmicFrom === 'highest frequency' ? null : ohmic_ohm));
  const interfaces = energy((one) => one.interface?.total_ohm ?? null);
  const told = (name: string, found: ActivationEnergy | null): readonly string[] => {
    if (found === null) return [];
    const error = found.standardError_J_per_mol;
    const within = error === null ? '' : ` ± ${(error / 1000).toFixed(1)}`;
    return [`${name} ${(found.energy_J_per_mol / 1000).toFixed(1)}${within} kJ/mol`];
  };
  const all = [...told('interfaces', interfaces), ...told('ohmic resistance', ohmic)];
  const span = `${temperatures_K.length} temperatures from ${temperatures_K[0]!.toFixed(1)} to ${temperatures_K.at(-1)!.toFixed(1)} K`;
  return {
    temperatures_K,
    form,
    ohmic,
    interface: interfaces,
    arcs: Array.from({ length: arcs }, (_, k) => energy((one) => one.arcs[k]?.resistance_ohm ?? null)),
    words:
      all.length === 0
        ? `No activation energy: ${span}, but no resistances at two of them.`
        : `Activation energies by ${form} over ${span}: ${all.join(', ')}.`,
  };
}
