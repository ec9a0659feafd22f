import type { Language } from '../ui/messages.ts';
import { makeDialog } from './dialog.ts';
import { button } from './elements.ts';
import type { Given, Seen } from './look.ts';
import { style } from './style.ts';
import { widgetWords } from './words.ts';

/**
 * Puts "Redeem a card" where the script stands, or into `data-target`. The card that a customer chose is handed to the
 * page by the event `scrip:card`; the shop's server then redeems it with its own key. Nothing here can.
 */
function start(script: HTMLScriptElement): void {
  const { merchant: slug, lang, label, target } = script.dataset;
  if (slug === undefined) throw new Error('scrip widget: data-merchant is missing');
  const language = languageOf(lang ?? document.documentElement.lang);
  const host = document.createElement('div');
  const shadow = host.attachShadow({ mode: 'open' });
  const sheet = new CSSStyleSheet();
  // Not an element of style: a page's policy against those stays as it is.
  sheet.replaceSync(style);
  shadow.adoptedStyleSheets = [sheet];
  const onCard = (given: Given, card: Seen) => {
    const detail = { ...given, ...card };
    host.dispatchEvent(new CustomEvent('scrip:card', { detail, bubbles: true }));
  };
  const dialog = makeDialog({ server: new URL(script.src).origin, slug, language, onCard });
  const opener = button(label ?? widgetWords[language].open, 'main', () => dialog.showModal());
  shadow.append(opener, dialog);
  const place = target === undefined ? null : document.querySelector(target);
  if (place) place.append(host);
  else script.after(host);
}

const languageOf = (tag: string): Language => (tag.toLowerCase().startsWith('en') ? 'en' : 'zh');

if (document.currentScript instanceof HTMLScriptElement) start(document.currentScript);
