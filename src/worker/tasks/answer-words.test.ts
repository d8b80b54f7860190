import { describe, expect, test } from 'vitest';
import { answerWords } from './answer-words.ts';

const made = { command: 'limetal x', version: '1.2.3' };

describe('words for a paper', () => {
  test('of rows say how many of which table, and cite the works behind them and the review', () => {
    const ids = ['a1-45', 'a1-46', 'b1-35', 'mine-1'];
    const { paragraph, bibliography } = answerWords({ answer: { of: 'literature', ids }, ...made });
    expect(paragraph).toContain('4 reported rows (2 of Table A1, 1 of Table B1, 1 own) were taken as printed');
    expect(bibliography).toContain('@article{review-a,');
    expect(paragraph).toContain('review-a');
  });

  test('of a measured test say what was read, by which definitions, and how spectra were fitted', () => {
    const answer = {
      names: ['a.mpr', 'b.mpr'],
      verdict: 'Stripped and plated',
      convention: { word: 'stripped/plated', words: 'stripped over plated' },
      interfaceWords: 'the sum of both arcs',
      circuit: 'R0-p(R1,CPE1)',
      numbers: [
        {
          label: 'CE',
          value: 99,
          unit: '%',
          band: null,
          source: 'x',
          equation: 'Q_S/Q_P',
          doi: '10.1002/aenm.201702097',
        },
      ],
      cycles: [],
      spectra: [],
      area_m2: 1.27e-4,
    };
    const { paragraph, bibliography } = answerWords({ answer: { of: 'bench', answer }, ...made });
    for (const words of ['"a.mpr", "b.mpr"', 'area 1.27 cm²', 'stripped over plated.', 'R0-p(R1,CPE1)', 'CE: Q_S/Q_P'])
      expect(paragraph).toContain(words);
    for (const doi of ['10.1002/aenm.201702097', '10.1016/j.electacta.2014.01.034'])
      expect(bibliography).toContain(doi);
  });

  test('of a comparison say the distances, and every fitted value with its error', () => {
    const distance = { rms_V: 0.0123, bias_V: 0, largest_V: 0, points: 9, rmsEfficiency: null, spectra: [0.05] };
    const parameter = { name: 'exchangeCurrent', unit: 'A/m2', before: 1, value: 2.5, standardError: 0.1 };
    const answer = {
      name: 'Li|Cu',
      area_m2: 1e-4,
      before: distance,
      after: { ...distance, rms_V: 0.001 },
      notCompared: [{ what: 'efficiency', why: 'no cycles' }],
      fit: {
        ended: 'converged',
        runs: 7,
        parameters: [{ ...parameter, interval95: null, state: 'determined', why: null }],
      },
    };
    const { paragraph } = answerWords({ answer: { of: 'comparison', answer, names: ['t.csv'] }, ...made });
    for (const words of [
      'Root mean square of simulated less measured: 12.3 mV in voltage, 5 % of |Z|.',
      'exchangeCurrent = 2.5 A/m2 ± 0.1 (determined) was fitted in 7 runs.',
      'After it: 1 mV in voltage, 5 % of |Z|.',
      'Not compared, efficiency: no cycles.',
    ])
      expect(paragraph).toContain(words);
  });
});
