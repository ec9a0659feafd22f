/** Where the books do not hold. */
export type Finding = {
  readonly check: Check;
  /** What is wrong, in a sentence for an operator. */
  readonly what: string;
  /** The entry of the log that it is about, if it is about one. */
  readonly seq?: bigint;
  readonly accountId?: string;
};

/** Which promise is broken. */
export type Check =
  | 'log_gapless'
  | 'log_chain'
  | 'log_head'
  | 'log_time'
  | 'activity_balanced'
  | 'posting_orphan'
  | 'posting_chain'
  | 'account_terms'
  | 'account_balance'
  | 'account_bounds'
  | 'account_held'
  | 'hold_consistent'
  | 'assets_balanced';

/** One line for a person. */
export function sentence({ check, what, seq, accountId }: Finding): string {
  const where = [
    ...(seq === undefined ? [] : [`entry ${seq}`]),
    ...(accountId === undefined ? [] : [`account ${accountId}`]),
  ];
  return [check, ...where, what].join(': ');
}
