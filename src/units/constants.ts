// Physical constants of the whole program. CODATA 2018 where exact; lithium's from the sources named.

/** Faraday constant, C/mol (CODATA 2018, exact). */
export const F = 96485.33212;
/** Gas constant, J/(mol K) (CODATA 2018, exact). */
export const R = 8.314462618;
/** Zero of the Celsius scale, K. */
export const ZERO_CELSIUS_K = 273.15;
/** Room temperature at which most properties are stated, K. */
export const ROOM_TEMPERATURE_K = 298.15;
/** Partial molar volume of lithium metal, m3/mol (PyBaMM Xu2019; M/density = 1.2998e-5). */
export const LITHIUM_MOLAR_VOLUME_m3_per_mol = 1.3e-5;
/** Molar mass of lithium, kg/mol (IUPAC 2021, conventional 6.94 g/mol). */
export const LITHIUM_MOLAR_MASS_kg_per_mol = 6.94e-3;
