import { cardStateWords, toneOf } from '../ui/cards/words.ts';
import type { Language } from '../ui/messages.ts';
import { formatMoney } from '../ui/money.ts';
import { formatLastDay } from '../ui/time.ts';
import { button, element, field } from './elements.ts';
import { type Given, type Looked, look, type Seen } from './look.ts';
import { widgetWords } from './words.ts';

/** Where the card is looked up, and what the page's own code is told when the customer wants to pay with it. */
export type Shop = {
  readonly server: string;
  readonly slug: string;
  readonly language: Language;
  readonly onCard: (given: Given, card: Seen) => void;
};

/** The dialog: the card's code and PIN, then what is on it, then on with the shop's page. */
export function makeDialog(shop: Shop): HTMLDialogElement {
  const words = widgetWords[shop.language];
  const dialog = element('dialog', { 'aria-labelledby': 'title' });
  const start = () => dialog.replaceChildren(askForm(shop, (given, card) => show(given, card), close));
  const close = () => dialog.close();
  const show = (given: Given, card: Seen) => {
    const use = () => {
      close();
      shop.onCard(given, card);
    };
    const isUsable = toneOf(card.state) === 'good' && card.available > 0;
    const next = isUsable
      ? button(words.use, 'main', use)
      : element('p', { class: 'bad', role: 'alert' }, words.cannot);
    dialog.replaceChildren(
      element(
        'section',
        {},
        element('h2', { id: 'title' }, words.title),
        ...facts(shop.language, card),
        next,
        element('div', { class: 'row' }, button(words.another, '', start), button(words.close, '', close)),
      ),
    );
    dialog.querySelector('button')?.focus();
  };
  // What was typed is gone with the dialog.
  dialog.addEventListener('close', start);
  start();
  return dialog;
}

function facts(language: Language, card: Seen): HTMLElement[] {
  const words = widgetWords[language];
  const locale = language === 'zh' ? 'zh-CN' : 'en';
  const { available, currency, maskedCode, state, validUntil } = card;
  const until = validUntil === null ? '' : ` · ${words.validThrough(formatLastDay(validUntil, locale))}`;
  return [
    element('p', { class: 'soft' }, words.available),
    element('p', { class: 'figure', role: 'status' }, formatMoney(available, currency, locale)),
    element('p', { class: 'soft' }, `${maskedCode} · ${cardStateWords[language][state]}${until}`),
  ];
}

function askForm(
  { server, slug, language }: Shop,
  onSeen: (given: Given, card: Seen) => void,
  onClose: () => void,
): HTMLFormElement {
  const words = widgetWords[language];
  const code = field(words.code, {
    name: 'code',
    maxlength: '64',
    required: '',
    autocapitalize: 'characters',
  });
  const pin = field(words.pin, { name: 'pin', maxlength: '16', inputmode: 'numeric', pattern: '[0-9]*' });
  const why = element('p', { class: 'bad', role: 'alert', hidden: '' });
  const submit = element('button', { type: 'submit', class: 'main' }, words.look);
  const form = element(
    'form',
    { novalidate: '' },
    element('h2', { id: 'title' }, words.title),
    element('p', { class: 'soft' }, words.about),
    code.row,
    pin.row,
    why,
    element('div', { class: 'row' }, submit, button(words.close, '', onClose)),
  );
  const say = (looked: Exclude<Looked, { is: 'seen' }>) => {
    why.hidden = false;
    why.textContent = words[looked.is];
  };
  const ask = async () => {
    const given = {
      code: code.input.value.trim(),
      ...(pin.input.value === '' ? {} : { pin: pin.input.value }),
    };
    if (given.code === '') return code.input.focus();
    submit.disabled = true;
    submit.textContent = words.looking;
    why.hidden = true;
    const looked = await look(server, slug, given);
    submit.disabled = false;
    submit.textContent = words.look;
    if (looked.is === 'seen') onSeen(given, looked.card);
    else say(looked);
  };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void ask();
  });
  return form;
}
