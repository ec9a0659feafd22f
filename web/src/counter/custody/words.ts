import { defineWords } from '../../ui/words.ts';

export const custodyWords = defineWords({
  title: ['收卡', 'Cards sent here'],
  toSell: ['回到售卡', 'Back to selling'],
  nothing: ['没有发来的卡要收。', 'No cards are on their way here.'],
  coming: ['发来的卡', 'On their way here'],
  held: ['本店保管', 'Kept here'],
  returning: ['退回途中', 'On their way back'],
  cards: [(count: string) => `${count} 张`, (count: string) => `${count} cards`],
  sold: [(count: string) => `已售 ${count} 张`, (count: string) => `${count} sold`],
  first: ['扫第一张卡', 'Scan the first card'],
  last: ['扫最后一张卡', 'Scan the last card'],
  take: ['读取', 'Read it'],
  scanned: ['第一张', 'The first'],
  all: [
    (count: string) => `这一盒 ${count} 张，首尾都对上了。`,
    (count: string) => `All ${count} cards of the box: first and last are right.`,
  ],
  part: [
    (count: string, sent: string) =>
      `发来 ${sent} 张，您扫到的是其中 ${count} 张。少的请先找到，或只收这一段。`,
    (count: string, sent: string) =>
      `${sent} cards were sent; what you scanned is ${count} of them. Look for the rest, or confirm this part only.`,
  ],
  confirm: [(count: string) => `确认收到 ${count} 张`, (count: string) => `Confirm ${count} cards`],
  elsewhere: [
    '这张卡不在发给本店的卡里，请联系总部。',
    'This card is not among those sent to this store. Ask HQ.',
  ],
  mixed: [
    '首尾两张不在同一盒里，请从第一张重新扫。',
    'The first and the last card are not of the same box. Start again with the first.',
  ],
  again: ['重新扫', 'Start again'],
  received: ['已收下', 'Received'],
  next: ['完成', 'Done'],
});
