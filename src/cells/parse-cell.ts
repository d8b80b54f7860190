// From a cell file to a `Cell`: every section is read by itself, so that one call tells every fault of the file, then the
// sections are joined, and what the file leaves open is supplied and listed in `assumptions` with its source.

import { ELECTROLYTES } from '../materials/index.ts';
import { InputError, nearestHint, tryParseQuantity } from '../units/index.ts';
import type { Ageing } from './ageing.ts';
import type { Cell, CellKind, MetalElectrode, PorousCathode } from './cell.ts';
import { CELL_FILE_VERSION, type CellFile, cellFileSchema, cellJsonSchema, type ElectrodeFile } from './cell-file.ts';
import { Draft, GENERAL } from './draft.ts';
import { cathodeCapacity_C_per_m2, readCathode, readMetal } from './electrodes.ts';
import { type ResolvedElectrolyte, readElectrolyte } from './electrolyte.ts';
import { densityOf } from './electrolyte-composition.ts';
import { issuesFromZod } from './faults.ts';
import { joinPath, type PlainJson, type PlainObject, plainJson, shown } from './plain-json.ts';
import type { Protocol } from './protocol.ts';
import { parseProtocol } from './protocol-text.ts';
import { readCellAgeing, readSideAgeing, refuseWithoutAgeing } from './read-ageing.ts';
import { isSolidFile, judgeSolidName, readSolidCell, refuseSolidKeys, type SolidCell } from './read-solid.ts';

export interface ParseCellOptions {
  /** Where the input came from, such as a file name; leads every path of an error. */
  readonly where?: string;
}

/**
 * Reads a cell file (already JSON-parsed, or any object of its shape).
 *
 * Throws InputError with all faults of the file: unknown keys, wrong dimensions, values that no bench has, unknown materials,
 * electrodes that do not go together, and the faults of the protocol. Throws nothing else, whatever the input.
 */
export function parseCell(input: unknown, { where = '' }: ParseCellOptions = {}): Cell {
  const raw = plainJson(input, where);
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    throw new InputError([{ where, found: shown(raw), wanted: 'a cell file: an object with "limetal": 1' }]);
  }
  const draft = new Draft(where);
  const file = readSections(raw as PlainObject, draft);
  const cell = assemble(file, raw as PlainObject, draft);
  if (cell === null || draft.issues.length > 0) throw new InputError(draft.issues);
  return cell;
}

/** The sections of a file that could be read; what has a fault is missing here and told in the draft. */
type Sections = { -readonly [K in keyof CellFile]?: CellFile[K] };

/** Made once, when the first fault needs it. */
let publishedSchema: object | undefined;

function readSections(raw: PlainObject, draft: Draft): Sections {
  const shape = cellFileSchema.shape;
  const sections: Record<string, unknown> = {};
  for (const [key, section] of Object.entries(shape)) {
    const value = raw[key];
    if (key === 'protocol') {
      if (value !== undefined) sections[key] = value;
      continue;
    }
    const parsed = section.safeParse(value);
    if (parsed.success) {
      if (parsed.data !== undefined) sections[key] = parsed.data;
      continue;
    }
    publishedSchema ??= cellJsonSchema();
    const issues = parsed.error.issues.map((issue) => ({ ...issue, path: [key, ...issue.path] }));
    draft.issues.push(...issuesFromZod(issues, raw, publishedSchema, draft.where));
  }
  const known = Object.keys(shape);
  for (const key of Object.keys(raw)) {
    if (known.includes(key)) continue;
    const hint = nearestHint(key, known) ?? `known keys: ${known.join(', ')}`;
    draft.issues.push({
      where: joinPath(draft.where, key),
      found: 'an unknown key',
      wanted: 'a key of a cell file',
      hint,
    });
  }
  if (raw.limetal === undefined) {
    const issue = draft.issues.findIndex((one) => one.where === joinPath(draft.where, 'limetal'));
    draft.issues[issue] = {
      where: joinPath(draft.where, 'limetal'),
      found: 'nothing',
      wanted: `the version of the format, ${CELL_FILE_VERSION}`,
      hint: `is this a cell file? then add "limetal": ${CELL_FILE_VERSION}`,
    };
  }
  return sections as Sections;
}

