// What an electrolyte is made of, as amounts: what the reader of names gives, and what every law of composition takes.

/** A salt, solvent, diluent or additive. Data in `chemicals.json`. */
export interface Chemical {
  /** The usual abbreviation: LiPF6, EC, DME, TTE. */
  readonly id: string;
  readonly name: string;
  readonly aliases: readonly string[];
  readonly kind: 'salt' | 'solvent';
  /** Solvents by the group that binds lithium; `fluorinated-ether` and `fluorinated-aromatic` dissolve no salt of their own. */
  readonly family:
    | 'carbonate'
    | 'fluorinated-carbonate'
    | 'ether'
    | 'partly-fluorinated-ether'
    | 'fluorinated-ether'
    | 'fluorinated-aromatic'
    | 'ester'
    | 'phosphate'
    | 'sulfone'
    | 'sulfonamide'
    | 'nitrile'
    | 'amide'
    | 'borate'
    | 'silane'
    | 'gas'
    | 'other'
    | 'ionic-liquid'
    | 'lithium-salt'
    | 'other-salt';
  /** Hill formula: C3H4O3. */
  readonly formula: string;
  readonly molarMass_kg_per_mol: number;
  /** Liquid at 298.15 K; of a salt, the apparent density in solution. */
  readonly density_kg_per_m3: number;
  /** Where the density comes from. */
  readonly densitySource: string;
  readonly densityTag: 'measured' | 'memory' | 'prior';
  readonly smiles: string;
  /** Places by which one molecule holds a lithium ion: 2 for DME, 1 for EC; 0 for a diluent, an additive that does not bind, and a salt. */
  readonly donorSites: number;
  /** Of a salt or an ionic liquid: formula and number of its ions. */
  readonly ions?: {
    readonly cation: string;
    readonly cationCount: number;
    readonly anion: string;
    readonly anionCount: number;
  };
  /**
   * Spellings that may mean something else, how surely they mean this (0 to 1), and a sentence that says so. With `beside`, only
   * in a name that holds one of these chemicals.
   */
  readonly doubts?: readonly {
    readonly spelling: string;
    readonly confidence: number;
    readonly reason: string;
    readonly beside?: readonly string[];
  }[];
  readonly notes: readonly string[];
}

/** What a component does. A diluent mixes with the solution but does not bind lithium. */
export type ComponentRole = 'salt' | 'solvent' | 'diluent' | 'additive';

export interface Component {
  readonly chemical: Chemical;
  readonly role: ComponentRole;
  /** Of all moles, a salt counted as one formula unit. */
  readonly moleFraction: number;
  readonly massFraction: number;
  /** Per volume of the whole solution, by the estimated density. */
  readonly concentration_mol_per_m3: number;
  /** Per kg of all that is not salt. */
  readonly molality_mol_per_kg: number;
  /** More is there than dissolves. */
  readonly saturated: boolean;
}

export interface Composition {
  /** As written. */
  readonly text: string;
  /** One way to write it; reading it again gives the same composition. */
  readonly canonical: string;
  /** Salts, solvents, diluents, additives; in each group what a ratio counts comes first, then all as written. */
  readonly components: readonly Component[];
  /** Volumes added without change. */
  readonly density_kg_per_m3: number;
  /** How surely the text means this: 1 where nothing was guessed. */
  readonly confidence: number;
  /** What was guessed, each a sentence; empty where nothing was. */
  readonly reasons: readonly string[];
}
