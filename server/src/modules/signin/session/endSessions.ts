import { refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { put } from '../../../platform/executor/workingSet.ts';
import { findGranted, mayManage, staffById } from '../../people/index.ts';
import { openSessionsOfStaff, sessionId, sessions } from './session.ts';

type EndSessionsInput = {
  readonly staffId: string;
  /** Only this one. */
  readonly sessionId?: string | undefined;
};

/** Signs a member of staff out, everywhere or in one place, from the next command on. */
export const endSessions = useCase({
  name: 'session.end',
  permission: 'people.write',
  movesValue: false,
  needs(input: EndSessionsInput, find) {
    const member = find.one(staffById, input.staffId);
    return {
      granted: member && findGranted(find, member),
      open: find.all(openSessionsOfStaff, input.staffId),
    };
  },
  decide({ granted, open }, input, { actor, now }) {
    if (!granted) return refused('staff_not_found');
    const denied = mayManage(actor, granted);
    if (denied) return denied;
    const ended = open.filter(
      ({ id, endedAt }) => endedAt === null && (input.sessionId === undefined || id === input.sessionId),
    );
    if (input.sessionId !== undefined && ended.length === 0) return refused('session_not_found');
    return accepted({
      activities: [
        {
          type: 'session.ended',
          subjectId: input.staffId,
          details: { sessions: ended.map(({ id }) => sessionId(id)) },
        },
      ],
      changes: ended.map((session) => put(sessions, { ...session, endedAt: now })),
      result: { ended: ended.length },
    });
  },
});
