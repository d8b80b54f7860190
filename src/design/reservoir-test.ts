// The Coulombic efficiency of a reservoir test from the charges that were read off, with its error and what the error hangs on: the last
// strip and the cut-off that ends it, the cycler's own mismatch between plating and stripping, and how many cells were measured.

import { reservoirEfficiency } from '../analysis/index.ts';
import { hypot, square } from '../numerics/index.ts';
import { InputError, type Issue } from '../units/index.ts';

/** A test as it is written down. Charges are magnitudes, per area. */
export interface ReservoirQuestion {
  /** n. */
  readonly shortCycles: number;
  /** Q_C, plated and stripped in each short cycle. */
  readonly cycled_C_per_m2: number;
  /** Q_T, plated first. */
  readonly reservoir_C_per_m2: number;
  /** Q_S, stripped at the end. */
  readonly stripped_C_per_m2: number;
  /** Standard error of Q_S: where the cut-off falls, and what lithium is left behind it. */
  readonly strippedError_C_per_m2: number;
  /** Relative difference with which the instrument measures plated and stripped charge; a common gain cancels. */
  readonly mismatch: number;
  /** Cells that were measured alike. */
  readonly cells: number;
  /** Q_S at another cut-off, where it was read off too; null otherwise. */
  readonly strippedElsewhere_C_per_m2: number | null;
}

/** The usual test: ten cycles of 1 mAh/cm2 on 5 mAh/cm2, read to 0.02 mAh/cm2. */
export const USUAL_RESERVOIR = {
  shortCycles: 10,
  cycled_C_per_m2: 36000,
  reservoir_C_per_m2: 5 * 36000,
  strippedError_C_per_m2: 0.02 * 36000,
} as const;

export interface ReservoirAnswer {
  /** All that was stripped over all that was plated. */
  readonly efficiency: number;
  /** The loss shared among the short cycles alone: another convention, lower wherever there is a loss. */
  readonly lossBased: number;
  /** Standard error of `efficiency`, of one cell and of the mean of all. */
  readonly error: number;
  readonly meanError: number;
  /** What it is made of. */
  readonly errorOfStrip: number;
  readonly errorOfMismatch: number;
  /** Smallest difference of two such means that is more than chance, at two standard errors of a difference. */
  readonly toldApart: number;
  /** dCE/dQ_S and dCE/dQ_T, per C/m2. */
  readonly slopeStripped_m2_per_C: number;
  readonly slopeReservoir_m2_per_C: number;
  /** With Q_S of the other cut-off, and the difference; null without. */
  readonly elsewhere: { readonly efficiency: number; readonly difference: number } | null;
  /** Short cycles until the reservoir would be used up at this efficiency; infinite where nothing is lost. */
  readonly cyclesLeft: number;
  /** Cells of which the mean would have a standard error of a thousandth of a percent times one hundred: 0.01 %. */
  readonly cellsForHundredth: number;
  readonly remarks: readonly string[];
}

/** Two means differ with 95 % confidence where they lie further apart than this many errors of one of them: 1.96·√2. */
const APART = 1.96 * Math.SQRT2;
/** Standard error that `cellsForHundredth` aims at. */
const HUNDREDTH = 1e-4;

/**
 * CE = (n·Q_C + Q_S)/(n·Q_C + Q_T), σ_CE² = (σ_QS/(n·Q_C + Q_T))² + (δ·CE)².
 *
 * @throws InputError with every fault.
 */
