import type { JSX } from 'preact';

export function View(): JSX.Element {
  return (
    <section>
      <h1>Lab bench</h1>
    </section>
  );
}
