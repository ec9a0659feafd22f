/** How fast something may be guessed at: so many at once, then one in a while. */
export type Pace = { readonly burst: number; readonly everyMs: number };

const minuteMs = 60_000;

/** Passwords of one login, from wherever. */
export const loginPace: Pace = { burst: 10, everyMs: 5 * minuteMs };
/** Second factors, and proofs in between, of one person. */
export const personPace: Pace = { burst: 6, everyMs: 5 * minuteMs };
/** The six digits of one member of staff on one device. */
export const pinPace: Pace = { burst: 5, everyMs: 15 * minuteMs };
/** Anything from one network: a shop may have many tills behind one address. */
export const networkPace: Pace = { burst: 60, everyMs: 10_000 };
