import { defineWords } from '../../ui/words.ts';

export const ledgerWords = defineWords({
  title: ['账本', 'Ledger'],
  lead: [
    '复式账：每笔分录合计为零，余额只由分录得出',
    'Double entry: the postings of each activity sum to zero, and balances come from nothing else',
  ],
  balanced: ['账平', 'The books balance'],
  unbalanced: ['账不平', 'The books do not balance'],
  asset: ['币种', 'Currency'],
  debits: ['借方合计', 'Debits'],
  credits: ['贷方合计', 'Credits'],
  difference: ['差额', 'Difference'],
  accounts: ['账户', 'Accounts'],
  account: ['账户', 'Account'],
  owner: ['属于', 'Owner'],
  purpose: ['用途', 'Purpose'],
  anyPurpose: ['所有用途', 'Any purpose'],
  detail: ['细目', 'Detail'],
  balance: ['余额', 'Balance'],
  held: ['预占', 'On hold'],
  state: ['状态', 'State'],
  open: ['开立', 'Open'],
  frozen: ['冻结', 'Frozen'],
  closed: ['已关闭', 'Closed'],
  ofOwner: [(owner: string) => `只看 ${owner}`, (owner: string) => `Only ${owner}`],
  sign: [
    '正数是欠对方的（贷方），负数是对方持有的（借方）。',
    'Positive is owed to the owner (credit), negative is held by it (debit).',
  ],
  merchantItself: ['商家本身', 'The merchant itself'],
});

export const purposeWords = defineWords({
  card: ['卡内余额', 'Balance of a card'],
  tender: ['售卡收款', 'Taken for cards'],
  revenue: ['核销收入', 'Revenue from redemptions'],
  clearing: ['店间往来', 'Between stores'],
  adjustment: ['调账', 'Adjustments'],
  sale_difference: ['售价差额', 'Discount on sales'],
  voided: ['作废余额', 'Voided balances'],
  membership_fee: ['会费收入', 'Membership fees'],
  wallet: ['钱包余额', 'Balance of a wallet'],
  wallet_bonus: ['赠送支出', 'Bonus given'],
  breakage: ['到期赠金', 'Bonus that lapsed'],
  cash_difference: ['长短款', 'Cash over and short'],
  store_fund: ['门店结算账户', 'Store settlement account'],
  store_credit: ['门店透支额度', 'Credit granted to stores'],
  cash_kept: ['门店自留现金', 'Cash that stores keep'],
  commission: ['代收手续费', 'Commission on top-ups'],
  dividend: ['分红', 'Dividends'],
  points: ['会员积分', 'Points of members'],
  points_issue: ['积分发放', 'Points issued'],
  coupon: ['优惠券', 'Coupon'],
  coupon_template: ['券模板', 'Coupon template'],
  gift_stock: ['礼品库存', 'Gifts in stock'],
  gift_supply: ['礼品来源', 'Gifts supplied'],
  marketing: ['营销费用', 'Marketing'],
  opening_balance: ['导入的期初余额', 'Opening balances brought in'],
});

export const settlementWords = defineWords({
  title: ['店间往来', 'Between stores'],
  lead: [
    '别店卖的卡在本店核销，别店就欠本店',
    'What one store sold and another redeemed, the first owes the second',
  ],
  store: ['门店', 'Store'],
  chooseStore: ['选一家门店', 'Choose a store'],
  from: ['从', 'From'],
  to: ['到（不含）', 'Until (not including)'],
  counterpart: ['对方门店', 'Counterpart'],
  merchantItself: ['商家本身', 'The merchant itself'],
  owed: ['应收', 'Is owed'],
  owes: ['应付', 'Owes'],
  net: ['净额', 'Net'],
  total: ['合计', 'Total'],
  receives: [
    (amount: string) => `本店净应收 ${amount}`,
    (amount: string) => `This store is to receive ${amount} net`,
  ],
  pays: [
    (amount: string) => `本店净应付 ${amount}`,
    (amount: string) => `This store is to pay ${amount} net`,
  ],
  even: ['本店收付相抵', 'This store is even'],
  nothing: ['这段时间没有跨店核销。', 'Nothing was redeemed across stores in this time.'],
  choose: [
    '先选一家门店，就看得到它和别店之间的往来。',
    'Choose a store to see what stands between it and the others.',
  ],
});

/** What the ledger counts besides money. */
export const assetWords = defineWords({
  points: ['积分', 'Points'],
  coupon: ['优惠券', 'Coupons'],
  piece: ['件', 'Pieces'],
});

/** What a lot on a card is made of. */
export const lotWords = defineWords({
  principal: ['本金', 'Principal'],
  bonus: ['赠金', 'Bonus'],
  dividend: ['分红', 'Dividend'],
});
