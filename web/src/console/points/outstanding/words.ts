import { defineWords } from '../../../ui/words.ts';

export const outstandingWords = defineWords({
  title: ['会员手里的积分', 'Points that members have'],
  now: ['此刻', 'Now'],
  overTime: ['各月末', 'At the end of each month'],
  overTimeWhy: [
    '会员持有的积分减去欠分；最后一点是此刻。',
    'What members have, less what they owe; the last is now.',
  ],
  coming: ['今后十二个月到期', 'Lapsing in the coming twelve months'],
  comingWhy: ['按最后可用的月份；不再有消费时的数。', 'By the last month of use, if nothing more is spent.'],
  noneComing: [
    '今后十二个月没有积分到期；其余见表格。',
    'No points lapse in the coming twelve months; the table has the others.',
  ],
  month: ['月份', 'Month'],
  points: ['积分', 'Points'],
  ended: ['已到期未清扫', 'Lapsed, not swept yet'],
  later: ['更晚到期', 'Later'],
  withoutEnd: ['永不到期（已减欠分）', 'Never, less what is owed'],
  sum: ['合计', 'Together'],
});
