/** One movement on one account, as it stands after its activity. Amounts are minor units, positive into the account. */
export type Posting = {
  readonly accountId: string;
  readonly asset: string;
  /** 1, 2, 3 … on its account, without a gap. */
  readonly accountSeq: bigint;
  readonly amount: bigint;
  readonly balanceAfter: bigint;
};

/** A posting in the log. What it is of stands on its account, which is not looked at to read the log. */
export type LoggedPosting = Omit<Posting, 'asset'>;

/** What a use case says has happened; the executor adds who, when and where in the log it stands. */
export type ActivityDraft = {
  /** A past fact in the field's words: `card.redeemed`. */
  readonly type: string;
  /** Who did it, where that is not who sent the command: what is approved was asked for by another. */
  readonly actorId?: string | undefined;
  /** The instrument or row it happened to. */
  readonly subjectId?: string | undefined;
  readonly storeId?: string | undefined;
  /** The client's own reference; claimed for ever in its store. */
  readonly reference?: string | undefined;
  /** The earlier activity that this one refunds, reverses, captures or releases. */
  readonly relatedSeq?: bigint | undefined;
  readonly amount?: bigint | undefined;
  /** Further facts, JSON values only. Never a code, a PIN or a person's data. */
  readonly details?: Readonly<Record<string, unknown>> | undefined;
  readonly postings?: readonly Posting[] | undefined;
};

/** An entry of the append-only log. */
export type Activity = {
  readonly seq: bigint;
  readonly type: string;
  readonly occurredAt: Date;
  readonly actorId: string;
  readonly storeId: string | null;
  readonly subjectId: string | null;
  readonly relatedSeq: bigint | null;
  readonly reference: string | null;
  readonly amount: bigint | null;
  /** JSON text, kept to the byte since the chain covers it. */
  readonly details: string | null;
  readonly idempotencyKey: string | null;
  readonly fingerprint: Buffer | null;
  /** The answer given under the idempotency key, JSON text to the byte. */
  readonly result: string | null;
  readonly postings: readonly LoggedPosting[];
  readonly hash: Buffer;
};

/** The head of a merchant's log: its row is the one lock that a batch takes. */
export type JournalHead = {
  readonly seq: bigint;
  readonly hash: Buffer;
  readonly frozenReason: string | null;
};

/** What the chain covers of an activity, in a form that has one spelling. The hash of the one before is put in front by the caller. */
export function canonicalActivity(merchantId: string, a: Omit<Activity, 'hash'>): string {
  const postings = a.postings
    .map((p) => `${p.accountId},${p.accountSeq},${p.amount},${p.balanceAfter}`)
    .join(';');
  return canonicalText(merchantId, a, postings);
}

/** The same of an activity whose postings were put into that form already. */
export function canonicalText(
  merchantId: string,
  a: Omit<Activity, 'hash' | 'postings'>,
  postings: string,
): string {
  return JSON.stringify([
    merchantId,
    String(a.seq),
    a.type,
    a.occurredAt.getTime(),
    a.actorId,
    a.storeId,
    a.subjectId,
    a.relatedSeq === null ? null : String(a.relatedSeq),
    a.reference,
    a.amount === null ? null : String(a.amount),
    a.details,
    a.idempotencyKey,
    a.fingerprint === null ? null : a.fingerprint.toString('base64'),
    a.result,
    postings,
  ]);
}
