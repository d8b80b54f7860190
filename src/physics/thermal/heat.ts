// The lumped heat balance of a cell, per geometric area.

/** Heat capacity and heat exchange of the stack per cell area. */
export interface LumpedThermal {
  readonly heatCapacity_J_per_m2_K: number;
  readonly heatTransfer_W_per_m2_K: number;
}

/** dT/dt = (q − h·(T − T_ambient))/C, K/s, with q the heat released inside, W/m2. */
export function lumpedHeating_K_per_s(
  { heatCapacity_J_per_m2_K, heatTransfer_W_per_m2_K }: LumpedThermal,
  heat_W_per_m2: number,
  T_K: number,
  ambient_K: number,
): number {
  return (heat_W_per_m2 - heatTransfer_W_per_m2_K * (T_K - ambient_K)) / heatCapacity_J_per_m2_K;
}

/** Temperature after t seconds of constant heat: T_end + (T0 − T_end)·e^{−ht/C}, T_end = T_ambient + q/h; h > 0. */
export function lumpedTemperature_K(
  thermal: LumpedThermal,
  heat_W_per_m2: number,
  T0_K: number,
  ambient_K: number,
  t_s: number,
): number {
  const end = ambient_K + heat_W_per_m2 / thermal.heatTransfer_W_per_m2_K;
  const decay = Math.exp((-thermal.heatTransfer_W_per_m2_K * t_s) / thermal.heatCapacity_J_per_m2_K);
  return end + (T0_K - end) * decay;
}

/**
 * Heat released by a cell, W/m2: j·(V − U) of the resistances, and T·j·dU/dT of the reaction's entropy. j > 0 oxidises the
 * working electrode, V and U are its voltage and open-circuit potential against the counter electrode, so charging (V > U)
 * and discharging both heat, and a negative dU/dT cools on charge (Bernardi 1985, 10.1149/1.2113792).
 */
export function cellHeat_W_per_m2(
  j_A_per_m2: number,
  voltage_V: number,
  openCircuit_V: number,
  T_K: number,
  entropicCoefficient_V_per_K: number,
): number {
  return j_A_per_m2 * (voltage_V - openCircuit_V + T_K * entropicCoefficient_V_per_K);
}
