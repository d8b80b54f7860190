import type { JSX } from 'preact';

export function View(): JSX.Element {
  return (
    <section>
      <h1>Solid interface</h1>
    </section>
  );
}
