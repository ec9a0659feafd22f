type Child = Node | string;

/** An element with what it holds; texts stay texts, whatever is in them. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  facts: Readonly<Record<string, string>>,
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [fact, value] of Object.entries(facts)) made.setAttribute(fact, value);
  made.append(...children);
  return made;
}

/** A button that does something. */
export function button(text: string, look: string, onClick: () => void): HTMLButtonElement {
  const made = element('button', { type: 'button', class: look }, text);
  made.addEventListener('click', onClick);
  return made;
}

/** A field with its label. */
export function field(label: string, facts: Readonly<Record<string, string>>) {
  const input = element('input', { autocomplete: 'off', spellcheck: 'false', ...facts });
  return { input, row: element('label', {}, label, input) };
}
