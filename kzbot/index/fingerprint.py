"""Telling by names, sizes and times alone whether a folder of articles is still as it was."""

from collections.abc import Iterable
from dataclasses import astuple

from kzbot.corpus.article import FileState, Rejection
from kzbot.corpus.foreign.extras import versions_for
from kzbot.index.hashes import hash_of, rules_version
from kzbot.index.schema import schema_version
from kzbot.index.sources import Sources


def fingerprint(sources: Sources, states: Iterable[FileState], rejected: Iterable[Rejection], names_file: str) -> str:
    """The hash of a folder as it lies on disk, contents unread: where it is the same, a build finds nothing to do.

    `rejected`: files that are no articles by their name alone. `names_file`: the hash of the name book's bytes. Settings,
    rules, schema and what moderators laid over the corpus count as well, and which packages there are for pages and PDFs
    where the folders hold such files. Where the data folder is, in which the added articles are, does not.
    """
    files = [astuple(state) for state in states]
    readers = versions_for(str(file[0]) for file in files)
    refused = sorted((one.file, one.reason) for one in rejected)
    folders = (str(sources.folder.resolve()), str(sources.added is not None), str(sources.max_file_bytes))
    laid = sources.overlay.as_json()
    return hash_of(files, refused, folders, laid, names_file, rules_version(), schema_version(), readers)
