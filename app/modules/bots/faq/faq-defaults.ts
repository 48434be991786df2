/**
 * Scores from which an answer is given, and from which it is offered as "did you mean". At these the test questions in
 * Spanish and Portuguese are answered as `match-questions.db.test.ts` holds them to.
 */
export const FAQ_DEFAULTS = { threshold: 0.4, suggestFrom: 0.2 } as const;
