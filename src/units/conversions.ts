// Conversions between SI and the field's own units, for doors only: readers, shells, files and figures. Named X_from_Y.

import { F, LITHIUM_MOLAR_MASS_kg_per_mol, LITHIUM_MOLAR_VOLUME_m3_per_mol, ZERO_CELSIUS_K } from './constants.ts';

/** Coulombs in a milliampere-hour. */
const C_PER_mAh = 3.6;

export const mA_from_A = (current_A: number): number => current_A * 1e3;
export const A_from_mA = (current_mA: number): number => current_mA / 1e3;
export const mV_from_V = (voltage_V: number): number => voltage_V * 1e3;
export const V_from_mV = (voltage_mV: number): number => voltage_mV / 1e3;
export const mA_per_cm2_from_A_per_m2 = (j_A_per_m2: number): number => j_A_per_m2 / 10;
export const A_per_m2_from_mA_per_cm2 = (j_mA_per_cm2: number): number => j_mA_per_cm2 * 10;

export const C_from_mAh = (charge_mAh: number): number => charge_mAh * C_PER_mAh;
export const mAh_from_C = (charge_C: number): number => charge_C / C_PER_mAh;
export const C_from_Ah = (charge_Ah: number): number => charge_Ah * 3600;
export const Ah_from_C = (charge_C: number): number => charge_C / 3600;
export const mAh_per_cm2_from_C_per_m2 = (charge_C_per_m2: number): number => charge_C_per_m2 / 36000;
export const C_per_m2_from_mAh_per_cm2 = (charge_mAh_per_cm2: number): number => charge_mAh_per_cm2 * 36000;
export const Wh_from_J = (energy_J: number): number => energy_J / 3600;
export const J_from_Wh = (energy_Wh: number): number => energy_Wh * 3600;

export const h_from_s = (time_s: number): number => time_s / 3600;
export const s_from_h = (time_h: number): number => time_h * 3600;
export const celsius_from_kelvin = (temperature_K: number): number => temperature_K - ZERO_CELSIUS_K;
export const kelvin_from_celsius = (temperature_celsius: number): number => temperature_celsius + ZERO_CELSIUS_K;

export const um_from_m = (length_m: number): number => length_m * 1e6;
export const m_from_um = (length_um: number): number => length_um / 1e6;
export const nm_from_m = (length_m: number): number => length_m * 1e9;
export const m_from_nm = (length_nm: number): number => length_nm / 1e9;
export const cm2_from_m2 = (area_m2: number): number => area_m2 * 1e4;
export const m2_from_cm2 = (area_cm2: number): number => area_cm2 / 1e4;
export const uL_from_m3 = (volume_m3: number): number => volume_m3 * 1e9;
export const m3_from_uL = (volume_uL: number): number => volume_uL / 1e9;

export const ohm_cm2_from_ohm_m2 = (resistance_ohm_m2: number): number => resistance_ohm_m2 * 1e4;
export const ohm_m2_from_ohm_cm2 = (resistance_ohm_cm2: number): number => resistance_ohm_cm2 / 1e4;
export const mS_per_cm_from_S_per_m = (conductivity_S_per_m: number): number => conductivity_S_per_m * 10;
export const S_per_m_from_mS_per_cm = (conductivity_mS_per_cm: number): number => conductivity_mS_per_cm / 10;
export const mol_per_L_from_mol_per_m3 = (concentration_mol_per_m3: number): number => concentration_mol_per_m3 / 1e3;
export const mol_per_m3_from_mol_per_L = (concentration_mol_per_L: number): number => concentration_mol_per_L * 1e3;
export const kPa_from_Pa = (pressure_Pa: number): number => pressure_Pa / 1e3;
export const Pa_from_kPa = (pressure_kPa: number): number => pressure_kPa * 1e3;
/** 2018 CODATA, exact. */
export const eV_from_J = (energy_J: number): number => energy_J / 1.602176634e-19;
export const J_from_eV = (energy_eV: number): number => energy_eV * 1.602176634e-19;

/** Thickness of dense lithium that holds an areal charge, m (Faraday; 4.850 µm per mAh/cm2). */
export const thickness_m_from_areal_charge = (charge_C_per_m2: number): number =>
  (charge_C_per_m2 / F) * LITHIUM_MOLAR_VOLUME_m3_per_mol;
/** Areal charge held by a thickness of dense lithium, C/m2. */
export const areal_charge_C_per_m2_from_thickness = (thickness_m: number): number =>
  (thickness_m / LITHIUM_MOLAR_VOLUME_m3_per_mol) * F;
/** Lithium per area that an areal charge plates, mol/m2. */
export const mol_per_m2_from_areal_charge = (charge_C_per_m2: number): number => charge_C_per_m2 / F;
export const areal_charge_C_per_m2_from_mol_per_m2 = (lithium_mol_per_m2: number): number => lithium_mol_per_m2 * F;
/** Mass of lithium per area, kg/m2. */
export const areal_mass_kg_per_m2_from_areal_charge = (charge_C_per_m2: number): number =>
  (charge_C_per_m2 / F) * LITHIUM_MOLAR_MASS_kg_per_mol;
