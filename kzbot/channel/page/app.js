// One websocket to the channel, the log, and the composer.
import { Composer } from './composer.js';
import { Dialog } from './dialog.js';
import { el } from './dom.js';
import { MessageMenu } from './menu.js';
import { Log } from './messages.js';
import { know } from './markdown.js';
import { Places, called } from './places.js';
import { Server } from './server.js';

const find = (selector) => document.querySelector(selector);
const waiting = new Map();      // autocomplete questions under way
const pending = new Map();      // commands under way: their line in the log
let socket = null;
let person = sessionStorage.getItem('person') ?? 'member';
let place = sessionStorage.getItem('place') ?? '';
let bot = 'the bot';
let offered = { commands: [], menus: [], permissions: 0 };
let number = 0;
let pause = 250;

function tell(message) {
  if (socket?.readyState !== WebSocket.OPEN) return false;
  socket.send(JSON.stringify({ in: place, ...message }));
  return true;
}

const places = new Places(find('#places'), (id) => tell({ t: 'go', in: id }));
const server = new Server(find('#server'), (what) => tell({ t: what }));
const dialog = new Dialog(find('#dialog'), (id, values) => tell({ t: 'submit', dialog: id, values }));

const menu = new MessageMenu((id, name) => {
  number += 1;
  if (tell({ t: 'menu', n: number, name, message: id, text: name })) pending.set(number, log.note(`Sending to ${bot}…`, name));
  else log.note('was not sent: the channel is not connected.', name).classList.add('failed');
});

const log = new Log(find('#log'), find('#empty'), menu, (id, action) => {
  if (action.dismiss) { tell({ t: 'dismiss', message: id }); return; }
  log.busy(id, true);
  const sent = action.press ? tell({ t: 'press', message: id, id: action.press }) : tell({ t: 'choose', message: id, id: action.choose, values: action.values });
  if (!sent) log.busy(id, false, 'Not connected: try again in a moment.');
});

const composer = new Composer(find('#composer'), {
  send(command) {
    number += 1;
    if (tell({ t: 'command', n: number, ...command })) pending.set(number, log.note(`Sending to ${bot}…`, command.text));
    else log.note('was not sent: the channel is not connected.', command.text).classList.add('failed');
  },
  say: (text) => { if (!tell({ t: 'say', text })) log.note('Not sent: the channel is not connected.').classList.add('failed'); },
  complete: (question) => new Promise((done) => {
    number += 1;
    const mine = number;
    const finish = (choices) => { waiting.delete(mine); done(choices); };
    waiting.set(mine, finish);
    setTimeout(finish, 3500, []);
    if (!tell({ t: 'complete', n: mine, ...question })) finish([]);
  }),
  async upload(file) {
    const answer = await fetch(`/uploads?${new URLSearchParams({ as: person, name: file.name })}`, { method: 'POST', headers: { 'Content-Type': 'application/octet-stream' }, body: file })
      .catch(() => { throw new Error(`${file.name} could not be sent: the channel is not reached, or the file cannot be read.`); });
    const told = await answer.json().catch(() => ({}));
    if (!answer.ok) throw new Error(told.why ?? `${file.name} was refused (${answer.status}).`);
    return told.id;
  },
});

function settle(n) {
  pending.get(n)?.remove();
  pending.delete(n);
  log.judge();
}

// What belongs to the channel that is shown now.
function enter(told) {
  const { id, name, topic, direct } = places.place;
  const title = called(places.place);
  place = id;
  sessionStorage.setItem('place', id);
  find('#name').textContent = name;
  find('#mark').textContent = direct ? '@' : '#';
  find('#welcome').textContent = direct ? `Direct messages with ${bot}` : `Welcome to ${title}`;
  find('#topic').textContent = topic ? `${topic}.` : '';
  find('#log').setAttribute('aria-label', `Messages in ${name}`);
  find('#composer').setAttribute('aria-label', direct ? `Write to ${bot}` : `Write to ${title}`);
  find('#box').setAttribute('aria-label', direct ? `Message ${bot}` : `Message ${title}`);
  pending.clear();
  log.reset(told.messages);
  offer();
}

