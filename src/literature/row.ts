// A row of a literature table as it was printed. What the row says is kept untouched, letter by letter; what it means, and what
// is wrong with it, stands beside. One printed cell of the table is an `Entry`; the numbers read out of it are its `quantities`.

/** What a number measures. */
export const QUANTITY_KINDS = [
  'coulombic-efficiency',
  'current-density',
  'areal-capacity',
  'cycle-count',
  'duration',
  'interfacial-resistance',
  'polarisation',
  'capacity-retention',
  'specific-capacity',
  'potential',
  'specific-energy',
  'thickness',
  'thickness-change',
  'contact-angle',
  'temperature',
  'transference-number',
  'critical-current-density',
  'formation-energy',
  'composition',
  'c-rate',
] as const;
export type QuantityKind = (typeof QUANTITY_KINDS)[number];

/** How the number is bounded as printed: 98, ~98, < 98, > 98, 1–10. */
export const BOUNDS = ['exact', 'approximate', 'less-than', 'greater-than', 'range'] as const;
export type Bound = (typeof BOUNDS)[number];

/** What the number is said of, which a column's heading does not always say. `MEANINGS` has a sentence for each. */
export type Meaning =
  | 'lithium-efficiency'
  | 'full-cell-efficiency'
  | 'efficiency-unclear'
  | 'resistance-before-cycling'
  | 'resistance-after-cycling'
  | 'resistance-after-rest'
  | 'resistance-without-interlayer'
  | 'resistance-with-interlayer'
  | 'polarisation-initial'
  | 'polarisation-during-cycling'
  | 'polarisation-after-cycling'
  | 'test-length'
  | 'capacity-retention'
  | 'cycling-condition'
  | 'material-property'
  | 'requirement'
  | 'general-statement';

export const MEANINGS: Readonly<Record<Meaning, string>> = {
  'lithium-efficiency': 'charge stripped over charge plated, of lithium on the electrode under test',
  'full-cell-efficiency':
    'efficiency of a cell with a cathode: that of the cathode while lithium is in excess, not that of lithium',
  'efficiency-unclear': 'an efficiency of which the source does not say whether it is of lithium or of the full cell',
  'resistance-before-cycling': 'interfacial resistance of the fresh cell; without its area where the unit is Ω',
  'resistance-after-cycling': 'interfacial resistance after the cycles or hours of the conditions',
  'resistance-after-rest': 'interfacial resistance after standing, not after cycling, whatever the column says',
  'resistance-without-interlayer': 'interfacial resistance of the untreated interface, not of a fresh cell',
  'resistance-with-interlayer': 'interfacial resistance of the treated interface, not of a cycled cell',
  'polarisation-initial': 'voltage of a symmetric cell under current at the start',
  'polarisation-during-cycling':
    'voltage of a symmetric cell under current, without the time in the test or throughout it',
  'polarisation-after-cycling': 'voltage of a symmetric cell under current after the cycles or hours of the conditions',
  'test-length': 'how long the test ran; nobody says that the cell failed then, so a life is at least this',
  'capacity-retention': 'capacity of the full cell over that at its start',
  'cycling-condition': 'what the cell was cycled with',
  'material-property': 'a property of a material, not of a cell under test',
  requirement: 'what the authors ask for, not what anybody measured',
  'general-statement': 'what the authors say of many works at once',
};

/** Whether an efficiency is the mean of a test, the value at its end, held through it, or not said. */
export const EFFICIENCY_KINDS = ['average', 'last', 'throughout', 'not-stated'] as const;
export type EfficiencyKind = (typeof EFFICIENCY_KINDS)[number];

/** Under what a number was measured, as far as it is printed; in the units of print. */
export interface Conditions {
  readonly currentDensity_mA_per_cm2?: number;
  readonly arealCapacity_mAh_per_cm2?: number;
  /** 0.5 for C/2. */
  readonly cRate?: number;
  /** Cycles passed when it was measured, or over which it held. */
  readonly cycles?: number;
  /** Hours of cycling passed when it was measured, or over which it held. */
  readonly time_h?: number;
  /** Hours of standing without current. */
  readonly rest_h?: number;
  readonly temperature_degC?: number;
  /** `Li|Li`, `Li|Cu`, `Li|LFP`, … */
  readonly cell?: string;
  readonly electrolyte?: string;
}

export interface Quantity {
  readonly kind: QuantityKind;
  /** The words in which it stands, untouched but for line breaks. */
  readonly printed: string;
  /** As printed, in `unit`; the lower end of a range. */
  readonly value: number;
  /** The upper end of a range. */
  readonly value_max?: number;
  /** As printed, or as the column's heading prints it. */
  readonly unit: string;
  /** What the unit has to be, where the printed one is wrong. The value is that of the print either way. */
  readonly unitCorrected?: string;
  readonly bound: Bound;
  readonly means: Meaning;
  readonly efficiencyKind?: EfficiencyKind;
  /** `lower-bound`: a test that was stopped. The true value is at least the printed one. */
  readonly censored?: 'lower-bound';
  readonly conditions?: Conditions;
}

