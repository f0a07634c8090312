"""A contract for import-linter: from outside its folder a module is entered through its doors only."""

from importlinter import Contract, ContractCheck, fields, output


class PrivateRooms(Contract):
    """Forbids every import of a room that is not a door.

    `floors` hold the modules, `doors` are open to everybody, `doors_for_the_site` to the
    package `site` as well, and `testing` to tests. Every room of `open_modules` is a door, where
    each brings a heavy library of its own. The other modules are found by looking.
    """

    floors = fields.ListField(subfield=fields.StringField())
    doors = fields.SetField(subfield=fields.StringField())
    doors_for_the_site = fields.SetField(subfield=fields.StringField())
    open_modules = fields.SetField(subfield=fields.StringField(), required=False)
    site = fields.StringField()

    def check(self, graph, verbose):
        """Look at every import that crosses the wall of a module."""
        trespasses = [
            (importer, room)
            for floor in self.floors
            for module in sorted(graph.find_children(floor) - (self.open_modules or set()))
            for room in sorted(graph.find_descendants(module))
            for importer in sorted(graph.find_modules_that_directly_import(room))
            if not self._is_lawful(importer, module, room)
        ]
        return ContractCheck(kept=not trespasses, metadata={"trespasses": trespasses})

    def render_broken_contract(self, check):
        """Print one line for each trespass."""
        for importer, room in check.metadata["trespasses"]:
            output.print_error(f"{importer} may not import {room}: use its module's facade.")

    def _is_lawful(self, importer, module, room):
        if importer == module or importer.startswith(f"{module}."):
            return True
        door = room.removeprefix(f"{module}.").split(".")[0]
        if door in self.doors:
            return True
        if door == "testing" and {"tests", "testing"} & set(importer.split(".")):
            return True
        return importer.startswith(f"{self.site}.") and door in self.doors_for_the_site
