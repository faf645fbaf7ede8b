"""The process that ``job_cost.py`` measures: one engine, or bare requests as a floor.

Writes one JSON object on standard output. The key comes by the environment, as for every command.
"""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import os
import sys
import time
from dataclasses import replace
from pathlib import Path

import httpx

from dreamina_desktop.composition import Options, Profile, open_profile
from dreamina_desktop.core.events import BugMet, EngineEvent, JobChanged
from dreamina_desktop.core.job import FINAL, Job, JobState
from dreamina_desktop.jobs.preparation import TakeRequest
from dreamina_desktop.pictures.prepare import PillowPreparer
from dreamina_desktop.resources import SAMPLE_PICTURE, resource

FRAMES = 121
SAMPLE = resource(SAMPLE_PICTURE)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=("engine", "bare"))
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--api-url", required=True)
    parser.add_argument("--jobs", type=int, required=True)
    parser.add_argument("--idle", type=float, default=0.0, help="seconds to run without a job")
    parser.add_argument(
        "--most", type=float, required=True, help="seconds before it counts as hung"
    )
    chosen = parser.parse_args()
    if chosen.what == "bare":
        told = bare(chosen.folder, chosen.api_url, chosen.jobs)
    else:
        told = engine(chosen.folder, chosen.api_url, chosen.jobs, chosen.idle, chosen.most)
    json.dump(told | {"cpu": time.process_time(), "peak_bytes": peak_bytes()}, sys.stdout)


def engine(folder: Path, url: str, count: int, idle: float, most: float) -> dict[str, object]:
    """Carry ``count`` jobs to their clips, all of them at the provider at once."""
    with open_profile(Options(folder / "profile", url), os.environ) as profile:
        profile.settings = replace(profile.settings, submitted_at_once=max(1, count))
        jobs = [prepare(profile, number, folder / "clips") for number in range(count)]
        began, cpu = time.monotonic(), time.process_time()
        done = asyncio.run(carry(profile, jobs, idle, most))
        seconds, cpu = time.monotonic() - began, time.process_time() - cpu
        rows = [profile.repository.get(job.id) for job in jobs]
    return {
        "seconds": seconds,
        "working_cpu": cpu,
        "jobs": [
            {
                "request_id": row.request_id,
                "state": row.state,
                "done": done[row.id],
                "address": row.clips[0].address,
            }
            for row in rows
        ],
    }


def prepare(profile: Profile, number: int, clips: Path) -> Job:
    picture = PillowPreparer(profile.spec).prepare(SAMPLE)
    request = TakeRequest(str(SAMPLE), picture, f"job {number}", FRAMES, number, str(clips))
    return profile.preparation.prepare(request)


async def carry(profile: Profile, jobs: list[Job], idle: float, most: float) -> dict[str, float]:
    """When each job was DONE on disk, in seconds of the wall clock."""
    done: dict[str, float] = {}
    over = asyncio.Event()
    wrong: list[Exception] = []

    def tell(event: EngineEvent) -> None:
        match event:
            case JobChanged(job_id):
                state = profile.repository.get(job_id).state
                if state in FINAL:
                    done.setdefault(job_id, time.time())
                    if state is not JobState.DONE:
                        wrong.append(RuntimeError(f"{job_id} is {state}"))
            case BugMet(_, error):
                wrong.append(error)
            case _:
                return
        if wrong or len(done) == len(jobs):
            over.set()

    async with asyncio.timeout(most), profile.working(tell):
        await (over.wait() if jobs else asyncio.sleep(idle))
    if wrong:
        raise wrong[0]
    return done


def bare(folder: Path, url: str, count: int) -> dict[str, object]:
    """The same requests with nothing around them: no rows, no waiting rules, no checks."""
    folder.mkdir(parents=True, exist_ok=True)
    image = f"data:image/png;base64,{base64.b64encode(SAMPLE.read_bytes()).decode('ascii')}"
    key = {"Authorization": f"Bearer {os.environ['RUNCOMFY_API_TOKEN']}"}
    model = f"{url}/v1/models/bytedance/dreamina-3-0/pro/image-to-video"
    cpu = time.process_time()
    with httpx.Client(trust_env=False, timeout=60) as client:
        for number in range(count):
            body = {"prompt": f"bare {number}", "image_urls": [image], "frames": FRAMES}
            answer = client.post(model, headers=key, json=body | {"seed": number}).json()
            request = f"{url}/v1/requests/{answer['request_id']}"
            while client.get(f"{request}/status", headers=key).json()["status"] != "completed":
                time.sleep(1)
            address = client.get(f"{request}/result", headers=key).json()["output"]["video"]
            (folder / f"{number}.mp4").write_bytes(client.get(address).content)
    return {"working_cpu": time.process_time() - cpu}


def peak_bytes() -> int | None:
    """The most memory this process ever held; None where the platform does not tell."""
    status = Path("/proc/self/status")
    if status.exists():
        # Not getrusage, whose figure on Linux begins with that of the parent process.
        lines = status.read_text("ascii", "replace").splitlines()
        (line,) = [line for line in lines if line.startswith("VmHWM:")]
        return int(line.split()[1]) * 1024
    try:
        import resource as usage
    except ImportError:
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    return usage.getrusage(usage.RUSAGE_SELF).ru_maxrss * unit


if __name__ == "__main__":
    main()
