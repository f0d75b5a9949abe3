// The box where a person types: it offers commands after "/", then the command's options, then their values.
import { el } from './dom.js';
import { CHANNEL, FILE, USER, fixedChoices, flatten, meaning, read } from './grammar.js';
import { LARGEST, label, Slots } from './slots.js';

const PAUSE_MS = 130;

export class Composer {
  /**
   * `send({ name, options, text })`, `say(text)`, `complete({ name, option, typed, options })` -> choices, and
   * `upload(file)` -> its id, or an error with what is wrong.
   */
  constructor(form, { send, say, complete, upload }) {
    Object.assign(this, { send, say, complete, upload, waiting: false, list: null, commands: [], items: [], active: -1, asked: 0, timer: 0, last: '', owner: null, permissions: 0n, away: '', known: {} });
    [this.box, this.menu, this.chips, this.problem] = ['#box', '#menu', '#options', '#problem'].map((id) => form.querySelector(id));
    this.chosen = new Map();
    this.slots = new Slots(form.querySelector('#files'), { give: (option, files) => this.give(files, option), drop: (option) => this.takeOut(option) });
    this.box.addEventListener('input', () => this.look());
    this.box.addEventListener('click', () => this.look());
    this.box.addEventListener('paste', (event) => this.receive(event, event.clipboardData));
    for (const kind of ['dragover', 'drop']) document.addEventListener(kind, (event) => this.receive(event, event.dataTransfer));
    for (const node of [this.box, this.menu]) node.addEventListener('keydown', (event) => this.key(event));
    this.box.addEventListener('blur', () => setTimeout(() => { if (!form.contains(document.activeElement)) this.close(); }, 100));
    form.addEventListener('submit', (event) => { event.preventDefault(); this.submit(); });
  }

  /** `away` says why there are none, '' where there are. */
  setCommands(list, permissions, away) {
    if (list !== this.list) this.commands = flatten(list);      // the same ones stay: what is drawn already holds them
    this.list = list;
    this.permissions = BigInt(permissions);
    if (away !== this.away) this.warn('');
    this.away = away;
  }

  /** Who and which channels can be chosen where an option takes one. */
  setKnown(people, places) {
    this.known = { [USER]: people.map((one) => ({ name: `@${one.name}`, value: one.id })), [CHANNEL]: places.map((one) => ({ name: `#${one.name}`, value: one.id })) };
  }

  /** Puts a whole line in and sends it. */
  ask(line) {
    this.write(line);
    this.submit();
  }

  write(line, caret = line.length) {
    this.box.value = line;
    this.box.focus();
    this.box.setSelectionRange(caret, caret);
    this.look();
  }

  // The box grows with what is written. A command has one line: there a break is a space, so that the words stay apart.
  fit() {
    if (this.box.value.startsWith('/') && this.box.value.includes('\n')) {
      const caret = this.box.selectionStart;
      this.box.value = this.box.value.replaceAll('\n', ' ');
      this.box.setSelectionRange(caret, caret);
    }
    this.box.style.height = 'auto';
    this.box.style.height = `${this.box.scrollHeight}px`;
  }

  // ---- files

  // Files that are pasted, or dropped anywhere on the page (the browser would leave the page for one).
  receive(event, data) {
    if (!data?.types.includes('Files') || (event.type === 'paste' && data.types.includes('text/plain'))) return;
    event.preventDefault();
    if (event.type !== 'dragover' && data.files.length) this.give([...data.files]);
  }

  /** Takes files for the command in the box: the first for `option`, each further one for the next option without one. */
  give(files, option = null) {
    const reading = read(this.box.value, this.commands, this.chosen);
    const places = reading?.command.options.filter((one) => one.type === FILE) ?? [];
    const free = places.filter((one) => one !== option && !this.fileOf(reading, one));
    const order = option ? [option, ...free] : free;
    if (!places.length) {
      const taker = this.commands.find((one) => one.options.some((each) => each.type === FILE));
      this.warn(taker ? `Files go with a command that takes them, such as /${taker.name}.` : 'No command here takes files.');
      return;
    }
    const problems = files.slice(0, order.length).map((file, number) => this.put(order[number], file));
    if (files.length > order.length) problems.push(`/${reading.command.name} takes ${places.length} file${places.length > 1 ? 's' : ''} at most.`);
    this.warn(problems.filter(Boolean).join(' '));
  }

  put(option, file) {
    if (file.size > LARGEST) return `${file.name} is larger than 10 MiB, the most that a file may have here.`;
    const entry = { shown: label(file), value: null, file };
    if (!read(this.box.value, this.commands, this.chosen).fields.some((field) => field.option === option)) this.takeOption(option);
    this.takeValue({ option }, { name: entry.shown, value: null }, entry);
    this.upload(file).then((id) => { entry.value = id; }, (error) => this.lose(option, entry, error.message)).finally(() => this.settled());
    return null;
  }

