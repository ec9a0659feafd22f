import { defineWords } from '../messages.ts';

/** The states of a card, as both the desk and the counter name them. */
export const cardStateWords = defineWords({
  generated: ['已生成', 'Generated'],
  printed: ['已交付', 'Released'],
  active: ['可用', 'Active'],
  held: ['预占中', 'On hold'],
  partially_used: ['部分使用', 'Partly used'],
  used_up: ['已用完', 'Used up'],
  frozen: ['已冻结', 'Frozen'],
  expired: ['已过期', 'Expired'],
  voided: ['已作废', 'Void'],
  replaced: ['已换卡', 'Replaced'],
});

/** How a card was paid for. */
export const tenderWords = defineWords({
  cash: ['现金', 'Cash'],
  wechat_pay: ['微信支付', 'WeChat Pay'],
  alipay: ['支付宝', 'Alipay'],
  bank_card: ['银行卡', 'Bank card'],
  transfer: ['转账', 'Bank transfer'],
});

/** What customers hold with the merchant and pay with. */
export const heldWords = defineWords({
  wallet: ['储值', 'Wallet'],
  gift_card: ['礼品卡', 'Gift card'],
  points: ['积分', 'Points'],
});

export type CardState = keyof typeof cardStateWords.zh;

/** What a state means for who stands at the counter: go on, look, or stop. */
export function toneOf(state: CardState): 'good' | 'look' | 'stop' | 'quiet' {
  if (state === 'active' || state === 'partially_used') return 'good';
  if (state === 'held' || state === 'frozen') return 'look';
  return state === 'generated' || state === 'printed' || state === 'used_up' ? 'quiet' : 'stop';
}
