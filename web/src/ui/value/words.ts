import { defineWords } from '../messages.ts';

/** By which rule what is left of a top-up is paid back. */
export const refundRuleWords = defineWords({
  seven_days: ['七天内未动用，全额退', 'Untouched within seven days: all of it'],
  paid_ratio: ['余额 × 实付比例', 'What is left × the part that was paid'],
  list_price: ['实付 − 已用部分（按原价）', 'Paid − what was used, at list price'],
  time: ['按剩余时间比例', 'By the time that is left'],
});