const VOLTAGE_LIMITS_METAL_V = { 'Li|Li': [-5, 5], 'Li|Cu': [-2, 5] } as const;
/** A cycler's safety limits lie outside the limits between which a cathode is cycled. */
const VOLTAGE_MARGIN_LOW_V = 0.5;
const VOLTAGE_MARGIN_HIGH_V = 0.2;

function assemble(read: Sections, raw: PlainObject, draft: Draft): Cell | null {
  const file = withHostAtElectrode(read, draft);
  for (const assumption of file.assumptions ?? []) draft.carryOver(assumption);
  for (const source of file.sources ?? []) draft.source(source);

  const kind = cellKind(file, raw, draft);
  const temperature_K = file.temperature ?? draft.assume('temperature', GENERAL.temperature);
  const meansSolid = isSolidFile(file.electrolyte);
  const solid = meansSolid ? readSolidCell(file, draft) : null;
  // What could not be read may have been meant as a solid: then its name is judged, and nothing is said of a liquid.
  if (file.electrolyte === undefined) judgeSolidName(raw.electrolyte, draft);
  else if (!meansSolid) refuseSolidKeys(file, draft);
  const liquid = file.electrolyte === undefined || meansSolid ? null : readElectrolyte(file.electrolyte, draft);
  const electrolyte = solid?.electrolyte ?? liquid?.electrolyte;
  const separator = meansSolid ? solid?.separator : readSeparator(file, draft);
  // The electrodes are read on any electrolyte, so that a fault of the electrolyte does not hide theirs.
  const around = liquid ?? solid?.around('counter') ?? readElectrolyte(ELECTROLYTES[0]!.name, new Draft(''))!;
  const electrode = (side: 'working' | 'counter') => {
    const section = file[side];
    if (section === undefined) return undefined;
    return readElectrode(onSolid(section, side, file, solid), side, file, solid?.around(side) ?? around, draft);
  };
  const working = electrode('working');
  const counter = electrode('counter');

  const ageing = meansSolid ? null : readAgeing(file, working ?? null, counter ?? null, around, draft);

  const area_m2 = file.area;
  const cathode = working?.kind === 'cathode' ? working : null;
  const capacity_C = cathode && area_m2 !== undefined ? cathodeCapacity_C_per_m2(cathode) : null;
  const nominalCapacity_C =
    area_m2 === undefined
      ? undefined
      : readNominalCapacity(file, area_m2, capacity_C === null ? null : capacity_C * area_m2, draft);
  const poreVolume_m3 =
    area_m2 === undefined || !separator
      ? null
      : area_m2 * (separator.thickness_m * separator.porosity + (cathode ? cathode.thickness_m * cathode.porosity : 0));
  const electrolyteVolume_m3 =
    poreVolume_m3 === null || area_m2 === undefined
      ? null
      : meansSolid
        ? poreVolume_m3
        : readAmount(file, area_m2, poreVolume_m3, nominalCapacity_C, around, draft);
  const [voltage_V_min, voltage_V_max] = readVoltageLimits(file, kind, cathode, draft);
  const protocol = readProtocol(file, kind, nominalCapacity_C, draft);
  const thermal = readThermal(file, draft);
  const mesh = file.mesh ?? {};
  const contactResistance_ohm_m2 =
    file.contactResistance ?? draft.assume('contactResistance', GENERAL.contactResistance);

  if (draft.issues.length > 0) return null;
  if (!kind || !working || !counter || !electrolyte || !separator || electrolyteVolume_m3 === null || !area_m2)
    return null;
  return {
    id: file.id ?? slug(file.name!),
    name: file.name!,
    kind,
    area_m2,
    temperature_K,
    counter: counter as MetalElectrode,
    working,
    separator,
    electrolyte,
    electrolyteVolume_m3,
    contactResistance_ohm_m2,
    thermal,
    voltage_V_min,
    voltage_V_max,
    nominalCapacity_C: nominalCapacity_C ?? null,
    mesh: {
      separatorNodes: mesh.separator ?? 20,
      cathodeNodes: mesh.cathode ?? 20,
      particleNodes: mesh.particle ?? 20,
    },
    ageing,
    solid: solid?.solid ?? null,
    protocol,
    assumptions: draft.assumptions,
    sources: draft.sources,
  };
}

