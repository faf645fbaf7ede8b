"""Where the user's own bucket is, and its keys: the fields."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QSpinBox, QVBoxLayout, QWidget

from dreamina_desktop.core.settings import LONGEST_HOURS, BucketPlace
from dreamina_desktop.ui.drop_down import DropDown
from dreamina_desktop.ui.hosting_desk import TypedKeys
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.settings.bucket_kinds import HINTS, BucketKind, kind_of
from dreamina_desktop.ui.settings.link_button import LinkButton
from dreamina_desktop.ui.settings.switch import Switch
from dreamina_desktop.ui.theme import GAP, TIGHT, Theme


class BucketForm(QWidget):
    """Holds what is typed; whoever listens keeps it. Keys are never put into their fields."""

    place_changed = Signal()
    keys_typed = Signal()

    def __init__(
        self, place: BucketPlace, theme: Theme, icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.kind = DropDown(theme, icons, self)
        self.kind.setObjectName("bucketKind")
        for kind, hints in HINTS.items():
            self.kind.addItem(hints.name, kind.value)
        self.kind.setCurrentIndex(self.kind.findData(kind_of(place.endpoint).value))
        self.endpoint = self._edit("bucketEndpointEdit", place.endpoint)
        self.region = self._edit("bucketRegionEdit", place.region)
        self.bucket = self._edit("bucketNameEdit", place.bucket)
        self.folder = self._edit("bucketFolderEdit", place.folder)
        self.key_id = self._edit("bucketKeyIdEdit", "")
        self.secret = self._edit("bucketSecretEdit", "")
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.hours = _Hours(self)
        self.hours.setObjectName("bucketHoursSpin")
        self.hours.setRange(1, LONGEST_HOURS)
        self.hours.setValue(place.hours)
        self.hours.setSuffix(self.tr(" hours"))
        self.deletes = Switch(self.tr("Delete the picture once its clip has arrived"), theme, self)
        self.deletes.setObjectName("bucketDeleteCheck")
        self.deletes.setChecked(place.deletes_afterwards)
        self.keys_link = LinkButton(self.tr("Where keys are made"), "", self)
        self.keys_link.setObjectName("bucketKeysLink")
        self._say_what_they_are()
        self._arrange()
        self._show_hints()
        self.kind.activated.connect(self._on_kind_chosen)
        self.endpoint.editingFinished.connect(self._on_endpoint_typed)
        for edit in (self.endpoint, self.region, self.bucket, self.folder):
            edit.textEdited.connect(self.place_changed)
        self.hours.valueChanged.connect(self.place_changed)
        self.deletes.toggled.connect(self.place_changed)
        for edit in (self.key_id, self.secret):
            edit.textEdited.connect(self.keys_typed)

    @property
    def place(self) -> BucketPlace:
        """The bucket as it stands in the fields."""
        return BucketPlace(
            endpoint=self.endpoint.text().strip(),
            region=self.region.text().strip(),
            bucket=self.bucket.text().strip(),
            folder=self.folder.text().strip(),
            hours=self.hours.value(),
            deletes_afterwards=self.deletes.isChecked(),
        )

    @property
    def keys(self) -> TypedKeys:
        """What was typed as keys."""
        return TypedKeys(self.key_id.text(), self.secret.text())

    def clear_keys(self) -> None:
        """They are kept, or used, elsewhere by now. Leaves nothing that Undo could bring back."""
        self.key_id.setText("")
        self.secret.setText("")

    def show_kept(self, *, are_kept: bool) -> None:
        """Whether the keyring has keys for this bucket; the keys themselves never show."""
        text = self.tr("kept in the keyring") if are_kept else ""
        for edit in (self.key_id, self.secret):
            edit.setPlaceholderText(text)

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Show it in other colours."""
        self.kind.set_theme(theme, icons)
        self.deletes.set_theme(theme)

    # ---- building --------------------------------------------------------------------------

    def _edit(self, name: str, text: str) -> QLineEdit:
        edit = QLineEdit(text, self)
        edit.setObjectName(name)
        edit.setCursorPosition(0)
        edit.setInputMethodHints(Qt.InputMethodHint.ImhNoAutoUppercase)
        return edit

    def _say_what_they_are(self) -> None:
        told = (
            (self.kind, self.tr("Service"), self.tr("Whose bucket it is")),
            (
                self.endpoint,
                self.tr("Endpoint"),
                self.tr("The service's https:// address, without the bucket; empty for Amazon"),
            ),
            (self.region, self.tr("Region"), self.tr("Empty for the service's usual one")),
            (self.bucket, self.tr("Bucket"), self.tr("Its name; it may and should be private")),
            (
                self.folder,
                self.tr("Folder"),
                self.tr("Pictures lie there under random names; yours are never told"),
            ),
            (
                self.key_id,
                self.tr("Key id"),
                self.tr("Of a key that may write, read and delete in this bucket alone"),
            ),
            (
                self.secret,
                self.tr("Secret key"),
                self.tr("It goes to this computer's keyring and is never shown again"),
            ),
            (
                self.hours,
                self.tr("Address valid for"),
                self.tr("It must outlive the queue: 24 hours usually, 168 (seven days) at most"),
            ),
            (
                self.deletes,
                self.deletes.text(),
                self.tr("Also when the take fails or is cancelled"),
            ),
        )
        for control, name, tip in told:
            control.setAccessibleName(name)
            control.setToolTip(tip)

    def _arrange(self) -> None:
        form = QGridLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(GAP * 2)
        form.setVerticalSpacing(TIGHT)
        form.setColumnStretch(1, 1)
        fields = (self.kind, self.endpoint, self.region, self.bucket, self.folder, self.key_id)
        for row, control in enumerate((*fields, self.secret, self.hours)):
            label = QLabel(control.accessibleName(), self)
            label.setBuddy(control)
            form.addWidget(label, row, 0)
            form.addWidget(control, row, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        column.addLayout(form)
        column.addWidget(self.deletes)
        column.addWidget(self.keys_link, 0, Qt.AlignmentFlag.AlignRight)

    # ---- hints -----------------------------------------------------------------------------

    @property
    def _chosen(self) -> BucketKind:
        return BucketKind(self.kind.currentData())

    def _show_hints(self) -> None:
        hints = HINTS[self._chosen]
        self.endpoint.setPlaceholderText(hints.pattern or self.tr("none is needed"))
        usual = hints.region or self.tr("as the endpoint says")
        self.region.setPlaceholderText(usual)
        self.keys_link.lead_to(hints.keys_page)
        self.keys_link.setVisible(bool(hints.keys_page))

    def _on_kind_chosen(self) -> None:
        hints = HINTS[self._chosen]
        self._show_hints()
        if kind_of(self.endpoint.text()) is self._chosen:
            return
        self.endpoint.setText(hints.pattern)
        self.region.setText("")
        if hints.blank:
            # What has to be replaced is marked, ready to be typed over.
            self.endpoint.setFocus(Qt.FocusReason.OtherFocusReason)
            self.endpoint.setSelection(hints.pattern.index(hints.blank), len(hints.blank))
        self.place_changed.emit()

    def _on_endpoint_typed(self) -> None:
        endpoint = self.endpoint.text().strip()
        if endpoint:
            # Whose it is, it says itself; an empty one may still be filled in.
            self.kind.setCurrentIndex(self.kind.findData(kind_of(endpoint).value))
            self._show_hints()


class _Hours(QSpinBox):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # As far in as the text of the fields above.
        self.lineEdit().setTextMargins(GAP, 0, 0, 0)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            # Whoever turns the wheel means to scroll the page.
            event.ignore()
