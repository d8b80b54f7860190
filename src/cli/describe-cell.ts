// A cell in a line: what lies on what, from the counter electrode to the working electrode.

import type { Cell, MetalElectrode, SideAgeing, SolidSide } from '../cells/index.ts';
import {
  areal_charge_C_per_m2_from_thickness,
  celsius_from_kelvin,
  cm2_from_m2,
  formatQuantity,
  mAh_from_C,
  nm_from_m,
  uL_from_m3,
  um_from_m,
} from '../units/index.ts';
import { significant } from './numbers.ts';

/** Thickness in the unit that suits it. */
export function thickness(metres: number): string {
  return metres < 1e-6 ? `${significant(nm_from_m(metres))} nm` : `${significant(um_from_m(metres))} µm`;
}

const isNamed = (material: string): boolean => material !== '' && !/^(none|li|lithium)$/i.test(material);

function metal(
  { lithiumThickness_m, material, interphase }: MetalElectrode,
  ageing: SideAgeing | null,
  solid: SolidSide | null = null,
): string {
  const bare = lithiumThickness_m === 0;
  const body = bare
    ? `bare ${isNamed(material) ? material : 'collector'}`
    : `Li ${thickness(lithiumThickness_m)}${isNamed(material) ? ` on ${material}` : ''}`;
  const host = ageing?.host ? [`host ${ageing.host.name} ${thickness(ageing.host.thickness_m)}`] : [];
  const layers = interphase
    .filter((layer) => layer.thickness_m > 0)
    .map((layer) => `${layer.name} ${thickness(layer.thickness_m)}`);
  const coating = (ageing?.coating?.layers ?? []).map(
    (layer) => `coating ${layer.name} ${thickness(layer.thickness_m)}`,
  );
  const interlayers = (solid?.interlayer ?? []).map(
    (layer) => `interlayer ${layer.name} ${thickness(layer.thickness_m)}`,
  );
  return [body, ...host, ...layers, ...coating, ...interlayers].join(' + ');
}

function working({ working: side, ageing, solid }: Cell): string {
  if (side.kind === 'cathode') return `${side.material} ${thickness(side.thickness_m)}`;
  return metal(side, ageing?.working ?? null, solid?.working);
}

/** `Li 250 µm + SEI 20 nm | separator 25 µm, 1 M LiPF6 in EC:EMC | bare Cu`. */
export function stackLine(cell: Cell): string {
  const between = cell.solid
    ? `${cell.electrolyte.name} ${thickness(cell.separator.thickness_m)}`
    : `separator ${thickness(cell.separator.thickness_m)}, ${cell.electrolyte.name}`;
  return [metal(cell.counter, cell.ageing?.counter ?? null, cell.solid?.counter), between, working(cell)].join(' | ');
}

/** Area, temperature and amount of electrolyte; of a cell with a cathode also what lithium and electrolyte it has to spare. */
export function conditionsLine(cell: Cell): string {
  const parts = [
    `${significant(cm2_from_m2(cell.area_m2))} cm²`,
    `${significant(celsius_from_kelvin(cell.temperature_K), 4)} °C`,
    cell.solid
      ? formatQuantity(cell.solid.pressure_Pa, 'MPa', 3)
      : `${significant(uL_from_m3(cell.electrolyteVolume_m3))} µL electrolyte`,
  ];
  if (cell.nominalCapacity_C !== null)
    parts.push(`nominal capacity ${significant(mAh_from_C(cell.nominalCapacity_C))} mAh`);
  if (cell.working.kind === 'cathode' && cell.nominalCapacity_C !== null) {
    const lithium_C = areal_charge_C_per_m2_from_thickness(cell.counter.lithiumThickness_m) * cell.area_m2;
    parts.push(`N/P ${significant(lithium_C / cell.nominalCapacity_C)}`);
    // µL per mAh is mL per Ah.
    if (!cell.solid)
      parts.push(
        `E/C ${significant(uL_from_m3(cell.electrolyteVolume_m3) / mAh_from_C(cell.nominalCapacity_C))} mL/Ah`,
      );
  }
  return parts.join(', ');
}
