import { describe, expect, test } from 'vitest';
import { literatureRows, quantitiesOf, rowById } from '../literature/index.ts';
import { COATINGS, HOSTS, parseElectrolyte } from '../materials/index.ts';
import { InputError } from '../units/index.ts';
import { builtInCell, builtInCells, builtInFile } from './built-in.ts';
import type { MetalElectrode } from './cell.ts';
import { cellWarnings } from './cell-warnings.ts';
import { systemCell } from './system-cell.ts';

interface SystemFile {
  readonly area: string;
  readonly electrolyte: string;
  readonly protocol: readonly string[];
  readonly working: Readonly<Record<string, unknown>>;
  readonly counter: Readonly<Record<string, unknown>>;
  readonly assumptions: readonly { readonly path: string; readonly value: number }[];
}

const systems = builtInCells().filter(({ id }) => rowById(id) !== undefined);
const fileOf = (id: string) => builtInFile(id) as SystemFile;

describe('systems of the literature tables', () => {
  test('each row has one, and no other cell calls itself a row', () => {
    const rows = literatureRows();
    expect(systems.map(({ id }) => id).sort()).toEqual(rows.map(({ id }) => id).sort());
    expect(builtInCells().filter(({ id }) => /^[ab]\d-/u.test(id))).toHaveLength(67);
    expect(new Set(systems.map(({ group }) => group)).size).toBe(4);
  });

  test.each(systems.map(({ id }) => id))('%s takes every number of its strategy from the materials', (id) => {
    const { working, counter, assumptions, area } = fileOf(id);
    for (const electrode of [working, counter]) {
      const { kind, material, thickness, capacity, ...strategy } = electrode;
      expect(['string', 'undefined']).toContain(typeof thickness);
      for (const name of Object.values(strategy)) expect(typeof name).toBe('string');
    }
    // Neither area nor foil is printed: they are the same assumptions for all.
    expect(area).toBe('1.77 cm2');
    expect(assumptions[0]).toMatchObject({ path: 'area', tag: 'prior', range: [1.5e-4, 2e-4] });
    const ofElectrodes = assumptions.slice(1).filter(({ path }) => !path.startsWith('electrolyte.'));
    expect(ofElectrodes.map(({ path, value }) => [path, value])).toEqual(
      Object.entries({ working, counter })
        .filter(([, { thickness }]) => thickness !== undefined)
        .map(([side]) => [`${side}.thickness`, 500e-6]),
    );
  });

  test.each(systems.filter(({ id }) => id.startsWith('a1')).map(({ id }) => id))(
    '%s is cycled as its row prints, in the electrolyte that its row prints',
    (id) => {
      const row = rowById(id)!;
      const { conditions } = quantitiesOf(row, 'coulombic-efficiency')[0]!;
      const [plate, strip, repeat] = fileOf(id).protocol;
      const j = conditions?.currentDensity_mA_per_cm2;
      if (j !== undefined) {
        expect(plate).toMatch(new RegExp(`^Plate at ${j} mA/cm2 for`, 'u'));
        expect(strip).toBe(`Strip at ${j} mA/cm2 until 1 V`);
      }
      const capacity = /for (\S+) mAh\/cm2$/u.exec(plate!)![1];
      const [printed] = quantitiesOf(row, 'areal-capacity');
      if (printed?.value_max !== undefined) {
        expect(Number(capacity)).toBeGreaterThanOrEqual(printed.value);
        expect(Number(capacity)).toBeLessThanOrEqual(printed.value_max);
      } else if (printed !== undefined) {
        expect(Number(capacity)).toBe(printed.value);
      }
      if (conditions?.cycles !== undefined) expect(repeat).toBe(`repeat ${conditions.cycles}`);
      // Spelt for the reader of names; the same substances in the same amounts.
      const [own, reviewed] = [fileOf(id).electrolyte, row.electrolyte!.normalised].map((text) =>
        parseElectrolyte(text).components.map(
          ({ chemical, concentration_mol_per_m3 }) => `${chemical.id} ${concentration_mol_per_m3.toPrecision(4)}`,
        ),
      );
      expect(own).toEqual(reviewed);
    },
  );

  test.each([...COATINGS, ...HOSTS].flatMap(({ id, rows }) => rows.map((row) => [id, row] as const)))(
    '%s of the materials is in %s',
    (material, row) => {
      if (row.startsWith('b3')) return;
      const { working, counter } = fileOf(row);
      const tested = working.kind === 'cathode' ? counter : working;
      expect([tested.coating, tested.host, ...ALSO_IN_ROW(row)]).toContain(material);
    },
  );

  test('are listed with a sentence each, and each warning on them is one too', () => {
    for (const { id, summary } of systems) {
      expect(summary).toMatch(/\.$/u);
      for (const warning of cellWarnings(builtInCell(id))) expect(warning).toMatch(/\.$/u);
    }
  });
});

/** The review names boron nitride and graphene in one breath; the cell has the first. */
const ALSO_IN_ROW = (row: string): readonly string[] => (row === 'a1-16' ? ['graphene-film'] : []);

describe('the same system in the cell that a measurement needs', () => {
  test('its own kind is the built-in cell', () => {
    expect(systemCell('a1-19', 'Li|Cu')).toEqual(builtInCell('a1-19'));
  });

  test('copper under a coating becomes lithium under it, on both sides', () => {
    const { kind, working, counter, ageing, protocol, assumptions, id } = systemCell('a1-19', 'Li|Li');
    expect({ kind, protocol, id }).toEqual({ kind: 'Li|Li', protocol: null, id: 'a1-19-li-li' });
    expect((working as MetalElectrode).lithiumThickness_m).toBe(500e-6);
    expect(ageing!.working!.coating).toEqual(builtInCell('a1-19').ageing!.working!.coating);
    expect(ageing!.counter.coating).toEqual(ageing!.working!.coating);
    expect(counter).toEqual(working);
    expect(assumptions.map(({ path }) => path)).toContain('area');
    // The foil of the row's own cell is not that of this one.
    expect(assumptions.map(({ path }) => path)).not.toContain('counter.thickness');
  });

  test('lithium in a host becomes copper under an empty one', () => {
    const cell = systemCell('b2-50', 'Li|Cu');
    expect(cell.working).toMatchObject({ kind: 'collector', material: 'Cu', lithiumThickness_m: 0 });
    expect(cell.ageing!.working!.host!.name).toBe('Si-carbon');
    expect(cell.ageing!.counter.host).toBeNull();
    // The other way round 80 % of the host is full: 90 µm of pores.
    expect((systemCell('b2-50', 'Li|Li').working as MetalElectrode).lithiumThickness_m).toBeCloseTo(72e-6, 12);
  });

  test('a cathode is not made up', () => {
    expect(systemCell('b1-38', 'Li|Li').ageing!.counter.coating!.layers).toHaveLength(2);
    expect(() => systemCell('a1-19', 'Li|cathode')).toThrow(InputError);
  });
});
