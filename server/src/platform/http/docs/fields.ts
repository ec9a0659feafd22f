import { descriptionsInChinese } from './chinese.ts';
import { alternatives, idPrefix, type Schema } from './document.ts';
import { type Html, html } from './html.ts';
import { type Language, type Words, words } from './words.ts';

/** The fields of an object as a list; those inside of fields stand indented below them. */
export function fieldList(schema: Schema, language: Language): Html {
  return html`<ul class="fields">${fieldsOf(schema, language)}</ul>`;
}

function fieldsOf(schema: Schema, language: Language): Html[] {
  const { properties = {}, required = [] } = schema;
  return Object.entries(properties).map(([name, field]) =>
    fieldItem(name, field, required.includes(name), language),
  );
}

/** One field: its name, what it may hold, what is to be known of it, and the fields inside. */
export function fieldItem(name: string, schema: Schema, isRequired: boolean, language: Language): Html {
  const said = words[language];
  const inside = nested(schema, language);
  return html`<li>
    <p class="field"><code>${name}</code> <span class="type">${typeOf(schema, said)}</span>${
      isRequired && html` <span class="required">${said.required}</span>`
    }</p>
    ${notes(schema, language).map((note) => html`<p class="note">${note}</p>`)}
    ${inside.length > 0 && html`<ul class="fields">${inside}</ul>`}
  </li>`;
}

function nested(schema: Schema, language: Language): Html[] {
  const inside = alternatives(schema).options.map((option) =>
    option.type === 'array' ? (option.items ?? {}) : option,
  );
  const objects = inside.flatMap((one) => alternatives(one).options).filter(({ properties }) => properties);
  if (objects.length === 1) return objects.flatMap((one) => fieldsOf(one, language));
  return objects.map((one) => variant(one, language));
}

/** One of several shapes that an object may have, named by the fields that have a fixed value in it. */
function variant(schema: Schema, language: Language): Html {
  const entries = Object.entries(schema.properties ?? {});
  const fixed = entries.filter(([, { const: value }]) => value !== undefined);
  const others = entries.filter(([, { const: value }]) => value === undefined);
  const required = schema.required ?? [];
  const name = fixed.map(([key, { const: value }]) => `${key} = ${String(value)}`).join(', ');
  const items = others.map(([key, field]) => fieldItem(key, field, required.includes(key), language));
  return html`<li>
    <p class="variant">${words[language].where} <code>${name || required.join(', ')}</code></p>
    ${items.length > 0 && html`<ul class="fields">${items}</ul>`}
  </li>`;
}

function typeOf(schema: Schema, said: Words): string {
  const { options, isNullable } = alternatives(schema);
  const names = options.map((option) => nameOf(option, said));
  return [...new Set([...names, ...(isNullable ? ['null'] : [])])].join(` ${said.or} `);
}

function nameOf(schema: Schema, said: Words): string {
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  const prefix = idPrefix(schema);
  if (prefix !== undefined) return `${said.idOf} ${prefix}_…`;
  if (schema.type === 'array') return said.listOf.replace('~', typeOf(schema.items ?? {}, said));
  if (schema.type === 'object') return schema.properties ? said.object : said.map;
  if (schema.format === 'date-time') return said.time;
  if (schema.format === 'date') return said.date;
  const names = { string: said.text, integer: said.integer, number: said.integer, boolean: said.boolean };
  return Object.entries(names).find(([type]) => type === schema.type)?.[1] ?? said.anything;
}

/** Beyond this a bound is only there to keep absurd numbers out. */
const tellingMax = 1e12;

function notes(schema: Schema, language: Language): Html[] {
  const said = words[language];
  const lines: Html[] = [];
  const options = alternatives(schema).options;
  const description = schema.description ?? options.find((option) => option.description)?.description;
  if (description !== undefined) lines.push(html`${described(description, language)}`);
  const choices = options.flatMap((option) => option.enum ?? option.items?.enum ?? []);
  if (choices.length > 0) {
    lines.push(html`${said.oneOf} ${choices.map((choice) => html`<code>${String(choice)}</code> `)}`);
  }
  const limits = options.flatMap((option) => limitsOf(option, said));
  if (schema.default !== undefined && schema.default !== null) {
    limits.push(`${said.byDefault} ${JSON.stringify(schema.default)}`);
  }
  if (limits.length > 0) lines.push(html`${limits.join(language === 'zh' ? '，' : ', ')}`);
  return lines;
}

function limitsOf({ minimum, maximum, maxLength, maxItems, minItems }: Schema, said: Words): string[] {
  const isTelling = (bound: number | undefined): bound is number =>
    bound !== undefined && Math.abs(bound) < tellingMax;
  return [
    ...(isTelling(minimum) ? [`${said.atLeast} ${minimum}`] : []),
    ...(isTelling(maximum) ? [`${said.upTo} ${maximum}`] : []),
    ...(maxLength === undefined ? [] : [`${said.upTo} ${maxLength} ${said.characters}`]),
    ...(minItems === undefined || minItems === 0 ? [] : [`${said.atLeast} ${minItems} ${said.items}`]),
    ...(maxItems === undefined ? [] : [`${said.upTo} ${maxItems} ${said.items}`]),
  ];
}

function described(description: string, language: Language): string {
  return language === 'zh' ? (descriptionsInChinese[description] ?? description) : description;
}
