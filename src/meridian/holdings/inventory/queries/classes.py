"""The tree of classes."""

from meridian.holdings.inventory.models import ClassAttribute, ItemClass


def class_tree() -> dict[str, tuple[int, str]]:
    """Each class by code: its key, and the code of the class above it, empty at the top."""
    rows = ItemClass.objects.values_list("code", "pk", "parent__code")
    return {code: (key, above or "") for code, key, above in rows}


def wider_than(code: str, tree: dict[str, tuple[int, str]] | None = None) -> list[str]:
    """The codes of the classes above one, the nearest first."""
    known = class_tree() if tree is None else tree
    found: list[str] = []
    while (code := known.get(code, (0, ""))[1]) and code not in found:
        found.append(code)
    return found


def narrowest(codes: list[str], tree: dict[str, tuple[int, str]]) -> str:
    """The first of these classes, or one of the others that is below it: a class only narrows."""
    chosen = codes[0]
    for code in codes[1:]:
        if chosen in wider_than(code, tree):
            chosen = code
    return chosen


def attributes_of(code: str) -> list[ClassAttribute]:
    """What may be known of items of a class, in the order in which pages tell it."""
    codes = [code, *wider_than(code)]
    return list(ClassAttribute.objects.filter(item_class__code__in=codes).order_by("place", "code"))
