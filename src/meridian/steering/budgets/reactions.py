"""What budgets give to the catalogue of tables, and what they load of a published data set."""

from django.utils.translation import gettext_lazy as _

from meridian.engine.tables.catalogue import loads_baseline, prints
from meridian.steering.budgets.commands.baseline import load_money
from meridian.steering.budgets.queries import programme, tables

loads_baseline(order=10)(load_money)

prints("projects-by-biennium", title=_("Costs by project and biennium"))(tables.projects_by_biennium)
prints("funds-by-biennium", title=_("Costs by fund and biennium"))(tables.funds_by_biennium)
prints("objects-by-biennium", title=_("Costs by object of expenditure and biennium"))(
    tables.objects_by_biennium
)
prints("benefits", title=_("Yearly benefits by project, low and high"))(tables.benefits)
prints("budget-by-fund", title=_("ICT budget by entity and fund"))(tables.budget_by_fund)
prints("programme-resources", title=_("Resources by component, fund and year"))(programme.programme_resources)
prints("programme-changes", title=_("Changes of the regular budget by component and by post and non-post"))(
    programme.programme_changes
)
