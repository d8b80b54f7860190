import { expect, test } from 'vitest';
import * as exported from './conversions.ts';

const conversions = { ...exported };

test('1 mAh/cm2 of lithium is 4.850 µm thick and weighs 0.2590 mg/cm2', () => {
  const charge_C_per_m2 = conversions.C_per_m2_from_mAh_per_cm2(1);
  expect(conversions.um_from_m(conversions.thickness_m_from_areal_charge(charge_C_per_m2))).toBeCloseTo(4.8505, 3);
  // 3861 mAh/g, the specific capacity of lithium.
  expect(1e-3 / (conversions.areal_mass_kg_per_m2_from_areal_charge(charge_C_per_m2) * 0.1)).toBeCloseTo(3.8617, 3);
});

/** Every pair in both directions: one known value, and there and back. */
const PAIRS = [
  ['mA_from_A', 'A_from_mA', 0.002, 2],
  ['mV_from_V', 'V_from_mV', 0.02, 20],
  ['mA_per_cm2_from_A_per_m2', 'A_per_m2_from_mA_per_cm2', 10, 1],
  ['mAh_from_C', 'C_from_mAh', 36, 10],
  ['Ah_from_C', 'C_from_Ah', 7200, 2],
  ['mAh_per_cm2_from_C_per_m2', 'C_per_m2_from_mAh_per_cm2', 36000, 1],
  ['Wh_from_J', 'J_from_Wh', 7200, 2],
  ['h_from_s', 's_from_h', 5400, 1.5],
  ['celsius_from_kelvin', 'kelvin_from_celsius', 298.15, 25],
  ['um_from_m', 'm_from_um', 2e-5, 20],
  ['nm_from_m', 'm_from_nm', 2e-8, 20],
  ['cm2_from_m2', 'm2_from_cm2', 1.27e-4, 1.27],
  ['uL_from_m3', 'm3_from_uL', 4e-8, 40],
  ['ohm_cm2_from_ohm_m2', 'ohm_m2_from_ohm_cm2', 2e-3, 20],
  ['mS_per_cm_from_S_per_m', 'S_per_m_from_mS_per_cm', 0.8, 8],
  ['mol_per_L_from_mol_per_m3', 'mol_per_m3_from_mol_per_L', 1200, 1.2],
  ['kPa_from_Pa', 'Pa_from_kPa', 350000, 350],
  ['eV_from_J', 'J_from_eV', 4.806529902e-20, 0.3],
  ['thickness_m_from_areal_charge', 'areal_charge_C_per_m2_from_thickness', 36000, 4.85047819929e-6],
  ['mol_per_m2_from_areal_charge', 'areal_charge_C_per_m2_from_mol_per_m2', 96485.33212, 1],
] as const;

test.each(PAIRS)('%s and %s are each other’s inverse', (there, back, from, to) => {
  expect(conversions[there](from) / to).toBeCloseTo(1, 10);
  expect(conversions[back](to) / from).toBeCloseTo(1, 10);
});
