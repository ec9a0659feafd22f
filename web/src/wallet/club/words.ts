import { defineWords } from '../../ui/words.ts';

export const clubWords = defineWords({
  title: ['会员', 'Membership'],
  code: ['出示会员码', 'Show my code'],
  noCard: ['您还没有会员卡', 'You have no membership card yet'],
  noCardWhy: [
    '到店报手机号就能办，折扣马上能用。',
    'Ask in the shop and give your phone number: its discount counts at once.',
  ],
  through: [(day: string) => `有效至 ${day} 当天结束`, (day: string) => `Good to the end of ${day}`],
  began: [(day: string) => `${day} 起生效`, (day: string) => `Begins on ${day}`],
  paused: [(day: string) => `暂停到 ${day}`, (day: string) => `Paused until ${day}`],
  daysLeft: [
    (days: number) => `还有 ${days} 天`,
    (days: number) => (days === 1 ? '1 day left' : `${days} days left`),
  ],
  grace: [(day: string) => `宽限到 ${day}，折扣照旧`, (day: string) => `Still as good until ${day}`],
  discount: ['会员折扣', 'Discount'],
  byWallet: ['用储值付', 'Paid from the wallet'],
  noDiscount: ['无折扣', 'None'],
  others: ['部分品类另有折扣', 'Some categories have a rate of their own'],
  renew: ['续费', 'Renewing'],
  renewAt: [
    (price: string, day: string) => `${price}，有效至 ${day}`,
    (price: string, day: string) => `${price}: good through ${day}`,
  ],
  renewNow: ['用余额续费', 'Renew from my balance'],
  renewTitle: [
    (price: string) => `用余额付 ${price} 续费？`,
    (price: string) => `Renew for ${price} from my balance?`,
  ],
  renewWhy: [
    (day: string, left: string) => `续费后有效至 ${day} 当天结束。可用余额 ${left}。`,
    (day: string, left: string) => `It is then good to the end of ${day}. You have ${left} to spend.`,
  ],
  renewShort: [
    (left: string) => `余额 ${left} 不够续费，请先充值。`,
    (left: string) => `Your balance of ${left} is too little to renew: top up first.`,
  ],
  renewed: [
    (day: string) => `已续费，有效至 ${day} 当天结束`,
    (day: string) => `Renewed: good to the end of ${day}`,
  ],
  tier: ['等级', 'Tier'],
  tierNone: ['还没有等级', 'No tier yet'],
  given: ['商家赠予', 'Given by the shop'],
  spent: ['本期消费', 'Spent in this period'],
  periodEnd: [(day: string) => `本期到 ${day}`, (day: string) => `The period ends on ${day}`],
  next: [(name: string) => `距离${name}`, (name: string) => `To ${name}`],
  spendLeft: [(amount: string) => `再消费 ${amount}`, (amount: string) => `${amount} more to spend`],
  pointsLeft: [
    (points: string) => `再得 ${points} 积分`,
    (points: string) => `${points} more points to earn`,
  ],
  either: ['，或', ', or '],
  top: ['已是最高等级', 'The highest tier there is'],
  visits: ['到店次数', 'Visits'],
  points: ['积分', 'Points'],
  pending: [(points: string) => `${points} 待生效`, (points: string) => `${points} pending`],
  seePoints: ['积分明细', 'My points'],
  takeGift: ['积分换礼', 'Gifts for points'],
});
