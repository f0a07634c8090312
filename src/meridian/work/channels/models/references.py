"""Tables of other modules that mails are about, reached through the references."""

from meridian.engine.records import reference

Person = reference("people.Person")
Account = reference("access.Account")
Team = reference("servicedesk.Team")
WorkItem = reference("servicedesk.WorkItem")
