import type { Db } from '../../../platform/db/statement.ts';
import { type Desk, newToken } from '../parts.ts';
import { type KnownDevice, renewToken } from './store.ts';

/** As long as browsers keep one; whoever is signed in on it ends sooner. */
export const deviceCookieSeconds = 400 * 24 * 60 * 60;
const renewedAfterMs = 60 * 60_000;

/** A new cookie for a device whose own has got old; the one before stays good until the next. */
export async function renewDevice(desk: Desk, db: Db, device: KnownDevice, now: Date) {
  if (device.isPrevious || now.getTime() - device.tokenAt.getTime() < renewedAfterMs) return undefined;
  const fresh = newToken(desk.random);
  const isRenewed = await renewToken(db, device, fresh.hash, now);
  return isRenewed ? { value: fresh.text, maxAgeSeconds: deviceCookieSeconds } : undefined;
}
