import { newId } from '../../../kernel/id.ts';
import type { Db } from '../../../platform/db/statement.ts';
import type { Visit } from '../../../platform/http/route.ts';
import { renewDevice } from '../devices/cookie.ts';
import { deviceByToken } from '../devices/store.ts';
import { type Desk, newToken, tokenHash } from '../parts.ts';
import { type Membership, membershipsOf, noteMerchant, type Person } from '../store.ts';
import { cookieFor } from './registry.ts';
import { lifeMs, nobody, pinLifeMs, type Session, secondFactorMs } from './session.ts';
import { endSession, type Found, findByToken, insertSession } from './store.ts';

type Opening = {
  readonly person: Pick<Person, 'id' | 'lastMerchant'>;
  readonly state: Session['state'];
  /** When they proved who they are, if that is not now. */
  readonly provenAt?: Date | null;
  /** For whom, where somebody has chosen. */
  readonly merchantId?: string;
  /** By the digits that are good on this device. */
  readonly byPin?: boolean;
};

type Cookie = { readonly value: string; readonly maxAgeSeconds: number };

/**
 * Begins a session with a cookie of its own, and ends the one that this browser had: who somebody is never rides on a
 * cookie that was there before it was known.
 */
export async function openSession(
  desk: Desk,
  db: Db,
  visit: Visit,
  { person, state, provenAt = visit.now, merchantId, byPin = false }: Opening,
): Promise<{ readonly cookie: Cookie; readonly device: Cookie | undefined; readonly session: Found }> {
  const { now, cookies, agent, place, client } = visit;
  const works = state === 'signed_in' ? await membershipsOf(db, person.id) : [];
  const device =
    state === 'signed_in' && cookies.device !== undefined
      ? await deviceByToken(db, cookies.device)
      : undefined;
  const at = chosen(works, merchantId ?? device?.merchantId ?? person.lastMerchant);
  const isThere = device !== undefined && device.merchantId === at?.merchantId;
  const token = newToken(desk.random);
  const session: Found = {
    id: newId(now, desk.random),
    merchantId: at?.merchantId ?? nobody,
    personId: person.id,
    staffId: at?.staffId ?? null,
    state,
    provenAt,
    createdAt: now,
    lastUsedAt: now,
    deviceId: isThere ? device.deviceId : null,
    byPin,
    endsAt: new Date(now.getTime() + (state !== 'signed_in' ? secondFactorMs : byPin ? pinLifeMs : lifeMs)),
    endedAt: null,
    tokenAt: now,
    isPrevious: false,
  };
  const before = cookies.session && (await findByToken(db, tokenHash(cookies.session), now));
  if (before) await endSession(db, before, now);
  await insertSession(db, { ...session, tokenHash: token.hash, agent, place, client }, now);
  if (at) await noteMerchant(db, person.id, at.merchantId);
  const renewed = device && (await renewDevice(desk, db, device, now));
  return { cookie: cookieFor(token.text, session, now), device: renewed, session };
}

function chosen(works: readonly Membership[], wanted: string | null): Membership | undefined {
  return works.find(({ merchantId }) => merchantId === wanted) ?? works[0];
}
