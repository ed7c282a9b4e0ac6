"""The part of a network address that stands for one household or office."""

from ipaddress import IPv6Network, ip_address

OF_ONE_OFFICE = 64
"""The bits of an IPv6 address that one office has in common; it chooses the others as it likes."""


def network_of(address: str) -> str:
    """`address` as failures and connections are counted: an IPv6 address by its first 64 bits.

    Other addresses, and what is none, stay as they are; an IPv4 address written as IPv6 is given as
    IPv4.
    """
    try:
        known = ip_address(address)
    except ValueError:
        return address
    if known.version == 4 or known.is_loopback:
        return address
    if known.ipv4_mapped:
        return str(known.ipv4_mapped)
    return str(IPv6Network((int(known), OF_ONE_OFFICE), strict=False))
