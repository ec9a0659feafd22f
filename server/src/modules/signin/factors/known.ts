import { z } from 'zod';
import { type Refusal, refused } from '../../../kernel/outcome.ts';
import type { Db } from '../../../platform/db/statement.ts';
import type { Visit } from '../../../platform/http/route.ts';
import type { Desk } from '../parts.ts';
import type { Sessions } from '../session/registry.ts';
import { provenUntil } from '../session/session.ts';
import type { Found } from '../session/store.ts';
import { type Person, personById, setRecoveryCodes } from '../store.ts';
import { recoveryCode, recoveryCodesCount } from './recovery.ts';

type Known = { readonly session: Found; readonly person: Person };

/** Who is signed in; with a proof given just now, where what they ask for changes how they sign in. */
export async function known(
  desk: Desk,
  sessions: Sessions,
  { cookies, now }: Visit,
  proof: 'fresh' | 'any',
): Promise<Known | Refusal> {
  const session = await sessions.find(cookies.session);
  if (session?.state !== 'signed_in') return refused('unauthenticated');
  if (proof === 'fresh' && provenUntil(session, now) === null) return refused('step_up_required');
  const person = await desk.ask((db) => personById(db, session.personId));
  return person ? { session, person } : refused('unauthenticated');
}

/** New recovery codes in the place of all before: shown this once. */
export async function newRecoveryCodes(desk: Desk, db: Db, personId: string): Promise<string[]> {
  const codes = Array.from({ length: recoveryCodesCount }, () => recoveryCode(desk.random(10)));
  await setRecoveryCodes(
    db,
    personId,
    codes.map((code) => desk.keys.recoveryHash(personId, code)),
  );
  return codes;
}

export const recoveryCodes = z
  .array(z.string())
  .meta({ description: 'Each stands once for a code. Shown this once.' });