/** Which of the four kinds of cell this is, or a fault that says how to turn it into one. */
function cellKind(file: Sections, raw: PlainObject, draft: Draft): CellKind | null {
  const side = (section: ElectrodeFile | undefined, value: PlainJson | undefined) => {
    const said = section ?? value;
    if (typeof said !== 'object' || said === null || !('kind' in said)) return null;
    if (said.kind === 'cathode' || said.kind === 'lithium') return said.kind;
    if (said.kind !== 'foil' && said.kind !== 'collector') return null;
    return isLithiumFoil(said as { readonly material?: unknown }) ? 'lithium' : 'collector';
  };
  const working = side(file.working, raw.working);
  const counter = side(file.counter, raw.counter);
  if (working === null || counter === null) return null;
  const swap = 'swap working and counter: voltages and signs are told for the working electrode';
  if (counter === 'cathode') {
    const hint = working === 'cathode' ? 'a cell has one cathode, as its working electrode' : swap;
    draft.fault('counter.kind', 'a cathode', 'lithium or a bare collector as the counter electrode', hint);
    return null;
  }
  if (counter === 'collector' && working === 'collector') {
    draft.fault(
      'counter',
      'two bare collectors',
      'lithium somewhere in the cell',
      'make the counter { "kind": "lithium", "thickness": "250 µm" }',
    );
    return null;
  }
  if (counter === 'collector' && working === 'lithium') {
    draft.fault('counter.kind', 'a bare collector against lithium', 'lithium as the counter electrode', swap);
    return null;
  }
  if (working === 'cathode') return counter === 'lithium' ? 'Li|cathode' : 'Cu|cathode';
  return working === 'lithium' ? 'Li|Li' : 'Li|Cu';
}

/** The side under test: what a host at the top of a file belongs to. */
function testedSide(file: Sections): 'working' | 'counter' {
  return file.working?.kind === 'cathode' ? 'counter' : 'working';
}

/** The file with a host at its top moved to the electrode that it belongs to. */
function withHostAtElectrode(file: Sections, draft: Draft): Sections {
  const side = testedSide(file);
  const section = file[side];
  if (!file.host || section === undefined || section.kind === 'cathode') return file;
  if (section.host !== undefined) {
    draft.fault('host', `a host here and at the ${side} electrode`, 'one of them');
    return file;
  }
  return { ...file, [side]: { ...section, host: file.host } };
}

/** null without ageing, and after a fault that leaves an electrode unread. */
function readAgeing(
  file: Sections,
  working: MetalElectrode | PorousCathode | null,
  counter: MetalElectrode | PorousCathode | null,
  electrolyte: ResolvedElectrolyte,
  draft: Draft,
): Ageing | null {
  const metal = (side: 'working' | 'counter') => (file[side]?.kind === 'cathode' ? undefined : file[side]);
  const [ofWorking, ofCounter] = [metal('working'), metal('counter')];
  if (file.ageing === 'none') {
    if (ofWorking) refuseWithoutAgeing(ofWorking, 'working', draft);
    if (ofCounter) refuseWithoutAgeing(ofCounter, 'counter', draft);
    return null;
  }
  if (!counter || counter.kind === 'cathode' || !ofCounter || !working) return null;
  const at = (side: 'working' | 'counter') => hostPath(file, side);
  return {
    ...readCellAgeing(file.ageing ?? {}, file.pressure, electrolyte, draft),
    working:
      working.kind === 'cathode' || !ofWorking
        ? null
        : readSideAgeing(ofWorking, 'working', at('working'), working, electrolyte, draft),
    counter: readSideAgeing(ofCounter, 'counter', at('counter'), counter, electrolyte, draft),
  };
}

/** Where the file tells the host of a side. */
function hostPath(file: Sections, side: 'working' | 'counter'): string {
  return file.host && side === testedSide(file) ? 'host' : `${side}.host`;
}

function isLithiumFoil({ material }: { readonly material?: unknown }): boolean {
  return typeof material === 'string' && /^(?:li|lithium)(?:[- ]?(?:metal|foil))?$/iu.test(material.trim());
}

