import { defineWords } from '../../ui/words.ts';

export const sellWords = defineWords({
  boxes: ['收卡', 'Receive'],
  recharge: ['充值卡充值', 'Recharge card'],
  title: ['售卡', 'Sell cards'],
  single: ['一张', 'One card'],
  range: ['连号', 'A range'],
  add: ['加入', 'Add'],
  codeOrSerial: ['卡号', 'Code'],
  from: ['起始序列号', 'First serial'],
  to: ['结束序列号', 'Last serial'],
  find: ['查这些卡', 'Look them up'],
  leftOut: [
    (count: number) => `${count} 张不能售，没有算进去：`,
    (count: number) => `${count} cannot be sold and ${count === 1 ? 'is' : 'are'} left out:`,
  ],
  remove: ['移除', 'Remove'],
  cards: [(count: number) => `${count} 张`, (count: number) => `${count} cards`],
  due: ['应收', 'To pay'],
  tender: ['收款方式', 'Paid by'],
  paymentReference: ['收款单号', 'Payment reference'],
  confirm: [(amount: string) => `已收 ${amount}，激活`, (amount: string) => `${amount} received: activate`],
  notForSale: ['这张卡现在不能售', 'This card cannot be sold now'],
  rejected: ['没有激活，一张也没有售出：', 'Nothing was activated or sold:'],
  tooMany: [
    (count: number) => `一次最多 ${count} 张，请分几次售。`,
    (count: number) => `At most ${count} at a time; sell them in parts.`,
  ],
  sending: ['正在激活', 'Activating'],
  unanswered: [
    '没有收到应答。再按一次即可：同一笔不会售两次。',
    'No answer came. Press again: it will not be sold twice.',
  ],
});
