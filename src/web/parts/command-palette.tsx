// Everything that can be done, by typing a part of its name: Ctrl+K.

import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';

export interface Command {
  readonly name: string;
  /** Keys that do the same. */
  readonly keys?: string;
  run(): void;
}

export function CommandPalette({
  commands,
  isOpen,
  onClose,
}: {
  readonly commands: readonly Command[];
  readonly isOpen: boolean;
  onClose(): void;
}): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const listId = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  useEffect(() => {
    if (isOpen && !dialog.current!.open) {
      setText('');
      setAt(0);
      dialog.current!.showModal();
    }
    if (!isOpen && dialog.current!.open) dialog.current!.close();
  }, [isOpen]);
  const words = text.toLowerCase().split(/\s+/);
  const found = commands.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word))).slice(0, 50);
  const run = (command: Command | undefined): void => {
    if (command === undefined) return;
    onClose();
    command.run();
  };
  return (
    <dialog class="palette" ref={dialog} aria-label="Commands" onClose={onClose}>
      <input
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={found.length > 0 ? `${listId}-${at}` : undefined}
        aria-label="Type a command"
        placeholder="What do you want to do?"
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') run(found[at]);
          else if (event.key === 'ArrowDown') setAt(Math.min(found.length - 1, at + 1));
          else if (event.key === 'ArrowUp') setAt(Math.max(0, at - 1));
          else return;
          event.preventDefault();
        }}
      />
      <div id={listId} class="found" role="listbox" aria-label="Commands">
        {found.map((command, k) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's
          // biome-ignore lint/a11y/useFocusableInteractive: the input keeps the focus
          <div
            key={command.name}
            id={`${listId}-${k}`}
            role="option"
            aria-selected={k === at}
            onClick={() => run(command)}
          >
            <span>{command.name}</span>
            {command.keys === undefined ? null : <kbd>{command.keys}</kbd>}
          </div>
        ))}
      </div>
    </dialog>
  );
}
