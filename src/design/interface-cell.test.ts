// One interface asked for by itself, and the same as the face of a cell: two doors to one law.

import { describe, expect, test } from 'vitest';
import { parseCell, parseProtocol } from '../cells/index.ts';
import { SOLID_INTERFACES } from '../materials/index.ts';
import { simulate } from '../simulation/index.ts';
import { solidInterface } from './interface.ts';

const MOMENT = parseProtocol(['Rest for 1 ms']);

function faceOf(electrolyte: string, interlayer: string | undefined, pressure_Pa: number) {
  const lithium = { kind: 'lithium', thickness: '100 µm', ...(interlayer === undefined ? {} : { interlayer }) };
  const cell = parseCell({
    limetal: 1,
    name: 'face',
    area: '1 cm2',
    working: lithium,
    counter: lithium,
    electrolyte,
    pressure: pressure_Pa,
  });
  return simulate(cell, MOMENT, { model: 'fast' }).cycles[0]!.solid!;
}

describe('the face of a cell is the interface that `limetal interface` tells', () => {
  const electrolytes = SOLID_INTERFACES.electrolytes.map(({ id }) => id);
  test.each([
    ...electrolytes.map((id) => [id, undefined, 1e6] as const),
    ...electrolytes.map((id) => [id, 'gel', 1e6] as const),
    ['LLZO', 'ZnO', 1e6] as const,
    ['Li7P3S11', 'LiF', 1e6] as const,
    ['Li6PS5Cl', undefined, 5e6] as const,
    ['heat-treated LLZO', undefined, 3e5] as const,
  ])('%s with %s at %d Pa', (electrolyte, interlayer, pressure_Pa) => {
    const asked = solidInterface({
      electrolyte,
      pressure_Pa,
      samples: 10,
      ...(interlayer === undefined ? {} : { interlayer }),
    });
    const { contact_fraction, resistance_ohm_cm2, critical_current_mA_per_cm2 } = faceOf(
      electrolyte,
      interlayer,
      pressure_Pa,
    );
    expect(contact_fraction.counter / asked.contact.value).toBeCloseTo(1, 6);
    expect(resistance_ohm_cm2.counter / (1e4 * asked.resistance_ohm_m2.total.value)).toBeCloseTo(1, 3);
    const plating = asked.bounds.find(({ criterion }) => criterion === 'plating')?.current_A_per_m2.value;
    if (plating === undefined) expect(critical_current_mA_per_cm2).toBeNull();
    else expect((10 * critical_current_mA_per_cm2!.counter) / plating).toBeCloseTo(1, 3);
  });
});
