import { refusals } from '../../../kernel/refusals.ts';
import { summariesInChinese, tagsInChinese } from './chinese.ts';
import { refusalsInChinese } from './chineseRefusals.ts';
import { byTag, type Document, type Endpoint, type Parameter } from './document.ts';
import { curlOf, exampleAnswer } from './example.ts';
import { fieldItem, fieldList } from './fields.ts';
import { type Html, html } from './html.ts';
import { type Language, languages, type Words, words } from './words.ts';

/** The reference of all operations, a page of HTML. */
export function referencePage(document: Document, language: Language): string {
  const groups = byTag(document);
  const said = words[language];
  const main = html`
    <h1>Scrip <span>${said.title}</span></h1>
    <section class="start" id="start">
      <h2>${said.startTitle}</h2>
      ${said.start.slice(0, -1).map((text) => html`<p>${marked(text)}</p>`)}
      <p>${said.start.at(-1)}<a href="/docs/errors?lang=${language}">${said.errorsTitle}</a></p>
    </section>
    ${[...groups].map(([tag, endpoints]) => group(tag, endpoints, language))}`;
  return page({ title: said.title, path: '/docs', language, nav: navigation(groups, language), main });
}

/** All refusals with their codes; each can be linked to by its code. */
export function errorsPage(language: Language): string {
  const said = words[language];
  const rows = Object.entries(refusals).map(
    ([code, { status, title }]) => html`<li id="${code}">
      <code>${code}</code> <span class="status">${status}</span>
      <p>${language === 'zh' ? inChinese(code) : title}</p>
    </li>`,
  );
  const main = html`
    <h1>Scrip <span>${said.errorsTitle}</span></h1>
    <section class="start"><p>${said.errorsLead}</p></section>
    <ul class="refusals">${rows}</ul>`;
  const nav = html`<p><a href="/docs?lang=${language}">← ${said.backToReference}</a></p>`;
  return page({ title: said.errorsTitle, path: '/docs/errors', language, nav, main });
}

function inChinese(code: string): string {
  return Object.entries(refusalsInChinese).find(([known]) => known === code)?.[1] ?? code;
}

/** What stands between backticks is code. */
function marked(text: string): Html[] {
  return text.split('`').map((part, n) => (n % 2 === 1 ? html`<code>${part}</code>` : html`${part}`));
}

type Page = {
  readonly title: string;
  readonly path: string;
  readonly language: Language;
  readonly nav: Html;
  readonly main: Html;
};

function page({ title, path, language, nav, main }: Page): string {
  const other = languages.find((one) => one !== language) ?? language;
  const said = words[language];
  return html`<!doctype html>
<html lang="${language === 'zh' ? 'zh-CN' : 'en'}" data-copy="${said.copy}" data-copied="${said.copied}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Scrip · ${title}</title>
  <link rel="alternate" hreflang="${other}" href="${path}?lang=${other}">
  <link rel="icon" href="data:,">
  <link rel="stylesheet" href="/docs/style.css">
  <script src="/docs/script.js" defer></script>
</head>
<body>
  <header>
    <a class="brand" href="/docs?lang=${language}">Scrip</a>
    <a class="other" hreflang="${other}" lang="${other}" href="${path}?lang=${other}">${said.other}</a>
  </header>
  <nav aria-label="${title}">${nav}</nav>
  <main>${main}</main>
</body>
</html>
`.html;
}

function navigation(groups: ReadonlyMap<string, readonly Endpoint[]>, language: Language): Html {
  return html`<input type="search" placeholder="${words[language].filter}" aria-label="${words[language].filter}">
    ${[...groups].map(
      ([tag, endpoints]) => html`<div class="group">
        <a class="tag" href="#${anchorOf(tag)}">${tagName(tag, language)}</a>
        <ul>${endpoints.map(
          (endpoint) => html`<li><a href="#${endpoint.operationId}" title="${summary(endpoint, language)}">
            ${method(endpoint)}<span>${summary(endpoint, language)}</span></a></li>`,
        )}</ul>
      </div>`,
    )}`;
}

function group(tag: string, endpoints: readonly Endpoint[], language: Language): Html {
  return html`<section class="group" id="${anchorOf(tag)}">
    <h2>${tagName(tag, language)}</h2>
    ${endpoints.map((endpoint) => article(endpoint, language))}
  </section>`;
}

function article(endpoint: Endpoint, language: Language): Html {
  const said = words[language];
  const body = endpoint.requestBody?.content['application/json']?.schema;
  const [response] = Object.values(endpoint.responses);
  const answer = response?.content?.['application/json']?.schema;
  const example = exampleAnswer(endpoint);
  return html`<article id="${endpoint.operationId}">
    <div class="facts">
      <h3>${summary(endpoint, language)}</h3>
      <p class="address">${method(endpoint)}<code>${endpoint.path}</code></p>
      <p class="terms"><span>${accessText(endpoint, said)}</span>${
        needsKey(endpoint) && html`<span class="moves">${said.movesValue}</span>`
      }</p>
      ${parameterList(endpoint, 'path', language)}
      ${parameterList(endpoint, 'query', language)}
      ${body && Object.keys(body.properties ?? {}).length > 0 && html`<h4>${said.body}</h4>${fieldList(body, language)}`}
      ${answer && html`<details><summary>${said.answerFields}</summary>${fieldList(answer, language)}</details>`}
    </div>
    <div class="examples">
      <p class="status">${said.request}</p>
      <pre tabindex="0"><code>${curlOf(endpoint)}</code></pre>
      <p class="status">${said.answer} ${example.status}</p>
      <pre tabindex="0"><code>${example.text}</code></pre>
    </div>
  </article>`;
}

/** Whom it answers. */
function accessText(endpoint: Endpoint, said: Words): Html | string {
  const { 'x-permission': permission, 'x-access': access = 'anyone' } = endpoint;
  if (permission !== undefined) return html`${said.permission} <code>${permission}</code>`;
  return { anyone: said.anyone, session: said.signedIn, member: said.member, signature: said.signature }[
    access
  ];
}

function parameterList({ parameters }: Endpoint, place: 'path' | 'query', language: Language): Html | false {
  const found = parameters.filter((parameter) => parameter.in === place);
  if (found.length === 0) return false;
  const item = ({ name = '', schema = {}, required = false }: Parameter) =>
    fieldItem(name, schema, required, language);
  return html`<h4>${words[language][place]}</h4><ul class="fields">${found.map(item)}</ul>`;
}

function needsKey({ parameters }: Endpoint): boolean {
  return parameters.some(({ $ref }) => $ref?.endsWith('/IdempotencyKey') === true);
}

function method({ method: name }: Endpoint): Html {
  return html`<span class="method ${name.toLowerCase()}">${name}</span>`;
}

function summary({ operationId, summary: english }: Endpoint, language: Language): string {
  const text = language === 'zh' ? (summariesInChinese[operationId] ?? english) : english;
  return text.replace(/[.。]$/, '');
}

function tagName(tag: string, language: Language): string {
  return language === 'zh' ? (tagsInChinese[tag] ?? tag) : tag;
}

function anchorOf(tag: string): string {
  return `group-${tag.toLowerCase().replaceAll(' ', '-')}`;
}
