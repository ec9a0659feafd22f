import { defineWords } from '../messages.ts';

/** By which rule what is left of a top-up is paid back. */
export const refundRuleWords = defineWords({
  seven_days: ['七天内未动用，全额退', 'Untouched within seven days: all of it'],
  paid_ratio: ['余额 × 实付比例', 'What is left × the part that was paid'],
  list_price: ['实付 − 已用部分（按原价）', 'Paid − what was used, at list price'],
  time: ['按剩余时间比例', 'By the time that is left'],
});

/** By what value came onto a wallet, besides what the counter takes. */
export const wayWords = defineWords({
  cash: ['现金', 'Cash'],
  bank_card: ['银行卡', 'Bank card'],
  wechat_pay: ['微信支付', 'WeChat Pay'],
  wechat: ['微信支付', 'WeChat Pay'],
  alipay: ['支付宝', 'Alipay'],
  stripe: ['Stripe', 'Stripe'],
  transfer: ['转账', 'Bank transfer'],
  recharge_card: ['充值卡', 'Recharge card'],
  gift_card: ['礼品卡', 'Gift card'],
  import: ['导入', 'Import'],
  dividend: ['分红', 'Dividend'],
});
