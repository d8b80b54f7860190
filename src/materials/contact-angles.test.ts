import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import contactAngleFile from './contact-angles.json' with { type: 'json' };
import contactAngleJsonSchema from './contact-angles.schema.json' with { type: 'json' };
import {
  CONTACT_ANGLES,
  ELECTROLYTES,
  LIBRARY,
  LITHIUM_REACTIONS,
  nameKey,
  namesOf,
  readSurfaceName,
  surfaceNames,
  WETTED_SURFACES,
} from './index.ts';
import { contactAngleFileSchema, dataFileSchemas } from './schemas.ts';

const STATES = WETTED_SURFACES.flatMap((surface) =>
  surface.states.map((state) => ({ surface, state, at: `${surface.id}, ${state.state}` })),
);
const degrees = (angle_rad: number): number => (angle_rad * 180) / Math.PI;

describe('the contact angles', () => {
  test('hold to their schema, and the JSON Schema is up to date', () => {
    expect(contactAngleFileSchema.safeParse(contactAngleFile).error?.issues).toBeUndefined();
    expect(contactAngleJsonSchema).toEqual(dataFileSchemas()['contact-angles']);
  });

  test('every angle lies in its range, between 0 and 180°, and is the one that is printed', () => {
    expect(STATES.length).toBeGreaterThan(40);
    for (const { state, at } of STATES) {
      const { value, range, printed, temperatureRange_K } = state.angle;
      expect(0 <= range[0] && range[0] <= value && value <= range[1] && range[1] <= Math.PI, at).toBe(true);
      expect(degrees(value), at).toBeCloseTo(Number(printed.replace('°', '')), 3);
      expect(temperatureRange_K[0] >= 453.65 && temperatureRange_K[0] < temperatureRange_K[1], at).toBe(true);
    }
  });

  test('what is measured or published says where, what is remembered or chosen says so', () => {
    for (const { state, at } of STATES) {
      const { tag, source } = state.angle;
      if (tag === 'measured' || tag === 'published') expect(source, at).toMatch(/10\.\d{4,}\/|\d{4}, \d+th/u);
      if (tag === 'memory') expect(source, at).toContain('from memory');
      if (tag === 'prior') expect(source, at).toContain('prior');
    }
  });

  test('a reaction has its energy: a plateau, or an entry among the reactions', () => {
    const known = new Set(LITHIUM_REACTIONS.map(({ reaction }) => reaction));
    for (const { state, at } of STATES) {
      if (state.reaction === null || state.reaction.plateau !== null) continue;
      expect(known, at).toContain(state.reaction.equation);
      const [, lithium] = /\+ ([\d.]*) ?Li ->/u.exec(state.reaction.equation)!;
      expect(state.reaction.lithiumPerFormula, at).toBe(lithium === '' ? 1 : Number(lithium));
    }
  });

  test('names lead to one surface only, and words of a state to one state only', () => {
    const keys = WETTED_SURFACES.flatMap((surface) => [...new Set(namesOf(surface).map(nameKey))]);
    expect(keys.filter((key, k) => keys.indexOf(key) !== k)).toEqual([]);
    for (const { id, states } of WETTED_SURFACES) {
      const words = states.flatMap((state) => state.words);
      expect(
        words.filter((word, k) => words.indexOf(word) !== k),
        id,
      ).toEqual([]);
    }
  });

  test('no angle of another liquid stands among those of molten lithium, and the library agrees with the file', () => {
    expect(CONTACT_ANGLES.electrolyteAngles.map(({ quantity }) => quantity)).toEqual([
      'contact angle of an electrolyte',
      'contact angle of water',
    ]);
    for (const { on, quantity, value } of CONTACT_ANGLES.electrolyteAngles) {
      const material = LIBRARY.find(({ id }) => id === on)!;
      expect(material.properties).toContainEqual(
        expect.objectContaining({ quantity, value: expect.closeTo(value, 5) }),
      );
      expect(WETTED_SURFACES.some(({ id }) => id === on)).toBe(false);
    }
    for (const { id, properties } of LIBRARY) {
      const surface = WETTED_SURFACES.find((one) => one.id === id);
      for (const fact of properties) {
        if (surface === undefined || fact.quantity !== 'contact angle of molten lithium' || !('value' in fact))
          continue;
        const covers = surface.states.some(
          ({ angle }) => fact.value! >= angle.range[0] - 0.01 && fact.value! <= angle.range[1] + 0.01,
        );
        expect(covers, `${id}: ${degrees(fact.value!)}°`).toBe(true);
      }
    }
  });

  test('every family of electrolytes has a tension, all below a tenth of that of molten lithium', () => {
    for (const { family } of ELECTROLYTES) {
      expect(CONTACT_ANGLES.electrolytes.filter((one) => one.family === family)).toHaveLength(1);
    }
    for (const { surfaceTension } of CONTACT_ANGLES.electrolytes)
      expect(surfaceTension.range![1]).toBeLessThan(0.045 + 1e-9);
  });
});

