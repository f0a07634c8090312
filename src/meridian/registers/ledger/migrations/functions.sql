-- What the ledger refuses, whoever writes: unbalanced postings, postings to an entry of another
-- transaction, entries in a closed period, codings with a value on the wrong axis.

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
  SELECT e.id INTO fault FROM (SELECT DISTINCT entry_id FROM added) AS a JOIN ledger_entry AS e ON e.id = a.entry_id
    WHERE e.posted_in <> (pg_current_xact_id()::text)::bigint LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'Entry % is written already; nothing can be added to it.', fault.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_entry_is_written_once',
            HINT = 'Reverse it and post a new one.';
  END IF;
  RETURN NULL;
END $$;

-- The lock on the books makes a closing wait for entries that are being written, and the other way round.
CREATE OR REPLACE FUNCTION ledger_period_is_open() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE fault record;
BEGIN
  PERFORM 1 FROM ledger_book WHERE id IN (SELECT book_id FROM added) ORDER BY id FOR KEY SHARE;
  SELECT p.label, a."on" INTO fault FROM ledger_period AS p
    JOIN (SELECT DISTINCT book_id, "on" FROM added) AS a
      ON a.book_id = p.book_id AND a."on" >= p.starts_on AND a."on" < p.ends_on
    WHERE p.closed_at IS NOT NULL LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'The period % is closed; nothing can be posted on %.', fault.label, fault."on"
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_period_is_open',
            HINT = 'Date the entry in an open period.';
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION ledger_coding_axes() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE fault record;
BEGIN
  SELECT given.axis, v.code INTO fault
    FROM (VALUES ('fund', NEW.fund_id), ('object', NEW.object_id), ('entity', NEW.entity_id),
                 ('project', NEW.project_id), ('component', NEW.component_id), ('period', NEW.period_id),
                 ('stage', NEW.stage_id), ('category', NEW.category_id)) AS given (axis, id)
    JOIN ledger_dimensionvalue AS v ON v.id = given.id WHERE v.axis <> given.axis LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION '% is no value of the axis %.', fault.code, fault.axis
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ledger_coding_axes';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER ledger_balance AFTER INSERT ON ledger_posting REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_postings_balance();
CREATE TRIGGER ledger_open AFTER INSERT ON ledger_entry REFERENCING NEW TABLE AS added
  FOR EACH STATEMENT EXECUTE FUNCTION ledger_period_is_open();
CREATE TRIGGER ledger_axes BEFORE INSERT ON ledger_coding
  FOR EACH ROW EXECUTE FUNCTION ledger_coding_axes();
