import { defineWords } from '../../ui/words.ts';

export const valueWords = defineWords({
  title: ['我的储值', 'My balance'],
  canSpend: ['可用余额', 'To spend'],
  principal: ['本金', 'Principal'],
  bonus: ['赠金', 'Bonus'],
  later: ['待到账赠金', 'Bonus to come'],
  topUp: ['充值', 'Top up'],
  parts: ['余额明细', 'What it is made of'],
  only: [
    (where: readonly string[]) => `仅限${where.join('，')}`,
    (where: readonly string[]) => `Only ${where.join('; ')}`,
  ],
  onlyGoods: [(goods: string) => `购买${goods}`, (goods: string) => `for ${goods}`],
  onlyStores: [(stores: string) => `在${stores}`, (stores: string) => `at ${stores}`],
  forever: ['长期有效', 'No end'],
  through: [(day: string) => `有效至 ${day}`, (day: string) => `Good through ${day}`],
  from: [(day: string) => `${day} 到账`, (day: string) => `To come on ${day}`],
  family: ['家人共用', 'Share with family'],
  paidBy: [(who: string) => `家人 ${who}`, (who: string) => `by ${who}`],
  history: ['明细', 'History'],
  none: ['还没有储值', 'Nothing on your wallet yet'],
  noneWhy: [
    '用充值卡、礼品卡或在线支付充值，到店报手机号就能付。',
    'Top up with a recharge card, a gift card or online, and pay in the shop by your phone number.',
  ],
  after: [(amount: string) => `之后共 ${amount}`, (amount: string) => `then ${amount} in all`],
  bonusPart: [(amount: string) => `其中赠金 ${amount}`, (amount: string) => `${amount} of it bonus`],
});

/** What happened to what is on a wallet, as its owner reads it. */
export const entryWords = defineWords({
  'card.moved_to_wallet': ['礼品卡转入', 'From a gift card'],
  'dividend.credited': ['分红', 'Dividend'],
  'import.block_applied': ['转入原有余额', 'Brought from before'],
  'import.block_reversed': ['撤销转入', 'Taken back'],
  'member.imported': ['转入原有余额', 'Brought from before'],
  'membership.cancelled': ['会员卡退款', 'Membership given back'],
  'membership.joined': ['办会员卡', 'Membership'],
  'membership.renewed': ['会员续费', 'Membership renewed'],
  'membership.upgraded': ['会员卡升级', 'Membership upgraded'],
  'payment_order.paid': ['在线充值', 'Topped up online'],
  'payment_order.refund_begun': ['充值退款', 'Top-up sent back'],
  'payment_order.refund_failed': ['退款未成，已退回储值', 'Refund failed: back on the wallet'],
  'purchase.made': ['消费', 'Paid'],
  'purchase.refunded': ['消费退款', 'Refunded'],
  'recharge_card.used': ['充值卡充值', 'Recharge card'],
  'wallet.adjusted': ['余额更正', 'Corrected'],
  'wallet.lapsed': ['赠金到期', 'Bonus lapsed'],
  'wallet.refunded': ['退充值', 'Paid back'],
  'wallet.topped_up': ['门店充值', 'Topped up in the shop'],
});
