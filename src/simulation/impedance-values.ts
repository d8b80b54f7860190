// What a spectrum asks of a cell beyond the laws in time: capacities. A direct current does not feel them, so no cell file holds them.

import { type Property, SOLID_INTERFACES } from '../materials/index.ts';

export interface ImpedanceValues {
  /** Double layer at lithium and copper in a liquid, per real area. */
  readonly doubleLayer_F_per_m2: number;
  /** The same at the surface of a cathode's particles. */
  readonly cathodeDoubleLayer_F_per_m2: number;
  /** The same between lithium and a solid electrolyte, where they touch. */
  readonly solidDoubleLayer_F_per_m2: number;
  /** Relative permittivity of interphase, coatings and interlayers. */
  readonly filmDielectricConstant: number;
  /** Capacity of a solid electrolyte between faces one metre apart, per area: ε0·ε_r. */
  readonly bulkPermittivity_F_per_m: number;
  /** The same of its grain boundaries. */
  readonly grainBoundaryPermittivity_F_per_m: number;
  /** Share of the resistance of a ceramic electrolyte that lies in its grain boundaries; the whole is the cell's. */
  readonly grainBoundaryShare: number;
  /** Width of the gaps between lithium and a solid electrolyte where they do not touch. */
  readonly gap_m: number;
  /** a of arcs (jωRC)^a at lithium: 1 for a semicircle, less for a depressed one. */
  readonly arcExponent: number;
}

const IRVINE = 'Irvine et al. 1990, 10.1002/adma.19900020304, table of capacities for a cell constant of 1 /cm';

/** What stands where nothing is said. */
export const IMPEDANCE_VALUES: { readonly [K in keyof ImpedanceValues]: Property } = {
  doubleLayer_F_per_m2: {
    value: 0.2,
    unit: 'F/m2',
    tag: 'published',
    source: 'PyBaMM, parameter set Marquis2019: double-layer capacity of both electrodes, 0.2 F/m2 of their surface',
    range: [0.05, 0.5],
  },
  cathodeDoubleLayer_F_per_m2: {
    value: 0.2,
    unit: 'F/m2',
    tag: 'published',
    source: 'PyBaMM, parameter set Marquis2019: double-layer capacity of both electrodes, 0.2 F/m2 of their surface',
    range: [0.05, 0.5],
  },
  solidDoubleLayer_F_per_m2: SOLID_INTERFACES.doubleLayer,
  filmDielectricConstant: {
    value: 10,
    unit: '1',
    tag: 'prior',
    source: 'modelling prior: LiF 9, Li2CO3 5, swollen organic films more',
    range: [4, 40],
  },
  bulkPermittivity_F_per_m: { value: 1e-10, unit: 'F/m', tag: 'memory', source: IRVINE, range: [5e-11, 1e-9] },
  grainBoundaryPermittivity_F_per_m: { value: 3e-8, unit: 'F/m', tag: 'memory', source: IRVINE, range: [1e-9, 1e-6] },
  grainBoundaryShare: {
    value: 0.3,
    unit: '1',
    tag: 'prior',
    source:
      'modelling prior for sintered garnets and phosphates; other electrolytes are taken to have none that is seen',
    range: [0.05, 0.7],
  },
  gap_m: {
    value: 1e-6,
    unit: 'm',
    tag: 'prior',
    source: 'modelling prior: roughness of polished pellets',
    range: [1e-7, 1e-5],
  },
  arcExponent: {
    value: 1,
    unit: '1',
    tag: 'prior',
    source: 'ideal capacitors; measured arcs are depressed to 0.7 to 0.95 for reasons that no law here knows',
    range: [0.7, 1],
  },
};

/** Electrolytes sintered of grains whose boundaries are seen beside the grains. */
export const SINTERED: readonly string[] = ['LLZO', 'LLZTO', 'LAGP', 'LATP'];
