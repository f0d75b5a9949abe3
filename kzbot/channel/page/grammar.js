// What a typed line means: `/timeline topic: Steppe Eagle from: 2012`. Pure functions, no page.

/** Commands as a flat list: "corpus reload" is one entry. Sorted by name. */
export function flatten(commands) {
  const found = [];
  const visit = (node, path, top) => {
    const inner = (node.options ?? []).filter((option) => option.type < 3);
    if (inner.length) inner.forEach((one) => visit(one, [...path, one.name], top));
    else found.push({ name: path.join(' '), description: node.description, options: node.options ?? [], permissions: top.default_member_permissions });
  };
  commands.forEach((one) => visit(one, [one.name], one));
  return found.sort((a, b) => a.name.localeCompare(b.name));
}

/**
 * Reads a line. `chosen` maps an option's name to a suggestion { shown, value } that was taken for it: its words are
 * one unit, whatever they contain. Gives null for a line that names no command, else { command, start, words, fields }:
 * `words` is what stands before the first option, `fields` are { option, from, to, text } in the line's order.
 */
export function read(line, commands, chosen = new Map()) {
  const command = commands.filter((one) => line.startsWith(`/${one.name}`) && !/\S/.test(line[one.name.length + 1] ?? ' '))
    .sort((a, b) => b.name.length - a.name.length)[0];
  if (!command) return null;
  const start = command.name.length + 1;
  const fields = [];
  const names = command.options.map((option) => option.name);
  for (let at = start; at < line.length;) {
    const name = /\s/.test(line[at - 1]) || at === start ? names.find((one) => line.startsWith(`${one}:`, at)) : undefined;
    if (!name || fields.some((field) => field.option.name === name)) { at += 1; continue; }
    close(fields.at(-1), line, at);
    const from = at + name.length + 1 + (/^\s*/.exec(line.slice(at + name.length + 1))[0].length ? 1 : 0);
    fields.push({ option: command.options.find((one) => one.name === name), at, from, to: line.length, text: line.slice(from) });
    const unit = chosen.get(name)?.shown;
    at = unit && line.startsWith(unit, from) ? from + unit.length : from;
  }
  close(fields.at(-1), line, line.length);
  return { command, start, words: line.slice(start, fields[0]?.at ?? line.length).trim(), fields };
}

function close(field, line, to) {
  if (field) Object.assign(field, { to, text: line.slice(field.from, to).trim() });
}

/**
 * The options to send, by name, and what hinders: { options, problem, option }. Words without an option's name belong
 * to the first free text option. `known` lists who and which channels there are, as { name, value } by an option's type.
 */
export function meaning(reading, chosen = new Map(), known = {}) {
  const options = {};
  for (const field of reading.fields) {
    if (field.text === '' && field.option.type === FILE) return { options, problem: `${field.option.name} has no file yet: choose one.`, option: field.option };
    if (field.text === '') continue;
    const taken = chosen.get(field.option.name);
    const value = taken?.shown === field.text ? taken.value : convert(field.option, field.text, known);
    if (value === undefined) return { options, problem: `${field.option.name} takes ${wanted(field.option)}, not “${field.text}”.`, option: field.option };
    options[field.option.name] = value;
  }
  if (reading.words) {
    const free = reading.command.options.find((option) => option.type === 3 && !(option.name in options));
    if (!free) return { options, problem: `“${reading.words}” belongs to no option of /${reading.command.name}.`, option: null };
    options[free.name] = reading.words;
  }
  const missing = reading.command.options.find((option) => option.required && !(option.name in options));
  if (missing) return { options, problem: `${missing.name} is required: ${missing.description}`, option: missing };
  return { options, problem: null, option: null };
}

export const USER = 6;
export const CHANNEL = 7;
export const FILE = 11;
export const KINDS = { 4: 'a whole number', 5: 'true or false', 6: 'a person, as @name or an id', 7: 'a channel, as #name or an id', 10: 'a number', 11: 'a file chosen with its button' };

const NAMED = 8;

/** What an option takes, in words: its choices by name where they are few, else its kind. */
function wanted(option) {
  const names = (option.choices ?? []).map((one) => `“${one.name}”`);
  if (names.length > NAMED) return 'one of those offered';
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} or ${names.at(-1)}` : names[0] ?? KINDS[option.type] ?? 'something else';
}

function convert(option, text, known) {
  const choice = option.choices?.find((one) => one.name.toLowerCase() === text.toLowerCase() || String(one.value) === text);
  if (choice) return choice.value;
  if (option.choices?.length) return undefined;
  if (option.type === 3) return text;
  if (option.type === 5) return { true: true, yes: true, false: false, no: false }[text.toLowerCase()];
  if (option.type === USER || option.type === CHANNEL) {
    const named = known[option.type]?.find((one) => [one.name.toLowerCase(), one.name.slice(1).toLowerCase()].includes(text.toLowerCase()));
    return named?.value ?? (/^\d{15,19}$/.test(text) ? text : undefined);
  }
  if (option.type === 4) return /^[+-]?\d{1,15}$/.test(text) ? Number(text) : undefined;
  if (option.type === 10) return text !== '' && Number.isFinite(Number(text)) ? Number(text) : undefined;
  return undefined;
}

/** What can be chosen for an option without asking the bot: its choices, true and false, who or which channels there are. */
export const fixedChoices = (option, known = {}) => (option.type === 5 ? [{ name: 'true', value: true }, { name: 'false', value: false }] : option.choices ?? known[option.type] ?? []);
