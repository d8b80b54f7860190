// A cell in a line: what lies on what, from the counter electrode to the working electrode.

import type { Cell, MetalElectrode, PorousCathode } from '../cells/index.ts';
import { celsius_from_kelvin, cm2_from_m2, mAh_from_C, nm_from_m, uL_from_m3, um_from_m } from '../units/index.ts';
import { significant } from './numbers.ts';

/** Thickness in the unit that suits it. */
export function thickness(metres: number): string {
  return metres < 1e-6 ? `${significant(nm_from_m(metres))} nm` : `${significant(um_from_m(metres))} µm`;
}

const isNamed = (material: string): boolean => material !== '' && !/^(none|li|lithium)$/i.test(material);

function metal({ lithiumThickness_m, material, interphase }: MetalElectrode): string {
  const bare = lithiumThickness_m === 0;
  const body = bare
    ? `bare ${isNamed(material) ? material : 'collector'}`
    : `Li ${thickness(lithiumThickness_m)}${isNamed(material) ? ` on ${material}` : ''}`;
  const layers = interphase
    .filter((layer) => layer.thickness_m > 0)
    .map((layer) => `${layer.name} ${thickness(layer.thickness_m)}`);
  return layers.length === 0 ? body : `${body} + ${layers.join(' + ')}`;
}

function electrode(side: MetalElectrode | PorousCathode): string {
  return side.kind === 'cathode' ? `${side.material} ${thickness(side.thickness_m)}` : metal(side);
}

/** `Li 250 µm + SEI 20 nm | separator 25 µm, 1 M LiPF6 in EC:EMC | bare Cu`. */
export function stackLine(cell: Cell): string {
  const between = `separator ${thickness(cell.separator.thickness_m)}, ${cell.electrolyte.name}`;
  return [metal(cell.counter), between, electrode(cell.working)].join(' | ');
}

/** Area, temperature and amount of electrolyte. */
export function conditionsLine(cell: Cell): string {
  const parts = [
    `${significant(cm2_from_m2(cell.area_m2))} cm²`,
    `${significant(celsius_from_kelvin(cell.temperature_K), 4)} °C`,
    `${significant(uL_from_m3(cell.electrolyteVolume_m3))} µL electrolyte`,
  ];
  if (cell.nominalCapacity_C !== null)
    parts.push(`nominal capacity ${significant(mAh_from_C(cell.nominalCapacity_C))} mAh`);
  return parts.join(', ');
}
