import { defineWords } from '../words.ts';

/** What whoever has to wait for somebody else is told. */
export const waitingWords = defineWords({
  title: ['等第二个人批准', 'Waiting for a second person'],
  why: [
    '还没有生效：另一个人批准后才会执行。',
    'Nothing has happened yet: it is carried out once somebody else approves it.',
  ],
  look: ['查看这项审批', 'See the approval'],
});
