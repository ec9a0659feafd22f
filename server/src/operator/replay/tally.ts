/** How often something came about: by this run, or by an earlier one, whose answer came back. */
export type Count = { made: number; replayed: number };

/** Refusals that were met. */
export type Met = {
  /** By reason, those that a reload then met among them. */
  readonly refusals: Map<string, number>;
  /** Refusals that nothing met: something is off. */
  readonly unmet: string[];
};

/** Counts an answer: as made now, or as come back from before. */
export function count(counter: Count, { replayed }: { readonly replayed: boolean }): void {
  if (replayed) counter.replayed++;
  else counter.made++;
}

/** Counts a refusal that something is done about. */
export function countRefusal({ refusals }: Met, reason: string): void {
  refusals.set(reason, (refusals.get(reason) ?? 0) + 1);
}

/** Counts a refusal that nothing is done about, and says of what. */
export function unmet(tally: Met, reason: string, what: string): void {
  countRefusal(tally, reason);
  tally.unmet.push(`${what}: ${reason}`);
}
