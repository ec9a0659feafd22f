import { defineWords } from '../../../ui/words.ts';

export const giftPanelWords = defineWords({
  loading: ['正在查', 'Looking'],
  waiting: ['待领取', 'To be collected'],
  handOver: ['已交给顾客', 'Handed over'],
  offered: ['积分换礼', 'Gifts for points'],
  have: [(points: string) => `有 ${points} 积分`, (points: string) => `${points} points to spend`],
  cost: [(points: string) => `${points} 积分`, (points: string) => `${points} points`],
  here: [(pieces: number) => `本店有 ${pieces} 件`, (pieces: number) => `${pieces} here`],
  tooFew: [(points: string) => `还差 ${points} 积分`, (points: string) => `${points} points short`],
  none: ['本店现在没有可换的礼品', 'There is nothing here for points now'],
  take: [
    (name: string, points: string) => `用 ${points} 积分换${name}`,
    (name: string, points: string) => `Take ${points} points for ${name}`,
  ],
  given: ['已换礼', 'Gift handed out'],
  handed: ['已发放', 'Handed over'],
});
