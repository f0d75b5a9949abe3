// A dialog that the bot opened: fields to fill, and a submit.
import { el } from './dom.js';

const TEXT = 4;
const SELECT = 3;

/** Shows it; `submit(values by custom id)` is called once where the person sends it. */
export function openDialog(node, modal, submit) {
  const fields = modal.components.flatMap((one) => (one.component ? [{ ...one.component, label: one.label, help: one.description }] : one.components ?? []));
  const drawn = fields.filter((field) => [TEXT, SELECT].includes(field.type)).map(draw);
  const texts = modal.components.filter((one) => one.type === 10).map((one) => el('p', {}, one.content));
  const form = el('form', { method: 'dialog', autocomplete: 'off' },
    el('h2', { id: 'dialog-title' }, modal.title), texts, drawn.map((one) => one.node),
    el('div', { class: 'row end' },
      el('button', { type: 'button', class: 'button secondary', onclick: () => node.close() }, 'Cancel'),
      el('button', { class: 'button primary' }, 'Submit')));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    node.close();
    submit(Object.fromEntries(drawn.map((one) => [one.id, one.value()])));
  });
  node.replaceChildren(form);
  node.showModal();
}

function draw(field) {
  const common = { id: `f-${field.custom_id}`, required: field.required !== false };
  let input;
  if (field.type === SELECT) {
    input = el('select', { ...common, multiple: (field.max_values ?? 1) > 1 }, field.options.map((one) => el('option', { value: one.value, selected: Boolean(one.default) }, one.label)));
  } else {
    const limits = { minlength: field.min_length, maxlength: field.max_length, placeholder: field.placeholder };
    input = el(field.style === 2 ? 'textarea' : 'input', { ...common, ...limits });
    input.value = field.value ?? '';
  }
  const value = () => (field.type === SELECT ? [...input.selectedOptions].map((one) => one.value) : input.value);
  const node = el('label', { class: 'field' }, el('strong', {}, field.label ?? field.custom_id), field.help ? el('span', { class: 'small' }, field.help) : null, input);
  return { id: field.custom_id, node, value };
}