// What the bot offers in the channel that is shown: nothing in a server where it is not.
function offer() {
  const away = server.away(places.place);
  composer.setCommands(away ? [] : offered.commands, offered.permissions, away);
  menu.set(away ? [] : offered.menus);
  for (const id of ['#offer', '#examples']) find(id).hidden = Boolean(away);
  find('#away').textContent = away;
}

function drawExamples(examples) {
  find('#examples').replaceChildren(...examples.map((line) => el('li', {}, el('button', { type: 'button', class: 'example', onclick: () => composer.ask(line) }, line))));
}

function drawState(connected) {
  const state = find('#state');
  state.textContent = connected ? `${bot} is online` : `${bot} is offline`;
  state.className = connected ? 'online' : 'offline';
}

const HEARD = {
  hello(told) {
    pause = 250;
    bot = told.bot;
    find('#bot').textContent = bot;
    find(`#people [value=${told.person}]`).checked = true;
    offered = { commands: told.commands, menus: told.menus, permissions: told.permissions };
    composer.setKnown(told.people, told.places.filter((one) => !one.direct));
    know(Object.entries(told.names).map(([id, username]) => ({ id, username })));
    drawState(told.connected);
    drawExamples(told.examples);
    server.set(told.server, bot);
    places.set(told.places, told.place, told.person);
    enter(told);
    dialog.lost();
  },
  place(told) { places.show(told.place); enter(told); },
  newest: (told) => places.heard(told.place, told.id),
  bot: (told) => drawState(told.connected),
  server(told) { server.set(told.server, bot); offer(); },
  commands(told) { Object.assign(offered, { commands: told.commands, menus: told.menus }); offer(); },
  examples: (told) => drawExamples(told.examples),
  message(told) { places.heard(place, told.message.id); log.show(told); },
  gone: (told) => log.remove(told.id),
  choices: (told) => waiting.get(told.n)?.(told.choices),
  modal: (told) => dialog.open(told.dialog, told.modal),
  submitted: (told) => dialog.done(told.dialog),
  done(told) { settle(told.n); if (told.message) log.busy(told.message, false); },
  failed(told) {
    const { about } = told;
    settle(about.n);
    if (about.t === 'complete') waiting.get(about.n)?.([]);
    else if (about.t === 'submit') dialog.failed(about.dialog, told.why, told.faults ?? {});
    else if (['press', 'choose'].includes(about.t)) log.busy(about.message, false, told.why);
    else log.note(about.in && about.in !== place ? `In ${places.name(about.in)}: ${told.why}` : told.why, about.text).classList.add('failed');
  },
};

function connect() {
  const mine = new WebSocket(`ws://${location.host}/socket?${new URLSearchParams({ as: person, in: place })}`);
  socket = mine;
  mine.addEventListener('message', (event) => {
    if (mine !== socket) return;
    const told = JSON.parse(event.data);
    HEARD[told.t]?.(told);
  });
  mine.addEventListener('close', () => {
    if (mine !== socket) return;
    find('#state').textContent = 'Reconnecting…';
    find('#state').className = 'offline';
    setTimeout(connect, pause);
    pause = Math.min(pause * 2, 4000);
  });
}

find('#people').addEventListener('change', (event) => {
  person = event.target.value;
  sessionStorage.setItem('person', person);
  find('#state').textContent = 'Connecting…';
  find('#state').className = 'offline';
  const old = socket;
  connect();
  old?.close();
});

// The address of the link under the pointer or the focus, before anybody follows it.
const address = find('#address');
for (const kind of ['focusin', 'focusout', 'mouseover', 'mouseout']) {
  find('#log').addEventListener(kind, (event) => {
    const link = event.target.closest?.('a[href]');
    const shown = link && ['focusin', 'mouseover'].includes(kind);
    address.textContent = shown ? link.href : '';
    address.hidden = !shown;
  });
}

connect();
find('#box').focus();