export function reservoirAnswer(question: ReservoirQuestion): ReservoirAnswer {
  check(question);
  const { shortCycles, cycled_C_per_m2, reservoir_C_per_m2, stripped_C_per_m2, cells, mismatch } = question;
  const short_C_per_m2 = shortCycles * cycled_C_per_m2;
  const plated_C_per_m2 = short_C_per_m2 + reservoir_C_per_m2;
  const means = (final_C_per_m2: number) =>
    reservoirEfficiency({
      reservoir_C: reservoir_C_per_m2,
      cycled_plated_C: short_C_per_m2,
      cycled_stripped_C: short_C_per_m2,
      final_stripped_C: final_C_per_m2,
      shortCycles,
    });
  const { adams: efficiency, lossBased } = means(stripped_C_per_m2);
  const errorOfStrip = question.strippedError_C_per_m2 / plated_C_per_m2;
  const errorOfMismatch = mismatch * efficiency;
  const error = hypot(errorOfStrip, errorOfMismatch);
  // Cells on one instrument share its mismatch: their mean does not lose it.
  const meanError = hypot(errorOfStrip / Math.sqrt(cells), errorOfMismatch);
  const other = question.strippedElsewhere_C_per_m2;
  const elsewhere =
    other === null ? null : { efficiency: means(other).adams, difference: means(other).adams - efficiency };
  const loss_C_per_m2 = plated_C_per_m2 - short_C_per_m2 - stripped_C_per_m2;
  const cyclesLeft =
    loss_C_per_m2 <= 0 ? Number.POSITIVE_INFINITY : reservoir_C_per_m2 / (cycled_C_per_m2 * (1 - lossBased));
  const remarks: string[] = [];
  if (efficiency > 1)
    remarks.push('More was stripped than plated: a short, or lithium that was there before. This is no efficiency.');
  else if (efficiency + error >= 1)
    remarks.push('Within its error nothing is lost: more short cycles tell more than a larger reservoir.');
  if (elsewhere !== null && Math.abs(elsewhere.difference) > error)
    remarks.push(
      'The two cut-offs differ by more than the error: state the cut-off with the number, and strip slower at the end.',
    );
  return {
    efficiency,
    lossBased,
    error,
    meanError,
    errorOfStrip,
    errorOfMismatch,
    toldApart: APART * meanError,
    slopeStripped_m2_per_C: 1 / plated_C_per_m2,
    slopeReservoir_m2_per_C: -efficiency / plated_C_per_m2,
    elsewhere,
    cyclesLeft,
    cellsForHundredth:
      errorOfMismatch >= HUNDREDTH ? Number.POSITIVE_INFINITY : cellsFor(errorOfStrip, errorOfMismatch),
    remarks,
  };
}

const cellsFor = (errorOfStrip: number, errorOfMismatch: number): number =>
  Math.max(1, Math.ceil(square(errorOfStrip) / (square(HUNDREDTH) - square(errorOfMismatch))));

function check(question: ReservoirQuestion): void {
  const issues: Issue[] = [];
  const want = (name: keyof ReservoirQuestion, isGood: (value: number) => boolean, wanted: string): void => {
    const value = question[name];
    if (value !== null && !isGood(value)) issues.push({ where: name, found: String(value), wanted });
  };
  want('shortCycles', (value) => Number.isInteger(value) && value >= 1 && value <= 1e6, 'a whole number from 1');
  want('cells', (value) => Number.isInteger(value) && value >= 1 && value <= 1e6, 'a whole number from 1');
  want('cycled_C_per_m2', (value) => value > 0, 'more than 0');
  want('reservoir_C_per_m2', (value) => value > 0, 'more than 0');
  want('stripped_C_per_m2', (value) => value >= 0, 'a charge from 0');
  want('strippedError_C_per_m2', (value) => value >= 0, 'an error from 0');
  want('strippedElsewhere_C_per_m2', (value) => value >= 0, 'a charge from 0');
  want('mismatch', (value) => value >= 0 && value < 0.1, 'a relative difference from 0 to 0.1');
  if (issues.length > 0) throw new InputError(issues);
}

/** The error of one cell in tests of other reservoirs and lengths, read equally well. */
export interface ReservoirDesign {
  readonly shortCycles: number;
  readonly reservoir_C_per_m2: number;
  readonly error: number;
  /** Whether the reservoir outlasts the short cycles at the efficiency. */
  readonly isEnough: boolean;
}

const DESIGN_CYCLES = [5, 10, 20, 50, 100] as const;
const DESIGN_RESERVOIRS = [0.5, 1, 2] as const;

/** Tests that could be made instead, with the same short cycles. */
export function reservoirDesigns(question: ReservoirQuestion): ReservoirDesign[] {
  const { efficiency, lossBased } = reservoirAnswer(question);
  return DESIGN_RESERVOIRS.flatMap((factor) =>
    DESIGN_CYCLES.map((shortCycles) => {
      const reservoir_C_per_m2 = factor * question.reservoir_C_per_m2;
      const plated = shortCycles * question.cycled_C_per_m2 + reservoir_C_per_m2;
      return {
        shortCycles,
        reservoir_C_per_m2,
        error: hypot(question.strippedError_C_per_m2 / plated, question.mismatch * efficiency),
        isEnough: shortCycles * question.cycled_C_per_m2 * (1 - lossBased) < reservoir_C_per_m2,
      };
    }),
  );
}
