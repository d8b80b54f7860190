// Rows and claims of the literature as a terminal shows them: a line each, or one with everything that is printed and said of it.

import {
  type Claim,
  type Conditions,
  type Correction,
  claimsOn,
  type EfficiencyKind,
  type LiteratureRow,
  literatureTables,
  MEANINGS,
  type Paper,
  type Quantity,
  type QuantityKind,
  quantitiesOf,
} from '../literature/index.ts';
import { labelled, table, width, wrap } from './text-table.ts';

const WHAT_WIDTH_MAX = 34;
const ELECTROLYTE_WIDTH_MAX = 46;

function cut(text: string, columns: number): string {
  return width(text) <= columns
    ? text
    : `${Array.from(text)
        .slice(0, columns - 1)
        .join('')
        .trimEnd()}…`;
}

const SIGNS: Readonly<Record<Quantity['bound'], string>> = {
  exact: '',
  approximate: '~',
  'less-than': '<',
  'greater-than': '>',
  range: '',
};

/** The number with its sign of doubt: ~99.1, >99, 1–10. */
const numberText = ({ bound, value, value_max }: Quantity): string =>
  `${SIGNS[bound]}${value}${value_max === undefined ? '' : `–${value_max}`}`;

function valuesText(row: LiteratureRow, kind: QuantityKind, joint: string, withUnit: boolean): string {
  const all = quantitiesOf(row, kind);
  if (all.length === 0) return '';
  const unit = withUnit ? ` ${all[0]!.unitCorrected ?? all[0]!.unit}` : '';
  return `${all.map(numberText).join(joint)}${unit}`;
}

function conditionText(row: LiteratureRow, key: keyof Conditions, kind: QuantityKind): string {
  const own = quantitiesOf(row, kind).filter(({ means }) => means === 'cycling-condition');
  if (own.length > 0) return own.map(numberText).join(', ');
  const all = row.entries.flatMap(({ quantities }) => quantities.map(({ conditions }) => conditions?.[key]));
  return [...new Set(all.filter((value) => value !== undefined))].join(', ');
}

function lengthText(row: LiteratureRow): string {
  const tests = row.entries.flatMap(({ quantities }) => quantities.filter(({ means }) => means === 'test-length'));
  return tests.map((test) => `${numberText(test)} ${test.kind === 'duration' ? 'h' : 'cycles'}`).join(', ');
}

/** 20 → 5 Ω cm2; where only the later of the two is given, → 5 Ω cm2. */
function resistanceText(row: LiteratureRow): string {
  const text = valuesText(row, 'interfacial-resistance', ' → ', true);
  const [first, second] = quantitiesOf(row, 'interfacial-resistance');
  const isLater = second === undefined && /after|with-/.test(first?.means ?? '');
  return isLater ? `→ ${text}` : text;
}

const EFFICIENCY_SIGNS: Partial<Record<Quantity['means'], string>> = {
  'full-cell-efficiency': ' (cell)',
  'efficiency-unclear': ' (?)',
};

const efficiencyText = (row: LiteratureRow): string =>
  quantitiesOf(row, 'coulombic-efficiency')
    .map((one) => numberText(one) + (EFFICIENCY_SIGNS[one.means] ?? ''))
    .join(', ');

/** Columns of the list; those that no row fills are left out. */
const COLUMNS: readonly (readonly [string, string, (row: LiteratureRow) => string])[] = [
  ['id', 'l', ({ id }) => id],
  ['group', 'l', ({ group }) => group],
  ['what', 'l', ({ method, subject }) => cut(method ?? subject ?? '', WHAT_WIDTH_MAX)],
  ['CE / %', 'r', efficiencyText],
  ['mA/cm²', 'r', (row) => conditionText(row, 'currentDensity_mA_per_cm2', 'current-density')],
  ['mAh/cm²', 'r', (row) => conditionText(row, 'arealCapacity_mAh_per_cm2', 'areal-capacity')],
  ['test', 'r', lengthText],
  ['resistance', 'r', resistanceText],
  ['polarisation', 'r', (row) => valuesText(row, 'polarisation', ' → ', true)],
  ['electrolyte', 'l', ({ electrolyte }) => cut(electrolyte?.normalised ?? '', ELECTROLYTE_WIDTH_MAX)],
];

/** One line for each row. */
export function rowTable(rows: readonly LiteratureRow[]): string {
  const filled = COLUMNS.filter(([, , textOf]) => rows.some((row) => textOf(row) !== ''));
  const lines = rows.map((row) => filled.map(([, , textOf]) => textOf(row)));
  return table([filled.map(([heading]) => heading), ...lines], filled.map(([, align]) => align).join(''));
}

/** One paragraph for each claim. */
export function claimTable(claims: readonly Claim[], columns: number): string {
  return claims
    .map(({ id, printed, reference, contradicts }) => {
      const against = contradicts.length === 0 ? '' : ` (against ${contradicts.map(({ row }) => row).join(', ')})`;
      const cited = reference === null ? '' : ` [${reference}]`;
      return labelled(id, `“${printed}”${cited}${against}`, columns, 8);
    })
    .join('\n');
}

