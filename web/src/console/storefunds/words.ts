import { defineWords } from '../../ui/words.ts';

export const storeFundWords = defineWords({
  title: ['门店结算账户', 'Store accounts'],
  lead: [
    '加盟店自留现金时，会员充值从结算账户扣除（扣掉服务费），不得超出额度',
    'Where a store keeps its cash, top-ups are taken out of its account less commission, within its limit',
  ],
  add: ['开设结算账户', 'Open an account'],
  nothing: ['还没有门店使用结算账户。', 'No store has an account yet.'],
  store: ['门店', 'Store'],
  cash: ['现金', 'Cash'],
  keeps: ['现金归门店', 'The store keeps it'],
  handsIn: ['现金上交', 'It is handed in'],
  keepsWhy: [
    '勾选后，门店收的充值现金由门店自留，同时从结算账户扣除。',
    'Cash for top-ups stays at the store, and its account pays for it.',
  ],
  deposit: ['预存余额', 'Deposit'],
  creditLimit: ['信用额度', 'Credit limit'],
  creditLimitWhy: ['预存用完后还可以透支多少', 'How far the account may be drawn beyond what was paid in'],
  available: ['可用', 'Available'],
  payIn: ['存入', 'Pay in'],
  payOut: ['退出', 'Pay out'],
  terms: ['条款', 'Terms'],
  save: ['保存', 'Save'],
  reference: ['转账单号', 'Reference of the transfer'],
});
