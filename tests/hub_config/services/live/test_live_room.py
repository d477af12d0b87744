"""Who comes when all kernels are taken waits in line and is told the right number of people ahead."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest
import zmq

from hub_config.services.live.app import Kernels
from hub_config.services.live.room import Room, seats_of_this_machine


class Waiting:
    """Somebody at the door of a room, and what they were told."""

    def __init__(self, room: Room) -> None:
        self.told: list[int] = []
        self.task = asyncio.create_task(room.enter(self.told.append))

    @property
    def inside(self) -> bool:
        return self.task.done() and not self.task.cancelled()


def in_a_room(seats: int, story: Callable[[Room], Coroutine[Any, Any, None]]) -> None:
    async def told() -> None:
        await asyncio.wait_for(story(Room(seats)), 10)

    asyncio.run(told())


async def settled() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


def test_each_is_told_how_many_are_ahead_whenever_that_changes_and_comes_in_by_turn() -> None:
    async def story(room: Room) -> None:
        people = [Waiting(room) for _ in range(5)]
        await settled()
        assert [one.inside for one in people] == [True, False, False, False, False]
        assert [one.told for one in people] == [[], [0], [1], [2], [3]]
        room.leave()
        await settled()
        assert [one.inside for one in people] == [True, True, False, False, False]
        assert [one.told for one in people] == [[], [0], [1, 0], [2, 1], [3, 2]]
        for _ in range(4):
            room.leave()
            await settled()
        assert all(one.inside for one in people)
        assert room.taken == 0

    in_a_room(1, story)


def test_who_goes_away_leaves_the_line_and_those_behind_move_up() -> None:
    async def story(room: Room) -> None:
        people = [Waiting(room) for _ in range(4)]
        await settled()
        people[1].task.cancel()
        await settled()
        assert [one.told for one in people[2:]] == [[1, 0], [2, 1]]
        room.leave()
        await settled()
        assert [one.inside for one in people] == [True, False, True, False]

    in_a_room(1, story)


def test_a_seat_that_comes_to_somebody_who_goes_away_in_the_same_moment_is_not_lost() -> None:
    async def story(room: Room) -> None:
        people = [Waiting(room) for _ in range(3)]
        await settled()
        room.leave()  # the second has it, and has not heard of it yet
        people[1].task.cancel()
        await settled()
        assert people[2].inside
        assert room.taken == 1

    in_a_room(1, story)


@pytest.mark.parametrize(("total_kb", "seats"), [(4_000_000, 40), (512_000, 5), (60_000, 1)])
def test_half_of_the_memory_is_for_kernels(tmp_path: Path, total_kb: int, seats: int) -> None:
    meminfo = tmp_path / "meminfo"
    meminfo.write_text(f"MemFree: 1 kB\nMemTotal:       {total_kb} kB\n")
    assert seats_of_this_machine(meminfo) == seats


def test_zmq_has_sockets_for_more_kernels_than_its_own_limit_allows() -> None:
    kernels = Kernels()
    sockets = kernels.context.get(zmq.MAX_SOCKETS)
    kernels.context.term()
    assert sockets > 5 * 1000  # five a kernel
