import { defineWords } from '../../../ui/words.ts';

export const cardPanelWords = defineWords({
  loading: ['正在查', 'Looking'],
  join: ['办卡', 'New card'],
  renew: ['续费', 'Renew'],
  upgrade: ['升级', 'Upgrade'],
  how: ['办理什么', 'What to sell'],
  none: ['没有会员卡', 'No membership card'],
  through: [(day: string) => `有效至 ${day} 当天结束`, (day: string) => `Good to the end of ${day}`],
  noPlans: [
    '还没有在售的会员卡。请在管理台新建。',
    'There is no card type on sale. Make one in the console.',
  ],
  which: ['选一种卡', 'Which card'],
  firstDay: ['入会日期', 'Join date'],
  validity: ['有效期', 'Valid'],
  fromTo: [
    (from: string, to: string) => `${from} 至 ${to} 当天结束`,
    (from: string, to: string) => `${from} to the end of ${to}`,
  ],
  noDiscount: ['无折扣', 'no discount'],
  byWallet: [(off: string) => `储值付 ${off}`, (off: string) => `${off} from the wallet`],
  due: ['应收', 'To pay'],
  price: ['价格', 'Price'],
  credit: ['原卡未用抵扣', 'Not used up of the old card'],
  sell: [(amount: string) => `已收 ${amount}，办卡`, (amount: string) => `${amount} received: sell it`],
  sellWallet: [
    (amount: string) => `用余额付 ${amount}，办卡`,
    (amount: string) => `Sell it: ${amount} from the wallet`,
  ],
  sellFree: ['免费办卡', 'Give it for nothing'],
  renewFor: [(amount: string) => `已收 ${amount}，续费`, (amount: string) => `${amount} received: renew it`],
  renewWallet: [
    (amount: string) => `用余额付 ${amount}，续费`,
    (amount: string) => `Renew it: ${amount} from the wallet`,
  ],
  renewFree: ['免费续费', 'Renew it for nothing'],
  upgradeFor: [
    (amount: string) => `已收 ${amount}，升级`,
    (amount: string) => `${amount} received: upgrade it`,
  ],
  upgradeWallet: [
    (amount: string) => `用余额付 ${amount}，升级`,
    (amount: string) => `Upgrade it: ${amount} from the wallet`,
  ],
  anew: ['重新扫会员码', 'Scan the member’s code anew'],
  sold: ['办卡成功', 'Card sold'],
  renewed: ['续费成功', 'Renewed'],
  upgraded: ['升级成功', 'Upgraded'],
  soldNote: [
    (plan: string, day: string) => `${plan} · 有效至 ${day}`,
    (plan: string, day: string) => `${plan} · good through ${day}`,
  ],
  nothing: ['现在不能办卡、续费或升级：', 'Nothing can be sold, renewed or upgraded now: '],
});
