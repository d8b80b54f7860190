// A sentence whose numbers answer when they are pressed: those that are known as numbers by where these come from, the others by what the
// sentence rests on.

import type { JSX } from 'preact';
import { printedText } from '../charts/number-text.ts';
import { piecesOf, sameNumber } from './numbers-in.ts';
import { type Sourced, SourcedValue } from './sourced.tsx';

/** What a sentence rests on. */
export type Basis = Pick<Sourced, 'label' | 'tag' | 'source' | 'doi' | 'equation'>;

const OPENING = /[([“‘±]+$/;
const STOPS = /^[)\]”’.,;:!?]+/;

export function SourcedText({
  text,
  numbers = [],
  basis,
}: {
  readonly text: string;
  readonly numbers?: readonly Sourced[];
  readonly basis: Basis;
}): JSX.Element {
  const pieces = piecesOf(printedText(text));
  return (
    <>
      {pieces.map((piece, k) => {
        // A bracket before a number and a stop after it stay on its line.
        if (piece.kind === 'words') {
          const from = pieces[k - 1]?.kind === 'number' ? (STOPS.exec(piece.text)?.[0].length ?? 0) : 0;
          const rest = piece.text.slice(from);
          return pieces[k + 1]?.kind === 'number' ? rest.replace(OPENING, '') : rest;
        }
        const { digits, unit } = piece;
        const known = sameNumber(digits, unit, numbers);
        const of: Sourced = known ?? { ...basis, value: digits, unit, note: `As it is said: “${text}”` };
        const [before, after] = [pieces[k - 1], pieces[k + 1]];
        return (
          <span class="together" key={k}>
            {before?.kind === 'words' ? (OPENING.exec(before.text)?.[0] ?? '') : ''}
            <SourcedValue of={{ ...of, shown: piece.text }}>{piece.text}</SourcedValue>
            {after?.kind === 'words' ? (STOPS.exec(after.text)?.[0] ?? '') : ''}
          </span>
        );
      })}
    </>
  );
}
