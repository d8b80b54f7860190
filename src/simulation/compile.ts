// A cell with its named laws made into functions: what both transport models compute with.

import type { Cell, ScalarLaw } from '../cells/index.ts';
import { CATHODES } from '../materials/index.ts';
import {
  type MetalLaw,
  metalLaw,
  namedScalarFunction,
  type ScalarFunction,
  scalarFunction,
  type TransportLaw,
  transportLaw,
} from '../physics/index.ts';

export interface CathodeLaws {
  /** Open-circuit potential against stoichiometry, V. */
  readonly openCircuit: ScalarFunction;
  /** dU/dT against stoichiometry, V/K. */
  readonly entropic: ScalarFunction;
  /** Solid diffusivity at 298.15 K against stoichiometry, m2/s. */
  readonly diffusivity: ScalarFunction;
  /** The diffusivity does not depend on stoichiometry: one matrix serves all particles. */
  readonly constantDiffusivity: boolean;
}

export interface CellParameters {
  readonly cell: Cell;
  readonly counterLaw: MetalLaw;
  /** null when the working electrode is a cathode. */
  readonly workingLaw: MetalLaw | null;
  readonly transport: TransportLaw;
  readonly cathode: CathodeLaws | null;
}

/** @throws InputError for a law that is not known or a formula that does not parse; a parsed cell file has none of these. */
export function compileCell(cell: Cell): CellParameters {
  const { counter, working, electrolyte } = cell;
  return {
    cell,
    counterLaw: metalLaw(counter.kinetics.law),
    workingLaw: working.kind === 'cathode' ? null : metalLaw(working.kinetics.law),
    transport: transportLaw(electrolyte),
    cathode:
      working.kind === 'cathode'
        ? {
            openCircuit: lawFunction(working.openCircuitPotential),
            entropic: lawFunction(working.entropicCoefficient),
            diffusivity: lawFunction(working.diffusivity),
            constantDiffusivity: working.diffusivity.kind === 'constant',
          }
        : null,
  };
}

/** A named law by its function in `physics`, or, where that room has none, by the formula that `materials` gives it. */
function lawFunction(law: ScalarLaw): ScalarFunction {
  if (law.kind !== 'named' || namedScalarFunction(law.name) !== undefined) return scalarFunction(law);
  for (const { openCircuitPotential, entropicCoefficient } of CATHODES) {
    for (const known of [openCircuitPotential, entropicCoefficient]) {
      if ('formula' in known && known.law === law.name)
        return scalarFunction({ kind: 'formula', formula: known.formula });
    }
  }
  return scalarFunction(law);
}
