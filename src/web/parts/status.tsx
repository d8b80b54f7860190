// What stands where an answer is being computed, is faulty, or was lost: a sentence that says what to do.

import type { JSX } from 'preact';
import { formatIssue } from '../../units/index.ts';
import type { Asked } from '../engine/use-task.ts';

export function TaskStatus({ asked, what }: { readonly asked: Asked<unknown>; readonly what: string }): JSX.Element {
  const { isRunning, progress, issues, failure, output, retry } = asked;
  return (
    <div class="status" aria-live="polite">
      {isRunning ? (
        <p class="running">
          <progress max={1} value={progress > 0 ? progress : undefined} aria-label={`computing ${what}`} />
          {output === null ? `Computing ${what}…` : ''}
        </p>
      ) : null}
      {issues.length === 0 ? null : (
        <div class="problem" role="alert">
          <p>
            {output === null ? `${what} cannot be computed:` : `What you see is from before the last change, because:`}
          </p>
          <ul>
            {issues.map((issue) => (
              <li key={`${issue.where} ${issue.found}`}>{formatIssue(issue)}</li>
            ))}
          </ul>
        </div>
      )}
      {failure === null ? null : (
        <div class="problem" role="alert">
          <p>
            {what} could not be computed: {failure.split('\n')[0]}. Nothing you entered is lost.
          </p>
          <button type="button" onClick={retry}>
            Try again
          </button>
        </div>
      )}
    </div>
  );
}
