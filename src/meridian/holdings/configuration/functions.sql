-- Every row that work may concern has its entry among the configuration items: added, renamed and removed with
-- it, in the same transaction. Arguments of the triggers are the kind, the column of the key, that of the name.

CREATE OR REPLACE FUNCTION configuration_name(told jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE jsonb_typeof(told) WHEN 'object' THEN told WHEN 'string' THEN jsonb_build_object('en', told)
         ELSE '{}' END
$$;

CREATE OR REPLACE FUNCTION configuration_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO configuration_configurationitem (version, kind, row_id, reference, code, name)
    SELECT 1, TG_ARGV[0], (told->>'id')::bigint, TG_ARGV[0] || ':' || (told->>TG_ARGV[1]),
           told->>TG_ARGV[1], configuration_name(told->TG_ARGV[2])
    FROM (SELECT to_jsonb(added) AS told FROM added) AS rows ORDER BY 3;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION configuration_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE told jsonb := to_jsonb(NEW);
BEGIN
  UPDATE configuration_configurationitem
    SET version = version + 1, reference = TG_ARGV[0] || ':' || (told->>TG_ARGV[1]), code = told->>TG_ARGV[1],
        name = configuration_name(told->TG_ARGV[2])
    WHERE kind = TG_ARGV[0] AND row_id = NEW.id;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION configuration_removed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE referring text;
BEGIN
  DELETE FROM configuration_configurationitem WHERE kind = TG_ARGV[0] AND row_id = OLD.id;
  -- What still refers to the entry is told now and not at the end, so that the removal alone is refused.
  SELECT string_agg(quote_ident(conname), ', ') INTO referring FROM pg_constraint
    WHERE confrelid = 'configuration_configurationitem'::regclass AND condeferrable;
  IF referring IS NOT NULL THEN
    EXECUTE 'SET CONSTRAINTS ' || referring || ' IMMEDIATE';
    EXECUTE 'SET CONSTRAINTS ' || referring || ' DEFERRED';
  END IF;
  RETURN NULL;
END $$;
