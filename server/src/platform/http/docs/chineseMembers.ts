import type { InChinese } from './inChinese.ts';

/** Of what is kept of members, and of what is done with it. */
export const members: InChinese = {
  tags: {},
  summaries: {
    postMembersIdExport: '导出一名会员的全部资料（不隐藏），交付本人；日志记录此次导出',
    postMembersIdPhoneCode: '向会员要换的新手机号发送验证码，由会员报给店员',
    postMembersIdPhone: '凭发到新号的验证码更换会员手机号；该会员在所有设备上退出登录',
    postWalletSlugMePhoneCode: '向自己要换的新手机号发送验证码',
    postWalletSlugMePhone: '凭发到新号的验证码更换自己的手机号；其他设备退出登录',
    postMembersIdMergePreview: '预览将一名会员合并到另一名：会发生什么、有什么阻止；不作改动',
    postMembersIdMerge: '将一名会员永久并入另一名：其一切都转过去，能认出其人的资料不留',
    getMembersIdHeir: '已合并的会员现在属于哪一名会员',
    getMemberTags: '会员身上的标签，用得最多的在前；至多 200 个',
    getMemberFields: '商户自定义的会员资料字段',
    postMemberFields: '设定全部自定义会员字段；未列出的字段不再填写',
  },
  descriptions: {
    'With the year, 1990-05-17, or without, 05-17.': '含年份如 1990-05-17，或不含年份如 05-17。',
    'The member who stays.': '留下的那名会员。',
    'What forbids it; none: it can be done.': '阻止合并的事项；为空则可以合并。',
    'What has not ended, where it is that.': '如因未了结的事项，是哪一类。',
    'How many days of the other membership follow behind it.': '另一份会籍有多少天接在其后。',
    'How many top-ups can be paid back from there.': '之后可从那里退款的充值笔数。',
    'Who it is by now, however often that one was merged.': '现在是谁，无论那一名又被合并过几次。',
    'What is printed on the member’s card.': '会员卡上印的卡号。',
    'In full, E.164.': '完整号码，E.164 格式。',
    'What the routes of a member answer, each under the last words of its path (`points`, `walletsHistory`, `purchases`): lists whole, as arrays.':
      '关于该会员的各路由所答内容，以路径末尾的词为键（如 `points`、`walletsHistory`、`purchases`）；列表为完整数组。',
    'Records that who asked may not see, so that they are not among these.':
      '请求者无权查看、因而未列入的记录。',
    'All of their tags.': '该会员的全部标签。',
    'All that is kept in the fields of GET /v1/member-fields, by their keys.':
      '按字段键列出的全部自定义资料，字段见 GET /v1/member-fields。',
    'What can be chosen, where it is a choice; else none.': '可选的值，仅限选项字段。',
  },
};
