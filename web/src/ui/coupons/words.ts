import { defineWords } from '../messages.ts';

/** What coupons take off, and how they stand. */
export const couponWords = defineWords({
  off: [(amount: string) => `立减 ${amount}`, (amount: string) => `${amount} off`],
  offFrom: [
    (amount: string, from: string) => `满 ${from} 减 ${amount}`,
    (amount: string, from: string) => `${amount} off from ${from}`,
  ],
  from: [(from: string) => `满 ${from} 可用`, (from: string) => `from ${from}`],
  most: [(most: string) => `最多减 ${most}`, (most: string) => `${most} off at most`],
  all: ['全免', 'all of it free'],
  gift: [
    (name: string, count: number) => `送「${name}」${count} 张`,
    (name: string, count: number) => `${count} × “${name}” as a gift`,
  ],
  takes: [(count: number) => `收回券 ${count} 张`, (count: number) => `${count} coupons withdrawn`],
  usable: ['可用', 'Usable'],
  waiting: ['未到可用日期', 'Not usable yet'],
  used: ['已使用', 'Used'],
  lapsed: ['已过期', 'Expired'],
  withdrawn: ['已收回', 'Withdrawn'],
});