const conditionsText = (conditions: Conditions | undefined): string => {
  const units: Readonly<Record<keyof Conditions, string>> = {
    currentDensity_mA_per_cm2: ' mA/cm²',
    arealCapacity_mAh_per_cm2: ' mAh/cm²',
    cRate: ' C',
    cycles: ' cycles',
    time_h: ' h of cycling',
    rest_h: ' h of rest',
    temperature_degC: ' °C',
    cell: '',
    electrolyte: '',
  };
  return Object.entries(conditions ?? {})
    .map(([key, value]) => `${value}${units[key as keyof Conditions]}`)
    .join(', ');
};

const EFFICIENCY_WORDS: Readonly<Record<EfficiencyKind, string>> = {
  average: 'mean of the test',
  last: 'at the end of the test',
  throughout: 'held through the test',
  'not-stated': 'mean or last not stated',
};

/** What is read out of the words of print. */
function quantityText(quantity: Quantity): string {
  const { kind, unit, unitCorrected, means, censored, efficiencyKind } = quantity;
  const shownUnit = unitCorrected === undefined ? unit : `${unitCorrected} (printed ${unit})`;
  const conditions = conditionsText(quantity.conditions);
  const kindOf = efficiencyKind === undefined ? '' : `, ${EFFICIENCY_WORDS[efficiencyKind]}`;
  return [
    `${kind.replaceAll('-', ' ')} ${numberText(quantity)} ${shownUnit}${kindOf}`,
    ...(conditions === '' ? [] : [`at ${conditions}`]),
    `${MEANINGS[means]}${censored === undefined ? '' : ' (lower bound)'}`,
  ].join('; ');
}

const correctionText = ({ field, printed, corrected, reason }: Correction): string =>
  `${field}: printed “${printed}”, should be “${corrected}”. ${reason}`;

function paperText(papers: readonly Paper[], id: string | null): string {
  const paper = papers.find((one) => one.id === id);
  if (paper === undefined) return 'not identified';
  const parts = [paper.authors, paper.title, paper.journal, paper.year, paper.doi].filter((part) => part !== null);
  return `${parts.join(', ')}${paper.doiTag === 'memory' ? ' (DOI not checked)' : ''}`;
}

/** Everything that is printed in the row, what it means, and what is said against it. */
export function rowDetails(row: LiteratureRow, papers: readonly Paper[], columns: number): string {
  const { reference, electrolyte, provenance } = row;
  const headings = new Map(
    literatureTables()
      .find(({ id }) => id === row.table)
      ?.columns.map(({ key, heading }) => [key, heading]),
  );
  const inTable = reference.table === null ? reference.printed : `${reference.printed} in the table`;
  const numbers = reference.text === null ? inTable : `${inTable}, [${reference.text}] in the text`;
  const lines = [
    `${row.id}  ${row.groupPrinted}${row.method === null ? '' : `: ${row.method}`}`,
    ...(row.subject === null ? [] : [labelled('About', row.subject, columns)]),
    labelled('Reference', numbers, columns),
    labelled('Work', paperText(papers, reference.paper), columns),
    labelled('Source', `${provenance.locator} of ${paperText(papers, provenance.paper)}`, columns),
    labelled('Taken', `${provenance.how}, ${provenance.curator}, ${provenance.date}`, columns),
    ...(electrolyte === null
      ? []
      : [labelled('Electrolyte', `${electrolyte.printed} (${electrolyte.class}; ${electrolyte.where})`, columns)]),
    '',
  ];
  for (const { column, printed, quantities, corrections = [], note } of row.entries) {
    lines.push(wrap(`${headings.get(column) ?? column}: ${printed}`, columns, '    '));
    for (const quantity of quantities) lines.push(wrap(quantityText(quantity), columns, '      ', '    '));
    for (const correction of corrections) lines.push(wrap(correctionText(correction), columns, '      ', '    ! '));
    if (note !== undefined) lines.push(wrap(note, columns, '      ', '    ! '));
  }
  const about = claimsOn(row.id);
  const remarks = [...row.corrections.map(correctionText), ...row.remarks];
  if (remarks.length > 0) lines.push('', ...remarks.map((remark) => wrap(remark, columns, '  ', '! ')));
  if (about.length > 0) lines.push('', 'In the running text', claimTable(about, columns));
  return `${lines.join('\n')}\n`;
}

/** Everything about one claim. */
export function claimDetails(claim: Claim, papers: readonly Paper[], columns: number): string {
  const lines = [
    labelled(claim.id, `“${claim.printed}”`, columns, 8),
    labelled('About', claim.subject, columns),
    labelled('Source', `${claim.section}; ${paperText(papers, claim.paper)}`, columns),
    ...(claim.reference === null ? [] : [labelled('Reference', `[${claim.reference}] in the text`, columns)]),
    ...(claim.rows.length === 0 ? [] : [labelled('Rows', claim.rows.join(', '), columns)]),
    ...claim.quantities.map((quantity) => wrap(quantityText(quantity), columns, '      ', '    ')),
    ...claim.corrections.map((correction) => wrap(correctionText(correction), columns, '      ', '    ! ')),
    ...claim.contradicts.map(({ row, why }) => wrap(`against ${row}: ${why}`, columns, '  ', '! ')),
    ...claim.remarks.map((remark) => wrap(remark, columns, '  ', '! ')),
  ];
  return `${lines.join('\n')}\n`;
}
