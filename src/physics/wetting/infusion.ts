// Molten lithium that is drawn into the pores of a host, or must be pressed into them, and what the host then holds.
//
//   γ N/m   η Pa s   r pore radius, m   θ contact angle on the wall, rad   L depth reached, m   t s

import { cos, square } from '../../numerics/index.ts';
import { F, LITHIUM_MOLAR_MASS_kg_per_mol } from '../../units/index.ts';
import type { ContactAngle_rad, MoltenLithiumAngle_rad } from './quantities.ts';

/** Standard gravity, m/s². */
const g = 9.80665;

/** What drives and what slows the flow in a pore. */
export interface CapillaryFlow {
  readonly surfaceTension_N_per_m: number;
  readonly viscosity_Pa_s: number;
  readonly poreRadius_m: number;
  readonly angle_rad: ContactAngle_rad;
  /** Before the flow begins. */
  readonly induction_s: number;
}

/** L²/t of the flow, m²/s: γ·r·cos θ/(2η); none where the liquid does not wet. */
function washburnConstant({ surfaceTension_N_per_m, viscosity_Pa_s, poreRadius_m, angle_rad }: CapillaryFlow): number {
  return Math.max(0, (surfaceTension_N_per_m * poreRadius_m * cos(angle_rad)) / (2 * viscosity_Pa_s));
}

/** L² = γ·r·cos θ·(t − t_i)/(2η), m. Lucas 1918, 10.1007/BF01461107; Washburn 1921, 10.1103/PhysRev.17.273. */
export function infusionDepth_m(flow: CapillaryFlow, t: number): number {
  return Math.sqrt(washburnConstant(flow) * Math.max(0, t - flow.induction_s));
}

/** Time to reach a depth, s; infinite where the liquid does not wet the wall. Inverse of `infusionDepth_m`. */
export function infusionTime_s(flow: CapillaryFlow, depth_m: number): number {
  return flow.induction_s + square(depth_m) / washburnConstant(flow);
}

/** Share of a depth that is filled at a time, from 0 to 1. */
export function filledFraction(flow: CapillaryFlow, depth_m: number, t: number): number {
  return Math.min(1, infusionDepth_m(flow, t) / depth_m);
}

/** p = −2γ·cos θ/r, Pa: to press the liquid in where it does not wet; negative, and so a suction, where it does. Laplace. */
export function entryPressure_Pa(gamma: number, theta: MoltenLithiumAngle_rad, r: number): number {
  return (-2 * gamma * cos(theta)) / r;
}

/** h = 2γ·cos θ/(ρ·g·r), m: the height at which gravity stops the rise. Metres for pores of micrometres; it bounds no host. Jurin 1718. */
export function jurinHeight_m(gamma: number, theta: ContactAngle_rad, rho: number, r: number): number {
  return (2 * gamma * cos(theta)) / (rho * g * r);
}

/** A host of a given thickness with lithium in its pores. */
export interface InfusedHost {
  readonly thickness_m: number;
  /** Share of the host's volume that is pore. */
  readonly porosity: number;
  /** Of the host's solid. */
  readonly skeletonDensity_kg_per_m3: number;
  /** Share of the pore volume that lithium fills. */
  readonly filled: number;
  /** Of the lithium when it filled the pores; it shrinks by some percent as it freezes, which leaves voids. */
  readonly lithiumDensity_kg_per_m3: number;
  /** Lithium that a coating binds on the way, no longer free to be stripped, kg/m². */
  readonly boundLithium_kg_per_m2: number;
}

export interface InfusedCapacity {
  readonly lithium_kg_per_m2: number;
  readonly host_kg_per_m2: number;
  readonly capacity_C_per_m2: number;
  /** Per mass of host and lithium together. */
  readonly specificCapacity_C_per_kg: number;
}

/** Charge of the free lithium per area and per mass of the composite: Q = m·F/M. A host without mass has that of lithium, 3861 mAh/g. */
export function infusedCapacity(host: InfusedHost): InfusedCapacity {
  const drawnIn = host.porosity * host.filled * host.thickness_m * host.lithiumDensity_kg_per_m3;
  const lithium_kg_per_m2 = Math.max(0, drawnIn - host.boundLithium_kg_per_m2);
  const host_kg_per_m2 = (1 - host.porosity) * host.thickness_m * host.skeletonDensity_kg_per_m3;
  const capacity_C_per_m2 = (lithium_kg_per_m2 / LITHIUM_MOLAR_MASS_kg_per_mol) * F;
  const mass = drawnIn + host_kg_per_m2;
  return {
    lithium_kg_per_m2,
    host_kg_per_m2,
    capacity_C_per_m2,
    specificCapacity_C_per_kg: mass === 0 ? 0 : capacity_C_per_m2 / mass,
  };
}

/** Wall of cylindrical pores per geometric area of the host: 2·ε·L/r. */
export function poreWallRatio(porosity: number, thickness_m: number, r: number): number {
  return (2 * porosity * thickness_m) / r;
}
