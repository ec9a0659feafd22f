import { defineWords } from '../../ui/words.ts';

export const signInWords = defineWords({
  title: ['登录', 'Sign in'],
  why: ['收好您的卡、付款、送给朋友。', 'To keep your cards, pay with them and give them to friends.'],
  phone: ['手机号', 'Phone number'],
  send: ['发送验证码', 'Send me a code'],
  sent: [
    (phone: string) => `验证码已发到 ${phone}，五分钟内有效。`,
    (phone: string) => `A code was sent to ${phone}. It is good for five minutes.`,
  ],
  code: ['六位验证码', 'Six-digit code'],
  enter: ['登录', 'Sign in'],
  again: ['重新发送', 'Send again'],
  againIn: [
    (seconds: number) => `${seconds} 秒后可重新发送`,
    (seconds: number) => `Send again in ${seconds} s`,
  ],
  otherPhone: ['换个号码', 'Another number'],
  agree: ['我已阅读并同意服务条款', 'I have read the terms of service and agree'],
  terms: ['查看条款', 'Read the terms'],
  noTerms: ['商家还没有写条款。', 'The merchant has not written any terms yet.'],
  offers: ['也给我发优惠消息（可以不选，随时可关）', 'Send me offers too (your choice, off at any time)'],
  mustAgree: ['登录前请先同意服务条款。', 'Please agree to the terms first.'],
});
