import { defineWords } from '../../ui/words.ts';

export const rechargeWords = defineWords({
  title: ['充值卡充值', 'Recharge card'],
  phone: ['会员手机号', 'Member’s phone'],
  find: ['查找会员', 'Find member'],
  nobody: ['没有这个手机号的会员。', 'No member has this number.'],
  number: ['卡号（16 位）', 'Card number (16 digits)'],
  next: ['下一步', 'Next'],
  notACard: ['无效卡：请核对卡号。', 'Not a valid card: check the number.'],
  worth: ['卡面金额', 'Worth'],
  bonus: [(amount: string) => `另送 ${amount}`, (amount: string) => `and ${amount} as a gift`],
  password: ['密码（16 位）', 'Password (16 digits)'],
  use: ['确认充值', 'Top up'],
  done: ['充值成功', 'Topped up'],
  again: ['再充一张', 'Another card'],
  back: ['返回', 'Back'],
  unanswered: [
    '没有收到应答，再按一次即可：不会充值两次。',
    'No answer came. Press again: it will not happen twice.',
  ],
});
