"""WORDS: codes of errors, verdicts and states → sentences for people.

Every sentence is a literal marked for translation and filled in afterwards; the translator is
handed in. Knows ``core`` and no Qt, so that the window and the command line share it.
"""

from dreamina_desktop.words.phrasebook import Phrasebook, Sentence, untranslated

__all__ = ["Phrasebook", "Sentence", "untranslated"]
