"""Erasing for good: kzbot.db, its copies, plans and what was sent, and a ledger of it all.

Words of people stand in queries.options, queries.alike, phrasings.searched, wordings.alike, reviews.alike, reviews.remark,
reports.said and audit.details, and ids in every column of a person, and nowhere else: who adds a place, adds it to
kzbot/querylog/erasing/wiping.py, and to the test that looks at every byte.

Beside kzbot.db: the local channel's messages (DATA/channel) hold words and ids, and follow the eraser through
kzbot/cli/forgetting.py; the words of checked messages are in memory for a quarter of an hour (kzbot/chat/lent.py).
"""
