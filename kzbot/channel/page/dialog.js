// A dialog that the bot opened: fields to fill and a submit. It stays open until the bot has taken what was sent.
import { el } from './dom.js';
import { markdown } from './markdown.js';
import { focusPlace, restoreFocus } from './messages.js';

const ROW = 1, SELECT = 3, TEXT = 4, WORDS = 10, LABEL = 18;

export class Dialog {
  /** `submit(id, values by custom id)` sends a dialog back; false where that cannot be done now. */
  constructor(node, submit) {
    Object.assign(this, { node, submit, id: null, fields: [] });
    node.addEventListener('close', () => { this.id = null; this.back?.(); this.back = null; });
  }

  open(id, modal) {
    if (this.node.open) this.node.close();
    this.back = wayBack();
    this.id = id;
    this.fields = [];
    const parts = modal.components.flatMap((one) => this.part(one));
    this.problem = el('p', { class: 'failed', role: 'alert' });
    this.send = el('button', { class: 'button primary' }, 'Submit');
    const form = el('form', { method: 'dialog', autocomplete: 'off', novalidate: true }, el('h2', { id: 'dialog-title' }, modal.title), parts, this.problem,
      el('div', { class: 'row end' }, el('button', { type: 'button', class: 'button secondary', onclick: () => this.node.close() }, 'Cancel'), this.send));
    form.addEventListener('submit', (event) => { event.preventDefault(); this.sent(); });
    this.node.replaceChildren(form);
    this.node.showModal();
    (this.fields[0]?.focus ?? (() => this.send.focus()))();
  }

  part(one) {
    if (one.type === WORDS) return [el('div', { class: 'text' }, markdown(one.content))];
    const inner = one.type === LABEL ? [{ ...one.component, label: one.label, help: one.description }] : one.type === ROW ? one.components : [one];
    return inner.map((field) => {
      if (![TEXT, SELECT].includes(field.type)) return el('p', { class: 'small' }, `This channel does not draw fields of type ${field.type}.`);
      const drawn = draw(field, this.fields.length);
      this.fields.push(drawn);
      return drawn.node;
    });
  }

  sent() {
    if (this.send.disabled) return;
    this.told('', {});
    const gone = this.submit(this.id, Object.fromEntries(this.fields.map((one) => [one.id, one.value()])));
    if (gone) this.send.disabled = true; else this.told('Not connected: try again in a moment.', {});
  }

  done(id) { if (id === this.id) this.node.close(); }

  failed(id, why, faults) {
    if (id === this.id) this.told(Object.keys(faults).length ? '' : why, faults);
  }

  /** The connection came back: what was under way is lost. */
  lost() { if (this.id && this.send.disabled) this.told('The connection was lost meanwhile: send it again.', {}); }

  told(why, faults) {
    this.send.disabled = false;
    this.problem.textContent = why;
    for (const field of this.fields) field.mark(faults[field.id] ?? '');
    this.fields.find((field) => faults[field.id])?.focus();
  }
}

// Gives the focus back to what had it, or to what stands in its place when that was drawn again meanwhile.
function wayBack() {
  const at = document.activeElement;
  const article = at?.closest('article');
  const place = article && focusPlace(article);
  return () => {
    const now = article && document.getElementById(article.id);
    if (at?.isConnected) at.focus();
    else if (now && place) restoreFocus(now, place);
    else document.querySelector('#box').focus();
  };
}

function draw(field, number) {
  const id = `field-${number}`;
  const many = field.type === SELECT && (field.max_values ?? 1) > 1;
  const required = field.required !== false;
  const described = `${id}-help ${id}-problem`;
  const parts = field.type === TEXT ? text(field, { id, required, described }) : many ? boxes(field, id) : list(field, { id, required, described });
  const problem = el('p', { id: `${id}-problem`, class: 'failed' });
  const name = [field.label ?? field.placeholder ?? field.custom_id, required ? el('span', { class: 'needed' }, ' required') : null];
  const help = el('p', { id: `${id}-help`, class: 'small' }, field.help ?? '');
  const node = many
    ? el('fieldset', { class: 'field', 'aria-describedby': described }, el('legend', {}, name), help, parts.node, problem)
    : el('div', { class: 'field' }, el('label', { for: id }, name), help, parts.node, parts.count ?? null, problem);
  const mark = (words) => {
    problem.textContent = words;
    for (const input of parts.inputs) if (words) input.setAttribute('aria-invalid', 'true'); else input.removeAttribute('aria-invalid');
  };
  return { id: field.custom_id, node, value: parts.value, mark, focus: () => parts.inputs[0].focus() };
}

function text(field, { id, required, described }) {
  const long = field.style === 2;
  const input = el(long ? 'textarea' : 'input', { id, required, placeholder: field.placeholder, 'aria-describedby': described });
  input.value = field.value ?? '';
  const count = el('p', { class: 'small count' });
  const limits = [field.min_length ? `${field.min_length} at least` : '', field.max_length ? `${field.max_length} at most` : ''].filter(Boolean).join(', ');
  const tell = () => { count.textContent = limits ? `${[...input.value].length} characters (${limits})` : ''; };
  input.addEventListener('input', tell);
  tell();
  return { node: input, inputs: [input], count: limits ? count : null, value: () => input.value };
}

function list(field, { id, required, described }) {
  const none = required && field.options.some((one) => one.default) ? null : el('option', { value: '' }, field.placeholder || (required ? 'Choose' : 'None'));
  const input = el('select', { id, required, 'aria-describedby': described }, none,
    field.options.map((one) => el('option', { value: one.value, selected: Boolean(one.default) }, one.description ? `${one.label} · ${one.description}` : one.label)));
  return { node: input, inputs: [input], value: () => (input.selectedOptions[0] && input.selectedOptions[0] !== none ? [input.value] : []) };
}

function boxes(field, id) {
  const inputs = field.options.map((one, number) => el('input', { type: 'checkbox', id: `${id}-${number}`, value: one.value, checked: Boolean(one.default) }));
  const rows = field.options.map((one, number) => el('label', { class: 'check' }, inputs[number], el('span', {}, one.description ? `${one.label} · ${one.description}` : one.label)));
  return { node: el('div', {}, rows), inputs, value: () => inputs.filter((one) => one.checked).map((one) => one.value) };
}
