// The places for files of a command that is being typed: a button to choose one, its name, and a way to take it out.
import { el } from './dom.js';

export const LARGEST = 10 * 2 ** 20;

export const size = (bytes) => (bytes === 1 ? '1 byte' : bytes < 1024 ? `${bytes} bytes` : bytes < 1 << 20 ? `${(bytes / 1024).toFixed(1)} KiB` : `${(bytes / (1 << 20)).toFixed(1)} MiB`);

/** What a file is called in the line. */
export const label = (file) => file.name.replace(/\s+/g, ' ').trim();

export class Slots {
  /** `give(option, files)` is called when files were chosen for an option, `drop(option)` when its file is taken out. */
  constructor(node, { give, drop }) {
    Object.assign(this, { node, drop, option: null });
    this.input = el('input', { type: 'file', hidden: true, 'aria-hidden': 'true', tabindex: '-1' });
    this.input.addEventListener('change', () => { if (this.input.files.length) give(this.option, [...this.input.files]); });
    node.after(this.input);
  }

  /** Opens the browser's own dialog; with `many`, further files go to the options after this one. */
  choose(option, many) {
    this.option = option;
    this.input.value = '';
    this.input.multiple = many;
    this.input.click();
  }

  /** `slots` are { option, file, sending, many } in the order of the command. */
  draw(slots) {
    this.node.hidden = !slots.length;
    this.node.replaceChildren(...slots.map(({ option, file, sending, many }) => el('div', { class: 'slot', role: 'group', 'aria-label': option.name },
      el('strong', {}, option.name),
      file ? el('span', { class: 'name' }, label(file), ' ', el('span', { class: 'small' }, sending ? 'sending…' : size(file.size))) : null,
      file
        ? el('button', { type: 'button', class: 'plain', 'aria-label': `Remove ${label(file)} from ${option.name}`, onclick: () => this.drop(option) }, 'Remove')
        : [
          el('button', { type: 'button', class: 'button secondary', 'aria-label': `Choose a file for ${option.name}`, onclick: () => this.choose(option, many) }, 'Choose a file'),
          option.required ? null : el('button', { type: 'button', class: 'plain', 'aria-label': `Leave out ${option.name}`, onclick: () => this.drop(option) }, 'Leave out'),
        ])));
  }
}
