"""What only the command line says: its help, and the lines around a job."""

from __future__ import annotations

from dreamina_desktop.words.marking import QT_TRANSLATE_NOOP

PROGRAM = QT_TRANSLATE_NOOP("words", "Turn a picture into a short video clip with Dreamina 3.0.")
EXIT_CODES = QT_TRANSLATE_NOOP(
    "words",
    "Exit codes: 0 the file is there, 2 input refused, 3 key, 4 refused or failed by the "
    "provider, 5 network, 6 interrupted or in doubt: can be resumed.",
)

DATA_DIR = QT_TRANSLATE_NOOP(
    "words", "folder of the profile, instead of this computer's usual place"
)
API_URL = QT_TRANSLATE_NOOP("words", "another address of the API, standing for both of its hosts")
PRACTICE = QT_TRANSLATE_NOOP(
    "words", "practice mode: a profile of its own, no key, no money, nothing sent out"
)
JSON = QT_TRANSLATE_NOOP("words", "print JSON on standard output")

GENERATE = QT_TRANSLATE_NOOP("words", "make a clip from a picture")
CHECK = QT_TRANSLATE_NOOP("words", "say whether and how the model will take a picture")
CHECK_PREPARED = QT_TRANSLATE_NOOP(
    "words", "judge what prepare would make of it, instead of the file as it is"
)
PREPARE = QT_TRANSLATE_NOOP(
    "words", "make a file that the model takes; the picture itself stays as it is"
)
PREPARED_FILE = QT_TRANSLATE_NOOP("words", "the file to write")
MEND = QT_TRANSLATE_NOOP("words", "cure what the model would refuse, as prepare does")
SHAPE = QT_TRANSLATE_NOOP("words", "frame it in one of the model's shapes: {0}")
FILL = QT_TRANSLATE_NOOP(
    "words", "with --shape: crop the picture, or fill bars with blurred edges or a colour"
)
BAR_COLOUR = QT_TRANSLATE_NOOP("words", "colour of the bars, black unless told")
GROUND = QT_TRANSLATE_NOOP("words", "colour behind transparency, white unless told")
JOBS = QT_TRANSLATE_NOOP("words", "list what was made and what is under way")
RESUME = QT_TRANSLATE_NOOP("words", "go on with everything that is not finished")
ADOPT = QT_TRANSLATE_NOOP("words", "follow a request by the id shown under Generations")
RESUBMIT = QT_TRANSLATE_NOOP(
    "words", "send a job in doubt again, after you saw that the provider does not have it"
)
CANCEL = QT_TRANSLATE_NOOP("words", "cancel a job that is not being made yet")
KEY = QT_TRANSLATE_NOOP("words", "keep, check or forget the provider's key")
KEY_SET = QT_TRANSLATE_NOOP(
    "words", "read a key from standard input and keep it in this computer's keyring"
)
KEY_CHECK = QT_TRANSLATE_NOOP("words", "say which key is in use and whether the provider takes it")
KEY_FORGET = QT_TRANSLATE_NOOP("words", "remove the key from the keyring")
DIAGNOSTICS = QT_TRANSLATE_NOOP(
    "words", "show versions, places, keyring, proxy and numbers of jobs; no key, no password"
)
DIAGNOSTICS_CHECK = QT_TRANSLATE_NOOP("words", "also ask the way to the provider; free")
PRACTICE_SERVER = QT_TRANSLATE_NOOP("words", "run the practice server alone, for other clients")

PICTURE = QT_TRANSLATE_NOOP("words", "a JPEG or PNG file")
ANY_PICTURE = QT_TRANSLATE_NOOP("words", "a JPEG, PNG, WebP, TIFF, BMP, GIF, HEIC or AVIF file")
PICTURE_OR_ADDRESS = QT_TRANSLATE_NOOP(
    "words", "a JPEG or PNG file, or its public https:// address"
)
PROMPT = QT_TRANSLATE_NOOP("words", "what shall move, and how")
FRAMES = QT_TRANSLATE_NOOP("words", "length of the clip: {0} frames")
SEED = QT_TRANSLATE_NOOP(
    "words", "the same seed with the same input gives very probably the same clip"
)
TAKES = QT_TRANSLATE_NOOP(
    "words",
    "how many clips to make, 1 to {0}, each a job with its own seed; --seed is the first one's",
)
OUTPUT = QT_TRANSLATE_NOOP("words", "folder for the clip, instead of the usual one")
WAIT = QT_TRANSLATE_NOOP(
    "words", "seconds to go on trying to send when the provider cannot be reached"
)
SEND = QT_TRANSLATE_NOOP("words", "also send clicks that are older than ten minutes")
REQUEST_ID = QT_TRANSLATE_NOOP("words", "the request id")
JOB = QT_TRANSLATE_NOOP("words", "the job's id, or its unambiguous beginning")
YES = QT_TRANSLATE_NOOP("words", "send it without asking once more; it costs money")
ADOPT_JOB = QT_TRANSLATE_NOOP("words", "the job in doubt that the request belongs to")
ADOPT_NEW = QT_TRANSLATE_NOOP("words", "a job of its own, though there is one in doubt")

