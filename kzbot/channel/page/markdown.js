// The part of Discord's markdown that bots write, drawn as DOM nodes.
import { el, link } from './dom.js';

const PAIRS = [
  ['**', (inner) => el('strong', {}, inner)],
  ['__', (inner) => el('u', {}, inner)],
  ['~~', (inner) => el('s', {}, inner)],
  ['||', (inner) => spoiler(inner)],
  ['*', (inner) => el('em', {}, inner)],
  ['_', (inner) => el('em', {}, inner)],
];
const MASKED = /\[((?:\\.|[^\]\\\n])+)\]\(<?(https?:\/\/[^\s<>)]+(?:\([^\s<>)]*\)[^\s<>)]*)*)>?\)/iy;
const ANGLED = /<(https?:\/\/[^\s<>]+)>/iy;
const BARE = /https?:\/\/[^\s<>]+/iy;
const MOMENT = /<t:(-?\d{1,13})(?::([tTdDfFR]))?>/y;
const MENTION = /<(@!?|@&|#|\/[^:>\n]{1,64}:)(\d{1,20})>/y;
const names = new Map();

/** Tells how a mention of these users and channels is to be drawn. */
export function know(users) {
  for (const user of users) names.set(user.id, user.username);
}

export function markdown(text) {
  const lines = text.split('\n');
  const blocks = [];
  let paragraph = [];
  const flush = () => {
    if (paragraph.length) blocks.push(el('p', {}, inline(paragraph.join('\n'))));
    paragraph = [];
  };
  const push = (block) => { flush(); blocks.push(block); };
  for (let at = 0; at < lines.length;) {
    const line = lines[at];
    const run = (pattern) => {
      const from = at;
      while (at < lines.length && pattern.test(lines[at])) at += 1;
      return lines.slice(from, at).map((one) => one.replace(pattern, ''));
    };
    const depths = () => lines.slice(at).map((one) => (one.startsWith('  ') ? { class: 'inner' } : {}));
    const fenced = /^```\w*$/.test(line) ? lines.indexOf('```', at + 1) : -1;
    const heading = /^(#{1,3}) +(?=\S)(.*)/.exec(line);
    if (fenced > 0) { push(el('pre', { tabindex: '0' }, el('code', {}, lines.slice(at + 1, fenced).join('\n')))); at = fenced + 1; }
    else if (heading) { push(el('div', { role: 'heading', 'aria-level': '2', class: `h${heading[1].length}` }, inline(heading[2]))); at += 1; }
    else if (/^-# +\S/.test(line)) { push(el('p', { class: 'small' }, inline(line.replace(/^-# +/, '')))); at += 1; }
    else if (line.startsWith('>>> ')) { push(el('blockquote', {}, markdown([line.slice(4), ...lines.slice(at + 1)].join('\n')))); at = lines.length; }
    else if (/^> ?/.test(line) && line[1] === ' ') push(el('blockquote', {}, markdown(run(/^> /).join('\n'))));
    else if (/^ *[-*] +\S/.test(line)) { const deep = depths(); push(el('ul', {}, run(/^ *[-*] +(?=\S)/).map((item, nth) => el('li', deep[nth], inline(item))))); }
    else if (/^ *\d+\. +\S/.test(line)) push(el('ol', { start: String(parseInt(line, 10)) }, run(/^ *\d+\. +(?=\S)/).map((item) => el('li', {}, inline(item)))));
    else { paragraph.push(line); at += 1; }
  }
  flush();
  return blocks;
}

export function inline(text) {
  const nodes = [];
  let plain = '';
  const push = (node) => { if (plain) nodes.push(plain); plain = ''; nodes.push(node); };
  for (let at = 0; at < text.length;) {
    const [node, end] = special(text, at);
    if (end > at) { if (typeof node === 'string') plain += node; else push(node); at = end; }
    else { plain += text[at]; at += 1; }
  }
  if (plain) nodes.push(plain);
  return nodes;
}

// What begins at this place, and where it ends; [null, at] for an ordinary character.
function special(text, at) {
  const sign = text[at];
  const match = (pattern) => { pattern.lastIndex = at; return pattern.exec(text); };
  let found;
  if (sign === '\n') return [el('br'), at + 1];
  if (sign === '\\' && /[^A-Za-z0-9\s]/.test(text[at + 1] ?? '')) return [text[at + 1], at + 2];
  if (sign === '`') return code(text, at);
  if (sign === '[' && (found = match(MASKED))) return [link(found[2], inline(found[1])), at + found[0].length];
  if (sign === '<' && (found = match(ANGLED))) return [link(found[1], found[1]), at + found[0].length];
  if (sign === '<' && (found = match(MOMENT))) return [moment(Number(found[1]), found[2]), at + found[0].length];
  if (sign === '<' && (found = match(MENTION))) return [mention(found[1], found[2]), at + found[0].length];
  if (/h/i.test(sign) && !/\w/.test(text[at - 1] ?? ' ') && (found = match(BARE))) return address(found[0], at);
  for (const [mark, wrap] of PAIRS) {
    if (!text.startsWith(mark, at) || /\s/.test(text[at + mark.length] ?? ' ')) continue;
    if (mark === '_' && /\w/.test(text[at - 1] ?? ' ')) continue;
    const close = closing(text, at + mark.length, mark);
    if (close > at + mark.length) return [wrap(inline(text.slice(at + mark.length, close))), close + mark.length];
  }
  return [null, at];
}

// Where the mark closes, past escapes, code and (for a single mark) its doubled form; -1 where it never does.
function closing(text, from, mark) {
  for (let at = from; at < text.length;) {
    if (text[at] === '\\') { at += 2; continue; }
    if (text[at] === '`') { const [, end] = code(text, at); at = Math.max(end, at + 1); continue; }
    if (mark.length === 1 && text.startsWith(mark + mark, at)) {
      const inner = closing(text, at + 2, mark + mark);
      at = inner > 0 ? inner + 2 : at + 2;
      continue;
    }
    const opens = mark === '_' && /\w/.test(text[at + 1] ?? ' ');
    if (text.startsWith(mark, at) && !opens && !(mark === '*' && /\s/.test(text[at - 1]))) {
      return mark === '**' && text[at + 2] === '*' ? at + 1 : at;
    }
    at += 1;
  }
  return -1;
}

function code(text, at) {
  const ticks = /^`+/.exec(text.slice(at))[0];
  const close = text.indexOf(ticks, at + ticks.length);
  if (close < 0) return [ticks, at + ticks.length];
  return [el('code', {}, text.slice(at + ticks.length, close).replace(/^ (.*) $/s, '$1')), close + ticks.length];
}

function address(found, at) {
  let url = found.replace(/[.,:;!?"'*_~|]+$/, '');
  if (url.endsWith(')') && !url.includes('(')) url = url.slice(0, -1);
  return [link(url, url), at + url.length];
}

function spoiler(inner) {
  const show = (event) => event.currentTarget.setAttribute('aria-expanded', 'true');
  return el('button', { type: 'button', class: 'spoiler', 'aria-expanded': 'false', 'aria-label': 'Hidden text, press to show', onclick: show }, inner);
}

function mention(sign, id) {
  const name = sign.startsWith('/') ? sign.slice(0, -1) : `${sign[0]}${names.get(id) ?? id}`;
  return el('span', { class: 'mention' }, name);
}

const STYLES = {
  t: { timeStyle: 'short' }, T: { timeStyle: 'medium' }, d: { dateStyle: 'short' }, D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' }, F: { dateStyle: 'full', timeStyle: 'short' },
};
const UNITS = [['year', 31_557_600], ['month', 2_629_800], ['day', 86_400], ['hour', 3_600], ['minute', 60], ['second', 1]];

function moment(seconds, style = 'f') {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return el('span', {}, 'an impossible date');
  const away = seconds - Date.now() / 1000;
  const [unit, size] = UNITS.find(([, length]) => Math.abs(away) >= length) ?? UNITS.at(-1);
  const words = style === 'R'
    ? new Intl.RelativeTimeFormat('en', { numeric: 'auto' }).format(Math.round(away / size), unit)
    : new Intl.DateTimeFormat('en-GB', STYLES[style]).format(date);
  return el('time', { datetime: date.toISOString(), title: date.toString() }, words);
}
