import type { Gate } from '../../../platform/executor/storage.ts';
import type { Actor } from '../../../platform/executor/useCase.ts';
import type { Find } from '../../../platform/executor/workingSet.ts';
import { deviceById } from '../../merchants/index.ts';
import {
  actorOfStaff,
  ceilingWords,
  gate,
  onDevice,
  policyOf,
  roles,
  staffById,
} from '../../people/index.ts';
import { isLive, provenUntil, sessionById } from './session.ts';

/** What the id of a session begins with where else the id of a key stands. */
export const sessionLead = 'session:';

/**
 * Who is behind a key or a session, as of the rows in this batch: who was signed out, or has left, is refused from then
 * on, in every process. A key costs no look-up more for it.
 */
export const sessionGate: Gate = (find, keyId, now) =>
  keyId.startsWith(sessionLead)
    ? signedIn(find, keyId.slice(sessionLead.length), now)
    : gate(find, keyId, now);

function signedIn(find: Find, id: string, now: Date | undefined): Actor | undefined {
  const session = find.one(sessionById, id);
  const { provenAbove } = policyOf(find);
  if (session?.state !== 'signed_in' || session.staffId === null) return undefined;
  if (now !== undefined && !isLive(session, now)) return undefined;
  const member = find.one(staffById, session.staffId);
  if (member?.state !== 'active' || member.personId !== session.personId) return undefined;
  const device = session.deviceId === null ? undefined : find.one(deviceById, session.deviceId);
  if ((session.deviceId !== null || session.byPin) && device?.state !== 'active') return undefined;
  const isFresh = now === undefined || provenUntil(session, now) !== null;
  const themselves = actorOfStaff(find, member);
  const actor = {
    ...themselves,
    permissions: session.byPin ? counterOnly(themselves.permissions) : themselves.permissions,
    provenAbove: isFresh ? undefined : new Map(ceilingWords.map((word) => [word, provenAbove])),
  };
  return device ? onDevice(find, actor, device) : actor;
}

/** What six digits are enough for. */
function counterOnly(held: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...roles.clerk].filter((word) => held.has(word)));
}
