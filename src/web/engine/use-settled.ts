// A value once it has stood still for a while: for work that is not worth doing while a hand moves.

import { useEffect, useState } from 'preact/hooks';

/** The newest value that stayed the same (by its JSON) for `delay_ms`; the first one at once. */
export function useSettled<T>(value: T, delay_ms: number): T {
  const [settled, settle] = useState(value);
  const key = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => settle(value), delay_ms);
    return () => clearTimeout(timer);
  }, [key, delay_ms]);
  return settled;
}
