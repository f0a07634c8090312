"""Manifest of proofs."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.modules import NO_SECTION, Module, ProofOf

MODULE = Module(
    name="proof",
    title=_("Proof"),
    section=NO_SECTION,
    proofs=(ProofOf("proofs.listed", takes=("of", "asked", "may", "added")),),
)
