"""What the window can do, with its keys and menus, as data; the key list is made from it too."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenuBar, QWidget

from dreamina_desktop.ui.menu_entry import MenuEntry


class Menu(StrEnum):
    """The menus, in their order."""

    FILE = "file"
    EDIT = "edit"
    VIEW = "view"
    PLAYBACK = "playback"
    HELP = "help"


class Deed(StrEnum):
    """What an action of the window's own does; the player brings its own."""

    CHOOSE_PICTURE = "choosePicture"
    PASTE_PICTURE = "pastePicture"
    GENERATE = "generate"
    EXPORT = "exportClip"
    JOIN = "joinClips"
    FIND_LOOP = "findLoop"
    ADOPT_REQUEST = "adoptRequest"
    SETTINGS = "settings"
    QUIT = "quit"
    UNDO_DELETE = "undoDelete"
    LOAD_SETTINGS = "loadSettings"
    STAR = "star"
    REJECT = "reject"
    SEARCH = "search"
    WALL = "wall"
    FOLD_COMPOSE = "foldCompose"
    FOLD_WATCH = "foldWatch"
    FOLD_LIBRARY = "foldLibrary"
    KEYS = "keys"
    LEAVING = "leaving"
    PROVIDER_PAGE = "providerPage"
    DIAGNOSTICS = "diagnostics"


# Their keys always answer, if only with what is in the way; so their entries are their own.
_CONDITIONAL = frozenset(
    {Deed.GENERATE, Deed.UNDO_DELETE, Deed.LOAD_SETTINGS, Deed.EXPORT, Deed.FIND_LOOP}
)


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """``keys`` as ``QKeySequence`` reads them, the one to show first.

    ``signs`` are further keys that the window looks for by what they type.

    ``is_typed``: a key without Ctrl or Alt. It is no shortcut, since it must be dead while
    somebody types; the window gets it when nobody else has wanted it.
    """

    deed: Deed
    menu: Menu
    text: str
    keys: tuple[str, ...] = ()
    signs: tuple[str, ...] = ()
    is_typed: bool = False
    is_checkable: bool = False


@dataclass(frozen=True, slots=True)
class KeyRow:
    """One line of the key list: what the keys do, and what they are called here."""

    keys: tuple[str, ...]
    text: str


