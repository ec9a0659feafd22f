import type { ColumnName } from '../reading/line.ts';

export type Language = 'zh' | 'en';
export const languages = ['zh', 'en'] as const satisfies readonly Language[];

const columns: Readonly<
  Record<ColumnName | 'opening' | 'net' | 'closing', Readonly<Record<Language, string>>>
> = {
  opening: { zh: '期初', en: 'Opening' },
  loads: { zh: '售卡与充值', en: 'Loads taken' },
  kept: { zh: '自留', en: 'Kept' },
  honoured: { zh: '受理他店', en: 'Honoured' },
  honouredElsewhere: { zh: '他店受理', en: 'Honoured elsewhere' },
  refunds: { zh: '退款', en: 'Refunds' },
  adjustments: { zh: '调整', en: 'Adjustments' },
  fees: { zh: '手续费', en: 'Fees' },
  netting: { zh: '轧差', en: 'Netting' },
  payments: { zh: '收付', en: 'Payments' },
  net: { zh: '本期净额', en: 'Net' },
  closing: { zh: '期末', en: 'Closing' },
};

/** What a column of a statement is called. */
export function columnTitle(name: keyof typeof columns, language: Language): string {
  return columns[name][language];
}

const texts = {
  title: { zh: '店间结算单', en: 'Settlement statement' },
  statement: { zh: '结算单', en: 'Statement' },
  postings: { zh: '明细', en: 'Postings' },
  party: { zh: '结算方', en: 'Party' },
  period: { zh: '结算期', en: 'Period' },
  number: { zh: '期号', en: 'No.' },
  fromBeginning: { zh: '自最初', en: 'From the beginning' },
  state: { zh: '状态', en: 'State' },
  said: { zh: '答复时间', en: 'Answered' },
  printed: { zh: '出具时间', en: 'Made' },
  holders: { zh: '本店持卡人', en: 'Its own customers' },
  merchant: { zh: '总部', en: 'The merchant' },
  counterpart: { zh: '对方', en: 'Counterpart' },
  currency: { zh: '币种', en: 'Currency' },
  total: { zh: '合计', en: 'Total' },
  nothing: { zh: '本期没有往来。', en: 'Nothing came about in this period.' },
  corrections: { zh: '更正（入账于其后的结算期）', en: 'Corrections, booked in later periods' },
  reason: { zh: '原因', en: 'Reason' },
  amount: { zh: '金额', en: 'Amount' },
  day: { zh: '日期', en: 'Day' },
  time: { zh: '时间（UTC）', en: 'Time (UTC)' },
  store: { zh: '发生门店', en: 'At' },
  what: { zh: '事件', en: 'Event' },
  column: { zh: '栏目', en: 'Column' },
  reference: { zh: '单号', en: 'Reference' },
  sign: {
    zh: '正数为应收，负数为应付；本期净额为各栏之和，期末 = 期初 + 本期净额。自留：所收款项由结算方自行兑付，不欠他方。',
    en: 'Positive: is owed to this party; negative: it owes. Net is the sum of the columns, closing is opening and net. Kept: money for which the party itself answers, owed to nobody else.',
  },
  invoice: {
    zh: '受理他方所售预付卡的款项，凭普通发票结算，备注“收到预付卡结算款”（税务总局公告 2016 年第 53 号）。',
    en: 'For China: money for honouring prepaid cards that another taxpayer sold is settled against an ordinary invoice, remark “收到预付卡结算款” (STA notice 53 of 2016).',
  },
  signedBy: { zh: '结算方签章', en: 'Signed for the party' },
  signedFor: { zh: '总部签章', en: 'Signed for the merchant' },
  cut: {
    zh: '明细超出行数上限，其余请在系统中查阅。',
    en: 'There are more postings; see the others in the console.',
  },
  drawn: { zh: '待答复', en: 'Waits for an answer' },
  disputed: { zh: '有异议', en: 'Disputed' },
  answered: { zh: '异议已处理', en: 'Dispute answered' },
  confirmed: { zh: '已确认', en: 'Confirmed' },
  closed: { zh: '已结账', en: 'Closed' },
} as const;

/** What stands on a statement in a language. */
export function wordsIn(language: Language) {
  return (word: keyof typeof texts): string => texts[word][language];
}
