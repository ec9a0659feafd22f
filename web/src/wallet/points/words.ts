import { defineWords } from '../../ui/words.ts';

export const pointsWords = defineWords({
  title: ['积分', 'Points'],
  usable: ['可用积分', 'To spend'],
  pending: [(points: string) => `${points} 待生效`, (points: string) => `${points} pending`],
  owed: [
    (points: string) => `退货多扣 ${points}，之后得到的先抵还`,
    (points: string) => `${points} owed for what was returned: the next ones pay it`,
  ],
  worth: [(amount: string) => `可抵 ${amount}`, (amount: string) => `worth ${amount}`],
  lots: ['何时到期', 'What lapses when'],
  lapses: [(day: string) => `${day} 到期`, (day: string) => `Lapses after ${day}`],
  forever: ['长期有效', 'No end'],
  usableFrom: [(day: string) => `${day} 起可用`, (day: string) => `From ${day} on`],
  history: ['明细', 'History'],
  none: ['还没有积分', 'No points yet'],
  noneWhy: [
    '到店消费时报手机号，积分会自动到账。',
    'Give your phone number when you pay, and they come by themselves.',
  ],
  takeGift: ['积分换礼', 'Gifts for points'],
  have: [(points: string) => `您有 ${points} 积分`, (points: string) => `You have ${points} points`],
  cost: [(points: string) => `${points} 积分`, (points: string) => `${points} points`],
  noGifts: ['现在没有可换的礼品', 'There is nothing to take for points now'],
  noGiftsWhy: ['有新礼品时会出现在这里。', 'New gifts will stand here.'],
  soldOut: ['各店都没货了', 'None left in any shop'],
  tooFew: [(points: string) => `还差 ${points} 积分`, (points: string) => `${points} points short`],
  where: ['到哪家店领', 'Where to collect it'],
  take: ['兑换', 'Take it'],
  takeTitle: [(name: string) => `兑换${name}？`, (name: string) => `Take ${name}?`],
  takeWhy: [
    (points: string, store: string) => `用 ${points} 积分，到 ${store} 领取。没领之前可以取消，积分退回。`,
    (points: string, store: string) =>
      `It costs ${points} points and waits in ${store}. Until you collect it you can give it up and have the points back.`,
  ],
  taken: [
    (name: string, store: string) => `已兑换${name}，请到 ${store} 报手机号领取。`,
    (name: string, store: string) => `${name} is yours: collect it in ${store} with your phone number.`,
  ],
  mine: ['我兑换的', 'What I took'],
  waiting: ['待领取', 'Waiting'],
  handed: ['已领取', 'Collected'],
  cancelled: ['已取消', 'Given up'],
  at: [(store: string) => `在 ${store}`, (store: string) => `in ${store}`],
  giveUp: ['取消兑换', 'Give it up'],
  giveUpTitle: ['取消兑换？', 'Give it up?'],
  giveUpWhy: [
    (points: string) => `${points} 积分会退回给您。`,
    (points: string) => `You get ${points} points back.`,
  ],
});

/** What happened to points, as their owner reads it. */
export const pointsEntryWords = defineWords({
  'gift_order.cancelled': ['取消兑换', 'Gift given up'],
  'gift_order.handed': ['兑换礼品', 'Gift taken'],
  'gift_order.placed': ['兑换礼品', 'Gift taken'],
  'points.adjusted': ['商家调整', 'Put right by the shop'],
  'points.lapsed': ['到期', 'Lapsed'],
  'points.transferred': ['转赠', 'Given on'],
  'payment_order.paid': ['充值赠送', 'Given with a top-up'],
  'payment_order.refund_begun': ['充值退款收回', 'Taken back with a top-up'],
  'payment_order.refund_failed': ['退款未成，已退回', 'Refund failed: given back'],
  'purchase.made': ['消费', 'Purchase'],
  'purchase.refunded': ['消费退款', 'Refund'],
  'wallet.refunded': ['退充值收回', 'Taken back with a top-up'],
  'wallet.topped_up': ['充值赠送', 'Given with a top-up'],
});