  lose(option, entry, why) {
    if (this.chosen.get(option.name) !== entry) return;
    this.waiting = false;
    this.takeOut(option);
    this.warn(why);
  }

  // A file is there: what waited for it is sent.
  settled() {
    const words = this.problem.textContent;
    if (!this.sending()) this.warn('');
    this.drawFiles(read(this.box.value, this.commands, this.chosen));
    if (this.sending()) return;
    if (this.waiting) this.submit(); else this.warn(words);
  }

  takeOut(option) {
    const line = this.box.value;
    const field = read(line, this.commands, this.chosen)?.fields.find((one) => one.option === option);
    this.chosen.delete(option.name);
    if (field) this.write(`${`${line.slice(0, field.at).trimEnd()} ${line.slice(field.to).trimStart()}`.trimEnd()} `);
  }

  fileOf(reading, option) {
    const field = reading?.fields.find((one) => one.option === option);
    const taken = field && this.chosen.get(option.name);
    return taken?.file && taken.shown === field.text ? taken : null;
  }

  sending() { return [...this.chosen.values()].some((one) => one.file && one.value === null); }

  drawFiles(reading) {
    const fields = reading?.fields.filter((one) => one.option.type === FILE) ?? [];
    const many = reading?.command.options.filter((one) => one.type === FILE && !this.fileOf(reading, one)).length > 1;
    this.slots.draw(fields.map(({ option }) => {
      const taken = this.fileOf(reading, option);
      return { option, many, file: taken?.file, sending: taken?.value === null };
    }));
  }

  // ---- what to suggest

  look() {
    clearTimeout(this.timer);
    this.asked += 1;
    this.waiting = false;
    this.warn('');
    this.fit();
    const line = this.box.value;
    const reading = line.startsWith('/') ? read(line, this.commands, this.chosen) : null;
    this.drawChips(reading);
    this.drawFiles(reading);
    const caret = this.box.selectionStart ?? line.length;
    if (!line.startsWith('/')) this.close();
    else if (!reading || caret < reading.start + 1) this.offerCommands(line.slice(1, Math.max(caret, 1)));
    else {
      const field = reading.fields.findLast((one) => caret >= one.from);
      if (field) this.offerValues(reading, field, line.slice(field.from, caret));
      else this.offerOptions(reading, reading.words, reading.words !== '');
    }
  }

  offerCommands(typed) {
    if (this.away) this.warn(this.away, false);
    const wanted = typed.toLowerCase().trimStart();
    const rank = (one) => (one.name.startsWith(wanted) ? 0 : one.name.includes(wanted) ? 1 : 2);
    const hits = this.commands.filter((one) => rank(one) < 2).sort((a, b) => rank(a) - rank(b) || this.may(b) - this.may(a));
    this.open(hits.map((one) => ({ label: `/${one.name}`, hint: one.description, badge: this.may(one) ? null : 'moderators', take: () => this.takeCommand(one) })), 0);
  }

  may(command) {
    const needed = command.permissions === null || command.permissions === undefined ? 0n : BigInt(command.permissions);
    return (this.permissions & needed) === needed;
  }

  takeCommand(command) {
    this.chosen.clear();
    const first = command.options.find((option) => option.required);
    this.write(`/${command.name} ${first ? `${first.name}: ` : ''}`);
  }

  optionItems(reading, typed) {
    const used = new Set(reading.fields.map((field) => field.option.name));
    const free = reading.command.options.filter((option) => !used.has(option.name) && option.name.startsWith(typed.toLowerCase()));
    return free.map((option) => ({ label: `${option.name}:`, hint: option.description, badge: option.required ? 'required' : null, take: () => this.takeOption(option, typed) }));
  }

  offerOptions(reading, typed, activeFirst) { this.open(this.optionItems(reading, typed), activeFirst ? 0 : -1); }

  takeOption(option, typed = '') {
    const before = this.box.value.slice(0, this.box.value.length - typed.length).trimEnd();
    this.write(`${before} ${option.name}: `);
  }

  offerValues(reading, field, typed) {
    const { option } = field;
    const word = /(?:^|\s)(\S*)$/.exec(typed)[1];
    const more = typed.trim() && /\s/.test(typed) ? this.optionItems(reading, word) : [];
    const show = (choices) => this.open([...choices.map((one) => ({ label: one.name, take: () => this.takeValue(field, one) })), ...more], -1, option.name);
    const taken = this.chosen.get(option.name)?.shown === field.text;
    if (option.type === FILE && !taken) {
      const free = reading.command.options.filter((one) => one.type === FILE && !this.fileOf(reading, one)).length;
      this.open([{ label: 'Choose a file', hint: 'of 10 MiB at most, or drop it here', late: true, take: () => this.slots.choose(option, free > 1) }], typed.trim() ? -1 : 0, option.name);
      return;
    }
    const fixed = fixedChoices(option, this.known).filter((one) => one.name.toLowerCase().includes(typed.trim().toLowerCase()));
    if (taken || !option.autocomplete) { show(taken ? [] : fixed); return; }
    if (this.owner !== option.name) this.open([], -1);      // while the bot is asked, only this option's own suggestions stay
    const turn = this.asked;
    this.timer = setTimeout(async () => {
      const options = { ...meaning(reading, this.chosen, this.known).options };
      for (const [name, value] of Object.entries(options)) if (name === option.name || value === null) delete options[name];
      const choices = await this.complete({ name: reading.command.name, option: option.name, typed: typed.trimStart(), options });
      if (turn === this.asked && document.activeElement === this.box) show(choices);
    }, PAUSE_MS);
  }

