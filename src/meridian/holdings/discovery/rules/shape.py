"""The shape of an inventory report: which sections are single, which are lists, and what is never kept."""

# Lists of what a thing consists of.
LISTS = frozenset(
    """
    antivirus batteries cameras cartridges consumables controllers cpus databases_services drives firewalls
    firmwares inputs logical_volumes memories modems monitors network_components network_ports networks
    physical_volumes ports powersupplies printers remote_mgmt sensors simcards slots softwares sounds storages
    usbdevices videos virtualmachines volume_groups
    """.split()
)
SINGLE = frozenset(
    "accesslog bios hardware network_device operatingsystem pagecounters versionclient".split()
)
# Every other section is left where it is: names of people and secrets, and what runs at this moment, are no
# business of an inventory.
# What changes with every look, or repeats a picture.
PASSING = frozenset(
    """
    base64 uuencode free ifinbytes ifoutbytes ifinerrors ifouterrors iflastchange uptime
    boot_time datelastloggeduser lastloggeduser phone_number subscriber_id userid username
    """.split()
)
MOST_ROWS = 20_000
LONGEST_TEXT = 500
LARGEST_NUMBER = 2**53
# Amounts: below nought they mean that the report is not to be trusted.
AMOUNTS = frozenset(
    """
    memory swap capacity real_capacity disksize total free filesize size vcpu core thread corecount ram
    pe_size pv_pe_count numslots power_max ifmtu rectoverso scanned black color
    """.split()
)
