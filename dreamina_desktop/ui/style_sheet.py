"""The one style sheet. A widget chooses its look by the property ``look``, never by colours.

window
├── pane             look="pane"      the three panes
│   ├── heading      look="heading"   small muted title of a group
│   ├── hint         look="hint"      muted secondary text
│   └── card         look="card"      raised box
├── stage            look="stage"     where pictures and clips stand
├── grid             look="grid"      a list view whose slim scroll bar stands in the margin
├── buttons          (plain) · look="primary" · look="quiet" (icon only, no ground)
│                    look="segment" (one of a row, checkable) · look="link" (an action in a text)
│                    look="fold" (opens what is below) · look="over" (small, on a picture)
│                    look="toggle" (icon only; the icon itself says whether it is on)
├── slider           look="amount"    how much of something: opacity, gain
├── rows             look="slim"      what scrolls only where there is little room
├── popup            look="popup"     a list that completes what is typed, on a ground of its own
├── facts            look="facts"     text to read and select, on the pane's own ground
├── banner           look="banner"    practice mode
└── notice           look="notice"    tone="bad" | "warning" | "info"
"""

from __future__ import annotations

from dreamina_desktop.ui.theme import GAP, RADIUS, TIGHT, Theme


def style_sheet(theme: Theme) -> str:
    """The style sheet of a theme."""
    t = theme
    return f"""
QWidget {{ color: {t.text}; }}
QMainWindow, QDialog {{ background: {t.window}; }}
QToolTip {{
    background: {t.raised}; color: {t.text}; border: 1px solid {t.line}; padding: {TIGHT}px;
}}

*[look="pane"] {{ background: {t.pane}; border-radius: {RADIUS + 2}px; }}
*[look="card"] {{ background: {t.raised}; border-radius: {RADIUS}px; }}
*[look="stage"] {{ background: {t.sunken}; border-radius: {RADIUS}px; }}
QLabel[look="heading"] {{ color: {t.muted}; font-weight: 600; }}
QLabel[look="hint"] {{ color: {t.muted}; }}
QLabel[look="key"] {{
    background: {t.raised}; border: 1px solid {t.line}; border-radius: {TIGHT}px;
    padding: 1px {TIGHT + 2}px; font-weight: 600;
}}
QLabel[tone="good"] {{ color: {t.good}; }}
QLabel[tone="warning"] {{ color: {t.warning}; }}
QLabel[tone="bad"] {{ color: {t.bad}; }}

QPushButton, QToolButton {{
    background: {t.raised}; border: 1px solid {t.line}; border-radius: {RADIUS}px;
    padding: {TIGHT + 1}px {GAP + 4}px; min-height: 20px; outline: none;
}}
QToolButton {{ padding: {TIGHT + 1}px; }}
QPushButton:hover, QToolButton:hover {{ background: {t.hover}; }}
QPushButton:pressed, QToolButton:pressed {{ background: {t.line}; }}
QPushButton:focus, QToolButton:focus {{ border: 2px solid {t.accent}; padding: {TIGHT}px {GAP + 3}px; }}
QToolButton:focus {{ padding: {TIGHT}px; }}
QPushButton:disabled, QToolButton:disabled {{ color: {t.disabled}; background: {t.pane}; }}
QPushButton#fixImageButton {{ padding: 2px {GAP}px; }}
QPushButton#fixImageButton:focus {{ padding: 1px {GAP - 1}px; }}
QPushButton[look="primary"] {{
    background: {t.accent}; color: {t.on_accent}; border: 2px solid {t.accent};
    font-weight: 600; padding: {TIGHT}px {GAP + 3}px;
}}
QPushButton#generateButton {{ padding: {GAP}px {GAP * 2}px; min-height: 24px; }}
QPushButton[look="primary"]:hover {{ background: {t.accent_hover}; border-color: {t.accent_hover}; }}
QPushButton[look="primary"]:focus {{ border: 2px solid {t.text}; }}
QPushButton#generateButton:focus {{ padding: {GAP}px {GAP * 2}px; }}
QPushButton[look="primary"]:disabled {{
    background: {t.raised}; color: {t.disabled}; border-color: {t.line};
}}
QPushButton[look="quiet"], QToolButton[look="quiet"] {{ background: transparent; border-color: transparent; }}
QPushButton[look="quiet"]:hover, QToolButton[look="quiet"]:hover {{ background: {t.hover}; }}
QPushButton[look="quiet"]:focus, QToolButton[look="quiet"]:focus {{ border: 2px solid {t.accent}; }}
QToolButton[look="switch"] {{ background: transparent; border-color: transparent; padding: 1px; }}
QToolButton[look="switch"]:hover {{ background: {t.hover}; }}
QToolButton[look="switch"]:focus {{ border: 2px solid {t.accent}; padding: 0; }}
QToolButton[look="switch"]:checked {{ background: {t.raised}; }}
QToolButton[look="quiet"]:checked {{ background: {t.selection}; }}
QToolButton[look="toggle"], QToolButton[look="toggle"]:checked {{ background: transparent; border-color: transparent; }}
QToolButton[look="toggle"]:hover {{ background: {t.hover}; }}
QToolButton[look="toggle"]:focus {{ border: 2px solid {t.accent}; }}
QPushButton[look="segment"] {{ border-radius: {RADIUS}px; padding: {TIGHT + 1}px {TIGHT}px; }}
QPushButton[look="segment"]:focus {{ padding: {TIGHT}px {TIGHT - 1}px; }}
/* Never lower than its outline and its letters need. */
ShapeButton {{ min-height: 25px; }}
QPushButton[look="link"] {{
    background: transparent; border: 2px solid transparent; color: {t.accent};
    padding: 0 {TIGHT - 2}px; min-height: 0;
}}
QPushButton[look="link"]:hover {{ text-decoration: underline; }}
QPushButton[look="link"]:focus {{ border-color: {t.accent}; padding: 0 {TIGHT - 2}px; }}
QToolButton[look="fold"] {{
    background: transparent; border: 2px solid transparent; color: {t.muted}; padding: 0; min-height: 18px;
}}
QToolButton[look="fold"]:hover {{ color: {t.text}; }}
QToolButton[look="fold"]:focus {{ border-color: {t.accent}; padding: 0; }}
QToolButton[look="over"] {{ padding: 2px; min-height: 18px; }}
QToolButton[look="over"]:focus {{ padding: 1px; }}
QToolButton::menu-indicator {{ image: none; width: 0; }}
QPushButton[look="segment"]:checked {{
    background: {t.selection}; border-color: {t.accent}; font-weight: 600;
}}

QRadioButton {{ spacing: {GAP}px; padding: 2px; border: 2px solid transparent; border-radius: {TIGHT}px; }}
QRadioButton:focus {{ border-color: {t.accent}; }}
QRadioButton::indicator {{
    width: 12px; height: 12px; border: 2px solid {t.muted}; border-radius: 8px; background: {t.field};
}}
QRadioButton::indicator:checked {{
    width: 6px; height: 6px; border: 5px solid {t.accent}; background: {t.on_accent};
}}

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QComboBox {{
    background: {t.field}; border: 1px solid {t.line}; border-radius: {RADIUS}px;
    padding: {TIGHT + 1}px {GAP}px; selection-background-color: {t.accent};
    placeholder-text-color: {t.muted};
    selection-color: {t.on_accent};
}}
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QComboBox:focus {{
    border: 2px solid {t.accent}; padding: {TIGHT}px {GAP - 1}px;
}}
/* As high as the buttons beside them. */
QLineEdit, QComboBox {{ min-height: 20px; }}
QSpinBox QLineEdit, QComboBox QLineEdit {{ min-height: 0; }}
/* Arrow keys and the wheel do what these would. */
QSpinBox::up-button, QSpinBox::down-button {{ width: 0; border: none; }}
QSpinBox:disabled {{ color: {t.disabled}; }}
QSlider[look="amount"] {{ min-height: 20px; }}
QSlider[look="amount"]::groove:horizontal {{ height: 4px; background: {t.line}; border-radius: 2px; }}
QSlider[look="amount"]::sub-page:horizontal {{ background: {t.accent}; border-radius: 2px; }}
QSlider[look="amount"]::handle:horizontal {{
    background: {t.text}; width: 12px; margin: -4px 0; border-radius: 6px;
}}
QSlider[look="amount"]::handle:horizontal:focus {{ background: {t.accent}; }}
QTextEdit[look="facts"] {{ background: transparent; border: 2px solid transparent; padding: 0 {TIGHT}px; }}
QTextEdit[look="facts"]:focus {{ border: 2px solid {t.accent}; }}
QLineEdit:disabled, QPlainTextEdit:disabled {{ color: {t.disabled}; }}
/* A plain list below: the other kind hides its first rows behind an arrow. */
QComboBox {{ combobox-popup: 0; }}
QComboBox::drop-down {{ border: none; width: 20px; }}
QComboBox QAbstractItemView {{
    background: {t.raised}; border: 1px solid {t.line}; selection-background-color: {t.selection};
    selection-color: {t.text};
}}

QComboBox QAbstractItemView::item {{ min-height: {GAP * 3}px; padding: 0 {TIGHT}px; }}
QComboBox QAbstractItemView::item:selected {{ background: {t.selection}; color: {t.text}; }}
QAbstractItemView {{ background: transparent; border: none; outline: none; }}
QAbstractItemView[look="popup"] {{
    background: {t.raised}; border: 1px solid {t.line};
    selection-background-color: {t.selection}; selection-color: {t.text};
}}
QDialogButtonBox {{ dialogbuttonbox-buttons-have-icons: 0; }}
QFileDialog QAbstractItemView {{ selection-background-color: {t.selection}; selection-color: {t.text}; }}
QHeaderView::section {{
    background: {t.raised}; color: {t.text}; border: none; border-bottom: 1px solid {t.line};
    padding: {TIGHT}px;
}}
QLineEdit QToolButton {{ background: transparent; border: none; padding: 0; min-height: 0; }}
QSplitter::handle {{ background: {t.window}; }}
QSplitter::handle:hover {{ background: {t.line}; }}
QStatusBar {{ background: {t.window}; color: {t.muted}; }}
QStatusBar::item {{ border: none; }}
QStatusBar QLabel {{ color: {t.muted}; }}

QMenu {{ background: {t.raised}; border: 1px solid {t.line}; padding: {TIGHT}px; }}
QMenu::item {{ padding: {TIGHT + 2}px {GAP * 3}px {TIGHT + 2}px {GAP * 2}px; border-radius: {TIGHT}px; }}
QMenu#recentImagesMenu {{ icon-size: 32px; }}
/* An entry with an icon has no tick: what is on has a frame around it. */
QMenu::icon:checked {{
    background: {t.field}; border: 1px solid {t.accent}; border-radius: {TIGHT}px;
}}
QMenu::item:selected {{ background: {t.selection}; }}
QMenu::item:disabled {{ color: {t.disabled}; }}
QMenu::separator {{ height: 1px; background: {t.line}; margin: {TIGHT}px {GAP}px; }}
QMenuBar {{ background: {t.window}; color: {t.text}; }}
QMenuBar::item:selected {{ background: {t.hover}; border-radius: {TIGHT}px; }}

QScrollBar:vertical {{ background: transparent; width: 12px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 12px; margin: 0; }}
QScrollBar::handle {{ background: {t.line}; border-radius: 4px; margin: 2px; min-height: 24px; min-width: 24px; }}
QScrollBar::handle:hover {{ background: {t.disabled}; }}
*[look="grid"] QScrollBar:vertical, *[look="slim"] QScrollBar:vertical {{ width: 7px; }}
*[look="grid"] QScrollBar::handle, *[look="slim"] QScrollBar::handle {{ border-radius: 3px; margin: 1px; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}

QFrame[look="banner"] {{ background: {t.selection}; border-radius: {RADIUS}px; }}
QFrame[look="banner"] QPushButton {{
    background: transparent; border: 2px solid transparent; padding: 0 {TIGHT}px;
    text-decoration: underline;
}}
QFrame[look="banner"] QPushButton:hover {{ background: {t.hover}; }}
QFrame[look="banner"] QPushButton:focus {{ border-color: {t.accent}; }}
QFrame[look="notice"] {{ background: {t.raised}; border-radius: {RADIUS}px; border: 1px solid {t.line}; }}
QFrame[look="notice"][tone="bad"] {{ border-color: {t.bad}; }}
QFrame[look="notice"][tone="warning"] {{ border-color: {t.warning}; }}
"""
