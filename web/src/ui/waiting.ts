import { defineWords } from './words.ts';

/** The approval that a 202 answer names; undefined where what was asked is done, or goes on without anybody. */
export function approvalIn(status: number, body: unknown): string | undefined {
  if (status !== 202 || typeof body !== 'object' || body === null || !('approval' in body)) return undefined;
  const { approval } = body;
  if (typeof approval !== 'object' || approval === null || !('id' in approval)) return undefined;
  return typeof approval.id === 'string' ? approval.id : undefined;
}

/** What whoever has to wait for somebody else is told. */
export const waitingWords = defineWords({
  title: ['等第二个人批准', 'Waiting for a second person'],
  why: [
    '还没有生效：另一个人批准后才会执行。',
    'Nothing has happened yet: it is carried out once somebody else approves it.',
  ],
  look: ['查看这项审批', 'See the approval'],
});
