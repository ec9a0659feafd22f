import { defineWords } from '../messages.ts';

type Off = { readonly off: string; readonly kept: string };

/** What is taken off, as people say it. */
export const discountWords = defineWords({
  free: ['免费', 'free'],
  off: [({ kept }: Off) => `${kept}折`, ({ off }: Off) => `${off}% off`],
});

/** How long a card type lasts, and how a membership stands. */
export const membershipWords = defineWords({
  days: [(count: number) => `${count} 天`, (count: number) => (count === 1 ? '1 day' : `${count} days`)],
  months: [
    (count: number) => `${count} 个月`,
    (count: number) => (count === 1 ? '1 month' : `${count} months`),
  ],
  years: [(count: number) => `${count} 年`, (count: number) => (count === 1 ? '1 year' : `${count} years`)],
  scheduled: ['未开始', 'Not begun'],
  active: ['有效', 'Good'],
  paused: ['已暂停', 'Paused'],
  grace: ['宽限期', 'In its grace'],
  ended: ['已到期', 'Ended'],
  cancelled: ['已退', 'Cancelled'],
});
