// Three quantities that are all called lithiophilicity, kept apart by type. Two are angles in the same unit, which nothing but their
// names tells apart; the third is a voltage. None follows from another: copper fresh from the mill repels molten lithium, is
// wetted by every electrolyte, and asks 40 mV of lithium that is plated on it.

import type { Brand } from '../../units/index.ts';

/** Contact angle of molten lithium on a solid, rad. */
export type MoltenLithiumAngle_rad = Brand<number, 'contact angle of molten lithium, rad'>;
/** Contact angle of an electrolyte on lithium, rad. */
export type ElectrolyteAngle_rad = Brand<number, 'contact angle of an electrolyte on lithium, rad'>;
/** Overpotential at which lithium nucleates on a substrate when it is plated, V: how much affinity the substrate has for it. */
export type NucleationOverpotential_V = Brand<number, 'nucleation overpotential of lithium, V'>;

/** An angle of either liquid. Laws that hold for both return the kind that they are given. */
export type ContactAngle_rad = MoltenLithiumAngle_rad | ElectrolyteAngle_rad;
