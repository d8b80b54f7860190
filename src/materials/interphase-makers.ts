// What in an electrolyte is reduced on lithium, sorted by what it leaves there. Substances of one class share their constants, so
// that a substance that nobody measured is told by its kind: its family, the elements it holds and whether it is a ring.

import type { Chemical } from './composition.ts';

/** Kinds of molecules and anions that make interphase. */
export type InterphaseMaker =
  | 'cyclic-carbonate'
  | 'linear-carbonate'
  | 'film-former'
  | 'fluoroethylene-carbonate'
  | 'fluorinated-carbonyl'
  | 'glyme'
  | 'cyclic-ether'
  | 'weak-ether'
  | 'fluorinated-weak'
  | 'phosphate'
  | 'sulfur-oxygen'
  | 'reactive-nitrogen'
  | 'reducible-diluent'
  | 'fluorosulfonylimide'
  | 'sulfonylimide'
  | 'hexafluorophosphate'
  | 'perhalogenate'
  | 'difluorophosphate'
  | 'oxalatoborate'
  | 'nitrate'
  | 'polysulfide';

/** What is known of a class beforehand. */
export interface MakerPrior {
  readonly maker: InterphaseMaker;
  /** For a sentence: 'bis(fluorosulfonyl)imide anions'. */
  readonly words: string;
  readonly anion: boolean;
  /** −log10(1 − CE) of an interphase made of it alone, at 10 A/m2 and 1 mAh/cm2. */
  readonly efficiency: number;
  /** ln of how readily a mole of it is at the surface and reduced there, against a mole of cyclic carbonate. */
  readonly readiness: number;
  /** q C/m2, d µm and ξ nm of such an interphase (spec 1.8-1.10, 1.14), of which only their proportions are used. */
  readonly plating: readonly [q_C_per_m2: number, d_um: number, xi_nm: number];
}

const prior = (
  maker: InterphaseMaker,
  words: string,
  [efficiency, readiness]: readonly [number, number],
  plating: MakerPrior['plating'],
): MakerPrior => ({ maker, words, anion: false, efficiency, readiness, plating });

const anionPrior = (...values: Parameters<typeof prior>): MakerPrior => ({ ...prior(...values), anion: true });

/**
 * Round figures that say what is generally known before any fit: carbonates make poor interphase, ethers a fair one, fluorinated
 * and weakly binding solvents a good one; anions of LiFSI and nitrate are reduced far more readily than solvent and leave LiF,
 * Li2O and Li3N. Efficiencies follow the groups of the first review's Table 1; the calibration moves all of them.
 */
export const MAKER_PRIORS: readonly MakerPrior[] = [
  prior('cyclic-carbonate', 'cyclic carbonates and lactones', [0.9, 0], [50, 1.5, 30]),
  prior('linear-carbonate', 'linear carbonates and esters', [1.1, -0.5], [50, 1.5, 30]),
  prior('film-former', 'film-forming additives', [1.4, 1], [60, 2.5, 20]),
  prior('fluoroethylene-carbonate', 'fluorinated cyclic carbonates', [1.65, 0.5], [80, 5, 15]),
  prior('fluorinated-carbonyl', 'fluorinated carbonates, esters and amides', [1.7, -0.5], [80, 5, 12]),
  prior('glyme', 'chelating ethers', [1.3, 0.3], [60, 3, 45]),
  prior('cyclic-ether', 'cyclic ethers', [1.5, 0], [60, 3, 40]),
  prior('weak-ether', 'weakly binding ethers', [1.8, -0.3], [60, 5, 20]),
  prior('fluorinated-weak', 'weakly binding fluorinated solvents', [2, -0.5], [60, 9, 7]),
  prior('phosphate', 'phosphate esters', [0.9, 0], [60, 2, 30]),
  prior('sulfur-oxygen', 'sulfones and sulfites', [1.2, 0], [60, 3, 25]),
  prior('reactive-nitrogen', 'nitriles, amides and protic solvents', [0.7, 0], [60, 1.5, 40]),
  prior('reducible-diluent', 'diluents that lithium reduces', [1, 0], [60, 3, 25]),
  anionPrior('fluorosulfonylimide', 'bis(fluorosulfonyl)imide anions', [2.3, 2.5], [65, 10, 6]),
  anionPrior('sulfonylimide', 'perfluoroalkylsulfonyl anions', [1.3, 0.5], [60, 4, 25]),
  anionPrior('hexafluorophosphate', 'hexafluorophosphate anions', [1.2, 1], [60, 2.5, 25]),
  anionPrior('perhalogenate', 'borate, arsenate, perchlorate or halide anions', [0.9, 1], [50, 1.5, 30]),
  anionPrior('difluorophosphate', 'difluorophosphate anions', [1.3, 1], [60, 4, 20]),
  anionPrior('oxalatoborate', 'oxalate-bearing anions', [1.3, 1.5], [60, 4, 20]),
  anionPrior('nitrate', 'nitrate anions', [2.1, 3], [60, 8, 15]),
  anionPrior('polysulfide', 'polysulfides', [1, 2], [60, 4, 30]),
];

