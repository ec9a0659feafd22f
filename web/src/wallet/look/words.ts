import { defineWords } from '../../ui/words.ts';

export const lookWords = defineWords({
  title: ['查一张卡', 'Look a card up'],
  about: ['不用登录：卡上的卡号和密码就够了。', 'No sign-in: the code and PIN on the card are enough.'],
  code: ['卡号', 'Code'],
  pin: ['密码（没有就不填）', 'PIN (leave empty if there is none)'],
  look: ['查询', 'Look up'],
  another: ['查另一张', 'Look up another'],
  keep: ['登录后可以把它收进卡包', 'Sign in to keep it in your wallet'],
});
