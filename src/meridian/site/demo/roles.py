"""Roles of the demo organisation, and one account for each kind of person to sign in with."""

from dataclasses import dataclass

from meridian.registers.access.contracts import OPERATOR_CODE, OPERATOR_NAMES, OPERATOR_PERMISSIONS

PASSWORD = "follow-the-sun"
READ_ALL = ("*.*.view", "*.*.export")

# Code: names in six languages, permissions.
ROLES: dict[str, tuple[dict[str, str], tuple[str, ...]]] = {
    "agent": (
        {
            "en": "Service-desk agent",
            "fr": "Agent du centre de services",
            "es": "Agente del centro de servicios",
            "ru": "Сотрудник службы поддержки",
            "zh-hans": "服务台人员",
            "ar": "موظف مكتب الخدمة",
        },
        (
            "servicedesk.workitem",
            "servicedesk.*.view",
            *("channels.inboundmail", "channels.*.view", "contacts"),
            *("shifts.*.view", "handover.*.view", "routing.*.view"),
            "routines.*.view",
            "routines.itemstep",
            "routines.checklist.use",
            *("effort.timeentry.view", "effort.timeentry.add"),
            *("problems", "majors", "service_status", "changes", "change_calendar"),
            "people.person.view",
            "inventory.*.view",
            "places.*.view",
            "knowledge.*.view",
            *(f"knowledge.article.{verb}" for verb in ("add", "grow", "write", "attach")),
            "knowledge.revision.send",
        ),
    ),
    "lead": (
        {
            "en": "Service-desk lead",
            "fr": "Responsable du centre de services",
            "es": "Responsable del centro de servicios",
            "ru": "Руководитель службы поддержки",
            "zh-hans": "服务台主管",
            "ar": "رئيس مكتب الخدمة",
        },
        (
            "servicedesk",
            *("channels", "contacts"),
            *("shifts", "handover", "routing"),
            "routines",
            "effort",
            *("problems", "majors", "service_status", "changes", "change_calendar"),
            "people.person.view",
            "inventory.*.view",
            "places.*.view",
            "calendars",
            "announcements",
            "services",
            "knowledge",
            "surveys",
        ),
    ),
    "network": (
        {
            "en": "Network control centre operator",
            "fr": "Opérateur du centre de contrôle du réseau",
            "es": "Operador del centro de control de red",
            "ru": "Оператор центра управления сетью",
            "zh-hans": "网络控制中心操作员",
            "ar": "مشغل مركز مراقبة الشبكة",
        },
        (
            *("servicedesk.workitem", "servicedesk.*.view", "shifts.*.view", "problems", "majors"),
            *("changes", "places", "facilities.*.view", "inventory.*.view"),
            *("servicedesk.workitem", "servicedesk.*.view", "shifts.*.view", "handover.*.view"),
            *("problems", "majors"),
            *("places", "facilities.*.view", "inventory.*.view", "inventory.item", "discovery"),
            *("problems", "majors", "service_status"),
            *("places", "facilities.*.view", "inventory.*.view"),
        ),
    ),
    "chief": (
        {
            "en": "Chief of ICT unit",
            "fr": "Chef de groupe informatique",
            "es": "Jefe de dependencia de TIC",
            "ru": "Начальник подразделения ИКТ",
            "zh-hans": "信通技术单位主管",
            "ar": "رئيس وحدة تكنولوجيا المعلومات",
        },
        (
            *(
                "servicedesk",
                *("problems", "majors", "service_status", "changes", "change_calendar"),
                "inventory",
                "facilities",
                "applications",
                "services",
                "people.*.view",
                "organisation.*.view",
            ),
            *("budgets.*.view", "budgets.fundingproposal", "projects", "knowledge", "surveys"),
        ),
    ),
    "architect": (
        {
            "en": "Application owner and architect",
            "fr": "Responsable d'applications et architecte",
            "es": "Titular de aplicaciones y arquitecto",
            "ru": "Владелец приложений и архитектор",
            "zh-hans": "应用负责人与架构师",
            "ar": "مالك التطبيقات والمهندس المعماري",
        },
        ("applications", "inventory.*.view", "facilities.*.view"),
    ),
    "planner": (
        {
            "en": "Planner",
            "fr": "Planificateur",
            "es": "Planificador",
            "ru": "Планировщик",
            "zh-hans": "规划人员",
            "ar": "مخطط",
        },
        (*READ_ALL, "plans"),
    ),
    "continuity": (
        {
            "en": "Continuity coordinator",
            "fr": "Coordonnateur de la continuité",
            "es": "Coordinador de continuidad",
            "ru": "Координатор непрерывности",
            "zh-hans": "业务连续性协调员",
            "ar": "منسق استمرارية الأعمال",
        },
        READ_ALL,
    ),
    "budget": (
        {
            "en": "Budget and project officer",
            "fr": "Fonctionnaire du budget et des projets",
            "es": "Oficial de presupuesto y proyectos",
            "ru": "Сотрудник по бюджету и проектам",
            "zh-hans": "预算与项目干事",
            "ar": "موظف الميزانية والمشاريع",
        },
        (*READ_ALL, "budgets", "ledger", "rules", "portfolio", "projects", "staffing", "reports"),
    ),
    "cio": (
        {
            "en": "Chief information officer",
            "fr": "Directeur de l'informatique",
            "es": "Director de tecnología de la información",
            "ru": "Директор по информационным технологиям",
            "zh-hans": "首席信息官",
            "ar": "كبير موظفي تكنولوجيا المعلومات",
        },
        (*READ_ALL, "announcements"),
    ),
    "delegate": (
        {
            "en": "Delegate of a member state",
            "fr": "Représentant d'un État Membre",
            "es": "Delegado de un Estado Miembro",
            "ru": "Представитель государства-члена",
            "zh-hans": "会员国代表",
            "ar": "مندوب دولة عضو",
        },
        (
            "places.*.view",
            "organisation.*.view",
            "budgets.*.view",
            "budgets.*.export",
            "applications.*.view",
            "facilities.*.view",
            "reports.*.view",
            "reports.*.export",
        ),
    ),
    OPERATOR_CODE: (OPERATOR_NAMES, OPERATOR_PERMISSIONS),
}
# The roles are called as the kind of person that they make, but for the lead, who is an agent too.
KINDS = {code: "agent" if code == "lead" else code for code in ROLES}


