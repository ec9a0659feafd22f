import { useSyncExternalStore } from 'react';

/** Something that was done at this counter, as its answer said. Holds no code and no PIN. */
export type Entry = {
  readonly id: string;
  readonly kind:
    | 'redeem'
    | 'sale'
    | 'refund'
    | 'reversal'
    | 'purchase'
    | 'top_up'
    | 'membership'
    | 'renewal'
    | 'upgrade'
    | 'gift';
  readonly at: string;
  readonly amount: number;
  readonly currency: string;
  readonly reference: string;
  readonly storeId: string;
  readonly maskedCode?: string | undefined;
  readonly balance?: number | undefined;
  /** Of a top-up: what was given with it. */
  readonly bonus?: number | undefined;
  readonly tender?: string | undefined;
  /** What paid what, where it was more than one. */
  readonly ways?: readonly { readonly tender: string; readonly amount: number }[] | undefined;
  readonly cards?: number | undefined;
  /** A card type, or a gift. */
  readonly item?: { readonly zh: string; readonly en: string | null } | undefined;
  /** The last day of a membership. */
  readonly validThrough?: string | undefined;
  /** What a gift cost, where it was no money. */
  readonly points?: number | undefined;
  /** It was undone, or in part given back. */
  readonly after?: 'reversed' | 'refunded' | undefined;
};

/** A payment whose outcome is not known: enough to undo it by its reference, and no secret. */
export type Trace = {
  readonly reference: string;
  readonly storeId: string;
  readonly amount: number;
  readonly currency: string;
  readonly at: string;
};

type Till = {
  readonly storeId: string | undefined;
  readonly entries: readonly Entry[];
  readonly trace: Trace | undefined;
};

const place = 'scrip.till';
/** A day at a busy counter; older entries are in the log of the server. */
const entriesMax = 2_000;
const empty: Till = { storeId: undefined, entries: [], trace: undefined };
const listeners = new Set<() => void>();
let till = readTill();

function readTill(): Till {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(place) ?? '{}');
    // Nobody but this file writes there; what is not of its form is forgotten.
    return typeof kept === 'object' && kept !== null ? { ...empty, ...kept } : empty;
  } catch {
    return empty;
  }
}

function write(next: Till): void {
  till = next;
  localStorage.setItem(place, JSON.stringify(next));
  for (const listener of listeners) listener();
}

/** What this device remembers of its own counter. */
export function useTill(): Till {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => till,
  );
}

/** Puts the device into a store. */
export function chooseStore(storeId: string | undefined): void {
  write({ ...till, storeId });
}

/** Notes what was done, once: the same answer again changes nothing. */
export function note(entry: Entry): void {
  if (till.entries.some(({ id }) => id === entry.id)) return;
  write({ ...till, entries: [entry, ...till.entries].slice(0, entriesMax) });
}

/** Marks what became of an entry. */
export function noteAfter(id: string, after: NonNullable<Entry['after']>): void {
  write({ ...till, entries: till.entries.map((entry) => (entry.id === id ? { ...entry, after } : entry)) });
}

/** Remembers that a payment is under way, before it is asked for; forgets it when its outcome is known. */
export function setTrace(trace: Trace | undefined): void {
  write({ ...till, trace });
}

const alphabet = '23456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A reference that no other sale of this store has: the day, and chance enough. */
export function newReference(kind: 'R' | 'S' | 'P' | 'T' | 'B' | 'M', now: Date): string {
  const day = now.toISOString().slice(2, 10).replaceAll('-', '');
  const drawn = crypto.getRandomValues(new Uint8Array(8));
  return `${kind}${day}-${[...drawn].map((byte) => alphabet[byte % alphabet.length]).join('')}`;
}
