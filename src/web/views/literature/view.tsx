import type { JSX } from 'preact';

export function View(): JSX.Element {
  return (
    <section>
      <h1>Literature</h1>
    </section>
  );
}
