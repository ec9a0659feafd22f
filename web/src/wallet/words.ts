import { defineWords } from '../ui/words.ts';

export const frameWords = defineWords({
  cards: ['我的卡', 'My cards'],
  value: ['储值', 'Balance'],
  club: ['会员', 'Member'],
  shop: ['商家', 'Shop'],
  me: ['我的', 'Me'],
  tabs: ['功能', 'Sections'],
  offline: [
    '没有网络。看到的可能不是最新的，也付不了款。',
    'No network. What you see may be old, and nothing can be paid.',
  ],
  loading: ['正在打开', 'Opening'],
  serverGone: ['现在连不上', 'This cannot be reached now'],
  serverGoneWhy: ['请看看网络，过一会儿再试。', 'Check your network and try again in a moment.'],
  again: ['再试一次', 'Try again'],
  back: ['返回', 'Back'],
  cancel: ['取消', 'Cancel'],
  more: ['更多', 'More'],
  otherLanguage: ['EN', '中'],
  missing: ['没有这个页面', 'There is no such page'],
  nowhere: ['这是谁家的卡包？', 'Whose wallet is this?'],
  nowhereWhy: [
    '请用商家给您的完整链接打开，或扫店里的二维码。',
    'Open the whole link that the shop gave you, or scan the code in the shop.',
  ],
  unanswered: [
    '没有收到应答，不知道成了没有。请看看网络再试。',
    'No answer, so it is not known whether it was done. Check your network and try again.',
  ],
});
