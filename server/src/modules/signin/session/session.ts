import { encodeId } from '../../../kernel/id.ts';
import { entity, finder } from '../../../platform/executor/entity.ts';

/** Somebody who signed in, at one browser. Its cookie is nowhere; its hash finds it. */
export type Session = {
  readonly id: string;
  readonly personId: string;
  /** As whom they act for the merchant; null before the second factor, and where they work for nobody. */
  readonly staffId: string | null;
  readonly state: 'second_factor' | 'signed_in';
  /** The device that it was opened on, which bounds it; null: some browser. */
  readonly deviceId: string | null;
  /** Opened by six digits, which let do what is done at a counter and no more. */
  readonly byPin: boolean;
  /** When they last proved who they are. */
  readonly provenAt: Date | null;
  readonly createdAt: Date;
  readonly lastUsedAt: Date;
  /** When it ends at the latest. */
  readonly endsAt: Date;
  readonly endedAt: Date | null;
};

// Rows come and change beside the executor, so none stays in memory between batches: one that was ended is asked for again.
export const sessions = entity<Session>('session', (session) => session.id, 'none');
export const sessionById = finder(sessions, 'byId', (session) => [session.id]);
/** The sessions of a member of staff that nobody has ended. */
export const openSessionsOfStaff = finder(sessions, 'openByStaff', ({ staffId }) =>
  staffId === null ? [] : [staffId],
);

/** The sessions on a device that nobody has ended. */
export const openSessionsOnDevice = finder(sessions, 'openOnDevice', ({ deviceId }) =>
  deviceId === null ? [] : [deviceId],
);

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** So long somebody stays signed in who does nothing: a shift. */
export const idleMs = 10 * hourMs;
/** So long at the most: a week. */
export const lifeMs = 7 * 24 * hourMs;
/** So long who signed in by digits stays so at the most: a long shift. */
export const pinLifeMs = 12 * hourMs;
/** So long the second factor may be waited for. */
export const secondFactorMs = 10 * minuteMs;
/** So old a cookie becomes before it is renewed. */
export const tokenMs = hourMs;
/** So long a proof of who one is stays fresh. */
const provenMs = 5 * minuteMs;

/** Stands in the place of a merchant where a session has none. */
export const nobody = '00000000-0000-0000-0000-000000000000';

/** Whether it lets in at this time. */
export function isLive({ endedAt, endsAt, lastUsedAt }: Session, now: Date): boolean {
  return endedAt === null && now < endsAt && now.getTime() - lastUsedAt.getTime() < idleMs;
}

/** Until when a proof is fresh; null where there is none that is. */
export function provenUntil({ provenAt }: Pick<Session, 'provenAt'>, now: Date): Date | null {
  const until = provenAt && new Date(provenAt.getTime() + provenMs);
  return until !== null && now < until ? until : null;
}

/** The session's id as the API shows it. */
export function sessionId(id: string): string {
  return encodeId('ses', id);
}
