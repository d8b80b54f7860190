// What one cycle costs, put together in closed form (spec E6). The simulation books the same parts one by one as they happen;
// this is what they add up to for a cell whose state stays as it is.

import { thickness_m_from_areal_charge } from '../../units/index.ts';
import { deadFraction } from '../plating/dead-lithium.ts';
import { coveredShare, depositAreaRatio } from '../plating/deposit.ts';

/** What E6 asks for; everything per geometric area. */
export interface CycleTerms {
  /** Q plated per cycle. */
  readonly capacity_C_per_m2: number;
  /** q of fresh surface. */
  readonly interphaseCharge_C_per_m2: number;
  /** d of the deposit at its current, and ξ left on it. */
  readonly depositSize_m: number;
  readonly unstrippableSkin_m: number;
  /** χ: current, pressure. */
  readonly deadFactor: number;
  /** ρ: share of old shells that a deposit fills again. */
  readonly reusedShellFraction: number;
  /** Of the film that is there, in each cycle; and the real over the geometric area that it covers. */
  readonly crackedFraction: number;
  readonly areaRatio: number;
  /** Charges of a cycle that come with time, computed elsewhere. */
  readonly calendarCharge_C_per_m2: number;
  readonly galvanicCharge_C_per_m2: number;
}

/** Charge lost in a cycle by cause. Made once and overwritten by the caller. */
export interface CycleLoss {
  /** Interphase on the face of the deposit and on the sides of its features. */
  face_C_per_m2: number;
  features_C_per_m2: number;
  cracks_C_per_m2: number;
  calendar_C_per_m2: number;
  galvanic_C_per_m2: number;
  /** Metal out of contact, Li0; all the rest is Li+. */
  dead_C_per_m2: number;
  total_C_per_m2: number;
}

/** A loss to be written into. */
export function emptyCycleLoss(): CycleLoss {
  return {
    face_C_per_m2: 0,
    features_C_per_m2: 0,
    cracks_C_per_m2: 0,
    calendar_C_per_m2: 0,
    galvanic_C_per_m2: 0,
    dead_C_per_m2: 0,
    total_C_per_m2: 0,
  };
}

/**
 * Q_loss = q·[(1 − e^{−h/h_cover}) + 4h/d]·(1 − ρ) + q·f_cr·A_r + Q_calendar + Q_galvanic + Q·(4ξ/d)·χ, h = Q·V_Li/F.
 *
 * E6 of the spec with the face paid in proportion to what is covered, so that nothing plated costs nothing. For Q → ∞ the
 * relative loss tends to (4/d)(q·V_Li/F + ξ), whatever Q.
 */
export function cycleLossInto(terms: CycleTerms, out: CycleLoss): void {
  const h_m = thickness_m_from_areal_charge(terms.capacity_C_per_m2);
  const kept_C_per_m2 = terms.interphaseCharge_C_per_m2 * (1 - terms.reusedShellFraction);
  out.face_C_per_m2 = kept_C_per_m2 * coveredShare(h_m);
  out.features_C_per_m2 = kept_C_per_m2 * depositAreaRatio(h_m, terms.depositSize_m);
  out.cracks_C_per_m2 = terms.interphaseCharge_C_per_m2 * terms.crackedFraction * terms.areaRatio;
  out.calendar_C_per_m2 = terms.calendarCharge_C_per_m2;
  out.galvanic_C_per_m2 = terms.galvanicCharge_C_per_m2;
  out.dead_C_per_m2 =
    terms.capacity_C_per_m2 * deadFraction(terms.unstrippableSkin_m, terms.depositSize_m, terms.deadFactor);
  out.total_C_per_m2 =
    out.face_C_per_m2 +
    out.features_C_per_m2 +
    out.cracks_C_per_m2 +
    out.calendar_C_per_m2 +
    out.galvanic_C_per_m2 +
    out.dead_C_per_m2;
}

/** The parts as a new object; see `cycleLossInto`. */
export function cycleLoss(terms: CycleTerms): CycleLoss {
  const out = emptyCycleLoss();
  cycleLossInto(terms, out);
  return out;
}

/** CE = 1 − Q_loss/Q, and 0 where a cycle costs more than it plates. */
export function assembledEfficiency(terms: CycleTerms): number {
  return Math.max(0, 1 - cycleLoss(terms).total_C_per_m2 / terms.capacity_C_per_m2);
}

/** Relative loss of thick deposits without cracks, time and re-use: (4/d)·(q·V_Li/F + χ·ξ), for small losses. */
export function thickDepositLoss(terms: CycleTerms): number {
  const film_m = thickness_m_from_areal_charge(terms.interphaseCharge_C_per_m2);
  return (4 / terms.depositSize_m) * (film_m + terms.deadFactor * terms.unstrippableSkin_m);
}
