"""Which theme holds: the user's choice, or the desktop's colour scheme as it is now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from dreamina_desktop.ui.style_sheet import style_sheet
from dreamina_desktop.ui.theme import DARK, LIGHT, Theme, ThemeChoice, palette_of

if TYPE_CHECKING:
    from dreamina_desktop.ui.icons import Icons


class ThemeSwitch(QObject):
    """Puts the theme on the application, and tells the widgets that paint by themselves."""

    theme_changed = Signal()

    def __init__(self, application: QApplication, choice: str) -> None:
        """``choice`` as the settings keep it; what is no ``ThemeChoice`` means the desktop's."""
        super().__init__(application)
        self._application = application
        self._hints = application.styleHints()
        self._choice = _choice(choice)
        self._force()
        self._theme = self._wanted()
        self._icons: Icons | None = None
        self._put_on()
        self._hints.colorSchemeChanged.connect(self._on_scheme_changed)

    @property
    def theme(self) -> Theme:
        """The theme that holds now."""
        return self._theme

    @property
    def icons(self) -> Icons:
        """Its icons."""
        # Here, since the first paint needs none.
        from dreamina_desktop.ui.icons import Icons

        if self._icons is None:
            self._icons = Icons(self._theme)
        return self._icons

    def choose(self, choice: str) -> None:
        """The user's choice from now on, as the settings keep it."""
        if _choice(choice) is not self._choice:
            self._choice = _choice(choice)
            self._force()
            self._follow()

    def _force(self) -> None:
        """Have Qt's own dialogs and the window's frame follow, where the platform can."""
        if self._choice is ThemeChoice.DESKTOP:
            self._hints.unsetColorScheme()
        else:
            schemes = Qt.ColorScheme
            is_dark = self._choice is ThemeChoice.DARK
            self._hints.setColorScheme(schemes.Dark if is_dark else schemes.Light)

    def _wanted(self) -> Theme:
        if self._choice is ThemeChoice.DESKTOP:
            # Where the desktop does not say, pictures look best on dark.
            return LIGHT if self._hints.colorScheme() is Qt.ColorScheme.Light else DARK
        return DARK if self._choice is ThemeChoice.DARK else LIGHT

    def _on_scheme_changed(self) -> None:
        self._follow()

    def _follow(self) -> None:
        wanted = self._wanted()
        if wanted != self._theme:
            self._theme, self._icons = wanted, None
            self._put_on()
            self.theme_changed.emit()

    def _put_on(self) -> None:
        sheet = style_sheet(self._theme)
        # Qt styles every widget anew, even where the text is the same.
        if self._application.styleSheet() != sheet:
            self._application.setPalette(palette_of(self._theme))
            self._application.setStyleSheet(sheet)


def _choice(text: str) -> ThemeChoice:
    try:
        return ThemeChoice(text)
    except ValueError:
        return ThemeChoice.DESKTOP
