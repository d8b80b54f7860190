// Currents at which lithium was reported to pierce a solid electrolyte or to lose contact with it, as far as it is said under which
// pressure or behind which resistance: points for a map. Everything is read from the library and the reviews' claims and rows.

import { claims, literatureRows, type Quantity, quantitiesOf, quantityInSI } from '../literature/index.ts';
import { LIBRARY, type PropertyTag } from '../materials/index.ts';
import { tryParseQuantity } from '../units/index.ts';

export interface CriticalCurrentReport {
  readonly name: string;
  readonly current_A_per_m2: number;
  /** 'critical': failure was met there; 'at least': the current, or the cycling, was borne. */
  readonly bound: 'critical' | 'at least';
  /** Null where it is not said. */
  readonly pressure_Pa: number | null;
  readonly resistance_ohm_m2: number | null;
  readonly tag: PropertyTag | 'reported';
  readonly source: string;
}

/** Of a printed number in SI; null where its unit says too little. */
const inSI = (quantity: Quantity | undefined): number | null =>
  quantity === undefined ? null : (quantityInSI(quantity)?.value_SI ?? null);

const withInterlayer = (quantities: readonly Quantity[]): number | null =>
  inSI(
    quantities.find(({ kind, means }) => kind === 'interfacial-resistance' && means === 'resistance-with-interlayer'),
  );

/** Reports with a pressure or a resistance; without either there is no place on a map. */
export function criticalCurrentReports(): readonly CriticalCurrentReport[] {
  return [...fromLibrary(), ...fromClaims(), ...fromRows()];
}

/** "under 7 MPa" among the conditions of a critical current of stripping. */
function fromLibrary(): CriticalCurrentReport[] {
  return LIBRARY.flatMap(({ name, properties }) =>
    properties.flatMap((property): CriticalCurrentReport[] => {
      if (property.quantity !== 'critical stripping current density' || 'statement' in property) return [];
      const [, text] = /under (\S+ \S*Pa)\b/u.exec(property.conditions ?? '') ?? [];
      const pressure = text === undefined ? null : tryParseQuantity(text, 'pressure');
      if (pressure === null || !pressure.ok || property.value === null) return [];
      return [
        {
          name: `${name}, stripping`,
          current_A_per_m2: property.value,
          bound: 'critical',
          pressure_Pa: pressure.value_SI,
          resistance_ohm_m2: null,
          tag: property.tag,
          source: property.source,
        },
      ];
    }),
  );
}

function fromClaims(): CriticalCurrentReport[] {
  return claims().flatMap(({ id, subject, quantities, section }): CriticalCurrentReport[] => {
    const critical = quantities.find(({ kind }) => kind === 'critical-current-density');
    const [current, resistance] = [inSI(critical), withInterlayer(quantities)];
    if (critical === undefined || current === null || resistance === null) return [];
    return [
      {
        name: subject,
        current_A_per_m2: current,
        bound: critical.bound === 'greater-than' ? 'at least' : 'critical',
        pressure_Pa: null,
        resistance_ohm_m2: resistance,
        tag: 'reported',
        source: `claim ${id} of the review, "${section}": ${critical.printed}`,
      },
    ];
  });
}

/** Rows of solid electrolytes whose resistance and whose current of a symmetric cell are both printed. */
function fromRows(): CriticalCurrentReport[] {
  return literatureRows().flatMap((row): CriticalCurrentReport[] => {
    const resistance = withInterlayer(quantitiesOf(row, 'interfacial-resistance'));
    const borne = quantitiesOf(row, 'polarisation').find(
      ({ conditions }) => conditions?.currentDensity_mA_per_cm2 !== undefined,
    );
    const current_mA_per_cm2 = borne?.conditions?.currentDensity_mA_per_cm2;
    if (resistance === null || current_mA_per_cm2 === undefined) return [];
    return [
      {
        name: row.method ?? row.id,
        current_A_per_m2: 10 * current_mA_per_cm2,
        bound: 'at least',
        pressure_Pa: null,
        resistance_ohm_m2: resistance,
        tag: 'reported',
        source: `row ${row.id} of the review's table: ${borne!.printed}`,
      },
    ];
  });
}