function readElectrode(
  section: ElectrodeFile,
  side: 'working' | 'counter',
  file: Sections,
  electrolyte: ResolvedElectrolyte,
  draft: Draft,
): MetalElectrode | PorousCathode | null {
  if (section.kind === 'cathode') return side === 'working' ? readCathode(section, side, draft) : null;
  const isLithium = section.kind === 'lithium' || isLithiumFoil(section);
  return readMetal(section, isLithium, side, hostPath(file, side), file.interphase, electrolyte, draft);
}

/** On a solid, lithium has the interphase that the two make, where the file tells none. */
function onSolid(
  section: ElectrodeFile,
  side: 'working' | 'counter',
  file: Sections,
  solid: SolidCell | null,
): ElectrodeFile {
  if (solid === null || section.kind === 'cathode' || section.interphase || file.interphase) return section;
  return { ...section, interphase: solid.interphase(side) };
}

function readSeparator(file: Sections, draft: Draft): Cell['separator'] | null {
  const said = typeof file.separator === 'string' ? { material: file.separator } : (file.separator ?? {});
  const material = draft.separator(
    said.material,
    typeof file.separator === 'string' ? 'separator' : 'separator.material',
  );
  if (!material) return null;
  return {
    thickness_m: said.thickness ?? draft.assume('separator.thickness', material.thickness),
    porosity: said.porosity ?? draft.assume('separator.porosity', material.porosity),
    bruggeman: said.bruggeman ?? draft.assume('separator.bruggeman', material.bruggeman),
  };
}

const NOMINAL_CAPACITY_MIN_C = 1e-6;
const NOMINAL_CAPACITY_MAX_C = 1e9;

/** null: the cell has none; undefined: a fault, already told, leaves it open. */
function readNominalCapacity(
  file: Sections,
  area_m2: number,
  theoretical_C: number | null,
  draft: Draft,
): number | null | undefined {
  const said = file.nominalCapacity;
  if (said === null) return null;
  if (said === undefined) {
    if (theoretical_C === null) return file.working === undefined || file.working.kind === 'cathode' ? undefined : null;
    return draft.assume('nominalCapacity', {
      value: theoretical_C,
      unit: 'C',
      tag: 'computed',
      source: 'theoretical capacity of the cathode between the limits of its stoichiometry',
    });
  }
  const charge = tryParseQuantity(said, 'charge');
  const areal = typeof said === 'string' ? tryParseQuantity(said, 'areal charge') : charge;
  const value_C = charge.ok ? charge.value_SI : areal.ok ? areal.value_SI * area_m2 : null;
  if (value_C !== null && value_C >= NOMINAL_CAPACITY_MIN_C && value_C <= NOMINAL_CAPACITY_MAX_C) return value_C;
  const wanted = 'a charge above zero such as "5 mAh", or an areal charge such as "4 mAh/cm2"';
  draft.fault('nominalCapacity', shown(said), wanted, charge.ok ? undefined : charge.issue.hint);
  return undefined;
}

/** Electrolyte over pore volume beyond which an amount is a slip of units. */
const ELECTROLYTE_PER_PORES_MAX = 1e4;

function readAmount(
  file: Sections,
  area_m2: number,
  poreVolume_m3: number,
  nominalCapacity_C: number | null | undefined,
  electrolyte: ResolvedElectrolyte,
  draft: Draft,
): number | null {
  const said = file.amount;
  if (said === 'pores') return poreVolume_m3;
  if (said === undefined) {
    const usual = draft.assume('amount', {
      ...GENERAL.amount,
      value: Math.max(GENERAL.amount.value * area_m2, poreVolume_m3),
    });
    return usual;
  }
  const volume_m3 = amountVolume(said, nominalCapacity_C, electrolyte, draft);
  if (volume_m3 === null) return null;
  // Rounded text ("3.64 µL" of pores of 3.6425 µL) must not be called dry.
  if (volume_m3 < poreVolume_m3 * (1 - 1e-9)) {
    const least = `${Number((poreVolume_m3 * 1e9).toPrecision(4))} µL`;
    draft.fault(
      'amount',
      shown(said),
      `enough to fill the pores of separator and cathode (${least})`,
      'write "pores" to fill just these',
    );
    return null;
  }
  if (volume_m3 > poreVolume_m3 * ELECTROLYTE_PER_PORES_MAX) {
    draft.fault(
      'amount',
      shown(said),
      `at most ${ELECTROLYTE_PER_PORES_MAX} times the volume of the pores`,
      'a plain number is in m3; write "40 µL"',
    );
    return null;
  }
  return Math.max(volume_m3, poreVolume_m3);
}

