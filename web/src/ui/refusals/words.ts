import { defineWords } from '../messages.ts';

/** Where the API speaks to who calls it, of keys and requests: the same to whoever stands at a screen. */
export const refusalsForPeople = defineWords({
  invalid_request: [
    '填写的内容有误，请检查后再试。',
    'Something in what was filled in is not right: check it.',
  ],
  idempotency_key_required: [
    '页面出了问题，请刷新后再试。',
    'Something is wrong with this page: load it anew.',
  ],
  idempotency_key_reused: [
    '这一笔已经提交过，内容却变了。请刷新后再试。',
    'This was sent before, and was something else then. Load the page anew.',
  ],
  unauthenticated: ['您已退出，请重新登录。', 'You are signed out: sign in again.'],
  permission_denied: ['您没有这项权限，请找店长。', 'You may not do that: ask a manager.'],
  store_out_of_scope: ['您不能为这家门店办理。', 'You do not act for that store.'],
  amount_over_ceiling: ['金额超过您的单笔上限，请找店长。', 'The amount is above your limit: ask a manager.'],
  amount_over_daily_ceiling: [
    '超过您今天的累计上限，请找店长。',
    'It would be more than your limit for today: ask a manager.',
  ],
  unavailable: ['系统暂时不可用，请稍后再试一次。', 'The system is away for a moment: try again.'],
  outcome_unknown: ['还不确定办成了没有，请再按一次。', 'It is not known whether it was done: press again.'],
  internal_error: [
    '系统出了故障，已记录。请稍后再试。',
    'Something broke, and has been noted. Try again later.',
  ],
  ledger_frozen: [
    '账目核对不符，暂停一切收付，请联系管理员。',
    'The books did not verify, so nothing is taken or paid: call the operator.',
  ],
  payment_mismatch: [
    '收款金额与应收不符，请重新打开这一项。',
    'It costs something else by now: open it anew.',
  ],
  terms_in_the_past: ['日期不能早于今天。', 'The day cannot be before today.'],
});
