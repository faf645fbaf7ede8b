from __future__ import annotations

import asyncio
from datetime import timedelta

from dreamina_desktop.core.errors import AnswerLostError, DownloadError, ProviderTroubleError
from dreamina_desktop.core.polling import PollingRules
from dreamina_desktop.jobs.course import Course
from tests.jobs.virtual_time import VirtualClock, in_virtual_time


def test_waking_forgets_failures_but_not_what_the_provider_asked_for() -> None:
    async def run() -> list[float]:
        clock = VirtualClock()
        course = Course(PollingRules(), lambda: 1.0, clock)
        course.missing = 2
        waits = [course.wait_after(AnswerLostError()), course.wait_after(AnswerLostError())]
        waits.append(course.wake())
        assert (course.failures, course.missing, course.woken) == (0, 0, True)
        waits.append(course.wait_after(ProviderTroubleError(retry_after=300)))
        clock.asleep = timedelta(seconds=100)
        waits.append(course.wake())
        clock.asleep = timedelta(seconds=1000)
        waits.append(course.wake())
        course.succeeded()
        assert (course.woken, course.told_until) == (False, None)
        await asyncio.sleep(0)
        return waits

    assert in_virtual_time(run()) == [1, 2, 0, 300, 200, 0]


def test_a_host_of_clips_is_left_alone_as_long_as_it_asks() -> None:
    async def run() -> list[float]:
        course = Course(PollingRules(), lambda: 1.0, VirtualClock())
        return [
            course.wait_after(DownloadError(retry_after=300)),
            course.wait_after(DownloadError()),
        ]

    assert in_virtual_time(run()) == [300, 2]
