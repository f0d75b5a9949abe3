// The log: draws each message once, and again in its place when it changes.
import { attachment, components, embed } from './components.js';
import { el } from './dom.js';
import { know, markdown } from './markdown.js';

const EPHEMERAL = 64;
const LOADING = 128;

export class Log {
  /** `menu` is the menu of messages; `act(message id, action)` is called for everything that can be pressed in one. */
  constructor(node, empty, menu, act) {
    Object.assign(this, { node, empty, menu, act, end: true });
    node.addEventListener('scroll', () => { this.end = this.atEnd(); }, { passive: true });
    new ResizeObserver(() => { if (this.end) node.scrollTop = node.scrollHeight; }).observe(node);      // the box below grows
  }

  reset(list) {
    this.node.replaceChildren();
    list.forEach((one) => this.show(one));
    this.node.scrollTop = this.node.scrollHeight;
    this.judge();
  }

  show({ message, asked }) {
    const old = this.find(message.id);
    const atEnd = this.atEnd();
    const fresh = this.draw(message, asked);
    const place = old ? focusPlace(old) : null;
    if (old) {
      old.replaceWith(fresh);
      if (place) restoreFocus(fresh, place);
    } else this.node.append(fresh);
    this.judge();
    // What was being thought of is read now; who turns a page in a message stays where they are.
    if (atEnd && !place && fresh === this.node.lastElementChild) fresh.scrollIntoView({ block: fresh.offsetHeight > this.node.clientHeight ? 'start' : 'end' });
  }

  atEnd() { return this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < 120; }

  remove(id) {
    this.find(id)?.remove();
    this.judge();
  }

  /** A line that is the page's own: something sent and not answered yet, or a failure. */
  note(words, asked = null) {
    const node = el('p', { class: 'note' }, asked ? el('code', {}, asked) : null, asked ? ' ' : null, words);
    this.node.append(node);
    this.node.scrollTop = this.node.scrollHeight;
    this.judge();
    return node;
  }

  busy(id, on, problem = null) {
    const node = this.find(id);
    if (!node) return;
    node.querySelector('.failed')?.remove();
    if (on) node.setAttribute('aria-busy', 'true'); else node.removeAttribute('aria-busy');
    if (problem) node.querySelector('.body').append(el('p', { class: 'failed', role: 'alert' }, problem));
  }

  find(id) { return document.getElementById(`m${id}`); }
  judge() { this.empty.hidden = this.node.childElementCount > 0; }

  draw(message, asked) {
    know([message.author, ...message.mentions, ...(message.interaction_metadata ? [message.interaction_metadata.user] : [])]);
    const own = Boolean(message.flags & EPHEMERAL);
    const name = message.author.username;
    const act = (action) => this.act(message.id, action);
    const shown = JSON.stringify(message.components);
    return el('article', { id: `m${message.id}`, class: own ? 'message own' : 'message', tabindex: '-1', 'aria-label': `${name}, ${clock(message.timestamp)}` },
      el('span', { class: `face ${message.author.bot ? 'bot' : ''}`, 'aria-hidden': 'true' }, name[0].toUpperCase()),
      el('div', { class: 'body' },
        message.interaction_metadata ? used(message, asked) : null,
        el('p', { class: 'who' }, el('strong', {}, name), message.author.bot ? el('span', { class: 'app' }, 'APP') : null,
          el('time', { datetime: message.timestamp }, clock(message.timestamp)), message.edited_timestamp ? el('span', { class: 'small' }, '(edited)') : null,
          own || message.flags & LOADING ? null : this.menu.opener(message.id, name)),
        message.flags & LOADING ? el('p', { class: 'thinking', role: 'status' }, `${name} is thinking…`) : null,
        message.content ? el('div', { class: 'text' }, markdown(message.content)) : null,
        message.embeds.map(embed),
        components(message.components, act),
        message.attachments.filter((one) => !shown.includes(one.id)).map(attachment),
        own ? el('p', { class: 'only' }, el('span', { 'aria-hidden': 'true' }, '◉ '), 'Only you can see this · ', el('button', { type: 'button', class: 'plain', onclick: () => act({ dismiss: true }) }, 'Dismiss message')) : null));
  }
}

function used(message, asked) {
  const who = el('strong', {}, message.interaction_metadata.user.username);
  return asked ? el('p', { class: 'used' }, who, ' used ', el('code', {}, asked)) : el('p', { class: 'used' }, who, ' pressed a button');
}

function clock(stamp) {
  const date = new Date(stamp);
  const today = date.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat('en-GB', today ? { timeStyle: 'short' } : { dateStyle: 'medium', timeStyle: 'short' }).format(date);
}

// A redrawn message keeps a keyboard user's place: the control with the same words, else the message itself.
const controls = (node) => [...node.querySelectorAll('button, a[href], select')];
const alike = (one, other) => one.tagName === other.tagName && one.textContent === other.textContent;

export function focusPlace(node) {
  const at = document.activeElement;
  if (!node.contains(at)) return null;
  return { control: at, number: controls(node).filter((one) => alike(one, at)).indexOf(at) };
}

export function restoreFocus(node, { control, number }) {
  const same = controls(node).filter((one) => alike(one, control) && !one.disabled);
  (same[number] ?? same.at(-1) ?? node).focus({ preventScroll: true });
}
