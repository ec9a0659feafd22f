import { defineWords } from '../../ui/words.ts';

export const giveWords = defineWords({
  give: ['送给朋友', 'Give to a friend'],
  about: [
    '做一个链接发给朋友。朋友领取以前卡还是您的，可以随时收回；领取以后，卡上的钱就是朋友的了。',
    'Make a link and send it to a friend. Until it is claimed the card is yours and you can take it back; once claimed, what is on it is your friend’s.',
  ],
  days: ['链接多久有效', 'How long the link is good'],
  daysOf: [(days: number) => `${days} 天`, (days: number) => (days === 1 ? '1 day' : `${days} days`)],
  make: ['生成赠送链接', 'Make the link'],
  ready: ['链接做好了', 'The link is ready'],
  once: [
    '这个链接只显示这一次，现在就发给朋友吧。',
    'This link is shown only now: send it to your friend at once.',
  ],
  link: ['赠送链接', 'Gift link'],
  share: ['发给朋友', 'Share'],
  copy: ['复制链接', 'Copy the link'],
  copied: ['已复制', 'Copied'],
  invitation: [
    (shop: string) => `送您一张${shop}的礼品卡，点开领取：`,
    (shop: string) => `A gift card of ${shop} for you. Open to claim it:`,
  ],
  sent: ['看我送出的', 'See what I gave'],
  until: [(moment: string) => `${moment} 前可领取`, (moment: string) => `To be claimed before ${moment}`],
  title: ['赠送', 'Gifts'],
  none: ['还没有送过卡', 'You have given nothing yet'],
  noneWhy: ['打开一张卡，点“送给朋友”。', 'Open a card and choose “Give to a friend”.'],
  takeBack: ['收回', 'Take back'],
  takeBackTitle: ['收回这份礼物？', 'Take this gift back?'],
  takeBackWhy: ['链接马上失效，卡继续归您用。', 'The link stops working at once and the card stays yours.'],
  open: ['等待领取', 'Waiting'],
  claimed: ['已领取', 'Claimed'],
  taken_back: ['已收回', 'Taken back'],
  expired: ['已过期，卡还是您的', 'Ended, the card is still yours'],
  madeAt: [(moment: string) => `${moment} 送出`, (moment: string) => `Offered ${moment}`],
});

export const claimWords = defineWords({
  title: ['收礼', 'A gift for you'],
  invited: ['有人送您一张卡', 'Somebody is giving you a card'],
  invitedWhy: [
    '登录以后就能看到是什么，并收进您的卡包。',
    'Sign in to see what it is and to put it into your wallet.',
  ],
  claim: ['收下', 'Accept'],
  claimAgain: ['再试一次', 'Try again'],
  mine: [
    '收下以后，这张卡就在您的卡包里，原来的链接和卡号都不能再用。',
    'Once accepted the card is in your wallet; the link and the old code stop working.',
  ],
  noToken: [
    '这个链接不完整，请让朋友再发一次。',
    'This link is not whole; ask your friend to send it again.',
  ],
  gone: ['这份礼物已经领走、收回或过期了', 'This gift has been claimed, taken back or has ended'],
  goneWhy: ['可以问问送您的朋友。', 'Ask the friend who sent it.'],
  home: ['去我的卡包', 'To my wallet'],
});