PRICE = QT_TRANSLATE_NOOP("words", "Price: {0} USD.")
PRICE_UNIT = QT_TRANSLATE_NOOP(
    "words", "Price: {0} USD per {1}; the total is not known beforehand."
)
PRICE_UNKNOWN = QT_TRANSLATE_NOOP("words", "Price unknown.")
SEED_IS = QT_TRANSLATE_NOOP("words", "Seed: {0}")
PLACE_IN_QUEUE = QT_TRANSLATE_NOOP("words", "{0}, place {1}")
ELAPSED = QT_TRANSLATE_NOOP("words", "{0} s")
USUALLY = QT_TRANSLATE_NOOP("words", "{0}, so far {1} to {2} s")
ID_UNSAVED = QT_TRANSLATE_NOOP(
    "words",
    "Job {0} was accepted, but the disk does not take its id yet. Note it down: {1} "
    "(dreamina-desktop adopt finds the clip by it).",
)
ANSWERS_AGAIN = QT_TRANSLATE_NOOP("words", "The provider answers again.")
CLIP_IS_AT = QT_TRANSLATE_NOOP("words", "The clip is at: {0}")
PRACTICE_NOTE = QT_TRANSLATE_NOOP(
    "words", "Practice mode: no key, no money, nothing leaves this computer."
)
GO_ON = QT_TRANSLATE_NOOP("words", "Job {0} is kept. Go on with: {1}")
SEND_WAITING = QT_TRANSLATE_NOOP(
    "words", "{0} jobs wait for your word to be sent. Total price: {1}. Send: {2}"
)
SEND_WAITING_ONE = QT_TRANSLATE_NOOP(
    "words", "1 job waits for your word to be sent. Price: {0}. Send: {1}"
)
AMOUNT_UNKNOWN = QT_TRANSLATE_NOOP("words", "unknown")
AMOUNT = QT_TRANSLATE_NOOP("words", "{0} USD")
IN_DOUBT = QT_TRANSLATE_NOOP("words", "Job {0} is in doubt. If it is there: {1}  If it is not: {2}")
AGAIN_COSTS = QT_TRANSLATE_NOOP(
    "words",
    "Sending job {0} once more costs: {1}. If the first request did arrive, you pay twice.",
)
SEND_AGAIN = QT_TRANSLATE_NOOP("words", "It is not there: send it again? [y/N] ")
SAY_YES = QT_TRANSLATE_NOOP(
    "words", "Nothing was sent, since nobody can be asked here. Send it again: {0}"
)
NOTHING_SENT = QT_TRANSLATE_NOOP("words", "Nothing was sent; job {0} is still in doubt.")
CANCELLED = QT_TRANSLATE_NOOP("words", "Job {0} is cancelled.")
TOO_LATE = QT_TRANSLATE_NOOP(
    "words", "Too late for job {0}: it is already being made and will arrive."
)
CANNOT_CANCEL_DOUBT = QT_TRANSLATE_NOOP("words", "Job {0} is in doubt; resolve it first.")
ALREADY_OVER = QT_TRANSLATE_NOOP("words", "Job {0} is over: {1}.")
ADOPTED_AS = QT_TRANSLATE_NOOP("words", "Taken as the answer to job {0}, the one in doubt.")
WHICH_IN_DOUBT = QT_TRANSLATE_NOOP(
    "words", "Several jobs are in doubt. Say which with --job, or --new: {0}"
)
NOTHING_TO_RESUME = QT_TRANSLATE_NOOP("words", "Nothing to go on with.")
NO_JOBS = QT_TRANSLATE_NOOP("words", "No jobs yet.")
OTHER_API = QT_TRANSLATE_NOOP(
    "words", "{0} unfinished jobs belong to another API and were left alone."
)

ENTER_KEY = QT_TRANSLATE_NOOP("words", "Key (not shown): ")
KEY_EMPTY = QT_TRANSLATE_NOOP("words", "No key was given.")
KEY_KEPT = QT_TRANSLATE_NOOP("words", "The key is kept in the keyring.")
KEY_FORGOTTEN = QT_TRANSLATE_NOOP("words", "The key is forgotten.")
KEY_SOURCE_ENVIRONMENT = QT_TRANSLATE_NOOP(
    "words", "The key comes from the environment variable {0}."
)
KEY_SOURCE_KEYRING = QT_TRANSLATE_NOOP("words", "The key comes from the keyring.")
KEY_GOOD = QT_TRANSLATE_NOOP("words", "The provider takes it.")

CHECK_FACTS = QT_TRANSLATE_NOOP("words", "{0} {1} × {2} pixels, {3} bytes")
CHECK_SHAPE = QT_TRANSLATE_NOOP(
    "words", "Expected clip: {0}, {1} × {2} pixels; {3} % of the picture is cut off."
)
WRITTEN = QT_TRANSLATE_NOOP("words", "Written: {0}")
OTHER_SUFFIX = QT_TRANSLATE_NOOP(
    "words", "It is a {0} file; other programs expect its name to end in {1}."
)
SENDABLE = QT_TRANSLATE_NOOP("words", "It can be sent.")
NOT_SENDABLE = QT_TRANSLATE_NOOP("words", "It cannot be sent.")
MEASURED = QT_TRANSLATE_NOOP("words", "({0}; limit {1})")

NO_WINDOW = QT_TRANSLATE_NOOP(
    "words",
    "No window can be shown here: there is no display, or libraries that Qt needs are missing. "
    "The command line works without: dreamina-desktop --help",
)
OPENS_WINDOW = QT_TRANSLATE_NOOP(
    "words", "Without a command the window opens, with that picture and prompt if they are given."
)
