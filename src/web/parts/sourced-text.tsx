// A sentence whose numbers answer when they are pressed: those that are known as numbers by where these come from, the others by what the
// sentence rests on.

import type { JSX } from 'preact';
import { printedText } from '../charts/number-text.ts';
import { piecesOf, sameNumber } from './numbers-in.ts';
import { type Sourced, SourcedValue } from './sourced.tsx';

/** What a sentence rests on. */
export type Basis = Pick<Sourced, 'label' | 'tag' | 'source' | 'doi' | 'equation'>;

export function SourcedText({
  text,
  numbers = [],
  basis,
}: {
  readonly text: string;
  readonly numbers?: readonly Sourced[];
  readonly basis: Basis;
}): JSX.Element {
  return (
    <>
      {piecesOf(text).map((piece, k) => {
        if (piece.kind === 'words') return printedText(piece.text);
        const { digits, unit } = piece;
        const known = sameNumber(digits, unit, numbers);
        const of: Sourced = known ?? { ...basis, value: digits, unit, note: `As it is said: “${text}”` };
        return (
          <SourcedValue key={k} of={{ ...of, shown: printedText(piece.text) }}>
            {printedText(piece.text)}
          </SourcedValue>
        );
      })}
    </>
  );
}
