import { defineWords } from '../../ui/words.ts';

export const familyWords = defineWords({
  title: ['家人共用', 'Family'],
  why: [
    '让家人到店时用您的储值付款。对方须在自己的手机上接受；每笔付款您都会收到通知，随时可以停止。',
    'Let relatives pay from your balance in the shop. They accept on their own phone, you hear of each payment, and you can end it at any time.',
  ],
  off: ['本商户未开放家人共用。', 'Wallets are not shared here.'],
  offers: ['收到的邀请', 'Offered to you'],
  offer: [
    (who: string) => `${who} 请您用其储值付款`,
    (who: string) => `${who} lets you pay from their balance`,
  ],
  accept: ['接受', 'Accept'],
  decline: ['谢绝', 'Decline'],
  got: ['我可用的家人储值', 'Balances I may pay from'],
  of: [(who: string) => `${who} 的储值`, (who: string) => `Balance of ${who}`],
  spendable: ['现在最多可付', 'Most you can pay now'],
  howTo: [
    '到店报您自己的手机号，告诉店员用家人的储值付。',
    'Say your own number in the shop, and that your relative’s balance pays.',
  ],
  leave: ['不再使用', 'Stop using it'],
  leaveTitle: [
    (who: string) => `不再使用 ${who} 的储值？`,
    (who: string) => `Stop using the balance of ${who}?`,
  ],
  leaveWhy: ['需要时可请对方再次邀请。', 'They can offer it to you again.'],
  given: ['谁可用我的储值', 'Who may pay from mine'],
  nobody: ['还没有人。', 'Nobody yet.'],
  waits: [
    (end: string, day: string) => `尾号 ${end} · 等待对方接受（${day} 前）`,
    (end: string, day: string) => `Number ending ${end} · waiting until ${day}`,
  ],
  change: ['改限额', 'Change limits'],
  end: ['停止', 'End'],
  takeBack: ['撤回', 'Take back'],
  endTitle: [(who: string) => `不再让 ${who} 用您的储值？`, (who: string) => `End it for ${who}?`],
  endWhy: ['马上生效。已付的款不受影响。', 'It ends at once. What was paid stays paid.'],
  invite: ['邀请家人', 'Invite a relative'],
  phone: ['家人的手机号', 'Their phone number'],
  paymentMax: ['每笔最多（不填即不限）', 'Most at once (left empty: no limit)'],
  dayMax: ['每天最多（不填即不限）', 'Most in a day (left empty: no limit)'],
  withDiscount: ['家人也享受我的会员折扣', 'My discount goes with it'],
  send: ['发出邀请', 'Send the offer'],
  sent: [
    '邀请已发出。请家人用该手机号登录这里，在“家人共用”中接受，七天内有效。',
    'It is offered. They sign in here by that number and accept it under Family, within seven days.',
  ],
  full: [
    (most: string) => `最多可邀请 ${most} 位家人。`,
    (most: string) => `You may let ${most} relatives pay.`,
  ],
  save: ['保存', 'Save'],
  atOnce: [(amount: string) => `每笔 ${amount}`, (amount: string) => `${amount} at once`],
  inDay: [
    (amount: string, left: string) => `每天 ${amount}，今日还剩 ${left}`,
    (amount: string, left: string) => `${amount} a day, ${left} left today`,
  ],
  noLimit: ['不限额', 'No limit'],
  discount: ['含会员折扣', 'discount included'],
});
