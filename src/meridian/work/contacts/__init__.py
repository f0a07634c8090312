"""Contacts: who reached the desk by telephone, in person or by chat, apart from the items that follow."""
