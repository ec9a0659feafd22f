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
  giveBack: ['退回总部', 'Send back to HQ'],
  giveBackWhy: [
    '扫要退的第一张和最后一张，或输入序列号。总部收到后会确认。',
    'Scan the first and the last card that go back, or type their serial numbers. HQ confirms when they come.',
  ],
  returnPart: [
    (count: string, held: string) => `退回其中 ${count} 张；这一盒保管着 ${held} 张。`,
    (count: string, held: string) => `${count} cards go back, of the ${held} kept in this box.`,
  ],
  mindSold: [
    (count: string) => `这一盒已售 ${count} 张；请核对首尾两张还在手里。`,
    (count: string) =>
      `${count} of this box are sold; see that the first and the last card are in your hands.`,
  ],
  confirmReturn: [(count: string) => `退回 ${count} 张`, (count: string) => `Send ${count} cards back`],
  notHeld: ['这张卡不在本店保管的卡里。', 'This card is not among those kept here.'],
  sentBack: ['已退回，等总部收', 'On their way back to HQ'],
  keep: ['不退了', 'Keep them'],
  again: ['重新扫', 'Start again'],
  received: ['已收下', 'Received'],
  next: ['完成', 'Done'],
});
