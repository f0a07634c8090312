"""What the house knows of its first role before anybody has made one."""

OPERATOR_CODE = "operator"
OPERATOR_NAMES = {
    "en": "Operator of Meridian",
    "fr": "Opérateur de Meridian",
    "es": "Operador de Meridian",
    "ru": "Оператор Meridian",
    "zh-hans": "Meridian 运维人员",
    "ar": "مشغل ميريديان",
}
OPERATOR_PERMISSIONS = ("*",)
