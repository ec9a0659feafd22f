import { defineWords } from '../../ui/words.ts';

export const ownCouponWords = defineWords({
  title: ['我的优惠券', 'My coupons'],
  none: ['没有优惠券', 'No coupons'],
  noneWhy: ['商家发给您的券会出现在这里。', 'What the shop gives you appears here.'],
  how: ['结账时告诉收银员要用哪一张。', 'Say at the counter which one you want to use.'],
  until: [(day: string) => `有效至 ${day}`, (day: string) => `good through ${day}`],
  from: [(day: string) => `${day} 起可用`, (day: string) => `from ${day}`],
  forever: ['不过期', 'does not end'],
  at: [(stores: string) => `限 ${stores}`, (stores: string) => `at ${stores}`],
  of: [(goods: string) => `限购 ${goods}`, (goods: string) => `for ${goods}`],
  see: ['看优惠券', 'My coupons'],
});
