"""Webhooks: other systems are told of what happens at the desk."""
