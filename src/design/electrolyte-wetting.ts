// Does an electrolyte wet lithium, and how long until it has soaked the separator? Another question than `wetting`, about another
// liquid: nothing here says how molten lithium or plated lithium behaves.

import {
  CONTACT_ANGLES,
  type ElectrolyteFamily,
  electrolyteFamily,
  type OtherAngleFact,
  type Property,
  parseElectrolyte,
} from '../materials/index.ts';
import { latinHypercube, randomStream } from '../numerics/index.ts';
import { separatorWettingTime_s, spreadingCoefficient_J_per_m2 } from '../physics/index.ts';
import { InputError, type Issue } from '../units/index.ts';
import { type Banded, bandedOf, drawnValue } from './banded.ts';
import { drawIssues } from './draws.ts';

export interface ElectrolyteWettingOptions {
  /** Such as '1 M LiPF6 in EC/DEC (1:1 v/v)'. */
  readonly electrolyte: string;
  /** Along the separator, from where the liquid comes; default 5e-3, half a coin cell. */
  readonly distance_m?: number;
  /** Default 512. */
  readonly samples?: number;
  readonly seed?: number;
}

export const ELECTROLYTE_WETTING_DEFAULTS = { distance_m: 5e-3, samples: 512, seed: 1 } as const;

export interface ElectrolyteWettingAnswer {
  readonly electrolyte: string;
  readonly family: ElectrolyteFamily;
  readonly distance_m: number;
  readonly surfaceTension_N_per_m: Banded;
  readonly viscosity_Pa_s: Banded;
  /** On the film that covers lithium; from 0 upwards the liquid spreads. */
  readonly spreading_J_per_m2: Banded;
  /** Share of the draws in which it spreads. */
  readonly spreadingShare: number;
  /** Until it has soaked the separator over the distance. */
  readonly time_s: Banded;
  /** Angles that were measured on lithium, of whatever electrolyte. */
  readonly measured: readonly OtherAngleFact[];
  readonly warnings: readonly string[];
  readonly numbers: readonly { readonly name: string; readonly property: Property }[];
}

/** What is drawn. */
const DRAWN = ['tension', 'viscosity', 'film', 'interface', 'cosine', 'pore', 'tortuosity'] as const;

/**
 * Answers for one electrolyte, from the values of its family.
 *
 * @throws InputError for an electrolyte that is not understood and for impossible numbers, all faults together.
 */
export function electrolyteWetting(options: ElectrolyteWettingOptions): ElectrolyteWettingAnswer {
  const { distance_m, samples, seed } = { ...ELECTROLYTE_WETTING_DEFAULTS, ...options };
  const issues: Issue[] = drawIssues({ samples, seed });
  if (!(distance_m > 0 && distance_m <= 10)) {
    issues.push({ where: 'distance', found: `${distance_m} m`, wanted: 'a length above 0, such as "2 cm"' });
  }
  const composition = readElectrolyte(options.electrolyte, issues);
  if (composition === null || issues.length > 0) throw new InputError(issues);
  const family = electrolyteFamily(composition);
  const { electrolytes, lithiumFilm, separatorWall, electrolyteAngles } = CONTACT_ANGLES;
  const { surfaceTension, viscosity } = electrolytes.find((one) => one.family === family)!;
  const compute = (at: (which: (typeof DRAWN)[number]) => number) => {
    const gamma = drawnValue(surfaceTension, at('tension'));
    const eta = drawnValue(viscosity, at('viscosity'), 'logarithmic');
    return {
      gamma,
      eta,
      spreading: spreadingCoefficient_J_per_m2(
        drawnValue(lithiumFilm.surfaceEnergy, at('film')),
        drawnValue(lithiumFilm.interfaceEnergy, at('interface')),
        gamma,
      ),
      time: separatorWettingTime_s({
        surfaceTension_N_per_m: gamma,
        viscosity_Pa_s: eta,
        cosine: drawnValue(separatorWall.cosine, at('cosine')),
        poreRadius_m: drawnValue(separatorWall.poreRadius, at('pore'), 'logarithmic'),
        tortuosity: drawnValue(separatorWall.tortuosity, at('tortuosity')),
        distance_m,
      }),
    };
  };
  const nominal = compute(() => 0.5);
  const outcomes = latinHypercube(samples, DRAWN.length, randomStream(seed)).map((point) =>
    compute((which) => point[DRAWN.indexOf(which)]!),
  );
  const banded = (of: (one: ReturnType<typeof compute>) => number): Banded => bandedOf(of(nominal), outcomes.map(of));
  return {
    electrolyte: composition.canonical,
    family,
    distance_m,
    surfaceTension_N_per_m: banded(({ gamma }) => gamma),
    viscosity_Pa_s: banded(({ eta }) => eta),
    spreading_J_per_m2: banded(({ spreading }) => spreading),
    spreadingShare: outcomes.filter(({ spreading }) => spreading >= 0).length / outcomes.length,
    time_s: banded(({ time }) => time),
    measured: electrolyteAngles,
    warnings: [
      ...composition.reasons,
      'tension and viscosity are those of the family of electrolytes, not of this one',
      'the film on lithium is a prior: measured is only that electrolytes spread on it or come to rest at small angles',
    ],
    numbers: [
      { name: `surface tension, ${family}`, property: surfaceTension },
      { name: `viscosity, ${family}`, property: viscosity },
      { name: 'surface energy of the film on lithium', property: lithiumFilm.surfaceEnergy },
      { name: 'its interface with the electrolyte', property: lithiumFilm.interfaceEnergy },
      { name: 'cosine of the angle on the separator', property: separatorWall.cosine },
      { name: 'pore radius of the separator', property: separatorWall.poreRadius },
      { name: 'tortuosity of the separator', property: separatorWall.tortuosity },
    ],
  };
}

/** The composition, or null with its faults added to the others. */
function readElectrolyte(text: string, issues: Issue[]): ReturnType<typeof parseElectrolyte> | null {
  try {
    return parseElectrolyte(text);
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    issues.push(...error.issues);
    return null;
  }
}
