import type { InChinese } from './inChinese.ts';

/** Stored value in Chinese. */
export const wallets: InChinese = {
  tags: { 'Stored value': '储值', Checkout: '收银' },
  summaries: {
    getMemberLookups: '凭手机号、卡号或会员码查会员：柜台所需的一切',
    postWalletSlugMemberCode: '此刻向店员出示的会员码：认出会员并显示余额，片刻即失效',
    postPurchaseQuotes: '购物篮试算：用储值付与其他方式付各需多少；不改动任何数据',
    postPurchases: '收银：用储值、礼品卡、积分与现金等收款',
    postPurchasesIdRefunds: '把一笔消费的若干件或部分金额退回原付款方式，最后付的先退',
    getWallets: '会员储值列表，后登记的会员在前',
    getWalletTotals: '全部储值合计：本金与赠金分列，以及即将到期的金额',
    getWalletsMemberIdHistory: '会员储值明细与每笔之后的余额，最新的在前',
    postBonusRulePreviews: '试算一条赠送规则：各金额会送多少；不改动任何数据',
    getRemindersEndingValue: '三十天内到期的会员储值，先到期的在前，以及是否已提醒',
    getRemindersLowWallets: '低于提醒线的会员储值，后登记的会员在前，以及是否已提醒',
    getWalletSlugStoredValue: '我的储值：本金与赠金分列，以及各部分何时到期',
    getWalletSlugStoredValueHistory: '我的储值明细，最新的在前',
    postWalletSlugGiftCardsLoad: '凭卡码与密码，把礼品卡的全部余额转入我的储值',
    postWalletSlugCardsIdLoad: '把我的一张卡的全部余额转入我的储值',
    getWalletsMemberId: '会员储值：本金与赠金分列，以及各笔批次',
    postWalletTopUps: '在门店收款后为会员充值，并按规则赠送',
    getWalletTopUps: '充值记录（各种方式），最新的在前；限定门店者只见本店',
    postWalletTopUpQuotes: '充值试算：会送多少、何时可用；不改动任何数据',
    postWalletRefundQuotes: '退款试算：每笔充值还剩多少、按哪条规则退多少；不改动任何数据',
    postWalletTopUpsIdRefunds: '按试算把一笔充值的余额退还给原付款人',
    postBonusRules: '制定充值赠送规则',
    getBonusRules: '充值赠送规则列表，最新的在前',
    postBonusRulesIdEnd: '停止一条赠送规则',
    getWalletPolicy: '储值的扣款顺序、限额与退款方式',
    postWalletsMemberIdAdjustments: '更正会员钱包余额，损益归商户',
    patchWalletPolicy: '修改储值的扣款顺序、限额与退款方式',
  },
  descriptions: {
    'null: of a wallet, whose balance the house hides from who does not keep its books.':
      'null：这是钱包的余额，本店不向不记账的人显示。',
    'null: the wallet is above the limit of the house, and what is on it is told to who keeps the books.':
      'null：钱包超过本店的限额，其余额只告诉记账的人。',
    'null: it is above the limit of the house, and shown with the member’s code or to who keeps the books.':
      'null：余额超过商户限额，须出示会员码，或由可查看账目的人查看。',
    'Points that were given with it.': '随充值赠送的积分。',
    'Points that would be given with it.': '将随充值赠送的积分。',
    'Points that are taken back with it; those spent by then are owed.':
      '随退款收回的积分；已用掉的记为欠积分。',
    'Card type, tier, visits, and what they may lead to.': '卡种、等级、到店次数，以及续期与升级的条件。',
    'Of a product; what it is called and costs is then known.': '商品编码；填写后名称与价格可省略。',
    'Of one piece, before discounts.': '单价，折扣前。',
    'What pays, in this order; what goes back goes to the last first.':
      '付款方式，按此顺序；退款时最后付的先退。',
    'Where all of it is paid out of the wallet.': '全部用储值付款时。',
    'Points.': '积分。',
    'What is left on the wallet.': '储值余额。',
    'What the member’s phone shows: it says who it is, and shows a balance that is hidden.':
      '会员手机上显示的码：凭它认出会员，并显示被隐藏的余额。',
    'null: it is above the limit of the house, and shown with the member’s code.':
      'null：余额高于门店限额，须凭会员付款码查看。',
    'From which amount on.': '达到此金额起。',
    'A ladder: the highest step that is reached counts.': '阶梯：以达到的最高一档为准。',
    'By what it has to be paid; none: any.': '须用何种方式付款；留空则不限。',
    'Where; none: everywhere.': '适用门店；留空则不限。',
    'In how many parts it is released, one a month, the first at once.':
      '分几期到账，每月一期，首期立即到账。',
    'The purchase that it paid, by which it is given back.': '由其付款的消费；退款时用它的编号。',
    'By time: over how many months a top-up without an end counts as used up.':
      '按时间退款时，没有到期日的充值按几个月算完。',
    'Whether an untouched top-up goes back whole within seven days.': '未动用的充值七天内是否全额退还。',
    'The most that may be on a wallet.': '储值余额上限。',
    'Below this a member is told that the balance is low.': '低于此金额时提醒会员余额不足。',
    'Above this the counter sees a balance, and takes money out of it, only with the member’s code; what it takes without one in a day counts together.':
      '高于此金额时，柜台须凭会员码才能看到余额、从中扣款；同一天内不凭码的扣款合并计算。',
    'What the member’s phone shows: a balance above the limit is told only then.':
      '会员手机上显示的会员码：余额高于限额时，只有出示它才会显示。',
    'What the member’s phone shows: needed above the limit of the house.':
      '会员手机上显示的会员码：付款高于商户设定的限额时必须出示。',
    'null as well where it needs the member’s code.': '须出示会员码才能看到时也为 null。',
    'Minor units, such as cents. Positive gives, negative takes.':
      '以分等最小单位计；正数为增加，负数为扣减。',
    'Only with something on them, or only without.': '只列有余额的，或只列没有余额的。',
    'When the next of it ends; null: none of it does.': '其中最先到期的时间；null 为都不过期。',
    'Principal and bonus together, also what is released later.': '本金与赠金合计，含以后才到账的。',
    'How many have something on them.': '有余额的会员数。',
    'What ends within 30 days.': '三十天内到期的金额。',
    'What is topped up.': '充值金额。',
    'Whether the member wants to be reminded of such things.': '会员是否愿意收到这类提醒。',
    'When a notice was last made of it; null: none yet.': '上次为此发出提醒的时间；null 为尚未提醒。',
    'In which stores, and for what, it pays; null: anywhere, for anything.':
      '可在哪些门店、付哪些商品；null 表示不限。',
    'The most points that may pay of it where not all is paid out of the wallet, and what they pay; null: none.':
      '并非全部由储值支付时，最多可用多少积分、抵多少钱；null 表示没有。',
    'The most that the wallet pays of it here and now; null: nobody’s, or it needs the member’s code.':
      '此时此店储值最多可付多少；null 表示无会员，或须出示会员码。',
    'Where, and for which goods, it pays; null: anywhere, for anything.':
      '可在何处、付哪些商品；null 表示不限。',
    'Where, and for which goods, what is given pays: these products, and those in these categories. What is empty sets no bounds.':
      '赠金可在何处、付哪些商品：所列商品，以及所列类目下的商品。留空表示不限。',
    'Bonus that is released later.': '以后才到账的赠金。',
    'Of a top-up: what was given with it.': '充值时的赠金。',
    'Members’ wallets.': '会员储值。',
    'Recharge cards that were sold.': '售出的充值卡。',
    'Of purchases, what was paid otherwise than by card or wallet.': '消费中以卡与储值以外的方式支付的部分。',
    'What can be spent now.': '现在可用的金额。',
    'Who answers for it; null: the merchant.': '由哪家门店负责；null 为商户。',
    'Who settles it; null: the merchant.': '由哪家门店结算；null 为商户。',
    'null: at once.': 'null 为立即。',
    'Exclusive; null: it does not end.': '不含此刻；null 为不过期。',
    'What was had for it, at list price; left out, or less than was paid: as it was paid.':
      '已消费部分按原价计的金额；不填，或低于实付时，按实付计。',
    'Refund this order instead: its channel sends it back.': '请退此支付单，由渠道原路退回。',
    'What is left of what was paid for.': '本金剩余。',
    'What is left of what was given, and ends with it.': '赠金剩余，退款时一并收回。',
    'seven_days: untouched, all that was paid; paid_ratio: what is left times the part that was paid; list_price: what was paid less what was used; time: the part of the term that is left.':
      'seven_days：七天内未动用，全额退；paid_ratio：余额乘以实付比例；list_price：实付减去已用部分的原价；time：按剩余时间比例。',
    'What was quoted; another is refused.': '试算所得的金额；不一致则拒绝。',
    'What is quoted, or a part of it.': '试算所得的金额，或其中一部分。',
    'Taken off the wallet for it of what was paid for.': '为此从钱包扣下的本金。',
    'Taken off the wallet for it of what was given.': '为此从钱包扣下的赠金。',
  },
};
