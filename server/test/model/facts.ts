// The world that the model knows: written down here, not asked of the code.

export const startOfWorld = new Date('2026-03-01T04:00:00Z');

/** What the model knows of a program: written down here, not asked of the code. */
export type ProgramFacts = {
  readonly faceValue: bigint;
  readonly price: bigint;
  readonly pin: boolean;
  readonly bearer: boolean;
  readonly reloadable: boolean;
  readonly transferable: boolean;
  /** How many days a card is good for after the day on which it was activated. */
  readonly days: number | null;
  /** Which of the four stores take it. */
  readonly accepting: readonly number[];
  readonly balanceMax: bigint | null;
};

const usual = {
  pin: true,
  bearer: true,
  reloadable: true,
  transferable: true,
  days: 30,
  accepting: [0, 1, 2, 3],
};

export const programFacts: readonly ProgramFacts[] = [
  { ...usual, faceValue: 5_000n, price: 5_000n, balanceMax: 9_000n },
  {
    ...usual,
    faceValue: 1_000n,
    price: 900n,
    balanceMax: null,
    pin: false,
    reloadable: false,
    transferable: false,
    days: null,
    accepting: [0, 1],
  },
  { ...usual, faceValue: 2_000n, price: 2_000n, balanceMax: null, bearer: false },
];

/** The clerk's key acts for the first store alone and takes no more than this at a time. */
export const clerkCeiling = 200n;

/** An id that nothing has. */
export const unknownId = '01900000-0000-7000-8000-00000000dead';
