// Property tests draw the same cases in every run, so that a change is judged and not its luck. Another seed explores:
// LIMETAL_SEED=7 npm test.

import fc from 'fast-check';

fc.configureGlobal({ seed: Number(process.env.LIMETAL_SEED ?? 20_261_121) });
