import type { InChinese } from './inChinese.ts';

/** Family sharing in Chinese. */
export const families: InChinese = {
  tags: { 'Family sharing': '家人共用' },
  summaries: {
    getMembersIdFamily: '会员让谁用自己的储值、可用谁的储值，最新的在前',
    postFamilyShares: '凭双方手机上的会员码，让一名会员用另一名的储值付款',
    postFamilySharesIdEnd: '应任一方要求，结束一项家人共用',
    getWalletSlugFamily: '我让谁用我的储值、我可用谁的储值，以及收到的邀请',
    postWalletSlugFamily: '邀请此手机号的主人用我的储值；无论其是否会员，答复相同',
    patchWalletSlugFamilyId: '修改家人用我储值的限额；null 即不限',
    postWalletSlugFamilyIdAccept: '接受发到我手机号的邀请',
    postWalletSlugFamilyIdEnd: '结束共用、撤回或谢绝邀请，双方皆可',
  },
  descriptions: {
    'The most at once; null: no limit.': '单笔上限；null 即不限。',
    'The most in a day; null: no limit.': '每日上限；null 即不限。',
    'Whether what the payer gets off counts where their wallet pays all.':
      '全部由其储值支付时，是否享受其折扣。',
    'What the phone of the one whose wallet it is shows.': '储值主人手机上的会员码。',
    'What the phone of the one who is to pay from it shows.': '将使用储值者手机上的会员码。',
    'Most of it hidden: 林*.': '大部分隐去：林*。',
    'What is left of the day; null: no limit.': '当日剩余额度；null 即不限。',
    'How many one may let pay; 0: there is no family sharing here.':
      '可让几人使用；0 即本商户未开放家人共用。',
    'null: nobody has accepted yet.': 'null 即尚无人接受。',
    'The end of the number that it is offered to.': '受邀手机号的末四位。',
    'Whom I let pay from my wallet.': '我让谁用我的储值。',
    'The most that I can pay with it now.': '我此刻最多可用它付多少。',
    'Whose wallet I may pay from.': '我可用谁的储值。',
    'Offered to my number.': '发到我手机号的邀请。',
    'null: not there any more.': 'null 即已不在。',
    'null: nobody has accepted, or not there any more.': 'null 即无人接受，或已不在。',
    'The most that can be paid with it now; null: it is told with the relative’s code.':
      '此刻最多可用它付多少；null 即须出示付款者的会员码才显示。',
    'Whose wallet pays, where it is that of a relative who shares it; else the member’s own.':
      '由谁的储值支付：共用储值的家人；不填即会员本人。',
    'Whose wallet it was, where not their own.': '若非本人储值，是谁的储值。',
    'Wallets of relatives that they may pay from.': '该会员可用的家人储值。',
    'How many relatives a member may let pay from their wallet; 0: nobody.':
      '会员可让几位家人用其储值；0 即不开放。',
    'Who bought with it, where that is another member.': '若是另一名会员用其消费，是谁。',
    'Which relative bought with it; null: I did, or who did is not there any more.':
      '是哪位家人用它消费；null 即本人，或其已不在。',
  },
};
