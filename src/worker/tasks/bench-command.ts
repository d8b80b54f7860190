// The command that analyses in a shell what the lab bench shows.

import type { BenchQuestion } from './bench-session.ts';
import { shellWord } from './typed.ts';

/**
 * `limetal analyse` with everything that the page was told, and `more` options. Null where files of one test are read in different ways:
 * the command reads all of them alike.
 */
export function analyseCommand(
  names: readonly string[],
  { files, about, join }: BenchQuestion,
  more: readonly (readonly [name: string, text: string])[] = [],
): string | null {
  const own = files.filter(({ name }) => names.includes(name));
  const how = new Set(own.map(({ id: _, name: __, ...rest }) => JSON.stringify(rest)));
  if (how.size !== 1) return null;
  const { sign, encoding, delimiter, decimal, columns } = own[0]!;
  const options: readonly (readonly [name: string, text: string])[] = [
    ['cell', about.cell?.replace(/^Li\|(Li|Cu)$/, '$1') ?? ''],
    ['area', about.area],
    ['sign', sign],
    ['electrolyte', about.electrolyte ?? ''],
    [
      'instrument-error',
      about.instrumentError.trim() === '' ? '' : `${about.instrumentError.replace('%', '').trim()} %`,
    ],
    ['circuit', about.circuit.trim()],
    ['encoding', encoding],
    ['delimiter', delimiter],
    ['decimal', decimal],
    ...Object.entries(columns).map(([heading, meaning]) => ['column', `${heading}=${meaning}`] as const),
    ...more,
  ];
  const words = options.flatMap(([name, text]) => (text === '' ? [] : [`--${name}`, shellWord(text)]));
  const joined = names.length < 2 ? [] : [join === 'all' ? '--join-all' : '--join'];
  return ['limetal', 'analyse', ...names.map(shellWord), ...words, ...joined].join(' ');
}
