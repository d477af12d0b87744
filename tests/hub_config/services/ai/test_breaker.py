"""The breaker by a clock of the test's; test_routing.py sees it over HTTP."""

import pytest

from hub_config.services.ai.breaker import LONGEST_REST_S, WINDOW_S, Breaker, State


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def breaker(clock: Clock) -> Breaker:
    return Breaker(30, clock)


def ask(breaker: Breaker, *results: bool | None) -> State:
    for answered in results:
        leave = breaker.enter()
        assert leave is not None
        leave.done(answered)
    return breaker.state


def half_open(breaker: Breaker, clock: Clock) -> None:
    ask(breaker, False, False, False)
    clock.now += 30
    assert breaker.wants_probe()
    breaker.probed(True)


def test_it_opens_after_three_failures_that_are_half_of_the_last_results(breaker: Breaker) -> None:
    assert ask(breaker, True, True, True, True, False, False, False) == "closed"
    assert ask(breaker, False) == "open"
    assert breaker.enter() is None


def test_two_failures_and_what_nobody_knows_open_nothing(breaker: Breaker) -> None:
    assert ask(breaker, False, None, False, None, None) == "closed"


def test_failures_of_long_ago_are_forgotten(breaker: Breaker, clock: Clock) -> None:
    ask(breaker, False, False)
    clock.now += WINDOW_S + 1
    assert ask(breaker, False) == "closed"


def test_a_probe_is_wanted_once_and_only_when_the_rest_is_over(breaker: Breaker, clock: Clock) -> None:
    ask(breaker, False, False, False)
    clock.now += 29
    assert not breaker.wants_probe()
    clock.now += 1
    assert [breaker.wants_probe(), breaker.wants_probe()] == [True, False]
    assert breaker.enter() is None


def test_half_open_lets_one_request_through_which_closes_it(breaker: Breaker, clock: Clock) -> None:
    half_open(breaker, clock)
    trial = breaker.enter()
    assert trial is not None and breaker.enter() is None
    trial.done(True)
    assert breaker.state == "closed"
    assert ask(breaker, False, False) == "closed", "failures of before are not counted again"


def test_a_trial_that_nobody_knows_of_leaves_room_for_the_next(breaker: Breaker, clock: Clock) -> None:
    half_open(breaker, clock)
    assert ask(breaker, None) == "half_open"
    assert ask(breaker, True) == "closed"


@pytest.mark.parametrize("how", ["probe", "trial"])
def test_each_failed_try_doubles_the_rest_up_to_a_limit(breaker: Breaker, clock: Clock, how: str) -> None:
    ask(breaker, False, False, False)
    rests = []
    for _ in range(7):
        begun = clock.now
        while not breaker.wants_probe():
            clock.now += 1
        rests.append(clock.now - begun)
        breaker.probed(how == "trial")
        if how == "trial":
            ask(breaker, False)
    assert rests == [30, 60, 120, 240, 480, LONGEST_REST_S, LONGEST_REST_S]


def test_an_old_request_that_fails_late_does_not_open_it_again(breaker: Breaker, clock: Clock) -> None:
    old = breaker.enter()
    assert old is not None
    half_open(breaker, clock)
    old.done(False)
    assert breaker.state == "half_open"
