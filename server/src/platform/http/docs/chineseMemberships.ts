import type { InChinese } from './inChinese.ts';

export const memberships: InChinese = {
  tags: { Memberships: '会籍与等级' },
  summaries: {
    getRemindersEndingMemberships: '三十天内到期的会员卡，先到期的在前，以及是否已提醒',
    postMembershipPlans: '新增会员卡类型：有效期、价格与折扣',
    patchMembershipPlansId: '修改会员卡类型，适用于此后的购买与续费',
    getMembershipPlans: '在售的会员卡类型，按新增先后排列',
    postMembershipTiers: '设定会员等级：如何进入、如何保留、折扣多少',
    getMembershipTiers: '会员等级的历次设定，最新的在前：第一条为现行',
    postMembersIdTier: '授予会员一个等级（至少），与消费无关',
    getMembershipPlansIdTerm: '此刻售出某种会员卡的有效期与价格',
    getMemberships: '会籍列表，最新的在前',
    getMembersIdMembership: '一名会员的会籍与等级、可续与可升的选项，以及可进行的操作',
    postMemberships: '为会员售出会员卡；手机号尚非会员的，同时登记为会员',
    postMembershipsIdRenew: '续费：自到期日起算，已过期则自今日起算',
    postMembershipsIdUpgrade: '升级为另一种会员卡，抵扣原卡未用部分',
    postMembershipsIdPause: '暂停会籍若干天，到期日相应顺延',
    postMembershipsIdResume: '提前结束暂停',
    postMembershipsIdCancel: '立即取消会籍，退还未用部分或不退',
    getWalletSlugMembership: '我的会籍与等级，以及距下一等级还差多少',
    postWalletSlugMembershipRenewals: '用我的储值余额续费',
  },
  descriptions: {
    'Where it was last paid for; null: nowhere here.': '最近一次付费的门店；null 表示不在本系统的门店。',
    'Parts per million off: 120000 is 12 %.': '优惠的百万分比：120000 即优惠 12 %（八八折）。',
    'Where all is paid out of the wallet, this instead; null: the same.':
      '全部以储值支付时改用此值；null：相同。',
    'Categories with a rate of their own, for all below them too; 0 takes nothing off.':
      '另有折扣的品类，含其下级；0 为不打折。',
    '0: it cannot be paused.': '0：不可暂停。',
    'What is spent and earned counts within it, and a tier that was reached lasts to the end of the next; null: for ever.':
      '消费与积分在此期间内累计，达到的等级保留至下一期末；null：永久累计。',
    'The lowest first.': '由低到高。',
    'Where it is done.': '办理门店。',
    'Instead of `memberId`: whoever has this number, made a member with this request where they are none.':
      '代替 `memberId`：此手机号的主人；尚非会员的，随此请求登记为会员。',
    "In the merchant's zone; left out: today.": '按商户时区；省略即今日。',
    'Kept in the log for ever: no names.': '永久留在日志中：勿写姓名。',
    'null: what was given before is taken back.': 'null：收回此前授予的等级。',
    'Good to the end of this day in the zone of the merchant.': '按商户时区，至当日结束仍有效。',
    'The card type that a member bought, renewed or came to.': '会员购买、续费或升级到的会员卡。',
    'The last day of it.': '其最后有效日。',
    'Card types that were sold, renewed or upgraded.': '办理、续费与升级的会员卡。',
    'As it was bought.': '购买时的条款。',
    'With money, or by the tender `wallet` out of what the member has prepaid; left out where nothing is to be paid.':
      '以现款支付，或以 `wallet` 从会员储值中支付；无需付款时省略。',
    'The money that is paid out; what a wallet paid goes back onto it by itself.':
      '退出的现款；原以储值支付的部分自动退回储值。',
    'What is left on the wallet that paid; null as well where it needs the member’s code.':
      '支付后的储值余额；须出示会员码才可见时亦为 null。',
    'In all.': '合计。',
    'What of it went back to the lots that had paid.': '其中退回原储值的部分。',
    'What of it would go back onto the wallet that paid; the rest is money.':
      '其中将退回储值的部分；其余退现款。',
    'What it costs, as it was shown; refused where that has changed.': '所示的价格；若已变动则拒绝。',
    'What is not used up of what was paid.': '已付款中尚未用去的部分。',
  },
};
