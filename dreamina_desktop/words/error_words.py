"""One sentence and one action for each error code."""

from __future__ import annotations

from dreamina_desktop.words.marking import QT_TRANSLATE_NOOP as MARK

# code: (what happened, what to do about it)
ERROR_WORDS: dict[str, tuple[str, str]] = {
    "input_refused": (
        MARK("words", "The model will not take this."),
        MARK("words", "Change what is marked as refused."),
    ),
    "picture_missing": (
        MARK("words", "The picture cannot be read: it is not there, or may not be opened."),
        MARK("words", "Choose the picture again."),
    ),
    "output_folder": (
        MARK("words", "The folder for the clip cannot be written to."),
        MARK("words", "Choose another folder; nothing was sent."),
    ),
    "api_address": (
        MARK("words", "The API's address must be https://HOST, or http:// on this computer."),
        MARK("words", "Leave it out for the provider's own."),
    ),
    "not_sent": (
        MARK("words", "The provider cannot be reached; nothing was sent."),
        MARK("words", "Check the connection; the request is kept and can be sent later."),
    ),
    "answer_lost": (
        MARK(
            "words",
            "The answer to the request was lost: it may be running, and may be charged. "
            "It is not sent again.",
        ),
        MARK("words", "Look under Generations on the provider's page and enter the request id."),
    ),
    "interrupted_submit": (
        MARK(
            "words",
            "The program ended while the request was being sent: it may be running, and may be "
            "charged. It is not sent again.",
        ),
        MARK("words", "Look under Generations on the provider's page and enter the request id."),
    ),
    "answer_unreadable": (
        MARK("words", "What came back is no answer of the provider; something is in between."),
        MARK("words", "Check whether this network asks you to log in."),
    ),
    "provider_trouble": (
        MARK("words", "The provider has trouble of its own."),
        MARK("words", "Wait a little; what is running is asked for again."),
    ),
    "too_fast": (
        MARK("words", "The provider asks to slow down; nothing was lost."),
        MARK("words", "Wait; it goes on when the provider allows it."),
    ),
    "key_refused": (
        MARK("words", "The provider refused the key."),
        MARK("words", "Set a valid key, then go on with what was kept."),
    ),
    "key_missing": (
        MARK("words", "There is no key yet."),
        MARK("words", "Set a key, or try practice mode, which needs none."),
    ),
    "keyring_unusable": (
        MARK("words", "This computer's keyring cannot be used to keep the key safely."),
        MARK("words", "Unlock the keyring, or hand the key over in RUNCOMFY_API_TOKEN."),
    ),
    "no_balance": (
        MARK("words", "The account has no balance left; nothing was charged."),
        MARK("words", "Add balance on the provider's page, then go on with what was kept."),
    ),
    "not_yours": (
        MARK("words", "That request belongs to another account."),
        MARK("words", "Check the request id, and which account the key belongs to."),
    ),
    "no_such_request": (
        MARK("words", "The provider knows no such request: it was deleted, or has expired."),
        MARK("words", "Check the request id under Generations on the provider's page."),
    ),
    "id_unproved": (
        MARK("words", "The provider is being asked whether this is the request."),
        MARK("words", "Wait a moment; nothing is sent."),
    ),
    "no_such_model": (
        MARK("words", "The provider does not offer this model any more."),
        MARK("words", "Look for a newer version of this program."),
    ),
    "provider_refused": (
        MARK("words", "The provider refused the request."),
        MARK("words", "Change what its message names, and try again."),
    ),
    "provider_failed": (
        MARK("words", "The provider could not make the clip."),
        MARK("words", "Try again, perhaps with another prompt or seed."),
    ),
    "maker_refused_picture": (
        MARK("words", "The model's safety check refused the picture."),
        MARK("words", "Try another picture."),
    ),
    "maker_refused_prompt": (
        MARK("words", "The model's safety check refused the prompt."),
        MARK("words", "Write the prompt differently."),
    ),
    "maker_refused_output": (
        MARK("words", "The model's safety check refused the clip it made."),
        MARK("words", "Try again, perhaps with another seed."),
    ),
    "maker_busy": (
        MARK("words", "The model was too busy to make the clip."),
        MARK("words", "Try again later."),
    ),
    "maker_internal": (
        MARK("words", "The model failed while making the clip."),
        MARK("words", "Try again."),
    ),
    "empty_output": (
        MARK("words", "The provider says that it is done, but has not given a clip yet."),
        MARK("words", "Ask for the result again."),
    ),
    "download_failed": (
        MARK("words", "The clip is made, but could not be downloaded yet."),
        MARK("words", "It is tried again; nothing is charged for that."),
    ),
    "address_expired": (
        MARK("words", "The clip's address has expired."),
        MARK("words", "Ask for the result again; nothing is charged for that."),
    ),
    "address_refused": (
        MARK("words", "The clip's address is not a public HTTPS one and is not followed."),
        MARK("words", "Look the request up under Generations on the provider's page."),
    ),
    "clip_broken": (
        MARK("words", "What was downloaded is not a whole clip."),
        MARK("words", "Ask for the result again; nothing is charged for that."),
    ),
    "too_large": (
        MARK("words", "The download is larger than any clip of this model."),
        MARK("words", "Look the request up under Generations on the provider's page."),
    ),
    "disk": (
        MARK("words", "The disk is full, or may not be written to."),
        MARK("words", "Free some space or choose another folder; it goes on by itself."),
    ),
    "profile_busy": (
        MARK("words", "Another window or command is working with this profile."),
        MARK("words", "Wait for it to end."),
    ),
    "profile_too_new": (
        MARK("words", "This profile was written by a newer version of the program."),
        MARK("words", "Use the newer version."),
    ),
    "no_such_job": (
        MARK("words", "There is no such job."),
        MARK("words", "List them with: dreamina-desktop jobs"),
    ),
    "already_followed": (
        MARK("words", "Another job follows that request already."),
        MARK("words", "Look at it: dreamina-desktop jobs"),
    ),
    "cancel_refused": (
        MARK("words", "The provider did not cancel it."),
        MARK("words", "It goes on; what becomes of it is told."),
    ),
    "state_changed": (
        MARK("words", "The job has moved on in the meantime."),
        MARK("words", "Look at it again: dreamina-desktop jobs"),
    ),
    "practice_unavailable": (
        MARK("words", "The practice server could not be started."),
        MARK("words", "Try again; the details say what was in the way."),
    ),
}

UNFORESEEN = (
    MARK("words", "Something went wrong that this program did not foresee."),
    MARK("words", "The crash log says what; nothing that was made is lost."),
)
