"""Files of the reassignment challenge: what is wrong is named with its line."""

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from meridian.solvers.placement.files import (
    ModelFault,
    read_assignment,
    read_model,
)
from meridian.solvers.placement.tests.placements import model_text, write_model

DATA = Path(__file__).parent / "data" / "placement"


def test_a_published_instance_is_read_whole():
    model = read_model(DATA / "model_a1_1.txt")
    first = read_assignment(DATA / "assignment_a1_1.txt", model)
    assert model.capacity.shape == (4, 2)
    assert len(model.spread) == 79
    assert len(first) == len(model.service) == 100
    assert (model.process_move_weight, model.service_move_weight, model.machine_move_weight) == (1, 10, 100)


@given(seed=st.integers(0, 50), share=st.floats(0.0, 0.999))
def test_a_file_cut_anywhere_names_its_last_line(seed, share):
    text, _ = model_text(seed)
    words = text.split()
    kept = words[: int(len(words) * share)]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model_cut.txt"
        path.write_text("\n".join(kept))
        with pytest.raises(ModelFault) as fault:
            read_model(path)
    expected = rf"line {len(kept)}: the file ends" if kept else "is empty"
    assert re.search(expected, fault.value.message)


@pytest.mark.parametrize(
    ("line", "replacement", "sentence"),
    [
        (1, "0", "line 1: there are no resources"),
        (2, "2 5", "line 2: the transient mark"),
        (2, "one 5", "line 2: 'one' is not a usable whole number"),
        (2, "1 99999999999999999999", "line 2: '99999999999999999999' is not a usable whole number"),
        (2, "1 -5", "line 2: -5 in the resources is outside 0 to 2^40"),
        (13, "4 0", "line 13: service 0 must spread over 4 locations"),
        (13, "0 1 7", "line 13: service 0 of 5 names service 7, but there are only 5"),
        (19, "9 900 1 1 1", "line 19: process 0 names service 9, but there are only 5"),
        (19, "0 900 1 1 1", "line 2: resource 0 is contradictory: the processes need"),
        (32, "0 8 2", "line 32: balance 0 of 1 names resource 8, but there are only 3"),
        (34, "1 10 100 7", "line 34: 1 numbers follow"),
    ],
)
def test_wrong_and_contradictory_data_name_their_line(tmp_path, line, replacement, sentence):
    path, _ = write_model(tmp_path, 1)
    lines = path.read_text().splitlines()
    lines[line - 1] = replacement
    path.write_text("\n".join(lines))
    with pytest.raises(ModelFault) as fault:
        read_model(path)
    assert sentence in fault.value.message


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("", "is empty"),
        ("0 1 2", "line 1: 3 machine numbers for 12 processes"),
        ("0 1 2 3 4 5 0 1 2 3\n4 6", "line 2: process 11 stands on machine 6, but there are 6"),
        ("0 1 2 3 4 5 0 1 2 3 4 x", "line 1: 'x' is not a usable whole number"),
    ],
)
def test_a_wrong_assignment_names_its_line(tmp_path, content, sentence):
    model_path, first_path = write_model(tmp_path, 1)
    first_path.write_text(content)
    with pytest.raises(ModelFault) as fault:
        read_assignment(first_path, read_model(model_path))
    assert sentence in fault.value.message


def test_a_missing_or_binary_file_is_said_to_be_so(tmp_path):
    with pytest.raises(ModelFault, match="can't be read"):
        read_model(tmp_path / "nothing")
    (tmp_path / "binary").write_bytes(b"\xff\x00\x81")
    with pytest.raises(ModelFault, match="not a file of whole numbers"):
        read_model(tmp_path / "binary")
