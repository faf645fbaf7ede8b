"""What leaves this computer with the draft as it stands, to the letter; and what does not."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from PySide6.QtCore import QCoreApplication

from dreamina_desktop.core.change import ChangeKind
from dreamina_desktop.core.picture import PreparedPicture
from dreamina_desktop.core.settings import BucketPlace, Settings, Travel
from dreamina_desktop.ui.compose.measured import NO_BREAK, number, pixels
from dreamina_desktop.ui.compose.picture_formats import format_name
from dreamina_desktop.ui.draft import Draft
from dreamina_desktop.words.diagnosis_words import DiagnosisLine, DiagnosisSection


@dataclass(frozen=True, slots=True)
class Destination:
    """Who gets the request: the API's origin, and the model there."""

    origin: str
    model_id: str
    frames_per_second: int
    is_practice: bool = False


def leaving_sections(draft: Draft, settings: Settings, to: Destination) -> list[DiagnosisSection]:
    """One section for each receiver, and one for what stays."""
    picture = draft.picture
    by_bucket = settings.travel is Travel.BUCKET and not to.is_practice
    sections = [_request(draft, settings.bucket if by_bucket else None, to)]
    if picture.is_address:
        sections.append(_public(picture.source))
    elif by_bucket:
        sections.append(_uploaded(picture.prepared, settings.bucket, draft.takes))
    sections.append(_staying(draft))
    return sections


def _request(draft: Draft, bucket: BucketPlace | None, to: Destination) -> DiagnosisSection:
    heading = _tr("To the provider, {0}").format(to.origin)
    key = _tr("Your key, in a header, to {0} only").format(to.origin)
    if to.is_practice:
        heading = _tr("To the practice server, which is on this computer")
        key = _tr("None of yours: practice mode has its own")
    lines = [
        DiagnosisLine(_tr("Model"), to.model_id),
        DiagnosisLine(_tr("Prompt"), draft.prompt or _tr("none yet")),
        DiagnosisLine(_tr("Its length"), _tr("{0} characters").format(len(draft.prompt))),
        DiagnosisLine(
            _tr("Frames"),
            _tr("{0}, about {1} s").format(
                draft.frames, round(draft.frames / to.frames_per_second)
            ),
        ),
        *_takes(draft),
        *_picture_lines(draft, bucket),
        DiagnosisLine(_tr("Who you are"), key),
        DiagnosisLine(_tr("Program"), _tr("Its name, “dreamina-desktop”, without a version")),
    ]
    return DiagnosisSection(heading, tuple(lines))


def _takes(draft: Draft) -> list[DiagnosisLine]:
    seed, takes = draft.seed, draft.takes
    if takes == 1:
        drawn = _tr("drawn at the click") if seed is None else str(seed)
        return [DiagnosisLine(_tr("Seed"), drawn)]
    several = _tr("{0}, which differ in their seeds alone").format(takes)
    drawn = _tr("drawn at the click for each")
    if seed is not None:
        drawn = _tr("{0} for the first, drawn at the click for the others").format(seed)
    return [DiagnosisLine(_tr("Requests"), several), DiagnosisLine(_tr("Seed"), drawn)]


def _picture_lines(draft: Draft, bucket: BucketPlace | None) -> list[DiagnosisLine]:
    picture = draft.picture
    label = _tr("Picture")
    if not picture.is_there:
        return [DiagnosisLine(label, _tr("none yet"))]
    if picture.is_address:
        told = _tr("The address as typed, {0}; not the picture").format(picture.source)
        return [DiagnosisLine(label, told)]
    if bucket is not None:
        told = _tr("An address in your bucket “{0}”, valid for {1} hours; not the picture")
        return [DiagnosisLine(label, told.format(bucket.bucket, bucket.hours))]
    told = _tr("Inside the request: {0}").format(_told(picture.prepared))
    return [DiagnosisLine(label, told), *_fingerprint(picture.prepared)]


def _uploaded(
    prepared: PreparedPicture | None, bucket: BucketPlace, takes: int
) -> DiagnosisSection:
    where = bucket.endpoint or _tr("Amazon S3")
    folder = f"{bucket.folder.strip('/')}/" if bucket.folder.strip("/") else ""
    after = _tr("It stays there")
    if bucket.deletes_afterwards:
        after = _tr("It is deleted there once the take is over")
    often = _tr("{0} times, once for each take").format(takes)
    return DiagnosisSection(
        _tr("To your bucket “{0}” at {1}").format(bucket.bucket, where),
        (
            DiagnosisLine(_tr("Picture"), _told(prepared)),
            *_fingerprint(prepared),
            *([DiagnosisLine(_tr("How often"), often)] if takes > 1 else []),
            DiagnosisLine(_tr("Name"), _tr("{0}32 random letters and digits").format(folder)),
            DiagnosisLine(_tr("Who you are"), _tr("Your key id and a signature; never the secret")),
            DiagnosisLine(_tr("Afterwards"), after),
        ),
    )


def _public(address: str) -> DiagnosisSection:
    try:
        host = urlsplit(address).hostname or address
    except ValueError:
        host = address
    return DiagnosisSection(
        _tr("To {0}").format(host),
        (
            DiagnosisLine(
                _tr("A look"),
                _tr("The address is fetched once from here to check it: no key, no cookies"),
            ),
        ),
    )


def _staying(draft: Draft) -> DiagnosisSection:
    picture = draft.picture
    lines = []
    if picture.source and not picture.is_address:
        lines.append(DiagnosisLine(_tr("Name of the file"), Path(picture.source).name))
        lines.append(DiagnosisLine(_tr("Its folder"), str(Path(picture.source).parent)))
        lines += _removed(picture.prepared)
    others = _tr("Your other pictures, prompts and clips; the names of your folders")
    lines.append(DiagnosisLine(_tr("Everything else"), others))
    return DiagnosisSection(_tr("What stays here"), tuple(lines))


def _removed(prepared: PreparedPicture | None) -> list[DiagnosisLine]:
    made = {} if prepared is None else {one.kind: one.before for one in prepared.changes}
    metadata = made.get(ChangeKind.METADATA_REMOVED)
    told = _tr("The file has none") if prepared is not None else _tr("Whatever there is")
    lines = [
        DiagnosisLine(_tr("Metadata"), told if metadata is None else str(metadata)),
    ]
    if ChangeKind.GPS_REMOVED in made:
        lines.append(
            DiagnosisLine(_tr("Place"), _tr("Where it was taken, which the file contains"))
        )
    return lines


def _told(prepared: PreparedPicture | None) -> str:
    if prepared is None:
        return _tr("still being made")
    facts = prepared.facts
    size = f"{number(facts.bytes)}{NO_BREAK}" + _tr("bytes")
    return f"{format_name(facts.format)} · {pixels(facts.width, facts.height)} · {size}"


def _fingerprint(prepared: PreparedPicture | None) -> list[DiagnosisLine]:
    # Whoever gets the bytes can see that they are these.
    return [] if prepared is None else [DiagnosisLine("SHA-256", prepared.sha256)]


def _tr(text: str) -> str:
    return QCoreApplication.translate("LeavingList", text)
