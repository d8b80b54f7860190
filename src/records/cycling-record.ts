// One kind of record for computed and measured cycling: equal-length columns in SI, cycle and step numbers, provenance.

/** Where a record or a figure of it came from. */
export interface Provenance {
  readonly kind: 'simulated' | 'measured';
  /** Cell id or file name. */
  readonly origin: string;
  /** Program and version that made it, such as `limetal 0.1.0`. */
  readonly program: string;
  readonly notes: readonly string[];
}

/** Rows in time order. Current positive oxidises the working electrode. */
export interface CyclingRecord {
  readonly time_s: Float64Array;
  readonly current_A: Float64Array;
  readonly voltage_V: Float64Array;
  readonly temperature_K: Float64Array;
  /** From 1. */
  readonly cycle: Int32Array;
  /** Index of the protocol step within its cycle, from 1. */
  readonly step: Int32Array;
  /** Further columns of the same length, names ending in their unit (`counter_lithium_thickness_m`). */
  readonly extra: Readonly<Record<string, Float64Array>>;
  /** Geometric electrode area; null where unknown. */
  readonly area_m2: number | null;
  readonly provenance: Provenance;
}
