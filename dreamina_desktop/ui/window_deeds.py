"""What menus, keys and drops do, put on the panes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QUrl, Signal
from PySide6.QtGui import QAction, QDesktopServices, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractButton, QMenu, QWidget

from dreamina_desktop.core.mark import Mark
from dreamina_desktop.ui.actions import Deed, KeyRow, menu_text, shown_keys
from dreamina_desktop.ui.compare.compare_keys import compare_key_rows
from dreamina_desktop.ui.compare.compare_stage import CompareStage
from dreamina_desktop.ui.compose.compose_pane import ComposePane
from dreamina_desktop.ui.key_list import KeyList
from dreamina_desktop.ui.library.library_events import DeletionLapsed, JobsDeleted
from dreamina_desktop.ui.library.library_pane import LibraryPane
from dreamina_desktop.ui.library.reviews import FEWEST, joinable
from dreamina_desktop.ui.main_window import MainWindow
from dreamina_desktop.ui.menu_entry import MenuEntry
from dreamina_desktop.ui.provider_pages import ACCOUNT_PAGE
from dreamina_desktop.ui.return_key import SPENDS, is_plain_return
from dreamina_desktop.ui.wall.wall import Wall
from dreamina_desktop.ui.wall.wall_keys import wall_key_rows
from dreamina_desktop.ui.watch.player_menu import WindowEntries
from dreamina_desktop.ui.watch.viewed import Viewed
from dreamina_desktop.ui.watch.watch_keys import WatchKey, press
from dreamina_desktop.ui.watch.watch_pane import WatchPane
from dreamina_desktop.ui.window_fittings import WindowFittings
from dreamina_desktop.ui.workbench import PaneName, Workbench

_FOLDS = {
    Deed.FOLD_COMPOSE: PaneName.COMPOSE,
    Deed.FOLD_WATCH: PaneName.WATCH,
    Deed.FOLD_LIBRARY: PaneName.LIBRARY,
}
_FULL_SCREEN = "F11"


@dataclass(frozen=True, slots=True)
class DeedParts:
    """What the deeds are done with."""

    window: MainWindow
    fittings: WindowFittings
    workbench: Workbench
    compose: ComposePane
    watch: WatchPane
    library: LibraryPane


class WindowDeeds(QObject):
    """Connects each action once."""

    settings_requested = Signal()
    diagnostics_requested = Signal()
    leaving_requested = Signal()
    wall_requested = Signal()
    export_requested = Signal()
    join_requested = Signal()
    loop_requested = Signal()

    def __init__(self, parts: DeedParts, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        actions = parts.fittings.actions
        for deed, slot in (
            (Deed.CHOOSE_PICTURE, parts.compose.choose_picture),
            (Deed.PASTE_PICTURE, self._on_paste),
            (Deed.GENERATE, parts.compose.generate),
            (Deed.ADOPT_REQUEST, parts.library.adopt_request),
            (Deed.SETTINGS, self.settings_requested),
            (Deed.QUIT, parts.window.close),
            (Deed.UNDO_DELETE, parts.library.undo),
            (Deed.LOAD_SETTINGS, self._on_load_settings),
            (Deed.STAR, self._on_star),
            (Deed.REJECT, self._on_reject),
            (Deed.SEARCH, self._on_search),
            (Deed.KEYS, self._on_keys),
            (Deed.PROVIDER_PAGE, self._on_provider_page),
            (Deed.DIAGNOSTICS, self.diagnostics_requested),
            (Deed.LEAVING, self.leaving_requested),
            (Deed.WALL, self.wall_requested),
            (Deed.EXPORT, self.export_requested),
            (Deed.JOIN, self.join_requested),
            (Deed.FIND_LOOP, self.loop_requested),
            *((fold, self._on_fold) for fold in _FOLDS),
        ):
            actions.of(deed).triggered.connect(slot)
        # A key that is held down must not buy a second clip.
        actions.of(Deed.GENERATE).setAutoRepeat(False)
        self._undoable: set[tuple[str, ...]] = set()
        self._follow_state()
        actions.fill(parts.fittings.menus, self._playback_actions())
        for menu in parts.fittings.menus.findChildren(QMenu):
            menu.aboutToShow.connect(self._on_menu_asked)
        parts.fittings.give_keys(self._take_key)
        parts.workbench.placement_changed.connect(self._on_placement_changed)
        self._on_placement_changed()

    def _follow_state(self) -> None:
        """An entry is off while it can do nothing, as the button that does the same."""
        parts = self._parts
        generate = parts.compose.generate_bar.button
        # Some desktops press every button with Return.
        generate.setProperty(SPENDS, True)  # noqa: FBT003 - Qt's own
        generate.installEventFilter(self)
        actions = parts.fittings.actions
        actions.entry(Deed.GENERATE).follow(generate)
        self._load = _button(parts.library, "loadSettingsButton")
        actions.entry(Deed.LOAD_SETTINGS).follow(self._load)
        parts.library.deleted.connect(self._on_deleted)
        parts.library.deletion_lapsed.connect(self._on_deletion_lapsed)
        self._show_undo()
        self._play = _button(parts.watch, "playButton")
        self._full_screen = _button(parts.watch, "fullScreenButton")
        for deed in (Deed.EXPORT, Deed.FIND_LOOP):
            actions.entry(deed).follow(self._play)
        parts.watch.menu.offer(self._player_entries)
        parts.watch.wall_wanted.connect(actions.of(Deed.WALL).trigger)
        parts.watch.export_wanted.connect(actions.of(Deed.EXPORT).trigger)
        parts.watch.installEventFilter(self)

    def _playback_actions(self) -> tuple[QAction, ...]:
        made: dict[str, QAction] = {}
        for key in self._parts.watch.keys:
            # Several keys may do the same; a menu says it once.
            if key.text not in made:
                action = QAction(self._parts.window)
                action.setObjectName(key.name)
                # No shortcut: the window passes the key on where nobody types.
                action.setText(menu_text(key.text, key.keys))
                action.setToolTip(key.text)
                action.triggered.connect(key.act)
                is_full_screen = _FULL_SCREEN in key.keys
                MenuEntry(action, self).follow(self._full_screen if is_full_screen else self._play)
                made[key.text] = action
        return tuple(made.values())

    def _player_entries(self) -> WindowEntries:
        """Joining only where there is something selected to join."""
        actions = self._parts.fittings.actions
        making = tuple(actions.entry(deed).entry for deed in (Deed.EXPORT, Deed.FIND_LOOP))
        if len(joinable(self._parts.library.selected_jobs)) >= FEWEST:
            making = (*making, actions.of(Deed.JOIN))
        return WindowEntries((actions.of(Deed.WALL),), making)

    def _take_key(self, event: QKeyEvent) -> bool:
        stage = self._parts.watch.stage
        if isinstance(stage, CompareStage | Wall) and stage.take_key(event):
            return True
        return self._explain(event) or press(self._parts.watch.keys, event)

    def _explain(self, event: QKeyEvent) -> bool:
        """Say why F11 gives nothing the screen; whether it was F11 and did not."""
        if self._full_screen.isEnabled() or QKeySequence(event.key()) != QKeySequence(_FULL_SCREEN):
            return False
        self._parts.fittings.hint(self._full_screen.toolTip())
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        if event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if watched is self._parts.watch:
                return self._explain(event)
            return is_plain_return(event)
        return super().eventFilter(watched, event)

    # ---- slots -----------------------------------------------------------------------------

    def _on_paste(self) -> None:
        if not self._parts.compose.paste_picture():
            text = self.tr("The clipboard holds no picture, no picture file and no address of one.")
            self._parts.fittings.hint(text)

    def _on_menu_asked(self) -> None:
        entry = self._parts.fittings.actions.entry(Deed.LOAD_SETTINGS)
        if self._parts.watch.stage is None:
            entry.follow(self._load)
        else:
            # How many cards are selected does not matter to the clip that is meant there.
            entry.refuse("")

    def _on_star(self) -> None:
        self._mark(Mark.STARRED, self._parts.library.star)

    def _on_reject(self) -> None:
        self._mark(Mark.REJECTED, self._parts.library.reject)

    def _mark(self, mark: Mark, mark_cards: Callable[[], None]) -> None:
        """On a stage the clip that is meant there; else the cards that are selected."""
        if self._parts.watch.stage is None:
            mark_cards()
        elif (viewed := self._meant()) is not None:
            self._parts.library.toggle_mark(viewed.job, viewed.clip, mark)

    def _on_load_settings(self) -> None:
        if self._parts.watch.stage is None:
            self._parts.library.load_settings()
        elif (viewed := self._meant()) is not None:
            self._parts.library.load_settings_of(viewed.job)

    def _meant(self) -> Viewed | None:
        """The clip that the stage is about; where it is about none, that is said."""
        viewed = self._parts.watch.meant
        if viewed is None:
            self._parts.fittings.hint(self.tr("There is no clip here yet."))
        return viewed

    def _on_deleted(self, deleted: JobsDeleted) -> None:
        self._undoable.add(deleted.job_ids)
        self._show_undo()

    def _on_deletion_lapsed(self, lapsed: DeletionLapsed) -> None:
        self._undoable.discard(lapsed.job_ids)
        self._show_undo()

    def _show_undo(self) -> None:
        reason = "" if self._undoable else self.tr("Nothing was deleted that could come back.")
        self._parts.fittings.actions.entry(Deed.UNDO_DELETE).refuse(reason)

    def _on_search(self) -> None:
        self._parts.workbench.fold(PaneName.LIBRARY, is_folded=False)
        self._parts.library.focus_search()

    def _on_fold(self) -> None:
        bench = self._parts.workbench
        for deed, name in _FOLDS.items():
            is_shown = self._parts.fittings.actions.of(deed).isChecked()
            if is_shown is bench.is_folded(name):
                bench.fold(name, is_folded=not is_shown)

    def _on_placement_changed(self) -> None:
        for deed, name in _FOLDS.items():
            action = self._parts.fittings.actions.of(deed)
            action.setChecked(not self._parts.workbench.is_folded(name))
        self._parts.fittings.place_notice()

    def _on_keys(self) -> None:
        groups = (
            (self.tr("Window"), self._parts.fittings.actions.rows()),
            (self.tr("Player"), _player_rows(self._parts.watch.keys)),
            (self.tr("Comparing"), compare_key_rows()),
            (self.tr("Wall of takes"), wall_key_rows()),
            (self.tr("Prompt"), self._prompt_rows()),
            (self.tr("Framing the picture"), self._framing_rows()),
            (self.tr("Library"), self._library_rows()),
        )
        KeyList(groups, self._parts.window).open()

    def _on_provider_page(self) -> None:
        QDesktopServices.openUrl(QUrl(ACCOUNT_PAGE))

    def _prompt_rows(self) -> tuple[KeyRow, ...]:
        return (
            KeyRow(shown_keys(("Return",)), self.tr("Line break")),
            KeyRow(shown_keys(("Alt+Up", "Alt+Down")), self.tr("Earlier prompts")),
        )

    def _framing_rows(self) -> tuple[KeyRow, ...]:
        return (
            KeyRow(shown_keys(("F",)), self.tr("Frame it in a larger view")),
            KeyRow(shown_keys(("Left", "Right", "Up", "Down")), self.tr("Move by one pixel")),
            KeyRow(shown_keys(("Shift+Left", "Shift+Right")), self.tr("Move by ten")),
            KeyRow(shown_keys(("+", "-")), self.tr("Closer, farther")),
            KeyRow(shown_keys(("Ctrl+Z", "Ctrl+Shift+Z")), self.tr("Undo, redo")),
        )

    def _library_rows(self) -> tuple[KeyRow, ...]:
        return (
            KeyRow(shown_keys(("Return",)), self.tr("Show the clip")),
            KeyRow(shown_keys(("Del",)), self.tr("Delete, with undo")),
        )


def _button(pane: QWidget, name: str) -> QAbstractButton:
    """A pane's button, by the name that it has for everybody."""
    found = pane.findChild(QAbstractButton, name)
    if found is None:
        raise LookupError(name)
    return found


def _player_rows(keys: tuple[WatchKey, ...]) -> tuple[KeyRow, ...]:
    """Keys that do the same share a line."""
    merged: dict[str, list[str]] = {}
    for key in keys:
        # The first name of a key is enough; others are for other keyboards.
        merged.setdefault(key.text, []).append(key.keys[0])
    return tuple(KeyRow(shown_keys(tuple(found)), text) for text, found in merged.items())
