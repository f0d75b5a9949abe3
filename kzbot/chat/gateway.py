"""Whether the connection to Discord stands: not what was last heard of it, but what discord.py holds now."""

import math
import time

import discord


def stands(client: discord.Client) -> bool:
    """Whether the client is in, its websocket is open, and Discord has answered its heartbeats until now.

    Two intervals without an answer are one too many; discord.py itself waits a minute before it connects anew.
    """
    socket = client.ws
    if not client.is_ready() or client.is_closed() or socket is None or not socket.open:
        return False
    alive = socket._keep_alive
    if alive is None or not math.isfinite(client.latency):
        return False
    return time.perf_counter() - alive._last_ack < 2 * (alive.interval or math.inf) + 1