describe('names of surfaces', () => {
  const read = (text: string): string => {
    const reading = readSurfaceName(text);
    return 'name' in reading ? reading.name.canonical : reading.issues.map(({ hint }) => hint ?? '?').join(' | ');
  };

  test.each([
    ['ZnO on carbon', 'zinc oxide on carbon, bare'],
    ['zno coated carbon cloth', 'zinc oxide on carbon, bare'],
    ['ZnO-coated carbon fibres', 'zinc oxide on carbon, bare'],
    ['carbon coated with ZnO', 'zinc oxide on carbon, bare'],
    ['carbonised wood with ZnO layer', 'zinc oxide on carbon, bare'],
    ['ZnO/PI', 'zinc oxide on polyimide, bare'],
    ['CF/Ag', 'silver on carbon, bare'],
    ['oxidised copper', 'copper, as received'],
    ['Oxidized Cu foil', 'copper, as received'],
    ['clean Cu', 'copper, clean'],
    ['copper oxide', 'copper oxide grown on purpose'],
    ['LLZO with Li2CO3', 'lithium carbonate on garnet, polished in air'],
    ['Li2CO3 on LLZTO', 'lithium carbonate on garnet, polished in air'],
    ['LLZO polished in air', 'garnet, polished in air'],
    ['heat-treated LLZO pellet', 'garnet, cleaned'],
    ['heat treated garnet', 'garnet, cleaned'],
    ['rubbed LLZTO', 'garnet, rubbed'],
    ['Al on clean copper foam', 'aluminium on copper, clean'],
    ['sparked rGO', 'reduced graphene oxide, sparked'],
    ['Li-C on LLZO', 'garnet under a paste of lithium and carbon, paste'],
  ])('%s', (text, canonical) => {
    expect(read(text)).toBe(canonical);
  });

  test('a state that decides and is not said is told, one that is not known as well', () => {
    const remarks = (text: string): readonly string[] => {
      const reading = readSurfaceName(text);
      return 'name' in reading ? reading.name.remarks : [];
    };
    expect(remarks('copper').join()).toContain('140° as received is taken; 0° clean');
    expect(remarks('clean steel').join()).toContain('no angle is known for stainless steel that is clean');
    expect(remarks('clean copper')).toEqual([]);
    expect(remarks('ZnO on copper')).toEqual([]);
  });

  test('what is known for another quantity is refused with its name', () => {
    expect(read('Li-Sn-PTMEG')).toContain('contact angle of an electrolyte on it, 27°, which is another quantity');
    expect(read('N-doped graphene')).toContain('nucleation overpotential of 22 mV, which is another quantity');
    expect(read('lithium foil')).toContain('lithium is the liquid here');
    expect(read('coper')).toBe('did you mean copper?');
    expect(read('unobtainium on quux')).toMatch(/^known are Cu, CuO.+ \| known are Cu/);
    expect(read('1 M LiPF6 in EC/DMC')).toMatch(
      /^an electrolyte is a liquid.+another quantity: ask with --electrolyte$/,
    );
    expect(read('')).toBe('?');
    expect(read('x'.repeat(1e5))).toBe('?');
  });

  test('whatever is typed is read or refused, and never throws', () => {
    const pieces = fc.constantFrom(
      'Cu',
      'ZnO',
      ' on ',
      ' with ',
      '/',
      '-coated ',
      'clean ',
      'oxide',
      '(',
      ')',
      '[',
      '\\',
      '+',
      'Li2CO3',
      ' ',
      'é',
      '°',
    );
    const odd = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(odd, (text) => {
        const reading = readSurfaceName(text);
        if ('issues' in reading) expect(reading.issues.length).toBeGreaterThan(0);
        else expect(reading.name.canonical).not.toBe('');
      }),
      { numRuns: 500 },
    );
  });

  test('every name is found, also with the words of each of its states', () => {
    for (const name of surfaceNames()) expect('name' in readSurfaceName(name), name).toBe(true);
    for (const { surface, state } of STATES) {
      for (const word of state.words) {
        // "copper oxide" is a name of its own.
        if (surface.id === 'Cu' && word === 'oxide') continue;
        const reading = readSurfaceName(`${word} ${surface.name}`);
        expect('name' in reading && reading.name.state.state, `${word} ${surface.name}`).toBe(state.state);
      }
    }
  });
});
