"""What moderators and operators did: deeds, applied generations, overlays, reports, and what the bot posted by itself."""
