import { defineWords } from '../../../ui/words.ts';

export const familyWords = defineWords({
  title: ['家人储值', 'Family balance'],
  of: [(who: string) => `${who} 的储值`, (who: string) => `Balance of ${who}`],
  canPay: [(amount: string) => `可付 ${amount}`, (amount: string) => `can pay ${amount}`],
  withCode: ['扫顾客的会员码后显示可付金额', 'Scan their member’s code to see how much'],
  atOnce: [(amount: string) => `每笔至多 ${amount}`, (amount: string) => `${amount} at once`],
  leftToday: [(amount: string) => `今日还剩 ${amount}`, (amount: string) => `${amount} left today`],
  whose: ['用谁的储值', 'Whose balance pays'],
  own: ['本人', 'Their own'],
  takeIt: [
    (amount: string) => `用家人储值付 ${amount}`,
    (amount: string) => `Take ${amount} from the family balance`,
  ],
  paid: ['家人储值支付', 'from the family balance'],
  short: ['超过现在可付的金额，请换一种方式。', 'More than can be paid with it now: take another way.'],
  why: [
    '两位都在场：先扫出钱的人手机上的会员码，再扫家人的。每个码只用一次。',
    'Both are here: scan the member’s code of the one whose balance it is, then the relative’s. Each code is good once.',
  ],
  payerCode: ['出钱的人的会员码', 'Code of the one whose balance it is'],
  relativeCode: ['家人的会员码', 'Code of the relative'],
  paymentMax: ['每笔最多（不填即不限）', 'Most at once (left empty: no limit)'],
  dayMax: ['每天最多（不填即不限）', 'Most in a day (left empty: no limit)'],
  withDiscount: ['家人也享受其会员折扣', 'Their discount goes with it'],
  begin: ['开通家人共用', 'Let them pay'],
  done: ['家人共用已开通', 'They may pay now'],
  doneNote: [
    '从现在起可用对方的储值付款；双方都可在手机上停止。',
    'From now on they pay from that balance; both can end it on their phones.',
  ],
});
