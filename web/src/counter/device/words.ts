import { defineWords } from '../../ui/words.ts';

export const deviceWords = defineWords({
  pairTitle: ['把这台设备登记到收银台', 'Make this the counter of a store'],
  pairWhy: [
    '登记之后，这台设备就属于那家门店；丢了可以在控制台立刻停用。',
    'From then on this device belongs to that store; when it is lost, the console cuts it off at once.',
  ],
  name: ['这台设备叫什么', 'Name of this device'],
  nameHint: ['例如：前台手机', 'Such as: phone at the till'],
  pair: ['登记', 'Pair it'],
  who: ['谁在当班？', 'Who is at the counter?'],
  pin: ['六位数字密码', 'Six digits'],
  enter: ['登录', 'Sign in'],
  back: ['换个人', 'Somebody else'],
  byPassword: ['用密码登录', 'Sign in by password'],
  nobody: [
    '还没有人设过六位数字密码。先用密码登录，在控制台的「登录与安全」里设。',
    'Nobody has set six digits yet. Sign in by password; they are set in the console under “Sign-in and security”.',
  ],
});
