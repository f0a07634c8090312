"""One digest of all that discovery knows: of what stands there, never of row ids or times of arrival."""

import hashlib

from django.db import connection

from meridian.holdings.inventory.facade import PAST

# A structure prints its keys in one order, whichever way it was written.
ITEMS = """
SELECT item.identity, md5(jsonb_build_array(class.code, item.name, item.maker, item.model_name,
  item.serial_number, item.attributes, item.consists_of)::text)
FROM inventory_item AS item JOIN inventory_itemclass AS class ON class.id = item.item_class_id
WHERE item.identity IS NOT NULL AND NOT starts_with(item.identity, %s)
ORDER BY item.identity COLLATE "C"
"""
DOUBTS = """
SELECT subject, md5(jsonb_build_array(things, members)::text) FROM discovery_duplicate
WHERE state = 'open' ORDER BY subject COLLATE "C"
"""


def state_of_holdings() -> str:
    """The same for the same items with the same values, and the same open duplicates."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for statement, given in ((ITEMS, [PAST]), (DOUBTS, [])):
            cursor.execute(statement, given)
            for key, content in cursor:
                digest.update(f"{key}\0{content}\n".encode())
    return digest.hexdigest()
