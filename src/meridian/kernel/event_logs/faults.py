"""What a file of a log, or of a mapping, is refused with."""


class NotTheLog(ValueError):
    """The file is not the log that was expected; the message says in one sentence what was found."""


class NotAMapping(NotTheLog):
    """The mapping can't be followed; the message says where, and which names are near."""
