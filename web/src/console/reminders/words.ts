import { defineWords } from '../../ui/words.ts';

export const reminderWords = defineWords({
  title: ['提醒', 'Reminders'],
  lead: [
    '该提醒哪些会员：储值或会员卡将到期，或余额低于提醒线。通知由系统发出',
    'Whose value or membership ends soon, or whose balance is low. The notices go out by themselves',
  ],
  ending: ['即将到期', 'Ending soon'],
  low: ['余额不足', 'Low balance'],
  memberships: ['会员卡到期', 'Memberships'],
  endingWhy: [
    '到期前三十天、七天、一天各提醒一次。',
    'Members are told 30 days, 7 days and 1 day before, once each.',
  ],
  lowWhy: [
    '消费后低于提醒线时提醒一次；充到线上再跌破才再提醒。',
    'Members are told once when a payment takes them below the mark; again only after they were above it.',
  ],
  nothingMemberships: ['三十天内没有会员卡到期。', 'No membership ends within 30 days.'],
  member: ['会员', 'Member'],
  amount: ['将到期', 'Ends'],
  until: ['有效至', 'Good through'],
  left: ['还剩', 'In'],
  days: [(days: number) => `${days} 天`, (days: number) => (days === 1 ? '1 day' : `${days} days`)],
  balance: ['可用余额', 'Available'],
  mark: ['提醒线', 'Mark'],
  told: ['上次提醒', 'Told last'],
  notYet: ['尚未提醒', 'Not yet'],
  untold: ['未提醒', 'Not told'],
  unwanted: ['会员不要提醒', 'Wants no reminders'],
  nothingEnding: ['三十天内没有储值到期。', 'No stored value ends within 30 days.'],
  nothingLow: [
    '没有会员低于提醒线。提醒线在「储值」页的储值规则里设。',
    'Nobody is below the mark. The mark is one of the wallet rules, on the page of stored value.',
  ],
});
