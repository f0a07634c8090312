"""The database functions that note which rows are to be indexed anew."""

from django.db import migrations

FUNCTIONS = """
CREATE OR REPLACE FUNCTION search_note() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF current_setting('meridian.bulk', true) IS DISTINCT FROM 'on' THEN
    INSERT INTO search_searchpending (resource, row_id) SELECT TG_ARGV[0], id FROM touched;
  END IF;
  RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION search_note_row() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO search_searchpending (resource, row_id) VALUES (TG_ARGV[0], NEW.id);
  RETURN NULL;
END $$;
"""
REMOVAL = "DROP FUNCTION IF EXISTS search_note() CASCADE; DROP FUNCTION IF EXISTS search_note_row() CASCADE"


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunSQL(FUNCTIONS, REMOVAL)]
