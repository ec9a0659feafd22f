import { defineWords } from '../../ui/words.ts';

export const payWords = defineWords({
  title: ['付款码', 'Payment code'],
  cardNumber: ['会员卡号', 'Card number'],
  show: ['请把屏幕给店员扫一下。', 'Show the screen to the clerk.'],
  alt: ['付款二维码', 'Payment code as a QR code'],
  nextIn: [(seconds: number) => `${seconds} 秒后换新码`, (seconds: number) => `New code in ${seconds} s`],
  once: [
    '每个码只能用一次。不要截图发给别人。',
    'Each code works once. Do not send pictures of it to anybody.',
  ],
  offline: ['没有网络，付款码不能更新', 'No network: the code cannot be renewed'],
  offlineWhy: ['连上网络后会自动出新码。', 'A new one appears as soon as the network is back.'],
  making: ['正在生成', 'Making one'],
  justNow: ['刚刚', 'Just now'],
  left: [(amount: string) => `卡上还有 ${amount}`, (amount: string) => `${amount} on the card`],
  memberTitle: ['会员码', 'Member code'],
  memberShow: [
    '请店员扫一下：不用报手机号，余额和积分马上看到。',
    'Let the clerk scan it: no phone number to say, and your balance and points are there.',
  ],
  memberAlt: ['会员二维码', 'Member code as a QR code'],
  bright: ['看不清？请把屏幕亮度调高。', 'Hard to scan? Turn the brightness of your screen up.'],
});
