import { entity, finder } from '../../../platform/executor/entity.ts';

/** How a device is known: the code by which a browser becomes it, and the cookie that it then has. */
export type Pairing = {
  readonly deviceId: string;
  /** null: no code is out. */
  readonly codeHash: Buffer | null;
  readonly codeExpiresAt: Date | null;
  readonly tokenHash: Buffer | null;
  readonly tokenAt: Date | null;
};

// Cookies are renewed beside the executor, so none stays in memory between batches.
export const pairings = entity<Pairing>('pairing', (pairing) => pairing.deviceId, 'none');
export const pairingOf = finder(pairings, 'ofDevice', (pairing) => [pairing.deviceId]);

/** So long a code may be scanned. */
export const pairingMs = 10 * 60_000;
