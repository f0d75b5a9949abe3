"""kzbot: verbatim, dated, linked evidence from a team's own articles, asked in its channel."""
