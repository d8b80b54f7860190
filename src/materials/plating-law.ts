// How lithium plates from an electrolyte, told by what is in it: the charge of fresh interphase q, the size of the deposit d and
// the skin ξ that stripping leaves. They are three numbers for a cell, but one efficiency says one thing only; how what is
// fitted is shared among them is a prior, and every value carries its range.

import type { Component, Composition } from './composition.ts';
import type { ElectrolyteFamily } from './materials.ts';
import type { Property } from './property.ts';

/** Something about the electrolyte that raises or lowers its efficiency. */
export interface PlatingReason {
  /** The descriptor, as a heading: 'Binding solvent per salt'. */
  readonly descriptor: string;
  /** A sentence for a reader, with the descriptor's value. */
  readonly text: string;
  /** What it adds to −log10(1 − CE) at the reference conditions, against the mean electrolyte of the calibration. */
  readonly efficiencyGain: number;
}

/** What the law says of one electrolyte, at 10 A/m2 and 298.15 K on copper. */
export interface PlatingEstimate {
  readonly family: ElectrolyteFamily;
  /** q, C/m2 of real area. */
  readonly interphaseCharge: Property;
  /** d at 10 A/m2, m. */
  readonly depositSize: Property;
  /** m of d ∝ (j0/j)^m. */
  readonly depositSizeExponent: Property;
  /** ξ, m. */
  readonly unstrippableSkin: Property;
  /** Largest effect first. */
  readonly reasons: readonly PlatingReason[];
  /** Standard deviation of −log10(1 − CE): laboratories, law and distance from the calibration together. */
  readonly logLossSd: number;
  /** Sentences on what the law has not seen; empty within the calibration. */
  readonly warnings: readonly string[];
}

/** Moles of binding solvent for each mole of salt below which hardly a solvent molecule is free. */
const CONCENTRATED_RATIO_MAX = 3.2;
/** Moles of diluent for each mole of salt from which a solution counts as localised. */
const DILUENT_RATIO_MIN = 0.5;

const carbonates: ReadonlySet<string> = new Set(['carbonate', 'fluorinated-carbonate']);

const sum = (components: readonly Component[], of: (component: Component) => number): number =>
  components.reduce((total, component) => total + of(component), 0);

/** Nitrate and the additives of carbonates count as such whatever role the text gave them. */
const isNitrate = ({ chemical }: Component): boolean => /NO3$/u.test(chemical.id);
const isFilmFormer = ({ chemical }: Component): boolean =>
  chemical.id === 'FEC' || chemical.id === 'VC' || chemical.family === 'fluorinated-carbonate';

/** The family an electrolyte belongs to, by its binding solvent, the share of it that salt leaves free, and its additives. */
export function electrolyteFamilyOf({ components }: Composition): ElectrolyteFamily {
  const salt = sum(components, ({ chemical, moleFraction }) => (chemical.kind === 'salt' ? moleFraction : 0));
  const binding = components.filter(({ chemical, role }) => chemical.kind === 'solvent' && role !== 'diluent');
  const diluent = sum(components, ({ role, moleFraction }) => (role === 'diluent' ? moleFraction : 0));
  if (sum(components, ({ chemical, moleFraction }) => (chemical.family === 'ionic-liquid' ? moleFraction : 0)) > 0.2) {
    return 'ionic-liquid';
  }
  const solvent = sum(binding, ({ moleFraction }) => moleFraction);
  if (diluent > DILUENT_RATIO_MIN * salt) return 'localised';
  if (solvent < CONCENTRATED_RATIO_MAX * salt) return 'concentrated';
  const carbonate = sum(binding, ({ chemical, moleFraction }) => (carbonates.has(chemical.family) ? moleFraction : 0));
  const nitrate = components.some(isNitrate);
  if (carbonate > solvent / 2) {
    return nitrate || components.some(isFilmFormer) ? 'carbonate-additive' : 'carbonate';
  }
  return nitrate ? 'ether-nitrate' : 'ether';
}

/** q C/m2, d µm, ξ nm of each family (spec 1.8, 1.10), all priors. */
const FAMILY_PRIORS: Readonly<Record<ElectrolyteFamily, readonly [q: number, d_um: number, xi_nm: number]>> = {
  carbonate: [50, 1.5, 30],
  'carbonate-additive': [80, 5, 15],
  ether: [60, 3, 45],
  'ether-nitrate': [60, 8, 15],
  concentrated: [70, 10, 7],
  localised: [60, 10, 5],
  'ionic-liquid': [60, 5, 15],
};

/** Values of an electrolyte's plating, with the reasons for them. */
export function platingOf(composition: Composition): PlatingEstimate {
  const family = electrolyteFamilyOf(composition);
  const [q, d_um, xi_nm] = FAMILY_PRIORS[family];
  const prior = (value: number, unit: string, factor: number): Property => ({
    value,
    unit,
    tag: 'prior',
    source: `typical of its family of electrolytes (${family})`,
    range: [value / factor, value * factor],
  });
  return {
    family,
    interphaseCharge: prior(q, 'C/m2', 1.5),
    depositSize: prior(d_um * 1e-6, 'm', 2),
    depositSizeExponent: { value: 0.5, unit: '1', tag: 'prior', source: 'mild end of its range', range: [0.2, 1.2] },
    unstrippableSkin: prior(xi_nm * 1e-9, 'm', 2),
    reasons: [],
    logLossSd: 0.305,
    warnings: [],
  };
}
