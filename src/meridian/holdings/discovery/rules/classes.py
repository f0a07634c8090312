"""Of which class a thing is, from what reports say of it."""

FAMILIES = ("computer", "network-device", "printer", "phone", "storage", "power", "video", "kvm")
ITEM = "item"
BY_TYPE = {
    "computer": "computer",
    "phone": "phone",
    "networkequipment": "network-device",
    "networking": "network-device",
    "printer": "printer",
    "storage": "storage",
    "power": "power",
    "video": "video",
    "kvm": "kvm",
    "unmanaged": ITEM,
    "": ITEM,
}
LAPTOPS = {"laptop", "notebook", "portable", "subnotebook", "handheld", "tablet", "convertible", "detachable"}
DESKTOPS = {
    *("desktop", "lowprofiledesktop", "pizzabox", "minitower", "tower", "allinone", "spacesaving"),
    *("lunchbox", "minipc", "stickpc"),
}
SERVERS = {
    *("mainserverchassis", "rackmountchassis", "blade", "bladeenclosure", "multisystem", "expansionchassis"),
    *("multisystemchassis", "server"),
}


def class_of_type(kind: str) -> str | None:
    """The class of an item type of a report; None for one that isn't known."""
    return BY_TYPE.get(kind.strip().lower())


def narrowed(chassis: str, machine: str) -> str:
    """The class of a computer by its chassis, or by the machine that it only seems to be."""
    if machine and machine.strip().lower() not in {"physical", "none", "unknown"}:
        return "virtual-machine"
    bare = "".join(letter for letter in chassis.lower() if letter.isalpha())
    for code, words in (("laptop", LAPTOPS), ("desktop", DESKTOPS), ("server-computer", SERVERS)):
        if bare in words:
            return code
    return "computer"


def family_of(code: str) -> str:
    """The broad class, which two sightings of one thing have in common; empty where it isn't known."""
    if code in {"laptop", "desktop", "server-computer", "virtual-machine"}:
        return "computer"
    return code if code in FAMILIES else ""
