"""How answers are shown in Discord: commands, cards, buttons; the only room that imports discord."""
