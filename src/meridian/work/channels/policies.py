"""Who sees and decides what of mail."""

from meridian.engine.policies import by_unit, everywhere

MailboxPolicy = by_unit("team__unit")
InboundPolicy = by_unit("mailbox__team__unit")
OutboundPolicy = by_unit("mailbox__team__unit")
OfTheHouse = everywhere()
