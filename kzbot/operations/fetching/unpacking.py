"""What a web server packed, unpacked piece by piece while it comes, and no further than it may grow."""

import zlib

from kzbot.errors import FetchError

_GZIP = b"\x1f\x8b"


class Unpacking:
    """Unpacks gzip and both kinds of deflate piece by piece, to at most `most` bytes."""

    def __init__(self, most: int, *, plain: bool) -> None:
        self.data = bytearray()
        self._most = most
        self._unpacker = None if plain else zlib.decompressobj(zlib.MAX_WBITS | 32)
        self._begun = False

    @property
    def whole(self) -> bool:
        """Whether nothing is missing at the end."""
        return self._unpacker is None or not self._begun or self._unpacker.eof

    def take(self, chunk: bytes) -> bool:
        """Unpack a piece; False where there is more than may be. Raises FetchError on what is not packed as was said."""
        while chunk:
            if self._unpacker is None:
                self.data += chunk
                break
            if self._unpacker.eof:
                if not chunk.startswith(_GZIP):
                    break  # what stands behind the end is passed over, as browsers do
                self._unpacker = zlib.decompressobj(zlib.MAX_WBITS | 32)
            self.data += self._piece(chunk)
            if len(self.data) > self._most:
                return False
            chunk = self._unpacker.unconsumed_tail or self._unpacker.unused_data
        return len(self.data) <= self._most

    def _piece(self, chunk: bytes) -> bytes:
        assert self._unpacker is not None
        room = self._most + 1 - len(self.data)
        try:
            unpacked = self._unpacker.decompress(chunk, room)
        except zlib.error:
            if self._begun:
                raise FetchError("The page is packed in a way that cannot be read; save it in a browser.") from None
            self._unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
            self._begun = True
            return self._piece(chunk)
        self._begun = True
        return unpacked
