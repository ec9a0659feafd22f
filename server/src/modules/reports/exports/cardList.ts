import { decimal } from '../../../platform/files/table.ts';
import { cardFilterFields, cardsAfter } from '../../cards/index.ts';
import { exportedList, start, time } from './list.ts';

const rowsAtOnce = 1_000;

export const cardList = exportedList({
  name: 'cards',
  title: { zh: '卡', en: 'Cards' },
  permission: 'cards.read',
  filters: cardFilterFields,
  columns: [
    { zh: '序号', en: 'Serial' },
    { zh: '末四位', en: 'Last four' },
    { zh: '状态', en: 'State' },
    { zh: '余额', en: 'Balance' },
    { zh: '预留', en: 'Held' },
    { zh: '面值', en: 'Face value' },
    { zh: '币种', en: 'Currency' },
    { zh: '卡方案', en: 'Program' },
    { zh: '批次', en: 'Batch' },
    { zh: '售出门店', en: 'Sold by' },
    { zh: '激活时间', en: 'Activated at' },
    { zh: '有效期至（不含）', en: 'Valid until (exclusive)' },
    { zh: '持卡人', en: 'Holder' },
  ],
  async page(db, filter, after, context) {
    const found = await cardsAfter(db, filter, after === start ? 0n : BigInt(after), rowsAtOnce, context);
    return {
      rows: found.map(({ card, shown }) => [
        shown.serial,
        card.last4,
        shown.state,
        decimal(card.balance, card.currency),
        decimal(card.held, card.currency),
        decimal(card.faceValue, card.currency),
        card.currency,
        shown.programId,
        shown.batchId,
        shown.soldStoreId,
        time(card.activatedAt),
        time(card.validUntil),
        card.holder,
      ]),
      next: found.length < rowsAtOnce ? undefined : found.at(-1)?.card.serial.toString(),
    };
  },
});
