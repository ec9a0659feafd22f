import { defineWords } from '../../ui/words.ts';

export const shiftWords = defineWords({
  title: ['班次', 'Shift'],
  localWhy: [
    '班次记在这台设备上，不在服务器上；换了设备就看不到。',
    'The shift is kept on this device, not on the server; another device does not see it.',
  ],
  openTitle: ['开班：抽屉里有多少现金？', 'Open: how much cash is in the drawer?'],
  open: ['开班', 'Open the shift'],
  openedAt: ['开班时间', 'Opened'],
  taken: ['礼品卡收款', 'Taken by gift card'],
  refunds: ['退款与撤销', 'Refunded and undone'],
  sold: ['售卡收款', 'Taken for cards'],
  count: ['笔数', 'Number'],
  float: ['备用金', 'Float'],
  expected: ['应有现金', 'Cash expected'],
  counted: ['实点现金', 'Cash counted'],
  difference: ['长短款', 'Over or short'],
  close: ['点清并交班', 'Count and close'],
  closeNow: ['交班', 'Close the shift'],
  print: ['打印', 'Print'],
  none: ['无', 'None'],
});
