type Child = Node | string | null;

/** Attributes by name: `true` for one without a value, null for one that is left out. */
type Attributes = Readonly<Record<string, string | number | boolean | null>>;

/** Makes an element. Texts become text, never markup: a value of a client may look like anything. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === false) continue;
    made.setAttribute(name, value === true ? '' : String(value));
  }
  for (const child of children) if (child !== null) made.append(child);
  return made;
}

/** A button that does something; `key` is shown as the shortcut that does the same. */
export function button(
  label: string,
  onClick: () => void,
  { key, ...attributes }: Attributes & { readonly key?: string } = {},
): HTMLButtonElement {
  const made = element(
    'button',
    { type: 'button', ...attributes },
    label,
    key === undefined
      ? null
      : element('kbd', { 'aria-hidden': 'true' }, key.length === 1 ? key.toUpperCase() : key),
  );
  if (key !== undefined) made.setAttribute('aria-keyshortcuts', key);
  made.addEventListener('click', onClick);
  return made;
}
