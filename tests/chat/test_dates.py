"""What Discord says of the time is heard, and not what a cache says of when it kept something."""

import aiohttp
from aiohttp import web

from kzbot.chat.dates import dates

NOW, BEFORE = "Sun, 22 Nov 2026 12:00:00 GMT", "Sat, 21 Nov 2026 12:00:00 GMT"


async def test_the_date_of_each_answer_is_told_but_for_what_a_cache_kept() -> None:
    async def answer(request: web.Request) -> web.Response:
        kept = {"Date": BEFORE, "Age": "86400"} if request.path == "/attachment" else {"Date": NOW}
        return web.Response(headers=kept)

    app, heard = web.Application(), list[str]()
    app.router.add_get("/{any}", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    try:
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        async with aiohttp.ClientSession(trace_configs=[dates(heard.append)]) as session:
            for path in ("attachment", "gateway"):
                async with session.get(f"http://127.0.0.1:{runner.addresses[0][1]}/{path}") as answered:
                    assert answered.status == 200
    finally:
        await runner.cleanup()
    assert heard == [NOW]
