import type { JSX } from 'preact';

export function View(): JSX.Element {
  return (
    <section>
      <h1>Lithiophilicity</h1>
    </section>
  );
}
