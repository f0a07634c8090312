"""Secrets of API tokens."""

import hashlib
import secrets

PREFIX = "mer_"


def new_secret() -> str:
    """A token that nobody can guess: 256 random bits behind a prefix that scanners know."""
    return PREFIX + secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """What is stored of a token: SHA-256, enough for a secret with 256 random bits."""
    return hashlib.sha256(secret.encode()).hexdigest()
