"""The library: every job of the profile as a card, and what can be done with it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QStackedWidget, QVBoxLayout, QWidget

from dreamina_desktop.core.answers import Price
from dreamina_desktop.core.errors import DreaminaError
from dreamina_desktop.core.job import Clip, Job
from dreamina_desktop.core.mark import Mark
from dreamina_desktop.ui.icons import Icons
from dreamina_desktop.ui.job_events import RequestChecked
from dreamina_desktop.ui.library.card_delegate import CardDelegate, GlyphClicked
from dreamina_desktop.ui.library.card_layout import INSET
from dreamina_desktop.ui.library.card_words import CardWords
from dreamina_desktop.ui.library.empty_library import EmptyLibrary
from dreamina_desktop.ui.library.filters import LibraryFilters
from dreamina_desktop.ui.library.job_actions import JobActions
from dreamina_desktop.ui.library.job_bar import JobBar
from dreamina_desktop.ui.library.job_deeds import JobDeeds
from dreamina_desktop.ui.library.job_menu import JobMenu
from dreamina_desktop.ui.library.job_rules import Deed
from dreamina_desktop.ui.library.learned_times import LearnedTimes
from dreamina_desktop.ui.library.library_events import (
    JobAdopted,
    JobChosen,
    JobsDeleted,
    JobSeen,
    ReadingFailed,
)
from dreamina_desktop.ui.library.library_model import LibraryModel
from dreamina_desktop.ui.library.library_needs import LibraryNeeds
from dreamina_desktop.ui.library.library_view import LibraryView
from dreamina_desktop.ui.library.list_filter import ListFilter
from dreamina_desktop.ui.library.price_tags import PriceTags
from dreamina_desktop.ui.library.restoring import Restoring
from dreamina_desktop.ui.notice import Notice, NoticeTone
from dreamina_desktop.ui.ports import Outcome
from dreamina_desktop.ui.theme import GAP, TIGHT, Theme

_MARGIN = GAP + TIGHT


class LibraryPane(QFrame):
    """Puts the parts together; keeps which card is chosen, the store keeps all else.

    Call ``read`` once when the window is up, ``row_changed`` for every JobChanged, and
    ``close_down`` before the backgrounds are closed.
    """

    job_chosen = Signal(object)
    nothing_chosen = Signal()
    job_seen = Signal(object)
    load_requested = Signal(object)
    job_released = Signal(object)
    review_wanted = Signal(object)
    deleted = Signal(object)
    deletion_lapsed = Signal(object)
    notice_raised = Signal(object)
    balance_wanted = Signal()
    check_wanted = Signal(object)

    def __init__(
        self, needs: LibraryNeeds, theme: Theme, icons: Icons, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._needs = needs
        self._icons = icons
        self._chosen: str | None = None
        self._told: Job | None = None
        self._sought: str | None = None
        self._is_asked = True
        self.setObjectName("libraryPane")
        self.setAccessibleName(self.tr("Library pane"))
        self.setProperty("look", "pane")
        self._words = CardWords(needs.words, self)
        self._times = LearnedTimes(needs.reader, needs.rows, self)
        self._model = LibraryModel(needs.reader, needs.rows, self._describe, self)
        self._tags = PriceTags(needs.spec, self)
        self._deeds = JobDeeds(needs, self._model, self._tags, theme, icons, self)
        self._actions = JobActions(self._tags, self._deeds.carry_out, self)
        self._cards = CardDelegate(
            words=self._words,
            times=self._times,
            thumbnails=needs.thumbnails,
            clock=needs.clock,
            theme=theme,
            icons=icons,
            parent=self,
        )
        self._filters = LibraryFilters(theme, icons, self)
        self._view = LibraryView(self._model, self._cards, self)
        self._view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._restoring = Restoring(self._model, self._go_on_with, self)
        self._empty = EmptyLibrary(theme, icons, self)
        self._bar = JobBar(self)
        self._stack = QStackedWidget(self)
        self._stack.addWidget(self._view)
        self._stack.addWidget(self._empty)
        self._arrange()
        self._connect()
        self._show_actions()

    def _arrange(self) -> None:
        filters, bar = QVBoxLayout(), QVBoxLayout()
        filters.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, TIGHT)
        filters.addWidget(self._filters)
        bar.setContentsMargins(_MARGIN - TIGHT, TIGHT, _MARGIN - TIGHT, GAP)
        bar.addWidget(self._bar)
        cards = QVBoxLayout()
        # The cards keep an inset of their own, and their scroll bar stands in the margin.
        cards.setContentsMargins(_MARGIN - INSET, 0, 0, 0)
        cards.addWidget(self._stack)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(filters)
        column.addLayout(cards, 1)
        column.addLayout(bar)

    def _connect(self) -> None:
        self._filters.filter_changed.connect(self._on_filter_changed)
        self._filters.left_downwards.connect(self._on_left_downwards)
        self._view.jobs_selected.connect(self._on_jobs_selected)
        self._view.job_opened.connect(self._on_job_opened)
        self._view.deed_wanted.connect(self._on_deed_wanted)
        self._view.undo_wanted.connect(self.undo)
        self._view.customContextMenuRequested.connect(self._on_menu_requested)
        self._cards.glyph_clicked.connect(self._on_glyph_clicked)
        self._model.list_read.connect(self._on_list_read)
        self._model.rowsInserted.connect(self._on_rows_changed)
        self._model.rowsRemoved.connect(self._on_rows_changed)
        self._model.dataChanged.connect(self._on_rows_changed)
        self._model.job_seen.connect(self._on_job_seen)
        self._model.reading_failed.connect(self._on_reading_failed)
        self._empty.way_out_chosen.connect(self._on_way_out_chosen)
        self._tags.price_changed.connect(self._show_actions)
        self._times.times_learned.connect(self._view.viewport().update)
        self._needs.thumbnails.thumbnail_made.connect(self._view.viewport().update)
        self._deeds.notice_raised.connect(self.notice_raised)
        self._deeds.load_requested.connect(self.load_requested)
        self._deeds.job_released.connect(self.job_released)
        self._deeds.balance_wanted.connect(self.balance_wanted)
        self._deeds.check_wanted.connect(self.check_wanted)
        self._deeds.adopting.job_adopted.connect(self._on_job_adopted)
        self._deeds.deletion.deleted.connect(self._on_deleted)
        self._deeds.deletion.lapsed.connect(self.deletion_lapsed)
        self._deeds.deletion.restored.connect(self._restoring.begin)

    # ---- what the window calls -------------------------------------------------------------

    def read(self) -> None:
        """Read the list and what past jobs tell."""
        self._model.read(self._filters.list_filter)
        self._times.read()

    def row_changed(self, job_id: str) -> None:
        """A row was written: it is read again."""
        self._model.row_changed(job_id)

    def choose(self, job_id: str) -> None:
        """Somebody asked for a job: select its card, and clear the filter that leaves it out."""
        index = self._model.index_of(job_id)
        if index.isValid():
            self._view.choose(index)
            return
        self._sought = job_id
        self._filters.clear()
        self._model.read(self._filters.list_filter)

    def follow(self, job_id: str) -> None:
        """A job has come up by itself: show it; what is typed and chosen in the filter stays."""
        index = self._model.index_of(job_id)
        if index.isValid():
            self._view.choose(index)
        else:
            self._show_unlisted(job_id)

    def focus_search(self) -> None:
        """Ctrl+F."""
        self._filters.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def load_settings(self) -> None:
        """R: the chosen card's settings, or why there are none."""
        self._on_deed_wanted(Deed.LOAD)

    def load_settings_of(self, job: Job) -> None:
        """The settings of a job that need not be chosen, or why there are none."""
        self._do(Deed.LOAD, (job,))

    @property
    def selected_jobs(self) -> tuple[Job, ...]:
        """The jobs of the selected cards, in the list's order."""
        return self._view.selected_jobs()

    def star(self) -> None:
        """S: give the chosen cards a star, or take it back."""
        self._on_deed_wanted(Deed.STAR)

    def reject(self) -> None:
        """X: reject the chosen cards, or take that back."""
        self._on_deed_wanted(Deed.REJECT)

    def toggle_mark(self, job: Job, clip: Clip, mark: Mark) -> None:
        """Give one clip that is looked at this mark, or take it back if it has it.

        ``job`` and ``clip`` may be as they were a while ago.
        """
        self._deeds.marking.toggle_clip(job, clip, mark)

    def resolve(self, job_id: str) -> None:
        """Ask about a job in doubt, listed or not."""
        self._deeds.resolve(job_id)

    def adopt_request(self) -> None:
        """Ask for the id of a request made elsewhere, to fetch its clip."""
        self._deeds.adopt_request()

    def request_checked(self, checked: RequestChecked) -> None:
        """What the provider says to a ``check_wanted``."""
        self._deeds.request_checked(checked)

    def undo(self) -> None:
        """Bring back what was deleted last."""
        self._deeds.deletion.undo()

    def set_price(self, price: Price | None) -> None:
        """What the provider asks now; None for unknown."""
        self._tags.set_price(price)

    def set_theme(self, theme: Theme, icons: Icons) -> None:
        """Show everything in other colours."""
        self._icons = icons
        self._deeds.set_theme(theme, icons)
        self._cards.set_theme(theme, icons)
        self._filters.set_theme(theme, icons)
        self._empty.set_theme(theme, icons)
        self._show_actions()
        self._view.viewport().update()

    def finish_deletions(self) -> None:
        """Throw away what a crash left; only for the profile's holder."""
        self._deeds.deletion.finish_earlier()

    def close_down(self) -> None:
        """Undo lapses now; what is under way is finished by the backgrounds."""
        self._deeds.deletion.lapse_all()
        self._needs.thumbnails.close()

    # ---- slots -----------------------------------------------------------------------------

    def _on_filter_changed(self) -> None:
        self._model.read(self._filters.list_filter)

    def _on_left_downwards(self) -> None:
        if self._model.rowCount():
            self._view.setFocus(Qt.FocusReason.TabFocusReason)
            if not self._view.selected_jobs():
                self._view.choose(self._view.currentIndex())

    def _on_jobs_selected(self) -> None:
        self._show_actions()
        jobs = self._view.selected_jobs()
        if len(jobs) == 1 and jobs[0].id != self._chosen:
            self._tell_chosen(jobs[0], is_asked=self._is_asked and not self._model.is_removing)

    def _on_job_opened(self) -> None:
        jobs = self._view.selected_jobs()
        if len(jobs) == 1:
            self._tell_chosen(jobs[0])
        elif not jobs and self._view.currentIndex().isValid():
            self._view.choose(self._view.currentIndex())

    def _on_deed_wanted(self, deed: Deed) -> None:
        jobs = self._view.selected_jobs()
        if not jobs and deed in (Deed.STAR, Deed.REJECT) and self._told is not None:
            # A clip that its mark has just taken out of the list is still the one on show.
            jobs = (self._told,)
        self._do(deed, jobs)

    def _do(self, deed: Deed, jobs: tuple[Job, ...]) -> None:
        action = self._actions.one(deed, jobs)
        if action.is_enabled:
            action.run()
        else:
            self.notice_raised.emit(Notice(action.hint))

    def _on_glyph_clicked(self, clicked: GlyphClicked) -> None:
        job = self._model.job(clicked.job_id)
        if job is not None:
            self._deeds.carry_out(clicked.deed, (job,))

    def _on_menu_requested(self, position: QPoint) -> None:
        jobs = self._view.selected_jobs()
        if not jobs:
            return
        menu = JobMenu(jobs, self._actions.of(jobs), self._icons, self)
        menu.review_wanted.connect(self.review_wanted)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._view.viewport().mapToGlobal(position))

    def _on_list_read(self) -> None:
        sought, self._sought = self._sought, None
        wanted = sought or self._chosen
        index = self._model.index_of(wanted) if wanted is not None else None
        if index is not None and index.isValid():
            self._view.choose(index)
        elif sought is not None:
            # Too old for the first page; whoever wanted it sees its clip all the same.
            self._show_unlisted(sought)
        self._on_rows_changed()

    def _show_unlisted(self, job_id: str) -> None:
        self._needs.rows.run(partial(self._needs.reader.get, job_id), self._on_unlisted_read)

    def _on_unlisted_read(self, outcome: Outcome[Job]) -> None:
        job = None
        try:
            job = outcome.get()
        except DreaminaError as error:
            self._deeds.complain(error)
        if job is not None and job.deleted is None:
            # Its card is not there to be selected, and no other is what is shown.
            self._view.clearSelection()
            self._tell_chosen(job)
        elif self._chosen is not None and (index := self._model.index_of(self._chosen)).isValid():
            # A note may be older than the deletion: what was chosen is so again.
            self._view.choose(index)

    def _on_rows_changed(self) -> None:
        if self._model.rowCount():
            self._stack.setCurrentWidget(self._view)
        else:
            self._empty.explain(self._model.list_filter)
            self._stack.setCurrentWidget(self._empty)
        self._show_actions()

    def _on_job_seen(self, seen: JobSeen) -> None:
        self._deeds.notice(seen)
        self._times.notice(seen)
        if self._told is not None and self._told.id == seen.job_id:
            self._told = seen.job
        self.job_seen.emit(seen)
        self._restoring.notice(seen)

    def _on_reading_failed(self, failed: ReadingFailed) -> None:
        sentence = self._needs.words.error(failed.error)
        if not self._model.rowCount():
            self._empty.complain(sentence.text, sentence.action)
        self.notice_raised.emit(
            Notice(sentence.text, NoticeTone.BAD, sentence.action, sentence.details)
        )

    def _on_way_out_chosen(self) -> None:
        if self._filters.list_filter == ListFilter():
            self._model.read()
        self._filters.clear()

    def _on_deleted(self, deleted: JobsDeleted) -> None:
        self.deleted.emit(deleted)
        # The eye is on the gap: go on with the card that has moved there.
        index = self._view.currentIndex()
        if index.isValid():
            self._go_on_with([index])
        elif self._chosen in deleted.job_ids:
            self._chosen = self._told = None
            self.nothing_chosen.emit()

    def _go_on_with(self, indexes: list[QModelIndex]) -> None:
        """Select what nobody has asked for."""
        self._is_asked = False
        self._view.choose(*indexes)
        self._is_asked = True

    def _on_job_adopted(self, adopted: JobAdopted) -> None:
        self._model.row_changed(adopted.job_id)
        self.choose(adopted.job_id)

    def _tell_chosen(self, job: Job, *, is_asked: bool = True) -> None:
        self._chosen, self._told = job.id, job
        self._needs.thumbnails.retry(job)
        self.job_chosen.emit(JobChosen(job.id, is_asked))

    def _show_actions(self) -> None:
        self._bar.show_actions(self._actions.of(self._view.selected_jobs()), self._icons)

    def _describe(self, job: Job) -> str:
        return self._words.of(job, self._needs.clock.now(), self._times.estimate(job)).spoken
