"""Why a report is put aside."""


class Unreadable(ValueError):
    """The report can't be taken in; the text is the reason, for whoever has to look after its sender."""
