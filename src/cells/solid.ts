// A solid electrolyte in a cell, as plain data in SI units: what its bulk is beside its transport, and how lithium lies on it. Its
// transport stands in `Cell.electrolyte`, its thickness in `Cell.separator`, of which it fills the whole volume; what it forms
// with lithium is the interphase of the electrodes.

/** A layer between lithium and the electrolyte that carries the current over the whole area. */
export interface Interlayer {
  readonly name: string;
  readonly thickness_m: number;
  /** For lithium across it, at 298.15 K: as ions, or as atoms that diffuse in an alloy. */
  readonly conductivity_S_per_m: number;
  readonly activationEnergy_J_per_mol: number;
  /** What remains at its faces, with the same activation energy. */
  readonly remainingResistance_ohm_m2: number;
}

/** One face with lithium. */
export interface SolidSide {
  readonly contact: {
    /** Share of the area on which lithium touches, at the pressure of the cell. Nothing that cycling does makes it better. */
    readonly fraction: number;
    /** Radius of the spots of contact. */
    readonly spotRadius_m: number;
  };
  /** From the metal outwards. */
  readonly interlayer: readonly Interlayer[];
}

export interface SolidElectrolyte {
  /** As the materials call it. */
  readonly material: string;
  /** Of the stack. */
  readonly pressure_Pa: number;
  /** Below it lithium reduces the electrolyte, against Li/Li⁺. */
  readonly reductionPotential_V: number;
  /** null: it yields rather than cracks, and no current drives lithium through it by pressure. */
  readonly fracture: {
    readonly toughness_Pa_sqrt_m: number;
    /** Depth of a flaw of its surface. */
    readonly flaw_m: number;
    readonly shearModulus_Pa: number;
    /** Factor by which critical currents of laboratories differ, both ways. */
    readonly scatter: number;
  } | null;
  /** null: it is soft and follows the lithium, so that no voids open. */
  readonly voids: {
    /** Charge of the lithium in which voids open, C/m2. */
    readonly charge_C_per_m2: number;
    /** What brings lithium back: diffusion, and creep at the reference pressure, at 298.15 K. */
    readonly diffusion_A_per_m2: number;
    readonly creep_A_per_m2: number;
    readonly referencePressure_Pa: number;
    readonly exponent: number;
    readonly activationEnergy_J_per_mol: number;
  } | null;
  readonly counter: SolidSide;
  /** null beside a cathode. */
  readonly working: SolidSide | null;
}
