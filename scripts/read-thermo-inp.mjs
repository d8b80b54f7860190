// Writes src/materials/thermodynamics.json from the table of NASA-9 polynomials that NASA publishes with its program for
// chemical equilibrium (github.com/nasa/cea, data/thermo.inp, Apache License 2.0; numbers only):
// node scripts/read-thermo-inp.mjs path/to/thermo.inp
// A record is a line of name and source, a line of composition, and three lines for each interval of temperature.

import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const OUT = 'src/materials/thermodynamics.json';
/** Intervals that begin above this have no use beside lithium. */
const TEMPERATURE_K_MAX = 2500;
/** Gases that reactions with lithium meet; the table has a thousand more. */
const GASES = new Set(
  `Li Na K Mg Zn Cd Hg H2 O2 O3 N2 F2 CL2 Br2 I2 S2 S8 P2 P4 He Ne Ar Kr Xe CO CO2 COS CS2 H2O H2O2 H2S NH3 N2H4 NO NO2 N2O N2O4
  SO2 SO3 SF4 SF6 NF3 CH4 C2H6 CH3OH CF4 CCL4 HCN HF HCL HBr HI SiF4 SiCL4 SiH4 SiBr4 SnCL4 SnH4 GeCL4 TiCL4 ZrCL4 BF3 BCL3 BBr3
  PF3 PF5 PCL3 PCL5 POCL3 PH3 ALCL3 AL2CL6 FeCL3 WF6 MoF6 Fe(CO)5 Ni(CO)4 CLF3 SO2F2 SOF2`
    .split(/\s+/)
    .filter(Boolean),
);
/** Radioactive elements, and fuels and propellants that are no material beside lithium. */
const LEFT_OUT = /^(?:U|Th)/;
const FUELS = /^(?:IRFNA|JP|Jet|RP|\(CH2\)|C[67]H|C2H5)|\),/;

const lines = readFileSync(process.argv[2], 'latin1').split(/\r?\n/u);
const number = (text) => {
  const value = text.trim() === '' ? 0 : Number(text.trim().replace(/D/iu, 'e').replace(' ', '+'));
  if (!Number.isFinite(value)) throw new Error(`not a number: ${text}`);
  return value;
};
/** The table writes all symbols in capitals: AL, CL, LI. */
const symbol = (text) =>
  text.trim().replace(/^([A-Z])([A-Z])$/u, (_all, first, second) => first + second.toLowerCase());
const readable = (formula) =>
  formula
    .replaceAll('AL', 'Al')
    .replaceAll('CL', 'Cl')
    .replace(/([A-Za-z])\./u, '$10.');

/** 'Hexagonal. Ref-Elm. Gurvich,1982 pt1 p245' as 'NASA-9; Hexagonal. Gurvich 1982 pt1 p245'. */
const sourceOf = (remark) =>
  `NASA-9; ${remark
    .replace(/Ref-(?:Elm|Species)\.? ?/u, '')
    .replace(/,(?=\d)/gu, ' ')
    .replace(/,(?=\S)/gu, ', ')
    .trim()
    .replace(/\.$/u, '')}`;

const species = new Map();
for (let at = 0; at + 1 < lines.length; at++) {
  const [head, facts] = [lines[at], lines[at + 1]];
  if (!/^[A-Za-z(]/u.test(head) || !/^ ?\d /u.test(facts.slice(0, 3)) || facts.length < 79) continue;
  const intervals = Number(facts.slice(0, 2));
  const phaseNumber = Number(facts.slice(50, 52));
  const name = head.slice(0, 18).trim();
  const isGas = phaseNumber === 0;
  if (intervals === 0 || FUELS.test(name) || LEFT_OUT.test(name)) continue;
  if (isGas && !GASES.has(name)) continue;
  const composition = {};
  for (let k = 0; k < 5; k++) {
    const count = number(facts.slice(13 + 8 * k, 18 + 8 * k));
    if (count !== 0) composition[symbol(facts.slice(10 + 8 * k, 12 + 8 * k))] = count;
  }
  // The columns of the composition have two decimals, the name has all of them: Fe.947O.
  for (const [, element, count] of name.matchAll(/([A-Z][a-z]?)(\.\d+)/gu))
    composition[symbol(element)] = Number(count);
  const label = isGas ? 'gas' : /\(([^()]*)\)$/u.exec(name)[1];
  const formula = readable(isGas ? name : name.replace(/\([^()]*\)$/u, ''));
  const read = [];
  for (let k = 0; k < intervals; k++) {
    const [range, first, second] = lines.slice(at + 2 + 3 * k, at + 5 + 3 * k);
    const low = number(range.slice(0, 11));
    if (low >= TEMPERATURE_K_MAX) continue;
    const field = (line, n) => number(line.slice(16 * n, 16 * n + 16));
    const coefficients = [0, 1, 2, 3, 4].map((n) => field(first, n));
    coefficients.push(field(second, 0), field(second, 1), field(second, 3), field(second, 4));
    read.push({ temperature_K: [low, number(range.slice(11, 22))], coefficients });
  }
  if (read.length === 0) continue;
  const key = `${formula} ${isGas ? 'gas' : 'condensed'}`;
  const entry = species.get(key) ?? { formula, elements: composition, phases: [] };
  species.set(key, entry);
  const source = sourceOf(head.slice(18));
  const last = entry.phases.at(-1);
  // A phase that the table splits at a peak of its heat capacity stays one phase.
  if (last?.label === label) last.intervals.push(...read);
  else {
    const state = isGas ? 'gas' : /^L$/u.test(label) ? 'liquid' : 'solid';
    entry.phases.push({ label: label === 'L' ? 'liquid' : label, state, tag: 'published', source, intervals: read });
  }
}

const merged = new Map();
for (const { formula, elements, phases } of species.values()) {
  const key = Object.entries(elements)
    .map(([element, count]) => element + count)
    .sort()
    .join(' ');
  const entry = merged.get(key) ?? { formula, elements, phases: [] };
  entry.phases.push(...phases);
  merged.set(key, entry);
}
const document = {
  $schema: './thermodynamics.schema.json',
  version: 1,
  source:
    'NASA-9 polynomials of github.com/nasa/cea, data/thermo.inp (McBride, Zehe, Gordon, NASA/TP-2002-211556; Apache License 2.0)',
  species: [...merged.values()].sort((a, b) => (a.formula < b.formula ? -1 : 1)),
};
writeFileSync(OUT, `${JSON.stringify(document, null, 1)}\n`);
execFileSync('npx', ['biome', 'format', '--write', OUT], { stdio: 'ignore' });
