// What makes a lithium-metal cell age, as plain data in SI units: how lithium is plated and what its fresh surface costs, films
// that crack and coatings that wear, hosts, bare copper that corrodes what lies on it, and what the electrolyte has to give.
// A strategy of the literature is a set of these values; none of them is a factor on an efficiency.

/** How lithium plates from an electrolyte, and what that costs. Spec 1.8-1.10; all charges per real area. */
export interface Plating {
  /** q: charge that covers fresh lithium with interphase, C/m2. */
  readonly interphaseCharge_C_per_m2: number;
  /** d: size of the features of the deposit at `referenceCurrent_A_per_m2`, on lithium or copper, at 298.15 K, m. */
  readonly depositSize_m: number;
  readonly referenceCurrent_A_per_m2: number;
  /** m of d ∝ (j0/j)^m, j the local current density. */
  readonly depositSizeExponent: number;
  /** ξ: thickness of lithium that stripping leaves on each feature, m. */
  readonly unstrippableSkin_m: number;
}

/** The native film when lithium moves beneath it. */
export interface FilmMechanics {
  /** Strain at which 63 % of the film has cracked. */
  readonly fractureStrain: number;
  readonly weibullModulus: number;
}

/** A film put on before the test. It covers part of the surface and wears; what it no longer covers is as without it. */
export interface CoatingLayer {
  readonly name: string;
  readonly thickness_m: number;
  /** Ionic, at 298.15 K. */
  readonly conductivity_S_per_m: number;
  readonly activationEnergy_J_per_mol: number;
  readonly youngsModulus_Pa: number;
  readonly fractureStrain: number;
  /** K_IC, Pa·m^½; a film thinner than Γ·E/(Z·σ²), Γ = K²/E, does not crack. */
  readonly fractureToughness_Pa_sqrt_m: number;
  readonly weibullModulus: number;
  /** Share of what cracks that never covers again: 1 for a film put on once, 0.3 for one that heals. */
  readonly unrepairedFraction: number;
}

export interface Coating {
  /** From the metal outwards. It cracks through only where every layer cracks. */
  readonly layers: readonly CoatingLayer[];
  /** Share of the surface left open from the start. */
  readonly pinholeFraction: number;
  /** Share of the reaction of electrolyte with the lithium beneath that an intact coating prevents. */
  readonly barrier: number;
  /** What it makes of the deposit beneath it: factors on d and ξ where it covers. */
  readonly depositSizeFactor: number;
  readonly unstrippableSkinFactor: number;
  /** k_c of L² = L0² − k_c²·t for a coating that lithium consumes (Al2O3), m/s^½; 0 for one that stays. */
  readonly consumption_m_per_sqrt_s: number;
}

/** A scaffold in which lithium is plated. */
export interface Host {
  readonly name: string;
  readonly thickness_m: number;
  /** Share of its volume that lithium can fill. */
  readonly porosity: number;
  /** Its surface over the geometric area. */
  readonly areaRatio: number;
  /** Share of the change of thickness of foil that its outer face still sees. */
  readonly heightFluctuation: number;
  /** Share of the lithium in it that the electrolyte does not reach (closed shells); 0 in an open scaffold. */
  readonly encapsulatedFraction: number;
  /** Share of the closed shells that fail in each cycle. */
  readonly shellFailurePerCycle: number;
  /** Share of the lithium in it that cannot lose contact, because the scaffold itself carries electrons to it. */
  readonly contactShare: number;
  /** Its surface is bare metal on which the electrolyte is reduced while lithium lies elsewhere on it. */
  readonly galvanic: boolean;
  /** Spacing that bounds the size of what is plated in it, m. */
  readonly poreSize_m: number;
}

/** What lithium nucleates on when none is left. */
export interface Substrate {
  /** Overpotential of nucleation at 10 µA/cm2, V. */
  readonly nucleationOverpotential_V: number;
  /** Of copper, to which the deposit sizes of `Plating` belong, V. */
  readonly referenceOverpotential_V: number;
  /** Share m_n of d ∝ (η_reference/η)^m_n that a thick deposit still remembers. */
  readonly memoryExponent: number;
  /** Charge of native oxide and of the first film on a bare collector, C/m2 of its real area. */
  readonly firstCharge_C_per_m2: number;
}

/** Electrolyte reduced on bare metal while lithium in contact with it dissolves. i = A·j·(1 + t/τ)^−½. */
export interface GalvanicCorrosion {
  readonly currentDensity_A_per_m2: number;
  readonly decayTime_s: number;
  /** Bare metal in contact with electrolyte over the geometric area. */
  readonly areaRatio: number;
  /** Share of its passivation that is lost in each cycle. */
  readonly renewedPerCycle: number;
}

/** Everything of one lithium-metal side beside its kinetics and its native film. */
export interface SideAgeing {
  readonly plating: Plating;
  /** The same once all additives are used up; equal to `plating` without additives. */
  readonly platingWithoutAdditives: Plating;
  readonly film: FilmMechanics;
  readonly coating: Coating | null;
  readonly host: Host | null;
  readonly substrate: Substrate;
  /** null where no bare metal touches the electrolyte. */
  readonly galvanic: GalvanicCorrosion | null;
}

/** A component that is spent in making interphase and changes what is made while it lasts. */
export interface Additive {
  readonly name: string;
  /** Dissolved at the start, mol per m3 of electrolyte. */
  readonly concentration_mol_per_m3: number;
  /** Undissolved (a saturated solution): as much again dissolves as is used, until this is gone; mol per m3 of electrolyte. */
  readonly reserve_mol_per_m3: number;
  /** Electrons that one molecule takes. */
  readonly electrons: number;
  /** Share of the interphase charge that it takes while it is there. */
  readonly interphaseShare: number;
}

export interface Ageing {
  /** null when the working electrode is a cathode. */
  readonly working: SideAgeing | null;
  readonly counter: SideAgeing;
  /** Solvent spent by the interphase: electrons that one molecule takes, and the volume it leaves, m3/mol. */
  readonly solvent: { readonly electrons: number; readonly molarVolume_m3_per_mol: number };
  readonly additives: readonly Additive[];
  /** Stack pressure, and the exponent p of f_dead ∝ (P/P_reference)^−p. */
  readonly pressure_Pa: number;
  readonly referencePressure_Pa: number;
  readonly pressureExponent: number;
  /** p of f_dead ∝ (1 + j/j_x)^−p, j the stripping current density. */
  readonly strippingCurrentExponent: number;
  readonly strippingReference_A_per_m2: number;
  /** Share of old shells that the next deposit fills again, and of dead lithium that it reaches again. */
  readonly reusedShellFraction: number;
  readonly recoveredDeadFraction: number;
  /** ζ: unevenness of the change of thickness; wavelength of it at least, m. */
  readonly unevenness: number;
  readonly wavelength_m_min: number;
  /** The layer that dead lithium and old shells form. */
  readonly deadLayer: { readonly porosity: number; readonly bruggeman: number };
}
