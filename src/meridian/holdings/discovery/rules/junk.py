"""What stands where a number should, and numbers that many things share: none of it identifies anything."""

import re

MAC = re.compile(r"(?:[0-9a-f]{2}[:\-.]?){5}[0-9a-f]{2}")
ALIKE = re.compile(r"[^0-9a-z]")
# What makers and programs write where they know nothing, without spaces and signs.
WORDS = frozenset(
    """
    defaultstring tobefilledbyoem tobefilledbyoemcorp filledbyoem none null nil na notavailable notapplicable
    notspecified notdefined notsettable notpresent unknown unknow undefined invalid empty missing other oem
    systemserialnumber systemproductname systemmanufacturer systemname systemversion chassisserialnumber
    baseboardserialnumber boardserialnumber serial serialnumber serialno sernum serno noserial noserialnumber
    assettag noassettag noassetinformation asset noasset assetnumber chassisassettag assettagnumber
    releasekeys testkeys devkeys example sample test foo bar xxxx string host localhost
    standard productname manufacturer inc oemserial ebaseboard eb evaluation todo tbd
    """.split()
)
UUIDS = frozenset(
    """
    00020003000400050006000700080009 03000200040005000006000700080009 03000200040005000600070008000900
    12345678123456789012345678901234 1234567812345678 0123456789abcdef0123456789abcdef
    1234567812345678 12345678123456781234567812345678 1234567812345678
    12345678123456789 12345678123456789abc 12345678123412341234123456789012
    """.split()
)
COUNTED = ("0123456789", "1234567890", "9876543210", "abcdefghij")
FEWEST_LETTERS, FEWEST_DIFFERENT = 4, 3
# Adapters of docking stations and cables go from one machine to the next; virtual ones are alike everywhere.
WANDERING = (
    *("00e04c", "9cebe8", "0050b6", "3c18a0", "644bf0", "00249b", "a44cc8", "34298f", "8cae4c", "000ec6"),
    *("005056c0", "00155d", "080027", "525400"),
)


def alike(text: str) -> str:
    """A text by which two that only differ in signs and capitals are the same."""
    return ALIKE.sub("", text.casefold())


def is_junk(text: str) -> bool:
    """Whether a serial number, tag or unique id says nothing."""
    bare = alike(text)
    if len(bare) < FEWEST_LETTERS or len(set(bare)) < FEWEST_DIFFERENT or bare in WORDS or bare in UUIDS:
        return True
    return any(
        bare.startswith(run) or (len(bare) > FEWEST_LETTERS and run.startswith(bare)) for run in COUNTED
    )


def mac_of(text: str) -> str:
    """An address of a network card that may identify, in twelve digits; empty for any other.

    Zero and broadcast addresses, groups, those given out locally and those of docks and virtual
    cards stand for nothing that stays.
    """
    lower = text.strip().lower()
    if not MAC.fullmatch(lower):
        return ""
    digits = ALIKE.sub("", lower)
    if len(set(digits)) < FEWEST_DIFFERENT or int(digits[1], 16) & 3 or digits.startswith(WANDERING):
        return ""
    return digits
