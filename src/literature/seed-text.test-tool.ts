// The running text of the two reviews, where the folder with them is there: it is not part of this repository.

import { existsSync, readFileSync } from 'node:fs';

const FOLDER = new URL('../../../shared/seeds/', import.meta.url);
const FILES = { 'review-a': '000_1ddee9cbb52074f7.txt', 'review-b': '002_4f4664802e849856.txt' } as const;
export type Review = keyof typeof FILES;

export const hasSeedTexts = existsSync(new URL(FILES['review-a'], FOLDER));

/** Text without any white space, which the reviews' extraction puts anywhere, and with the soft parts of hyphenation left in. */
export const squeezed = (text: string): string => text.replace(/\s+/gu, '');

export function seedText(review: Review): string {
  return readFileSync(new URL(FILES[review], FOLDER), 'utf8');
}
