import { defineWords } from '../ui/messages.ts';

export const widgetWords = defineWords({
  open: ['使用礼品卡', 'Redeem a card'],
  title: ['使用礼品卡', 'Redeem a card'],
  about: ['输入卡号和密码，先看看余额。', 'Enter the code and PIN to see what is on it.'],
  code: ['卡号', 'Code'],
  pin: ['密码（没有就不填）', 'PIN (leave empty if there is none)'],
  look: ['查询余额', 'See the balance'],
  looking: ['正在查…', 'Looking…'],
  available: ['可用余额', 'Available'],
  validThrough: [(day: string) => `有效至 ${day}`, (day: string) => `Valid through ${day}`],
  use: ['用这张卡', 'Use this card'],
  another: ['换一张', 'Another card'],
  close: ['关闭', 'Close'],
  notRecognised: [
    '卡号或密码不对，请对照卡面再看一遍。',
    'The code or PIN is not right. Compare it with the card once more.',
  ],
  tooMany: ['试得太多了，请过一会儿再来。', 'Too many tries. Come back in a while.'],
  unreachable: ['现在查不了，请稍后再试。', 'This cannot be looked up now. Try again later.'],
  cannot: ['这张卡现在不能用', 'This card cannot be used now'],
});
