import type { InChinese } from './inChinese.ts';

/** Coupons in Chinese. */
export const coupons: InChinese = {
  tags: { Coupons: '优惠券' },
  summaries: {
    postCouponTemplates: '新建券模板：减多少、在哪里、对什么商品、有效多久',
    getCouponTemplates: '列出券模板及各有多少张，新的在前',
    getCouponTemplatesId: '一个券模板及其张数',
    postCouponTemplatesIdEnd: '停用券模板：不再发放，已发的照常可用',
    getCoupons: '列出会员的优惠券，新的在前',
    getMembersIdCoupons: '列出一位会员的优惠券，新的在前',
    postMembersIdCoupons: '填写原因后给会员发券',
    postCouponsIdWithdraw: '填写原因后收回未使用的券',
    getWalletSlugCoupons: '我的优惠券，新的在前',
  },
  descriptions: {
    'The card, member, gift, coupon, store or merchant that it belongs to.':
      '账户所属的卡、会员、礼品、优惠券、门店或商户。',
    '0: of what came to nothing.': '0：消费额为零时。',
    'What it takes off.': '减多少。',
    'Parts per million: 200000 is a fifth off.': '百万分比：200000 即减两成（8 折）。',
    'The most that it takes off; null: no most.': '最多减多少；null 即不封顶。',
    'What the goods that it is for must come to, after what members get off; 0: no matter what.':
      '适用商品在会员折扣后须满多少；0 即无门槛。',
    'Where, and for which goods, it can be used. What is empty sets no bounds.':
      '在哪些门店、对哪些商品可用；空即不限。',
    'The first day on which they can be used; null: at once.': '从哪天起可用；null 即立即可用。',
    'How long each is good, from when it can be used.': '自可用之时起，每张有效多久。',
    'How many may be given in all; null: no limit.': '总共可发多少张；null 即不限。',
    'How many were given.': '已发张数。',
    'How many are neither used nor over.': '未使用且未失效的张数。',
    'When all of them are over, where that is one day for all.': '若全部同日到期，即到期时刻。',
    'waiting: it cannot be used yet. lapsed: its time was up before it was used.':
      'waiting：尚不可用。lapsed：过期未用。',
    'What it was used for.': '用于哪笔消费。',
    'The top-up that it came with.': '随哪笔充值所得。',
    'In which stores, and for what, it can be used; null: anywhere, for anything.':
      '在哪些门店、对什么商品可用；null 即不限。',
    'A coupon of the member’s; it takes something off behind the member’s discount.':
      '会员的一张优惠券；在会员折扣之后再减。',
    'What the member gets off.': '会员折扣。',
    'What the coupon takes off, behind that.': '优惠券在其后所减。',
    'Why it takes nothing off; a code of a refusal.': '为何不减：拒绝代码。',
    'How much more the goods that it is for would have to come to.': '适用商品还差多少。',
    'What each of the member’s coupons would take off, the best first; up to 50.':
      '会员各张券在此单可减多少，最优在前；至多 50 张。',
    'Why none are given, where the template does not let them be; the top-up goes on.':
      '券模板不让发时为何不发；充值照常。',
    'Coupons that came with it.': '随之所得的优惠券。',
    'Coupons that would come with it.': '将随之所得的优惠券。',
    'Coupons that are withdrawn with it; those that were used are not.':
      '随之收回的优惠券张数；已用的不收回。',
    'How many coupons were withdrawn for it.': '为此收回了几张优惠券。',
    'What became of the coupon; lost: it has ended meanwhile. null: there is none, or something is left of the purchase.':
      '优惠券的去向；lost 即已过期、不再退回；null 即未用券，或尚未全退。',
  },
};
