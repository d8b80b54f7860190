// Numbers as a person at the bench writes them.

import { mA_from_A, mA_per_cm2_from_A_per_m2, mAh_from_C, mAh_per_cm2_from_C_per_m2 } from '../../units/index.ts';

const short = (value: number, digits = 3): string => `${Number(value.toPrecision(digits))}`;

/** Per cent, with digits as the error asks for, or two behind the point. */
export function percentWords(share: number, error: number | null = null): string {
  const digits = error === null || !(error > 0) ? 2 : Math.min(5, Math.max(1, Math.ceil(-Math.log10(100 * error)) + 1));
  return `${(100 * share).toFixed(digits)} %`;
}

/** mA/cm² where the area is known, else mA. */
export const currentWords = (current_A: number, area_m2: number | null): string =>
  area_m2 === null
    ? `${short(mA_from_A(current_A))} mA`
    : `${short(mA_per_cm2_from_A_per_m2(current_A / area_m2))} mA/cm²`;

/** mAh/cm² where the area is known, else mAh. */
export const chargeWords = (charge_C: number, area_m2: number | null): string =>
  area_m2 === null
    ? `${short(mAh_from_C(charge_C))} mAh`
    : `${short(mAh_per_cm2_from_C_per_m2(charge_C / area_m2))} mAh/cm²`;

export const milliVolts = (voltage_V: number): string => `${short(1e3 * voltage_V)} mV`;

export const volts = (voltage_V: number): string => `${short(voltage_V)} V`;

export function durationWords(duration_s: number): string {
  if (duration_s < 120) return `${short(duration_s)} s`;
  if (duration_s < 7200) return `${short(duration_s / 60)} min`;
  return `${short(duration_s / 3600)} h`;
}

export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`;
