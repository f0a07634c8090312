-- The actions of a post form a chain: each begins where the one before it ended, not before its day.

CREATE OR REPLACE FUNCTION staffing_action_continues() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE earlier staffing_postaction;
BEGIN
  SELECT * INTO earlier FROM staffing_postaction WHERE post_id = NEW.post_id ORDER BY sequence DESC LIMIT 1;
  IF NOT FOUND THEN
    IF NEW.sequence = 1 AND NEW.from_grade = '' THEN RETURN NEW; END IF;
  ELSIF NEW.sequence = earlier.sequence + 1 AND NEW.effective_on >= earlier.effective_on AND
    (NEW.from_unit_code, NEW.from_grade, NEW.from_category, NEW.from_fund, NEW.from_duty_station, NEW.from_tenure)
    = (earlier.to_unit_code, earlier.to_grade, earlier.to_category, earlier.to_fund, earlier.to_duty_station,
       earlier.to_tenure) AND NEW.from_grade <> '' THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'Action % of post % does not begin where the one before it ended.', NEW.sequence, NEW.post_id
    USING ERRCODE = 'check_violation', CONSTRAINT = 'staffing_action_continues';
END $$;

CREATE TRIGGER staffing_action_continues BEFORE INSERT ON staffing_postaction
  FOR EACH ROW EXECUTE FUNCTION staffing_action_continues();

CREATE OR REPLACE FUNCTION staffing_action_is_last() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM staffing_postaction WHERE post_id = OLD.post_id AND sequence > OLD.sequence) THEN
    RAISE EXCEPTION 'Action % of post % has later ones.', OLD.sequence, OLD.post_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'staffing_action_is_last';
  END IF;
  RETURN OLD;
END $$;

CREATE CONSTRAINT TRIGGER staffing_action_is_last AFTER DELETE ON staffing_postaction
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION staffing_action_is_last();
