// The interface as a cell: a symmetric one, lithium on either side of the same electrolyte, that can be run.

import { SOLID_INTERFACES } from '../materials/index.ts';
import { INTERFACE_DEFAULTS, type InterfaceOptions, readInterface } from './interface.ts';
import { interfaceOutcome } from './interface-model.ts';

const CYCLES = 20;

/**
 * A cell file with the interface on both sides, cycled at the current that was asked for, or at half of what is safe.
 *
 * @throws InputError as `solidInterface` does.
 */
export function interfaceCellFile(options: InterfaceOptions): Readonly<Record<string, unknown>> {
  const { parts } = readInterface(options);
  const { electrolyte, interlayer, film_m, contact: given, pressure_Pa, temperature_K } = parts;
  const { contact, safe_A_per_m2 } = interfaceOutcome(parts, () => 0.5);
  const current_A_per_m2 = options.current_A_per_m2 ?? Number((safe_A_per_m2 / 2).toPrecision(2));
  const capacity_C_per_m2 = options.capacity_C_per_m2 ?? INTERFACE_DEFAULTS.capacity_C_per_m2;
  const { carbonate } = SOLID_INTERFACES;
  // A file tells a surface by name; of an angle or a share that was given, the share is what it can hold.
  const isComputed = given === null && options.angle_rad === undefined;
  const film = {
    name: 'lithium carbonate',
    thickness: film_m,
    conductivity: carbonate.conductivity.value,
    activationEnergy: carbonate.activationEnergy.value,
    growth: { kind: 'none' },
  };
  const face = {
    kind: 'lithium',
    thickness: '250 µm',
    ...(interlayer === null ? {} : { interlayer: interlayer.id }),
    ...(isComputed ? {} : { contact: { fraction: contact } }),
    ...(film_m > 0 ? { interphase: [{ material: 'native' }, film] } : {}),
  };
  const named = options.electrolyte.trim();
  const layers = ['Li', ...(interlayer === null ? [] : [interlayer.name]), named];
  const current = `${Number((current_A_per_m2 / 10).toPrecision(6))} mA/cm2`;
  const minutes = `${Number((capacity_C_per_m2 / current_A_per_m2 / 60).toPrecision(6))} minutes`;
  return {
    limetal: 1,
    name: [...layers, ...layers.slice(0, -1).reverse()].join('|'),
    notes: ['A symmetric cell with the interface that was asked for on both sides.'],
    temperature: temperature_K,
    area: '1 cm2',
    working: face,
    counter: face,
    electrolyte: { solid: electrolyte.id, name: named },
    pressure: pressure_Pa,
    voltageLimits: ['-2 V', '2 V'],
    protocol: [`Plate at ${current} for ${minutes}`, `Strip at ${current} for ${minutes}`, `repeat ${CYCLES}`],
  };
}
