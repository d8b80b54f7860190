// From the name that a cell file gives to the law itself.

import { type ScalarFunctionChoice, scalarFunction } from '../insertion/scalar-function.ts';
import { capiglia1999, ecDecLundgren, nyman2008, valoen2005 } from './carbonate-laws.ts';
import { landesfeind2019 } from './landesfeind2019.ts';
import {
  constantLaw,
  functionsLaw,
  type TransportLaw,
  type TransportReplacements,
  withReplacements,
} from './transport-law.ts';

export type TransportLawName =
  | 'landesfeind2019-ec-emc'
  | 'landesfeind2019-ec-dmc'
  | 'ec-dec-lundgren'
  | 'nyman2008'
  | 'valoen2005'
  | 'capiglia1999'
  | 'constant'
  | 'functions';

/** An electrolyte's choice of law, with replacements of single properties; the shape of a cell's electrolyte. */
export interface TransportChoice extends TransportReplacements {
  readonly law: TransportLawName;
  /** κ(c) and D(c), c in mol/m3, for the law `functions`. */
  readonly conductivityLaw?: ScalarFunctionChoice | undefined;
  readonly diffusivityLaw?: ScalarFunctionChoice | undefined;
}

/**
 * The law of an electrolyte. `constant` needs all four numbers; `functions` needs, for κ and D each, a function or a number,
 * and t+; its thermodynamic factor is 1 unless given.
 */
export function transportLaw(choice: TransportChoice): TransportLaw {
  switch (choice.law) {
    case 'landesfeind2019-ec-emc':
      return withReplacements(landesfeind2019('ec-emc'), choice);
    case 'landesfeind2019-ec-dmc':
      return withReplacements(landesfeind2019('ec-dmc'), choice);
    case 'ec-dec-lundgren':
      return withReplacements(ecDecLundgren(), choice);
    case 'nyman2008':
      return withReplacements(nyman2008(), choice);
    case 'valoen2005':
      return withReplacements(valoen2005(), choice);
    case 'capiglia1999':
      return withReplacements(capiglia1999(), choice);
    case 'constant':
      return constantLaw({
        ...choice,
        conductivity_S_per_m: needed(choice.conductivity_S_per_m, 'conductivity_S_per_m'),
        diffusivity_m2_per_s: needed(choice.diffusivity_m2_per_s, 'diffusivity_m2_per_s'),
        transferenceNumber: needed(choice.transferenceNumber, 'transferenceNumber'),
        thermodynamicFactor: needed(choice.thermodynamicFactor, 'thermodynamicFactor'),
      });
    case 'functions':
      return functionsLaw({
        conductivity: functionOrNumber(choice.conductivityLaw, choice.conductivity_S_per_m, 'conductivityLaw'),
        diffusivity: functionOrNumber(choice.diffusivityLaw, choice.diffusivity_m2_per_s, 'diffusivityLaw'),
        transferenceNumber: needed(choice.transferenceNumber, 'transferenceNumber'),
        thermodynamicFactor: choice.thermodynamicFactor ?? 1,
        conductivityActivationEnergy_J_per_mol: choice.conductivityActivationEnergy_J_per_mol,
        diffusivityActivationEnergy_J_per_mol: choice.diffusivityActivationEnergy_J_per_mol,
      });
  }
}

function functionOrNumber(law: ScalarFunctionChoice | undefined, value: number | undefined, field: string) {
  return scalarFunction(law ?? { kind: 'constant', value: needed(value, field) });
}

/** A cell that has been checked carries what its law needs; a gap here is a mistake of the program. */
function needed(value: number | undefined, field: string): number {
  if (value === undefined)
    throw new Error(`The electrolyte's law needs ${field}, which its cell should have supplied.`);
  return value;
}
