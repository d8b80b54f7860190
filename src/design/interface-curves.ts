// One interface as curves: what it becomes with time, and the current that it bears against what is pressed and against its
// resistance. Every point is that of `solidInterface` under the same draws, so a curve passes through the numbers that are told.

import { SOLID_INTERFACES } from '../materials/index.ts';
import { power } from '../numerics/index.ts';
import {
  exponentialConductivity,
  type InterfaceType,
  type InterphaseProfile,
  interfaceType,
  interphaseProfile,
  interphaseThickness_m,
} from '../physics/index.ts';
import { type Banded, bandedOf } from './banded.ts';
import {
  drawnInterface,
  INTERFACE_DEFAULTS,
  type InterfaceOptions,
  interfaceDraws,
  readInterface,
} from './interface.ts';
import {
  empiricalCurrent_A_per_m2,
  grownResistance_ohm_m2,
  type InterfaceOutcome,
  platingCurrent_A_per_m2,
} from './interface-model.ts';

/** An interphase and the resistance that its growth adds, after a time. */
export interface GrownInterphase {
  readonly time_s: number;
  readonly thickness_m: Banded;
  readonly added_ohm_m2: Banded;
}

/** Bounds of the current under a stack pressure; a bound that does not hold for the electrolyte is infinite. */
export interface CurrentsAtPressure {
  readonly pressure_Pa: number;
  readonly plating_A_per_m2: number;
  readonly stripping_A_per_m2: number;
  readonly salt_A_per_m2: number;
  readonly safe_A_per_m2: Banded;
}

/** What is safe where the interface has a resistance, however it comes by it. */
export interface CurrentsAtResistance {
  readonly resistance_ohm_m2: number;
  readonly plating_A_per_m2: Banded;
  /** Of the empirical law for single crystals of garnet; NaN for other electrolytes. */
  readonly empirical_A_per_m2: number;
  /** The least of plating at this resistance and of what else bounds the interface. */
  readonly safe_A_per_m2: Banded;
}

export interface InterfaceCurves {
  readonly growth: readonly GrownInterphase[];
  readonly againstPressure: readonly CurrentsAtPressure[];
  readonly againstResistance: readonly CurrentsAtResistance[];
}

/** From a minute to ten years. */
const GROWTH_s = [60, 3600 * 24 * 3650] as const;
const GROWTH_POINTS = 40;
/** From a stack that is hardly pressed to an isostatic press. */
const PRESSURE_Pa = [1e5, 1e8] as const;
const PRESSURE_POINTS = 37;
/** From the best interfaces ever reported to dry contact, in Ω m2. */
const RESISTANCE_ohm_m2 = [1e-5, 1] as const;
const RESISTANCE_POINTS = 41;

/** Numbers at equal ratios between two ends, the ends among them. */
function evenRatios([low, high]: readonly [number, number], count: number): number[] {
  return Array.from({ length: count }, (_, k) =>
    k === 0 ? low : k === count - 1 ? high : low * power(high / low, k / (count - 1)),
  );
}

/**
 * The curves of one interface. Its own pressure and resistance are among the points.
 *
 * @throws InputError as `solidInterface` does.
 */
export function interfaceCurves(options: InterfaceOptions): InterfaceCurves {
  const { parts } = readInterface(options);
  const { electrolyte } = parts;
  const { samples, seed } = { ...INTERFACE_DEFAULTS, ...options };
  const draws = interfaceDraws(samples, seed);
  const own = drawnInterface(parts, draws);
  const bandedOver = ({ nominal, outcomes }: typeof own, of: (one: InterfaceOutcome) => number): Banded =>
    bandedOf(of(nominal), outcomes.map(of));
  const withOwn = (values: readonly number[], value: number): number[] =>
    [...new Set([...values, value])].sort((a, b) => a - b);
  const growth = evenRatios(GROWTH_s, GROWTH_POINTS).map((time_s) => ({
    time_s,
    thickness_m: bandedOver(own, (one) => interphaseThickness_m(one.firstThickness_m, one.growth_m2_per_s, time_s)),
    added_ohm_m2: bandedOver(own, (one) => grownResistance_ohm_m2(one, time_s)),
  }));
  const againstPressure = withOwn(evenRatios(PRESSURE_Pa, PRESSURE_POINTS), parts.pressure_Pa).map((pressure_Pa) => {
    const drawn = pressure_Pa === parts.pressure_Pa ? own : drawnInterface({ ...parts, pressure_Pa }, draws);
    const { plating_A_per_m2, stripping_A_per_m2, transport_A_per_m2 } = drawn.nominal;
    return {
      pressure_Pa,
      plating_A_per_m2,
      stripping_A_per_m2,
      salt_A_per_m2: transport_A_per_m2,
      safe_A_per_m2: bandedOver(drawn, (one) => one.safe_A_per_m2),
    };
  });
  const elsewhere = ({ stripping_A_per_m2, transport_A_per_m2 }: InterfaceOutcome): number =>
    Math.min(stripping_A_per_m2, transport_A_per_m2);
  const ownResistance = own.nominal.resistance.total_ohm_m2;
  const againstResistance = withOwn(evenRatios(RESISTANCE_ohm_m2, RESISTANCE_POINTS), ownResistance).map(
    (resistance_ohm_m2) => {
      const middle = platingCurrent_A_per_m2(electrolyte, () => 0.5, resistance_ohm_m2);
      const plating = draws.map((at) => platingCurrent_A_per_m2(electrolyte, at, resistance_ohm_m2));
      return {
        resistance_ohm_m2,
        plating_A_per_m2: bandedOf(middle, plating),
        empirical_A_per_m2: empiricalCurrent_A_per_m2(electrolyte, resistance_ohm_m2),
        safe_A_per_m2: bandedOf(
          Math.min(middle, elsewhere(own.nominal)),
          plating.map((current, k) => Math.min(current, elsewhere(own.outcomes[k]!))),
        ),
      };
    },
  );
  return { growth, againstPressure, againstResistance };
}

/** Potential across the interphase of a known electrolyte, with the type that it makes. */
export interface TypedProfile {
  readonly type: InterfaceType;
  readonly electrolyte: string;
  readonly reductionPotential_V: number;
  readonly profile: InterphaseProfile;
}

const PROFILE_CELLS = 20;

/** Of each type the known electrolyte that is reduced at the highest potential, as bare lithium meets it. */
export function typicalProfiles(): readonly TypedProfile[] {
  const all = SOLID_INTERFACES.electrolytes.map(({ name, reductionPotential, interphase }): TypedProfile => {
    const [E, ions, electrons] = [
      reductionPotential.value,
      interphase.ionicConductivity.value,
      interphase.electronicConductivity.value,
    ];
    return {
      type: interfaceType(E, ions, electrons),
      electrolyte: name,
      reductionPotential_V: E,
      profile: interphaseProfile(E, ions, exponentialConductivity(electrons, 0), PROFILE_CELLS),
    };
  });
  return (['I', 'II', 'III'] as const).flatMap((type) => {
    const [highest] = all
      .filter((one) => one.type === type)
      .sort((a, b) => b.reductionPotential_V - a.reductionPotential_V);
    return highest === undefined ? [] : [highest];
  });
}