  takeValue({ option }, { name, value }, entry = { shown: name, value }) {
    const line = this.box.value;      // as it is now: more may have been typed since this was suggested
    const field = read(line, this.commands, this.chosen)?.fields.find((one) => one.option.name === option.name);
    if (!field) return;
    this.chosen.set(option.name, entry);
    const rest = line.slice(field.to).trimStart();
    const head = `${line.slice(0, field.from)}${/\s$/.test(line.slice(0, field.from)) ? '' : ' '}${name} `;
    this.write(head + rest, head.length);
  }

  // ---- the menu and the option chips

  open(items, active, owner = null) {
    Object.assign(this, { items: items.slice(0, 50), active: items.length ? active : -1, owner });
    this.menu.replaceChildren(...this.items.map((item, number) => el('li', { role: 'option', id: `s${number}`, 'aria-selected': 'false', onpointerdown: (event) => { event.preventDefault(); if (!item.late) item.take(); }, onclick: () => item.late && item.take() },
      el('strong', {}, item.label), item.hint ? el('span', {}, item.hint) : null, item.badge ? el('em', {}, item.badge) : null)));
    this.menu.hidden = !this.items.length;
    this.mark();
  }

  close() {
    clearTimeout(this.timer);
    this.asked += 1;
    this.open([], -1);
  }

  mark() {
    [...this.menu.children].forEach((node, number) => node.setAttribute('aria-selected', String(number === this.active)));
    const node = this.menu.children[this.active];
    node?.scrollIntoView({ block: 'nearest' });
    for (const one of [this.box, this.menu]) if (node) one.setAttribute('aria-activedescendant', node.id); else one.removeAttribute('aria-activedescendant');
  }

  drawChips(reading) {
    this.chips.hidden = !reading?.command.options.length;
    if (this.chips.hidden) return;
    this.chips.setAttribute('aria-label', `Options of /${reading.command.name}`);
    this.chips.replaceChildren(...reading.command.options.map((option) => {
      const field = reading.fields.find((one) => one.option === option);
      const state = field?.text ? 'given' : option.required ? 'required' : 'free';
      const go = () => (field ? this.write(this.box.value, field.to) : this.takeOption(option));
      return el('button', { type: 'button', class: `chip ${state}`, title: option.description, onclick: go }, option.name, option.required && !field?.text ? el('span', {}, ' required') : null);
    }));
  }

  // ---- keys and sending

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.isComposing) return;
    if (step && this.items.length) {
      event.preventDefault();
      this.active = this.active < 0 && step < 0 ? this.items.length - 1 : (this.active + step + this.items.length) % this.items.length;
      this.mark();
    } else if (event.key === 'ArrowUp' && !this.box.value && this.last) { event.preventDefault(); this.write(this.last); }
    else if (event.key === 'Escape' && !this.menu.hidden) { event.preventDefault(); this.box.focus(); this.close(); }
    else if (event.key === 'Tab' && !event.shiftKey && this.items.length) { event.preventDefault(); this.items[Math.max(this.active, 0)].take(); }
    else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      const whole = this.commands.find((one) => `/${one.name}` === this.box.value.trim());
      if (this.active >= 0 && !(whole && !whole.options.length)) this.items[this.active].take(); else this.submit();
    }
  }

  warn(words, invalid = Boolean(words)) {
    this.problem.textContent = words;
    if (invalid) this.box.setAttribute('aria-invalid', 'true'); else this.box.removeAttribute('aria-invalid');
  }

  submit() {
    const line = this.box.value.trim();
    if (!line) return;
    if (!line.startsWith('/')) { this.say(line); this.sent(line); return; }
    const reading = read(line, this.commands, this.chosen);
    if (!reading) { this.close(); this.warn(this.away || `There is no command ${line.split(/\s/)[0]}. Type / to see them all.`); return; }
    const { options, problem, option } = meaning(reading, this.chosen, this.known);
    this.waiting = !problem && this.sending();
    if (this.waiting) { this.close(); this.warn('Sent as soon as the file is there…', false); return; }
    if (problem) {
      if (option && !reading.fields.some((field) => field.option === option)) this.takeOption(option);
      this.warn(problem);
      return;
    }
    this.send({ name: reading.command.name, options, text: line });
    this.sent(line);
  }

  sent(line) {
    this.last = line;
    this.chosen.clear();
    this.write('');
  }
}
