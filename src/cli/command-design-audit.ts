// `limetal design audit`: what a claim's own numbers imply, how its conditions compare, what contradicts, and what is missing.

import { auditClaim, CLAIM_NUMBERS, type ClaimAudit, type LightLevel, SCHEMA } from '../design/index.ts';
import { jsonParts } from './json-document.ts';
import { significant } from './numbers.ts';
import { outParts, type Terminal } from './terminal.ts';
import { labelled, table, wrap } from './text-table.ts';
import { typedInputs } from './typed-inputs.ts';

export interface AuditOptions {
  readonly set?: readonly string[];
  readonly inputs?: boolean;
  readonly json?: boolean;
}

const COLUMNS = 96;

/** Throws InputError. */
export async function designAudit(file: string | undefined, options: AuditOptions, terminal: Terminal): Promise<void> {
  if (options.inputs === true) return terminal.out(inputList());
  const audit = auditClaim(await typedInputs({ file, set: options.set }, 'a file of a claim', terminal));
  if (options.json === true) outParts(terminal, jsonParts(documentOf(audit)));
  else terminal.out(textOf(audit));
}

function inputList(): string {
  const rows = CLAIM_NUMBERS.map(({ name, label, unit }) => [name, unit, label]);
  const words = [
    ['negative', '', 'lithium, or anode-free'],
    ['counts', '', 'what N counts: foil, all, or not said'],
    ['wasStopped', '', 'yes where the test was ended before the cell was'],
    ['stated', '', 'facts that the paper states, comma between, of the list below'],
  ];
  const facts = SCHEMA.map(({ key, label }) => [key, '', label]);
  return `${table([['name', 'unit', 'what'], ...rows, ...words, ['', '', ''], ...facts], 'lll')}\n`;
}

const LEVELS: Readonly<Record<LightLevel, string>> = {
  practical: 'practical',
  between: 'between',
  laboratory: 'laboratory',
};
const percent = (share: number): string => `${significant(100 * share, 5)} %`;

function textOf(audit: ClaimAudit): string {
  const { implied, verdict, energy, energyNeeds, lights, contradictions, missing, stated, remarks } = audit;
  const sections: string[] = [];
  if (verdict !== null) sections.push(wrap(verdict, COLUMNS, ''));
  if (implied.length > 0)
    sections.push(
      implied
        .map(({ counts, excess, implied: of, cyclesAtClaim }) =>
          labelled(
            counts === 'foil' ? 'N: the foil' : 'N: all',
            `${of.efficiency === null ? 'lithium outlasts it at any efficiency' : `implied efficiency ${percent(of.efficiency)}`}, ${significant(excess, 4)} capacities in excess${cyclesAtClaim === null ? '' : `; at the efficiency claimed ${Number.isFinite(cyclesAtClaim) ? `${Math.floor(cyclesAtClaim)} cycles` : 'no end'}`}`,
            COLUMNS,
          ),
        )
        .join('\n'),
    );
  if (energy !== null) {
    const { value, band80 } = energy.specificEnergy_J_per_kg;
    sections.push(
      `${labelled('Implied', `${significant(value / 3600, 3)} Wh/kg (${significant(band80[0] / 3600, 3)} to ${significant(band80[1] / 3600, 3)})`, COLUMNS)}\n${labelled('Assumed', energy.assumptions.join('; '), COLUMNS)}`,
    );
  } else sections.push(labelled('Implied', `no energy per mass: it needs ${energyNeeds}`, COLUMNS));
  if (lights.length > 0)
    sections.push(
      table(
        [
          ['', 'claim', 'is', 'practical'],
          ...lights.map(({ label, text, level, target }) => [label, text, LEVELS[level], target]),
        ],
        'lrll',
      ),
    );
  sections.push(
    contradictions.length === 0
      ? 'No two numbers contradict each other by more than 5 %.'
      : [
          'Contradictions:',
          ...contradictions.map(({ what, printed, computed }) =>
            wrap(`${what}: ${printed}; ${computed}.`, COLUMNS, '  ', '  '),
          ),
        ].join('\n'),
  );
  sections.push(
    missing.length === 0
      ? `All ${stated.length} facts are stated.`
      : wrap(
          `Missing (${missing.length} of ${missing.length + stated.length}): ${missing.map(({ label }) => label).join('; ')}.`,
          COLUMNS,
          '  ',
        ),
  );
  if (remarks.length > 0) sections.push(remarks.map((remark) => wrap(remark, COLUMNS, '')).join('\n'));
  return `${sections.join('\n\n')}\n`;
}

function documentOf(audit: ClaimAudit) {
  const { derived, energy, implied, byElectrolyte } = audit;
  const { specificEnergy_J_per_kg: wh } = energy ?? { specificEnergy_J_per_kg: null };
  return {
    verdict: audit.verdict,
    implied: implied.map(({ counts, excess, implied: of, cyclesAtClaim }) => ({
      counts,
      excess,
      kind: of.kind,
      coulombic_efficiency: of.efficiency,
      cycles_at_claim: cyclesAtClaim,
    })),
    retention: derived.retention,
    foil_to_cathode: derived.foilToCathode,
    e_to_c_g_per_Ah: derived.electrolyte_kg_per_C === null ? null : derived.electrolyte_kg_per_C * 3.6e6,
    electrolyte_coulombic_efficiency: byElectrolyte?.efficiency ?? null,
    electrolyte_cycles: byElectrolyte?.cyclesAtImplied ?? null,
    specific_energy_Wh_per_kg: wh === null ? null : wh.value / 3600,
    specific_energy_band80_Wh_per_kg: wh === null ? null : wh.band80.map((value) => value / 3600),
    assumptions: energy?.assumptions ?? [],
    energy_needs: audit.energyNeeds,
    lights: audit.lights.map(({ label, text, level, target, source }) => ({ label, text, level, target, source })),
    contradictions: audit.contradictions.map((one) => ({ ...one })),
    missing: audit.missing.map(({ key, label }) => ({ key, label })),
    stated: audit.stated.map(({ key }) => key),
    remarks: audit.remarks,
  };
}
