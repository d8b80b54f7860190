// Where the numbers of a test come from: the file, and the rule of docs/analysis.md, docs/impedance.md or docs/compare.md that made them of it.

import type { Sourced } from '../../parts/source-card.tsx';
import type { Basis } from '../../parts/sourced-text.tsx';
import type { Test } from './test-panel.tsx';

export const CYCLING = 'docs/analysis.md';
export const IMPEDANCE = 'docs/impedance.md';

/** The files of a test, and how a shell comes to the same. */
export const sourceOf = ({ names, command }: Pick<Test, 'names' | 'command'>): string =>
  `${names.length === 1 ? names[0] : `${names[0]} and ${names.length - 1} more`}${command === null ? '' : `; ${command}`}`;

/** The numbers beside the verdict, as ones that answer. */
export const numbersOf = ({ numbers }: Pick<Test, 'numbers'>): readonly Sourced[] =>
  numbers.map(({ doi, ...one }) => ({ ...one, tag: 'from this file', ...(doi === null ? {} : { doi }) }));

/** Which sentence says what, by its beginning, and the rule behind it. */
const SENTENCES: readonly (readonly [begins: RegExp, label: string, equation: string, doi?: string])[] = [
  [
    /^Reservoir/,
    'Reservoir test',
    `(n·Q_C + Q_S)/(n·Q_C + Q_T), and 1 − (Q_T − Q_S)/(n·Q_C); ${CYCLING}, "Reservoir tests"`,
    '10.1002/aenm.201702097',
  ],
  [/^Life/, 'Life', `the criterion that the sentence names; ${CYCLING}, "Life"`],
  [/^Capacity/, 'Capacity kept', `Q_n/Q_reference; N = x/(1 − CE) + ln r/ln CE; ${CYCLING}, "Life"`],
  [/^Critical/, 'Critical current', `${CYCLING}, "Critical current"`, '10.1016/j.jpowsour.2015.10.053'],
  [
    /^Polarisation/,
    'Polarisation',
    `mean |E| in Li|Li, else half the hysteresis; drift: median of slopes; ${CYCLING}, "Voltages"`,
  ],
  [/^Nucleation/, 'Nucleation', `ηₙ = |E_tip|, μₙ = |E_tip| − |E_plateau|; ${CYCLING}, "Voltages"`],
  [
    /^(Shape|Traces?|Voltage)/,
    'Shape of the trace',
    `largest |E| of a quarter over the median in the middle, less 1; ${CYCLING}, "Voltages"`,
  ],
  [/short/i, 'Shorts', `${CYCLING}, "Shorts"`],
  [
    /Kramers/,
    'Kramers and Kronig',
    `relaxations at fixed time constants until μ falls to 0.85; ${IMPEDANCE}, "Kramers and Kronig"`,
  ],
  [/^(Spectr|Interfac|Resistance)|Ω/, 'Resistance', `fit of a circuit to the spectra; ${IMPEDANCE}, "Fit"`],
];

/** What a sentence of the findings rests on. */
export function basisOf(test: Pick<Test, 'names' | 'command' | 'convention'>, sentence: string): Basis {
  const [, label, equation, doi] = SENTENCES.find(([begins]) => begins.test(sentence)) ?? [
    null,
    'Coulombic efficiency',
    `${test.convention?.words ?? 'what came back over what was put in'}; ${CYCLING}, "Coulombic efficiency"`,
  ];
  return { label, tag: 'from this file', source: sourceOf(test), equation, ...(doi === undefined ? {} : { doi }) };
}
