"""`/log`: the group of the log's commands, for moderators."""

from discord import app_commands

from kzbot.chat.commands.hidden import moderators_group
from kzbot.chat.commands.log.audit import add_audit
from kzbot.chat.commands.log.export import add_export
from kzbot.chat.commands.log.purge import add_purge
from kzbot.chat.commands.log.questions import add_questions
from kzbot.chat.commands.log.stats import add_stats
from kzbot.chat.commands.log.unanswered import add_unanswered
from kzbot.chat.desk import Desk


def log_commands(desk: Desk) -> app_commands.Group:
    """The group with its commands."""
    group = moderators_group(desk, "log", desk.services.phrases.say("chat.commands.log.what"))
    for add in (add_questions, add_unanswered, add_stats, add_export, add_audit, add_purge):
        add(group, desk)
    return group
