import type { JSX } from 'preact';

export function View(): JSX.Element {
  return (
    <section>
      <h1>Design desk</h1>
    </section>
  );
}
