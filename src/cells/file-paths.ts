// Where a number of a cell stands in its file. The two differ in few places: units are part of a member's name and of a file's
// value, a law's constants stand beside its name, and ageing is told at the electrodes and the electrolyte.

/** Members of ageing that the file calls otherwise, by the key of the file. */
export const AGEING_MEMBERS: Readonly<Record<string, string>> = {
  encapsulated: 'encapsulatedFraction',
  modulus: 'youngsModulus_Pa',
  pinholes: 'pinholeFraction',
  recoveredDead: 'recoveredDeadFraction',
  renewed: 'renewedPerCycle',
  reusedShells: 'reusedShellFraction',
  shellFailure: 'shellFailurePerCycle',
  toughness: 'fractureToughness_Pa_sqrt_m',
  unrepaired: 'unrepairedFraction',
};

/** Keys of the file by the member's name without its unit. */
const KEYS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Object.entries(AGEING_MEMBERS).map(([key, member]) => [withoutUnit(member), key])),
  wavelength_min: 'wavelength',
};

const WHOLE_PATHS: Readonly<Record<string, string>> = {
  'ageing.pressure': 'pressure',
  'solid.pressure': 'pressure',
  'solid.material': 'electrolyte.solid',
  electrolyteVolume: 'amount',
  voltage_min: 'voltageLimits[0]',
  voltage_max: 'voltageLimits[1]',
  'mesh.separatorNodes': 'mesh.separator',
  'mesh.cathodeNodes': 'mesh.cathode',
  'mesh.particleNodes': 'mesh.particle',
};

/**
 * The path in the cell file of a member of a cell, its words without units: `ageing.counter.plating.depositSize` is
 * `counter.plating.depositSize`. `solid`: of a cell with a solid electrolyte. Layers of an interphase that the file tells once for both sides keep their side here.
 */
export function filePathOf(memberPath: string, { solid = false }: { readonly solid?: boolean } = {}): string {
  // A solid electrolyte stands where the separator would.
  if (solid && memberPath === 'separator.thickness') return 'electrolyte.thickness';
  const whole = WHOLE_PATHS[memberPath];
  if (whole !== undefined) return whole;
  const placed = memberPath
    .replace(/^ageing\.(?=counter\.|working\.)/u, '')
    .replace(/^ageing\.(?=additives\b)/u, 'electrolyte.')
    .replace(/^solid\.(?=counter\.|working\.)/u, '')
    .replace(/^solid\./u, 'electrolyte.')
    .replace(/^(counter|working)\.lithiumThickness$/u, '$1.thickness')
    .replace('.law.', '.');
  return /\b(?:ageing|coating|host|galvanic)\b/u.test(placed)
    ? placed
        .split('.')
        .map((word) => KEYS[word] ?? word)
        .join('.')
    : placed;
}

function withoutUnit(member: string): string {
  return member.split('_')[0]!;
}
