import type { EditTarget } from '../../model/decision.ts';
import type { Row } from '../protocol.ts';
import { button, element } from './element.ts';
import { number } from './words.ts';

/** Where a value is put in by hand, in the field's own way; what the server says of it stands below it. */
export function editor(row: Row, { put, endEdit }: EditActions): HTMLFormElement {
  const id = `edit-${row.place}`;
  const control = controlOf(row.target, startingValue(row));
  const offer = offerFor(control, row.target, `${id}-choices`);
  control.id = id;
  control.setAttribute('aria-describedby', `${id}-error`);
  const error = element('p', { id: `${id}-error`, class: 'error', role: 'alert' });
  const save = button('Save', () => form.requestSubmit(), { class: 'accept' });
  const form = element(
    'form',
    { class: 'editor' },
    element('label', { for: id }, `Write into ${row.target.fieldName}`),
    element(
      'div',
      { class: 'line' },
      control,
      offer,
      save,
      button('Cancel', endEdit, { key: 'Esc' }),
    ),
    error,
  );
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    save.disabled = true;
    void put(control.value).then((problem) => {
      save.disabled = false;
      if (problem === null) return;
      error.textContent = problem;
      control.setAttribute('aria-invalid', 'true');
      control.focus();
    });
  });
  form.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    endEdit();
  });
  return form;
}

/** What an editor can ask for. */
export interface EditActions {
  readonly endEdit: () => void;
  /** Decides by hand; answers with why the field cannot hold the value, or null. */
  readonly put: (value: string) => Promise<string | null>;
}

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** What is nearest to right: the value after, else the one suggestion, else what stands there. */
function startingValue({ kind, halves, suggestions }: Row): string {
  const [first] = halves;
  return (kind === 'change' ? first?.after : (suggestions[0] ?? first?.before)) ?? '';
}

function controlOf({ fieldType, choices }: EditTarget, value: string): Control {
  if (choices.length > MOST_TO_LEAF_THROUGH) return searchOf(choices, value);
  if (choices.length > 0) return selectOf(choices, value);
  const isLong = fieldType === 'text_area' || value.includes('\n');
  const control = isLong
    ? element('textarea', { rows: 4 })
    : element('input', {
        type: 'text',
        inputmode: fieldType === 'currency' || fieldType === 'numeric' ? 'decimal' : 'text',
        placeholder: fieldType === 'date' ? 'YYYY-MM-DD' : null,
      });
  control.autocomplete = 'off';
  control.spellcheck = false;
  control.value = value;
  return control;
}

/** What stands there is no choice where it is not one of them: then nothing is chosen yet. */
function selectOf(choices: readonly string[], value: string): HTMLSelectElement {
  const isOffered = choices.includes(value);
  const offered = isOffered ? choices : ['', ...choices];
  const select = element(
    'select',
    {},
    ...offered.map((choice) =>
      element('option', { value: choice }, choice === '' ? 'choose …' : choice),
    ),
  );
  select.value = isOffered ? value : '';
  return select;
}

/** More choices than these are found by typing a part of them, not by leafing through. */
const MOST_TO_LEAF_THROUGH = 50;

function searchOf(choices: readonly string[], value: string): HTMLInputElement {
  const input = element('input', {
    type: 'text',
    autocomplete: 'off',
    placeholder: `a part of one of the ${number(choices.length)} options`,
  });
  input.value = choices.includes(value) ? value : '';
  return input;
}

/** What a search offers while a part is typed. */
function offerFor(
  control: Control,
  { choices }: EditTarget,
  id: string,
): HTMLDataListElement | null {
  if (choices.length <= MOST_TO_LEAF_THROUGH) return null;
  control.setAttribute('list', id);
  return element('datalist', { id }, ...choices.map((value) => element('option', { value })));
}
