// RFC 9457 problem details: what every refused request is answered with, by the front door and the API alike.

export interface Problem {
  readonly status: number;
  /** Stable; programs go by it. */
  readonly code: string;
  readonly title: string;
  readonly detail?: string;
  /** Which part of the input. */
  readonly field?: string;
  readonly retryAfter?: number;
}

export const PROBLEM_TYPE = 'application/problem+json; charset=utf-8';

/** The body of the answer. */
export const problemJson = ({ retryAfter: _, ...problem }: Problem): string =>
  JSON.stringify({ type: `urn:daybook:problem:${problem.code}`, ...problem });

/** Headers that no answer goes without. */
export const SAFE_HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'x-frame-options': 'SAMEORIGIN',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};
