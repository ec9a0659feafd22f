import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import type { z } from 'zod';
import { newId } from '../../../../kernel/id.ts';
import { type Refusal, refused } from '../../../../kernel/outcome.ts';
import { type Desk, newToken, tokenHash } from '../../parts.ts';
import type { Person } from '../../store.ts';
import {
  addChallenge,
  type Challenge,
  notePasskey,
  type Passkey,
  passkeyByCredential,
  passkeysOf,
  takeChallenge,
} from '../store.ts';
import type { registrationIn } from './shapes.ts';

/** Where and when: a passkey is bound to the name of the site. */
type Place = { readonly origin: string; readonly now: Date };

/** It takes a third of a second to load, which the start of a process need not wait for. */
const library = () => import('@simplewebauthn/server');
/** Ed25519, P-256 and RSA: what phones and computers have. */
const algorithms = [-8, -7, -257];
const challengeMs = 5 * 60_000;
const hostOf = ({ origin }: Place) => new URL(origin).hostname;

async function challengeFor(
  desk: Desk,
  purpose: Challenge['purpose'],
  personId: string | null,
  { now }: Place,
): Promise<Uint8Array<ArrayBuffer>> {
  const { text, hash } = newToken(desk.random);
  const expiresAt = new Date(now.getTime() + challengeMs);
  await desk.note((db) => addChallenge(db, { hash, purpose, personId }, expiresAt));
  return Uint8Array.from(Buffer.from(text, 'base64url'));
}

/** Takes the challenge that a browser has signed. */
function taken(desk: Desk, purpose: Challenge['purpose'], personId: string | null, { now }: Place) {
  return (challenge: string) =>
    desk.note((db) => takeChallenge(db, { hash: tokenHash(challenge), purpose, personId }, now));
}

/** What a browser needs to make a passkey for somebody. */
export async function registrationOptions(desk: Desk, person: Person, place: Place) {
  const known = await desk.ask((db) => passkeysOf(db, person.id));
  const { generateRegistrationOptions } = await library();
  return generateRegistrationOptions({
    rpName: 'Scrip',
    rpID: hostOf(place),
    userName: person.loginMasked,
    userDisplayName: person.name,
    userID: Uint8Array.from(Buffer.from(person.id.replaceAll('-', ''), 'hex')),
    challenge: await challengeFor(desk, 'register', person.id, place),
    attestationType: 'none',
    supportedAlgorithmIDs: algorithms,
    excludeCredentials: known.map(({ credentialId }) => ({ id: credentialId })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
}

/** The passkey that a browser has made for somebody, once it is proven that it has it. */
export async function madePasskey(
  desk: Desk,
  person: Person,
  made: z.output<typeof registrationIn>,
  name: string,
  place: Place,
): Promise<Passkey | Refusal> {
  const { transports, ...signed } = made.response;
  const response: RegistrationResponseJSON = { ...made, response: signed };
  const { verifyRegistrationResponse } = await library();
  const verified = await verifyRegistrationResponse({
    response,
    expectedChallenge: taken(desk, 'register', person.id, place),
    expectedOrigin: place.origin,
    expectedRPID: hostOf(place),
    requireUserVerification: true,
    supportedAlgorithmIDs: algorithms,
  }).catch(() => undefined);
  if (!verified?.verified) return refused('passkey_not_good');
  const { credential } = verified.registrationInfo;
  return {
    id: newId(place.now, desk.random),
    personId: person.id,
    credentialId: credential.id,
    publicKey: Buffer.from(credential.publicKey),
    uses: BigInt(credential.counter),
    host: hostOf(place),
    transports,
    name,
    createdAt: place.now,
    lastUsedAt: null,
  };
}

/** What a browser needs to sign in by passkey: any that it has, or those of somebody who is known. */
export async function signInOptions(desk: Desk, personId: string | null, place: Place) {
  const known = personId === null ? [] : await desk.ask((db) => passkeysOf(db, personId));
  const { generateAuthenticationOptions } = await library();
  return generateAuthenticationOptions({
    rpID: hostOf(place),
    challenge: await challengeFor(desk, 'sign_in', personId, place),
    userVerification: 'required',
    allowCredentials: known.map(({ credentialId }) => ({ id: credentialId })),
  });
}

/** Whose passkey has signed; a fingerprint, face or PIN was seen, so it stands for both factors. */
export async function signedByPasskey(
  desk: Desk,
  personId: string | null,
  response: AuthenticationResponseJSON,
  place: Place,
): Promise<string | Refusal> {
  const passkey = await desk.ask((db) => passkeyByCredential(db, response.id));
  const host = hostOf(place);
  if (!passkey || passkey.host !== host || (personId !== null && passkey.personId !== personId)) {
    return refused('passkey_not_good');
  }
  const { verifyAuthenticationResponse } = await library();
  const verified = await verifyAuthenticationResponse({
    response,
    expectedChallenge: taken(desk, 'sign_in', personId, place),
    expectedOrigin: place.origin,
    expectedRPID: host,
    credential: {
      id: passkey.credentialId,
      publicKey: Uint8Array.from(passkey.publicKey),
      counter: +String(passkey.uses),
    },
    requireUserVerification: true,
  }).catch(() => undefined);
  if (!verified?.verified) return refused('passkey_not_good');
  const { newCounter } = verified.authenticationInfo;
  const isNoted = await desk.note((db) => notePasskey(db, passkey, newCounter, place.now));
  return isNoted ? passkey.personId : refused('passkey_not_good');
}
