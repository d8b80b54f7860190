// The text of a field while a hand is in it. What is being typed belongs to the hand: an answer that arrives meanwhile, to what was typed a
// moment ago or to something else, must not take it away. Once the field is left it shows what is in force again.

import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { replacedCount } from '../state/replaced.ts';

export interface Typed {
  readonly text: string;
  /** A key or a slider changed the text. */
  type(next: string): void;
  /** Hands the text over, once: the same text is not handed over again while its answer is awaited. */
  hand(next: string, onChange: (text: string) => void): void;
  /** The field was left, or the slider let go. */
  leave(): void;
  /** Back to what is in force. */
  drop(): void;
}

interface Hand {
  value: string;
  text: string;
  isTyping: boolean;
  /** Texts that were handed over and may still come back as values, oldest first. */
  awaited: string[];
  replaced: number;
  finish: ((text: string) => void) | undefined;
}

/** `finish` takes what was typed and not handed over when the field goes away, as with the part of the page that it stands in. */
export function useTyped(value: string, finish?: (text: string) => void): Typed {
  const [text, setText] = useState(value);
  const hand = useRef<Hand>({
    value,
    text: value,
    isTyping: false,
    awaited: [],
    replaced: replacedCount(),
    finish,
  });
  const now = hand.current;
  now.finish = finish;
  const show = (next: string): void => {
    now.text = next;
    setText(next);
  };
  useLayoutEffect(() => {
    const isReplaced = now.replaced !== replacedCount();
    if (!isReplaced && value === now.value) return;
    now.replaced = replacedCount();
    now.value = value;
    // With the newest answer none is awaited any more.
    if (isReplaced || value === now.awaited.at(-1)) now.awaited = [];
    if (isReplaced) now.isTyping = false;
    // The answer to an earlier text comes before that to the last one.
    else if (now.isTyping || now.awaited.slice(0, -1).includes(value)) return;
    now.awaited = [];
    show(value);
  });
  useEffect(
    () => () => {
      if (now.isTyping && now.replaced === replacedCount()) now.finish?.(now.text);
    },
    [],
  );
  return {
    text,
    type: (next) => {
      now.isTyping = true;
      show(next);
    },
    hand: (next, onChange) => {
      if (next === (now.awaited.at(-1) ?? now.value)) return;
      now.awaited.push(next);
      onChange(next);
    },
    leave: () => {
      now.isTyping = false;
    },
    drop: () => {
      now.isTyping = false;
      show(now.value);
    },
  };
}
