"""Entries and codings of postings are looked up once a statement instead of once a row."""

import django.db.models.deletion
from django.db import migrations, models

CHECK = """
CREATE OR REPLACE FUNCTION ledger_postings_balance() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE fault record;
BEGIN
  SELECT entry_id, u.code AS unit, sum(amount_smallest_units) AS rest INTO fault
    FROM added JOIN ledger_ledgerunit AS u ON u.id = added.unit_id
    GROUP BY entry_id, u.code HAVING sum(amount_smallest_units) <> 0 LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'The postings of entry % leave % of the smallest units of %: they must sum to zero.',
      fault.entry_id, fault.rest, fault.unit
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_postings_balance',
            HINT = 'Write all postings of an entry in one statement.';
  END IF;
  SELECT a.entry_id INTO fault FROM (SELECT DISTINCT entry_id FROM added) AS a
    LEFT JOIN ledger_entry AS e ON e.id = a.entry_id
    WHERE e.posted_in IS DISTINCT FROM (pg_current_xact_id()::text)::bigint LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'Entry % is written already or does not exist; nothing can be added to it.', fault.entry_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entry_is_written_once',
            HINT = 'Reverse it and post a new one.';
  END IF;
  SELECT a.coding_id INTO fault FROM (SELECT DISTINCT coding_id FROM added) AS a
    LEFT JOIN ledger_coding AS c ON c.id = a.coding_id WHERE c.id IS NULL LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'There is no coding %.', fault.coding_id
      USING ERRCODE = 'foreign_key_violation', CONSTRAINT = 'ledger_posting_coding_exists';
  END IF;
  RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0003_chart")]

    operations = [
        migrations.RunSQL(CHECK, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="posting",
            name="entry",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="postings",
                to="ledger.entry",
                verbose_name="ledger entry",
            ),
        ),
        migrations.AlterField(
            model_name="posting",
            name="coding",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="postings",
                to="ledger.coding",
                verbose_name="coding",
            ),
        ),
    ]
