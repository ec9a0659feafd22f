import { defineWords } from '../../../ui/words.ts';

export const numberPanelWords = defineWords({
  phone: ['新手机号', 'New phone number'],
  send: ['发送验证码到新号', 'Send a code to it'],
  sent: [
    '验证码已发到新号，五分钟内有效。请顾客当面报出。',
    'A code was sent to it, good for five minutes. Ask the customer to read it out.',
  ],
  code: ['六位验证码', 'Six-digit code'],
  change: ['更换手机号', 'Change the number'],
  again: ['重新发送', 'Send again'],
  againIn: [
    (seconds: number) => `${seconds} 秒后可重新发送`,
    (seconds: number) => `Send again in ${seconds} s`,
  ],
  done: ['手机号已更换', 'Number changed'],
  doneNote: [
    '旧号会收到通知；会员须用新号重新登录。',
    'The old number is told; the member signs in by the new one.',
  ],
});
