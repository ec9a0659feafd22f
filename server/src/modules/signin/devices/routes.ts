import { timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { encodeId } from '../../../kernel/id.ts';
import { isRefused, type Refusal, refused } from '../../../kernel/outcome.ts';
import { lookUp } from '../../../platform/executor/lookUp.ts';
import { withFields } from '../../../platform/http/merge.ts';
import { commandRoute, type Route, type Visit, visitRoute } from '../../../platform/http/route.ts';
import { idIn, idOut, instant, textIn } from '../../../platform/http/shapes.ts';
import { DeviceAnswer, deviceById, merchantById, merchantsSql, storeById } from '../../merchants/index.ts';
import { limitsIn } from '../../people/index.ts';
import { networkPace, pinPace } from '../guesses/guess.ts';
import { type Desk, newToken, tokenHash } from '../parts.ts';
import { counted, countedLook, wasRight } from '../proof.ts';
import { openSession } from '../session/opening.ts';
import type { Sessions } from '../session/registry.ts';
import { provenUntil } from '../session/session.ts';
import { answerOf, SignedIn } from '../session/shapes.ts';
import { personById } from '../store.ts';
import { beginPairing } from './beginPairing.ts';
import { deviceCookieSeconds } from './cookie.ts';
import type { PairInput } from './pairDevice.ts';
import { deviceByCode, deviceByToken, keepPin, pinOf, staffWithPins } from './store.ts';
import { updateDevice } from './updateDevice.ts';

const tag = 'Devices';
const params = z.object({ id: idIn('dev') });
const pinIn = z.string().regex(/^\d{6}$/, 'must be six digits');

/** Has the system itself pair a device; answers with its refusal, if there is one. */
export type Pairing = (merchantId: string, input: PairInput) => Promise<Refusal | undefined>;

const managing = (desk: Desk): readonly Route[] => [
  commandRoute({
    path: '/v1/devices/:id/pairing',
    tag,
    summary: 'Give out a code that pairs one browser as this device, once and within ten minutes',
    status: 201,
    params,
    body: z.strictObject({}),
    answer: z.object({
      url: z.string().nullable().meta({ description: 'Its address on this site, to be shown as a QR code.' }),
      code: z.string().nullable().meta({ description: 'null in the answer to a repeated request.' }),
      expiresAt: instant,
    }),
    useCase: beginPairing,
    input({ params: { id } }) {
      const code = newToken(desk.random);
      return { id, code, codeHash: code.hash };
    },
    finish: async (body, _merchantId, { code }, replayed) =>
      withFields(body, {
        url: replayed ? null : `/counter#/pair?code=${code.text}`,
        code: replayed ? null : code.text,
      }),
  }),
  commandRoute({
    method: 'PATCH',
    path: '/v1/devices/:id',
    tag,
    summary: 'Rename a device, or limit what is done on it',
    status: 200,
    params,
    body: z
      .strictObject({ name: textIn(200).optional(), ceilings: limitsIn.optional() })
      .refine((body) => Object.keys(body).length > 0, 'must change something'),
    answer: DeviceAnswer,
    useCase: updateDevice,
    input: ({ params: { id }, body }) => ({ id, name: body.name, limits: body.ceilings }),
  }),
];

async function hereOf(desk: Desk, { cookies }: Visit) {
  const { device } = cookies;
  return device === undefined ? undefined : desk.ask((db) => deviceByToken(db, device));
}

const pairing = (desk: Desk, pair: Pairing): readonly Route[] => [
  visitRoute({
    path: '/v1/pairings/claim',
    tag,
    summary: 'Become a device, by the code that was scanned',
    access: 'anyone',
    body: z.strictObject({ code: textIn(100), name: textIn(200) }),
    answer: z.object({ deviceId: idOut('dev') }),
    async visit({ body }, { network, now }) {
      const tooMany = await countedLook(desk, network, now);
      if (tooMany) return tooMany;
      const codeHash = tokenHash(body.code);
      const found = await desk.ask((db) => deviceByCode(db, codeHash, now));
      if (!found) return refused('link_not_good');
      const { merchantId, deviceId } = found;
      const token = newToken(desk.random);
      const denied = await pair(merchantId, { deviceId, codeHash, tokenHash: token.hash, name: body.name });
      if (denied) return denied;
      return {
        body: { deviceId: encodeId('dev', deviceId) },
        cookies: { device: { value: token.text, maxAgeSeconds: deviceCookieSeconds }, session: null },
      };
    },
  }),
  visitRoute({
    method: 'GET',
    path: '/v1/device',
    tag,
    summary: 'Which device this is, and who signs in on it by six digits',
    access: 'anyone',
    answer: z.object({
      device: z.object({
        id: idOut('dev'),
        name: z.string(),
        storeId: idOut('store'),
        storeName: z.string(),
      }),
      merchant: z.object({ id: idOut('mer'), name: z.string() }),
      staff: z.array(z.object({ id: idOut('stf'), name: z.string() })),
    }),
    async visit(_parsed, visit) {
      const here = await hereOf(desk, visit);
      if (!here) return refused('device_unknown');
      const { merchantId, deviceId } = here;
      return desk.askOf(merchantId, async (db) => {
        const { device, merchant, store } = await lookUp(merchantsSql, db, merchantId, (find) => {
          const found = find.one(deviceById, deviceId);
          const at = found && find.one(storeById, found.storeId);
          return { device: found, merchant: find.one(merchantById, merchantId), store: at };
        });
        if (!device || !merchant || !store) return refused('device_unknown');
        const staff = await staffWithPins(db, merchantId);
        const { id, name } = device;
        const at = { storeId: encodeId('store', store.id), storeName: store.name };
        return {
          body: {
            device: { id: encodeId('dev', id), name, ...at },
            merchant: { id: encodeId('mer', merchantId), name: merchant.name },
            staff: staff.map((member) => ({ id: encodeId('stf', member.id), name: member.name })),
          },
        };
      });
    },
  }),
];

const isSimple = (pin: string) =>
  /^(\d)\1{5}$/.test(pin) || '01234567890'.includes(pin) || '09876543210'.includes(pin);

const pins = (desk: Desk, sessions: Sessions): readonly Route[] => [
  visitRoute({
    path: '/v1/session/device-pin',
    tag,
    summary: 'Set the six digits that one signs in by on devices; needs a fresh proof of who one is',
    access: 'session',
    body: z.strictObject({ pin: pinIn }),
    answer: z.object({}),
    async visit({ body: { pin } }, { cookies, now }) {
      const session = await sessions.find(cookies.session);
      if (session?.state !== 'signed_in') return refused('unauthenticated');
      const { staffId, merchantId } = session;
      if (staffId === null) return refused('no_merchant');
      if (session.byPin || provenUntil(session, now) === null) return refused('step_up_required');
      if (isSimple(pin)) return refused('pin_too_simple', { field: 'pin' });
      const [hash] = desk.keys.pinHashes(staffId, pin);
      await desk.note((db) => keepPin(db, { merchantId, staffId }, hash, now));
      return { body: {} };
    },
  }),
  visitRoute({
    path: '/v1/session/pin',
    tag,
    summary: 'Sign in on a device by six digits, for what is done at a counter',
    access: 'anyone',
    body: z.strictObject({ staffId: idIn('stf'), pin: pinIn }),
    answer: SignedIn,
    async visit({ body }, visit) {
      const person = await byPin(desk, body, visit);
      if (isRefused(person)) return person;
      const opening = { person, state: 'signed_in', provenAt: null, byPin: true } as const;
      return answerOf(desk, await desk.note((db) => openSession(desk, db, visit, opening)), visit);
    },
  }),
];

/** Who has these digits here. The guess is counted before it is looked at, for the device and the person together. */
async function byPin(desk: Desk, { staffId, pin }: { staffId: string; pin: string }, visit: Visit) {
  const here = await hereOf(desk, visit);
  if (!here) return refused('device_unknown');
  const { merchantId, deviceId } = here;
  const subjects = [
    [desk.keys.guessSubject('pin', `${deviceId}|${staffId}`), pinPace],
    [desk.keys.guessSubject('network', visit.network), networkPace],
  ] as const;
  const tooMany = await counted(desk, subjects, visit.now);
  if (tooMany) return tooMany;
  const kept = await desk.ask((db) => pinOf(db, merchantId, staffId));
  const isRight =
    kept !== undefined &&
    desk.keys.pinHashes(staffId, pin).some((hash) => timingSafeEqual(hash, kept.pinHash));
  const person = isRight ? await desk.ask((db) => personById(db, kept.personId)) : undefined;
  if (!person) return refused('sign_in_refused');
  await desk.note((db) => wasRight(db, subjects));
  return person;
}

/** Pairing devices, what they are limited to, and signing in on them. */
export const deviceRoutes = (desk: Desk, sessions: Sessions, pair: Pairing): readonly Route[] => [
  ...managing(desk),
  ...pairing(desk, pair),
  ...pins(desk, sessions),
];
