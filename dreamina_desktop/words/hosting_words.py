"""What is said about the user's own bucket: errors, and the steps of its test."""

from __future__ import annotations

from dreamina_desktop.core.bucket_finding import BucketStep, StepOutcome
from dreamina_desktop.words.marking import QT_TRANSLATE_NOOP

_CHECK_SETTINGS = QT_TRANSLATE_NOOP("words", "Correct it under Settings, How pictures travel.")

# code: (what happened, what to do about it)
HOSTING_WORDS: dict[str, tuple[str, str]] = {
    "hosting": (
        QT_TRANSLATE_NOOP("words", "The bucket's service did not do what it was asked."),
        QT_TRANSLATE_NOOP("words", "It is tried again; nothing was sent to the provider."),
    ),
    "bucket_place": (
        QT_TRANSLATE_NOOP("words", "The settings of the bucket cannot be used."),
        _CHECK_SETTINGS,
    ),
    "bucket_endpoint": (
        QT_TRANSLATE_NOOP(
            "words", "The bucket's endpoint must be https://HOST, or http:// on this computer."
        ),
        QT_TRANSLATE_NOOP("words", "Copy it from the service's page; leave it empty for AWS."),
    ),
    "bucket_name": (
        QT_TRANSLATE_NOOP("words", "That is no name of a bucket."),
        QT_TRANSLATE_NOOP("words", "Copy it from the service's page: letters, digits, - and ."),
    ),
    "bucket_region": (
        QT_TRANSLATE_NOOP("words", "The bucket is not in the region that the settings name."),
        QT_TRANSLATE_NOOP("words", "Copy the region from the service's page."),
    ),
    "bucket_folder": (
        QT_TRANSLATE_NOOP(
            "words", "The folder in the bucket has characters that an address does not carry."
        ),
        QT_TRANSLATE_NOOP("words", "Use letters, digits, blanks and . - _ + = @ , with / between."),
    ),
    "bucket_lifetime": (
        QT_TRANSLATE_NOOP("words", "A signed address lives for one hour to seven days."),
        _CHECK_SETTINGS,
    ),
    "bucket_keys_missing": (
        QT_TRANSLATE_NOOP("words", "There are no keys for the bucket."),
        QT_TRANSLATE_NOOP("words", "Enter them under Settings, How pictures travel."),
    ),
    "bucket_keys_refused": (
        QT_TRANSLATE_NOOP("words", "The bucket's service refused the keys."),
        QT_TRANSLATE_NOOP("words", "Enter them anew under Settings, How pictures travel."),
    ),
    "bucket_forbidden": (
        QT_TRANSLATE_NOOP("words", "The keys may not do this in the bucket, or it is not there."),
        QT_TRANSLATE_NOOP(
            "words", "Check the bucket's name, and allow the keys to read, write and delete in it."
        ),
    ),
    "no_such_bucket": (
        QT_TRANSLATE_NOOP("words", "The service has no bucket of that name."),
        QT_TRANSLATE_NOOP("words", "Check the name, or make the bucket on the service's page."),
    ),
    "no_such_object": (
        QT_TRANSLATE_NOOP("words", "The picture is not in the bucket."),
        QT_TRANSLATE_NOOP("words", "It is uploaded again; nothing was sent to the provider."),
    ),
    "bucket_clock": (
        QT_TRANSLATE_NOOP(
            "words", "This computer's clock and that of the bucket's service are too far apart."
        ),
        QT_TRANSLATE_NOOP("words", "Set this computer's date and time; it goes on by itself."),
    ),
    "bucket_strange": (
        QT_TRANSLATE_NOOP("words", "What answers at the bucket's endpoint is no S3 service."),
        QT_TRANSLATE_NOOP(
            "words", "Check the endpoint, and whether this network asks you to log in."
        ),
    ),
    "bucket_unreachable": (
        QT_TRANSLATE_NOOP("words", "The bucket's service cannot be reached."),
        QT_TRANSLATE_NOOP("words", "Check the connection and the endpoint; nothing is lost."),
    ),
    "bucket_host_not_found": (
        QT_TRANSLATE_NOOP("words", "The name of the bucket's service cannot be looked up."),
        QT_TRANSLATE_NOOP("words", "Check the endpoint and the connection; nothing is lost."),
    ),
    "bucket_tls": (
        QT_TRANSLATE_NOOP(
            "words", "No secure connection to the bucket's service came about; nothing was sent."
        ),
        QT_TRANSLATE_NOOP(
            "words",
            "Check the endpoint, this computer's date, and whether this network asks you to log "
            "in.",
        ),
    ),
    "bucket_address": (
        QT_TRANSLATE_NOOP(
            "words", "The signed address did not give the picture to one without keys."
        ),
        QT_TRANSLATE_NOOP("words", "Allow the keys to read in the bucket, and check the region."),
    ),
    "bucket_public": (
        QT_TRANSLATE_NOOP("words", "Anybody who knows a name can read the bucket, for ever."),
        QT_TRANSLATE_NOOP(
            "words", "Make the bucket private: signed addresses work without public access."
        ),
    ),
    "bucket_private": (
        QT_TRANSLATE_NOOP(
            "words", "The bucket is on this computer or in its network: no provider gets there."
        ),
        QT_TRANSLATE_NOOP("words", "Use a service that can be reached from outside."),
    ),
}

STEP_TITLES: dict[BucketStep, str] = {
    BucketStep.PLACE: QT_TRANSLATE_NOOP("words", "Settings"),
    BucketStep.PUT: QT_TRANSLATE_NOOP("words", "Upload a small file"),
    BucketStep.READ: QT_TRANSLATE_NOOP("words", "Fetch it by its signed address, without keys"),
    BucketStep.PUBLIC: QT_TRANSLATE_NOOP("words", "Keep it from everybody else"),
    BucketStep.DELETE: QT_TRANSLATE_NOOP("words", "Delete it"),
}

OUTCOME_WORDS: dict[StepOutcome, str] = {
    StepOutcome.PASSED: QT_TRANSLATE_NOOP("words", "works"),
    StepOutcome.WARNED: QT_TRANSLATE_NOOP("words", "works, but"),
    StepOutcome.FAILED: QT_TRANSLATE_NOOP("words", "does not work"),
    StepOutcome.SKIPPED: QT_TRANSLATE_NOOP("words", "not tried"),
}