class Actions(QObject):
    """The window's own actions, one a deed."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._specs = self._all()
        self._actions = {spec.deed: self._make(spec) for spec in self._specs}
        self._entries = {
            spec.deed: self._make_entry(spec) for spec in self._specs if spec.deed in _CONDITIONAL
        }

    def of(self, deed: Deed) -> QAction:
        """The action that does it."""
        return self._actions[deed]

    def entry(self, deed: Deed) -> MenuEntry:
        """What the menu shows in its place, of a deed that is off while it can do nothing."""
        return self._entries[deed]

    def typed(self, keys: QKeySequence) -> QAction | None:
        """The action of a key that is no shortcut, None for none."""
        for spec in self._specs:
            if spec.is_typed and any(QKeySequence(key) == keys for key in spec.keys):
                return self._actions[spec.deed]
        return None

    def fill(self, bar: QMenuBar, playback: tuple[QAction, ...]) -> None:
        """Make the menus. ``playback`` is what the player can do."""
        titles = {
            Menu.FILE: self.tr("&File"),
            Menu.EDIT: self.tr("&Edit"),
            Menu.VIEW: self.tr("&View"),
            Menu.PLAYBACK: self.tr("Play&back"),
            Menu.HELP: self.tr("&Help"),
        }
        for menu in Menu:
            made = bar.addMenu(titles[menu])
            made.setToolTipsVisible(True)
            made.setObjectName(f"{menu.value}Menu")
            for spec in self._specs:
                if spec.menu is menu:
                    if spec.deed in (Deed.SETTINGS, Deed.QUIT):
                        made.addSeparator()
                    entry = self._entries.get(spec.deed)
                    made.addAction(self._actions[spec.deed] if entry is None else entry.entry)
            if menu is Menu.PLAYBACK:
                made.addActions(list(playback))

    def rows(self) -> tuple[KeyRow, ...]:
        """For the key list."""
        return tuple(
            KeyRow(shown_keys(spec.keys[:1] + spec.signs), _plain(spec.text))
            for spec in self._specs
            if spec.keys
        )

    def _make(self, spec: ActionSpec) -> QAction:
        action = QAction(spec.text, self._window)
        action.setObjectName(f"{spec.deed.value}Action")
        action.setCheckable(spec.is_checkable)
        if spec.keys:
            (key,) = shown_keys(spec.keys[:1])
            action.setToolTip(f"{_plain(spec.text)} ({key})")
        if spec.is_typed:
            # Shown in the menu like a shortcut, and none.
            action.setText(menu_text(spec.text, spec.keys))
        else:
            action.setShortcuts([QKeySequence(key) for key in spec.keys])
        self._window.addAction(action)
        return action

    def _make_entry(self, spec: ActionSpec) -> MenuEntry:
        action = self._actions[spec.deed]
        entry = QAction(menu_text(spec.text, spec.keys), self)
        entry.setObjectName(f"{spec.deed.value}Entry")
        entry.setToolTip(action.toolTip())
        return MenuEntry(entry, self, action)

    def _all(self) -> tuple[ActionSpec, ...]:
        return (
            ActionSpec(Deed.CHOOSE_PICTURE, Menu.FILE, self.tr("&Open picture…"), ("Ctrl+O",)),
            ActionSpec(Deed.PASTE_PICTURE, Menu.FILE, self.tr("&Paste picture"), ("Ctrl+V",)),
            ActionSpec(
                # Without a letter of its own in the menu, since no letter ever sends.
                Deed.GENERATE,
                Menu.FILE,
                self.tr("Generate"),
                ("Ctrl+Return", "Ctrl+Enter"),
            ),
            ActionSpec(Deed.EXPORT, Menu.FILE, self.tr("&Export clip…"), ("Ctrl+E",)),
            ActionSpec(Deed.JOIN, Menu.FILE, self.tr("&Join clips…")),
            ActionSpec(
                Deed.ADOPT_REQUEST,
                Menu.FILE,
                self.tr("&Fetch a clip by its request id…"),
                ("Ctrl+Shift+O",),
            ),
            ActionSpec(Deed.SETTINGS, Menu.FILE, self.tr("&Settings…"), ("Ctrl+,",)),
            ActionSpec(Deed.QUIT, Menu.FILE, self.tr("&Quit"), ("Ctrl+Q",)),
            ActionSpec(Deed.UNDO_DELETE, Menu.EDIT, self.tr("&Undo delete"), ("Ctrl+Z",)),
            ActionSpec(
                Deed.LOAD_SETTINGS,
                Menu.EDIT,
                self.tr("&Load this clip's settings"),
                ("R",),
                is_typed=True,
            ),
            ActionSpec(
                Deed.STAR, Menu.EDIT, self.tr("S&tar, or take it back"), ("S",), is_typed=True
            ),
            ActionSpec(
                Deed.REJECT, Menu.EDIT, self.tr("Re&ject, or take it back"), ("X",), is_typed=True
            ),
            ActionSpec(Deed.SEARCH, Menu.EDIT, self.tr("&Search the library"), ("Ctrl+F",)),
            ActionSpec(Deed.FIND_LOOP, Menu.PLAYBACK, self.tr("Find the best &loop"), ("Ctrl+L",)),
            ActionSpec(Deed.WALL, Menu.VIEW, self.tr("&Wall of takes"), ("W",), is_typed=True),
            ActionSpec(
                Deed.FOLD_COMPOSE,
                Menu.VIEW,
                self.tr("&Compose pane"),
                ("Ctrl+1",),
                is_checkable=True,
            ),
            ActionSpec(
                Deed.FOLD_WATCH, Menu.VIEW, self.tr("&Watch pane"), ("Ctrl+2",), is_checkable=True
            ),
            ActionSpec(
                Deed.FOLD_LIBRARY,
                Menu.VIEW,
                self.tr("&Library pane"),
                ("Ctrl+3",),
                is_checkable=True,
            ),
            ActionSpec(Deed.KEYS, Menu.HELP, self.tr("&Keys"), ("F1",), ("?",)),
            ActionSpec(Deed.LEAVING, Menu.HELP, self.tr("&What leaves this computer")),
            ActionSpec(Deed.PROVIDER_PAGE, Menu.HELP, self.tr("Provider's &page")),
            ActionSpec(Deed.DIAGNOSTICS, Menu.HELP, self.tr("&Diagnostics…")),
        )


def shown_keys(keys: tuple[str, ...]) -> tuple[str, ...]:
    """Keys as this desktop writes them, each once."""
    native = QKeySequence.SequenceFormat.NativeText
    return tuple(dict.fromkeys(QKeySequence(key).toString(native) for key in keys))


def menu_text(text: str, keys: tuple[str, ...]) -> str:
    """An entry that shows its first key where menus do, without making it a shortcut."""
    return f"{text}\t{shown_keys(keys[:1])[0]}"


def _plain(text: str) -> str:
    return text.replace("&", "").rstrip("…")
