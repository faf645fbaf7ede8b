"""One sentence and one action for each error code."""

from __future__ import annotations

from dreamina_desktop.words.marking import QT_TRANSLATE_NOOP

# code: (what happened, what to do about it)
ERROR_WORDS: dict[str, tuple[str, str]] = {
    "input_refused": (
        QT_TRANSLATE_NOOP("words", "The model will not take this."),
        QT_TRANSLATE_NOOP("words", "Change what is marked as refused."),
    ),
    "picture_missing": (
        QT_TRANSLATE_NOOP(
            "words", "The picture cannot be read: it is not there, or may not be opened."
        ),
        QT_TRANSLATE_NOOP("words", "Choose the picture again."),
    ),
    "output_folder": (
        QT_TRANSLATE_NOOP("words", "The folder for the clip cannot be written to: {0}"),
        QT_TRANSLATE_NOOP(
            "words", "Choose another folder, or bring this one back; nothing was sent."
        ),
    ),
    "output_file": (
        QT_TRANSLATE_NOOP("words", "The file cannot be written: {0}"),
        QT_TRANSLATE_NOOP("words", "Choose another folder or name."),
    ),
    "over_original": (
        QT_TRANSLATE_NOOP("words", "That is the picture itself, which is never touched: {0}"),
        QT_TRANSLATE_NOOP("words", "Choose another name."),
    ),
    "folder_missing": (
        QT_TRANSLATE_NOOP("words", "The clip is made and kept, but its folder is gone: {0}"),
        QT_TRANSLATE_NOOP(
            "words", "Connect the drive or make the folder anew; it goes on by itself."
        ),
    ),
    "folder_refused": (
        QT_TRANSLATE_NOOP(
            "words", "The clip is made and kept, but its folder may not be written to: {0}"
        ),
        QT_TRANSLATE_NOOP("words", "Make the folder writable; it goes on by itself."),
    ),
    "folder_full": (
        QT_TRANSLATE_NOOP(
            "words", "The clip is made and kept, but there is no room for it in its folder: {0}"
        ),
        QT_TRANSLATE_NOOP("words", "Free some space there; it goes on by itself."),
    ),
    "api_address": (
        QT_TRANSLATE_NOOP(
            "words", "The API's address must be https://HOST, or http:// on this computer."
        ),
        QT_TRANSLATE_NOOP("words", "Leave it out for the provider's own."),
    ),
    "not_sent": (
        QT_TRANSLATE_NOOP("words", "The provider cannot be reached."),
        QT_TRANSLATE_NOOP("words", "Check the connection; everything is kept, nothing is lost."),
    ),
    "offline": (
        QT_TRANSLATE_NOOP("words", "This computer is not connected to the network."),
        QT_TRANSLATE_NOOP("words", "Connect it; everything is kept, nothing is lost."),
    ),
    "name_not_found": (
        QT_TRANSLATE_NOOP(
            "words", "The provider's name cannot be looked up: offline, or the DNS is in trouble."
        ),
        QT_TRANSLATE_NOOP(
            "words", "Check the connection and any VPN; everything is kept, nothing is lost."
        ),
    ),
    "connect_time_out": (
        QT_TRANSLATE_NOOP(
            "words",
            "No connection to the provider came about in time: the network lets nothing by.",
        ),
        QT_TRANSLATE_NOOP(
            "words", "Check the connection and any firewall; everything is kept, nothing is lost."
        ),
    ),
    "tls_failed": (
        QT_TRANSLATE_NOOP(
            "words",
            "No secure connection came about: something between here and the provider breaks it.",
        ),
        QT_TRANSLATE_NOOP(
            "words", "Check whether this network asks you to log in; the key was not shown to it."
        ),
    ),
    "certificate_refused": (
        QT_TRANSLATE_NOOP(
            "words",
            "What answers cannot prove that it is the provider: its certificate is not valid here.",
        ),
        QT_TRANSLATE_NOOP(
            "words",
            "Check this computer's date, and whether this network asks you to log in; the key was "
            "not shown to it.",
        ),
    ),
    "proxy_trouble": (
        QT_TRANSLATE_NOOP("words", "The network's proxy does not let the program through."),
        QT_TRANSLATE_NOOP(
            "words",
            "Check the proxy in the system's settings; everything is kept, nothing is lost.",
        ),
    ),
    "proxy_login": (
        QT_TRANSLATE_NOOP("words", "The network's proxy asks for a name and a password."),
        QT_TRANSLATE_NOOP(
            "words", "Put them into the proxy's address: HTTPS_PROXY=http://NAME:PASSWORD@HOST:PORT"
        ),
    ),
    "answer_lost": (
        QT_TRANSLATE_NOOP(
            "words",
            "The answer to the request was lost: it may be running, and may be charged. "
            "It is not sent again.",
        ),
        QT_TRANSLATE_NOOP(
            "words", "Look under Generations on the provider's page and enter the request id."
        ),
    ),
    "interrupted_submit": (
        QT_TRANSLATE_NOOP(
            "words",
            "The program ended while the request was being sent: it may be running, and may be "
            "charged. It is not sent again.",
        ),
        QT_TRANSLATE_NOOP(
            "words", "Look under Generations on the provider's page and enter the request id."
        ),
    ),
    "submit_uncertain": (
        QT_TRANSLATE_NOOP(
            "words",
            "The program lost track of whether the request was sent: it may be running, and may "
            "be charged. It is not sent again.",
        ),
        QT_TRANSLATE_NOOP(
            "words", "Look under Generations on the provider's page and enter the request id."
        ),
    ),
    "answer_late": (
        QT_TRANSLATE_NOOP("words", "The provider did not answer in time."),
        QT_TRANSLATE_NOOP("words", "It is asked again; everything is kept, nothing is lost."),
    ),
    "connection_lost": (
        QT_TRANSLATE_NOOP("words", "The connection broke before the provider's answer was here."),
        QT_TRANSLATE_NOOP("words", "It is asked again; everything is kept, nothing is lost."),
    ),
    "portal_page": (
        QT_TRANSLATE_NOOP("words", "This network shows a page of its own in the provider's place."),
        QT_TRANSLATE_NOOP("words", "Open a web page: it may ask you to log in."),
    ),
    "answer_unreadable": (
        QT_TRANSLATE_NOOP(
            "words", "What came back is no answer of the provider; something is in between."
        ),
        QT_TRANSLATE_NOOP("words", "Check whether this network asks you to log in."),
    ),
    "provider_trouble": (
        QT_TRANSLATE_NOOP("words", "The provider has trouble of its own."),
        QT_TRANSLATE_NOOP("words", "Wait a little; what is running is asked for again."),
    ),
    "too_fast": (
        QT_TRANSLATE_NOOP("words", "The provider asks to slow down; nothing was lost."),
        QT_TRANSLATE_NOOP("words", "Wait; it goes on when the provider allows it."),
    ),
    "key_refused": (
        QT_TRANSLATE_NOOP("words", "The provider refused the key."),
        QT_TRANSLATE_NOOP("words", "Set a valid key, then go on with what was kept."),
    ),
    "key_missing": (
        QT_TRANSLATE_NOOP("words", "There is no key yet."),
        QT_TRANSLATE_NOOP("words", "Set a key, or try practice mode, which needs none."),
    ),
    "keyring_unusable": (
        QT_TRANSLATE_NOOP(
            "words", "This computer's keyring cannot be used to keep the key safely."
        ),
        QT_TRANSLATE_NOOP(
            "words", "Unlock the keyring, or hand the key over in RUNCOMFY_API_TOKEN."
        ),
    ),
    "no_balance": (
        QT_TRANSLATE_NOOP("words", "The account has no balance left; nothing was charged."),
        QT_TRANSLATE_NOOP(
            "words", "Add balance on the provider's page, then go on with what was kept."
        ),
    ),
    "not_yours": (
        QT_TRANSLATE_NOOP("words", "That request belongs to another account."),
        QT_TRANSLATE_NOOP("words", "Check the request id, and which account the key belongs to."),
    ),
    "no_such_request": (
        QT_TRANSLATE_NOOP(
            "words", "The provider knows no such request: it was deleted, or has expired."
        ),
        QT_TRANSLATE_NOOP(
            "words", "Check the request id under Generations on the provider's page."
        ),
    ),
    "id_unproved": (
        QT_TRANSLATE_NOOP("words", "The provider is being asked whether this is the request."),
        QT_TRANSLATE_NOOP("words", "Wait a moment; nothing is sent."),
    ),
    "no_such_model": (
        QT_TRANSLATE_NOOP("words", "The provider does not offer this model any more."),
        QT_TRANSLATE_NOOP("words", "Look for a newer version of this program."),
    ),
    "provider_refused": (
        QT_TRANSLATE_NOOP("words", "The provider refused the request."),
        QT_TRANSLATE_NOOP("words", "Change what its message names, and try again."),
    ),
    "inline_refused": (
        QT_TRANSLATE_NOOP("words", "The provider did not take the picture inside the request."),
        QT_TRANSLATE_NOOP(
            "words",
            "Let pictures travel by a bucket of your own, in the settings, or give the picture's "
            "public address.",
        ),
    ),
    "provider_failed": (
        QT_TRANSLATE_NOOP("words", "The provider could not make the clip."),
        QT_TRANSLATE_NOOP("words", "Try again, perhaps with another prompt or seed."),
    ),
    "maker_refused_picture": (
        QT_TRANSLATE_NOOP("words", "The model's safety check refused the picture."),
        QT_TRANSLATE_NOOP("words", "Try another picture."),
    ),
    "maker_refused_prompt": (
        QT_TRANSLATE_NOOP("words", "The model's safety check refused the prompt."),
        QT_TRANSLATE_NOOP("words", "Write the prompt differently."),
    ),
    "maker_refused_output": (
        QT_TRANSLATE_NOOP("words", "The model's safety check refused the clip it made."),
        QT_TRANSLATE_NOOP("words", "Try again, perhaps with another seed."),
    ),
    "maker_busy": (
        QT_TRANSLATE_NOOP("words", "The model was too busy to make the clip."),
        QT_TRANSLATE_NOOP("words", "Try again later."),
    ),
    "maker_internal": (
        QT_TRANSLATE_NOOP("words", "The model failed while making the clip."),
        QT_TRANSLATE_NOOP("words", "Try again."),
    ),
    "empty_output": (
        QT_TRANSLATE_NOOP(
            "words", "The provider says that it is done, but has not given a clip yet."
        ),
        QT_TRANSLATE_NOOP("words", "Ask for the result again."),
    ),
    "download_failed": (
        QT_TRANSLATE_NOOP("words", "The clip is made, but could not be downloaded yet."),
        QT_TRANSLATE_NOOP("words", "It is tried again; nothing is charged for that."),
    ),
    "address_expired": (
        QT_TRANSLATE_NOOP("words", "The clip's address has expired."),
        QT_TRANSLATE_NOOP("words", "Ask for the result again; nothing is charged for that."),
    ),
    "address_refused": (
        QT_TRANSLATE_NOOP(
            "words", "The clip's address is not a public HTTPS one and is not followed."
        ),
        QT_TRANSLATE_NOOP("words", "Look the request up under Generations on the provider's page."),
    ),
    "detour_refused": (
        QT_TRANSLATE_NOOP(
            "words",
            "The way to the clip leads to an address that is not a public HTTPS one; it is not "
            "followed.",
        ),
        QT_TRANSLATE_NOOP(
            "words", "It is tried again. Check whether this network asks you to log in."
        ),
    ),
    "clip_broken": (
        QT_TRANSLATE_NOOP("words", "What was downloaded is not a whole clip."),
        QT_TRANSLATE_NOOP("words", "Ask for the result again; nothing is charged for that."),
    ),
    "too_large": (
        QT_TRANSLATE_NOOP("words", "The download is larger than any clip of this model."),
        QT_TRANSLATE_NOOP("words", "Look the request up under Generations on the provider's page."),
    ),
    "disk": (
        QT_TRANSLATE_NOOP("words", "The disk is full, or may not be written to."),
        QT_TRANSLATE_NOOP("words", "Free some space, or make it writable; it goes on by itself."),
    ),
    "database_damaged": (
        QT_TRANSLATE_NOOP("words", "The list of jobs is damaged on the disk."),
        QT_TRANSLATE_NOOP(
            "words", "Close the program and start it again: the list is rebuilt from what was kept."
        ),
    ),
    "database_busy": (
        QT_TRANSLATE_NOOP("words", "Another program keeps the list of jobs locked."),
        QT_TRANSLATE_NOOP("words", "Let it end, or close it; nothing is lost."),
    ),
    "profile_busy": (
        QT_TRANSLATE_NOOP("words", "Another window or command is working with this profile."),
        QT_TRANSLATE_NOOP("words", "Wait for it to end."),
    ),
    "profile_too_new": (
        QT_TRANSLATE_NOOP("words", "This profile was written by a newer version of the program."),
        QT_TRANSLATE_NOOP("words", "Use the newer version."),
    ),
    "no_such_job": (
        QT_TRANSLATE_NOOP("words", "There is no such job."),
        QT_TRANSLATE_NOOP("words", "List them with: dreamina-desktop jobs"),
    ),
    "already_followed": (
        QT_TRANSLATE_NOOP("words", "Another job follows that request already."),
        QT_TRANSLATE_NOOP("words", "Look at it: dreamina-desktop jobs"),
    ),
    "cancel_refused": (
        QT_TRANSLATE_NOOP("words", "The provider did not cancel it."),
        QT_TRANSLATE_NOOP("words", "It goes on; what becomes of it is told."),
    ),
    "state_changed": (
        QT_TRANSLATE_NOOP("words", "The job has moved on in the meantime."),
        QT_TRANSLATE_NOOP("words", "Look at it again: dreamina-desktop jobs"),
    ),
    "practice_unavailable": (
        QT_TRANSLATE_NOOP("words", "The practice server could not be started."),
        QT_TRANSLATE_NOOP("words", "Try again; the details say what was in the way."),
    ),
}

UNFORESEEN = (
    QT_TRANSLATE_NOOP("words", "Something went wrong that this program did not foresee."),
    QT_TRANSLATE_NOOP("words", "The crash log says what; nothing that was made is lost."),
)
