"""Spanish figures and days."""

DECIMAL_SEPARATOR = ","
THOUSAND_SEPARATOR = "\u00a0"
NUMBER_GROUPING = 3
SHORT_DATE_FORMAT = "j \\d\\e F \\d\\e Y"
DATE_FORMAT = "j \\d\\e F \\d\\e Y"
TIME_FORMAT = "H:i"
SHORT_DATETIME_FORMAT = "j \\d\\e F \\d\\e Y H:i"
DATETIME_FORMAT = "j \\d\\e F \\d\\e Y H:i"
