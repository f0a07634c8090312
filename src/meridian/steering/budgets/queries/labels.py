"""Words of published tables in the reader's language; other codes keep the name their row has."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from meridian.registers.ledger import facade as ledger

WORDS: dict[str, str | Promise] = {
    "service_desk_globalisation": _("Globalise service desks"),
    "data_centre_streamlining": _("Streamline data centres"),
    "ict_rationalisation": _("Rationalise the ICT organisation"),
    "office_strengthening": _("Strengthen the office"),
    "posts": _("Posts"),
    "post": pgettext_lazy("object of expenditure", "Post"),
    "non_post": _("Non-post"),
    "other_staff_costs": _("Other staff costs"),
    "consultants_and_experts": _("Consultants and experts"),
    "travel_of_staff": _("Travel of staff"),
    "contractual_services": _("Contractual services"),
    "general_operating_expenses": _("General operating expenses"),
    "supplies_and_materials": _("Supplies and materials"),
    "furniture_and_equipment": _("Furniture and equipment"),
    "staff_labour": _("Staff labour"),
    "contractors": _("Contractors"),
    "equipment": _("Equipment"),
    "information_technology_office": _("Information technology office"),
    "field_support_and_missions": _("Field support and missions"),
    "other_headquarters_departments": _("Other headquarters departments"),
    "regional_commissions": _("Regional commissions"),
    "tribunal_arusha": _("Tribunal, Arusha"),
    "tribunal_the_hague": _("Tribunal, The Hague"),
    "office_geneva": _("Office at Geneva"),
    "office_nairobi": _("Office at Nairobi"),
    "office_vienna": _("Office at Vienna"),
    "executive_direction_and_management": _("Executive direction and management"),
    "subprogramme_1_strategy_and_innovation": _("Subprogramme 1, strategy and innovation"),
    "subprogramme_2_operations_support": _("Subprogramme 2, operations support"),
    "subprogramme_3_enterprise_solutions": _("Subprogramme 3, enterprise solutions"),
}


def labels_of(axis: str) -> Mapping[str, str]:
    """The label of every value of an axis."""
    return {code: str(WORDS.get(code, name)) for code, name in ledger.names_of(axis).items()}
