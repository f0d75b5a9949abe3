// Draws a message's components. `act({ press })` or `act({ choose, values })` is called when a person uses one.
import { el, followable, link } from './dom.js';
import { markdown } from './markdown.js';
import { size } from './slots.js';

const STYLES = { 1: 'primary', 2: 'secondary', 3: 'success', 4: 'danger' };

export const components = (list, act) => (list ?? []).map((one) => component(one, act));

function component(one, act) {
  const draw = DRAW[one.type];
  return draw ? draw(one, act) : el('p', { class: 'small' }, `This channel does not draw components of type ${one.type}.`);
}

const text = (one) => el('div', { class: 'text' }, markdown(one.content));
const row = (one, act) => el('div', { class: 'row' }, components(one.components, act));
const rule = (one) => el('hr', { class: [one.divider === false ? 'blank' : '', one.spacing === 2 ? 'wide' : ''].join(' ').trim() || null });

function button(one, act) {
  const label = [one.emoji?.name ? el('span', { 'aria-hidden': 'true' }, one.emoji.name) : null, one.label ?? ''];
  if (one.style === 5) {
    const out = link(one.url, label, el('span', { class: 'out', 'aria-hidden': 'true' }, '↗'));
    out.classList.add('button', 'secondary');
    return out;
  }
  const press = () => act({ press: one.custom_id });
  return el('button', { type: 'button', class: `button ${STYLES[one.style] ?? 'secondary'}`, disabled: Boolean(one.disabled), onclick: press }, label);
}

function select(one, act) {
  const many = (one.max_values ?? 1) > 1;
  const name = one.placeholder || 'Choose';
  const options = one.options.map((option) => el('option', { value: option.value, selected: Boolean(option.default) },
    option.description ? `${option.label} · ${option.description}` : option.label));
  const none = many || one.options.some((option) => option.default) ? null : el('option', { value: '', disabled: true, selected: true }, name);
  const box = el('select', { 'aria-label': name, disabled: Boolean(one.disabled), multiple: many }, none, options);
  const send = () => act({ choose: one.custom_id, values: [...box.selectedOptions].map((option) => option.value).filter(Boolean) });
  if (many) return el('div', { class: 'many' }, box, el('button', { type: 'button', class: 'button secondary', onclick: send }, 'Choose'));
  box.addEventListener('change', () => { send(); if (none) box.value = ''; });      // what was chosen can be chosen again
  box.addEventListener('keydown', (event) => {      // arrows open the list: on a closed one each step would already choose
    if (!['ArrowDown', 'ArrowUp'].includes(event.key) || !box.showPicker) return;
    event.preventDefault();
    box.showPicker();
  });
  return box;
}

function section(one, act) {
  return el('div', { class: 'section' }, el('div', {}, components(one.components, act)), el('div', { class: 'accessory' }, component(one.accessory, act)));
}

// Only pictures that came with the message are loaded; one from elsewhere stays a link, so that nobody is tracked.
function picture(media, description, kind) {
  const source = followable(media.url);
  if (!source?.startsWith(location.origin)) return link(media.url, `Picture: ${description || media.url}`);
  const image = el('img', { src: source, alt: description ?? '', loading: 'lazy', width: media.width, height: media.height, class: kind });
  return kind === 'thumb' ? image : el('a', { href: source, target: '_blank', rel: 'noopener', 'aria-label': description ? null : 'Open the picture' }, image);
}

function gallery(one) {
  return el('div', { class: `gallery of${Math.min(one.items.length, 4)}` }, one.items.map((item) => item.spoiler
    ? el('details', {}, el('summary', {}, 'Hidden picture'), picture(item.media, item.description))
    : picture(item.media, item.description)));
}

function file(address, name, bytes) {
  return el('a', { class: 'file', href: followable(address), download: name }, el('strong', {}, name), el('span', { class: 'small' }, size(bytes ?? 0)));
}

function container(one, act) {
  const box = el('div', { class: 'container' }, components(one.components, act));
  if (Number.isInteger(one.accent_color)) box.style.setProperty('--accent', `#${one.accent_color.toString(16).padStart(6, '0')}`);
  return one.spoiler ? el('details', {}, el('summary', {}, 'Hidden card'), box) : box;
}

const DRAW = {
  1: row, 2: button, 3: select, 9: section, 10: text, 12: gallery, 14: rule, 17: container,
  11: (one) => picture(one.media, one.description, 'thumb'),
  13: (one) => file(one.file.url, one.name ?? 'file', one.size),
};

/** An embed: title, text, fields and foot. */
export function embed(one) {
  const box = el('div', { class: 'container' },
    one.title ? el('div', { role: 'heading', 'aria-level': '2', class: 'h3' }, one.url ? link(one.url, one.title) : one.title) : null,
    one.description ? el('div', { class: 'text' }, markdown(one.description)) : null,
    (one.fields ?? []).map((field) => el('div', { class: 'text' }, el('strong', {}, field.name), markdown(field.value))),
    one.footer?.text ? el('p', { class: 'small' }, one.footer.text) : null);
  if (Number.isInteger(one.color)) box.style.setProperty('--accent', `#${one.color.toString(16).padStart(6, '0')}`);
  return box;
}

/** An attachment that no component shows. */
export const attachment = (one) => (one.content_type?.startsWith('image/') ? picture(one, one.description) : file(one.url, one.filename, one.size));