function amountVolume(
  said: string | number,
  nominalCapacity_C: number | null | undefined,
  { composition }: ResolvedElectrolyte,
  draft: Draft,
): number | null {
  const volume = tryParseQuantity(said, 'volume');
  if (volume.ok) return volume.value_SI;
  const perCharge = tryParseQuantity(said, 'volume per charge');
  const massPerCharge = tryParseQuantity(said, 'mass per charge');
  if (!perCharge.ok && !massPerCharge.ok) {
    const { found, hint } = volume.issue;
    draft.fault(
      'amount',
      found,
      'a volume such as "40 µL", or an amount per capacity such as "3 g/Ah" or "2 mL/Ah"',
      hint,
    );
    return null;
  }
  if (nominalCapacity_C === undefined) return null;
  if (nominalCapacity_C === null) {
    draft.fault(
      'amount',
      shown(said),
      'a volume such as "40 µL"',
      'this cell has no nominal capacity to multiply with; give one, or a volume',
    );
    return null;
  }
  if (perCharge.ok) return perCharge.value_SI * nominalCapacity_C;
  const density_kg_per_m3 = draft.assume('electrolyte.density', densityOf(composition) ?? GENERAL.electrolyteDensity);
  return massPerCharge.ok ? (massPerCharge.value_SI * nominalCapacity_C) / density_kg_per_m3 : null;
}

function readVoltageLimits(
  file: Sections,
  kind: CellKind | null,
  cathode: PorousCathode | null,
  draft: Draft,
): readonly [number, number] {
  if (file.voltageLimits) {
    const [low, high] = file.voltageLimits;
    if (low >= high)
      draft.fault(
        'voltageLimits',
        `${low} V and ${high} V`,
        'the lower limit first',
        `did you mean [${high}, ${low}]?`,
      );
    return [low, high];
  }
  const ofCathode = cathode ? draft.cathodeLimits(cathode.material) : null;
  const [low, high] = ofCathode
    ? [ofCathode.low - VOLTAGE_MARGIN_LOW_V, ofCathode.high + VOLTAGE_MARGIN_HIGH_V]
    : kind === 'Li|Li' || kind === 'Li|Cu'
      ? VOLTAGE_LIMITS_METAL_V[kind]
      : [1, 5];
  const source = 'safety limits of a cycler, outside the limits of any usual protocol';
  return [
    draft.assume('voltageLimits[0]', { value: low, unit: 'V', tag: 'assumed', source }),
    draft.assume('voltageLimits[1]', { value: high, unit: 'V', tag: 'assumed', source }),
  ];
}

function readThermal(file: Sections, draft: Draft): Cell['thermal'] {
  if (!file.thermal) return null;
  return {
    heatCapacity_J_per_m2_K: file.thermal.heatCapacity ?? draft.assume('thermal.heatCapacity', GENERAL.heatCapacity),
    heatTransfer_W_per_m2_K: file.thermal.heatTransfer ?? draft.assume('thermal.heatTransfer', GENERAL.heatTransfer),
  };
}

function readProtocol(
  file: Sections,
  cellKind: CellKind | null,
  nominalCapacity_C: number | null | undefined,
  draft: Draft,
): Protocol | null {
  const said = file.protocol;
  if (said === undefined || said === null) return null;
  if (typeof said !== 'string' && typeof said !== 'object') {
    draft.fault(
      'protocol',
      shown(said),
      'text, a list of texts, or steps as data',
      'such as ["Plate at 1 mA/cm2 for 1 mAh/cm2"]',
    );
    return null;
  }
  const context = {
    ...(cellKind === null ? {} : { cellKind }),
    ...(nominalCapacity_C === undefined ? {} : { nominalCapacity_C }),
  };
  return draft.collecting(() => parseProtocol(said, draft.at('protocol'), context)) ?? null;
}

/** "Li|Cu with nitrate, 1 mA/cm2" becomes "li-cu-with-nitrate-1-ma-cm2". */
function slug(name: string): string {
  const words = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-+|-+$/gu, '');
  return words.slice(0, 80).replace(/-+$/u, '') || 'cell';
}