/** Atoms of each element in a Hill formula: C3H4O3 → { C: 3, H: 4, O: 3 }. */
export function atomsOf(formula: string): Readonly<Record<string, number>> {
  const atoms: Record<string, number> = {};
  for (const [, element, count] of formula.matchAll(/([A-Z][a-z]?)(\d*)/gu)) {
    atoms[element!] = (atoms[element!] ?? 0) + (count === '' ? 1 : Number(count));
  }
  return atoms;
}

const isRing = (smiles: string): boolean => /[A-Za-z)\]]\d/u.test(smiles);

/** Ether oxygens two carbons apart hold lithium between them; longer or larger groups loosen that. */
const GLYME_CARBON_PER_OXYGEN_MAX = 2.1;
const CYCLIC_CARBON_PER_OXYGEN_MAX = 4.1;

function etherMaker({ formula, smiles }: Chemical): InterphaseMaker {
  const { C = 0, O = 0 } = atomsOf(formula);
  if (isRing(smiles)) {
    if (O >= 4) return 'glyme'; // Crown ethers chelate.
    return C > CYCLIC_CARBON_PER_OXYGEN_MAX * O ? 'weak-ether' : 'cyclic-ether';
  }
  return C > GLYME_CARBON_PER_OXYGEN_MAX * O ? 'weak-ether' : 'glyme';
}

function anionMaker({ formula }: Chemical): InterphaseMaker {
  const { C = 0, B = 0, N = 0, O = 0, F = 0, P = 0, S = 0, Li = 0 } = atomsOf(formula);
  if (Li > 0 && S > 0 && C + N + O + F === 0) return 'polysulfide';
  if (N > 0 && O === 3 && C + S === 0) return 'nitrate';
  if (S > 0 && N > 0 && F > 0) return C === 0 ? 'fluorosulfonylimide' : 'sulfonylimide';
  if (S > 0 || (N > 0 && C > 0)) return 'sulfonylimide';
  if (P > 0) {
    if (C > 0) return 'oxalatoborate';
    return O > 0 ? 'difluorophosphate' : 'hexafluorophosphate';
  }
  if (B > 0 && C > 0 && O >= 4) return 'oxalatoborate';
  return 'perhalogenate';
}

/** The anion that an ionic liquid brings: what follows the cation in its SMILES. */
function ionicLiquidAnion({ smiles }: Chemical): InterphaseMaker {
  const anion = smiles.split('.').find((ion) => ion.includes('-]')) ?? '';
  if (/\[B-\]|\[P-\]|\[Cl-\]/u.test(anion)) return anion.includes('[P-]') ? 'hexafluorophosphate' : 'perhalogenate';
  return anion.includes('C') ? 'sulfonylimide' : 'fluorosulfonylimide';
}

/** The class of a substance; null for one that lithium hardly reduces: an inert diluent, the cation of an ionic liquid. */
export function interphaseMakerOf(chemical: Chemical): InterphaseMaker | null {
  const { family, smiles, formula } = chemical;
  const { F = 0, S = 0, O = 0 } = atomsOf(formula);
  switch (family) {
    case 'carbonate':
      if (/C=C/u.test(smiles)) return 'film-former';
      return isRing(smiles) ? 'cyclic-carbonate' : 'linear-carbonate';
    case 'fluorinated-carbonate':
      if (isRing(smiles)) return 'fluoroethylene-carbonate';
      return F >= 6 ? 'reducible-diluent' : 'fluorinated-carbonyl';
    case 'ester':
      if (F > 0) return 'fluorinated-carbonyl';
      return isRing(smiles) ? 'cyclic-carbonate' : 'linear-carbonate';
    case 'amide':
      return F > 0 ? 'fluorinated-carbonyl' : 'reactive-nitrogen';
    case 'nitrile':
      return 'reactive-nitrogen';
    case 'ether':
      return etherMaker(chemical);
    case 'partly-fluorinated-ether':
    case 'sulfonamide':
    case 'gas':
      return 'fluorinated-weak';
    case 'phosphate':
      return 'phosphate';
    case 'sulfone':
      return 'sulfur-oxygen';
    case 'borate':
      return F > 0 ? 'reducible-diluent' : 'film-former';
    case 'silane':
      return 'film-former';
    case 'ionic-liquid':
      return ionicLiquidAnion(chemical);
    case 'lithium-salt':
    case 'other-salt':
      return anionMaker(chemical);
    case 'fluorinated-ether':
    case 'fluorinated-aromatic':
      return null;
    case 'other':
      if (S > 0) return 'sulfur-oxygen';
      return O > 0 ? 'reactive-nitrogen' : null;
  }
}
