// By which law each part of a loss or an overpotential is computed, in the words of docs/models.md; numbers with E are those of its laws.

const LOSSES: Readonly<Record<string, string>> = {
  'interphase on fresh lithium': 'q·[(1 − e^(−h/0.1 µm)) + 4h/d]·(1 − ρ): fresh lithium is covered (E6)',
  'repair of cracks': 'q·f_cr·A: film that cracked is made anew (E6)',
  'first film': 'charge of the first film on the bare collector',
  'corrosion on bare metal': 'Q_galvanic: lithium corrodes beside bare copper (E6)',
  'dead lithium': 'Q·(4ξ/d)·χ: lithium that stripping leaves without contact (E6)',
  'growth of the interphase': 'growth of the film by its own law, what all booked causes leave (E5)',
  'left on the electrode': 'lithium in contact at the end of the cycle less that at its start',
};

const OVERPOTENTIALS: Readonly<Record<string, string>> = {
  electrolyte: 'i·L/κ_eff through separator and electrolyte (E3)',
  interphase: 'i·Σ L_k/σ_k over the films, per real area (E4)',
  'charge transfer': 'the η at which the law of charge transfer gives the current (E1, E2)',
  concentration: 'potential of the salt’s gradient (E3)',
};

/** The equation behind a row of the bars, by its label such as `dead lithium, working`. */
export function equationOfCause(label: string): string {
  if (label === 'all others') return 'the sum of all parts below half a percent';
  const [, law] = Object.entries({ ...LOSSES, ...OVERPOTENTIALS }).find(([cause]) => label.startsWith(cause)) ?? [];
  return `${law ?? 'what the run books under this name'}; docs/models.md`;
}
