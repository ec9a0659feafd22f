import { defineWords } from '../../ui/words.ts';

export const meWords = defineWords({
  title: ['我的', 'Me'],
  phone: ['手机号', 'Phone'],
  cardNumber: ['会员卡号', 'Card number'],
  changePhone: ['更换手机号', 'Change my number'],
  name: ['称呼', 'Name'],
  save: ['保存', 'Save'],
  saved: ['已保存', 'Saved'],
  reminders: ['提醒我', 'Remind me'],
  expiry: ['卡快到期时', 'When a card is about to end'],
  lowBalance: ['余额不多时', 'When little is left on a card'],
  marketing: ['有优惠时', 'When there are offers'],
  language: ['语言', 'Language'],
  chinese: ['中文', '中文'],
  english: ['English', 'English'],
  complaints: ['意见和投诉', 'Complaints'],
  out: ['退出', 'Sign out'],
  outHere: ['退出这台手机', 'Sign out here'],
  outEverywhere: ['退出所有设备', 'Sign out everywhere'],
  outEverywhereTitle: ['退出所有设备？', 'Sign out everywhere?'],
  outEverywhereWhy: [
    '手机丢了或换了号码时用。所有设备都要重新用验证码登录。',
    'For when a phone was lost. Every device has to sign in with a new code.',
  ],
});

export const numberWords = defineWords({
  title: ['更换手机号', 'Change my number'],
  why: [
    (phone: string) => `现在是 ${phone}。验证码会发到新号码；换好后旧号收到通知，不能再登录。`,
    (phone: string) =>
      `It is ${phone} now. A code goes to the new one; after that the old one is told, and signs in no more.`,
  ],
  phone: ['新手机号', 'New number'],
  send: ['发送验证码', 'Send me a code'],
  sent: [
    (phone: string) => `验证码已发到 ${phone}，五分钟内有效。`,
    (phone: string) => `A code was sent to ${phone}. It is good for five minutes.`,
  ],
  code: ['六位验证码', 'Six-digit code'],
  change: ['更换', 'Change it'],
  again: ['重新发送', 'Send again'],
  againIn: [
    (seconds: number) => `${seconds} 秒后可重新发送`,
    (seconds: number) => `Send again in ${seconds} s`,
  ],
  otherPhone: ['换个号码', 'Another number'],
  done: [
    (phone: string) => `手机号已换成 ${phone}。其他设备已退出登录。`,
    (phone: string) => `Your number is ${phone} now. Other devices are signed out.`,
  ],
  back: ['返回', 'Back'],
});

export const shopWords = defineWords({
  contact: ['联系方式', 'Contact'],
  phone: ['电话', 'Phone'],
  email: ['邮箱', 'E-mail'],
  address: ['地址', 'Address'],
  none: ['商家还没有留下联系方式。', 'The merchant has not left any contact yet.'],
  terms: ['服务条款', 'Terms of service'],
  version: [(version: number) => `第 ${version} 版`, (version: number) => `Version ${version}`],
  noTerms: ['商家还没有写条款。', 'The merchant has not written any terms yet.'],
  complain: ['有意见？告诉商家', 'Something wrong? Tell the merchant'],
});

export const complaintWords = defineWords({
  title: ['意见和投诉', 'Complaints'],
  text: ['发生了什么', 'What happened'],
  reference: ['小票上的单号（可不填）', 'Reference on the receipt (may be left empty)'],
  send: ['提交', 'Send'],
  sent: ['已经提交，商家会在这里答复。', 'Sent. The merchant will answer here.'],
  mine: ['提交过的', 'What you sent'],
  none: ['还没有提交过', 'You have sent nothing yet'],
  open: ['等待答复', 'Waiting for an answer'],
  answered: ['已答复', 'Answered'],
  answer: ['商家答复', 'The merchant’s answer'],
});
