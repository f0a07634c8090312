"""`meridian up` serves, and one signal stops all of it."""

import urllib.request

import pytest
from house.running import children_of, is_alive, running


@pytest.mark.django_db(transaction=True)
def test_it_serves_until_one_signal_stops_all_of_it():
    with running() as house:
        programs = children_of(house.process.pid)
        everybody = [*programs, *(child for program in programs for child in children_of(program))]
        with urllib.request.urlopen(f"http://127.0.0.1:{house.port}/account/login/", timeout=30) as answer:
            policy = answer.headers["Content-Security-Policy"]
        assert house.stop() == 0
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert len(programs) == 2
    assert not [process for process in everybody if is_alive(process)]