@dataclass(frozen=True, slots=True)
class Guest:
    """An account to try Meridian with: the role ("" none), the ICT unit and function of its person, whether
    the role counts everywhere, and what to try."""

    username: str
    role: str
    unit: str
    function: str
    everywhere: bool
    what: str


GUESTS = (
    Guest("staff", "", "ICT-UNAMID", "", False, "Staff member in El Fasher: ask for help and follow it"),
    Guest("agent", "agent", "ICT-OICT-IM", "service_desk", True, "Agent of the New York hub: work the queue"),
    Guest(
        "network", "network", "ICT-UNLB", "infrastructure", True, "Operator in Brindisi: see sites and items"
    ),
    Guest(
        "chief", "chief", "ICT-MONUSCO", "infrastructure", False, "Chief in Kinshasa: keep the inventory true"
    ),
    Guest(
        "architect",
        "architect",
        "ICT-OICT-AM",
        "solution_delivery",
        True,
        "Owner of the application portfolio",
    ),
    Guest("planner", "planner", "ICT-OICT-SM", "", True, "Planner: desks and rooms"),
    Guest(
        "continuity",
        "continuity",
        "ICT-DSS",
        "infrastructure",
        True,
        "Coordinator: what is critical, and where",
    ),
    Guest(
        "budget",
        "budget",
        "ICT-OPPBA",
        "",
        True,
        "Budget officer: lines and funds",
    ),
    Guest("cio", "cio", "ICT-OICT-OC", "assistant_secretary_general", True, "The whole picture"),
    Guest("delegate", "delegate", "ICT-DGACM", "", True, "Reads, downloads, asks"),
    Guest("operator", "operator", "ICT-OICT-IM", "data_centre", True, "Everything: roles, audit, jobs"),
)
