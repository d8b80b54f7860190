import { describe, expect, test } from 'vitest';
import {
  type AnswerInWords,
  answerMethods,
  auditInWords,
  electrolyteWettingInWords,
  elementMapInWords,
  energyInWords,
  interfaceInWords,
  lifeInWords,
  reactionInWords,
  reproduceInWords,
  reservoirInWords,
  wettingInWords,
} from './answer-words.ts';
import { auditClaim } from './audit.ts';
import { bibliographyOfSources } from './bibliography.ts';
import { electrolyteWetting } from './electrolyte-wetting.ts';
import { energyAnswer } from './energy-answer.ts';
import { solidInterface } from './interface.ts';
import { lithiumMap } from './lithium-map.ts';
import { reactionAt } from './reaction.ts';
import { wetting } from './wetting.ts';

const samples = 20;
const answers: Readonly<Record<string, () => AnswerInWords>> = {
  'an interface': () => interfaceInWords(solidInterface({ electrolyte: 'LLZTO', interlayer: 'Au', samples })),
  'a surface': () =>
    wettingInWords(wetting({ substrate: 'ZnO on Cu', roughness: 2, pore_m: 1e-5, depth_m: 1e-4, samples })),
  'an electrolyte': () =>
    electrolyteWettingInWords(electrolyteWetting({ electrolyte: '1 M LiPF6 in EC/DEC', samples })),
  'a reaction': () => reactionInWords(reactionAt('ZnO + Li')),
  'the elements': () => elementMapInWords(lithiumMap(523.15)),
  'an energy': () => energyInWords(energyAnswer({})),
  'a life': () => lifeInWords({ nToP: 2, counts: 'foil', retention: 0.8, hasElectrolyte: true }),
  'a reservoir test': () =>
    reservoirInWords(
      {
        shortCycles: 10,
        cycled_C_per_m2: 36,
        reservoir_C_per_m2: 180,
        stripped_C_per_m2: 175,
        strippedError_C_per_m2: 1,
        mismatch: 0,
        cells: 3,
        strippedElsewhere_C_per_m2: null,
      },
      { efficiency: 0.99, error: 0.001 },
    ),
  'a claim': () => auditInWords(auditClaim({ cycles: '600', retention: '76 %', nToP: '1', counts: 'not said' })),
  'tabulated systems': () =>
    reproduceInWords([{ id: 'a1-45', quantities: [] }], { samples: 200, seed: 1 }, ['x 2020, 10.1000/xyz']),
};

describe.each(Object.entries(answers))('the methods of %s', (_, words) => {
  const { paragraph, bibliography } = answerMethods(words(), { command: 'limetal x --y "1 µm"', version: '1.2.3' });

  test('are one paragraph of whole sentences with program and command', () => {
    expect(paragraph.trimEnd()).not.toMatch(/\n|NaN|undefined|\[object|Infinity/u);
    expect(paragraph).toContain('limetal 1.2.3 [limetal]');
    expect(paragraph).toContain('The command "limetal x --y "1 µm"" gives it again.');
    for (const sentence of words().sentences) expect(sentence).toMatch(/[.!?]$/u);
  });

  test('cite works that the bibliography has, each once', () => {
    const keys = [...bibliography.matchAll(/^@\w+\{([^,]+),$/gmu)].map(([, key]) => key!);
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys[0]).toBe('limetal');
    const cited = /Laws and values are from \[([^\]]+)\]/u.exec(paragraph)?.[1]?.split('; ') ?? [];
    expect(cited).toEqual(keys.slice(1));
  });
});

describe('a source', () => {
  test.each([
    ['Wenzel 1936, 10.1021/ie50320a024', 'wenzel-1936'],
    ['Cassie and Baxter 1944, 10.1039/tf9444000546', 'cassie-1944'],
    ['Chen et al. 2019, Joule 3, 1094 (10.1016/j.joule.2019.02.004), as tabulated', 'chen-2019'],
    ['tables; 10.1002/xyz.1', '10-1002-xyz-1'],
  ])('%s is cited as %s', (source, key) => {
    expect(bibliographyOfSources([source]).works.map((work) => work.key)).toContain(key);
  });

  test('that names two works gives each its own author', () => {
    const { works } = bibliographyOfSources(['Sharafi 2016 (10.1016/j.x.1), Krauskopf 2019, 10.1021/y.2']);
    expect(works.map(({ key }) => key)).toEqual(['sharafi-2016', 'krauskopf-2019']);
  });
});