/** A fault of the source: what it prints, what it should print, and why. The printed text elsewhere in the row stays as it is. */
export interface Correction {
  readonly field: 'unit' | 'column' | 'reference' | 'method' | 'value';
  readonly printed: string;
  readonly corrected: string;
  readonly reason: string;
}

/** One cell of the table. */
export interface Entry {
  /** Key of the table's column. */
  readonly column: string;
  /** As printed; "-" or "–" where nothing is given. */
  readonly printed: string;
  /** Empty where nothing is given. */
  readonly quantities: readonly Quantity[];
  readonly corrections?: readonly Correction[];
  readonly note?: string;
}

/** What a row is an example of: the strategy under which its table lists it. */
export const GROUPS = [
  'interphase',
  'host',
  'host+interphase',
  'novel electrolyte',
  'in-situ SEI',
  'artificial SEI',
  'chemical strategy',
  'coating',
  'dopant',
  'alloy',
  'physical contact',
  'chemical interaction',
] as const;
export type Group = (typeof GROUPS)[number];

/** What the tables' titles say. */
export const FAMILIES = ['interphase', 'host', 'host+interphase', 'electrolyte', 'solid electrolyte'] as const;
export type Family = (typeof FAMILIES)[number];

/** Every group belongs to one family. */
export const FAMILY_OF_GROUP: Readonly<Record<Group, Family>> = {
  interphase: 'interphase',
  host: 'host',
  'host+interphase': 'host+interphase',
  'novel electrolyte': 'electrolyte',
  'in-situ SEI': 'interphase',
  'artificial SEI': 'interphase',
  'chemical strategy': 'host',
  coating: 'host',
  dopant: 'host',
  alloy: 'host',
  'physical contact': 'solid electrolyte',
  'chemical interaction': 'solid electrolyte',
};

/** Electrolytes that behave alike on lithium; `carbonate-additive` holds those with FEC as the solvent too. */
export const ELECTROLYTE_CLASSES = [
  'carbonate',
  'carbonate-additive',
  'ether',
  'ether-nitrate',
  'concentrated',
  'localised',
  'ionic-liquid',
  'solid',
  'other',
] as const;
export type ElectrolyteClass = (typeof ELECTROLYTE_CLASSES)[number];

export interface RowElectrolyte {
  readonly printed: string;
  /** The same in the spelling of this program: salts joined by " + ", additives after them. */
  readonly normalised: string;
  readonly class: ElectrolyteClass;
  /** `table`, or where in the running text it was found. */
  readonly where: string;
}

/** How numbers were taken from their source. */
export const EXTRACTIONS = ['reported-text', 'reported-table', 'digitised', 'author-raw', 'computed'] as const;
export type Extraction = (typeof EXTRACTIONS)[number];

/** Where a row comes from, and who put it into this form. */
export interface Provenance {
  /** Id in `papers()`, or null for a work that is in no list of this program. */
  readonly paper: string | null;
  /** "Table 2", "Fig. 3b", "p. 5, second paragraph". */
  readonly locator: string;
  readonly how: Extraction;
  readonly curator: string;
  /** ISO 8601. */
  readonly date: string;
}

export interface LiteratureRow {
  /** `a1-36b`: table, number in that table, `b` for its second occurrence. Stable; also the id of the built-in cell. */
  readonly id: string;
  /** A1, B1, B2, B3, or `own` for rows that a user adds. */
  readonly table: string;
  readonly group: Group;
  readonly family: Family;
  /** The group in the table's words. */
  readonly groupPrinted: string;
  /** As printed; table A1 has no such column. */
  readonly method: string | null;
  /** What the running text says that the work is about, where the table does not. */
  readonly subject: string | null;
  readonly reference: {
    /** The number in the table. */
    readonly table: number | null;
    /** The number by which the running text means the same work. */
    readonly text: number | null;
    readonly printed: string;
    /** The cited work, id in `papers()`; null where it is not known surely. */
    readonly paper: string | null;
  };
  readonly electrolyte: RowElectrolyte | null;
  readonly entries: readonly Entry[];
  /** Faults of the row outside its entries. */
  readonly corrections: readonly Correction[];
  /** What a reader should know: contradictions, things left out. */
  readonly remarks: readonly string[];
  readonly provenance: Provenance;
}

export interface LiteratureTable {
  readonly id: string;
  readonly title: string;
  /** The line over all rows, as printed. */
  readonly heading: string | null;
  readonly columns: readonly { readonly key: string; readonly heading: string; readonly unit: string | null }[];
  readonly provenance: Provenance;
}
