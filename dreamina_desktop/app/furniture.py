"""Builds what fills a window: the profile, its threads, the panes and what connects them.

Each creation registers its clean-up beside it. All that is slow to import comes in here, after
the window has been painted.
"""

from __future__ import annotations

from collections.abc import MutableMapping
from contextlib import ExitStack
from pathlib import Path
from secrets import randbelow

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication

from dreamina_desktop.app.key_counter import KeyCounter
from dreamina_desktop.app.memory import usual_budget_mb
from dreamina_desktop.app.picture_travel import PictureTravel, TravelParts
from dreamina_desktop.app.profile_opening import ProfileOpening
from dreamina_desktop.app.reviewing import Reviewing, ReviewParts
from dreamina_desktop.app.room import Room
from dreamina_desktop.app.workplace import Workplace
from dreamina_desktop.composition import Options, Profile
from dreamina_desktop.core.settings import Settings
from dreamina_desktop.jobs.commands import Commands
from dreamina_desktop.pictures.picture_process import PictureProcess, usual_command
from dreamina_desktop.resources import model_file
from dreamina_desktop.store.job_bin import JobBin
from dreamina_desktop.ui.account_watch import AccountWatch
from dreamina_desktop.ui.background_thread import BackgroundThread
from dreamina_desktop.ui.compose.compose_pane import ComposePane
from dreamina_desktop.ui.compose.drop_overlay import DropOverlay
from dreamina_desktop.ui.compose.glances import Glances
from dreamina_desktop.ui.compose.picture_intake import PictureIntake
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.ui.draft_keeping import DraftKeeping
from dreamina_desktop.ui.error_notices import ErrorNotices
from dreamina_desktop.ui.folder_opener import DesktopFolders
from dreamina_desktop.ui.job_flow import FlowParts, JobFlow
from dreamina_desktop.ui.job_thread import JobThread
from dreamina_desktop.ui.kept_habits import KeptHabits
from dreamina_desktop.ui.kept_recents import KeptRecents
from dreamina_desktop.ui.library.library_needs import LibraryNeeds
from dreamina_desktop.ui.library.library_pane import LibraryPane
from dreamina_desktop.ui.library.price_tags import PriceTags
from dreamina_desktop.ui.library.thumbnails import Thumbnails
from dreamina_desktop.ui.notice_deeds import NoticeDeeds
from dreamina_desktop.ui.past_prompts import PastPrompts
from dreamina_desktop.ui.picture_reading import PictureReading
from dreamina_desktop.ui.placement_keeping import PlacementKeeping
from dreamina_desktop.ui.ports import KeyDesk, Obstacle
from dreamina_desktop.ui.preferences import Preferences
from dreamina_desktop.ui.provider_pages import GENERATIONS_PAGE
from dreamina_desktop.ui.settings.settings_dialog import SettingsNeeds
from dreamina_desktop.ui.side_threads import SideThreads
from dreamina_desktop.ui.take_sending import TakeSending
from dreamina_desktop.ui.travel_notices import TravelNotices
from dreamina_desktop.ui.unfinished_jobs import UnfinishedJobs
from dreamina_desktop.ui.waiting_notices import WaitingNotices
from dreamina_desktop.ui.watch.frame_source import FrameSource
from dreamina_desktop.ui.watch.watch_pane import WatchPane
from dreamina_desktop.ui.window_deeds import DeedParts, WindowDeeds
from dreamina_desktop.ui.workbench import Workbench

_MEGABYTE = 1024 * 1024
_FILES_PATIENCE = 5.0
"""Seconds that copies and thumbnails get to end when the window has gone."""
_WARM_UP = 300
"""Milliseconds until the decoder's libraries are loaded in a thread."""


