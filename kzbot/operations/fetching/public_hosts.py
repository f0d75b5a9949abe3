"""Which addresses of the network are public: those that nobody reaches only because the bot's machine does."""

import ipaddress
import socket

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_NOT_PUBLIC = tuple(
    ipaddress.IPv6Network(network)
    for network in (
        "::/96",  # IPv4-compatible, deprecated (RFC 4291)
        "64:ff9b:1::/48",  # local-use NAT64 (RFC 8215)
        "2001::/32",  # Teredo (RFC 4380): the address of another machine is hidden in it
        "3fff::/20",  # documentation (RFC 9637)
        "fec0::/10",  # site-local, deprecated (RFC 3879)
    )
)
_NOT_PUBLIC_4 = tuple(
    ipaddress.IPv4Network(network)
    for network in (
        "168.63.129.16/32",  # the platform of Azure, to its virtual machines (Microsoft Learn, "What is IP address 168.63.129.16?")
        "192.0.0.0/24",  # IETF protocol assignments (RFC 6890), of which older versions of Python know but parts
        "192.88.99.0/24",  # relays of 6to4, deprecated (RFC 7526)
    )
)
_ISATAP = 0x5EFE
"""In the lower half of an address, before the IPv4 address of another machine (RFC 5214)."""


def is_public(address: IPAddress) -> bool:
    """Whether `address` is one of the public internet, also when another one is wrapped in it (mapped, 6to4, NAT64)."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.scope_id is not None or any(address in network for network in _NOT_PUBLIC):
            return False
        inner = _wrapped(address)
        if inner is not None:
            return is_public(inner)
        behind = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if (int(address) >> 32) & 0xFDFFFFFF == _ISATAP and not is_public(behind):
            return False
    elif any(address in network for network in _NOT_PUBLIC_4):
        return False
    return address.is_global and not (address.is_multicast or address.is_reserved or address.is_unspecified)


def _wrapped(address: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour


def is_elsewhere(address: IPAddress) -> bool:
    """Whether `address` is public and none of this machine's own, behind which services listen that a firewall keeps in."""
    return is_public(address) and not is_own(address)


def is_own(address: IPAddress) -> bool:
    """Whether this machine has `address`: then what it sends there comes from there. Nothing is sent."""
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    try:
        with socket.socket(family, socket.SOCK_DGRAM) as asked:
            asked.connect((str(address), 9))
            return ipaddress.ip_address(asked.getsockname()[0]) == address
    except OSError:
        return False
