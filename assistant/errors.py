"""What can go wrong, as one tree; each message names the thing and the next command to type.

AssistantError
├── PaperUnreadable   a file in the corpus cannot be read; the others still are
├── CorpusEmpty       the corpus folder is missing or holds no paper
├── IndexUnusable     the index is missing, stale, damaged or made by another model
├── QuestionInvalid   a question is empty or too long, or a batch row is not what it must be
└── EvidenceMissing   an answer was built with no evidence, or with a number its evidence lacks
"""


class AssistantError(Exception):
    """Anything the assistant reports in one line instead of a traceback."""


class PaperUnreadable(AssistantError):
    """Raised by a reader for a file that yields no paper: damaged, protected, no text."""


class CorpusEmpty(AssistantError):
    """Raised when there is nothing to index."""


class IndexUnusable(AssistantError):
    """Raised when the index cannot be opened as it stands."""


class QuestionInvalid(AssistantError):
    """Raised for a question or a batch row that cannot be asked."""


class EvidenceMissing(AssistantError):
    """Raised when an `Answer` is built that its evidence does not carry."""
