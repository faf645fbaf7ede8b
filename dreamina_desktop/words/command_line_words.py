"""What only the command line says: its help, and the lines around a job."""

from __future__ import annotations

from dreamina_desktop.words.marking import QT_TRANSLATE_NOOP as MARK

PROGRAM = MARK("words", "Turn a picture into a short video clip with Dreamina 3.0.")
EXIT_CODES = MARK(
    "words",
    "Exit codes: 0 the file is there, 2 input refused, 3 key, 4 refused or failed by the "
    "provider, 5 network, 6 interrupted or in doubt: can be resumed.",
)

DATA_DIR = MARK("words", "folder of the profile, instead of this computer's usual place")
API_URL = MARK("words", "another address of the API, standing for both of its hosts")
PRACTICE = MARK("words", "practice mode: a profile of its own, no key, no money, nothing sent out")
JSON = MARK("words", "print JSON on standard output")

GENERATE = MARK("words", "make a clip from a picture")
CHECK = MARK("words", "say whether and how the model will take a picture")
JOBS = MARK("words", "list what was made and what is under way")
RESUME = MARK("words", "go on with everything that is not finished")
ADOPT = MARK("words", "follow a request by the id shown under Generations")
RESEND = MARK(
    "words", "send a job in doubt again, after you saw that the provider does not have it"
)
CANCEL = MARK("words", "cancel a job that is not being made yet")
KEY = MARK("words", "keep, check or forget the provider's key")
KEY_SET = MARK("words", "read a key from standard input and keep it in this computer's keyring")
KEY_CHECK = MARK("words", "say which key is in use and whether the provider takes it")
KEY_FORGET = MARK("words", "remove the key from the keyring")
PRACTICE_SERVER = MARK("words", "run the practice server alone, for other clients")

PICTURE = MARK("words", "a JPEG or PNG file")
PICTURE_OR_ADDRESS = MARK("words", "a JPEG or PNG file, or its public https:// address")
PROMPT = MARK("words", "what shall move, and how")
FRAMES = MARK("words", "length of the clip: {0} frames")
SEED = MARK("words", "the same seed with the same input gives very probably the same clip")
OUTPUT = MARK("words", "folder for the clip, instead of the usual one")
WAIT = MARK("words", "seconds to go on trying to send when the provider cannot be reached")
SEND = MARK("words", "also send clicks that are older than ten minutes")
REQUEST_ID = MARK("words", "the request id")
JOB = MARK("words", "the job's id, or its unambiguous beginning")
ADOPT_JOB = MARK("words", "the job in doubt that the request belongs to")
ADOPT_NEW = MARK("words", "a job of its own, though there is one in doubt")

PRICE = MARK("words", "Price: {0} USD.")
PRICE_UNIT = MARK("words", "Price: {0} USD per {1}; the total is not known beforehand.")
PRICE_UNKNOWN = MARK("words", "Price unknown.")
SEED_IS = MARK("words", "Seed: {0}")
PLACE_IN_QUEUE = MARK("words", "{0}, place {1}")
ELAPSED = MARK("words", "{0} s")
USUALLY = MARK("words", "{0}, so far {1} to {2} s")
ID_UNSAVED = MARK(
    "words",
    "Job {0} was accepted, but the disk does not take its id yet. Note it down: {1} "
    "(dreamina-desktop adopt finds the clip by it).",
)
ANSWERS_AGAIN = MARK("words", "The provider answers again.")
CLIP_IS_AT = MARK("words", "The clip is at: {0}")
PRACTICE_NOTE = MARK("words", "Practice mode: no key, no money, nothing leaves this computer.")
GO_ON = MARK("words", "Job {0} is kept. Go on with: {1}")
SEND_WAITING = MARK("words", "{0} jobs wait for your word to be sent. Total price: {1}. Send: {2}")
SEND_WAITING_ONE = MARK("words", "1 job waits for your word to be sent. Price: {0}. Send: {1}")
AMOUNT_UNKNOWN = MARK("words", "unknown")
AMOUNT = MARK("words", "{0} USD")
IN_DOUBT = MARK("words", "Job {0} is in doubt. If it is there: {1}  If it is not: {2}")
CANCELLED = MARK("words", "Job {0} is cancelled.")
TOO_LATE = MARK("words", "Too late for job {0}: it is already being made and will arrive.")
CANNOT_CANCEL_DOUBT = MARK("words", "Job {0} is in doubt; resolve it first.")
ALREADY_OVER = MARK("words", "Job {0} is over: {1}.")
ADOPTED_AS = MARK("words", "Taken as the answer to job {0}, the one in doubt.")
WHICH_IN_DOUBT = MARK("words", "Several jobs are in doubt. Say which with --job, or --new: {0}")
NOTHING_TO_RESUME = MARK("words", "Nothing to go on with.")
NO_JOBS = MARK("words", "No jobs yet.")
OTHER_API = MARK("words", "{0} unfinished jobs belong to another API and were left alone.")

ENTER_KEY = MARK("words", "Key (not shown): ")
KEY_EMPTY = MARK("words", "No key was given.")
KEY_KEPT = MARK("words", "The key is kept in the keyring.")
KEY_FORGOTTEN = MARK("words", "The key is forgotten.")
KEY_SOURCE_ENVIRONMENT = MARK("words", "The key comes from the environment variable {0}.")
KEY_SOURCE_KEYRING = MARK("words", "The key comes from the keyring.")
KEY_GOOD = MARK("words", "The provider takes it.")

CHECK_FACTS = MARK("words", "{0} {1} × {2} pixels, {3} bytes")
CHECK_SHAPE = MARK(
    "words", "Expected clip: {0}, {1} × {2} pixels; {3} % of the picture is cut off."
)
VERDICT_LINE = MARK("words", "{0}: {1} {2}")
SENDABLE = MARK("words", "It can be sent.")
NOT_SENDABLE = MARK("words", "It cannot be sent.")
MEASURED = MARK("words", "({0}; limit {1})")

NO_WINDOW = MARK(
    "words",
    "No window can be shown here: there is no display, or libraries that Qt needs are missing. "
    "The command line works without: dreamina-desktop --help",
)
OPENS_WINDOW = MARK(
    "words", "Without a command the window opens, with that picture and prompt if they are given."
)