class Furniture(QObject):
    """Everything of one session. Its parts are public for the session, which connects the rest."""

    def __init__(
        self,
        room: Room,
        options: Options,
        environment: MutableMapping[str, str],
        settings: Settings,
        stack: ExitStack,
    ) -> None:
        """Raises DiskError, and ApiAddressError is told later. ``stack`` takes every clean-up."""
        # First: where it cannot be had, nothing of all this is left behind.
        profile = Profile(options, environment)
        super().__init__(room.window)
        self._room = room
        self.profile = profile
        self.workplace = Workplace(profile)
        stack.callback(self.workplace.close)
        self._build_background(stack, settings)
        self._build_draft(stack)
        self._build_panes(stack)
        self._build_work()
        stack.callback(self.reviewing.close)
        self._connect()

    # ---- building --------------------------------------------------------------------------

    def _build_background(self, stack: ExitStack, settings: Settings) -> None:
        self.rows = BackgroundThread(self)
        stack.callback(self.rows.close)
        self.files = BackgroundThread(self, patience=_FILES_PATIENCE)
        stack.callback(self.files.close)
        self.side = SideThreads(self)
        stack.callback(self.side.close)
        self.preferences = Preferences(settings, self.profile.settings_file.save, self.rows, self)
        self.preferences.preferences_changed.connect(self._on_preferences_changed)
        self._on_preferences_changed()
        self.opening = ProfileOpening(self.workplace, self.rows, self)
        self.key_desk: KeyDesk | None = (
            None if self.profile.is_practice else KeyCounter(self.profile)
        )

    def _build_draft(self, stack: ExitStack) -> None:
        pictures = PictureProcess(usual_command(model_file()))
        stack.callback(pictures.close)
        self.pictures = pictures
        copies, shelf = self.profile.folder / "copies", self.profile.media
        reading = PictureReading(self.side, pictures, shelf, copies, self)
        habits = KeptHabits(self.preferences)
        self.draft = Draft(self.profile.spec, reading, habits, randbelow, self)
        self.draft_keeping = DraftKeeping(self.draft, self.preferences, self)
        self.recents = KeptRecents(self.preferences)
        self.intake = PictureIntake(self.draft, self.recents, self.side, copies, self)
        # Of its own, so that the picture in use never waits for a folder full of others.
        looking = PictureProcess(usual_command(model_file()))
        stack.callback(looking.close)
        self.glances = Glances(looking, self.side, self)
        stack.callback(self.glances.close)
        self.prompts = PastPrompts(self.profile.repository, self.rows, self)

    def _build_panes(self, stack: ExitStack) -> None:
        room, profile = self._room, self.profile
        theme, icons = room.switch.theme, room.switch.icons
        self.memory_mb = usual_budget_mb()
        budget = self.preferences.current.memory_budget_mb or self.memory_mb
        self.frames = frames = FrameSource(budget * _MEGABYTE, self)
        stack.callback(frames.close)
        # A clip is not played in the first moment; the panes shall be there first.
        warming = QTimer(self)
        warming.setSingleShot(True)
        warming.timeout.connect(frames.warm_up)
        warming.start(_WARM_UP)
        stack.callback(warming.stop)
        self.compose = ComposePane(
            draft=self.draft,
            words=room.words,
            spec=profile.spec,
            theme=theme,
            icons=icons,
            recents=self.recents,
            intake=self.intake,
            glances=self.glances,
            history=self.prompts,
        )
        self.travel = PictureTravel(
            TravelParts(
                profile, self.draft, self.compose, self.preferences, self.pictures, self.side
            ),
            theme,
            icons,
            self,
        )
        self.watch = WatchPane(
            frames, self.files, room.words, theme, icons, autoplay=not wants_little_motion()
        )
        self.thumbnails = Thumbnails(profile.media.picture_path, self.files, self)
        self.folders = DesktopFolders(room.notices, self)
        self.commands = Commands(
            repository=profile.repository,
            clock=profile.clock,
            realm=profile.realm,
            draw=randbelow,
            ring=self._ring,
        )
        self.library = LibraryPane(
            LibraryNeeds(
                reader=profile.repository,
                job_bin=JobBin(profile.repository, profile.folder),
                marks=profile.repository,
                commands=self.commands,
                rows=self.rows,
                files=self.files,
                thumbnails=self.thumbnails,
                opener=self.folders,
                clock=profile.clock,
                words=room.words,
                spec=profile.spec,
                generations_page=GENERATIONS_PAGE,
            ),
            theme,
            icons,
        )
        # Before the backgrounds are closed, in which it finishes what was begun.
        stack.callback(self.library.close_down)
        self.overlay = DropOverlay(room.window, theme, icons)
        self.overlay.picture_arrived.connect(self.compose.take)
        self.workbench = Workbench(self.compose, self.watch, self.library, room.window)
        self.placement_keeping = PlacementKeeping(self.workbench, self.preferences, self)

    def _build_work(self) -> None:
        room, profile, window = self._room, self.profile, self._room.window
        repository = profile.repository
        self.job_thread = JobThread(self.workplace, profile.spec.model_id, self)
        self.errors = ErrorNotices(room.words, self)
        self.unfinished = UnfinishedJobs(repository, self.rows, self)
        self.sending = TakeSending(
            self.draft,
            profile.preparation,
            self.rows,
            self.preferences,
            self.recents,
            profile.usual_clips_folder,
            self,
        )
        self.account = AccountWatch(
            room.fittings.status,
            room.notices,
            self.errors,
            repository,
            self.rows,
            profile.clock.now,
            self,
        )
        self.tags = PriceTags(profile.spec, self)
        self.waiting = WaitingNotices(
            self.unfinished,
            room.notices,
            self.commands,
            self.rows,
            self.tags,
            room.words,
            self,
        )
        self.travel_notices = TravelNotices(room.notices, room.words, profile.clock.now(), self)
        self.flow = JobFlow(
            FlowParts(
                thread=self.job_thread,
                library=self.library,
                watch=self.watch,
                draft=self.draft,
                sending=self.sending,
                unfinished=self.unfinished,
                account=self.account,
                prompts=self.prompts,
                reader=repository,
                background=self.rows,
                picture_path=profile.media.picture_path,
                commands=profile.commands,
                is_there=profile.media.is_there,
            ),
            self,
        )
        self.deeds = WindowDeeds(
            DeedParts(
                window=window,
                fittings=room.fittings,
                workbench=self.workbench,
                compose=self.compose,
                watch=self.watch,
                library=self.library,
            ),
            self,
        )
        self.reviewing = Reviewing(
            ReviewParts(
                room=room,
                watch=self.watch,
                library=self.library,
                workbench=self.workbench,
                frames=self.frames,
                draft=self.draft,
                prompts=self.prompts,
                repository=repository,
                media=profile.media,
                copies=profile.folder / "copies",
                folders=self.folders,
                thumbnails=self.thumbnails,
                rows=self.rows,
                files=self.files,
                side=self.side,
                preferences=self.preferences,
                has_motion=not wants_little_motion(),
            ),
            self,
        )
        self.notice_deeds = NoticeDeeds(
            room.fittings.notice_bar,
            self.library,
            self.waiting,
            self.job_thread,
            self.folders,
            self,
        )

    def _connect(self) -> None:
        self.opening.held.connect(self._on_held)
        self.account.follow(self.job_thread)
        self.account.price_known.connect(self.compose.set_price)
        self.account.price_known.connect(self.library.set_price)
        self.account.price_known.connect(self.tags.set_price)
        self.account.holds_changed.connect(self._on_holds_changed)
        self.waiting.jobs_sent.connect(self.job_thread.mend)
        self.prompts.last_seed_known.connect(self._on_last_seed_known)
        self.compose.generate_requested.connect(self.sending.generate)
        self.library.job_seen.connect(self.travel_notices.notice)
        self.travel.leaving_requested.connect(self._on_leaving_requested)
        self.deeds.leaving_requested.connect(self._on_leaving_requested)
        self.notice_deeds.address_requested.connect(self.travel.type_address)
        self.deeds.diagnostics_requested.connect(self._on_diagnostics_requested)
        self.deeds.wall_requested.connect(self.reviewing.wall.toggle)
        self.deeds.export_requested.connect(self.reviewing.exporting.export)
        self.deeds.join_requested.connect(self.reviewing.exporting.join)
        self.deeds.loop_requested.connect(self.reviewing.exporting.find_loop)
        self._room.switch.theme_changed.connect(self._on_theme_changed)

    def _ring(self) -> None:
        """A row was written, in the rows' thread: whoever carries the jobs is to look."""
        if self.workplace.is_holder:
            self.job_thread.look()
        else:
            self.profile.ring()

    # ---- what it tells about itself --------------------------------------------------------

    def settings_needs(self) -> SettingsNeeds:
        """For the settings dialog."""
        return SettingsNeeds(
            preferences=self.preferences,
            key_desk=self.key_desk,
            hosting_desk=self.travel.hosting_desk,
            background=self.side,
            rows=self.rows,
            words=self._room.words,
            clips_folder=self.profile.usual_clips_folder,
            memory_mb=self.memory_mb,
        )

    def _on_held(self) -> None:
        self.library.finish_deletions()

    def _on_holds_changed(self) -> None:
        self.waiting.set_mended(self.account.mended)
        trouble = self.account.key_trouble
        obstacle = None
        if trouble is not None:
            obstacle = Obstacle(trouble.topic, trouble.notice.text, trouble.label)
        self.compose.set_obstacle(obstacle)

    def _on_diagnostics_requested(self) -> None:
        from dreamina_desktop.diagnostics import Diagnostics
        from dreamina_desktop.ui.diagnostics_dialog import DiagnosticsDialog

        DiagnosticsDialog(
            Diagnostics(self.profile, Path.home()),
            self.side,
            self._room.words,
            self._room.window,
            is_practice=self.profile.is_practice,
        ).open()

    def _on_leaving_requested(self) -> None:
        self.travel.show_leaving(self._room.window)

    def _on_preferences_changed(self) -> None:
        # A take from this window names its folder; others are carried that were begun elsewhere.
        self.profile.put_clips_in(self.preferences.current.output_folder)
        self.profile.put_pictures_in(self.preferences.current.bucket)

    def _on_last_seed_known(self) -> None:
        self.compose.set_last_seed(self.prompts.last_seed)

    def _on_theme_changed(self) -> None:
        theme, icons = self._room.switch.theme, self._room.switch.icons
        self.compose.set_theme(theme, icons)
        self.travel.set_theme(theme, icons)
        self.watch.set_theme(theme, icons)
        self.library.set_theme(theme, icons)
        self.overlay.set_theme(theme, icons)
        self.reviewing.set_theme()


def wants_little_motion() -> bool:
    """Whether the desktop asks for less movement, where Qt knows."""
    wish = QGuiApplication.styleHints().accessibility().motionPreference()
    return wish is Qt.MotionPreference.ReducedMotion
