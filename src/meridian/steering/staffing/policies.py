"""Posts are read and kept by whoever holds the right at the unit in charge of the establishment."""

from meridian.engine.policies import Policy


class EstablishmentPolicy(Policy):
    unit = "unit__path"


class PartOfEstablishmentPolicy(Policy):
    unit = "establishment__unit__path"


class PostActionPolicy(Policy):
    unit = "post__establishment__unit__path"


class RolePolicy(Policy):
    """Everybody may look up the standard roles, the titles that map to them and the norms."""

    everyone = frozenset({"view", "export"})
