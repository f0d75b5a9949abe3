// The menu of a message: what the bot offers to do with it. One menu for the whole page, opened at the button of a message.
import { el } from './dom.js';

export class MessageMenu {
  /** `take(message id, name)` is called for what was chosen. */
  constructor(take) {
    this.take = take;
    this.button = null;
    this.node = el('div', { id: 'message-menu', role: 'menu', popover: 'auto', 'aria-label': 'Apps' });
    this.node.addEventListener('keydown', (event) => this.key(event));
    this.node.addEventListener('toggle', (event) => {
      if (event.newState === 'closed') this.button?.setAttribute('aria-expanded', 'false');
    });
    document.querySelector('main').append(this.node);
    addEventListener('resize', () => this.close());
    document.addEventListener('scroll', () => this.close(), { capture: true, passive: true });
  }

  set(menus) {
    this.names = menus.map((one) => one.name);
    document.body.classList.toggle('menus', this.names.length > 0);
  }

  /** The button that opens the menu of a message by this person. */
  opener(id, name) {
    const open = (event) => this.open(event.currentTarget, id);
    const down = (event) => { if (event.key === 'ArrowDown') { event.preventDefault(); this.open(event.currentTarget, id); } };
    return el('button', { type: 'button', class: 'apps', 'aria-haspopup': 'menu', 'aria-expanded': 'false', 'aria-label': `Apps for the message by ${name}`, onclick: open, onkeydown: down }, 'Apps');
  }

  open(button, id) {
    this.close();
    this.button = button;
    this.node.replaceChildren(...this.names.map((name) => el('button', { type: 'button', role: 'menuitem', tabindex: '-1', onclick: () => { this.close(); this.take(id, name); } }, name)));
    this.node.showPopover({ source: button });
    const at = button.getBoundingClientRect();
    const below = at.bottom + 4 + this.node.offsetHeight <= innerHeight;
    this.node.style.left = `${Math.max(8, Math.min(at.left, innerWidth - this.node.offsetWidth - 8))}px`;
    this.node.style.top = `${below ? at.bottom + 4 : Math.max(8, at.top - 4 - this.node.offsetHeight)}px`;
    button.setAttribute('aria-expanded', 'true');
    this.node.firstElementChild?.focus({ preventScroll: true });
  }

  close() {
    if (!this.node.matches(':popover-open')) return;
    const inside = this.node.contains(document.activeElement);
    this.node.hidePopover();
    if (inside) this.button?.focus({ preventScroll: true });
  }

  key(event) {
    const items = [...this.node.children];
    const at = items.indexOf(document.activeElement);
    const to = { ArrowDown: (at + 1) % items.length, ArrowUp: (at - 1 + items.length) % items.length, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) { event.preventDefault(); items[to].focus(); }
    else if (['Escape', 'Tab'].includes(event.key)) { event.preventDefault(); this.close(); }
  }
}
