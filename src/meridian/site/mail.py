"""Mail into files, for a house without a mail server. Links in it open accounts: it is its owner's alone."""

import os
from pathlib import Path
from typing import Any

from django.core.mail.backends.filebased import EmailBackend


class OwnersFiles(EmailBackend):
    """Django's files of mail, in a folder of mode 0700 with files of mode 0600."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        Path(self.file_path).chmod(0o700)

    def open(self) -> bool:
        if self.stream is not None:
            return False
        handle = os.open(self._get_filename(), os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_NOFOLLOW, 0o600)
        self.stream = os.fdopen(handle, "ab")
        return True
