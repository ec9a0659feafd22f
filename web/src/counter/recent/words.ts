import { defineWords } from '../../ui/words.ts';

export const recentWords = defineWords({
  title: ['最近十笔', 'The last ten'],
  localWhy: ['这台设备自己做的；别处做的请到管理台查。', 'Done on this device; for others see the console.'],
  nothing: ['这台设备还没有做过。', 'Nothing was done on this device yet.'],
  redeem: ['收款', 'Taken'],
  sale: ['售卡', 'Sold'],
  refund: ['退款', 'Refund'],
  reversal: ['撤销', 'Undone'],
  reversed: ['已撤销', 'Undone'],
  refunded: ['有退款', 'Refunded'],
  receipt: ['小票', 'Receipt'],
  doRefund: ['退款', 'Refund'],
  undo: ['整笔撤销', 'Undo all of it'],
  refundHow: ['退多少', 'How much back'],
  reason: ['原因', 'Reason'],
  returned: ['退货', 'Goods returned'],
  mistake: ['收错了', 'Taken by mistake'],
  quality: ['商品有问题', 'Something was wrong'],
  confirmRefund: [(amount: string) => `退 ${amount}`, (amount: string) => `Give back ${amount}`],
  undoWhy: [
    '当作没有收过；钱全部回到卡上。',
    'As if it had not been taken; all of it goes back onto the card.',
  ],
});
