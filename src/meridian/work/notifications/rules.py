"""Who is named in a text."""

import re

# An address such as a.b@example.org names nobody; a full stop ends the sentence, not the name.
MENTION = re.compile(r"(?<![\w@.+-])@(\w(?:[\w.+-]*\w)?(?:@[\w.-]*\w)?)")
MOST_MENTIONS = 20


def mentions(text: str) -> list[str]:
    """The user names written as `@user.name`, each once, in lower case, in their order."""
    names = dict.fromkeys(name.lower() for name in MENTION.findall(text))
    return list(names)[:MOST_MENTIONS]
