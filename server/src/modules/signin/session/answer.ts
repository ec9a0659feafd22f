import { z } from 'zod';
import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { lookUp } from '../../../platform/executor/lookUp.ts';
import type { Actor } from '../../../platform/executor/useCase.ts';
import { idOut, instant } from '../../../platform/http/shapes.ts';
import { allStores, deviceById, merchantById, merchantsSql, storeById } from '../../merchants/index.ts';
import { ownRoleOf, peopleSql, permissionWords, staffById } from '../../people/index.ts';
import type { Desk } from '../parts.ts';
import { hasSecondFactor } from '../proof.ts';
import { membershipsOf, personById } from '../store.ts';
import { sessionGate, sessionLead } from './gate.ts';
import { nobody, provenUntil, sessionId } from './session.ts';
import { type Found, sessionSql } from './store.ts';

const merchant = z.object({ id: idOut('mer'), name: z.string() });

export const SessionAnswer = z.object({
  id: idOut('ses'),
  state: z.enum(['signed_in', 'second_factor_required']),
  person: z
    .object({
      id: idOut('psn'),
      name: z.string(),
      login: z.string().meta({ description: 'Masked.' }),
    })
    .nullable()
    .meta({ description: 'null until the second factor was given.' }),
  factors: z
    .array(z.enum(['totp', 'passkey']))
    .meta({ description: 'The second factors that this person has; a recovery code stands for a code.' }),
  merchant: merchant.extend({ currency: z.string(), timezone: z.string() }).nullable(),
  merchants: z.array(merchant).meta({ description: 'All for whom this person works.' }),
  staff: z
    .object({
      id: idOut('stf'),
      name: z.string(),
      role: z.string().nullable().meta({ description: 'A built-in role; null: one of the merchant’s own.' }),
      roleId: idOut('role').nullable(),
      roleName: z.string().nullable().meta({ description: 'What the own role is called.' }),
    })
    .nullable(),
  permissions: z.array(z.enum(permissionWords)),
  stores: z
    .array(z.object({ id: idOut('store'), code: z.string(), name: z.string() }))
    .nullable()
    .meta({ description: 'Where they work; null: everywhere.' }),
  ceilings: z.partialRecord(
    z.enum(permissionWords),
    z.object({ each: z.int().optional(), day: z.int().optional() }),
  ),
  steppedUpUntil: instant.nullable().meta({ description: 'Until when large amounts need no further proof.' }),
  hasSecondFactor: z.boolean(),
  device: z
    .object({ id: idOut('dev'), name: z.string(), storeId: idOut('store'), storeName: z.string() })
    .nullable()
    .meta({ description: 'The counter’s device that this is on.' }),
  byPin: z.boolean().meta({ description: 'Signed in by six digits: for what is done at a counter only.' }),
  endsAt: instant,
});

const sql = [sessionSql, ...peopleSql, ...merchantsSql];

/** Who acts by a session, as of this snapshot, with what shows of it. */
async function standing(desk: Desk, { merchantId, id, staffId, deviceId }: Found, now: Date) {
  if (merchantId === nobody || staffId === null) return undefined;
  return desk.askOf(merchantId, (db) =>
    lookUp(sql, db, merchantId, (find) => {
      const actor = sessionGate(find, sessionLead + id, now);
      const member = find.one(staffById, staffId);
      const device = deviceId === null ? undefined : find.one(deviceById, deviceId);
      return {
        actor,
        member,
        role: member && ownRoleOf(find, member),
        merchant: find.one(merchantById, merchantId),
        device,
        store: device && find.one(storeById, device.storeId),
        stores: actor && actor.storeIds !== null ? find.all(allStores, 'all') : [],
      };
    }),
  );
}

/** A session as the API shows it to who has its cookie. */
export async function sessionAnswer(
  desk: Desk,
  session: Found,
  now: Date,
): Promise<z.input<typeof SessionAnswer>> {
  const { person, works } = await desk.ask(async (db) => {
    const [person, works] = await Promise.all([
      personById(db, session.personId),
      membershipsOf(db, session.personId),
    ]);
    return { person, works };
  });
  const isSignedIn = session.state === 'signed_in';
  const at = isSignedIn ? await standing(desk, session, now) : undefined;
  const { actor, member, role, merchant, device, store } = at?.actor ? at : {};
  return {
    id: sessionId(session.id),
    state: isSignedIn ? 'signed_in' : 'second_factor_required',
    person:
      isSignedIn && person
        ? { id: encodeId('psn', person.id), name: person.name, login: person.loginMasked }
        : null,
    factors: [
      ...(person && person.totpSealed !== null ? (['totp'] as const) : []),
      ...(person && person.passkeys > 0n ? (['passkey'] as const) : []),
    ],
    merchant: merchant
      ? {
          id: encodeId('mer', merchant.id),
          name: merchant.name,
          currency: merchant.currency,
          timezone: merchant.timezone,
        }
      : null,
    merchants: isSignedIn
      ? works.map(({ merchantId, merchantName }) => ({ id: encodeId('mer', merchantId), name: merchantName }))
      : [],
    staff: member
      ? {
          id: encodeId('stf', member.id),
          name: member.name,
          role: member.role,
          roleId: member.roleId === null ? null : encodeId('role', member.roleId),
          roleName: role?.name ?? null,
        }
      : null,
    permissions: permissionWords.filter((word) => actor?.permissions.has(word)),
    stores: storesOf(actor, at?.stores ?? []),
    ceilings: actor ? ceilingsOf(actor) : {},
    steppedUpUntil: isSignedIn ? (provenUntil(session, now)?.toISOString() ?? null) : null,
    hasSecondFactor: person !== undefined && hasSecondFactor(person),
    device:
      device && store
        ? {
            id: encodeId('dev', device.id),
            name: device.name,
            storeId: encodeId('store', store.id),
            storeName: store.name,
          }
        : null,
    byPin: session.byPin,
    endsAt: session.endsAt.toISOString(),
  };
}

type StoreRow = { readonly id: string; readonly code: string; readonly name: string };

function storesOf(actor: Actor | undefined, all: readonly StoreRow[]) {
  const within = actor?.storeIds ?? null;
  if (within === null) return null;
  return all
    .filter(({ id }) => within.has(id))
    .map(({ id, code, name }) => ({ id: encodeId('store', id), code, name }));
}

function ceilingsOf({ ceilings, dayCeilings, permissions }: Actor) {
  return Object.fromEntries(
    permissionWords.flatMap((word) => {
      const [each, day] = [ceilings.get(word), dayCeilings?.get(word)];
      if (!permissions.has(word) || (each === undefined && day === undefined)) return [];
      const limits = {
        ...(each === undefined ? {} : { each: jsonAmount(each) }),
        ...(day === undefined ? {} : { day: jsonAmount(day) }),
      };
      return [[word, limits]];
    }),
  );
}
