/** What the simulated channels know of an order, whichever of them it is at. */
export type Trade = {
  readonly reference: string;
  readonly amount: number;
  readonly currency: string;
  readonly notifyUrl: string;
  readonly handle: string;
  state: 'waiting' | 'paid' | 'closed';
  transaction: string;
  refunds: Map<string, number>;
};

/** How a channel misbehaves, by what is asked of it. */
export type Manners = {
  /** Nothing is answered at all. */
  silent?: boolean;
  /** Answers are signed by somebody else. */
  forged?: boolean;
  /** What refunds are answered with. */
  refunds?: 'done' | 'pending' | 'failed';
};

export type Reply = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string;
};

export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
};

/** What a call says besides what is true. */
export type Lie = {
  readonly amount?: number;
  readonly currency?: string;
  readonly account?: string;
  readonly transaction?: string;
  /** Signed by somebody else. */
  readonly forged?: boolean;
  /** Signed, and changed after that. */
  readonly tampered?: boolean;
  /** Signed at another time. */
  readonly signedAt?: Date;
};

export type Callback = { readonly headers: Record<string, string>; readonly body: string };

export type SimulatedChannel = {
  /** The keys that a merchant gives us, to speak to it. */
  readonly credentials: Readonly<Record<string, string>>;
  readonly account: string;
  /** undefined: this is not asked of it. */
  answer(asked: Asked): Reply | undefined;
  callback(trade: Trade, lie: Lie): Callback;
};

/** What a channel is simulated upon. */
export type Counter = {
  readonly clock: () => Date;
  readonly manners: Manners;
  readonly trades: Map<string, Trade>;
  open(terms: Pick<Trade, 'reference' | 'amount' | 'currency' | 'notifyUrl'>): Trade;
};

export const jsonHeaders = { 'content-type': 'application/json; charset=utf-8' };
