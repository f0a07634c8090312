"""The doors through which people and programs reach the desk beside its pages: mail and webhooks."""
