"""Documents by reader instead of by language, with a time; the words of parts lead to their whole.

Documents are derived: every row that had one is noted, and the job makes them anew.
"""

from django.db import migrations, models

EMPTIED = """
INSERT INTO search_searchpending (resource, row_id) SELECT DISTINCT resource, row_id FROM search_searchdocument;
TRUNCATE search_searchdocument
"""
FUNCTIONS = """
CREATE OR REPLACE FUNCTION search_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('meridian.bulk', true) IS DISTINCT FROM 'on' THEN
    EXECUTE format('INSERT INTO search_searchpending (resource, row_id) SELECT DISTINCT %L, %I FROM touched',
                   TG_ARGV[0], TG_ARGV[1]);
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION search_note_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_searchpending (resource, row_id)
    SELECT DISTINCT TG_ARGV[0], (touched ->> TG_ARGV[1])::bigint
    FROM unnest(ARRAY[to_jsonb(OLD), to_jsonb(NEW)]) AS touched;
  RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("search", "0002_functions")]

    operations = [
        migrations.RunSQL(EMPTIED, migrations.RunSQL.noop),
        migrations.RunSQL(FUNCTIONS, migrations.RunSQL.noop),
        migrations.RemoveConstraint(
            model_name='searchdocument',
            name='search_document_once',
        ),
        migrations.RemoveField(
            model_name='searchdocument',
            name='language',
        ),
        migrations.RemoveField(
            model_name='searchdocument',
            name='title',
        ),
        migrations.AddField(
            model_name='searchdocument',
            name='action',
            field=models.CharField(default='view', max_length=40),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='searchdocument',
            name='at',
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='searchdocument',
            name='part',
            field=models.PositiveSmallIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddIndex(
            model_name='searchdocument',
            index=models.Index(fields=['resource', '-at', '-row_id'], name='search_newest'),
        ),
        migrations.AddConstraint(
            model_name='searchdocument',
            constraint=models.UniqueConstraint(fields=('resource', 'row_id', 'action', 'part'), name='search_document_once'),
        ),
    ]

