import type { Language } from '../members/index.ts';
import type { Event } from './notice.ts';

type Template = { readonly subject: string; readonly text: string };

/** The words of each notice. `{name}` stands for a parameter of that name. */
const templates: Readonly<Record<Event, Readonly<Record<Language, Template>>>> = {
  sign_in_code: {
    zh: {
      subject: '登录验证码',
      text: '【{merchant}】验证码 {code}，{minutes} 分钟内有效。请勿告诉任何人，店员也不会向您索取。',
    },
    en: {
      subject: 'Your sign-in code',
      text: '{merchant}: your code is {code}, good for {minutes} minutes. Give it to nobody; our staff never ask for it.',
    },
  },
  phone_change_code: {
    zh: {
      subject: '更换手机号验证码',
      text: '【{merchant}】验证码 {code}，{minutes} 分钟内有效，用于把会员手机号换成本号码。非本人要换号，请勿告诉任何人。',
    },
    en: {
      subject: 'Your code for this number',
      text: '{merchant}: {code} makes this your member’s number, good for {minutes} minutes. If you did not ask for that, give it to nobody.',
    },
  },
  phone_changed: {
    zh: {
      subject: '会员手机号已更换',
      text: '【{merchant}】您的会员手机号已更换，本号码不能再登录。如非本人操作，请立即联系门店。',
    },
    en: {
      subject: 'Your number was changed',
      text: '{merchant}: you have another member’s number now, and this one signs in no more. If that was not you, tell the store at once.',
    },
  },
  member_merged: {
    zh: {
      subject: '您的会员资料已合并',
      text: '【{merchant}】您的两份会员资料已合并为一份，余额、积分与卡都在另一份里，本号码不能再登录。如非本人要求，请立即联系门店。',
    },
    en: {
      subject: 'Your two memberships are one now',
      text: '{merchant}: your two member records are one now. Balance, points and cards are on the other one, and this number signs in no more. If you did not ask for that, tell the store at once.',
    },
  },
  card_expiring: {
    zh: {
      subject: '卡即将到期',
      text: '【{merchant}】您的{program}（尾号 {last4}）还有 {days} 天到期，余额 {balance}。',
    },
    en: {
      subject: 'Your card is about to expire',
      text: '{merchant}: your {program} (ending {last4}) expires in {days} day(s), with {balance} on it.',
    },
  },
  balance_low: {
    zh: {
      subject: '卡余额不足提醒',
      text: '【{merchant}】您的{program}（尾号 {last4}）余额仅剩 {balance}。',
    },
    en: {
      subject: 'Little is left on your card',
      text: '{merchant}: {balance} is left on your {program} (ending {last4}).',
    },
  },
  value_expiring: {
    zh: {
      subject: '储值即将到期',
      text: '【{merchant}】您的储值中有 {amount} 还有 {days} 天到期，请尽快使用。',
    },
    en: {
      subject: 'Some of your stored value is about to end',
      text: '{merchant}: {amount} of your stored value ends in {days} day(s).',
    },
  },
  wallet_low: {
    zh: { subject: '储值余额不足提醒', text: '【{merchant}】您的储值余额仅剩 {balance}。' },
    en: {
      subject: 'Little is left of your stored value',
      text: '{merchant}: {balance} is left on your wallet.',
    },
  },
  family_paid: {
    zh: {
      subject: '家人用您的储值付款',
      text: '【{merchant}】{relative} 用您的储值支付了 {amount}。可随时在会员中心调整限额或停止共用。',
    },
    en: {
      subject: 'A relative paid from your wallet',
      text: '{merchant}: {relative} paid {amount} from your wallet. You can change the limits or end the sharing at any time.',
    },
  },
  membership_expiring: {
    zh: { subject: '会员卡即将到期', text: '【{merchant}】您的会员卡还有 {days} 天到期，到店即可续期。' },
    en: {
      subject: 'Your membership is about to end',
      text: '{merchant}: your membership ends in {days} day(s); any of our stores renews it.',
    },
  },
  gift_claimed: {
    zh: { subject: '转赠的卡已被领取', text: '【{merchant}】您送出的{program}（尾号 {last4}）已被领取。' },
    en: {
      subject: 'Your gift was claimed',
      text: '{merchant}: the {program} (ending {last4}) that you gave away was claimed.',
    },
  },
  complaint_answered: {
    zh: { subject: '投诉已答复', text: '【{merchant}】您的投诉已有答复，请在卡包中查看。' },
    en: {
      subject: 'Your complaint was answered',
      text: '{merchant}: your complaint was answered; see your wallet.',
    },
  },
};

/** A notice in words. Throws when a parameter is missing: half a sentence is not sent to anybody. */
export function worded(event: Event, language: Language, params: Readonly<Record<string, string>>): Template {
  const fill = (text: string) =>
    text.replace(/\{(\w+)\}/g, (_all, name: string) => {
      const value = params[name];
      if (value === undefined) throw new Error(`a notice of ${event} lacks ${name}`);
      return value;
    });
  const { subject, text } = templates[event][language];
  return { subject: fill(subject), text: fill(text) };
}
