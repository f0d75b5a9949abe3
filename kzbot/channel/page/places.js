// The list of channels: which one is shown, and which ones hold something that this person has not seen.
import { el } from './dom.js';

/** A channel as people write it. */
export const called = (place) => (place.direct ? place.name : `#${place.name}`);

export class Places {
  /** `go(id)` is called for the channel that a person picks. */
  constructor(node, go) {
    Object.assign(this, { node, go, list: [], shown: null, person: '' });
  }

  set(list, shown, person) {
    Object.assign(this, { list, person });
    this.show(shown);
  }

  /** The channel that is shown now: all in it is seen. */
  show(id) {
    this.shown = id;
    this.seen();
  }

  get place() { return this.list.find((one) => one.id === this.shown) ?? { id: this.shown, name: '', topic: '' }; }

  name(id) { const found = this.list.find((one) => one.id === id); return found ? called(found) : 'another channel'; }

  /** A message came to a channel. */
  heard(id, message) {
    const place = this.list.find((one) => one.id === id);
    if (!place || BigInt(message) <= BigInt(place.newest)) return;
    place.newest = message;
    if (id === this.shown) this.seen(); else this.draw();
  }

  seen() {
    if (this.shown) localStorage.setItem(this.key(this.shown), this.place.newest ?? '0');
    this.draw();
  }

  key(id) { return `seen ${this.person} ${id}`; }
  fresh(place) { return place.id !== this.shown && BigInt(place.newest) > BigInt(localStorage.getItem(this.key(place.id)) ?? '0'); }

  draw() {
    const focused = this.node.contains(document.activeElement) ? document.activeElement.dataset.place : null;
    this.node.replaceChildren(...this.list.map((place) => el('li', {}, el('button', {
      type: 'button', class: 'place', 'data-place': place.id, 'aria-current': place.id === this.shown ? 'page' : null, title: place.topic || null,
      onclick: () => this.go(place.id),
    }, el('span', { 'aria-hidden': 'true' }, place.direct ? '@ ' : '# '), place.name, this.fresh(place) ? el('em', {}, 'new') : null))));
    if (focused) this.node.querySelector(`[data-place="${focused}"]`)?.focus();
    document.title = `${this.list.some((place) => this.fresh(place)) ? '• ' : ''}${called(this.place)} · local channel`;
  }
}
