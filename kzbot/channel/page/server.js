// Another server than the home server: whether the bot is in it. Its owner invites and removes the bot, and the page stands for them.
const DAY = 86_400_000;
const clock = new Intl.DateTimeFormat('en-GB', { dateStyle: 'long', timeStyle: 'short' });

export class Server {
  /** `ask('invite')` and `ask('remove')` are called for what the owner does; they tell whether it was sent. */
  constructor(node, ask) {
    Object.assign(this, { node, ask, here: null, bot: '' });
    [this.name, this.state, this.button] = ['h2', 'p', 'button'].map((tag) => node.querySelector(tag));
    this.button.addEventListener('click', () => { if (!this.ask(this.here.bot ? 'remove' : 'invite')) this.say('Not sent: the channel is not connected.'); });
  }

  /** `here` is the server that is shown, null for the home server. */
  set(here, bot) {
    Object.assign(this, { here, bot });
    this.node.hidden = !here;
    if (!here) return;
    this.name.textContent = here.name;
    this.button.textContent = here.bot ? `Remove ${bot}` : `Invite ${bot}`;
    this.say(this.words());
  }

  // The same words again are no news, and are not read out again.
  say(words) { if (this.state.textContent !== words) this.state.textContent = words; }

  words() {
    const { bot, here: { left } } = this;
    if (this.here.bot) return `${bot} is in this server. Its owner can remove it.`;
    if (!left) return `${bot} is not in this server. Its owner can invite it.`;
    return `${bot} ${left.removed ? 'was removed from' : 'left'} this server on ${clock.format(new Date(left.at))}.${this.grace()}`;
  }

  // What the bot does with the questions from here, as its settings say; the daily upkeep does it.
  grace() {
    const { days, left } = this.here;
    const end = new Date(left.at).getTime() + days * DAY;
    if (days === null || end + DAY < Date.now()) return '';
    const when = days === 0 ? 'within a day' : `after ${clock.format(new Date(end))}`;
    return ` What was asked here is erased ${when}, unless it is invited again before.`;
  }

  /** Why the bot has no commands in a channel, '' where it has. */
  away(place) {
    if (!this.here) return '';
    if (place.direct) return this.here.shared ? '' : `You share no server with ${this.bot}, so its commands do not work here.`;
    return this.here.bot ? '' : `${this.bot} is not in this server, so it has no commands here.`;
  }
}
