// Entries of a menu that save words for a paper about an answer: a paragraph of methods, and the works behind it as BibTeX.

import type { TaskInput } from '../../worker/index.ts';
import { useLane } from '../engine/lanes.ts';
import type { MenuItem } from './menu.tsx';
import { saveText } from './save.ts';

export type AnswerToTell = TaskInput<'answerWords'>['answer'];

/** `name` is that of the files, without ending; `command` gives the answer in a shell. */
export function useAnswerItems(): (
  answer: AnswerToTell,
  about: { readonly name: string; readonly command: string | null },
) => readonly MenuItem[] {
  const lane = useLane('beside');
  return (answer, { name, command }) => {
    const version = document.documentElement.dataset.version!;
    const words = () => lane.queue('answerWords', { answer, command, version });
    return [
      {
        label: 'Methods paragraph',
        run: async () => saveText((await words()).paragraph, `${name}.methods.txt`, 'text/plain'),
      },
      {
        label: 'Bibliography (BibTeX)',
        run: async () => saveText((await words()).bibliography, `${name}.bib`, 'application/x-bibtex'),
      },
    ];
  };
}
