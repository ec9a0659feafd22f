import { defineWords } from '../../../ui/words.ts';

export const payWords = defineWords({
  goods: ['商品：扫码，或输入编号、名称', 'Goods: scan, or type a number or name'],
  find: ['查找', 'Find'],
  noGoods: ['没有在售的商品用这个编号或名称。', 'Nothing on sale has this number or name.'],
  fewer: [(name: string) => `减一件 ${name}`, (name: string) => `One ${name} less`],
  more: [(name: string) => `加一件 ${name}`, (name: string) => `One ${name} more`],
  other: ['其他金额（可不填）', 'Other goods, amount (may be left out)'],
  coupons: ['优惠券', 'Coupons'],
  several: [
    (name: string, count: number) => `${name} ×${count}`,
    (name: string, count: number) => `${name} ×${count}`,
  ],
  couponOff: [(amount: string) => `减 ${amount}`, (amount: string) => `${amount} off`],
  couponGap: [(amount: string) => `还差 ${amount}`, (amount: string) => `${amount} more needed`],
  byCoupon: [(amount: string) => `券减 ${amount}`, (amount: string) => `coupon ${amount}`],
  ways: ['用什么付', 'What pays'],
  wallet: ['储值', 'Wallet'],
  points: [
    (points: string, amount: string) => `${points} 积分抵 ${amount}`,
    (points: string, amount: string) => `${points} points for ${amount}`,
  ],
  byWallet: ['储值付', 'From the wallet'],
  byPoints: [(points: string) => `${points} 积分抵`, (points: string) => `By ${points} points`],
  rest: ['另收', 'Still to take'],
  received: [
    (amount: string, tender: string) => `已收${tender} ${amount}`,
    (amount: string, tender: string) => `${amount} received: ${tender}`,
  ],
  payByPoints: [(points: string) => `用 ${points} 积分付`, (points: string) => `Take ${points} points`],
  nothingDue: ['应收为零，完成', 'Nothing to pay: done'],
});
