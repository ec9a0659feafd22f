import { defineWords } from '../../ui/words.ts';

export const homeWords = defineWords({
  title: ['首页', 'Home'],
  sold: ['售卡收款', 'Taken for cards'],
  redeemed: ['核销', 'Redeemed'],
  sinceOpening: ['开业以来', 'Since opening'],
  books: ['账', 'Books'],
  balanced: ['账平', 'In balance'],
  unbalanced: ['账不平，请立即查看', 'Out of balance: look now'],
  chart: ['各店：卖出与核销', 'By store: sold and redeemed'],
  chartWhy: [
    '哪家店卖得多、哪家店收得多；差额就是店间结算要付的钱。',
    'Who sells and who redeems; the difference is what settlement is about.',
  ],
  store: ['门店', 'Store'],
  savePng: ['存为图片', 'Save as PNG'],
  saveCsv: ['存为 CSV', 'Save as CSV'],
  tenders: ['收款方式', 'How customers paid'],
  nothingSold: ['还没有卖出卡。', 'Nothing has been sold yet.'],
  underWay: ['正在制卡', 'Cards being made'],
  awaitingRelease: ['制好还没交付的批次', 'Batches made and not released'],
  none: ['没有', 'None'],
  toSteps: ['开张指引：从第一家店到第一笔核销', 'First steps: from the first store to the first redemption'],
});

export const stepWords = defineWords({
  title: ['开张指引', 'First steps'],
  lead: [
    '六步做完，就真的卖出并收下了第一张卡。每一步都是真的。',
    'Six steps to a first card sold and taken. Every one of them is real.',
  ],
  done: ['已完成', 'Done'],
  merchant: ['商家已建立', 'The merchant exists'],
  merchantWhy: ['名称、币种与时区已经定好。', 'Name, currency and time zone are set.'],
  store: ['开一家门店', 'Open a store'],
  storeWhy: ['卡在门店卖出，也在门店核销。', 'Cards are sold and taken in stores.'],
  program: ['定一个卡种', 'Make a program'],
  programWhy: ['面值、有效期、在哪里能用。', 'Values, validity and where they work.'],
  batch: ['制十张卡', 'Make ten cards'],
  batchWhy: ['后台制作，几秒就好。', 'Made in the background in seconds.'],
  release: ['取出卡号', 'Take out the codes'],
  releaseWhy: ['下载 CSV，只此一次。', 'As a CSV, this once.'],
  sale: ['卖出第一张', 'Sell the first'],
  saleWhy: ['在收银台收款并激活。', 'At the counter: take the money and activate.'],
  redemption: ['收下第一笔', 'Take the first payment'],
  redemptionWhy: ['在收银台扫卡、输入金额、确认。', 'At the counter: scan, enter the amount, confirm.'],
  go: ['去做', 'Do it'],
});
