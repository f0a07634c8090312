-- The guard and the recorder of every audited table, and the content that seals cover.
-- Arguments of the row triggers are the columns that are not recorded.
-- Whoever serves pages may not write the trail's tables: these functions do, with their owner's right,
-- and look names up where nobody else can put any.

CREATE OR REPLACE FUNCTION audit_open_entry(source text) RETURNS bigint LANGUAGE plpgsql STABLE AS $$
DECLARE entry text := current_setting('meridian.entry', true);
BEGIN
  IF entry IS NULL OR entry = '' THEN
    RAISE EXCEPTION 'A row of % was written outside a command.', source
      USING ERRCODE = 'MD001', HINT = 'Write through a command of the module that owns the table.';
  END IF;
  RETURN entry::bigint;
END $$;

-- Opens the entry of a command; `meridian.entry` names it to the triggers until the transaction ends.
CREATE OR REPLACE FUNCTION audit_open(command text, actor_id bigint, actor_label text, channel text, request uuid,
  reason text, OUT entry bigint, OUT at timestamptz) LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO audit_entry AS opened (command, actor_id, actor_label, channel, request, reason)
    VALUES (command, actor_id, actor_label, channel, request, reason) RETURNING opened.id, opened.at INTO entry, at;
  INSERT INTO audit_pending (entry_id) VALUES (entry);
  PERFORM set_config('meridian.entry', entry::text, true);
END $$;

CREATE OR REPLACE FUNCTION audit_added() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
DECLARE entry bigint := audit_open_entry(TG_TABLE_NAME);
BEGIN
  IF current_setting('meridian.bulk', true) = 'on' THEN
    INSERT INTO audit_change (entry_id, "table", operation, after)
      SELECT entry, TG_TABLE_NAME, 'load', jsonb_build_object('rows', count(*),
             'digest', encode(sha256(convert_to(coalesce(sum(hashtextextended(added::text, 0))::text, ''), 'UTF8')), 'hex'))
      FROM added;
  ELSE
    INSERT INTO audit_change (entry_id, "table", row_id, operation, after)
      -- Empty columns are left out; what is empty inside of a structured value belongs to it.
      SELECT entry, TG_TABLE_NAME, (image->>'id')::bigint, 'add',
             (SELECT jsonb_object_agg(key, value) FROM jsonb_each(image - TG_ARGV) WHERE value <> 'null')
      FROM (SELECT to_jsonb(added) AS image FROM added) AS images;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION audit_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
DECLARE
  entry bigint := audit_open_entry(TG_TABLE_NAME);
  earlier jsonb := to_jsonb(OLD) - TG_ARGV;
  later jsonb;
  before_image jsonb;
  after_image jsonb;
BEGIN
  IF TG_OP = 'DELETE' THEN
    INSERT INTO audit_change (entry_id, "table", row_id, operation, before)
      VALUES (entry, TG_TABLE_NAME, (to_jsonb(OLD)->>'id')::bigint, 'remove', earlier);
    RETURN NULL;
  END IF;
  later := to_jsonb(NEW) - TG_ARGV;
  SELECT jsonb_object_agg(old_pair.key, old_pair.value), jsonb_object_agg(old_pair.key, new_pair.value)
    INTO before_image, after_image
    FROM jsonb_each(earlier) AS old_pair JOIN jsonb_each(later) AS new_pair USING (key)
    WHERE old_pair.value IS DISTINCT FROM new_pair.value;
  IF after_image IS NOT NULL THEN
    INSERT INTO audit_change (entry_id, "table", row_id, operation, before, after)
      VALUES (entry, TG_TABLE_NAME, (to_jsonb(NEW)->>'id')::bigint, 'change', before_image, after_image);
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION audit_raise_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.version := OLD.version + 1;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION audit_guard_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM audit_open_entry(TG_TABLE_NAME);
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'Rows of % are written once and never changed.', TG_TABLE_NAME
    USING ERRCODE = 'MD002', HINT = 'Write a new row that corrects the old one.';
END $$;

CREATE OR REPLACE FUNCTION audit_refuse_emptying() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is never emptied at once: no row would be recorded.', TG_TABLE_NAME
    USING ERRCODE = 'MD002', HINT = 'Remove rows by the command of the module that owns the table.';
END $$;

-- One canonical text of an entry with its changes; what the hash chain is made over.
CREATE OR REPLACE FUNCTION audit_content(wanted bigint) RETURNS text LANGUAGE sql STABLE AS $$
  SELECT jsonb_build_array(e.id, extract(epoch FROM e.at), e.command, e.actor_id, e.actor_label, e.channel,
           e.request, e.reason,
           (SELECT jsonb_agg(jsonb_build_array(c.id, c."table", c.row_id, c.operation, c.before, c.after) ORDER BY c.id)
            FROM audit_change AS c WHERE c.entry_id = e.id))::text
  FROM audit_entry AS e WHERE e.id = wanted
$$;

-- Links up to `most` committed entries to the chain; how many there were. One sealer works at a time.
CREATE OR REPLACE FUNCTION audit_seal_waiting(most integer) RETURNS integer LANGUAGE plpgsql SECURITY DEFINER
  SET search_path = public, pg_temp AS $$
DECLARE
  head bigint;
  link bytea;
  waiting record;
  sealed integer := 0;
BEGIN
  IF NOT pg_try_advisory_xact_lock(1298486117) THEN
    RETURN 0;
  END IF;
  SELECT number, digest INTO head, link FROM audit_seal ORDER BY number DESC LIMIT 1;
  head := coalesce(head, 0);
  link := coalesce(link, decode(repeat('00', 32), 'hex'));
  FOR waiting IN
    WITH taken AS (DELETE FROM audit_pending WHERE entry_id IN
      (SELECT entry_id FROM audit_pending ORDER BY entry_id LIMIT most) RETURNING entry_id)
    SELECT entry_id, audit_content(entry_id) AS content FROM taken ORDER BY entry_id
  LOOP
    head := head + 1;
    -- An entry that somebody removed meanwhile leaves a link over nothing, which the proof names.
    link := sha256(link || convert_to(coalesce(waiting.content, ''), 'UTF8'));
    INSERT INTO audit_seal (number, entry_id, digest) VALUES (head, waiting.entry_id, link);
    sealed := sealed + 1;
  END LOOP;
  RETURN sealed;
END $$;

REVOKE ALL ON FUNCTION audit_open(text, bigint, text, text, uuid, text), audit_seal_waiting(integer) FROM PUBLIC;
